"""Short questions: events written in a few lines, and the busy times that are read of them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from miedza.adapters.calendars.reading import read_busy
from miedza.core.calendars import Reading
from miedza.core.instants import parse_instant

SINCE = parse_instant("2026-03-01T00:00:00Z")
UNTIL = parse_instant("2026-05-01T00:00:00Z")
WARSAW = "Europe/Warsaw"
AT_NINE = "DTSTART;TZID=Europe/Warsaw:20260302T090000\nDTEND;TZID=Europe/Warsaw:20260302T100000"
"""An hour of a Monday."""


def write_calendar(*events: str, more: str = "") -> bytes:
    """A calendar with events, given as their lines, and other lines before them."""
    blocks = [f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events]
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{more}{''.join(blocks)}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read_file(
    data: bytes, *, zone: str = WARSAW, since: int = SINCE, until: int = UNTIL
) -> Reading:
    """What a file says of March and April 2026."""
    return read_busy(data, since=since, until=until, zone=zone)


def tell(reading: Reading, zone: str = WARSAW) -> list[str]:
    """Busy times on the clock of a zone, `0302T09:00-10:00`; a question mark follows a doubt."""
    return [
        _tell_span(busy.start, busy.end, zone) + "?" * busy.is_doubtful for busy in reading.busy
    ]


def _tell_span(start: int, end: int, zone: str) -> str:
    begin, close = (datetime.fromtimestamp(each, ZoneInfo(zone)) for each in (start, end))
    same_day = begin.date() == close.date()
    return f"{begin:%m%dT%H:%M}-{close:{'%H:%M' if same_day else '%m%dT%H:%M'}}"


def ask(*events: str, zone: str = WARSAW, more: str = "") -> list[str]:
    """The busy times of events, as told above."""
    return tell(read_file(write_calendar(*events, more=more), zone=zone), zone)
