"""Times that somebody has asked for: the practitioner gives them, or says kindly that it is a no.

While a wish waits, its time is kept: nobody else can take it, and a yes is a booking at once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from miedza.bookings import actions
from miedza.bookings.choosing import read_choice
from miedza.bookings.keeping import Answered, find_end, find_kept, keep, prolong, write_answer
from miedza.bookings.limits import TooManyAhead, find_doubted
from miedza.bookings.models import Kept
from miedza.bookings.reserving import PaymentDue, check_may_book, find_offered
from miedza.bookings.taking import get_taken, refusing_overlap
from miedza.bookings.telling_of_times import tell_of_wish, tell_wish_answered
from miedza.bookings.waiting import offer_free
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.bookings.choosing import Choice
    from miedza.bookings.models import Booking
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner

LONGEST = timedelta(hours=48)
"""So long a wish waits at most; nearer to its start, half of what is left."""

MOST_WISHES = 3
"""So many times one person may have asked for at once: each is kept from everybody else."""


@refusing_overlap()
@transaction.atomic
def ask_for(
    *,
    practitioner: Practitioner,
    person: Person,
    choice: Choice,
    starts_at: datetime,
    seen: tuple[int, int],
    text: str,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Kept:
    """Ask for a time on offer; said twice with one `id`, it is asked for once.

    Raises:
        NotAccepted, ChangedMeanwhile, Blocked, TooManyAhead, NoMoreFree, NotOffered: as when it is
            booked at once.
        SlotTaken: somebody else has it by now.
    """
    practice = practitioner.practice
    lock_practice(practice_id=practice.id)
    before = id and find_kept(practice_id=practice.id, kept_id=id)
    if before:
        return before
    check_may_book(
        practice=practice, person=person, choice=choice, starts_at=starts_at, seen=seen, now=now
    )
    _check_count(practice, person)
    frame = find_offered(practitioner=practitioner, choice=choice, starts_at=starts_at, now=now)
    kept, _token = keep(
        practitioner=practitioner, purpose="wish", choice=choice, starts_at=starts_at,
        until=find_end(starts_at=starts_at, now=now, longest=LONGEST), now=now, person=person,
        alike=find_doubted(practice=practice, person=person, kind=choice.kind),
        frame=frame, text=text, id=id,
    )  # fmt: skip
    tell_of_wish(kept=kept, now=now)
    return kept


@transaction.atomic
def turn_into_wish(
    *, kept: Kept, person: Person, alike: Person | None, text: str, seen: tuple[int, int],
    now: datetime,
) -> Kept:  # fmt: skip
    """Let a time that was held for a visitor, or offered to who waits, wait for a yes.

    Raises:
        Answered: it is not held any more.
        NotAccepted, ChangedMeanwhile, Blocked, TooManyAhead, NoMoreFree: as when it is booked.
    """
    practice = kept.practice
    lock_practice(practice_id=practice.id)
    kept.refresh_from_db()
    if kept.purpose == "wish":
        return kept
    if kept.purpose != "hold" and (kept.purpose != "offer" or alike is None):
        raise Answered
    taken = get_taken(practice.id, kept.id)
    check_may_book(
        practice=practice, person=person, choice=read_choice(kept), starts_at=taken.starts_at,
        seen=seen, now=now,
    )  # fmt: skip
    _check_count(practice, person)
    until = find_end(starts_at=taken.starts_at, now=now, longest=LONGEST)
    if taken.starts_at <= now or not prolong(kept=kept, until=until, now=now):
        raise Answered
    kept.purpose, kept.person_id, kept.waiting_id = "wish", person.id, None
    kept.alike_id = alike.id if alike else None
    kept.seal_text(practice.key, text)
    kept.save()
    tell_of_wish(kept=kept, now=now)
    return kept


def _check_count(practice: Practice, person: Person) -> None:
    """Refuse whoever waits for enough answers."""
    waiting = Kept.objects.of(practice.id).filter(person_id=person.id, purpose="wish", answer="")
    if waiting.count() >= MOST_WISHES:
        raise TooManyAhead


@refusing_overlap()
@transaction.atomic
def give(*, practice: Practice, kept_id: uuid.UUID, now: datetime) -> Booking:
    """Say yes to a wish: it is a booking. One that waited too long is given while it is free.

    Raises:
        Answered: it was answered before, or there is none.
        SlotTaken: somebody else has the time by now.
        PaymentDue: it would have to be paid for already.
    """
    lock_practice(practice_id=practice.id)
    kept = _find_wish(practice, kept_id)
    if kept.answer == "yes":
        return actions.get_booking(practice, kept.id)
    if kept.answer in ("no", "withdrawn") or kept.person is None:
        raise Answered
    taken = get_taken(practice.id, kept.id)
    if taken.starts_at <= now:
        raise Answered
    choice = read_choice(kept)
    booking = actions.book(
        practice=practice,
        practitioner=taken.practitioner,
        person=kept.person,
        starts_at=taken.starts_at,
        minutes=choice.minutes,
        price_minor=choice.price_minor,
        kind=choice.kind,
        service=choice.service,
        place=taken,
        now=now,
        id=kept.id,
    )
    if booking.outcome != "open":
        raise PaymentDue
    write_answer(kept=kept, answer="yes", now=now)
    return booking


@transaction.atomic
def decline(*, practice: Practice, kept_id: uuid.UUID, words: str, now: datetime) -> Kept:
    """Say no to a wish, with a word of one's own; who asked is told.

    The time goes to those who wait for one, before anybody else sees it.

    Raises:
        Answered: it was answered otherwise before, or there is none.
    """
    lock_practice(practice_id=practice.id)
    kept = _find_wish(practice, kept_id)
    if kept.answer == "no":
        return kept
    write_answer(kept=kept, answer="no", now=now)
    tell_wish_answered(kept=kept, words=words, now=now)
    offer_free(practitioner=get_taken(practice.id, kept.id).practitioner, now=now)
    return kept


def _find_wish(practice: Practice, kept_id: uuid.UUID) -> Kept:
    """A wish of the practice.

    Raises:
        Answered: there is none.
    """
    kept = find_kept(practice_id=practice.id, kept_id=kept_id)
    if kept is None or kept.purpose != "wish":
        raise Answered
    return kept
