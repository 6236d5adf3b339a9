"""Rescheduling: how early a meeting is moved, and how often in one engagement.

How many moves a side has made is known only when all bookings of the engagement have been walked,
so a walk notes its moves and `number_moves` judges them together.
"""

from __future__ import annotations

from miedza.core.faults import whole
from miedza.core.instants import HOUR, MINUTE
from miedza.core.money import share
from miedza.core.ruling import Ruling
from miedza.core.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from miedza.core.terms import Terms
    from miedza.core.timeline import Walk

FIELDS = {
    "hours": (whole(0), "how many hours before the start a meeting can be moved in time"),
    "free_moves": (whole(0), "how many moves in time each side has in one engagement"),
    "percent": (whole(0, 100), "the share of the price owed for a move too late or too many"),
}
MINE = ("hours", "free_moves", "percent")


def is_lighter(field: str, mine: Any, theirs: Any) -> bool:
    """A smaller notice, more free moves or a smaller percent is a lighter duty."""
    return bool(mine > theirs if field == "free_moves" else mine < theirs)


class Move(NamedTuple):
    """A move of an open booking, not yet judged. Moves sort by instant, then event."""

    at: int
    """When it was asked for."""
    event_id: str
    by: str
    """`client` or `practitioner`."""
    notice: int
    """Seconds from then to the start; below 0 when it had begun."""
    price: int
    """The price of the booking, in minor units."""
    booking: str
    person: str
    engagement: tuple[str, str]
    """`("engagement", id)`, or `("booking", id)` for a booking that stands alone."""


def judge_move(walk: Walk, by: str, event_id: str, at: int, to: int) -> None:
    """Note a move, and forget what belonged to the old start."""
    notice = walk.start - at
    if "rescheduling" in walk.terms.rules:
        booking = walk.booking
        engagement = ("booking", booking.id)
        if booking.engagement is not None:
            engagement = ("engagement", booking.engagement)
        walk.moves.append(
            Move(at, event_id, by, notice, walk.price, booking.id, booking.person, engagement)
        )
    walk.notices[by] = min(notice, walk.notices.get(by, notice))
    walk.start_at(to)


def number_moves(terms: Terms, moves: Iterable[Move]) -> Iterator[Ruling]:
    """Judge the moves of all bookings, each by its number within its engagement and side."""
    made: dict[tuple[str, tuple[str, str]], int] = {}
    for move in sorted(moves):
        key = (move.by, move.engagement)
        count = made[key] = made.get(key, 0) + 1
        rule = terms.of(move.by)["rescheduling"]
        early = move.notice >= rule["hours"] * HOUR
        in_time = early and count <= rule["free_moves"]
        reason = "moved_in_time" if in_time else "too_many_moves" if early else "late_move"
        percent = 0 if in_time else rule["percent"]
        amount = share(move.price, percent)
        facts = {"notice_minutes": move.notice // MINUTE, "k": count, "percent": percent}
        yield Ruling(
            move.at, move.booking, "rescheduling", reason, (move.event_id,), move.by, move.person,
            "kept" if in_time else "crossed", 0, amount, move.by if amount else None, facts,
        )  # fmt: skip
