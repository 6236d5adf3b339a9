"""What follows from the ledger for the calendar, at once and at each deadline."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from miedza.bookings.apart import Apart
from miedza.bookings.keeping import withdraw_proposals
from miedza.bookings.models import FREE_AGAIN, Booking
from miedza.bookings.rejudging import read_deeds, tell_changes, tell_of_release
from miedza.bookings.showing import show_everywhere
from miedza.bookings.taking import follow
from miedza.bookings.waiting import list_waiting, offer_free
from miedza.ledger import judging as ledger
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.practice.models import Practice

PUT_OFF = timedelta(minutes=10)
"""When a person who could not be judged is tried again."""

REMIND_BEFORE = timedelta(hours=24)


_ITS_TIME = ("occupies", "starts_at", "ends_at")


def plan_reminder(starts_at: datetime, now: datetime) -> datetime | None:
    """When a client is reminded; not at all where they have only just been told."""
    remind_at = starts_at - REMIND_BEFORE
    return remind_at if remind_at > now else None


@transaction.atomic
def judge_person(
    *, practice: Practice, person_id: uuid.UUID, now: datetime, tells: bool = True
) -> None:
    """Judge everything between the practice and a person; the calendar follows.

    Args:
        practice: in which.
        person_id: with whom.
        now: the present instant.
        tells: whether it is told what the rules now say otherwise than was told before.
    """
    deeds = read_deeds(practice=practice, person_id=person_id, before=now) if tells else {}
    released = _judge(practice, person_id, now)
    if deeds:
        after = read_deeds(practice=practice, person_id=person_id, before=now)
        tell_changes(practice=practice, before=deeds, after=after, now=now)
    for booking in released if tells else ():
        tell_of_release(practice=practice, booking=booking, now=now)


def _judge(practice: Practice, person_id: uuid.UUID, now: datetime) -> list[Booking]:
    """Judge, and let the calendar follow; the meetings ahead that were known and are released."""
    standings = ledger.judge_person(practice=practice, person_id=person_id, now=now)
    bookings = Booking.objects.of(practice.id).filter(person_id=person_id)
    released, left = [], set()
    # What frees a time goes first, so that a correction can hand it over within one step.
    for booking in sorted(
        bookings, key=lambda b: (standings[b.id].outcome not in FREE_AGAIN, b.starts_at)
    ):
        standing = standings[booking.id]
        stands = {
            "outcome": standing.outcome,
            "occupies": standing.outcome not in FREE_AGAIN,
            "starts_at": standing.starts_at,
            "ends_at": standing.starts_at + timedelta(minutes=booking.minutes),
            "judge_again_at": standing.next_deadline_at,
        }
        if booking.starts_at != standing.starts_at or booking.outcome != standing.outcome:
            ahead = standing.outcome == "open"
            stands["remind_at"] = plan_reminder(standing.starts_at, now) if ahead else None
        if (booking.outcome, standing.outcome) == ("open", "released") and booking.judge_again_at:
            released.append(booking)
        if any(getattr(booking, name) != value for name, value in stands.items()):
            leaves = any(getattr(booking, name) != stands[name] for name in _ITS_TIME)
            for name, value in stands.items():
                setattr(booking, name, value)
            booking.save(update_fields=list(stands))
            if leaves:
                # First: a meeting may be moved to the very time that was proposed for it.
                withdraw_proposals(practice_id=practice.id, booking_id=booking.id, now=now)
                follow(booking=booking, zone=practice.time_zone, now=now)
                show_everywhere(practice=practice, booking=booking, now=now)
                left.add(booking.practitioner_id)
    _offer_what_was_left(practice, left, now)
    return [booking for booking in released if booking.starts_at > now]


def _offer_what_was_left(practice: Practice, left: set[uuid.UUID], now: datetime) -> None:
    """What meetings have left is offered to those who wait, before anybody else sees it."""
    waited_for = list_waiting(practice_id=practice.id, practitioner_id__in=left) if left else ()
    practitioners = {entry.practitioner_id: entry.practitioner for entry in waited_for}
    for practitioner in practitioners.values():
        offer_free(practitioner=practitioner, now=now)


def judge_due(*, now: datetime, most: int = 100) -> int:
    """Judge the persons of bookings whose next deadline has come.

    Args:
        now: the present instant.
        most: how many bookings to look at in one call.

    Returns:
        How many persons were judged.

    Raises:
        ExceptionGroup: some could not be judged; all others were.
    """
    due = Booking.across.filter(judge_again_at__lte=now).order_by("judge_again_at")[:most]
    persons = {
        (booking.practice_id, booking.person_id): booking.practice
        for booking in due.select_related("practice")
    }
    judged, apart = 0, Apart("some persons could not be judged")
    for (_practice_id, person_id), practice in persons.items():
        with apart.each(
            f"person {person_id} of practice {practice.id}",
            otherwise=partial(_put_off, practice, person_id, now),
        ):
            judged += _judge_if_due(practice, person_id, now)
    apart.tell()
    return judged


def _put_off(practice: Practice, person_id: uuid.UUID, now: datetime) -> None:
    """Try a person who cannot be judged again later, so that nobody waits behind them."""
    due = Booking.objects.of(practice.id).filter(person_id=person_id, judge_again_at__lte=now)
    due.update(judge_again_at=now + PUT_OFF)


@transaction.atomic
def _judge_if_due(practice: Practice, person_id: uuid.UUID, now: datetime) -> bool:
    """Judge a person, unless another worker was faster; tell which."""
    lock_practice(practice_id=practice.id)
    bookings = Booking.objects.of(practice.id).filter(person_id=person_id)
    is_due = bookings.filter(judge_again_at__lte=now).exists()
    if is_due:
        judge_person(practice=practice, person_id=person_id, now=now)
    return is_due
