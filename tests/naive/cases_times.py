"""Random zones, instants and windows; mostly near a change of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from tests.naive.times import WEEKDAYS

ZONES = [
    "Europe/Warsaw", "Europe/Moscow", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo",
    "Asia/Kathmandu", "Pacific/Apia", "America/Havana", "Antarctica/Troll", "Asia/Tehran",
    "America/St_Johns", "Pacific/Chatham", "Africa/Casablanca", "Asia/Beirut", "America/Sao_Paulo",
    "America/Santiago", "Europe/Dublin", "America/Scoresbysund", "Pacific/Kiritimati", "UTC",
]  # fmt: skip
YEARS = [2009, 2010, 2011, 2011, 2014, 2016, 2018, 2021, 2023, 2024, 2025, 2026, 2026, 2030]
CLOCKS = [
    "00:00", "00:01", "00:30", "00:59", "01:00", "01:30", "01:59", "02:00", "02:10", "02:30",
    "02:59", "03:00", "03:15", "03:30", "04:00", "08:00", "09:00", "09:45", "12:00", "13:00",
    "17:00", "17:01", "22:30", "23:00", "23:30", "23:59", "24:00",
]  # fmt: skip


@cache
def transitions(zone_name: str, year: int) -> tuple[datetime, ...]:
    """The instants of a year at which the zone changes its offset."""
    zone = ZoneInfo(zone_name)
    found = []
    hour = datetime(year, 1, 1, tzinfo=UTC)
    while hour.year == year:
        later = hour + timedelta(hours=6)
        if hour.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            moment = hour
            while moment.astimezone(zone).utcoffset() == hour.astimezone(zone).utcoffset():
                moment += timedelta(minutes=15)
            found.append(moment)
        hour = later
    return tuple(found)


def random_zone(rng: Random) -> str:
    return rng.choice(ZONES)


def random_moment(rng: Random, zone: str) -> datetime:
    """A base for a case: most often within two days of a change of the clocks."""
    year = rng.choice(YEARS)
    changes = transitions(zone, year)
    if zone == "Pacific/Apia" and rng.random() < 0.5:
        changes = (datetime(2011, 12, 30, 10, tzinfo=UTC),)  # the date that did not exist
    if changes and rng.random() < 0.7:
        moment = rng.choice(changes) + timedelta(hours=rng.choice([-48, -25, -24, -3, -1, 0, 0]))
        return moment + timedelta(minutes=rng.choice([0, 0, 0, 15, 30, -15, -30, 45, 60]))
    moment = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=rng.randrange(365))
    return moment + timedelta(minutes=15 * rng.randrange(96))


def spelled(rng: Random, moment: datetime) -> str:
    """One of the many ways to write an instant."""
    way = rng.random()
    if way < 0.5:
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    if way < 0.55:
        return moment.strftime("%Y-%m-%dt%H:%M:%Sz")
    offset = rng.choice([60, 120, -300, 345, 630, -210, 840, -720, 0, 1439, -1439, 1])
    return moment.astimezone(timezone(timedelta(minutes=offset))).isoformat()


def jitter(rng: Random) -> timedelta:
    """Most often exactly on the edge, else just beside it."""
    if rng.random() < 0.6:
        return timedelta(0)
    seconds = [1, -1, 1, -1, 30, -30, 59, 60, -60, 61, 120, -120, 300, 3600, -3600]
    return timedelta(seconds=rng.choice(seconds))


def near(rng: Random, pool: list[datetime]) -> datetime:
    return rng.choice(pool) + jitter(rng)


def random_windows(rng: Random, *, empty: bool) -> list[list[str]]:
    """Sorted windows that do not overlap; some of them touch."""
    most = rng.choice([1, 1, 1, 2, 2, 3])
    points = sorted(rng.sample(CLOCKS, 2 * most))
    if rng.random() < 0.3:
        points = sorted(rng.sample(CLOCKS[:15], 2 * most))
    if empty and rng.random() < 0.1:
        return []
    pairs = [[points[2 * i], points[2 * i + 1]] for i in range(most)]
    for before, after in pairwise(pairs):
        if rng.random() < 0.3:
            after[0] = before[1]
    return pairs


def random_week(rng: Random, *, empty: bool) -> dict[str, list[list[str]]]:
    days = rng.sample(WEEKDAYS, rng.choice([1, 2, 5, 6, 7, 7, 7]))
    return {day: random_windows(rng, empty=empty) for day in days}
