"""The times that clients may book by themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from miedza.bookings.models import Booking, OpenHours
from miedza.core.availability import Availability, Taken
from miedza.core.faults import InvalidDocument
from miedza.core.hours import read_week
from miedza.core.slots import find_slots
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid

    from miedza.practice.models import Practitioner


class Limits(NamedTuple):
    """What bounds the offer besides the hours."""

    step_minutes: int
    buffer_minutes: int
    notice_minutes: int
    horizon_days: int
    max_per_day: int | None


@transaction.atomic
def set_hours(*, practitioner: Practitioner, weekly: dict[str, Any], limits: Limits) -> OpenHours:
    """Say when clients may book a practitioner by themselves; no day named: never.

    Raises:
        miedza.core.faults.InvalidDocument: the windows have faults; nothing is kept.
    """
    faults: list[str] = []
    read_week(weekly, "weekly", faults)
    if faults:
        raise InvalidDocument(faults)
    lock_practice(practice_id=practitioner.practice_id)
    hours = find_hours(practitioner=practitioner)
    hours = hours or OpenHours(
        practice_id=practitioner.practice_id, practitioner_id=practitioner.id
    )
    hours.weekly = weekly
    for name, value in limits._asdict().items():
        setattr(hours, name, value)
    hours.save()
    return hours


def find_hours(*, practitioner: Practitioner) -> OpenHours | None:
    """When clients may book a practitioner, or None where that was never said."""
    hours = OpenHours.objects.of(practitioner.practice_id)
    return hours.filter(practitioner_id=practitioner.id).first()


def list_free(
    *,
    practitioner: Practitioner,
    minutes: int,
    now: datetime,
    without: uuid.UUID | None = None,
) -> list[datetime]:
    """The starts that a client may book now, in order of time.

    Args:
        practitioner: with their practice.
        minutes: how long the meeting is to be.
        now: the present instant.
        without: a booking that is to be moved: its own time counts as free.
    """
    hours = find_hours(practitioner=practitioner)
    if hours is None:
        return []
    zone = ZoneInfo(practitioner.practice.time_zone)
    today = now.astimezone(zone).date()
    taken = _list_taken(practitioner, now, hours.horizon_days, without)
    faults: list[str] = []
    availability = Availability(
        zone=zone,
        now=int(now.timestamp()),
        first=today,
        last=today + timedelta(days=hours.horizon_days),
        weekly=read_week(hours.weekly, "weekly", faults),
        exceptions={},
        minutes=minutes,
        step_minutes=hours.step_minutes,
        buffer_after=hours.buffer_minutes,
        notice_minutes=hours.notice_minutes,
        horizon_days=hours.horizon_days,
        max_per_day=hours.max_per_day,
        bookings=[Taken(start, end, 0, hours.buffer_minutes) for start, end in taken],
    )
    return [datetime.fromtimestamp(start, UTC) for start in find_slots(availability)]


def _list_taken(
    practitioner: Practitioner, now: datetime, days: int, without: uuid.UUID | None
) -> list[tuple[int, int]]:
    """What occupies the practitioner's calendar, a day around the dates that are asked for."""
    around = timedelta(days=1)
    bookings = Booking.objects.of(practitioner.practice_id).filter(
        calendar_key=practitioner.calendar_key,
        occupies=True,
        starts_at__gte=now - around,
        starts_at__lt=now + timedelta(days=days) + 2 * around,
    )
    rows = bookings.values_list("id", "starts_at", "ends_at")
    return [
        (int(start.timestamp()), int(end.timestamp()))
        for booking_id, start, end in rows
        if booking_id != without
    ]
