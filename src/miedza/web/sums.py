"""What a record comes to, in words: kept on both sides, who owes what, what was given away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miedza.bookings.paying import take_account

if TYPE_CHECKING:
    from miedza.ledger.records import Record
    from miedza.web.strip import Reader


def sum_up(reader: Reader, record: Record) -> dict[str, Any]:
    """The figures of a record for one reader.

    Returns:
        Counts of kept and all rulings that were somebody's doing; money due to the reader and from
        the reader after payments and gifts, fees that nobody decided about, the worth of time that
        was given; each written for the reader, empty where there is nothing.
    """
    rulings = list(record.each_ruling())
    counted = [
        r for r in rulings if r.by is not None and r.verdict in ("kept", "crossed", "excused")
    ]
    account = take_account(record, record.meetings)
    to_you, from_you = max(0, account.due_minor), max(0, -account.due_minor)
    if reader.side == "client":
        to_you, from_you = from_you, to_you
    waiting = account.balance.waiting_minor
    given = sum(ruling.facts.get("worth", 0) for ruling in rulings)
    return {
        "kept": sum(ruling.verdict == "kept" for ruling in counted),
        "counted": len(counted),
        "due_to_you": reader.money(to_you) if to_you else "",
        "due_from_you": reader.money(from_you) if from_you else "",
        "waiting": reader.money(waiting) if waiting else "",
        "given": reader.money(given) if given else "",
    }
