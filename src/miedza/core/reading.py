"""Reading a history as parsed from JSON.

Reading is the costliest part of judging, so each object is first looked at as it should be; only
where something is off is it read again, slowly, to say what.
"""

from __future__ import annotations

from operator import itemgetter

from miedza.core.faults import (
    MOST,
    MOST_MONEY,
    InvalidDocument,
    check_fields,
    one_of,
    read_object,
    text,
    whole,
)
from miedza.core.history import Booking, History, Message
from miedza.core.instants import parse_instant
from miedza.core.reading_events import check_cause, check_instant, read_any_event, read_sound_event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

KINDS = ("paid", "free")

BOOKING_FIELDS = {
    "id": (text, "its own id"),
    "person": (text, "whose meeting it is"),
    "start": (check_instant, "as first booked"),
    "minutes": (whole(1), "how long"),
    "price": (whole(0, MOST_MONEY), "in minor units"),
    "kind": (one_of("paid", "free"), "whether it costs"),
    "engagement": (check_cause, "the engagement it belongs to, or null"),
    "booked_at": (lambda value: None if value is None else check_instant(value), "or null"),
}


_read_seven = itemgetter("id", "person", "start", "minutes", "price", "kind", "events")
_new = tuple.__new__
"""Makes a value without looking at defaults: half the time of calling its class."""


def _read_sound_booking(raw: Any) -> Booking | None:
    """Read a booking as it should be; None, or any error a wrong document brings, otherwise."""
    id_, person, start, minutes, price, kind, raw_events = _read_seven(raw)
    engagement, booked_at = raw.get("engagement"), raw.get("booked_at")
    if not (
        len(raw) == 7 + ("engagement" in raw) + ("booked_at" in raw)
        and type(id_) is str and id_
        and type(person) is str and person
        and type(minutes) is int and 1 <= minutes <= MOST
        and type(price) is int and 0 <= price <= MOST_MONEY
        and kind in KINDS
        and (engagement is None or (type(engagement) is str and engagement))
        and type(raw_events) is list
    ):  # fmt: skip
        return None
    events: list[Any] = [read_sound_event(event) for event in raw_events]
    if None in events:
        return None
    free = kind == "free"
    booked = None if booked_at is None else parse_instant(booked_at)
    return _new(
        Booking,
        (id_, person, parse_instant(start), minutes, 0 if free else price, free, engagement,
         booked, events),
    )  # fmt: skip


def read_booking(raw: Any, path: str, faults: list[str]) -> Booking | None:
    """Read one booking with its events; None where it has faults."""
    try:
        booking = _read_sound_booking(raw)
    except (TypeError, KeyError, ValueError, AttributeError):
        booking = None
    if booking is None:
        before = len(faults)
        _explain_booking(raw, path, faults)
        if len(faults) == before:
            faults.append(f"{path}: cannot be read")
    return booking


def _explain_booking(raw: object, path: str, faults: list[str]) -> None:
    """Say all that is wrong with a booking, its events included."""
    needed = ("id", "person", "start", "minutes", "price", "kind", "events")
    booking = read_object(raw, path, faults, needed=needed, optional=("engagement", "booked_at"))
    if booking is None:
        return
    check_fields(booking, path, faults, BOOKING_FIELDS)
    events = booking.get("events", [])
    if not isinstance(events, list):
        faults.append(f"{path}.events: must be a list")
        return
    for index, event in enumerate(events):
        read_any_event(event, f"{path}.events[{index}]", faults)


_MESSAGE = {
    "id": (text, "its own id"),
    "person": (text, "who wrote, or was answered"),
    "type": (one_of("received", "replied"), "which way it went"),
    "at": (check_instant, "when"),
    "to": (text, "the id of the message answered"),
}


_read_message = itemgetter("id", "person", "type", "at")


