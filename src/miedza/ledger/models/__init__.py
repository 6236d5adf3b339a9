"""Tables of the ledger. Every one refuses UPDATE and DELETE; a mistake is answered by a new row."""

from miedza.ledger.models.meetings import Event, Meeting, Shift, Strike
from miedza.ledger.models.rulings import (
    CHOICES,
    Decision,
    Objection,
    Retraction,
    Ruling,
    Settlement,
    Waiver,
)

__all__ = [
    "CHOICES",
    "Decision",
    "Event",
    "Meeting",
    "Objection",
    "Retraction",
    "Ruling",
    "Settlement",
    "Shift",
    "Strike",
    "Waiver",
]
