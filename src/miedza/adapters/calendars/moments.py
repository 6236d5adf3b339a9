"""Moments and lengths: the dates, times and durations of a file.

Source: RFC 5545, sections 3.3.4 to 3.3.6. Read more freely than the standard writes them: with the
hyphens and colons of RFC 3339, without seconds, with an offset.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from miedza.core.instants import DAY, HOUR, MINUTE
from miedza.core.zones import resolve_wall

UTC = ZoneInfo("UTC")
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)", re.ASCII)
_TIME = re.compile(
    r"[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(?:(Z|UTC|GMT)|([+-])(\d\d):?(\d\d))?",
    re.ASCII,
)
_DURATION = re.compile(
    r"\+?P(?:(\d{1,6})W)?(?:(\d{1,7})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?",
    re.ASCII,
)
_FIRST_ORDINAL = date(2, 1, 1).toordinal()
_LAST_ORDINAL = date(9998, 12, 31).toordinal()


class Moment(NamedTuple):
    """A date or a wall time, and the zone in which it is meant."""

    ordinal: int
    """Of the date: days since 1 January of year 1, which is 1."""
    second: int | None
    """Seconds since midnight; None for a whole day."""
    zone: ZoneInfo
    instant: int
    """Seconds since 1970; of a whole day, the midnight that begins it."""
    is_doubtful: bool = False
    """Whether more was written than could be read."""


class Length(NamedTuple):
    """How long something lasts."""

    days: int
    """As long as the clocks make them."""
    seconds: int


ONE_DAY = Length(1, 0)
ONE_HOUR = Length(0, HOUR)
NOTHING = Length(0, 0)


def make_moment(
    ordinal: int, second: int | None, zone: ZoneInfo, *, is_doubtful: bool = False
) -> Moment:
    """A moment in a zone."""
    ordinal = _clamp(ordinal)
    return Moment(ordinal, second, zone, resolve(ordinal, second or 0, zone), is_doubtful)


def resolve(ordinal: int, second: int, zone: ZoneInfo) -> int:
    """The instant of a wall time; seconds from 0 to 86,400."""
    return resolve_wall(date.fromordinal(_clamp(ordinal)), second // MINUTE, zone) + second % MINUTE


def _clamp(ordinal: int) -> int:
    """The nearest date that has a day before and after it."""
    return min(max(ordinal, _FIRST_ORDINAL), _LAST_ORDINAL)


def read_moment(text: str, zone: ZoneInfo, *, day_zone: ZoneInfo) -> Moment | None:
    """Read a date or a time.

    Args:
        text: as it stands in a file, for example `20260302T090000Z`.
        zone: in which a time is meant that says nothing of it.
        day_zone: in which a whole day is meant.

    Returns:
        The moment, or None where not even a date can be read.
    """
    text = text.strip().upper()
    found = _DATE.match(text)
    if not found:
        return None
    try:
        ordinal = date(int(found[1]), int(found[2]), int(found[3])).toordinal()
    except ValueError:  # The 30th of February.
        return None
    rest = text[found.end() :]
    if not rest:
        return make_moment(ordinal, None, day_zone)
    clock = _TIME.fullmatch(rest)
    hour, minute, second = (int(clock[n] or 0) for n in (1, 2, 3)) if clock else (99, 0, 0)
    if clock is None or minute > 59 or second > 60 or hour * 60 + minute > 24 * 60:
        return make_moment(ordinal, None, day_zone, is_doubtful=True)
    seconds = hour * HOUR + minute * MINUTE + min(second, 59)
    if clock[4]:
        return make_moment(ordinal, seconds, UTC)
    if clock[5]:
        ahead = int(clock[6]) * HOUR + int(clock[7]) * MINUTE
        days, seconds = divmod(seconds - ahead if clock[5] == "+" else seconds + ahead, DAY)
        return make_moment(ordinal + days, seconds, UTC)
    return make_moment(ordinal, seconds, zone)


def read_length(text: str) -> Length | None:
    """Read a duration; None where it cannot be read, or is negative."""
    found = _DURATION.fullmatch(text.strip().upper())
    if not found or not any(found.groups()):
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in found.groups())
    return Length(weeks * 7 + days, hours * HOUR + minutes * MINUTE + seconds)


def measure(start: Moment, end: Moment) -> Length | None:
    """The length from one moment to another; None where the end is before the start.

    A whole day that ends on its own date is one day: many programs write so.
    """
    if start.second is None and end.second is None:
        days = end.ordinal - start.ordinal
        return Length(max(days, 1), 0) if days >= 0 else None
    if end.second is None:  # A date where a time should stand: to the end of it.
        end = make_moment(end.ordinal + 1, 0, end.zone)
    seconds = end.instant - start.instant
    return Length(0, seconds) if seconds >= 0 else None


def stretch(start: Moment, length: Length) -> int:
    """The instant at which something ends."""
    if not length.days:
        return start.instant + length.seconds
    return resolve(start.ordinal + length.days, start.second or 0, start.zone) + length.seconds
