"""The app's name and label."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Practices and practitioners."""

    name = "miedza.practice"
    label = "practice"
