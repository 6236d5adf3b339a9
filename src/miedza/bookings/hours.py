"""When a practitioner works: the week, single dates, public holidays, time off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from miedza.bookings.models import DayHours, OpenHours, TimeOff
from miedza.bookings.walls import say_wall
from miedza.core.faults import InvalidDocument
from miedza.core.hours import read_week, read_windows
from miedza.db.ids import make_id
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import date, datetime

    from miedza.practice.models import Practitioner


class EndsBeforeItBegins(ValueError):  # noqa: N818 - named for what is refused.
    """Time off must end after it begins."""


class Limits(NamedTuple):
    """What bounds the offer besides the hours."""

    step_minutes: int
    buffer_minutes: int
    notice_minutes: int
    horizon_days: int
    max_per_day: int | None
    max_per_week: int | None = None
    holidays: str = ""


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


@transaction.atomic
def set_day(*, practitioner: Practitioner, date: date, windows: list[list[str]] | None) -> None:
    """Say what hours one date has, in the place of those of its week; None: the week's again.

    Raises:
        miedza.core.faults.InvalidDocument: the windows have faults; nothing is kept.
    """
    faults: list[str] = []
    read_windows(windows or [], "windows", faults)
    if faults:
        raise InvalidDocument(faults)
    lock_practice(practice_id=practitioner.practice_id)
    days = DayHours.objects.of(practitioner.practice_id).filter(
        practitioner_id=practitioner.id, date=date
    )
    if windows is None:
        days.delete()
        return
    day = days.first() or DayHours(
        practice_id=practitioner.practice_id, practitioner_id=practitioner.id, date=date
    )
    day.windows = windows
    day.save()


def list_days(*, practitioner: Practitioner, first: date, last: date) -> list[DayHours]:
    """The dates that have hours of their own, both ends included, the first first."""
    days = DayHours.objects.of(practitioner.practice_id).filter(
        practitioner_id=practitioner.id, date__gte=first, date__lte=last
    )
    return list(days.order_by("date"))


@transaction.atomic
def take_off(
    *,
    practitioner: Practitioner,
    starts_at: datetime,
    ends_at: datetime,
    text: str = "",
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> TimeOff:
    """Take no bookings in a span; said again with the same `id`, the span is changed.

    What is booked already stays, and waits for the practitioner's word.

    Raises:
        EndsBeforeItBegins: it would take no time.
    """
    if ends_at <= starts_at:
        raise EndsBeforeItBegins
    lock_practice(practice_id=practitioner.practice_id)
    wanted = id or make_id()
    off = find_time_off(practitioner=practitioner, off_id=wanted) or TimeOff(
        id=wanted, practice_id=practitioner.practice_id, practitioner_id=practitioner.id
    )
    off.starts_at, off.ends_at = starts_at, ends_at
    zone = off.zone = practitioner.practice.time_zone
    off.wall_from, off.wall_until = say_wall(starts_at, zone), say_wall(ends_at, zone)
    if text or off.sealed_text is None:
        off.seal_text(practitioner.practice.key, text)
    off.save()
    return off


def find_time_off(*, practitioner: Practitioner, off_id: uuid.UUID) -> TimeOff | None:
    """One span of a practitioner's time off, or None."""
    spans = TimeOff.objects.of(practitioner.practice_id)
    return spans.filter(practitioner_id=practitioner.id, id=off_id).first()


@transaction.atomic
def end_time_off(*, practitioner: Practitioner, off_id: uuid.UUID) -> bool:
    """Take bookings again in a span; tell whether there was one."""
    lock_practice(practice_id=practitioner.practice_id)
    spans = TimeOff.objects.of(practitioner.practice_id)
    return spans.filter(practitioner_id=practitioner.id, id=off_id).delete()[0] > 0


def list_time_off(*, practitioner: Practitioner, since: datetime, until: datetime) -> list[TimeOff]:
    """The time off that meets a span, the first first."""
    spans = TimeOff.objects.of(practitioner.practice_id).filter(
        practitioner_id=practitioner.id, starts_at__lt=until, ends_at__gt=since
    )
    return list(spans.order_by("starts_at", "id"))
