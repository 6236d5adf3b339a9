"""Reminding clients of meetings that are near, each with its concrete rule."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from miedza.bookings.apart import Apart
from miedza.bookings.judging import PUT_OFF
from miedza.bookings.models import Booking
from miedza.bookings.queries import find_booking
from miedza.bookings.telling import tell
from miedza.messaging.letters_near_meetings import remind
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.practice.models import Practice


def remind_due(*, now: datetime, most: int = 100) -> int:
    """Remind of the meetings whose hour has come.

    Args:
        now: the present instant.
        most: how many to look at in one call.

    Returns:
        How many letters were written.

    Raises:
        ExceptionGroup: some reminders could not be written; all others were.
    """
    due = Booking.across.filter(remind_at__lte=now).order_by("remind_at")[:most]
    written, apart = 0, Apart("some reminders could not be written")
    for booking in list(due.select_related("practice")):
        with apart.each(
            f"booking {booking.id} of practice {booking.practice_id}",
            otherwise=partial(_plan, booking.practice, booking.id, now + PUT_OFF),
        ):
            written += _remind(booking.practice, booking.id, now)
    apart.tell()
    return written


@transaction.atomic
def _remind(practice: Practice, booking_id: uuid.UUID, now: datetime) -> int:
    """Remind of one meeting, unless another worker was faster or it is no longer to come."""
    lock_practice(practice_id=practice.id)
    booking = find_booking(practice_id=practice.id, booking_id=booking_id)
    if booking is None or booking.remind_at is None or booking.remind_at > now:
        return 0
    _plan(practice, booking_id, None)
    if booking.outcome != "open" or booking.starts_at <= now:
        return 0
    return tell(
        practice=practice, booking=booking, purpose="reminder", write=remind, sides=("client",),
        key=f"{booking.id}:{booking.starts_at:%Y%m%d%H%M}", now=now,
    )  # fmt: skip


def _plan(practice: Practice, booking_id: uuid.UUID, at: datetime | None) -> None:
    """Remind at another moment, or no more."""
    Booking.objects.of(practice.id).filter(id=booking_id).update(remind_at=at)
