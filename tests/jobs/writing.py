"""A calendar elsewhere into which meetings are written, in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miedza.bookings.entries import say_uid
from miedza.bookings.showing import show_ahead
from tests.calendars.providers import add, sync
from tests.cast import BOOKED
from tests.jobs.calendar_servers import list_written

if TYPE_CHECKING:
    from miedza.bookings.models import Booking, Taken
    from miedza.calendars.models import Source
    from miedza.practice.models import Practitioner
    from tests.jobs.calendar_servers import Gate


def keep_at(
    gate: Gate, practitioner: Practitioner, path: str = "anna/work/", **other: Any
) -> Source:
    """Add the calendar behind a gate, to be read and written."""
    server = gate.server
    told: dict[str, Any] = {"writes": True, "password": server.password, **other}
    source = add(practitioner, f"{gate.http.url}/{path}", username=server.user, **told)
    show_ahead(source=source, now=told.get("now", BOOKED))
    return source


def keep(gate: Gate, practitioner: Practitioner, **other: Any) -> Source:
    """Make a calendar and add it; it is read once, and nothing is written yet."""
    gate.server.make_calendar()
    source = keep_at(gate, practitioner, **other)
    assert sync(source).code == ""
    return source


def read_written(gate: Gate) -> list[tuple[str, str, int, str]]:
    """What stands in the calendar: uid, start, sequence and title of each event."""
    return list_written(gate.server, f"{gate.server.url}anna/work/")


def told(
    booking: Booking | Taken, start: str, sequence: int, title: str
) -> tuple[str, str, int, str]:
    """How a meeting, or a date of a group, stands there: `03-02 09:00` in UTC."""
    return (
        say_uid(booking.id),
        f"2026{start[:2]}{start[3:5]}T{start[6:8]}{start[9:]}00Z",
        sequence,
        title,
    )
