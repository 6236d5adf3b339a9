"""A date of a group stands in the calendar elsewhere as one event, however many come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from miedza.bookings.actions import strike
from miedza.bookings.entries import list_entries
from miedza.bookings.grouping import close_group
from miedza.calendars.showing import show_entries
from tests.bookings.keeping import DAY, HOUR, gather, list_dates, seat, serve
from tests.calendars.providers import list_busy, list_waiting, sync, write_all
from tests.cast import BOOKED, MONDAY, Cast, book, make_person, tell
from tests.jobs.writing import keep, read_written, told

if TYPE_CHECKING:
    from miedza.bookings.models import Taken
    from tests.jobs.calendar_servers import Gate

pytestmark = pytest.mark.django_db


def _tell(frame: Taken, start: str, sequence: int, seated: int) -> tuple[str, str, int, str]:
    """How a date stands there."""
    return told(frame, start, sequence, f"Group\\, zajęte miejsca: {seated} z 6")


def test_date_is_written_at_once_and_again_when_somebody_comes_or_goes(
    cast: Cast, gate: Gate
) -> None:
    source = keep(gate, cast.anna)
    (frame,) = list_dates(gather(cast.anna, seats=6))

    assert write_all() == 1
    assert read_written(gate) == [_tell(frame, "03-02 09:00", 0, 0)]

    first, second = (seat(cast.anna, frame, each) for each in (cast.ola, cast.marek))
    write_all()
    assert read_written(gate) == [_tell(frame, "03-02 09:00", 2, 2)]

    tell(cast.anna, first, "cancelled", "practitioner", BOOKED)
    write_all()
    assert read_written(gate) == [_tell(frame, "03-02 09:00", 3, 1)]

    strike(practice=cast.anna.practice, booking_id=second.id, now=BOOKED)
    write_all()
    assert read_written(gate) == [_tell(frame, "03-02 09:00", 4, 0)]
    assert list_waiting(source) == []


def test_other_dates_are_not_written_again(cast: Cast, gate: Gate) -> None:
    keep(gate, cast.anna)
    group = gather(cast.anna, MONDAY, MONDAY + DAY, MONDAY + 2 * DAY, seats=6)
    assert write_all() == 3
    frames = list_dates(group)

    booking = seat(cast.anna, frames[0], cast.ola)
    assert write_all() == 1

    tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY + DAY)
    assert write_all() == 2
    assert read_written(gate) == sorted(
        [
            _tell(frames[0], "03-02 09:00", 2, 0),
            _tell(frames[1], "03-03 09:00", 1, 1),
            _tell(frames[2], "03-04 09:00", 0, 0),
        ]
    )


def test_date_that_is_called_off_is_taken_away(cast: Cast, gate: Gate) -> None:
    source = keep(gate, cast.anna)
    frame, other = list_dates(gather(cast.anna, MONDAY, MONDAY + DAY, seats=6))
    seat(cast.anna, frame, cast.ola)
    write_all()

    close_group(practice=cast.anna.practice, frame_id=frame.id, now=BOOKED)

    assert write_all() == 1
    assert read_written(gate) == [_tell(other, "03-03 09:00", 0, 0)]
    close_group(practice=cast.anna.practice, frame_id=other.id, now=BOOKED)
    assert write_all() == 1
    assert (read_written(gate), list_waiting(source)) == ([], [])


def test_dates_ahead_are_written_into_a_calendar_that_is_added(cast: Cast, gate: Gate) -> None:
    frame, gone = list_dates(gather(cast.anna, MONDAY, MONDAY + DAY, seats=6))
    seat(cast.anna, frame, cast.ola)
    close_group(practice=cast.anna.practice, frame_id=gone.id, now=BOOKED)
    alone = book(cast.anna, cast.marek, MONDAY + HOUR)

    source = keep(gate, cast.anna)

    assert write_all() == 2
    assert read_written(gate) == sorted(
        [_tell(frame, "03-02 09:00", 0, 1), told(alone, "03-02 10:00", 0, "M. Ł.")]
    )
    assert sync(source, BOOKED + HOUR).code == ""
    assert list_busy(source) == []  # What comes back is one's own.


def test_date_of_what_is_a_group_no_more_follows_its_seats(cast: Cast, gate: Gate) -> None:
    keep(gate, cast.anna)
    group = gather(cast.anna, seats=6)
    (frame,) = list_dates(group)
    booking = seat(cast.anna, frame, cast.ola)
    serve(cast.anna, service_id=group.id, name="Group", seats=1)

    tell(cast.anna, booking, "cancelled", "practitioner", BOOKED)

    write_all()
    assert read_written(gate) == [_tell(frame, "03-02 09:00", 2, 0)]


def test_date_that_is_over_is_put_right_when_it_is_corrected(cast: Cast, gate: Gate) -> None:
    keep(gate, cast.anna)
    (frame,) = list_dates(gather(cast.anna, seats=6))
    booking = seat(cast.anna, frame, cast.ola)
    write_all()

    strike(practice=cast.anna.practice, booking_id=booking.id, now=MONDAY + DAY)

    write_all(MONDAY + DAY)
    assert read_written(gate) == [_tell(frame, "03-02 09:00", 2, 0)]


def test_seat_that_once_was_written_as_a_meeting_is_taken_away(cast: Cast, gate: Gate) -> None:
    source = keep(gate, cast.anna)
    (frame,) = list_dates(gather(cast.anna, seats=6))
    booking = seat(cast.anna, frame, cast.ola)
    entries = list_entries([booking], practice_id=booking.practice_id, side="practitioner")
    show_entries(
        practice=cast.anna.practice, source=source, of="meeting",
        entries={booking.id: entries[0]}, now=BOOKED,
    )  # fmt: skip
    write_all()
    assert len(read_written(gate)) == 2

    seat(cast.anna, frame, cast.marek)

    write_all()
    assert read_written(gate) == [_tell(frame, "03-02 09:00", 2, 2)]


def test_many_dates_cost_no_more_questions_than_one(cast: Cast, gate: Gate) -> None:
    keep(gate, cast.anna)
    frames = list_dates(gather(cast.anna, *(MONDAY + n * DAY for n in range(5)), seats=6))
    counted = []
    for called_off in ([], frames[2:4], frames[4:]):
        for frame in called_off:
            close_group(practice=cast.anna.practice, frame_id=frame.id, now=BOOKED)
        with CaptureQueriesContext(connection) as asked:
            seat(cast.anna, frames[0], make_person(cast.anna, "Iga"))
        counted.append(len(asked))

    assert counted[1] == counted[2]
