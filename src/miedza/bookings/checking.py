"""Whether the calendar is what the ledger says. Nothing here writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miedza.bookings.models import FREE_AGAIN, Booking, Taken
from miedza.ledger.models import Meeting, Strike

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator
    from datetime import datetime

    from miedza.ledger.judging import Standing


def find_false_bookings(
    *, practice_id: uuid.UUID, person_id: uuid.UUID, standings: dict[uuid.UUID, Standing]
) -> Iterator[str]:
    """Bookings of a person that do not stand as the ledger says, or that it does not know."""
    bookings = {
        booking.id: booking
        for booking in Booking.objects.of(practice_id).filter(person_id=person_id).order_by("id")
    }
    for meeting_id in sorted(standings.keys() - bookings.keys()):
        yield f"Meeting {meeting_id} is not in the calendar of its person."
    for booking in bookings.values():
        standing = standings.get(booking.id)
        if standing is None:
            yield f"Booking {booking.id} is of no meeting of its person, or of one that was struck."
            continue
        stands = {
            "outcome": standing.outcome,
            "occupies": standing.outcome not in FREE_AGAIN,
            "starts_at": standing.starts_at,
        }
        for name, value in stands.items():
            if getattr(booking, name) != value:
                yield (
                    f"Booking {booking.id}: {name} is {getattr(booking, name)}, "
                    f"the ledger says {value}."
                )
        if (booking.judge_again_at is None) != (standing.next_deadline_at is None):
            yield f"Booking {booking.id} is not judged again when the ledger says."


def find_unpaired(*, practice_id: uuid.UUID) -> Iterator[str]:
    """Meetings without their booking, struck ones aside, and bookings without their meeting."""
    struck = set(Strike.objects.of(practice_id).values_list("meeting_id", flat=True))
    agreed = set(Meeting.objects.of(practice_id).values_list("id", flat=True))
    booked = set(Booking.objects.of(practice_id).values_list("id", flat=True))
    for meeting_id in sorted(agreed - struck - booked):
        yield f"Meeting {meeting_id} has no booking."
    for booking_id in sorted(booked - (agreed - struck)):
        yield f"Booking {booking_id} has no meeting, or one that was struck."


def find_overlaps(*, practice_id: uuid.UUID) -> Iterator[str]:
    """What is taken twice: rows of one calendar that meet in time and in a seat."""
    rows = Taken.objects.of(practice_id).filter(occupies=True)
    before: list[Taken] = []
    for taken in rows.order_by("calendar_key", "starts_at", "id"):
        before = [
            each
            for each in before
            if each.calendar_key == taken.calendar_key and each.ends_at > taken.starts_at
        ]
        for each in before:
            if each.first_seat <= taken.last_seat and each.last_seat >= taken.first_seat:
                yield f"Times {each.id} and {taken.id} overlap."
        before.append(taken)


def find_misplaced(*, practice_id: uuid.UUID) -> Iterator[str]:
    """Bookings elsewhere than the time they take, seats elsewhere than their group."""
    taken = {row.id: row for row in Taken.objects.of(practice_id)}
    for booking in Booking.objects.of(practice_id).order_by("id"):
        for name in ("starts_at", "ends_at", "occupies", "calendar_key", "practitioner_id"):
            if getattr(booking, name) != getattr(taken[booking.id], name):
                yield f"Booking {booking.id}: its {name} is not that of the time it takes."
    for seat in taken.values():
        frame = seat.frame_id and taken[seat.frame_id]
        if not frame or not seat.occupies:
            continue
        for name in ("starts_at", "ends_at", "seats", "service_id", "calendar_key", "occupies"):
            if getattr(seat, name) != getattr(frame, name):
                yield f"Seat {seat.id}: its {name} is not that of its group."


def count_due(*, practice_id: uuid.UUID, now: datetime) -> int:
    """How many persons have a deadline that passed since they were judged."""
    due = Booking.objects.of(practice_id).filter(judge_again_at__lte=now)
    return due.values("person_id").distinct().count()
