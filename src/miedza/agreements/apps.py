"""The app's name and label."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """The versions of the rules."""

    name = "miedza.agreements"
    label = "agreements"
