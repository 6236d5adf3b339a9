"""Times, dates and sums as a story writes them, and as an answer's sentence shows them."""

import re
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

Json: TypeAlias = dict[str, Any]

WHEN = r"(?:(?:\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]{2}) )?\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d)?"
SUM = r"-?\d+\.\d\d"

_PARTS = re.compile(
    r"(?:(?:(?P<full>\d{4}-\d\d-\d\d)|(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2})) )?"
    r"(?P<time>\d\d:\d\d(?::\d\d)?)(?P<offset>[+-]\d\d:\d\d)?"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class NotUnderstoodError(ValueError):
    """A sentence of a story that the reader has no meaning for."""


class Clock(NamedTuple):
    """How a story's words for time are read."""

    zone: ZoneInfo  # the zone of the terms: every time of a story is local there
    today: date | None = None  # the day meant where a sentence names only a time

    def read(self, words: str) -> datetime:
        """Read `15:00`, `6 Oct 15:00:30`, `2026-10-06 15:00` or `02:30+01:00` as an instant.

        The offset is needed exactly where the wall clock shows a time twice; a time that
        the wall clock skips cannot be told at all.
        """
        match = _PARTS.fullmatch(words)
        if match is None:
            raise NotUnderstoodError(f"{words!r} is no time")
        wall = datetime.fromisoformat(f"{self._day(match)}T{match['time']}")
        return self._place(wall, match["offset"])

    def on(self, today: date) -> "Clock":
        """The same clock on another day."""
        return Clock(self.zone, today)

    def show(self, instant: str) -> str:
        """Show an answer's instant as local time with its offset."""
        local = datetime.fromisoformat(instant).astimezone(self.zone)
        return local.isoformat(sep=" ")

    def _day(self, match: re.Match[str]) -> str:
        if match["full"]:
            return match["full"]
        if self.today is None:
            raise NotUnderstoodError(f"{match[0]!r} needs a date")
        if not match["day"]:
            return self.today.isoformat()
        month = _MONTHS.index(match["month"]) + 1
        return date(self.today.year, month, int(match["day"])).isoformat()

    def _place(self, wall: datetime, offset: str | None) -> datetime:
        first, second = (wall.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1))
        if offset is None:
            if first.utcoffset() != second.utcoffset():
                raise NotUnderstoodError(f"{wall} is skipped or comes twice: say the offset")
            return first
        for placed in (first, second):
            if placed.isoformat().endswith(offset):
                return placed
        raise NotUnderstoodError(f"{wall} has no offset {offset} there")


def read_sum(words: str) -> int:
    """Read `2000.00` as minor units: 200000."""
    sign = -1 if words.startswith("-") else 1
    whole, fraction = words.lstrip("-").split(".")
    return sign * (int(whole) * 100 + int(fraction))


def show_sum(minor: int) -> str:
    """Show 200000 minor units as `2000.00`."""
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100}.{abs(minor) % 100:02}"
