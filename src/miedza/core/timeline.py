"""The timeline of one booking: its events and deadlines, walked in order of instant.

At one instant events come before deadlines, events among themselves by id, deadlines in the order
`due`, `C`. So an event that comes later never changes an earlier ruling.
"""

from __future__ import annotations

from miedza.core.instants import DAY, MINUTE
from miedza.core.rules import (
    cancellation,
    conduct,
    ending,
    lateness,
    missed,
    payment,
    rescheduling,
    session,
)
from miedza.core.ruling import Ruling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from miedza.core.history import Booking, Event
    from miedza.core.terms import Terms

_new = tuple.__new__
"""Makes a value without looking at defaults: half the time of calling its class."""


class Walk:
    """A booking as it stands while it is walked. Rules read it, and write down what they find."""

    __slots__ = (
        "booking", "closes_at", "due_at", "end", "extended_minutes", "extensions", "free",
        "is_closed", "minutes", "moves", "notices", "outcome", "paid", "practitioner_late", "price",
        "requests", "rulings", "start", "terms", "there",
    )  # fmt: skip

    def __init__(self, terms: Terms, booking: Booking) -> None:
        """Stand at the beginning: open, nobody there, nothing paid."""
        self.terms = terms
        self.booking = booking
        self.price = booking.price
        self.free = booking.free
        self.minutes = booking.minutes
        self.outcome = "open"
        self.is_closed = False
        self.rulings: list[Ruling] = []
        self.moves: list[rescheduling.Move] = []
        self.notices: dict[str, int] = {}
        """The least notice each side gave at a move of this booking, in seconds."""
        self.paid = 0
        self.requests = 0
        self.start_at(booking.start)
        self.due_at = payment.find_due_before(self)
        """When the payment is due, in seconds since 1970; None where no such deadline is ahead."""

    def start_at(self, start: int) -> None:
        """Set the start; what belonged to an earlier one is forgotten."""
        self.start = start
        self.end = start + self.minutes * MINUTE
        self.closes_at: int | None = self.end + DAY
        """The deadline C, a day after the end; None once it has passed."""
        self.there: set[str] = set()
        self.practitioner_late = 0
        self.extended_minutes = 0
        self.extensions: list[str] = []
        self.outcome = "open"

    def rule(
        self, rule: str, by: str | None, verdict: str, reason: str, at: int,
        events: tuple[str, ...], *, minutes: int = 0, amount: int = 0,
        facts: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Write down a ruling; what is owed is owed by the one whose doing it was."""
        booking = self.booking
        self.rulings.append(
            _new(Ruling, (
                at, booking.id, rule, reason, events, by, booking.person, verdict, minutes, amount,
                by if amount else None, {} if facts is None else facts, None,
            ))
        )  # fmt: skip

    def close(self, outcome: str, at: int) -> None:
        """Close the booking. From here on only payments, incidents and `after_session` count."""
        self.outcome = outcome
        self.is_closed = True
        self.closes_at = None
        self.due_at = payment.find_due_after(self, at) if outcome == "held" else None

    def next_deadline(self) -> int | None:
        """The next deadline ahead, in seconds since 1970; None where there is none."""
        due, closes = self.due_at, self.closes_at
        if due is None or closes is None:
            return closes if due is None else due
        return min(due, closes)


def walk_booking(terms: Terms, booking: Booking, as_of: int) -> Walk:
    """Walk a booking to an instant, included.

    Returns:
        The walk at its end, with its rulings; its moves are still to be numbered.
    """
    walk = Walk(terms, booking)
    voided = {e.value for e in booking.events if e.type == "voided" and e.at <= as_of}
    for event in sorted(booking.events):
        if event.at > as_of:
            break
        if event.id not in voided:
            _pass_deadlines(walk, event.at - 1)
            _take_event(walk, event)
    _pass_deadlines(walk, as_of)
    return walk


def _pass_deadlines(walk: Walk, until: int) -> None:
    """Let the deadlines up to an instant pass, in order."""
    while True:
        due, closes = walk.due_at, walk.closes_at
        if due is not None and due <= until and (closes is None or due <= closes):
            walk.due_at = None
            # Before the session only an open booking is waited for; after it, only a held one.
            if walk.outcome in ("open", "held"):
                payment.judge_due(walk, due)
        elif closes is not None and closes <= until:
            walk.closes_at = None
            if len(walk.there) == 2:
                ending.judge_open_end(walk, closes)
            else:
                missed.judge_silence(walk, closes)
        else:
            return


def _take_event(walk: Walk, event: Event) -> None:
    """Take one event as the table says."""
    kind = event.type
    if kind == "paid":
        walk.paid += event.value
    elif kind == "incident":
        conduct.judge_incident(walk, event.by, event.id, event.at)
    elif not walk.is_closed and kind in _WHILE_OPEN:
        _WHILE_OPEN[kind](walk, event)


def _take_cancelled(walk: Walk, event: Event) -> None:
    if event.at < walk.start:
        cancellation.judge_cancelling(walk, event.by, event.id, event.at)
    elif len(walk.there) == 2:
        ending.judge_end(walk, event.by, event.id, event.at)
    else:
        missed.judge_absence(walk, event.by, event.id, event.at)


def _take_left(walk: Walk, event: Event) -> None:
    other = "client" if event.by == "practitioner" else "practitioner"
    if other in walk.there:
        ending.judge_end(walk, event.by, event.id, event.at)
    else:
        missed.judge_leaving(walk, event.by, event.id, event.at)


def _take_extended(walk: Walk, event: Event) -> None:
    if event.agreed:
        walk.extended_minutes += event.value
        walk.extensions.append(event.id)


_WHILE_OPEN: dict[str, Callable[[Walk, Event], None]] = {
    "arrived": lambda walk, event: lateness.judge_arrival(walk, event.by, event.id, event.at),
    "cancelled": _take_cancelled,
    "ended": lambda walk, event: ending.judge_end(walk, event.by, event.id, event.at),
    "extended": _take_extended,
    "held": lambda walk, event: ending.judge_held(walk, event.id, event.at),
    "left": _take_left,
    "moved": lambda walk, event: rescheduling.judge_move(
        walk, event.by, event.id, event.at, event.value
    ),
    "request_added": lambda walk, event: session.judge_request(walk, event.by, event.id, event.at),
}
"""What an open booking does with each type of event."""
