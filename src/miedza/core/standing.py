"""Standing: what is forgiven, and which step is due, from all that one side did to the other.

For each person the client's penalties, and apart from them the practitioner's towards that person,
are taken in order. Both sides have the same hardship and the same goodwill.
"""

from __future__ import annotations

from bisect import bisect_right

from miedza.core.instants import DAY
from miedza.core.ruling import Ruling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from miedza.core.terms import Terms

_new = tuple.__new__
"""Makes a value without looking at defaults: half the time of calling its class."""

PENALTIES = ("cancellation", "missed", "rescheduling", "lateness")


class _Record:
    """What one side has been forgiven, and what stayed crossed: instants, rising."""

    def __init__(self) -> None:
        self.hardship: list[int] = []
        self.goodwill: dict[str, list[int]] = {}
        self.crossed: list[int] = []


def _in_window(instants: list[int], at: int, days: int) -> int:
    """How many of the instants lie in `(at − days, at]`."""
    return len(instants) - bisect_right(instants, at - days * DAY)


def apply_standing(
    terms: Terms, rulings: Iterable[Ruling], causes: Mapping[str, str]
) -> list[Ruling]:
    """Excuse what hardship and goodwill forgive, and give the rest its step.

    Args:
        terms: the rules.
        rulings: all rulings, of all bookings.
        causes: by event id, the causes that were given.

    Returns:
        All rulings, sorted.
    """
    judged: list[Ruling] = []
    penalties: list[Ruling] = []
    for ruling in rulings:
        counts = ruling.verdict == "crossed" and (
            ruling.rule in PENALTIES or ruling.reason == "unpaid"
        )
        (penalties if counts else judged).append(ruling)
    penalties.sort(key=lambda r: (r.at, r.subject, r.rule, r.events))
    records: dict[tuple[str, str | None], _Record] = {}
    for penalty in penalties:
        side = (penalty.person, penalty.by)
        record = records.get(side)
        if record is None:
            record = records[side] = _Record()
        judged.append(_judge_penalty(terms, penalty, record, causes))
    judged.sort()
    return judged


def _judge_penalty(
    terms: Terms, penalty: Ruling, record: _Record, causes: Mapping[str, str]
) -> Ruling:
    """Forgive one penalty, or give it its step."""
    hardship, goodwill = terms.rules.get("hardship"), terms.rules.get("goodwill")
    at = penalty.at
    if penalty.reason != "unpaid":
        cause = causes.get(penalty.events[0])
        if (
            hardship is not None
            and cause in hardship["causes"]
            and _in_window(record.hardship, at, hardship["days"]) < hardship["times"]
        ):
            record.hardship.append(at)
            return _excuse(penalty, "hardship")
        if goodwill is not None and penalty.rule in goodwill.get("rules", PENALTIES):
            forgiven = record.goodwill.setdefault(penalty.rule, [])
            if _in_window(forgiven, at, goodwill["days"]) < goodwill["forgiven"]:
                forgiven.append(at)
                return _excuse(penalty, "goodwill")
    if goodwill is None:
        return penalty
    record.crossed.append(at)
    ladder: list[Any] = goodwill["ladder"]
    count = _in_window(record.crossed, at, goodwill["days"])
    step = ladder[min(count, len(ladder)) - 1]
    return _new(Ruling, (*penalty[:-1], step))  # The step is the last of a ruling's fields.


def _excuse(penalty: Ruling, excused_by: str) -> Ruling:
    """The same ruling, forgiven: nothing is owed, and its worth is remembered."""
    facts = {**penalty.facts, "excused_by": excused_by, "forgiven": penalty.amount}
    return penalty._replace(verdict="excused", amount=0, owed_by=None, facts=facts)
