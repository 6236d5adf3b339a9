"""History: what happened, as recorded by both sides."""

from __future__ import annotations

from miedza.core.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Event(NamedTuple):
    """Something that happened with a booking. Events sort by instant, then id."""

    at: int
    """When, in seconds since 1970."""
    id: str
    type: str
    """One of `EVENT_FIELDS`."""
    by: str
    """`practitioner` or `client`."""
    cause: str | None = None
    """Why it was cancelled, moved, or somebody was late; None where nobody said."""
    value: Any = None
    """The instant a move goes to, the minutes of an extension, the amount paid (minor units),
    the id of the event voided, the text of a request or incident."""
    agreed: bool = False
    """For an extension: whether both said yes before the planned end."""


class Booking(NamedTuple):
    """One meeting of one person, with all that happened to it."""

    id: str
    person: str
    start: int
    """As first booked, in seconds since 1970."""
    minutes: int
    price: int
    """In minor units; 0 for a free session."""
    free: bool
    engagement: str | None
    booked_at: int | None
    events: list[Event]


class Message(NamedTuple):
    """A message received, or a reply. Messages sort by instant, then id."""

    at: int
    id: str
    person: str
    answers: str | None
    """For a reply, the id of the message it answers; None for a message received."""


class History(NamedTuple):
    """What happened, up to an instant."""

    bookings: list[Booking]
    messages: list[Message]
    as_of: int
    """The walk ends here; what lies after it does not exist."""
