"""The app's name and label."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledgers and practitioners."""

    name = "miedza.ledger"
    label = "ledger"
