"""Questions: a step or a booking that somebody thinks of, before it is taken."""

from __future__ import annotations

from miedza.core.faults import InvalidDocument, check_fields, read_object
from miedza.core.history import Event
from miedza.core.instants import parse_instant
from miedza.core.reading import BOOKING_FIELDS
from miedza.core.reading_events import read_any_event
from miedza.core.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from miedza.core.history import History


class Step(NamedTuple):
    """A step with a booking that somebody thinks of taking."""

    booking: str
    """The booking's id."""
    event: Event
    """What would be recorded, with an id of its own, after all others at its instant."""


class Request(NamedTuple):
    """A meeting that somebody thinks of booking."""

    person: str
    start: int
    """Seconds since 1970."""
    free: bool


def read_step(document: dict[str, Any], history: History, faults: list[str]) -> Step | None:
    """Read `{"booking": …, "event": …}` of a what-if; None where it has faults."""
    read_object(document, "", faults, needed=("booking", "event"), optional=())
    booking = next((b for b in history.bookings if b.id == document.get("booking")), None)
    if "booking" in document and booking is None:
        faults.append("booking: must be the id of a booking of this history")
    raw = document.get("event")
    if isinstance(raw, dict):
        if "id" in raw:
            faults.append("event.id: unknown key")
        raw = {**raw, "id": _find_last_id(history)}
    if "event" not in document:
        return None
    event = read_any_event(raw, "event", faults)
    if event is None or booking is None or faults:
        return None
    if event.type == "voided" and not any(
        other.id == event.value and other.type != "voided" for other in booking.events
    ):
        faults.append("event.of: must name an event of this booking that is no correction itself")
    return Step(booking.id, event)


def _find_last_id(history: History) -> str:
    """An id, for an event that has none yet, which sorts after all ids of a history."""
    events = [event.id for booking in history.bookings for event in booking.events]
    messages = [message.id for message in history.messages]
    return max([*events, *messages], default="") + "+"


def read_request(document: dict[str, Any], faults: list[str]) -> Request | None:
    """Read `{"book": …}` of a what-if; None where it has faults."""
    read_object(document, "", faults, needed=("book",), optional=())
    fields = {name: BOOKING_FIELDS[name] for name in ("person", "start", "kind")}
    book = read_object(document["book"], "book", faults, needed=fields, optional=())
    if book is None:
        return None
    check_fields(book, "book", faults, fields)
    if faults:
        return None
    return Request(book["person"], parse_instant(book["start"]), book["kind"] == "free")


def read_what_if(document: object, history: History) -> Step | Request:
    """Read a what-if.

    Raises:
        InvalidDocument: with every fault found.
    """
    faults: list[str] = []
    what_if: Step | Request | None = None
    if not isinstance(document, dict):
        faults.append("document: must be an object")
    elif "book" in document:
        what_if = read_request(document, faults)
    else:
        what_if = read_step(document, history, faults)
    if faults or what_if is None:
        raise InvalidDocument(faults)
    return what_if
