"""Days where clocks change: what each of them holds, and how its moments are read and said."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.utils import translation

from miedza.bookings.queries import day_bounds
from miedza.practice.formats import from_local, say_date, say_meeting_time, say_moment, to_local
from tests.core.transitions import (
    BATCHES,
    HOUR,
    QUARTER,
    WallClock,
    date_of,
    read_clocks,
    wall_at,
    wall_of,
)

SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module", params=range(BATCHES))
def clocks(request: pytest.FixtureRequest) -> list[WallClock]:
    """The clocks around some of the changes; each of them in one of the rounds."""
    return read_clocks(request.param)


def _wall(moment: datetime, clock: WallClock) -> datetime:
    """What the clock shows at a moment, asked of nobody but the zone."""
    return datetime.fromtimestamp(moment.timestamp(), clock.zone)


def test_days_follow_each_other_without_a_gap(clocks: list[WallClock]) -> None:
    for clock in clocks:
        bounds = [day_bounds(day, clock.turn.name) for day in clock.days]

        assert all(begins <= ends for begins, ends in bounds), clock.turn
        assert all(ends == begins for (_, ends), (begins, _) in pairwise(bounds)), clock.turn
        assert {each.tzinfo for pair in bounds for each in pair} == {UTC}


def test_day_begins_with_its_first_second(clocks: list[WallClock]) -> None:
    for clock in clocks:
        shown = {date_of(wall) for wall in clock.first}
        for day in clock.days:
            begins, ends = day_bounds(day, clock.turn.name)
            assert _wall(begins - SECOND, clock).date() < day, (clock.turn, day)
            if day in shown:
                assert _wall(begins, clock).date() == day, (clock.turn, day)
            else:  # A date that was left out has no time at all.
                assert begins == ends, (clock.turn, day)


def test_each_instant_of_a_day_shows_its_date(clocks: list[WallClock]) -> None:
    for clock in clocks:
        for day in clock.days:
            begins, ends = (round(each.timestamp()) for each in day_bounds(day, clock.turn.name))
            for instant in range(begins, ends, QUARTER):
                shown = date_of(clock.shows[instant])
                # Clocks put back soon after midnight show once more how the day before it ended.
                again = shown < day and clock.repeats(instant)
                assert shown == day or again, (clock.turn, instant)


def test_moment_comes_back_from_the_wall(clocks: list[WallClock]) -> None:
    for clock in clocks:
        name, middle = clock.turn.name, clock.turn.at // QUARTER * QUARTER
        for instant in range(middle - 10 * HOUR, middle + 10 * HOUR, QUARTER):
            wall = clock.shows[instant]

            local = to_local(datetime.fromtimestamp(instant, UTC), name)

            assert wall_at(local) == wall, (clock.turn, instant)
            found = from_local(local.date(), local.time(), name)
            # Of two moments that show the same, the first is meant.
            assert found.timestamp() == clock.first[wall], (clock.turn, instant)


def test_every_wall_time_is_a_moment(clocks: list[WallClock]) -> None:
    for clock in clocks:
        for day in clock.days[2:4]:
            for minute in range(0, 1440, 15):
                found = from_local(day, time(*divmod(minute, 60)), clock.turn.name)
                assert found.timestamp() == clock.find(wall_of(day, minute)), (clock.turn, day)


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_moments_are_said_where_midnight_is_left_out_or_comes_twice(
    clocks: list[WallClock], language: str
) -> None:
    odd = [clock for clock in clocks if clock.turn.change.meets_midnight]
    with translation.override(language):
        for clock in odd:
            name = clock.turn.name
            begins = [day_bounds(day, name)[0] for day in clock.days[2:5]]
            change = datetime.fromtimestamp(clock.turn.at, UTC)
            for moment in (change - SECOND, change, *begins):
                shown = _wall(moment, clock)
                assert f" {shown.day} " in f" {say_date(shown.date())} "
                for said in (say_moment(moment, name), say_meeting_time(moment, name)):
                    assert said.endswith(f", {shown:%H:%M}"), (clock.turn, said)
                    assert str(shown.day) in said.split(",")[-2].split(), (clock.turn, said)
