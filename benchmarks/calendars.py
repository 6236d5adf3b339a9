"""Calendars to find free times in: sixty days with a clock change, and N intervals taken."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from miedza.core.availability import Availability

ZONE = ZoneInfo("Europe/Warsaw")
DAYS = 60
OPENS, CLOSES = 9, 18
"""The office hours of Monday to Friday, as hours of the day."""
MINUTES, STEP, BUFFER = 50, 15, 15
"""Length of a session, step of the grid, and buffer on both sides, in minutes."""


@dataclass(frozen=True)
class Calendar:
    """One question: which times are free."""

    first: date
    """The first date asked for."""
    last: date
    """The last one, included."""
    now: int
    """Seconds since 1970; before the first date."""
    busy: list[tuple[int, int]]
    """What is taken, in seconds since 1970."""

    def as_question(self) -> dict[str, Any]:
        """The same question as the peers are asked it."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "opens": OPENS,
            "closes": CLOSES,
            "busy": self.busy,
        }

    def as_availability(self) -> Availability:
        """The same question as the core asks it."""
        window = [(OPENS * 60, CLOSES * 60)]
        return Availability(
            zone=ZONE, now=self.now, first=self.first, last=self.last,
            weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), window),
            exceptions={}, minutes=MINUTES, step_minutes=STEP, buffer_before=BUFFER,
            buffer_after=BUFFER, busy=self.busy,
        )  # fmt: skip


def make_calendar(count: int, *, in_order: bool = True) -> Calendar:
    """Make a calendar with so many intervals taken; the same one each time in one year.

    The dates lie in the next year, since the peers offer nothing before the real present. Summer
    time ends within them. Meetings stand in three hours of each working day and overlap, as those
    of ten calendars taken together do, so that many of them still leave something free.

    Args:
        count: how many intervals.
        in_order: whether they come calendar by calendar, each in order, as calendars are read;
            or else in no order at all.
    """
    rng = random.Random(count)
    first = date(datetime.now(UTC).year + 1, 10, 1)
    dates = [first + timedelta(days=number) for number in range(DAYS)]
    hours = [
        (day, hour)
        for day in dates
        if day.weekday() < 5
        for hour in rng.sample(range(OPENS, CLOSES), 3)
    ]
    busy = []
    for _ in range(count):
        day, hour = rng.choice(hours)
        begins = datetime.combine(day, time(hour, 5 * rng.randrange(6)), ZONE)
        start = int(begins.timestamp())
        busy.append((start, start + 60 * 5 * rng.randint(3, 6)))
    if in_order:
        busy = [meeting for number in range(10) for meeting in sorted(busy[number::10])]
    now = int(datetime.combine(first - timedelta(days=7), time(12), ZONE).timestamp())
    return Calendar(first, dates[-1], now, busy)
