"""The times on offer are those that are open, free, near enough and far enough."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from miedza.bookings.hours import find_hours, set_hours
from miedza.bookings.offering import list_free
from miedza.core.faults import InvalidDocument
from tests.bookings.offered import LIMITS, MONDAYS, free, offer
from tests.cast import BOOKED, MONDAY, Cast, book, moment, tell

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EARLY = moment("2026-03-01 12:00")
TWO_MONDAYS = [
    "03-02 08:00", "03-02 09:00", "03-02 10:00", "03-09 08:00", "03-09 09:00", "03-09 10:00",
]  # fmt: skip


def test_without_hours_nothing_is_on_offer(cast: Cast) -> None:
    assert find_hours(practitioner=cast.anna) is None
    assert list_free(practitioner=cast.anna, minutes=60, now=BOOKED) == []


def test_hours_are_kept_once_and_overwritten(cast: Cast) -> None:
    first = offer(cast.anna)
    again = offer(cast.anna, {}, horizon_days=7, max_per_day=2)

    assert again == first
    assert find_hours(practitioner=cast.anna) == again
    assert (again.weekly, again.horizon_days, again.max_per_day) == ({}, 7, 2)
    assert find_hours(practitioner=cast.borys) is None
    assert free(cast.anna, now=EARLY) == []


@pytest.mark.parametrize(
    "weekly",
    [
        {"mon": [["12:00", "09:00"]]}, {"mon": [["09:00", "25:00"]]}, {"monday": []},
        {"mon": [["09:00", "11:00"], ["10:00", "12:00"]]}, {"mon": "09:00"}, [], None,
    ],
)  # fmt: skip
def test_hours_with_faults_are_refused(cast: Cast, weekly: Any) -> None:
    offer(cast.anna)

    with pytest.raises(InvalidDocument):
        set_hours(practitioner=cast.anna, weekly=weekly, limits=LIMITS)

    kept = find_hours(practitioner=cast.anna)
    assert kept is not None
    assert kept.weekly == MONDAYS


def test_open_hours_are_told_on_the_practices_clocks(cast: Cast) -> None:
    offer(cast.anna)
    offer(cast.borys)

    assert free(cast.anna, now=EARLY) == TWO_MONDAYS
    assert free(cast.borys, now=EARLY)[:3] == ["03-02 06:00", "03-02 07:00", "03-02 08:00"]


def test_meeting_must_end_within_the_hours(cast: Cast) -> None:
    offer(cast.anna, step_minutes=30, horizon_days=2)

    offered = {minutes: free(cast.anna, now=EARLY, minutes=minutes) for minutes in (120, 180, 181)}

    assert offered == {
        120: ["03-02 08:00", "03-02 08:30", "03-02 09:00"], 180: ["03-02 08:00"], 181: [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "left"),
    [(60, TWO_MONDAYS[0:3]), (61, TWO_MONDAYS[1:3]), (180, TWO_MONDAYS[2:3]), (181, [])],
)
def test_notice_is_kept_to_the_second(cast: Cast, before: int, left: list[str]) -> None:
    offer(cast.anna, notice_minutes=before, horizon_days=3)

    assert free(cast.anna, now=MONDAY - 2 * HOUR) == left


@pytest.mark.parametrize(("days", "count"), [(0, 0), (1, 3), (7, 3), (8, 6), (14, 6), (15, 9)])
def test_horizon_is_counted_in_local_dates(cast: Cast, days: int, count: int) -> None:
    offer(cast.anna, horizon_days=days)

    assert len(free(cast.anna, now=EARLY)) == count
    # 23:30 in London is already the next date in Warsaw.
    late = moment("2026-02-28 23:30")
    assert len(free(cast.anna, now=late)) == count


def test_what_is_booked_is_not_on_offer_with_its_buffers(cast: Cast) -> None:
    offer(cast.anna, step_minutes=30, horizon_days=2)
    book(cast.anna, cast.ola, MONDAY)
    assert free(cast.anna, now=EARLY) == ["03-02 08:00", "03-02 10:00"]

    offer(cast.anna, step_minutes=30, horizon_days=2, buffer_minutes=15)

    # The one before must leave its quarter, too; the next start on the grid is after both.
    assert free(cast.anna, now=EARLY) == []
    assert free(cast.anna, now=EARLY, minutes=30) == ["03-02 08:00", "03-02 10:30"]


def test_what_is_free_again_is_on_offer(cast: Cast) -> None:
    offer(cast.anna, horizon_days=2)
    booking = book(cast.anna, cast.ola, MONDAY)
    tell(cast.anna, booking, "cancelled", "client", BOOKED)

    assert free(cast.anna, now=EARLY) == TWO_MONDAYS[:3]


def test_booking_of_yesterday_that_lasts_into_today_takes_its_time(cast: Cast) -> None:
    offer(cast.anna, {"mon": [["00:00", "02:00"]]}, horizon_days=1)
    book(cast.anna, cast.ola, moment("2026-03-01 21:30"), minutes=120)

    assert free(cast.anna, now=moment("2026-03-01 22:30")) == ["03-02 00:00"]


def test_day_that_is_full_has_no_more_times(cast: Cast) -> None:
    offer(cast.anna, max_per_day=2)
    book(cast.anna, cast.ola, MONDAY - HOUR)
    assert free(cast.anna, now=EARLY) == TWO_MONDAYS[1:]

    book(cast.anna, cast.ola, MONDAY + 12 * HOUR)

    assert free(cast.anna, now=EARLY) == TWO_MONDAYS[3:]


def test_own_time_of_a_moved_booking_counts_as_free(cast: Cast) -> None:
    offer(cast.anna, step_minutes=30, horizon_days=2, max_per_day=1)
    mine = book(cast.anna, cast.ola, MONDAY)

    assert free(cast.anna, now=EARLY) == []
    assert free(cast.anna, now=EARLY, without=[mine.id]) == [
        "03-02 08:00", "03-02 08:30", "03-02 09:00", "03-02 09:30", "03-02 10:00",
    ]  # fmt: skip


def test_calendar_of_another_practice_takes_nothing(cast: Cast) -> None:
    offer(cast.anna, horizon_days=2)
    book(cast.borys, cast.nastia, MONDAY)

    assert free(cast.anna, now=EARLY) == TWO_MONDAYS[:3]


NIGHT = {"sun": [["01:00", "05:00"]]}


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        # On 29 March two o'clock does not exist: four hours by the clock are three.
        ("2026-03-28 12:00", ["03-29 00:00", "03-29 01:00", "03-29 02:00"]),
        # On 25 October two o'clock comes twice: they are five.
        (
            "2026-10-24 12:00",
            ["10-24 23:00", "10-25 00:00", "10-25 01:00", "10-25 02:00", "10-25 03:00"],
        ),
        ("2026-05-30 12:00", ["05-30 23:00", "05-31 00:00", "05-31 01:00", "05-31 02:00"]),
    ],
)
def test_night_in_which_the_clocks_change(cast: Cast, now: str, offered: list[str]) -> None:
    offer(cast.anna, NIGHT, horizon_days=2)

    assert free(cast.anna, now=moment(now)) == offered


def test_hour_that_is_skipped_moves_forward(cast: Cast) -> None:
    offer(cast.anna, {"sun": [["02:30", "04:30"]]}, horizon_days=2, step_minutes=30)

    assert free(cast.anna, now=moment("2026-03-28 12:00")) == ["03-29 01:30"]
