"""Hours: windows of a week as read, and the time that passes inside them."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miedza.core.hours import OfficeHours, parse_wall, read_week, read_windows, resolve_windows
from miedza.core.instants import DAY, HOUR, MINUTE, format_instant, parse_instant
from tests.core.chance import RANDOMS
from tests.naive.cases_times import random_moment, random_week, random_zone

_PAIR = "must be a window like ['09:00', '17:00']"
_TIMES = "must hold two times like '09:00'; '24:00' only as an end"
_ENDS = "must end after its start"
_ABOVE = "must not start before the window above it ends"
WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.mark.parametrize("as_end", [False, True])
def test_every_minute_of_a_day_is_a_wall_time(as_end: bool) -> None:  # noqa: FBT001 - a case.
    texts = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(1440)]

    assert [parse_wall(text, as_end=as_end) for text in texts] == list(range(1440))


@pytest.mark.parametrize(
    "text",
    [
        "24:01", "25:00", "09:60", "9:00", "09:0", "0900", "09:00:00", "09.00", "-9:00", "+9:00",
        " 9:00", "09:00 ", "٠٩:٠٠", "", "noon", None, 540, 9.0, True, ["09:00"], {},
    ],
    ids=ascii,
)  # fmt: skip
def test_other_texts_are_no_wall_times(text: Any) -> None:
    assert (parse_wall(text), parse_wall(text, as_end=True)) == (None, None)


def test_midnight_that_ends_a_day_is_only_an_end() -> None:
    assert (parse_wall("24:00"), parse_wall("24:00", as_end=True)) == (None, 1440)


@pytest.mark.parametrize(
    ("value", "windows", "told"),
    [
        ([], [], []),
        ([["09:00", "17:00"]], [(540, 1020)], []),
        ([["00:00", "24:00"]], [(0, 1440)], []),
        ([["09:00", "12:00"], ["12:00", "15:00"]], [(540, 720), (720, 900)], []),
        ([["09:00", "09:00"]], [], ["d[0]: " + _ENDS]),
        ([["17:00", "09:00"]], [], ["d[0]: " + _ENDS]),
        ([["09:00", "12:00"], ["11:59", "15:00"]], [(540, 720)], ["d[1]: " + _ABOVE]),
        ([["13:00", "15:00"], ["09:00", "12:00"]], [(780, 900)], ["d[1]: " + _ABOVE]),
        ([["09:00", "24:01"]], [], ["d[0]: " + _TIMES]),
        ([["24:00", "24:00"]], [], ["d[0]: " + _TIMES]),
        ([[540, 1020]], [], ["d[0]: " + _TIMES]),
        ([["09:00"], ["09:00", "10:00", "11:00"]], [], ["d[0]: " + _PAIR, "d[1]: " + _PAIR]),
        (["09:00-17:00", None], [], ["d[0]: " + _PAIR, "d[1]: " + _PAIR]),
        ([{"start": "09:00"}], [], ["d[0]: " + _PAIR]),
        (None, [], ["d: must be a list of windows like ['09:00', '17:00']"]),
        ({}, [], ["d: must be a list of windows like ['09:00', '17:00']"]),
    ],
)
def test_windows_are_read_sorted_and_apart(value: Any, windows: Any, told: list[str]) -> None:
    faults: list[str] = []

    found = read_windows(value, "d", faults)

    assert (found, faults) == (windows, told)


@pytest.mark.parametrize("value", [None, [], "mon", 1, True], ids=repr)
def test_week_that_is_no_object_is_told(value: Any) -> None:
    faults: list[str] = []

    week = read_week(value, "w", faults)

    told = ["w: must be an object with windows for days 'mon' to 'sun'"]
    assert (week, faults) == ({}, told)


def test_week_names_its_unknown_days() -> None:
    faults: list[str] = []

    week = read_week({"mon": [], "Mon": [], "monday": [], "\n": []}, "w", faults)

    told = ["w.Mon: unknown key", "w.monday: unknown key", "w.'\\n': unknown key"]
    assert (week, faults) == ({"mon": []}, told)


def test_windows_inside_a_gap_are_left_out() -> None:
    windows = [(60, 120), (120, 180), (150, 180), (180, 240)]

    resolved = resolve_windows(windows, date(2026, 3, 29), WARSAW)

    # 02:00 and 03:00 are the same instant; 02:30 moves to 03:30 and lies after 03:00.
    clocks = [format_instant(instant)[11:16] for window in resolved for instant in window]
    assert clocks == ["00:00", "01:00", "01:00", "02:00"]


def promised(week: Any, at: str, hours: int, zone: ZoneInfo = WARSAW) -> str:
    instant = parse_instant(at)
    windows = read_week(week, "", [])
    return format_instant(OfficeHours(windows, zone, earliest=instant).after(instant, hours))


@pytest.mark.parametrize(
    ("at", "hours", "promise"),
    [
        # Monday 2 March 2026, windows 09:00 to 17:00 on Mondays and Tuesdays, +01:00.
        ("2026-03-02T09:00:00+01:00", 8, "2026-03-02T16:00:00Z"),
        ("2026-03-02T09:00:01+01:00", 8, "2026-03-03T08:00:01Z"),
        ("2026-03-02T12:00:00+01:00", 2, "2026-03-02T13:00:00Z"),
        ("2026-03-02T03:00:00+01:00", 1, "2026-03-02T09:00:00Z"),
        ("2026-03-02T17:00:00+01:00", 1, "2026-03-03T09:00:00Z"),
        ("2026-03-04T12:00:00+01:00", 8, "2026-03-09T16:00:00Z"),
        ("2026-03-04T12:00:00+01:00", 9, "2026-03-10T09:00:00Z"),
        ("2026-03-02T09:00:00+01:00", 16, "2026-03-03T16:00:00Z"),
    ],
)
def test_promise_counts_only_time_inside_windows(at: str, hours: int, promise: str) -> None:
    week = {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]}

    assert promised(week, at, hours) == promise


@pytest.mark.parametrize(
    ("day", "week", "hours", "promise"),
    [
        # The night that is an hour shorter: 00:00 to 06:00 are five hours.
        ("2026-03-29T00:00:00+01:00", {"sun": [["00:00", "06:00"]]}, 5, "2026-03-29T04:00:00Z"),
        ("2026-03-29T00:00:00+01:00", {"sun": [["00:00", "06:00"]]}, 6, "2026-04-04T23:00:00Z"),
        # The night that is an hour longer: they are seven.
        ("2026-10-25T00:00:00+02:00", {"sun": [["00:00", "06:00"]]}, 7, "2026-10-25T05:00:00Z"),
    ],
)
def test_promise_counts_elapsed_time_over_a_change_of_clocks(
    day: str, week: Any, hours: int, promise: str
) -> None:
    assert promised(week, day, hours) == promise


def test_window_holds_its_start_and_not_its_end() -> None:
    start = parse_instant("2026-03-02T09:00:00+01:00")
    hours = OfficeHours({"mon": [(540, 1020)]}, WARSAW, earliest=start - 1)

    asked = [start - 1, start, start + 8 * HOUR - 1, start + 8 * HOUR, start + 7 * DAY]

    assert [hours.contains(instant) for instant in asked] == [False, True, True, False, True]


def count_inside(week: Any, zone: ZoneInfo, at: int, until: int) -> int:
    """Seconds inside windows from `at` to `until`: the union of the windows of all dates."""
    opens: list[tuple[int, int]] = []
    for ordinal in range(at // DAY - 3, until // DAY + 4):
        day = date.fromordinal(date(1970, 1, 1).toordinal() + ordinal)
        opens += resolve_windows(week.get(day.strftime("%a").lower(), ()), day, zone)
    inside, reached = 0, at
    for start, end in sorted(opens):
        inside += max(0, min(end, until) - max(start, reached))
        reached = max(reached, min(end, until))
    return inside


@settings(deadline=None, max_examples=150)
@given(RANDOMS, st.integers(1, 30))
def test_promise_is_the_first_instant_with_enough_time_behind_it(rng: Random, wanted: int) -> None:
    name = random_zone(rng)
    zone = ZoneInfo(name)
    week = read_week(random_week(rng, empty=False), "", [])
    at = int(random_moment(rng, name).timestamp())
    asked = [at + rng.randrange(0, 5 * DAY, MINUTE) for _ in range(3)]
    hours = OfficeHours(week, zone, earliest=at)

    found = [hours.after(instant, wanted) for instant in asked]

    spent = [count_inside(week, zone, *pair) for pair in zip(asked, found, strict=True)]
    just_before = [count_inside(week, zone, a, f - 1) for a, f in zip(asked, found, strict=True)]
    assert (spent, just_before) == ([wanted * HOUR] * 3, [wanted * HOUR - 1] * 3)
