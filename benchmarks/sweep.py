"""The limit of plain Python: a sweep written by hand for exactly one kind of calendar.

It knows what the core cannot assume: one window a day, the same each working day, no clock change
inside it, one buffer for all, no notice, no limits, and at most one clock change in the dates.
"""

from __future__ import annotations

from datetime import date, datetime

from benchmarks.calendars import BUFFER, CLOSES, MINUTES, OPENS, STEP, ZONE, Calendar

_DAY = 86_400
_NEVER = 1 << 60


def sweep(calendar: Calendar) -> list[int]:
    """Find all free starts, sorted."""
    length, step, window = MINUTES * 60, STEP * 60, (CLOSES - OPENS) * 3600
    gaps = iter(_find_gaps(calendar))
    free_from, free_until = next(gaps)
    starts: list[int] = []
    for opens in _find_openings(calendar):
        latest = opens + window - length
        while free_until < opens + length:
            free_from, free_until = next(gaps)
        while free_from <= latest:
            start = opens if free_from <= opens else free_from + (opens - free_from) % step
            starts.extend(range(start, min(latest, free_until - length) + 1, step))
            if free_until > latest:
                break
            free_from, free_until = next(gaps)
    return starts


def _find_gaps(calendar: Calendar) -> list[tuple[int, int]]:
    """The times between what is taken, as long as a session and its buffers, or longer.

    Begins and ends are sorted apart: once as many have ended as have begun, time is free until the
    next one begins. Numbers below 2**30 sort in half the time, so `now` is their zero.
    """
    buffer, shortest = BUFFER * 60, (MINUTES + 2 * BUFFER) * 60
    now = calendar.now
    begins = sorted([start - now for start, _ in calendar.busy])
    ends = sorted([end - now for _, end in calendar.busy])
    begins.append(_NEVER)
    return [
        (now + end + buffer, now + begin - buffer)
        for end, begin in zip([-_NEVER, *ends], begins, strict=True)
        if begin - end >= shortest
    ]


def _find_openings(calendar: Calendar) -> list[int]:
    """The instants at which the working days open; the clock is asked only around its change."""
    first, last = calendar.first.toordinal(), calendar.last.toordinal()
    before, after = _find_opening(first), _find_opening(last)
    low, high = first, last
    if after - before != (last - first) * _DAY:
        while high - low > 1:  # The clock changes after the opening of `low`, before `high`.
            middle = (low + high) // 2
            if _find_opening(middle) - before == (middle - first) * _DAY:
                low = middle
            else:
                high = middle
    return [
        before + (day - first) * _DAY if day < high else after - (last - day) * _DAY
        for day in range(first, last + 1)
        if (day - 1) % 7 < 5
    ]


def _find_opening(day: int) -> int:
    """The instant at which one date opens."""
    midnight = date.fromordinal(day)
    wall = datetime(midnight.year, midnight.month, midnight.day, OPENS, tzinfo=ZONE)
    return int(wall.timestamp())
