"""Changes of the clocks, found and read in the plainest way: second by second, quarter by quarter.

Nothing here asks the product; all is read off `datetime.fromtimestamp(…, zone)`.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from tests.sizes import read_size

MINUTE, QUARTER, HOUR, DAY = 60, 900, 3600, 86_400

BATCHES = 20
"""The changes are looked at in so many parts, so that few readings are held at a time."""
EVERY_ZONE = read_size("ROUNDS", 10_000) > 10_000
"""Whether zones that behave alike are each looked at, as in `make soak`, or only one of them."""

NO_MIDNIGHT_OR_TWO = """
    Africa/Cairo America/Asuncion America/Coyhaique America/Havana America/Santiago
    America/Scoresbysund Antarctica/Casey Antarctica/Vostok Asia/Amman Asia/Beirut Asia/Damascus
    Asia/Gaza Asia/Hebron Asia/Tehran Atlantic/Azores Chile/Continental
""".split()
ODD_JUMPS = """
    Antarctica/Troll Australia/Lord_Howe Pacific/Apia Pacific/Fakaofo Pacific/Kanton
    Pacific/Kiritimati Pacific/Kwajalein
""".split()
"""Half an hour, two hours, and a whole date left out."""

_LOOK = 6 * HOUR if EVERY_ZONE else 2 * DAY
"""How far apart a zone is looked at for a change."""
_STILL_AT = 1_774_746_000  # 2026-03-29T01:00:00Z, looked at where clocks never change.


class Change(NamedTuple):
    """A change of the offset from UTC."""

    at: int
    """Seconds since 1970: the first instant of the new offset."""
    before: timedelta
    """How far local time was ahead of UTC."""
    after: timedelta
    """How far it is from now on."""

    @property
    def meets_midnight(self) -> bool:
        """Whether the wall times left out, or coming twice, hold or touch a midnight."""
        shown = (self.at + round(each.total_seconds()) for each in (self.before, self.after))
        low, high = sorted(shown)
        return self.before != self.after and -(-low // DAY) * DAY <= high


class Turn(NamedTuple):
    """A change of the clocks of one zone."""

    name: str
    """Of the zone, in the tz database."""
    change: Change
    """The change; it changes nothing in a zone that has none."""

    @property
    def at(self) -> int:
        """Seconds since 1970: the first instant after the change."""
        return self.change.at

    @property
    def zone(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.name)

    @property
    def days(self) -> list[date]:
        """Two dates before the change, those on which it lies, and two after it."""
        first, last = (
            datetime.fromtimestamp(instant, self.zone).date().toordinal()
            for instant in (self.at - 1, self.at)
        )
        # Clocks put back over midnight have the earlier date after the later one.
        dates = range(min(first, last) - 2, max(first, last) + 3)
        return [date.fromordinal(ordinal) for ordinal in dates]


def find_changes(name: str, first_year: int, last_year: int) -> tuple[Change, ...]:
    """All changes of a zone's offset; a new name alone is none.

    A change that is undone before the next look would be missed. The database has none: the two
    nearest to each other since 1990 are a week apart.
    """
    zone = ZoneInfo(name)
    begins, ends = _start_of(first_year), _start_of(last_year + 1)
    looks = [*range(begins, ends, _LOOK), ends - 1]
    offsets = [datetime.fromtimestamp(look, zone).utcoffset() for look in looks]
    found = []
    for (low, high), (before, after) in zip(pairwise(looks), pairwise(offsets), strict=True):
        if before != after:
            assert before is not None
            assert after is not None
            found.append(Change(_find_second(zone, low, high, before), before, after))
    return tuple(found)


def _start_of(year: int) -> int:
    """The first second of a year in UTC."""
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


def _find_second(zone: ZoneInfo, low: int, high: int, before: timedelta) -> int:
    """The first second after `low`, and up to `high`, with another offset than before."""
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


@cache
def list_names() -> tuple[str, ...]:
    """The names of all places in the tz database."""
    return tuple(sorted(available_timezones() - {"Factory", "localtime"}))


@cache
def group_zones() -> dict[tuple[timedelta, tuple[Change, ...]], list[str]]:
    """The zones that read alike from 2020 to 2035: offset at the start, then all changes."""
    groups = defaultdict(list)
    for name in list_names():
        offset = datetime.fromtimestamp(_start_of(2020), ZoneInfo(name)).utcoffset()
        assert offset is not None
        groups[offset, find_changes(name, 2020, 2035)].append(name)
    return dict(groups)


@cache
def list_turns() -> tuple[Turn, ...]:
    """All changes from 2020 to 2035; zones without any are looked at around one instant."""
    return tuple(
        Turn(name, change)
        for (offset, changes), names in group_zones().items()
        for name in (names if EVERY_ZONE else names[:1])
        for change in (changes or [Change(_STILL_AT, offset, offset)])
    )


@cache
def list_odd_names() -> tuple[str, ...]:
    """The zones that are no whole number of hours from UTC."""
    moments = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7)]
    return tuple(
        name
        for name in list_names()
        if any(moment.astimezone(ZoneInfo(name)).minute for moment in moments)
    )


@cache
def list_odd_turns() -> tuple[Turn, ...]:
    """Changes from 1990 to 2019 that meet a midnight; later ones are among all changes."""
    names = [*NO_MIDNIGHT_OR_TWO, *ODD_JUMPS, *list_odd_names()]
    known: set[tuple[Change, ...]] = set()
    found = []
    for name in list_names() if EVERY_ZONE else dict.fromkeys(names):
        changes = find_changes(name, 1990, 2019)
        if EVERY_ZONE or changes not in known:
            known.add(changes)
            found += [Turn(name, change) for change in changes if change.meets_midnight]
    return tuple(found)


class WallClock:
    """What the clocks of a zone show around a change, read at every quarter of an hour.

    A wall time is a number of minutes, as `wall_of` counts them.
    """

    def __init__(self, turn: Turn) -> None:
        """Read it for the dates of the turn, and for a day or more on each side."""
        self.turn, self.zone, self.days = turn, turn.zone, turn.days
        begins, ends = (
            int(datetime.combine(day, time(), UTC).timestamp())
            for day in (self.days[0] - timedelta(days=1), self.days[-1] + timedelta(days=2))
        )
        self.shows = {
            instant: wall_at(datetime.fromtimestamp(instant, self.zone))
            for instant in range(begins, ends, QUARTER)
        }
        """The wall time of each instant."""
        self.first = {wall: instant for instant, wall in reversed(self.shows.items())}
        """The first instant at which a wall time is shown."""
        self._leaps = [
            (instant, wall, following)
            for (instant, wall), (_, following) in pairwise(self.shows.items())
            if following - wall > 15
        ]

    def find(self, wall: int) -> int:
        """The instant of a wall time: the first that shows it, else moved by what was skipped."""
        if wall in self.first:
            return self.first[wall]
        for instant, before, after in self._leaps:
            if before < wall < after:
                return instant + (wall - before) * MINUTE
        raise LookupError(wall)

    def repeats(self, instant: int) -> bool:
        """Whether the clocks have shown the same before."""
        return self.first[self.shows[instant]] != instant


def wall_of(day: date, minute: int) -> int:
    """The wall time so many minutes after the midnight of a date; 1440 is the next midnight."""
    return day.toordinal() * 1440 + minute


def wall_at(local: datetime) -> int:
    """The wall time that a local moment shows."""
    return local.toordinal() * 1440 + local.hour * 60 + local.minute


def date_of(wall: int) -> date:
    """The date of a wall time."""
    return date.fromordinal(wall // 1440)


def read_clocks(batch: int) -> list[WallClock]:
    """The clocks around one part in `BATCHES` of all changes that are looked at."""
    turns = (*list_turns(), *list_odd_turns())
    return [WallClock(turn) for turn in turns[batch::BATCHES]]
