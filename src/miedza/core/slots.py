"""Slots: which times are free.

Everything is integers: seconds since 1970 for instants, days since year 1 for local dates. What is
taken is widened by the buffers once, sorted and merged; then candidates and taken intervals are
swept together. Cost: dates + windows + bookings + busy + answers, after one sort.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from miedza.core.hours import DAYS, resolve_windows
from miedza.core.instants import HOUR, MINUTE
from miedza.core.zones import local_date, local_ordinal, utc_offset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from miedza.core.availability import Availability


def find_slots(availability: Availability) -> list[int]:
    """Find all starts that are free, sorted, none twice."""
    taken = _merge_taken(availability)
    length = availability.minutes * MINUTE
    step = availability.step_minutes * MINUTE
    earliest = availability.now + availability.notice_minutes * MINUTE
    starts: list[int] = []
    index, count = 0, len(taken)
    windows = sorted(_open_windows(availability))
    for opens, closes in windows:
        latest = closes - length
        start = opens
        if start < earliest:
            start += -((opens - earliest) // step) * step
        # Windows come in order of their starts, so nothing taken before this one matters again.
        while index < count and taken[index][1] <= max(opens, earliest):
            index += 1
        here = index
        while start <= latest:
            if here < count and taken[here][0] < start + length:
                ends = taken[here][1]
                if ends > start:
                    start += -((start - ends) // step) * step
                here += 1
            else:
                # Everything up to the next taken interval is free.
                free_until = latest
                if here < count:
                    free_until = min(latest, taken[here][0] - length)
                starts.extend(range(start, free_until + 1, step))
                start += ((free_until - start) // step + 1) * step
    if any(closes > opens for (_, closes), (opens, _) in pairwise(windows)):
        starts = sorted(set(starts))  # A clock change has moved a window over the next one.
    return _apply_limits(availability, starts)


def _merge_taken(availability: Availability) -> list[tuple[int, int]]:
    """What a session cannot overlap, widened by the buffers, sorted and merged.

    Inside, seconds are counted from now: small numbers sort twice as fast.
    """
    before, after = availability.buffer_before * MINUTE, availability.buffer_after * MINUTE
    now = availability.now
    early, late = after + now, before - now
    begins = [start - early for start, _ in availability.busy]
    ends = [end + late for _, end in availability.busy]
    for start, end, its_before, its_after in availability.bookings:
        begins.append(start - max(after, its_before * MINUTE) - now)
        ends.append(end + max(before, its_after * MINUTE) - now)
    if not begins:
        return []
    begins.sort()
    ends.sort()
    # Sorted apart: once as many have ended as have begun, time is free until the next one begins.
    gaps = [(end, begin) for end, begin in zip(ends, begins[1:], strict=False) if begin > end]
    first, last = begins[0] + now, ends[-1] + now
    starts = [first, *(begin + now for _, begin in gaps)]
    return list(zip(starts, [*(end + now for end, _ in gaps), last], strict=True))


def _open_windows(availability: Availability) -> Iterator[tuple[int, int]]:
    """The windows of all dates asked for, as instants."""
    last = availability.last
    if availability.horizon_days is not None:
        # One day more: clocks put back over midnight repeat the end of a date in the next one.
        today = local_date(availability.now, availability.zone)
        last = min(last, today + timedelta(days=availability.horizon_days + 1))
    week = [availability.weekly.get(day, ()) for day in DAYS]
    exceptions = availability.exceptions
    for ordinal in range(availability.first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        windows = exceptions[day] if day in exceptions else week[day.weekday()]
        if windows:
            yield from resolve_windows(windows, day, availability.zone)


def _apply_limits(availability: Availability, starts: list[int]) -> list[int]:
    """Drop starts beyond the horizon and on days or in weeks that are full."""
    zone = availability.zone
    per_day, per_week = availability.max_per_day, availability.max_per_week
    horizon = availability.horizon_days
    if starts and horizon is not None:
        beyond = local_date(availability.now, zone).toordinal() + horizon
        ordinals = local_ordinals(starts, zone)
        starts = [at for at, ordinal in zip(starts, ordinals, strict=True) if ordinal <= beyond]
    if per_day is None and per_week is None:
        return starts
    held = [taken.start for taken in availability.bookings]
    return drop_full(starts, held=held, zone=zone, per_day=per_day, per_week=per_week)


def drop_full(
    starts: list[int],
    *,
    held: Iterable[int],
    zone: ZoneInfo,
    per_day: int | None,
    per_week: int | None,
) -> list[int]:
    """Drop starts on local dates, or in ISO weeks, that hold as many meetings as they may.

    Args:
        starts: rising instants.
        held: the starts of the meetings there are, in any order.
        zone: whose dates are meant.
        per_day: so many at most on one date; None for no limit.
        per_week: so many at most in one week; None for no limit.

    >>> from zoneinfo import ZoneInfo
    >>> drop_full([0, 3600, 86400], held=[7200], zone=ZoneInfo("UTC"), per_day=1, per_week=None)
    [86400]
    """
    if not starts or (per_day is None and per_week is None):
        return starts
    if per_day == 0 or per_week == 0:
        return []
    dates = list(local_ordinals(sorted(held), zone))
    days, weeks = Counter(dates), Counter(map(week_of, dates))
    full_days = {day for day, held in days.items() if per_day is not None and held >= per_day}
    full_weeks = {week for week, held in weeks.items() if per_week is not None and held >= per_week}
    return [
        start
        for start, ordinal in zip(starts, local_ordinals(starts, zone), strict=True)
        if ordinal not in full_days and week_of(ordinal) not in full_weeks
    ]


def week_of(ordinal: int) -> int:
    """A number for the ISO week of a date: Monday to Sunday share it."""
    return (ordinal - 1) // 7


def local_ordinals(instants: Iterable[int], zone: ZoneInfo) -> Iterator[int]:
    """The local dates of rising instants, as ordinals.

    The offset is asked for once in six hours where it is the same at both ends of them.
    """
    known_until, offset = None, 0
    for instant in instants:
        if known_until is None or instant > known_until:
            offset = utc_offset(instant, zone)
            ahead = instant + 6 * HOUR
            known_until = ahead if utc_offset(ahead, zone) == offset else instant
        yield local_ordinal(instant, offset)
