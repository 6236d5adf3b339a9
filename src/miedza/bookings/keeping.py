"""Keeping a time for somebody until a yes or a no, or until nobody said either."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from miedza.bookings.models import Kept, Taken
from miedza.bookings.taking import get_taken, give_back, take, take_seat
from miedza.db.ids import make_id
from miedza.db.tokens import derive_token, read_token
from miedza.messaging.actions import withdraw_letters
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from django.db.models import QuerySet

    from miedza.bookings.choosing import Choice
    from miedza.bookings.models import Booking, Waiting
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner


class Answered(ValueError):  # noqa: N818 - named for what is refused.
    """Somebody has said yes or no already, or the time is not kept any more."""


def keep(
    *,
    practitioner: Practitioner,
    purpose: str,
    choice: Choice,
    starts_at: datetime,
    until: datetime,
    now: datetime,
    person: Person | None = None,
    frame: Taken | None = None,
    booking: Booking | None = None,
    waiting: Waiting | None = None,
    alike: Person | None = None,
    text: str = "",
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> tuple[Kept, str]:
    """Keep a time, behind the lock of the practice.

    Args:
        practitioner: whose time, with the practice.
        purpose: one of `PURPOSES`.
        choice: what it would become.
        starts_at: when it begins.
        until: how long it is kept.
        now: the present instant.
        person: for whom, once that is known.
        frame: the group of which a seat is kept.
        booking: the meeting that a proposal would move.
        waiting: the entry in the waiting list that an offer answers.
        alike: somebody known who may be the same person.
        text: what is said with it.
        id: of what is kept.

    Returns:
        What is kept, and the token for its link.

    Raises:
        django.db.IntegrityError: something is there; `refusing_overlap` says `SlotTaken` of it.
        SlotTaken: the group is full.
    """
    practice, wanted = practitioner.practice, id or make_id()
    own = get_taken(practice.id, booking.id) if booking is not None else None
    begins, minutes = leave_own(starts_at, choice.minutes, own)
    if frame is not None:
        taken = take_seat(frame=frame, now=now, kept_until=until, id=wanted)
    else:
        taken = take(
            practitioner=practitioner, starts_at=begins, minutes=minutes, now=now,
            service=choice.service_alone, kept_until=until, id=wanted,
        )  # fmt: skip
    token, digest = derive_token(practice.id, wanted, key=practice.key)
    kept = Kept(
        id=wanted, practice=practice, purpose=purpose, token_digest=digest, made_at=now,
        person_id=person.id if person else None,
        service_id=choice.service.id if choice.service else None,
        booking_id=booking.id if booking else None,
        to_at=starts_at if booking else None,
        waiting_id=waiting.id if waiting else None, alike_id=alike.id if alike else None,
        kind=choice.kind, minutes=choice.minutes if frame is None else taken.minutes,
        price_minor=choice.price_minor,
    )  # fmt: skip
    kept.seal_text(practice.key, text)
    kept.save(force_insert=True)
    return kept, token


def leave_own(starts_at: datetime, minutes: int, own: Taken | None) -> tuple[datetime, int]:
    """What a meeting would take at another time beside what it has: from when, how many minutes.

    A meeting that is put off by half an hour is in its own way otherwise. A seat is no time of its
    own: whoever leaves it for a part of its hour would be beside the group.
    """
    ends_at = starts_at + timedelta(minutes=minutes)
    if own is None or own.frame_id is not None:
        return starts_at, minutes
    if min(ends_at, own.ends_at) <= max(starts_at, own.starts_at):
        return starts_at, minutes
    if starts_at < own.starts_at:
        ends_at = own.starts_at
    else:
        starts_at = own.ends_at
    return starts_at, (ends_at - starts_at) // timedelta(minutes=1)


def find_start(kept: Kept, taken: Taken) -> datetime:
    """When the meeting would begin for which something is kept."""
    return kept.to_at or taken.starts_at


def say_token(kept: Kept) -> str:
    """The token of the link to what is kept."""
    return derive_token(kept.practice_id, kept.id, key=kept.practice.key)[0]


def find_kept(*, practice_id: uuid.UUID, kept_id: uuid.UUID) -> Kept | None:
    """What is kept under an id, with the person and the service, or None."""
    kept = Kept.objects.of(practice_id).filter(id=kept_id)
    return kept.select_related("practice", "person", "service", "booking", "waiting").first()


def find_by_token(token: str) -> Kept | None:
    """What is kept for whoever has a link; None where the link opens nothing."""
    read = read_token(token)
    kept = read and find_kept(practice_id=read.practice_id, kept_id=read.row_id)
    return kept if read and kept and kept.token_digest == read.digest else None


def list_kept(*, practice_id: uuid.UUID, now: datetime, **narrowed: object) -> QuerySet[Kept]:
    """What is kept now and waits for an answer, the oldest first; `purpose="wish"` narrows it."""
    standing = Taken.objects.of(practice_id).filter(occupies=True, kept_until__gt=now)
    kept = Kept.objects.of(practice_id).filter(answer="", id__in=standing.values("id"), **narrowed)
    with_all = kept.select_related("person", "service", "booking", "waiting", "alike")
    return with_all.order_by("made_at", "id")


def is_standing(kept: Kept, taken: Taken, now: datetime) -> bool:
    """Whether a time is kept still: nobody has answered, and its end has not come."""
    return kept.answer == "" and taken.kept_until is not None and taken.kept_until > now


def prolong(*, kept: Kept, until: datetime, now: datetime) -> bool:
    """Keep a time for longer, while it is kept; tell whether it is."""
    taken = get_taken(kept.practice_id, kept.id)
    if not is_standing(kept, taken, now) or not taken.occupies:
        return False
    if taken.kept_until is not None and until > taken.kept_until:
        taken.kept_until = until
        taken.save(update_fields=["kept_until"])
    return True


def write_answer(*, kept: Kept, answer: str, now: datetime) -> Kept:
    """Write down how something kept was answered. Where it was no yes, its time is free again.

    A yes may come after nobody answered in time, as long as the time is free.

    Raises:
        Answered: it was answered before.
    """
    open_to = ("", "lapsed") if answer == "yes" else ("",)
    changed = Kept.objects.of(kept.practice_id).filter(id=kept.id, answer__in=open_to)
    if not changed.update(answer=answer, answered_at=now):
        raise Answered
    kept.answer, kept.answered_at = answer, now
    if answer != "yes":
        give_back(taken=get_taken(kept.practice_id, kept.id))
    return kept


@transaction.atomic
def answer(*, practice: Practice, kept_id: uuid.UUID, said: str, now: datetime) -> Kept:
    """Answer what is kept with `no` or `withdrawn`; said twice, it is said once.

    Its time goes to those who wait for one, before anybody else sees it.

    Raises:
        Answered: something else was answered before, or nothing is kept under this id.
    """
    lock_practice(practice_id=practice.id)
    kept = find_kept(practice_id=practice.id, kept_id=kept_id)
    if kept is None:
        raise Answered
    if kept.answer == said:
        return kept
    write_answer(kept=kept, answer=said, now=now)
    from miedza.bookings.waiting import offer_free  # What is offered is kept, too.

    offer_free(practitioner=get_taken(practice.id, kept.id).practitioner, now=now)
    return kept


def find_end(*, starts_at: datetime, now: datetime, longest: timedelta) -> datetime:
    """Until when a time can be kept: not longer than the meeting is away, nor than half of that."""
    return min(now + longest, now + (starts_at - now) / 2)


def withdraw_proposals(*, practice_id: uuid.UUID, booking_id: uuid.UUID, now: datetime) -> None:
    """A meeting stands otherwise than when another time was proposed for it: that is off."""
    proposals = Kept.objects.of(practice_id).filter(
        purpose="proposal", booking_id=booking_id, answer=""
    )
    for kept in proposals.select_related("practice"):
        withdraw_proposal(kept=kept, now=now)


def withdraw_proposal(*, kept: Kept, now: datetime) -> None:
    """Take a proposal back; a letter that has not gone yet does not go."""
    write_answer(kept=kept, answer="withdrawn", now=now)
    withdraw_letters(practice=kept.practice, key=f"proposal:{kept.id}:", now=now)
