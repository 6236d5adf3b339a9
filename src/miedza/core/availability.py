"""Availability: what decides which times are free, as values and as read from JSON."""

from __future__ import annotations

from datetime import date

from miedza.core.faults import InvalidDocument, check_fields, read_object, whole
from miedza.core.hours import read_week, read_windows
from miedza.core.instants import parse_date, parse_instant
from miedza.core.values import NamedTuple
from miedza.core.zones import find_zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any
    from zoneinfo import ZoneInfo

    from miedza.core.hours import Window

MOST_DAYS = 3700
"""No more dates than these are looked at in one question."""


class Taken(NamedTuple):
    """A booking that stands in the calendar, with its own buffers."""

    start: int
    """Seconds since 1970."""
    end: int
    """Seconds since 1970, after the start."""
    buffer_before: int = 0
    """Minutes kept free before it."""
    buffer_after: int = 0
    """Minutes kept free after it."""


class Availability(NamedTuple):
    """Everything that decides which times are free."""

    zone: ZoneInfo
    now: int
    """Seconds since 1970."""
    first: date
    """The first local date asked for."""
    last: date
    """The last one, included."""
    weekly: Mapping[str, Sequence[Window]]
    exceptions: Mapping[date, Sequence[Window]]
    """Dates whose windows replace those of the week."""
    minutes: int
    step_minutes: int
    buffer_before: int = 0
    buffer_after: int = 0
    notice_minutes: int = 0
    horizon_days: int | None = None
    max_per_day: int | None = None
    max_per_week: int | None = None
    bookings: Sequence[Taken] = ()
    busy: Sequence[tuple[int, int]] = ()
    """Intervals in seconds since 1970 in which something else happens."""


_NEEDED = ("time_zone", "now", "from", "until", "weekly", "minutes", "step_minutes")
_NUMBERS = {
    "minutes": (whole(1), "how long a session is"),
    "step_minutes": (whole(1), "how far apart starts are offered"),
    "buffer_before": (whole(0), "minutes kept free before"),
    "buffer_after": (whole(0), "minutes kept free after"),
    "notice_minutes": (whole(0), "how long before its start a session can be booked"),
}
_LIMITS = {
    "horizon_days": (whole(0), "how many days ahead"),
    "max_per_day": (whole(0), "how many bookings a day"),
    "max_per_week": (whole(0), "how many bookings an ISO week"),
}
_BUFFERS = {name: _NUMBERS[name] for name in ("buffer_before", "buffer_after")}


def read_availability(document: object) -> Availability:
    """Read an availability as parsed from JSON.

    Raises:
        InvalidDocument: with every fault found.
    """
    faults: list[str] = []
    optional = ("exceptions", "bookings", "busy", *_NUMBERS, *_LIMITS)
    raw = read_object(document, "", faults, needed=_NEEDED, optional=optional)
    if raw is None:
        raise InvalidDocument(faults)
    raw = {name: value for name, value in raw.items() if value is not None or name not in _LIMITS}
    top: list[str] = []
    check_fields(raw, "", top, {**_NUMBERS, **_LIMITS})
    faults.extend(fault.removeprefix(".") for fault in top)
    zone = find_zone(raw.get("time_zone"))
    if "time_zone" in raw and zone is None:
        faults.append("time_zone: must be a name of the tz database, like 'Europe/Warsaw'")
    now = _read_time(raw, "now", faults, parse_instant)
    first = _read_time(raw, "from", faults, parse_date)
    last = _read_time(raw, "until", faults, parse_date)
    if first is not None and last is not None and not 0 <= (last - first).days < MOST_DAYS:
        faults.append(f"until: must not lie before from, nor {MOST_DAYS} days or more after it")
    weekly = read_week(raw.get("weekly", {}), "weekly", faults)
    exceptions = _read_exceptions(raw.get("exceptions", []), faults)
    bookings = _read_intervals(raw.get("bookings", []), "bookings", faults, _BUFFERS)
    busy = _read_intervals(raw.get("busy", []), "busy", faults, {})
    if faults or zone is None:
        raise InvalidDocument(faults)
    numbers = {name: raw[name] for name in (*_NUMBERS, *_LIMITS) if name in raw}
    return Availability(
        zone=zone, now=now, first=first, last=last, weekly=weekly, exceptions=exceptions,
        bookings=[Taken(*interval) for interval in bookings],
        busy=[(start, end) for start, end, *_ in busy],
        **numbers,
    )  # fmt: skip


def _read_time(raw: dict[str, Any], name: str, faults: list[str], parse: Any) -> Any:
    """Read an instant or a date; None where it has a fault or is missing."""
    if name not in raw:
        return None
    try:
        return parse(raw[name])
    except ValueError as error:
        faults.append(f"{name}: {error}")
        return None


def _read_exceptions(value: object, faults: list[str]) -> dict[date, list[Window]]:
    """Read dates whose windows replace those of the week."""
    if not isinstance(value, list):
        faults.append("exceptions: must be a list")
        return {}
    exceptions: dict[date, list[Window]] = {}
    for index, raw in enumerate(value):
        path = f"exceptions[{index}]"
        entry = read_object(raw, path, faults, needed=("date", "windows"), optional=())
        if entry is None or not {"date", "windows"} <= entry.keys():
            continue
        windows = read_windows(entry["windows"], f"{path}.windows", faults)
        try:
            day = parse_date(entry["date"])
        except ValueError as error:
            faults.append(f"{path}.date: {error}")
            continue
        if day in exceptions:
            faults.append(f"{path}.date: must not stand twice")
        exceptions[day] = windows
    return exceptions


def _read_intervals(
    value: object, path: str, faults: list[str], numbers: Mapping[str, Any]
) -> list[tuple[int, ...]]:
    """Read intervals `{"start", "end"}`, each with its numbers, 0 where they are absent."""
    if not isinstance(value, list):
        faults.append(f"{path}: must be a list")
        return []
    intervals: list[tuple[int, ...]] = []
    for index, raw in enumerate(value):
        before, here = len(faults), f"{path}[{index}]"
        entry = read_object(raw, here, faults, needed=("start", "end"), optional=numbers)
        if entry is None or len(faults) > before:
            continue
        check_fields(entry, here, faults, numbers)
        start = _read_end(entry, "start", here, faults)
        end = _read_end(entry, "end", here, faults)
        if len(faults) == before and end <= start:
            faults.append(f"{here}.end: must be after start")
        if len(faults) == before:
            intervals.append((start, end, *(entry.get(name, 0) for name in numbers)))
    return intervals


def _read_end(entry: dict[str, Any], name: str, path: str, faults: list[str]) -> int:
    """Read one end of an interval; 0 with a fault where it is no instant."""
    try:
        return parse_instant(entry[name])
    except ValueError as error:
        faults.append(f"{path}.{name}: {error}")
        return 0
