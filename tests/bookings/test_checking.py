"""The check finds bookings that overlap or stand alone, and counts who is due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection

from miedza.bookings.actions import strike
from miedza.bookings.checking import count_due, find_overlaps, find_unpaired
from tests.cast import MONDAY, book, tell
from tests.db.behind import as_key, change, unprotected

if TYPE_CHECKING:
    from tests.cast import Cast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_nothing_is_found_where_meetings_touch(cast: Cast) -> None:
    practice_id = cast.anna.practice_id
    gone = book(cast.anna, cast.ola, MONDAY)
    tell(cast.anna, gone, "cancelled", "client", MONDAY - 9 * DAY)
    for start in (MONDAY, MONDAY + HOUR, MONDAY + 3 * HOUR):
        book(cast.anna, cast.marek, start)
    struck = book(cast.anna, cast.marek, MONDAY + 5 * HOUR)
    strike(practice=cast.anna.practice, booking_id=struck.id, now=MONDAY - DAY)

    assert list(find_overlaps(practice_id=practice_id)) == []
    assert list(find_unpaired(practice_id=practice_id)) == []


def test_overlap_is_found_also_under_a_long_meeting(cast: Cast) -> None:
    long = book(cast.anna, cast.ola, MONDAY, minutes=240)
    short = book(cast.anna, cast.marek, MONDAY + 5 * HOUR)
    late = book(cast.anna, cast.marek, MONDAY + 7 * HOUR)
    with unprotected("bookings_taken"):
        if connection.vendor == "postgresql":
            change("ALTER TABLE bookings_taken DROP CONSTRAINT bookings_taken_no_overlap")
        for booking, start in ((short, MONDAY + HOUR), (late, MONDAY + 3 * HOUR)):
            change(
                "UPDATE bookings_taken SET starts_at = %s, ends_at = %s WHERE id = %s",
                start, start + HOUR / 2, as_key(booking.id),
            )  # fmt: skip

    assert list(find_overlaps(practice_id=cast.anna.practice_id)) == [
        f"Times {long.id} and {short.id} overlap.",
        f"Times {long.id} and {late.id} overlap.",
    ]
    assert list(find_overlaps(practice_id=cast.borys.practice_id)) == []


def test_meeting_without_its_booking_is_found(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)

    change("DELETE FROM bookings_booking WHERE id = %s", as_key(booking.id))

    assert list(find_unpaired(practice_id=cast.anna.practice_id)) == [
        f"Meeting {booking.id} has no booking."
    ]


def test_booking_of_a_struck_meeting_is_found(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    change(
        "INSERT INTO ledger_strike (id, practice_id, meeting_id, at) "
        "SELECT id, practice_id, id, booked_at FROM ledger_meeting"
    )

    assert list(find_unpaired(practice_id=cast.anna.practice_id)) == [
        f"Booking {booking.id} has no meeting, or one that was struck."
    ]


def test_persons_are_due_once_however_many_deadlines_passed(cast: Cast) -> None:
    for index in range(3):
        book(cast.anna, cast.ola, MONDAY + index * DAY)
    book(cast.anna, cast.marek, MONDAY + 30 * DAY)
    practice_id = cast.anna.practice_id

    due = [count_due(practice_id=practice_id, now=MONDAY + days * DAY) for days in (-9, 9, 60)]

    assert due == [0, 1, 2]
