"""Another time that a practitioner proposes: a proposal until the client says yes.

Until then the meeting stands as it was agreed, and the time proposed is kept for it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from miedza.bookings import actions
from miedza.bookings.choosing import Choice
from miedza.bookings.keeping import (
    Answered,
    find_end,
    find_kept,
    find_start,
    keep,
    withdraw_proposal,
    write_answer,
)
from miedza.bookings.models import Kept
from miedza.bookings.taking import (
    get_taken,
    give_back,
    list_frames,
    refuse_second_seat,
    refusing_overlap,
)
from miedza.bookings.telling_of_times import tell_of_proposal, tell_proposal_answered
from miedza.bookings.waiting import offer_free
from miedza.ledger.queries import find_meeting
from miedza.messaging.actions import withdraw_letters
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.bookings.models import Booking, Taken
    from miedza.ledger.models import Event
    from miedza.practice.models import Practice

LONGEST = timedelta(hours=72)
"""So long a proposal waits at most; nearer to either start, half of what is left."""


class NotAhead(ValueError):  # noqa: N818 - named for what is refused.
    """The meeting has begun or is closed, or the time proposed has passed or is its own."""


class Proposal(NamedTuple):
    """A proposal with the time that is kept for it."""

    kept: Kept
    taken: Taken


@refusing_overlap()
@transaction.atomic
def propose(
    *,
    practice: Practice,
    booking_id: uuid.UUID,
    to_at: datetime,
    text: str,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Kept:
    """Propose another time for a meeting; the one before, if it still waits, is withdrawn.

    Raises:
        NoSuchBooking: it is not of this practice, or was struck.
        NotAhead: it has begun or is closed, or the time has passed or is its own.
        SlotTaken: the practitioner is not free then, or the client sits in that group already.
    """
    lock_practice(practice_id=practice.id)
    before = id and find_kept(practice_id=practice.id, kept_id=id)
    if before:
        return before
    booking = actions.get_booking(practice, booking_id)
    to_at = to_at.replace(second=0, microsecond=0)
    if booking.outcome != "open" or min(booking.starts_at, to_at) <= now:
        raise NotAhead
    if to_at == booking.starts_at:
        raise NotAhead
    replaced = list_proposals(practice_id=practice.id, booking_id=booking.id)
    for each in replaced:
        withdraw_proposal(kept=each, now=now)
    meeting = find_meeting(practice_id=practice.id, meeting_id=booking.id)
    if meeting is None:
        raise actions.NoSuchBooking
    ends_at = find_end(starts_at=min(booking.starts_at, to_at), now=now, longest=LONGEST)
    kept, token = keep(
        practitioner=booking.practitioner, purpose="proposal",
        choice=Choice(booking.service, booking.minutes, meeting.price_minor, meeting.kind),
        starts_at=to_at, until=ends_at, now=now, person=booking.person, booking=booking,
        frame=_find_frame(booking, to_at), text=text, id=id,
    )  # fmt: skip
    tell_of_proposal(kept=kept, booking=booking, token=token, text=text, now=now)
    if replaced:
        offer_free(practitioner=booking.practitioner, now=now)
    return kept


def _find_frame(booking: Booking, to_at: datetime) -> Taken | None:
    """The group in which a seat is proposed, for a meeting of a group.

    Raises:
        AlreadyThere: they sit in it by another booking.
    """
    if booking.service_id is None:
        return None
    frames = list_frames(booking.practice_id).filter(
        service_id=booking.service_id, practitioner_id=booking.practitioner_id, starts_at=to_at,
        ends_at=to_at + timedelta(minutes=booking.minutes),
    )  # fmt: skip
    frame = frames.first()
    if frame is not None:
        refuse_second_seat(
            practice_id=frame.practice_id, frame_id=frame.id, booking_id=booking.id,
            person_id=booking.person_id,
        )  # fmt: skip
    return frame


@refusing_overlap()
@transaction.atomic
def agree(*, practice: Practice, kept_id: uuid.UUID, now: datetime) -> Event | None:
    """Say yes, as the client: the meeting is moved. Said twice, it is moved once.

    The practitioner's notice is counted from when they proposed it.

    Returns:
        The move; None where it was said before.

    Raises:
        Answered: it is not proposed any more.
        NotAhead: the meeting has begun, or is closed.
        SlotTaken: the time is not free any more.
    """
    lock_practice(practice_id=practice.id)
    kept, taken, booking = _find_open(practice, kept_id)
    if kept.answer == "yes":
        return None
    if kept.answer or not _still_stands(taken, now):
        raise Answered
    to_at = find_start(kept, taken)
    if booking.outcome != "open" or min(booking.starts_at, to_at) <= now:
        raise NotAhead
    write_answer(kept=kept, answer="yes", now=now)
    give_back(taken=taken)
    withdraw_letters(practice=practice, key=f"proposal:{kept.id}:", now=now)
    return actions.record(
        practice=practice, booking_id=booking.id, type="moved", by="practitioner",
        at=kept.made_at, now=now, entered_by="client", to_at=to_at,
    )  # fmt: skip


@transaction.atomic
def refuse(*, practice: Practice, kept_id: uuid.UUID, now: datetime) -> Kept:
    """Say no, as the client: the meeting stays as it is, and the practitioner is told.

    The time goes to those who wait for one, before anybody else sees it.

    Raises:
        Answered: it is not proposed any more.
    """
    lock_practice(practice_id=practice.id)
    kept, _taken, booking = _find_open(practice, kept_id)
    if kept.answer == "no":
        return kept
    write_answer(kept=kept, answer="no", now=now)
    withdraw_letters(practice=practice, key=f"proposal:{kept.id}:", now=now)
    tell_proposal_answered(kept=kept, booking=booking, now=now)
    offer_free(practitioner=booking.practitioner, now=now)
    return kept


@transaction.atomic
def withdraw(*, practice: Practice, kept_id: uuid.UUID, now: datetime) -> None:
    """Take a proposal back, as the practitioner; a letter that has not gone yet does not go."""
    lock_practice(practice_id=practice.id)
    kept = find_kept(practice_id=practice.id, kept_id=kept_id)
    if kept is not None and kept.purpose == "proposal" and not kept.answer:
        withdraw_proposal(kept=kept, now=now)
        offer_free(practitioner=get_taken(practice.id, kept.id).practitioner, now=now)


def list_proposals(*, practice_id: uuid.UUID, booking_id: uuid.UUID) -> list[Kept]:
    """The proposals for a meeting that wait for an answer; one at most."""
    kept = Kept.objects.of(practice_id).filter(purpose="proposal", booking_id=booking_id, answer="")
    return list(kept.order_by("made_at", "id"))


def find_proposal(
    *, practice_id: uuid.UUID, booking_id: uuid.UUID, now: datetime
) -> Proposal | None:
    """The proposal for a meeting that can be answered now, or None."""
    for kept in list_proposals(practice_id=practice_id, booking_id=booking_id):
        taken = get_taken(practice_id, kept.id)
        if _still_stands(taken, now):
            return Proposal(kept, taken)
    return None


def _still_stands(taken: Taken, now: datetime) -> bool:
    """Whether an answer would still be in time."""
    return taken.occupies and taken.kept_until is not None and taken.kept_until > now


def _find_open(practice: Practice, kept_id: uuid.UUID) -> tuple[Kept, Taken, Booking]:
    """A proposal with its time and its meeting.

    Raises:
        Answered: there is none.
    """
    kept = find_kept(practice_id=practice.id, kept_id=kept_id)
    if kept is None or kept.purpose != "proposal" or kept.booking_id is None:
        raise Answered
    booking = actions.get_booking(practice, kept.booking_id)
    return kept, get_taken(practice.id, kept.id), booking