def _read_sound_message(raw: Any) -> Message | None:
    """Read a message as it should be; None, or any error a wrong document brings, otherwise."""
    id_, person, type_, at = _read_message(raw)
    answers = raw["to"] if type_ == "replied" else None
    if not (
        len(raw) == 4 + (answers is not None)
        and type(id_) is str and id_
        and type(person) is str and person
        and type_ in ("received", "replied")
        and (answers is None or (type(answers) is str and answers))
    ):  # fmt: skip
        return None
    return _new(Message, (parse_instant(at), id_, person, answers))


def read_message(raw: Any, path: str, faults: list[str]) -> Message | None:
    """Read one message; None where it has faults."""
    try:
        message = _read_sound_message(raw)
    except (TypeError, KeyError, ValueError, AttributeError):
        message = None
    return _read_any_message(raw, path, faults) if message is None else message


def _read_any_message(raw: object, path: str, faults: list[str]) -> Message | None:
    """Read any message, saying all that is wrong with it."""
    before = len(faults)
    reply = isinstance(raw, dict) and raw.get("type") == "replied"
    needed = ("id", "person", "type", "at", "to") if reply else ("id", "person", "type", "at")
    message = read_object(raw, path, faults, needed=needed, optional=())
    if message is not None:
        check_fields(message, path, faults, {name: _MESSAGE[name] for name in needed})
    if message is None or len(faults) > before:
        return None
    at = parse_instant(message["at"])
    return Message(at, message["id"], message["person"], message["to"] if reply else None)


def _read_list(
    value: object, path: str, faults: list[str], read: Callable[[Any, str, list[str]], Any]
) -> list[Any]:
    """Read each thing in a list; leave out what has faults."""
    if not isinstance(value, list):
        faults.append(f"{path}: must be a list")
        return []
    things = (read(raw, f"{path}[{index}]", faults) for index, raw in enumerate(value))
    return [thing for thing in things if thing is not None]


def _find_twice(ids: list[str], what: str, faults: list[str]) -> None:
    """Add a fault for each id that stands twice."""
    if len(set(ids)) < len(ids):
        seen: set[str] = set()
        twice: set[str] = set()
        for id_ in ids:
            (twice if id_ in seen else seen).add(id_)
        faults.extend(f"{what}: two have the id {id_!r}" for id_ in sorted(twice))


def _check_voids(bookings: list[Booking], faults: list[str]) -> None:
    """Each `voided` names an event of its own booking that is no `voided` itself."""
    for index, booking in enumerate(bookings):
        voids = [event for event in booking.events if event.type == "voided"]
        if not voids:
            continue
        types = {event.id: event.type for event in booking.events}
        faults.extend(
            f"bookings[{index}].events: {event.id!r} must name an event of this booking "
            "that is no correction itself"
            for event in voids
            if types.get(event.value, "voided") == "voided"
        )


def read_history(document: object) -> History:
    """Read a history.

    Raises:
        InvalidDocument: with every fault found.
    """
    faults: list[str] = []
    history = read_object(
        document, "", faults, needed=("bookings", "as_of"), optional=("messages",)
    )
    if history is None:
        raise InvalidDocument(faults)
    wrong = check_instant(history["as_of"]) if "as_of" in history else None
    if wrong:
        faults.append(f"as_of: {wrong}")
    bookings = _read_list(history.get("bookings", []), "bookings", faults, read_booking)
    messages = _read_list(history.get("messages", []), "messages", faults, read_message)
    if not faults:
        _find_twice([booking.id for booking in bookings], "bookings", faults)
        _find_twice([event.id for b in bookings for event in b.events], "events", faults)
        _find_twice([message.id for message in messages], "messages", faults)
        _check_voids(bookings, faults)
        received = {message.id for message in messages if message.answers is None}
        faults.extend(
            f"messages: {message.id!r} must answer a received message of this history"
            for message in messages
            if message.answers is not None and message.answers not in received
        )
    if faults:
        raise InvalidDocument(faults)
    return History(bookings, messages, parse_instant(history["as_of"]))
