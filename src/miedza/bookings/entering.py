"""Entering a meeting: what was agreed goes into the ledger, and its time is taken."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from miedza.agreements.queries import find_in_force
from miedza.bookings.judging import plan_reminder
from miedza.bookings.models import Booking
from miedza.bookings.taking import keep_for_good, refuse_second_seat, take, take_seat
from miedza.ledger import actions as ledger

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.bookings.models import Service, Taken
    from miedza.ledger.models import Meeting
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner


class NoRules(ValueError):  # noqa: N818 - named for what is refused.
    """Nothing can be booked before the first rules are published."""


def enter(
    *,
    practice: Practice,
    practitioner: Practitioner,
    person: Person,
    starts_at: datetime,
    minutes: int,
    price_minor: int,
    kind: str,
    now: datetime,
    service: Service | None = None,
    place: Taken | None = None,
    series: uuid.UUID | None = None,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Meeting:
    """Enter a meeting in ledger and calendar; judging is a step of its own.

    Args:
        practice: in which.
        practitioner: with whom.
        person: who comes.
        starts_at: when.
        minutes: for how long.
        price_minor: for how much, in minor units.
        kind: `paid` or `free`.
        now: the present instant.
        service: what it is a meeting of; none for the usual one of the person.
        place: the group in which a seat is taken, or a time that was kept for the person; the
            meeting is as long as that.
        series: of the series that it is booked in.
        id: of the meeting.

    Raises:
        NoRules: no rules are published yet.
        SlotTaken: the group is full.
        AlreadyThere: they have a seat in it.
    """
    rules = find_in_force(practice_id=practice.id, at=now)
    if rules is None:
        raise NoRules
    if place is not None:
        minutes = place.minutes
    meeting = ledger.record_meeting(
        practice=practice, person=person, rules=rules, start_at=starts_at, minutes=minutes,
        price_minor=price_minor, kind=kind, now=now.replace(microsecond=0), id=id,
    )  # fmt: skip
    if place is not None and service is not None and service.is_group:
        refuse_second_seat(
            practice_id=practice.id, frame_id=place.frame_id or place.id, booking_id=meeting.id,
            person_id=person.id,
        )  # fmt: skip
    if place is not None and place.id == meeting.id:
        keep_for_good(taken=place, now=now)
    elif place is not None:
        take_seat(frame=place, now=now, id=meeting.id)
    else:
        take(
            practitioner=practitioner, starts_at=starts_at, minutes=minutes, now=now,
            service=None if service is None or service.is_group else service, id=meeting.id,
        )  # fmt: skip
    _write_booking(practitioner, meeting, service, series)
    return meeting


def _write_booking(
    practitioner: Practitioner,
    meeting: Meeting,
    service: Service | None,
    series: uuid.UUID | None,
) -> None:
    """Write a meeting into the calendar; its time is taken already."""
    Booking.across.create(
        id=meeting.id,
        practice_id=meeting.practice_id,
        person_id=meeting.person_id,
        practitioner_id=practitioner.id,
        calendar_key=practitioner.calendar_key,
        service_id=service.id if service else None,
        series=series,
        starts_at=meeting.start_at,
        ends_at=meeting.start_at + timedelta(minutes=meeting.minutes),
        minutes=meeting.minutes,
        remind_at=plan_reminder(meeting.start_at, meeting.booked_at),
    )
