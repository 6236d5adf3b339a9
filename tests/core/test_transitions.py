"""Changes of the clocks: what is offered around each of them, in every zone of the database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from miedza.core.availability import Availability, Taken
from miedza.core.documents import slots_document
from miedza.core.hours import DAYS, OfficeHours
from miedza.core.instants import format_instant, parse_instant
from miedza.core.slots import find_slots
from tests.core.transitions import (
    BATCHES,
    DAY,
    HOUR,
    MINUTE,
    QUARTER,
    WallClock,
    date_of,
    find_changes,
    group_zones,
    list_odd_names,
    list_odd_turns,
    read_clocks,
    wall_at,
    wall_of,
)
from tests.naive import slots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miedza.core.hours import Window

NINE = 540
STEP = 30 * MINUTE
NOTICE = DAY

WIDE: list[Window] = [(0, 240), (NINE, 1020), (1320, 1440)]
"""A working day, and the hours of the night in which clocks change."""
BROKEN: list[Window] = [(30, 90), (90, 150), (150, 210), (210, 270), (1290, 1350), (1350, 1410)]
"""Windows that touch each other in the middle of the hours that are left out or come twice."""


@pytest.fixture(scope="module", params=range(BATCHES))
def clocks(request: pytest.FixtureRequest) -> list[WallClock]:
    """The clocks around some of the changes; each of them in one of the rounds."""
    return read_clocks(request.param)


def _offer(clock: WallClock, windows: list[Window], **changes: Any) -> list[int]:
    """What the product offers around a change, with a notice of a day and long before it."""
    asked: dict[str, Any] = {
        "zone": clock.zone, "now": clock.turn.at - 9 * DAY,
        "first": clock.days[0], "last": clock.days[-1],
        "weekly": dict.fromkeys(DAYS, windows), "exceptions": {}, "minutes": HOUR // MINUTE,
        "step_minutes": STEP // MINUTE, "notice_minutes": NOTICE // MINUTE,
    }  # fmt: skip
    return find_slots(Availability(**{**asked, **changes}))


def _resolve(clock: WallClock, windows: list[Window]) -> list[tuple[int, int]]:
    """The windows of all dates, as instants read off the clock."""
    return [
        (clock.find(wall_of(day, opens)), clock.find(wall_of(day, closes)))
        for day in clock.days
        for opens, closes in windows
    ]


def _expect(clock: WallClock, windows: list[Window]) -> list[int]:
    """What is to be offered long before: each instant at which a session fits into a window."""
    return sorted({
        instant
        for opens, closes in _resolve(clock, windows)
        for instant in range(opens, closes - HOUR + 1, STEP)
    })  # fmt: skip


def test_no_zone_and_no_change_is_left_out() -> None:
    groups = group_zones()
    changing = [(len(changes), len(names)) for (_, changes), names in groups.items() if changes]

    # Version 2025b has 599 names, 226 zones, 6,530 changes; 2026f has 598, 226 and 6,317.
    assert sum(map(len, groups.values())) >= 590
    assert sum(zones for _, zones in changing) >= 200
    assert sum(changes * zones for changes, zones in changing) >= 6000
    assert len(groups) >= 75
    assert len(list_odd_names()) >= 21
    assert len(list_odd_turns()) >= 500


@pytest.mark.parametrize(
    ("name", "day", "minutes"),
    [
        ("Europe/Warsaw", "2026-03-29", [60]),
        ("Europe/Warsaw", "2026-10-25", [-60]),
        ("Europe/Dublin", "2026-10-25", [-60]),  # Its winter is the exception, not its summer.
        ("Australia/Lord_Howe", "2026-10-03", [30]),
        ("Antarctica/Troll", "2026-03-29", [120]),
        ("Africa/Casablanca", "2026-02-15", [-60]),  # Ramadan.
        ("Africa/Casablanca", "2026-03-22", [60]),
        ("Pacific/Apia", "2011-12-30", [1440]),
        ("Asia/Kolkata", "2026-03-29", []),
        ("Europe/Volgograd", "2020-12-26", [-60]),
        ("Africa/Sao_Tome", "2019-01-01", [-60]),
    ],
)
def test_known_change_is_found(name: str, day: str, minutes: list[int]) -> None:
    changes = find_changes(name, int(day[:4]), int(day[:4]))

    found = [
        change.after - change.before
        for change in changes
        if datetime.fromtimestamp(change.at, UTC).date().isoformat() == day
    ]

    assert found == [timedelta(minutes=each) for each in minutes]


def test_nine_o_clock_is_offered_at_nine(clocks: list[WallClock]) -> None:
    for clock in clocks:
        offered = set(_offer(clock, WIDE))
        for day in clock.days:
            nine = clock.find(wall_of(day, NINE))
            assert nine in offered, (clock.turn, day)
            shown = datetime.fromtimestamp(nine, clock.zone)
            assert wall_at(shown) == wall_of(_move(clock, day), NINE), (clock.turn, day)


def _move(clock: WallClock, day: date) -> date:
    """The date on which a session of a date is held: the next one where the date was left out."""
    left_out = day in clock.days and wall_of(day, NINE) not in clock.first
    return day + timedelta(days=1) if left_out else day


@pytest.mark.parametrize("windows", [WIDE, BROKEN], ids=["wide", "broken"])
def test_offer_is_what_the_clock_on_the_wall_allows(
    clocks: list[WallClock], windows: list[Window]
) -> None:
    for clock in clocks:
        expected, at = _expect(clock, windows), clock.turn.at
        assert _offer(clock, windows) == expected, clock.turn
        for now in (at - NOTICE - 1, at - NOTICE, at - NOTICE + 1, at):
            soon = [start for start in expected if start >= now + NOTICE]
            assert _offer(clock, windows, now=now) == soon, (clock.turn, now)


def test_session_lies_inside_its_hours_by_the_clock(clocks: list[WallClock]) -> None:
    for clock in clocks:
        now = clock.turn.at - NOTICE
        ends = [wall_of(day, closes) for day in clock.days for _, closes in WIDE]
        # In Vostok seven hours were once left out, and the end of a window with them.
        moved = {date_of(wall) for wall in ends if wall not in clock.first}
        for start in _offer(clock, WIDE, now=now):
            assert start - now >= NOTICE, (clock.turn, start)
            for instant in range(start, start + HOUR, QUARTER):
                wall = clock.shows[instant]
                is_open = any(opens <= wall % 1440 < closes for opens, closes in WIDE)
                # Clocks put back in a window may show again what they showed before it opened.
                allowed = is_open or clock.repeats(instant) or date_of(wall) in moved
                assert allowed, (clock.turn, start)


def test_offer_ends_with_the_horizon_and_on_full_days(clocks: list[WallClock]) -> None:
    for clock in clocks:
        now = clock.turn.at - NOTICE
        last = datetime.fromtimestamp(now, clock.zone).date() + timedelta(days=2)
        held = [clock.find(wall_of(day, 750)) for day in clock.days[2:4]]
        full = {date_of(clock.shows[start]) for start in held}

        offered = _offer(
            clock, WIDE, now=now, horizon_days=2, max_per_day=1,
            bookings=[Taken(start, start + HOUR) for start in held],
        )  # fmt: skip

        expected = [start for start in _expect(clock, WIDE) if start >= now + NOTICE]
        dates = {start: date_of(clock.shows[start]) for start in expected}
        left = [start for start in expected if dates[start] <= last and dates[start] not in full]
        assert offered == left, clock.turn


def test_offer_agrees_with_the_naive_one(clocks: list[WallClock]) -> None:
    for clock in clocks:
        document = _document(clock)
        assert slots_document(document) == slots.slots(document), clock.turn


def _document(clock: WallClock) -> dict[str, Any]:
    """The question as it comes from outside, with a booking and with what else happens."""
    turn = clock.turn
    hours = [[f"{m // 60:02}:{m % 60:02}" for m in span] for span in (*BROKEN[:4], *WIDE[1:])]
    taken = [
        {"start": format_instant(at), "end": format_instant(at + HOUR)}
        for at in (turn.at - HOUR // 2, turn.at + NOTICE)
    ]
    return {
        "time_zone": turn.name, "now": format_instant(turn.at - NOTICE - 2 * HOUR),
        "from": clock.days[0].isoformat(), "until": clock.days[-1].isoformat(),
        "weekly": dict.fromkeys(DAYS, hours), "minutes": HOUR // MINUTE,
        "step_minutes": HOUR // MINUTE, "notice_minutes": NOTICE // MINUTE,
        "bookings": taken[:1], "busy": taken[1:],
    }  # fmt: skip


def test_booked_slot_takes_what_it_overlaps_and_nothing_else(clocks: list[WallClock]) -> None:
    for clock in clocks:
        offered = _offer(clock, WIDE)
        before = max(start for start in offered if start <= clock.turn.at)
        after = min(start for start in offered if start > clock.turn.at)
        for booked in (before, after, clock.find(wall_of(clock.days[2], NINE))):
            left = [start for start in offered if abs(start - booked) >= HOUR]

            found = _offer(clock, WIDE, bookings=[Taken(booked, booked + HOUR)])

            assert found == left, (clock.turn, booked)


def test_days_asked_for_one_by_one_offer_the_same(clocks: list[WallClock]) -> None:
    for clock in clocks:
        alone = [_offer(clock, WIDE, first=day, last=day) for day in clock.days]

        together = [start for day in _drop_repeated(alone) for start in day]

        assert together == _offer(clock, WIDE), clock.turn


def _drop_repeated(days: list[list[int]]) -> Iterator[list[int]]:
    """The days without those that offer what the next one does, since they were left out."""
    for day, following in zip(days, [*days[1:], None], strict=True):
        if following is None or not set(day) <= set(following):
            yield day


def test_weekly_series_keeps_its_hour(clocks: list[WallClock]) -> None:
    for clock in clocks:
        turned = clock.days[2]
        for weekday in sorted({DAYS.index("tue"), turned.weekday(), (turned.weekday() + 1) % 7}):
            first = turned + timedelta(days=(weekday - turned.weekday()) % 7 - 14)
            dates = [first + timedelta(weeks=number) for number in range(5)]

            series = _offer(
                clock, [], weekly={DAYS[weekday]: [(NINE, NINE + 60)]}, first=dates[0],
                last=dates[-1], now=clock.turn.at - 30 * DAY,
            )  # fmt: skip

            shown = [wall_at(datetime.fromtimestamp(start, clock.zone)) for start in series]
            assert shown == [wall_of(_move(clock, day), NINE) for day in dates], clock.turn


def test_office_hours_are_those_on_the_wall(clocks: list[WallClock]) -> None:
    for clock in clocks:
        spans = _resolve(clock, WIDE)
        inside = sorted({t for opens, closes in spans for t in range(opens, closes, QUARTER)})
        instants = range(spans[0][0], spans[-1][1], QUARTER)
        hours = OfficeHours(dict.fromkeys(DAYS, WIDE), clock.zone, earliest=instants[0])

        assert [t for t in instants if hours.contains(t)] == inside, clock.turn
        asked = clock.turn.at // QUARTER * QUARTER - 2 * HOUR
        # Eight hours are 32 quarters, and have passed when the last of them ends.
        late = [t for t in inside if t >= asked]
        assert hours.after(asked, 8) == late[31] + QUARTER, clock.turn


def test_instants_come_back_as_they_were_written(clocks: list[WallClock]) -> None:
    for clock in clocks:
        at = clock.turn.at
        for instant in (at - DAY, at - 1, at, at + 1, *_offer(clock, WIDE)[::5]):
            local = datetime.fromtimestamp(instant, clock.zone).isoformat()
            assert parse_instant(format_instant(instant)) == instant
            assert parse_instant(local) == instant, (clock.turn, local)
