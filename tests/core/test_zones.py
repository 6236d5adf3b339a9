"""Zones: wall times that do not exist or occur twice, and local dates."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tzdata
from hypothesis import given, settings
from hypothesis import strategies as st

from miedza.core.instants import format_instant, parse_instant
from miedza.core.zones import find_zone, local_date, local_ordinal, resolve_wall, utc_offset
from tests.naive.cases_times import ZONES


@pytest.mark.parametrize("name", [*ZONES, "Etc/GMT+12", "EST5EDT", "Asia/Ho_Chi_Minh"])
def test_zone_of_the_database_is_found(name: str) -> None:
    assert find_zone(name) == ZoneInfo(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "Europe", "Europe/", "Warsaw", "europe/warsaw", "Europe/Warsaw ", "Europe//Warsaw",
        "./UTC", "../zoneinfo/UTC", "/usr/share/zoneinfo/UTC", "zone.tab", "tzdata.zi", "+02:00",
        "__init__.py", "right/Europe/Warsaw", "posix/Europe/Warsaw", "posixrules", "localtime",
        "Factory", "UTC\0", "\ud800", "\U0010ffff", "a" * 300, "a" * 5000 + "/b", "GMT+25", None, 1,
        True, 1.0, ["UTC"], {},
    ],
    ids=lambda name: ascii(name)[:25],
)  # fmt: skip
def test_other_names_are_no_zones(name: object) -> None:
    assert find_zone(name) is None


@pytest.mark.parametrize(
    ("zone", "day", "clock", "instant"),
    [
        # An ordinary day.
        ("Europe/Warsaw", "2026-03-02", "09:00", "2026-03-02T08:00:00Z"),
        ("Europe/Warsaw", "2026-03-02", "24:00", "2026-03-02T23:00:00Z"),
        ("Asia/Kathmandu", "2026-03-02", "00:00", "2026-03-01T18:15:00Z"),
        # 02:00 to 03:00 does not exist: forward by the gap of an hour.
        ("Europe/Warsaw", "2026-03-29", "01:59", "2026-03-29T00:59:00Z"),
        ("Europe/Warsaw", "2026-03-29", "02:00", "2026-03-29T01:00:00Z"),
        ("Europe/Warsaw", "2026-03-29", "02:30", "2026-03-29T01:30:00Z"),
        ("Europe/Warsaw", "2026-03-29", "03:00", "2026-03-29T01:00:00Z"),
        # 02:00 to 03:00 occurs twice: the first.
        ("Europe/Warsaw", "2026-10-25", "02:30", "2026-10-25T00:30:00Z"),
        ("Europe/Warsaw", "2026-10-25", "03:00", "2026-10-25T02:00:00Z"),
        # A gap of half an hour, and one over midnight.
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45:00Z"),
        ("America/Havana", "2026-03-08", "00:30", "2026-03-08T05:30:00Z"),
        ("America/Havana", "2026-03-07", "24:00", "2026-03-08T05:00:00Z"),
        # A date that did not exist: forward by a day.
        ("Pacific/Apia", "2011-12-30", "09:00", "2011-12-30T19:00:00Z"),
        ("Pacific/Apia", "2011-12-31", "09:00", "2011-12-30T19:00:00Z"),
        ("Pacific/Apia", "2011-12-29", "24:00", "2011-12-30T10:00:00Z"),
    ],
)
def test_wall_time_is_resolved(zone: str, day: str, clock: str, instant: str) -> None:
    hour, minute = map(int, clock.split(":"))

    resolved = resolve_wall(date.fromisoformat(day), hour * 60 + minute, ZoneInfo(zone))

    assert format_instant(resolved) == instant


@pytest.mark.parametrize(
    ("zone", "instant", "day", "offset"),
    [
        ("Europe/Warsaw", "2026-03-28T22:59:59Z", "2026-03-28", 3600),
        ("Europe/Warsaw", "2026-03-28T23:00:00Z", "2026-03-29", 3600),
        ("Europe/Warsaw", "2026-03-29T01:00:00Z", "2026-03-29", 7200),
        ("Pacific/Kiritimati", "2026-03-01T10:00:00Z", "2026-03-02", 50400),
        ("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29", -36000),
        ("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31", 50400),
        ("UTC", "1900-01-01T00:00:00Z", "1900-01-01", 0),
    ],
)
def test_local_date_and_offset_are_those_of_the_zone(
    zone: str, instant: str, day: str, offset: int
) -> None:
    seconds, place = parse_instant(instant), ZoneInfo(zone)

    assert (local_date(seconds, place).isoformat(), utc_offset(seconds, place)) == (day, offset)


@settings(deadline=None)
@given(st.sampled_from(ZONES), st.integers(-2_208_988_800, 32_503_679_999))
def test_ordinal_of_a_date_follows_from_the_offset(name: str, instant: int) -> None:
    zone = ZoneInfo(name)

    ordinal = local_ordinal(instant, utc_offset(instant, zone))

    assert ordinal == local_date(instant, zone).toordinal()


@settings(deadline=None)
@given(st.sampled_from(ZONES), st.dates(date(1970, 1, 1), date(2037, 12, 31)), st.integers(0, 1439))
def test_resolved_wall_time_reads_as_itself_or_was_moved_forward(
    name: str, day: date, minute: int
) -> None:
    zone = ZoneInfo(name)

    local = datetime.fromtimestamp(resolve_wall(day, minute, zone), UTC).astimezone(zone)

    wanted = datetime(day.year, day.month, day.day, *divmod(minute, 60), tzinfo=UTC)
    assert local.fold == 0
    assert local.replace(tzinfo=UTC) >= wanted


def test_rules_of_zones_are_those_of_the_program() -> None:
    script = "import miedza, zoneinfo; zoneinfo.ZoneInfo('Europe/Warsaw'); print(*zoneinfo.TZPATH)"

    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout

    assert said.strip() == str(Path(tzdata.__path__[0], "zoneinfo"))
