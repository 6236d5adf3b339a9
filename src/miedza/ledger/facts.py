"""Where rows become core values, and core values documents."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from miedza.core.history import Booking as CoreBooking
from miedza.core.history import Event as CoreEvent
from miedza.core.instants import format_instant
from miedza.core.ruling import Ruling as CoreRuling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miedza.ledger.models import Event, Meeting, Ruling


def to_instant(moment: datetime) -> int:
    """Whole seconds since 1970."""
    return int(moment.timestamp())


def to_datetime(instant: int) -> datetime:
    """An aware datetime in UTC."""
    return datetime.fromtimestamp(instant, UTC)


def leave_out_voided(events: Iterable[Event]) -> list[Event]:
    """The events that were not taken back, without the corrections that took others back."""
    events = list(events)
    voided = {event.voids_id for event in events}
    return [event for event in events if event.type != "voided" and event.id not in voided]


def to_core_event(event: Event) -> CoreEvent:
    """An event as the core reads it. Texts stay sealed: no rule reads them."""
    value: Any = {
        "moved": None if event.to_at is None else to_instant(event.to_at),
        "extended": event.minutes,
        "paid": event.amount_minor,
        "voided": str(event.voids_id),
        "request_added": "",
        "incident": "",
    }.get(event.type)
    return CoreEvent(
        at=to_instant(event.at),
        id=str(event.id),
        type=event.type,
        by=event.by,
        cause=event.cause,
        value=value,
        agreed=event.agreed,
    )


def to_core_booking(meeting: Meeting, events: Iterable[Event], booked_at: datetime) -> CoreBooking:
    """A meeting as the core reads it; `booked_at` is when it came under its rules."""
    free = meeting.kind == "free"
    return CoreBooking(
        id=str(meeting.id),
        person=str(meeting.person_id),
        start=to_instant(meeting.start_at),
        minutes=meeting.minutes,
        price=0 if free else meeting.price_minor,
        free=free,
        engagement=None if meeting.engagement_id is None else str(meeting.engagement_id),
        booked_at=to_instant(booked_at),
        events=[to_core_event(event) for event in events],
    )


RULING_FIELDS = (
    "source", "events", "rule", "reason", "by", "at", "verdict", "minutes", "amount_minor",
    "owed_by", "facts", "step",
)  # fmt: skip
"""What a ruling says, as columns."""


def to_ruling_fields(ruling: CoreRuling) -> dict[str, Any]:
    """A core ruling as the columns of a row."""
    return {
        "source": ruling.events[0] if ruling.events else "deadline",
        "events": list(ruling.events),
        "rule": ruling.rule,
        "reason": ruling.reason,
        "by": ruling.by,
        "at": to_datetime(ruling.at),
        "verdict": ruling.verdict,
        "minutes": ruling.minutes,
        "amount_minor": ruling.amount,
        "owed_by": ruling.owed_by,
        "facts": ruling.facts,
        "step": ruling.step,
    }


def to_core_ruling(ruling: Ruling, meeting: Meeting) -> CoreRuling:
    """A row as the core judged it."""
    return CoreRuling(
        at=to_instant(ruling.at),
        subject=str(meeting.id),
        rule=ruling.rule,
        reason=ruling.reason,
        events=tuple(ruling.events),
        by=ruling.by,
        person=str(meeting.person_id),
        verdict=ruling.verdict,
        minutes=ruling.minutes,
        amount=ruling.amount_minor,
        owed_by=ruling.owed_by,
        facts=ruling.facts,
        step=ruling.step,
    )


_VALUE_KEYS = {
    "extended": "minutes",
    "paid": "amount",
    "voided": "of",
    "request_added": "text",
    "incident": "text",
}


def write_history(bookings: Iterable[CoreBooking], as_of: int) -> dict[str, Any]:
    """A history as `miedza judge` reads it."""
    return {
        "bookings": [
            {
                "id": booking.id,
                "person": booking.person,
                "engagement": booking.engagement,
                "booked_at": None
                if booking.booked_at is None
                else format_instant(booking.booked_at),
                "start": format_instant(booking.start),
                "minutes": booking.minutes,
                "price": booking.price,
                "kind": "free" if booking.free else "paid",
                "events": [_write_event(event) for event in booking.events],
            }
            for booking in bookings
        ],
        "messages": [],
        "as_of": format_instant(as_of),
    }


def _write_event(event: CoreEvent) -> dict[str, Any]:
    """An event as `miedza judge` reads it."""
    written: dict[str, Any] = {
        "id": event.id,
        "type": event.type,
        "by": event.by,
        "at": format_instant(event.at),
    }
    if event.cause is not None:
        written["cause"] = event.cause
    if event.type == "moved":
        written["to"] = format_instant(event.value)
    elif event.type in _VALUE_KEYS:
        written[_VALUE_KEYS[event.type]] = event.value
    if event.type == "extended":
        written["agreed"] = event.agreed
    return written
