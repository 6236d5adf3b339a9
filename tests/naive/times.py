"""Instants, rounding and local windows, in the plainest way."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
OTHER = {"client": "practitioner", "practitioner": "client"}

Interval = tuple[datetime, datetime]


def instant(text: str) -> datetime:
    """All instants in are RFC 3339 with an offset."""
    return datetime.fromisoformat(text.upper()).astimezone(UTC)


def written(moment: datetime) -> str:
    """Output is in UTC with `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def rounded(number: Fraction) -> int:
    """'Rounded' means half up to a whole minor unit, on exact integers."""
    return math.floor(number + Fraction(1, 2))


def minutes_between(earlier: datetime, later: datetime) -> int:
    """Minutes are rounded up; 0 when `later` is not later."""
    if later <= earlier:
        return 0
    return math.ceil(Fraction(int((later - earlier).total_seconds()), 60))


def hours(count: int) -> timedelta:
    return timedelta(hours=count)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def wall(day: date, text: str, zone: ZoneInfo) -> datetime:
    """A wall time that does not exist is moved forward by the gap; one that occurs twice
    means its first occurrence. `24:00` is the midnight with which the next date begins."""
    hour, minute = int(text[:2]), int(text[3:])
    if hour == 24:
        day, hour = day + timedelta(days=1), 0
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone, fold=0)
    return local.astimezone(UTC)


def windows_of(day: date, pairs: list[list[str]], zone: ZoneInfo) -> list[Interval]:
    """A window whose resolved end is not after its start is empty."""
    found = []
    for begin, end in pairs:
        interval = (wall(day, begin, zone), wall(day, end, zone))
        if interval[1] > interval[0]:
            found.append(interval)
    return found


def weekly_windows(
    weekly: dict[str, Any], first: date, count: int, zone: ZoneInfo
) -> list[Interval]:
    """The windows of `count` dates from `first`; days not named are closed."""
    found: list[Interval] = []
    for number in range(count):
        day = first + timedelta(days=number)
        found += windows_of(day, weekly.get(WEEKDAYS[day.weekday()], []), zone)
    return sorted(found)
