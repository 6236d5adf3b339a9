"""What changes bookings. Each action is one transaction: the calendar, the ledger, the rulings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from miedza.bookings.entering import enter
from miedza.bookings.judging import judge_person
from miedza.bookings.keeping import withdraw_proposals
from miedza.bookings.models import Booking
from miedza.bookings.ordering import check_order
from miedza.bookings.queries import find_booking
from miedza.bookings.showing import show_everywhere
from miedza.bookings.taking import get_taken, refusing_overlap
from miedza.bookings.telling import (
    announce_booking,
    announce_event,
    correct_event,
    take_back_booking,
)
from miedza.bookings.waiting import offer_free
from miedza.db.ids import derive_id
from miedza.ledger import actions as ledger
from miedza.ledger.facts import to_instant
from miedza.ledger.models import Meeting
from miedza.ledger.queries import find_meeting
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime
    from typing import Unpack

    from miedza.bookings.models import Service, Taken
    from miedza.ledger.models import Event
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner


class NotYet(ValueError):  # noqa: N818 - named for what is refused.
    """What has not happened cannot be recorded."""


class NoSuchBooking(ValueError):  # noqa: N818 - named for what is refused.
    """There is no such booking in this practice; perhaps it was struck."""


class MovesBack(ValueError):  # noqa: N818 - named for what is refused.
    """A meeting can be moved only to a time after the moment it was asked for."""


def book(
    *,
    practice: Practice,
    practitioner: Practitioner,
    person: Person,
    starts_at: datetime,
    minutes: int,
    price_minor: int,
    kind: str,
    now: datetime,
    by: str = "practitioner",
    paid: bool = False,
    service: Service | None = None,
    place: Taken | None = None,
    series: uuid.UUID | None = None,
    tells: bool = True,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Booking:
    """Book a meeting under the rules in force; `paid` notes its price as paid in the same step.

    Said twice with one `id`, it is one booking, as long as that holds its time. A meeting that lies
    ahead is told to whoever can be reached.

    Raises:
        NoRules: no rules are published yet.
        SlotTaken: the practitioner is with somebody else at this time.
    """
    starts_at = starts_at.replace(second=0, microsecond=0)
    with refusing_overlap(), transaction.atomic():
        lock_practice(practice_id=practice.id)
        before = find_held(practice, id)
        if before is not None:
            return before
        meeting = enter(
            practice=practice, practitioner=practitioner, person=person, starts_at=starts_at,
            minutes=minutes, price_minor=price_minor, kind=kind, now=now, service=service,
            place=place, series=series, id=id,
        )  # fmt: skip
        if paid and price_minor and kind == "paid":
            _note_payment(practice, meeting, now)
        judge_person(practice=practice, person_id=person.id, now=now)
        booking = get_booking(practice, meeting.id)
        show_everywhere(practice=practice, booking=booking, now=now)
        if tells and starts_at > now and booking.outcome == "open":
            announce_booking(practice=practice, booking=booking, by=by, now=now)
    return booking


def get_booking(practice: Practice, booking_id: uuid.UUID) -> Booking:
    """A booking with its person, practitioner and user.

    Raises:
        NoSuchBooking: it is not of this practice, or was struck.
    """
    booking = find_booking(practice_id=practice.id, booking_id=booking_id)
    if booking is None:
        raise NoSuchBooking
    return booking


def find_held(practice: Practice, wanted: uuid.UUID | None) -> Booking | None:
    """The booking that was made with an id, or one that followed from it, if it holds its time."""
    while wanted is not None and Meeting.objects.of(practice.id).filter(id=wanted).exists():
        held = Booking.objects.of(practice.id).filter(id=wanted, occupies=True).first()
        if held is not None:
            return held
        wanted = derive_id(wanted)
    return None


def _note_payment(practice: Practice, meeting: Meeting, now: datetime) -> None:
    """Write down that the client has paid the price."""
    ledger.record_event(
        practice=practice, meeting=meeting, type="paid", by="client", at=now, now=now,
        amount_minor=meeting.price_minor,
    )  # fmt: skip


def record(
    *,
    practice: Practice,
    booking_id: uuid.UUID,
    type: str,  # noqa: A002 - the field's own name in the contract of the rules.
    by: str,
    at: datetime,
    now: datetime,
    entered_by: str = "practitioner",
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
    **details: Unpack[ledger.Details],
) -> Event:
    """Record what happened with a booking, judge it, and keep the calendar true.

    What is said twice with one `id` is recorded once. A move or a cancellation of a meeting that is
    not over, or of which a letter has told, is told to whoever can be reached.

    Raises:
        NoSuchBooking: it is not of this practice, or was struck.
        NotYet: `at` lies ahead.
        NotBegun, Overtaken: it cannot have been so at `at`; see `check_order`.
        MovesBack: `to_at` is not after `at`.
        SlotTaken: a move or a correction leads to a time that somebody else has.
        CannotVoid: `voids_id` names nothing that can be corrected.
    """
    to_at = details.get("to_at")
    if at > now:
        raise NotYet
    if to_at is not None and to_instant(to_at) <= to_instant(at):
        raise MovesBack
    with refusing_overlap(), transaction.atomic():
        booking = _lock_booking(practice, booking_id)
        meeting = find_meeting(practice_id=practice.id, meeting_id=booking.id)
        if meeting is None:
            raise NoSuchBooking
        check_order(meeting, type, to_instant(at), entered_by)
        event = ledger.record_event(
            practice=practice, meeting=meeting, type=type, by=by, at=at, now=now,
            entered_by=entered_by, id=id, **details,
        )  # fmt: skip
        judge_person(practice=practice, person_id=booking.person_id, now=now)
        after = get_booking(practice, booking.id)
        if type == "voided":
            correct_event(practice=practice, booking=after, correction=event, now=now)
        else:
            announce_event(practice=practice, before=booking, booking=after, event=event, now=now)
    return event


def close_day(
    *, practice: Practice, booking_ids: Iterable[uuid.UUID], now: datetime
) -> list[Event]:
    """Confirm meetings as held as planned; those that are closed or not over are left alone.

    Returns:
        What was recorded, so that it can be undone.
    """
    ids = list(booking_ids)
    with transaction.atomic():
        lock_practice(practice_id=practice.id)
        over = Booking.objects.of(practice.id).filter(
            id__in=ids, outcome__in=("open", "unclear"), ends_at__lte=now
        )
        return [
            record(
                practice=practice,
                booking_id=booking.id,
                type="held",
                by="practitioner",
                at=now,
                now=now,
            )
            for booking in over.order_by("starts_at", "id")
        ]


def strike(*, practice: Practice, booking_id: uuid.UUID, now: datetime) -> None:
    """Take a booking away that was entered by mistake.

    Raises:
        NoSuchBooking: it is not of this practice, or was struck before.
        CannotStrike: something happened to it.
    """
    with transaction.atomic():
        booking = _lock_booking(practice, booking_id)
        meeting = find_meeting(practice_id=practice.id, meeting_id=booking.id)
        if meeting is None:
            raise NoSuchBooking
        ledger.strike_meeting(practice=practice, meeting=meeting, now=now)
        person_id = booking.person_id
        take_back_booking(practice=practice, booking=booking, now=now)
        withdraw_proposals(practice_id=practice.id, booking_id=booking.id, now=now)
        taken = get_taken(practice.id, booking.id)
        Booking.objects.of(practice.id).filter(id=booking.id).delete()
        taken.delete()
        show_everywhere(practice=practice, booking=booking, now=now)
        judge_person(practice=practice, person_id=person_id, now=now)
        offer_free(practitioner=booking.practitioner, now=now)


def _lock_booking(practice: Practice, booking_id: uuid.UUID) -> Booking:
    """Stand in line, then find a booking; the database's own constraint stays behind it."""
    lock_practice(practice_id=practice.id)
    return get_booking(practice, booking_id)
