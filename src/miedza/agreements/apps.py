"""The app's name and label."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Agreementss and practitioners."""

    name = "miedza.agreements"
    label = "agreements"
