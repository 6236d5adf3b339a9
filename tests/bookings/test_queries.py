"""What is asked about bookings, at the edges of days and hours."""

from __future__ import annotations

from datetime import date, timedelta

from miedza.bookings.queries import (
    day_bounds,
    find_next,
    list_ahead,
    list_day,
    list_of_person,
    list_unclear,
)
from tests.cast import BOOKED, MONDAY, Cast, book, moment, tell

HOUR = timedelta(hours=1)


def test_day_is_23_or_25_hours_long_where_clocks_change() -> None:
    assert day_bounds(date(2026, 3, 29), "Europe/Warsaw") == (
        moment("2026-03-28 23:00"), moment("2026-03-29 22:00"),
    )  # fmt: skip
    assert day_bounds(date(2026, 10, 25), "Europe/Warsaw") == (
        moment("2026-10-24 22:00"), moment("2026-10-25 23:00"),
    )  # fmt: skip
    assert day_bounds(date(2026, 3, 29), "Europe/Moscow") == (
        moment("2026-03-28 21:00"), moment("2026-03-29 21:00"),
    )  # fmt: skip


def test_day_lists_what_begins_on_the_local_date(cast: Cast) -> None:
    before = book(cast.anna, cast.ola, moment("2026-03-01 22:30"), minutes=30)
    first = book(cast.anna, cast.ola, moment("2026-03-01 23:00"))
    last = book(cast.anna, cast.marek, moment("2026-03-02 22:59"))
    book(cast.borys, cast.nastia, moment("2026-03-02 10:00"))

    def listed(day: date) -> list[object]:
        known = {"practice_id": cast.anna.practice_id, "calendar_key": cast.anna.calendar_key}
        return [one.id for one in list_day(**known, day=day, zone="Europe/Warsaw")]  # type: ignore[arg-type]  # Two kinds in one dict.

    assert listed(date(2026, 3, 2)) == [first.id, last.id]
    assert listed(date(2026, 3, 1)) == [before.id]


def test_next_is_the_open_one_that_has_not_ended(cast: Cast) -> None:
    practice_id, key = cast.anna.practice_id, cast.anna.calendar_key
    cancelled, running = book(cast.anna, cast.ola), book(cast.anna, cast.ola, MONDAY + HOUR)
    later = book(cast.anna, cast.marek, MONDAY + 3 * HOUR)
    tell(cast.anna, cancelled, "cancelled", "client", BOOKED)
    now = MONDAY + HOUR * 1.5

    ahead = list_ahead(practice_id=practice_id, now=now)

    assert [one.id for one in ahead] == [running.id, later.id]
    assert find_next(practice_id=practice_id, calendar_key=key, now=now) == running
    assert find_next(practice_id=practice_id, calendar_key=key, now=MONDAY + 9 * HOUR) is None
    assert find_next(practice_id=cast.borys.practice_id, calendar_key=key, now=now) is None


def test_unclear_and_all_of_a_person_are_listed_oldest_first(cast: Cast) -> None:
    practice_id, key = cast.anna.practice_id, cast.anna.calendar_key
    second = book(cast.anna, cast.ola, MONDAY + HOUR, now=MONDAY + 9 * 24 * HOUR)
    first = book(cast.anna, cast.ola, now=MONDAY + 9 * 24 * HOUR)

    assert list_unclear(practice_id=practice_id, calendar_key=key) == [first, second]
    assert list_of_person(practice_id=practice_id, person_id=cast.ola.id) == [first, second]
    assert list_of_person(practice_id=practice_id, person_id=cast.marek.id) == []
