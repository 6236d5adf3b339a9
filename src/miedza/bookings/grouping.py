"""Setting dates for groups, and calling them off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from miedza.bookings import actions
from miedza.bookings.groups import find_group, list_seated
from miedza.bookings.keeping import withdraw_proposal, write_answer
from miedza.bookings.models import Kept, Taken, Waiting
from miedza.bookings.showing import show_groups
from miedza.bookings.taking import SlotTaken, give_back, refusing_overlap, take
from miedza.bookings.telling_of_times import tell_wish_answered
from miedza.bookings.waiting import offer_free
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.bookings.models import Booking, Service
    from miedza.practice.models import Practice, Practitioner


class NotGroup(ValueError):  # noqa: N818 - named for what is refused.
    """Only a service for several people has dates of its own."""


@refusing_overlap()
@transaction.atomic
def open_group(
    *,
    practitioner: Practitioner,
    service: Service,
    starts_at: datetime,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Taken:
    """Set a date for a group; said twice with one `id`, it is one date.

    Raises:
        NotGroup: the service is for one person.
        SlotTaken: the practitioner is not free then.
    """
    if not service.is_group:
        raise NotGroup
    lock_practice(practice_id=practitioner.practice_id)
    before = id and Taken.objects.of(practitioner.practice_id).filter(id=id).first()
    if before:
        return before
    taken = take(
        practitioner=practitioner, starts_at=starts_at, minutes=service.minutes, now=now,
        service=service, id=id,
    )  # fmt: skip
    show_groups(practitioner=practitioner, now=now)
    return taken


@transaction.atomic
def close_group(*, practice: Practice, frame_id: uuid.UUID, now: datetime) -> list[Booking]:
    """Call off a date of a group: for everybody in it, the practitioner cancels their meeting.

    Nobody waits for a seat in it any more, and what was kept in it is answered; the time goes to
    those who wait for one.

    Returns:
        The meetings that were cancelled.

    Raises:
        SlotTaken: there is no such group.
    """
    lock_practice(practice_id=practice.id)
    frame = find_group(practice_id=practice.id, frame_id=frame_id)
    if frame is None:
        raise SlotTaken
    seated = [
        booking
        for booking in list_seated(practice_id=practice.id, frame_id=frame.id)
        if booking.outcome == "open"
    ]
    Waiting.objects.of(practice.id).filter(frame_id=frame.id, ended_at=None).update(ended_at=now)
    _answer_kept(frame, now)
    seats = Taken.objects.of(practice.id).filter(frame_id=frame.id)
    if frame.starts_at > now:  # At once, so that no seat that is left is offered to anybody.
        give_back(taken=frame)
        seats.update(occupies=False)
    for booking in seated:
        actions.record(
            practice=practice, booking_id=booking.id, type="cancelled", by="practitioner", at=now,
            now=now,
        )  # fmt: skip
    if not seats.filter(occupies=True).exists():
        give_back(taken=frame)
    show_groups(practitioner=frame.practitioner, now=now)
    offer_free(practitioner=frame.practitioner, now=now)
    return seated


def _answer_kept(frame: Taken, now: datetime) -> None:
    """Answer what is kept in a group that does not take place; who asked for a seat is told."""
    seats = Taken.objects.of(frame.practice_id).filter(frame_id=frame.id)
    kept = Kept.objects.of(frame.practice_id).filter(id__in=seats.values("id"), answer="")
    for each in kept.select_related("practice", "person", "service"):
        if each.purpose == "proposal":
            withdraw_proposal(kept=each, now=now)
        elif each.purpose == "wish":
            write_answer(kept=each, answer="no", now=now)
            tell_wish_answered(kept=each, words="", now=now)
        else:
            write_answer(kept=each, answer="withdrawn", now=now)
