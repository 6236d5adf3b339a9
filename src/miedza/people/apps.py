"""The app's name and label."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Peoples and practitioners."""

    name = "miedza.people"
    label = "people"
