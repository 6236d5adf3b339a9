"""The app's name and label."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Those the practice works with."""

    name = "miedza.people"
    label = "people"
