"""`slots`: which times are free."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.naive.times import WEEKDAYS, Interval, instant, minutes, windows_of, written


def slots(availability: dict[str, Any]) -> dict[str, Any]:
    found: set[datetime] = set()
    for window in every_window(availability):
        for s in candidates(availability, window):
            if is_free(availability, s):
                found.add(s)  # A start that two windows give is listed once.
    return {"slots": [written(s) for s in sorted(found)]}


def every_window(a: dict[str, Any]) -> list[Interval]:
    """1. Dates `from` to `until`, both included, are local dates. An exception replaces its
    date's windows. `weekly` days not named are closed."""
    zone = ZoneInfo(a["time_zone"])
    found: list[Interval] = []
    day, last = date.fromisoformat(a["from"]), date.fromisoformat(a["until"])
    while day <= last:
        pairs = a["weekly"].get(WEEKDAYS[day.weekday()], [])
        for exception in a.get("exceptions", []):
            if date.fromisoformat(exception["date"]) == day:
                pairs = exception["windows"]
        found += windows_of(day, pairs, zone)
        day += timedelta(days=1)
    return found


def candidates(a: dict[str, Any], window: Interval) -> list[datetime]:
    """3. In each window candidates start at the window's start and then every `step_minutes`
    of elapsed time; a session must end inside its window."""
    found = []
    s = window[0]
    while s + minutes(a["minutes"]) <= window[1]:
        found.append(s)
        s += minutes(a["step_minutes"])
    return found


def is_free(a: dict[str, Any], s: datetime) -> bool:
    return (
        in_reach(a, s)
        and below_maxima(a, s)
        and all(not meets_busy(a, s, busy) for busy in a.get("busy", []))
        and all(clear_of(a, s, booking) for booking in a.get("bookings", []))
    )


def meets_busy(a: dict[str, Any], s: datetime, busy: dict[str, Any]) -> bool:
    """4. `[s - buffer_before, s + minutes + buffer_after)` meets no `busy` interval."""
    begin = s - minutes(a.get("buffer_before", 0))
    end = s + minutes(a["minutes"]) + minutes(a.get("buffer_after", 0))
    return begin < instant(busy["end"]) and instant(busy["start"]) < end


def clear_of(a: dict[str, Any], s: datetime, booking: dict[str, Any]) -> bool:
    """4. It overlaps no booking, and the gap to every booking is at least the larger of the
    two buffers that face each other."""
    end = s + minutes(a["minutes"])
    its_start, its_end = instant(booking["start"]), instant(booking["end"])
    if its_end <= s:
        facing = max(booking.get("buffer_after", 0), a.get("buffer_before", 0))
        return s - its_end >= minutes(facing)
    if end <= its_start:
        facing = max(a.get("buffer_after", 0), booking.get("buffer_before", 0))
        return its_start - end >= minutes(facing)
    return False


def in_reach(a: dict[str, Any], s: datetime) -> bool:
    """5. `s >= now + notice_minutes`, and the local date of `s` is at most `horizon_days`
    after the local date of `now`."""
    zone, now = ZoneInfo(a["time_zone"]), instant(a["now"])
    if s < now + minutes(a.get("notice_minutes", 0)):
        return False
    horizon = a.get("horizon_days")
    if horizon is None:
        return True
    return bool((s.astimezone(zone).date() - now.astimezone(zone).date()).days <= horizon)


def below_maxima(a: dict[str, Any], s: datetime) -> bool:
    """6. A start whose local date already has `max_per_day` bookings (by the local date of
    their start) is not free; likewise its ISO week with `max_per_week`."""
    zone = ZoneInfo(a["time_zone"])
    day = s.astimezone(zone).date()
    dates = [instant(b["start"]).astimezone(zone).date() for b in a.get("bookings", [])]
    same_day = len([d for d in dates if d == day])
    same_week = len([d for d in dates if d.isocalendar()[:2] == day.isocalendar()[:2]])
    per_day, per_week = a.get("max_per_day"), a.get("max_per_week")
    if per_day is not None and same_day >= per_day:
        return False
    return per_week is None or same_week < per_week
