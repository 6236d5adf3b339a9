"""The check finds what is taken twice, elsewhere or alone, and counts who is due."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.db import connection

from miedza.bookings.actions import strike
from miedza.bookings.checking import count_due, find_misplaced, find_overlaps, find_unpaired
from miedza.practice.models import Practitioner
from tests.bookings.keeping import gather, list_dates, serve, take_of
from tests.bookings.offered import open_to
from tests.cast import BOOKED, MONDAY, Cast, book, tell
from tests.db.behind import as_key, change, unprotected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miedza.bookings.models import Booking, Taken

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@contextmanager
def _letting_overlap() -> Iterator[None]:
    """Work within a block in which two times may meet."""
    with unprotected("bookings_taken"):
        if connection.vendor == "postgresql":
            change("ALTER TABLE bookings_taken DROP CONSTRAINT bookings_taken_no_overlap")
        yield


class Group(NamedTuple):
    """A date of a group of three, to which Ola and Marek come."""

    frame: Taken
    ola: Booking
    marek: Booking


@pytest.fixture
def group(cast: Cast) -> Group:
    """A group that takes place on Monday."""
    open_to(cast.anna, cast.ola, cast.marek)
    service = gather(cast.anna, seats=3)
    (frame,) = list_dates(service)
    seated = (take_of(cast.anna, service, person) for person in (cast.ola, cast.marek))
    return Group(frame, *seated)


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
    assert list(find_misplaced(practice_id=practice_id)) == []


def test_overlap_is_found_also_under_a_long_meeting(cast: Cast) -> None:
    long = book(cast.anna, cast.ola, MONDAY, minutes=240)
    short = book(cast.anna, cast.marek, MONDAY + 5 * HOUR)
    late = book(cast.anna, cast.marek, MONDAY + 7 * HOUR)
    with _letting_overlap():
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


def test_seats_of_one_group_are_no_overlap(cast: Cast, group: Group) -> None:
    practice_id = cast.anna.practice_id

    assert group.ola.starts_at == group.marek.starts_at == group.frame.starts_at
    assert list(find_overlaps(practice_id=practice_id)) == []
    assert list(find_misplaced(practice_id=practice_id)) == []


def test_two_in_one_seat_are_found(cast: Cast, group: Group) -> None:
    with _letting_overlap():
        change(
            "UPDATE bookings_taken SET first_seat = 1, last_seat = 1 WHERE id = %s",
            as_key(group.marek.id),
        )

    first, second = sorted([group.ola.id, group.marek.id])
    assert list(find_overlaps(practice_id=cast.anna.practice_id)) == [
        f"Times {first} and {second} overlap."
    ]


def test_meeting_alone_in_the_hour_of_a_group_is_found_with_each_seat(
    cast: Cast, group: Group
) -> None:
    alone = book(cast.anna, cast.ola, MONDAY + 2 * HOUR)
    with _letting_overlap():
        change(
            "UPDATE bookings_taken SET starts_at = %s, ends_at = %s WHERE id = %s",
            MONDAY + HOUR / 2, MONDAY + HOUR, as_key(alone.id),
        )  # fmt: skip

    found = set(find_overlaps(practice_id=cast.anna.practice_id))

    ids = (group.frame.id, group.ola.id, group.marek.id)
    assert found == {f"Times {each} and {alone.id} overlap." for each in ids}


def _elsewhere(cast: Cast, column: str) -> Any:
    """A value of a column that is not that of any time on the stage."""
    colleague = Practitioner.across.create(
        practice=cast.anna.practice, user=cast.borys.user, name="Celina", calendar_key=7
    )
    return {
        "starts_at": MONDAY - HOUR, "ends_at": MONDAY + 2 * HOUR, "occupies": False,
        "calendar_key": 7, "practitioner_id": as_key(colleague.id), "seats": 4,
        "service_id": as_key(serve(cast.anna, name="Other").id),
    }[column]  # fmt: skip


@pytest.mark.parametrize(
    "column", ["starts_at", "ends_at", "occupies", "calendar_key", "practitioner_id"]
)
def test_booking_elsewhere_than_the_time_it_takes_is_found(cast: Cast, column: str) -> None:
    booking = book(cast.anna, cast.ola)
    book(cast.anna, cast.marek, MONDAY + 5 * HOUR)

    change(
        f"UPDATE bookings_booking SET {column} = %s WHERE id = %s",
        _elsewhere(cast, column), as_key(booking.id),
    )  # fmt: skip

    assert list(find_misplaced(practice_id=cast.anna.practice_id)) == [
        f"Booking {booking.id}: its {column} is not that of the time it takes."
    ]
    assert list(find_misplaced(practice_id=cast.borys.practice_id)) == []


@pytest.mark.parametrize(
    "column", ["starts_at", "ends_at", "seats", "service_id", "calendar_key", "occupies"]
)
def test_seat_elsewhere_than_its_group_is_found(cast: Cast, group: Group, column: str) -> None:
    with _letting_overlap():
        change(
            f"UPDATE bookings_taken SET {column} = %s WHERE id = %s",
            _elsewhere(cast, column), as_key(group.frame.id),
        )  # fmt: skip

    assert set(find_misplaced(practice_id=cast.anna.practice_id)) == {
        f"Seat {seat.id}: its {column} is not that of its group."
        for seat in (group.ola, group.marek)
    }


def test_seat_that_was_given_back_may_be_elsewhere(cast: Cast, group: Group) -> None:
    for booking in (group.ola, group.marek):
        tell(cast.anna, booking, "cancelled", "client", BOOKED)
    with _letting_overlap():
        change(
            "UPDATE bookings_taken SET ends_at = %s WHERE id = %s",
            MONDAY + 2 * HOUR, as_key(group.frame.id),
        )  # fmt: skip

    assert list(find_misplaced(practice_id=cast.anna.practice_id)) == []


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
