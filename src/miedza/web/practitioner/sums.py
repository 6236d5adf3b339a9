"""What a record comes to: kept and crossed on both sides, who owes what, what was given away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from miedza.ledger.queries import Record
    from miedza.web.practitioner.strip import Reader


def sum_up(reader: Reader, record: Record) -> dict[str, Any]:
    """The figures of a record.

    Returns:
        Counts of kept and all rulings that were somebody's doing; money owed by each side after
        payments and waivers, written for the reader, empty where nothing is owed.
    """
    rulings = [ruling for of_meeting in record.rulings.values() for ruling in of_meeting]
    counted = [
        r for r in rulings if r.by is not None and r.verdict in ("kept", "crossed", "excused")
    ]
    waived = {"client": 0, "practitioner": 0}
    for ruling in rulings:
        if ruling.id in record.waivers and ruling.owed_by is not None:
            waived[ruling.owed_by] += ruling.amount_minor
    client = sum(s.client_minor for s in record.settlements.values()) - waived["client"]
    paid = sum(s.paid_minor for s in record.settlements.values())
    practitioner = sum(s.practitioner_minor for s in record.settlements.values())
    practitioner -= waived["practitioner"]
    balance = client - paid - practitioner
    given = sum(ruling.facts.get("worth", 0) for ruling in rulings)
    return {
        "kept": sum(ruling.verdict == "kept" for ruling in counted),
        "counted": len(counted),
        "client_owes": reader.money(balance) if balance > 0 else "",
        "you_owe": reader.money(-balance) if balance < 0 else "",
        "given": reader.money(given) if given else "",
    }
