"""The app's name and label."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """What happened and what follows."""

    name = "miedza.ledger"
    label = "ledger"
