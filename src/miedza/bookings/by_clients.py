"""What clients do by themselves: book, move, cancel, say that they will be late.

A free time on offer is the practitioner's yes in advance; no other time can be taken.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from miedza.agreements.queries import read_standing
from miedza.bookings import actions
from miedza.bookings.models import LateNotice
from miedza.bookings.offering import list_free
from miedza.bookings.telling import tell
from miedza.ledger.queries import find_event
from miedza.messaging.letters_of_meetings import tell_late
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.bookings.models import Booking
    from miedza.ledger.models import Event
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner


class NotAccepted(ValueError):  # noqa: N818 - named for what is refused.
    """Nobody books by themselves under rules they have not accepted."""


class NotOffered(ValueError):  # noqa: N818 - named for what is refused.
    """This time is not, or no longer, among those on offer."""


class MovedMeanwhile(ValueError):  # noqa: N818 - named for what is refused.
    """The meeting no longer begins when it did on the page that was read."""


class NotAhead(ValueError):  # noqa: N818 - named for what is refused.
    """The meeting is over, cancelled or otherwise closed."""


@transaction.atomic
def book_offered(
    *,
    practice: Practice,
    practitioner: Practitioner,
    person: Person,
    starts_at: datetime,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Booking:
    """Book a time on offer, at the person's usual length and price.

    Raises:
        NotAccepted: the rules in force are not accepted.
        NotOffered: the time is not on offer.
    """
    lock_practice(practice_id=practice.id)
    before = actions.find_held(practice, id)
    if before is not None:
        return before
    standing = read_standing(practice_id=practice.id, person_id=person.id, now=now)
    if not standing.may_book:
        raise NotAccepted
    minutes = person.usual_minutes
    if starts_at not in list_free(practitioner=practitioner, minutes=minutes, now=now):
        raise NotOffered
    return actions.book(
        practice=practice,
        practitioner=practitioner,
        person=person,
        starts_at=starts_at,
        minutes=minutes,
        price_minor=person.usual_price_minor,
        kind="paid",
        by="client",
        now=now,
        id=id,
    )


@transaction.atomic
def move_offered(
    *,
    practice: Practice,
    booking_id: uuid.UUID,
    seen_at: datetime,
    to_at: datetime,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Event:
    """Move a meeting to a time on offer.

    Args:
        practice: whose meeting.
        booking_id: the meeting.
        seen_at: when it began on the page that was read.
        to_at: where it goes.
        now: the present instant.
        id: of the event; said twice with one, it is moved once.

    Raises:
        NoSuchBooking: it is not of this practice, or was struck.
        MovedMeanwhile: it begins at another time by now.
        NotAhead: it can no longer be moved.
        NotOffered: the time is not on offer.
    """
    done = _find_done(practice, id)
    if done is not None:
        return done
    booking = _find_ahead(practice, booking_id, seen_at, now)
    offered = list_free(
        practitioner=booking.practitioner, minutes=booking.minutes, now=now, without=booking.id
    )
    if to_at not in offered or to_at == booking.starts_at:
        raise NotOffered
    return actions.record(
        practice=practice, booking_id=booking.id, type="moved", by="client", at=now, now=now,
        id=id, to_at=to_at,
    )  # fmt: skip


@transaction.atomic
def cancel(
    *,
    practice: Practice,
    booking_id: uuid.UUID,
    seen_at: datetime,
    cause: str | None,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Event:
    """Cancel a meeting as its client; `seen_at` is when it began on the page that was read.

    Raises:
        NoSuchBooking: it is not of this practice, or was struck.
        MovedMeanwhile: it begins at another time by now.
        NotAhead: it can no longer be cancelled.
    """
    done = _find_done(practice, id)
    if done is not None:
        return done
    booking = _find_ahead(practice, booking_id, seen_at, now)
    return actions.record(
        practice=practice, booking_id=booking.id, type="cancelled", by="client", at=now, now=now,
        id=id, cause=cause,
    )  # fmt: skip


def _find_done(practice: Practice, wanted: uuid.UUID | None) -> Event | None:
    """What was recorded with an id before, by the same form sent twice."""
    lock_practice(practice_id=practice.id)
    return find_event(practice_id=practice.id, event_id=wanted)


def _find_ahead(
    practice: Practice, booking_id: uuid.UUID, seen_at: datetime, now: datetime
) -> Booking:
    """A booking that has not ended and begins when its reader thinks it does."""
    booking = actions.get_booking(practice, booking_id)
    if booking.outcome != "open" or booking.ends_at <= now:
        raise NotAhead
    if booking.starts_at != seen_at:
        raise MovedMeanwhile
    return booking


@transaction.atomic
def say_late(
    *, practice: Practice, booking_id: uuid.UUID, by: str, minutes: int, now: datetime
) -> LateNotice:
    """Tell the other side that one will be late; said again, the last one counts.

    Raises:
        NoSuchBooking: it is not of this practice, or was struck.
        NotAhead: it is over, closed, or more than a day ahead.
    """
    lock_practice(practice_id=practice.id)
    booking = actions.get_booking(practice, booking_id)
    if not can_say_late(booking, now):
        raise NotAhead
    notices = LateNotice.objects.of(practice.id).filter(booking_id=booking.id, by=by)
    last = notices.order_by("made_at", "id").last()
    if last is not None and last.minutes == minutes:
        return last
    notice = LateNotice.across.create(
        practice=practice, booking_id=booking.id, by=by, minutes=minutes, made_at=now
    )
    tell(
        practice=practice,
        booking=booking,
        purpose="late",
        write=lambda meeting: tell_late(meeting, by=by, minutes=minutes),
        sides=("practitioner",) if by == "client" else ("client",),
        key=str(notice.id),
        now=now,
    )
    return notice


def can_say_late(booking: Booking, now: datetime) -> bool:
    """Whether it makes sense to say that one will be late: the meeting is near and not over."""
    return (
        booking.outcome == "open" and booking.starts_at - timedelta(days=1) <= now < booking.ends_at
    )
