"""What is asked about bookings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef

from miedza.bookings.models import Booking, LateNotice, Taken
from miedza.calendars.queries import list_busy
from miedza.core.zones import resolve_wall

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet

    from miedza.practice.models import Practitioner


def find_booking(*, practice_id: uuid.UUID, booking_id: uuid.UUID) -> Booking | None:
    """One booking with its person, or None."""
    bookings = Booking.objects.of(practice_id).filter(id=booking_id)
    return bookings.select_related(
        "practice", "person", "service", "practitioner", "practitioner__user",
        "practitioner__practice",
    ).first()  # fmt: skip


def find_last_leader(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> uuid.UUID | None:
    """Whose is the last meeting of a person; None where they never met anybody."""
    bookings = Booking.objects.of(practice_id).filter(person_id=person_id).order_by("-starts_at")
    return bookings.values_list("practitioner_id", flat=True).first()


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """The first instant of a local date, and that of the next, in UTC."""
    place = ZoneInfo(zone)
    return (
        datetime.fromtimestamp(resolve_wall(day, 0, place), UTC),
        datetime.fromtimestamp(resolve_wall(day + timedelta(days=1), 0, place), UTC),
    )


def list_day(*, practice_id: uuid.UUID, calendar_key: int, day: date, zone: str) -> list[Booking]:
    """The bookings of a practitioner that begin on a local date, with their persons."""
    begins, ends = day_bounds(day, zone)
    bookings = Booking.objects.of(practice_id).filter(
        calendar_key=calendar_key, starts_at__gte=begins, starts_at__lt=ends
    )
    return list(bookings.select_related("person").order_by("starts_at", "id"))


def find_next(*, practice_id: uuid.UUID, calendar_key: int, now: datetime) -> Booking | None:
    """The next booking that is still to come."""
    return list_ahead(practice_id=practice_id, now=now).filter(calendar_key=calendar_key).first()


def list_ahead(*, practice_id: uuid.UUID, now: datetime) -> QuerySet[Booking]:
    """The open bookings that have not ended, the next first."""
    ahead = Booking.objects.of(practice_id).filter(outcome="open", ends_at__gt=now)
    return ahead.select_related("person").order_by("starts_at", "id")


def list_clashing(*, practitioner: Practitioner, now: datetime) -> list[Booking]:
    """The open bookings ahead at whose time another calendar has something, the next first."""
    busy = list_busy(
        practitioner=practitioner, since=OuterRef("starts_at"), until=OuterRef("ends_at")
    )
    ahead = list_ahead(practice_id=practitioner.practice_id, now=now)
    return list(ahead.filter(Exists(busy), calendar_key=practitioner.calendar_key))


def list_unclear(*, practice_id: uuid.UUID, calendar_key: int) -> list[Booking]:
    """The bookings of which nobody said what happened, the oldest first."""
    unclear = Booking.objects.of(practice_id).filter(outcome="unclear", calendar_key=calendar_key)
    return list(unclear.select_related("person").order_by("starts_at", "id"))


def list_of_person(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> list[Booking]:
    """All bookings of a person with their services, the first first."""
    bookings = Booking.objects.of(practice_id).filter(person_id=person_id)
    return list(bookings.select_related("service").order_by("starts_at", "id"))


def list_late(*, practice_id: uuid.UUID, booking_id: uuid.UUID) -> list[LateNotice]:
    """The last word of each side on being late for a booking."""
    notices = _list_notices(practice_id).filter(booking_id=booking_id)
    last = {notice.by: notice for notice in notices.order_by("made_at", "id")}
    return list(last.values())


def _list_notices(practice_id: uuid.UUID) -> QuerySet[LateNotice]:
    """What was said of being late for meetings that begin when they did then."""
    return LateNotice.objects.of(practice_id).filter(starts_at=F("booking__starts_at"))


def read_starts(*, practice_id: uuid.UUID) -> dict[uuid.UUID, datetime]:
    """When each meeting of a practice begins, moves counted."""
    return dict(Booking.objects.of(practice_id).values_list("id", "starts_at"))


def select_begun(
    *, practice_id: uuid.UUID, since: datetime | None, until: datetime
) -> QuerySet[Any, Any]:
    """A question for the ids of the meetings that began in a span of time, moves counted.

    Args:
        practice_id: of which practice.
        since: the first instant; None for all time.
        until: the first instant after it.
    """
    begun = Booking.objects.of(practice_id).filter(starts_at__lt=until)
    return (begun if since is None else begun.filter(starts_at__gte=since)).values("id")


def list_late_since(*, practice_id: uuid.UUID, since: datetime) -> dict[tuple[uuid.UUID, str], int]:
    """Who has said since an instant that they would be late for which booking, in minutes."""
    notices = _list_notices(practice_id).filter(made_at__gte=since)
    return {
        (notice.booking_id, notice.by): notice.minutes
        for notice in notices.order_by("made_at", "id")
    }


def list_shown(
    *, practice_id: uuid.UUID, since: datetime, **whose: uuid.UUID | None
) -> list[Booking]:
    """The meetings that a calendar shows, with all it says of them.

    A practitioner's calendar shows a group as one thing, see `list_group_entries`: seats of it are
    left out there.
    """
    bookings = Booking.objects.of(practice_id).filter(ends_at__gt=since, occupies=True, **whose)
    if "practitioner_id" in whose:
        seats = Taken.objects.of(practice_id).filter(frame_id__isnull=False)
        bookings = bookings.exclude(id__in=seats.values("id"))
    return list(
        bookings.select_related(
            "practice", "person", "service", "practitioner", "practitioner__user"
        ).order_by("starts_at", "id")
    )
