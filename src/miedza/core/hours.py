"""Hours: the windows of a week, and the time that passes inside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from miedza.core.faults import show_key
from miedza.core.instants import DAY, HOUR, MINUTE
from miedza.core.zones import local_date, resolve_midnight, resolve_wall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias
    from zoneinfo import ZoneInfo

    Window: TypeAlias = tuple[int, int]
    """Minutes of the local day, `[start, end)`; an end of 1440 is the midnight that ends it."""

    Week: TypeAlias = Mapping[str, Sequence[Window]]
    """The windows of each named day; a day not named is closed."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The names of the days, Monday first, as `date.weekday` counts them."""
_ONE_DAY = timedelta(days=1)


def parse_wall(text: object, *, as_end: bool = False) -> int | None:
    """Read a wall time.

    Args:
        text: `HH:MM`, or `24:00` where it ends a window.
        as_end: whether it ends a window.

    Returns:
        Minutes since midnight, or None where it is no wall time.

    >>> parse_wall("09:30"), parse_wall("24:00", as_end=True), parse_wall("9:30")
    (570, 1440, None)
    """
    if not isinstance(text, str) or len(text) != 5 or text[2] != ":" or not text.isascii():
        return None
    if not (text[:2].isdigit() and text[3:].isdigit()):
        return None
    hour, minute = int(text[:2]), int(text[3:])
    if hour == 24 and minute == 0 and as_end:
        return 1440
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def read_windows(value: object, path: str, faults: list[str]) -> list[Window]:
    """Read the windows of one day, `[["09:00", "13:00"], …]`: sorted, none overlapping."""
    if not isinstance(value, list):
        faults.append(f"{path}: must be a list of windows like ['09:00', '17:00']")
        return []
    windows: list[Window] = []
    for index, pair in enumerate(value):
        here = f"{path}[{index}]"
        if not isinstance(pair, list) or len(pair) != 2:
            faults.append(f"{here}: must be a window like ['09:00', '17:00']")
            continue
        start, end = parse_wall(pair[0]), parse_wall(pair[1], as_end=True)
        if start is None or end is None:
            faults.append(f"{here}: must hold two times like '09:00'; '24:00' only as an end")
        elif end <= start:
            faults.append(f"{here}: must end after its start")
        elif windows and start < windows[-1][1]:
            faults.append(f"{here}: must not start before the window above it ends")
        else:
            windows.append((start, end))
    return windows


def read_week(value: object, path: str, faults: list[str]) -> dict[str, list[Window]]:
    """Read the windows of a week; faults for what is no day and for what is no window."""
    if not isinstance(value, dict):
        faults.append(f"{path}: must be an object with windows for days 'mon' to 'sun'")
        return {}
    faults.extend(f"{path}.{show_key(day)}: unknown key" for day in value if day not in DAYS)
    return {day: read_windows(value[day], f"{path}.{day}", faults) for day in DAYS if day in value}


def resolve_windows(windows: Sequence[Window], day: date, zone: ZoneInfo) -> list[tuple[int, int]]:
    """The windows of one date as instants; one that resolves to nothing is left out."""
    midnight = resolve_midnight(day, zone)
    if midnight is not None:
        return _add_up(windows, midnight)
    resolved = [
        (resolve_wall(day, start, zone), resolve_wall(day, end, zone)) for start, end in windows
    ]
    return [(opens, closes) for opens, closes in resolved if closes > opens]


def _add_up(windows: Sequence[Window], midnight: int) -> list[tuple[int, int]]:
    """The windows of a date on which no clock changes."""
    return [(midnight + start * MINUTE, midnight + end * MINUTE) for start, end in windows]


class OfficeHours:
    """The hours in which messages are read, laid out over real dates.

    Dates are resolved once, as far as they are asked for, so that many messages cost no more than
    the days between the first and the last of them.
    """

    def __init__(self, week: Week, zone: ZoneInfo, *, earliest: int) -> None:
        """Lay nothing out yet.

        Args:
            week: windows by day, at least one in all.
            zone: where they stand.
            earliest: no instant before this one will be asked about.
        """
        self._week = week
        self._zone = zone
        self._opens: list[int] = []
        self._closes: list[int] = []
        self._passed: list[int] = []  # Seconds inside windows before each of them.
        self._total = 0
        self._pending: list[tuple[int, int]] = []  # Resolved, but a later date may come before.
        self._next = local_date(earliest - 3 * DAY, zone)
        self._settled = earliest - 3 * DAY  # All windows that open before it are laid out.

    def contains(self, instant: int) -> bool:
        """Tell whether an instant lies inside a window."""
        self._reach(instant)
        index = bisect_right(self._opens, instant) - 1
        return index >= 0 and instant < self._closes[index]

    def after(self, instant: int, hours: int) -> int:
        """The first instant by which so many hours inside the windows have passed since `instant`.

        Args:
            instant: seconds since 1970.
            hours: at least 1.
        """
        self._reach(instant)
        index = bisect_right(self._opens, instant) - 1
        wanted = hours * HOUR
        if index >= 0:
            inside = min(instant, self._closes[index]) - self._opens[index]
            wanted += self._passed[index] + inside
        while self._total < wanted:
            self._lay_day()
        # The last window that starts with less than the wanted time behind it.
        index = bisect_left(self._passed, wanted) - 1
        return self._opens[index] + wanted - self._passed[index]

    def _reach(self, instant: int) -> None:
        """Lay out the windows that open up to an instant."""
        while self._settled <= instant:
            self._lay_day()

    def _lay_day(self) -> None:
        """Resolve one more date, and settle the windows that no later date can come before.

        A gap moves windows forward, by a whole day at most: over the next ones, or past them.
        """
        day, zone = self._next, self._zone
        windows = self._week.get(DAYS[day.weekday()], ())
        self._next = day + _ONE_DAY
        midnight = resolve_midnight(day, zone)
        if midnight is not None:
            self._pending += _add_up(windows, midnight)
            self._settled = midnight
        else:
            self._pending += resolve_windows(windows, day, zone)
            self._settled = resolve_wall(self._next, 0, zone) - DAY
        self._pending.sort()
        while self._pending and self._pending[0][0] < self._settled:
            opens, closes = self._pending.pop(0)
            start = max(opens, self._closes[-1]) if self._closes else opens
            if closes > start:  # Time that two windows share counts once.
                self._opens.append(start)
                self._closes.append(closes)
                self._passed.append(self._total)
                self._total += closes - start
