"""Either side says that it will be late: a word, and no deed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from miedza.bookings.actions import get_booking
from miedza.bookings.models import LateNotice
from miedza.bookings.telling import tell
from miedza.messaging.letters_near_meetings import tell_late
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.bookings.models import Booking
    from miedza.practice.models import Practice


class NotNear(ValueError):  # noqa: N818 - named for what is refused.
    """The meeting is over, closed, or more than a day ahead."""


@transaction.atomic
def say_late(
    *, practice: Practice, booking_id: uuid.UUID, by: str, minutes: int, now: datetime
) -> LateNotice:
    """Tell the other side that one will be late; said again, the last one counts.

    Raises:
        NoSuchBooking: it is not of this practice, or was struck.
        NotNear: it is over, closed, or more than a day ahead.
    """
    lock_practice(practice_id=practice.id)
    booking = get_booking(practice, booking_id)
    if not can_say_late(booking, now):
        raise NotNear
    notices = LateNotice.objects.of(practice.id).filter(
        booking_id=booking.id, by=by, starts_at=booking.starts_at
    )
    last = notices.order_by("made_at", "id").last()
    if last is not None and last.minutes == minutes:
        return last
    notice = LateNotice.across.create(
        practice=practice, booking_id=booking.id, by=by, minutes=minutes,
        starts_at=booking.starts_at, made_at=now,
    )  # fmt: skip
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
