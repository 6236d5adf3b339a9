"""Groups: dates to which several people come, each with a seat of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q

from miedza.bookings.hours import find_hours
from miedza.bookings.models import Booking, Service, Taken
from miedza.bookings.offering import find_bounds
from miedza.bookings.taking import list_frames

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from django.db.models import QuerySet

    from miedza.practice.models import Practitioner


class Group(NamedTuple):
    """One date of a group."""

    frame: Taken
    """With its service."""
    seated: int
    """How many seats are taken or kept."""

    @property
    def free(self) -> int:
        """How many more may come."""
        return max(0, self.frame.seats - self.seated)


def find_group(*, practice_id: uuid.UUID, frame_id: uuid.UUID) -> Taken | None:
    """A date of a group that takes place, with its service and practitioner, or None."""
    frames = list_frames(practice_id).filter(id=frame_id)
    return frames.select_related("service", "practitioner", "practitioner__user").first()


def list_seated(*, practice_id: uuid.UUID, frame_id: uuid.UUID) -> list[Booking]:
    """The meetings of those who have a seat in a group, with their persons; open or over."""
    seats = Taken.objects.of(practice_id).filter(frame_id=frame_id, occupies=True)
    bookings = Booking.objects.of(practice_id).filter(id__in=seats.values("id"))
    return list(bookings.select_related("person").order_by("person__name", "id"))


def list_open_groups(
    *,
    practice_id: uuid.UUID,
    service: Service,
    now: datetime,
    practitioner_id: uuid.UUID | None = None,
) -> list[Group]:
    """The dates of a group that can still be booked, full ones too, the first first."""
    frames = list_frames(practice_id).filter(service_id=service.id, starts_at__gt=now)
    if practitioner_id is not None:
        frames = frames.filter(practitioner_id=practitioner_id)
    frames = frames.select_related("practitioner", "practitioner__practice")
    groups = count_seats(
        practice_id=practice_id, frames=frames.order_by("starts_at", "id"), now=now
    )
    return [group for group in groups if _can_book(group.frame, service, now)]


def list_free_dates(*, practitioner: Practitioner, service: Service, now: datetime) -> list[Taken]:
    """The dates of a group with a practitioner in which a seat can still be booked."""
    groups = list_open_groups(
        practice_id=practitioner.practice_id, service=service, now=now,
        practitioner_id=practitioner.id,
    )  # fmt: skip
    return [group.frame for group in groups if group.free]


def _can_book(frame: Taken, service: Service, now: datetime) -> bool:
    """Whether a date lies beyond the notice and within the horizon."""
    hours = find_hours(practitioner=frame.practitioner)
    if hours is None:
        notice, horizon = service.notice_minutes or 0, service.horizon_days
    else:
        bounds = find_bounds(hours, service)
        notice, horizon = bounds.notice_minutes, service.horizon_days
    ahead = (frame.starts_at - now).total_seconds() / 60
    return ahead >= notice and (horizon is None or ahead <= horizon * 24 * 60)


def count_seats(*, practice_id: uuid.UUID, frames: QuerySet[Taken], now: datetime) -> list[Group]:
    """Groups with how many seats of each are taken, in two questions."""
    found = list(frames)
    standing = Q(kept_until__isnull=True) | Q(kept_until__gt=now)
    seats = Taken.objects.of(practice_id).filter(
        standing, occupies=True, frame_id__in=[frame.id for frame in found]
    )
    counted = dict(seats.values_list("frame_id").annotate(Count("id")))
    return [Group(frame, counted.get(frame.id, 0)) for frame in found]
