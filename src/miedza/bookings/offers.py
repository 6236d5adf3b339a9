"""What somebody on the waiting list does with the time that is offered to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from miedza.bookings.keeping import Answered, write_answer
from miedza.bookings.limits import find_doubted
from miedza.bookings.models import Kept, Waiting
from miedza.bookings.reserving import book_kept
from miedza.bookings.taking import get_taken
from miedza.bookings.waiting import offer_free
from miedza.bookings.wishing import turn_into_wish
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.bookings.models import Booking
    from miedza.practice.models import Practice


@transaction.atomic
def take_offer(*, kept: Kept, now: datetime) -> Booking | Kept:
    """Take the time: it is booked, and the waiting is over.

    A free one of somebody who may have had one waits for the practitioner's yes.

    Raises:
        Answered, NotAccepted, ChangedMeanwhile, Blocked, TooManyAhead, NoMoreFree, NotOffered,
        SlotTaken, PaymentDue: see `book_kept`.
    """
    person = kept.person
    if person is None:
        raise Answered
    practice, seen = kept.practice, (kept.minutes, kept.price_minor)
    lock_practice(practice_id=practice.id)
    waiting_id = kept.waiting_id
    alike = find_doubted(practice=practice, person=person, kind=kept.kind)
    made: Booking | Kept
    if alike is None or kept.answer == "yes":
        made = book_kept(practice=practice, kept=kept, person=person, seen=seen, now=now)
    else:
        made = turn_into_wish(kept=kept, person=person, alike=alike, text="", seen=seen, now=now)
    _end(practice, waiting_id, now)
    return made


@transaction.atomic
def leave_offer(*, kept: Kept, now: datetime, stays: bool) -> None:
    """Leave the time to the next one; who does not stay waits for none any more.

    Raises:
        Answered: it was answered before.
    """
    lock_practice(practice_id=kept.practice_id)
    write_answer(kept=kept, answer="no", now=now)
    if not stays:
        _end(kept.practice, kept.waiting_id, now)
    offer_free(practitioner=get_taken(kept.practice_id, kept.id).practitioner, now=now)


def _end(practice: Practice, waiting_id: uuid.UUID | None, now: datetime) -> None:
    """End the waiting that an offer answers."""
    if waiting_id is not None:
        entries = Waiting.objects.of(practice.id).filter(id=waiting_id, ended_at=None)
        entries.update(ended_at=now)


@transaction.atomic
def stop_waiting(*, practice: Practice, waiting_id: uuid.UUID, now: datetime) -> bool:
    """Leave the waiting list; what was offered goes to the next one. Tell whether one was in it."""
    lock_practice(practice_id=practice.id)
    entry = Waiting.objects.of(practice.id).filter(id=waiting_id, ended_at=None).first()
    if entry is None:
        return False
    entry.ended_at = now
    entry.save(update_fields=["ended_at"])
    for kept in Kept.objects.of(practice.id).filter(waiting_id=entry.id, answer=""):
        write_answer(kept=kept, answer="no", now=now)
    offer_free(practitioner=entry.practitioner, now=now)
    return True
