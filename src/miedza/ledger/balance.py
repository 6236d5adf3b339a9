"""What a record comes to: who owes what, what waits to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

    from miedza.ledger.records import Record


class Balance(NamedTuple):
    """Sums over some meetings, in minor units."""

    client_minor: int
    """What the client owes: prices, agreed extensions, fees that were decided; gifts taken off."""
    practitioner_minor: int
    """What the practitioner owes, gifts taken off."""
    paid_minor: int
    waiting_minor: int
    """Fees that the rules name and of which nobody has decided: not charged."""

    @property
    def due_minor(self) -> int:
        """What the client is to pay; below 0, what they have paid or are owed beyond that."""
        return self.client_minor - self.paid_minor - self.practitioner_minor


def take_balance(record: Record, meeting_ids: Iterable[uuid.UUID] | None = None) -> Balance:
    """Sum up a record, or some of its meetings."""
    ids = set(record.settlements) if meeting_ids is None else set(meeting_ids)
    settlements = [record.settlements[each] for each in ids if each in record.settlements]
    undone = {"client": 0, "practitioner": 0}
    waiting = 0
    for meeting_id in ids:
        for ruling in record.rulings.get(meeting_id, ()):
            if ruling.owed_by is None or record.is_due(ruling):
                continue
            undone[ruling.owed_by] += ruling.amount_minor
            if ruling.id not in record.waivers:
                waiting += ruling.amount_minor
    return Balance(
        sum(settlement.client_minor for settlement in settlements) - undone["client"],
        sum(settlement.practitioner_minor for settlement in settlements) - undone["practitioner"],
        sum(settlement.paid_minor for settlement in settlements),
        waiting,
    )
