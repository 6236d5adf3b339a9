"""The app's name and label."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Practices, their practitioners, those who sign in."""

    name = "miedza.practice"
    label = "practice"
