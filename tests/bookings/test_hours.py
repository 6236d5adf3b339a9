"""Single dates, public holidays and time off shape the hours; what is taken closes them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from miedza.bookings.closing import list_countries, list_holidays
from miedza.bookings.hours import (
    EndsBeforeItBegins,
    end_time_off,
    find_time_off,
    list_days,
    list_time_off,
    set_day,
    take_off,
)
from miedza.bookings.models import DayHours, TimeOff
from miedza.core.faults import InvalidDocument
from miedza.db.ids import make_id
from tests.bookings.keeping import DAY, HOUR, MINUTE, SECOND
from tests.bookings.offered import free, offer
from tests.cast import MONDAY, Cast, book, look, moment

EARLY = moment("2026-03-01 12:00")
FIRST = date(2026, 3, 2)
ONE_MONDAY = ["03-02 08:00", "03-02 09:00", "03-02 10:00"]
NEXT_MONDAY = ["03-09 08:00", "03-09 09:00", "03-09 10:00"]


def test_hours_of_a_date_replace_those_of_its_week(cast: Cast) -> None:
    offer(cast.anna)

    set_day(practitioner=cast.anna, date=FIRST, windows=[["15:00", "16:00"], ["20:00", "22:00"]])

    assert free(cast.anna, now=EARLY) == [
        "03-02 14:00", "03-02 19:00", "03-02 20:00", *NEXT_MONDAY,
    ]  # fmt: skip


def test_date_is_closed_changed_and_as_in_its_week_again(cast: Cast) -> None:
    offer(cast.anna, horizon_days=2)
    set_day(practitioner=cast.anna, date=FIRST, windows=[])
    assert free(cast.anna, now=EARLY) == []

    set_day(practitioner=cast.anna, date=FIRST, windows=[["09:00", "10:00"]])
    assert free(cast.anna, now=EARLY) == ONE_MONDAY[:1]
    assert DayHours.across.count() == 1

    for _ in range(2):
        set_day(practitioner=cast.anna, date=FIRST, windows=None)
    assert free(cast.anna, now=EARLY) == ONE_MONDAY


def test_date_on_which_the_week_is_closed_can_be_opened(cast: Cast) -> None:
    offer(cast.anna, {}, horizon_days=2)

    set_day(practitioner=cast.anna, date=date(2026, 3, 3), windows=[["00:00", "24:00"]])

    assert len(free(cast.anna, now=EARLY)) == 24


@pytest.mark.parametrize(
    "windows",
    [[["12:00", "09:00"]], [["09:00", "11:00"], ["10:00", "12:00"]], "09:00", [["9:00", "10:00"]]],
)
def test_hours_of_a_date_with_faults_are_refused(cast: Cast, windows: Any) -> None:
    offer(cast.anna)
    set_day(practitioner=cast.anna, date=FIRST, windows=[["09:00", "10:00"]])

    with pytest.raises(InvalidDocument):
        set_day(practitioner=cast.anna, date=FIRST, windows=windows)

    kept = list_days(practitioner=cast.anna, first=FIRST, last=FIRST)
    assert [day.windows for day in kept] == [[["09:00", "10:00"]]]


def test_dates_of_another_practice_close_nothing(cast: Cast) -> None:
    offer(cast.anna, horizon_days=2)

    set_day(practitioner=cast.borys, date=FIRST, windows=[])
    take_off(practitioner=cast.borys, starts_at=EARLY, ends_at=EARLY + 9 * DAY)

    assert free(cast.anna, now=EARLY) == ONE_MONDAY
    assert list_days(practitioner=cast.anna, first=FIRST, last=FIRST) == []


WEDNESDAYS = {"wed": [["09:00", "11:00"]]}
BEFORE = moment("2026-11-10 12:00")


def test_public_holiday_is_closed_unless_the_date_has_hours_of_its_own(cast: Cast) -> None:
    offer(cast.anna, WEDNESDAYS, horizon_days=8)
    assert free(cast.anna, now=BEFORE)[:2] == ["11-11 08:00", "11-11 09:00"]

    offer(cast.anna, WEDNESDAYS, horizon_days=8, holidays="PL")
    assert free(cast.anna, now=BEFORE) == ["11-18 08:00", "11-18 09:00"]

    set_day(practitioner=cast.anna, date=date(2026, 11, 11), windows=[["10:00", "11:00"]])
    assert free(cast.anna, now=BEFORE)[0] == "11-11 09:00"

    set_day(practitioner=cast.anna, date=date(2026, 11, 11), windows=None)
    assert free(cast.anna, now=BEFORE)[0] == "11-18 08:00"


def test_holidays_of_the_next_year_are_closed_too(cast: Cast) -> None:
    week = {"fri": [["09:00", "10:00"]], "wed": [["09:00", "10:00"]]}
    offer(cast.anna, week, horizon_days=10, holidays="PL")

    # New Year is a Friday, the Epiphany a Wednesday.
    assert free(cast.anna, now=moment("2026-12-29 12:00")) == ["12-30 08:00", "01-08 08:00"]


@pytest.mark.parametrize(
    ("place", "count"), [("", 1), ("ZZ", 1), ("pl", 1), ("DE-BY", 0), ("DE", 1), ("DE-XX", 1)]
)
def test_holidays_are_those_of_a_known_place(cast: Cast, place: str, count: int) -> None:
    # On the Epiphany, 6 January, Bavaria rests and Germany as a whole does not.
    offer(cast.anna, {"wed": [["09:00", "10:00"]]}, horizon_days=2, holidays=place)

    assert len(free(cast.anna, now=moment("2027-01-05 12:00"))) == count


@pytest.mark.parametrize("language", ["en", "pl", "ru", "xx"])
def test_holidays_have_names_in_every_language(language: str) -> None:
    for place in ("PL", "DE", "US", "UA", "IL"):
        assert all(list_holidays(place, 2026, language).values()), place
    assert list_holidays("PL", 2026, "pl")[date(2026, 11, 11)] == "Narodowe Święto Niepodległości"
    assert "BY" in list_countries()["DE"]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (60, 120), (60, 60 + 1 / 60), (120 - 1 / 60, 120), (0, 180), (-500, 0), (-500, 1 / 60),
        (180, 900), (90, 91), (-999, 999),
    ],
)  # fmt: skip
def test_time_off_closes_exactly_its_span(cast: Cast, starts: float, ends: float) -> None:
    offer(cast.anna, step_minutes=30, horizon_days=2)
    opens, every = MONDAY - HOUR, ["08:00", "08:30", "09:00", "09:30", "10:00"]

    take_off(
        practitioner=cast.anna, starts_at=opens + starts * MINUTE, ends_at=opens + ends * MINUTE
    )

    offered = [start.removeprefix("03-02 ") for start in free(cast.anna, now=EARLY)]
    assert offered == _drop(every, starts, ends)


def _drop(every: list[str], starts: float, ends: float) -> list[str]:
    """The starts whose hour does not meet a span, counted in minutes from eight."""
    minutes = {text: (int(text[:2]) - 8) * 60 + int(text[3:]) for text in every}
    return [text for text in every if minutes[text] >= ends or minutes[text] + 60 <= starts]


def test_time_off_is_changed_and_ended(cast: Cast) -> None:
    offer(cast.anna, horizon_days=2)
    off = take_off(
        practitioner=cast.anna, starts_at=EARLY, ends_at=EARLY + 9 * DAY, text="Sea", id=make_id()
    )
    assert free(cast.anna, now=EARLY) == []
    assert off.sealed_text is not None
    assert b"Sea" not in bytes(off.sealed_text)

    again = take_off(practitioner=cast.anna, starts_at=EARLY, ends_at=MONDAY, text="", id=off.id)

    assert again.open_text(cast.anna.practice.key) == "Sea"
    assert free(cast.anna, now=EARLY) == ONE_MONDAY[1:]
    assert not end_time_off(practitioner=cast.borys, off_id=off.id)
    assert [end_time_off(practitioner=cast.anna, off_id=off.id) for _ in range(2)] == [True, False]
    assert free(cast.anna, now=EARLY) == ONE_MONDAY


@pytest.mark.parametrize("length", [timedelta(0), -SECOND])
def test_time_off_that_takes_no_time_is_refused(cast: Cast, length: timedelta) -> None:
    with pytest.raises(EndsBeforeItBegins):
        take_off(practitioner=cast.anna, starts_at=EARLY, ends_at=EARLY + length)

    assert not TimeOff.across.exists()


def test_time_off_is_the_practitioners_own_and_listed_where_it_meets(cast: Cast) -> None:
    off = take_off(practitioner=cast.anna, starts_at=MONDAY, ends_at=MONDAY + HOUR)

    assert find_time_off(practitioner=cast.anna, off_id=off.id) == off
    assert find_time_off(practitioner=cast.borys, off_id=off.id) is None
    met = [
        list_time_off(practitioner=cast.anna, since=MONDAY + since, until=MONDAY + until)
        for since, until in ((-HOUR, HOUR / 2), (HOUR, 2 * HOUR), (-HOUR, HOUR - HOUR), (-DAY, DAY))
    ]
    assert met == [[off], [], [], [off]]


def test_time_off_leaves_what_is_booked(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola, MONDAY)

    take_off(practitioner=cast.anna, starts_at=EARLY, ends_at=EARLY + 9 * DAY)

    assert look(cast.anna, booking.id).outcome == "open"


def test_week_that_is_full_has_no_more_times(cast: Cast) -> None:
    offer(cast.anna, max_per_week=2)
    # On the practice's clocks both are late on a Sunday; an hour later it is Monday.
    book(cast.anna, cast.ola, moment("2026-03-01 22:30"), minutes=30)
    book(cast.anna, cast.ola, moment("2026-03-08 22:30"), minutes=30)
    assert free(cast.anna, now=EARLY) == [*ONE_MONDAY, *NEXT_MONDAY]
    book(cast.anna, cast.ola, moment("2026-03-01 23:30"), minutes=30)
    assert free(cast.anna, now=EARLY) == NEXT_MONDAY

    book(cast.anna, cast.ola, moment("2026-03-14 10:00"))
    book(cast.anna, cast.ola, moment("2026-03-15 22:30"), minutes=30)

    assert free(cast.anna, now=EARLY) == []
