"""The times on offer: what the hours, the service and the calendar leave free."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from miedza.bookings.closing import list_holidays
from miedza.bookings.hours import find_hours, list_days
from miedza.bookings.models import Taken
from miedza.bookings.spans import read_spans
from miedza.core import availability as core
from miedza.core.hours import DAYS, read_week, read_windows, resolve_windows
from miedza.core.slots import drop_full, find_slots
from miedza.db.epochs import Epoch

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection, Mapping, Sequence

    from miedza.bookings.models import OpenHours, Service
    from miedza.core.hours import Window
    from miedza.practice.models import Practitioner


class Bounds(NamedTuple):
    """What bounds the offer of one service: its own word, or else that of the hours."""

    step_minutes: int
    buffer_before: int
    buffer_after: int
    notice_minutes: int
    horizon_days: int


def find_bounds(hours: OpenHours, service: Service | None) -> Bounds:
    """What bounds the offer of a service; of a person's usual meeting where there is none."""
    said = Bounds(
        hours.step_minutes, 0, hours.buffer_minutes, hours.notice_minutes, hours.horizon_days
    )
    if service is None:
        return said
    own = (getattr(service, name) for name in Bounds._fields)
    return Bounds(*(said[i] if value is None else value for i, value in enumerate(own)))


def list_free(
    *,
    practitioner: Practitioner,
    minutes: int,
    now: datetime,
    service: Service | None = None,
    without: Collection[uuid.UUID] = (),
    dates: tuple[date, date] | None = None,
) -> list[datetime]:
    """The starts that a client may book now, in order of time.

    Args:
        practitioner: with their practice.
        minutes: how long the meeting is to be.
        now: the present instant.
        service: what is to be booked; none for a person's usual meeting.
        without: what is to be moved: its own time counts as free.
        dates: the first and the last local date asked for; all there are where they are not given.
    """
    starts = find_free(
        practitioner=practitioner, minutes=minutes, now=now, service=service, without=without,
        dates=dates,
    )  # fmt: skip
    return [datetime.fromtimestamp(start, UTC) for start in starts]


def find_free(
    *,
    practitioner: Practitioner,
    minutes: int,
    now: datetime,
    service: Service | None = None,
    without: Collection[uuid.UUID] = (),
    dates: tuple[date, date] | None = None,
) -> list[int]:
    """The same as `list_free`, in seconds since 1970."""
    hours = find_hours(practitioner=practitioner)
    if hours is None:
        return []
    bounds = find_bounds(hours, service)
    zone = ZoneInfo(practitioner.practice.time_zone)
    today = now.astimezone(zone).date()
    asked = dates or (date.min, date.max)
    first, last = max(today, asked[0]), min(today + timedelta(days=bounds.horizon_days), asked[1])
    if last < first:
        return []
    since = datetime.combine(first, datetime.min.time(), UTC) - _AROUND
    until = datetime.combine(last, datetime.min.time(), UTC) + _AROUND
    spans = read_spans(
        practitioner=practitioner, since=since, until=until, now=now,
        buffer_after=hours.buffer_minutes, without=without,
    )  # fmt: skip
    starts = find_slots(
        core.Availability(
            zone=zone, now=int(now.timestamp()), first=first, last=last, minutes=minutes,
            weekly=read_week(hours.weekly, "weekly", []),
            exceptions=_read_exceptions(practitioner, hours, first, last),
            max_per_day=hours.max_per_day, max_per_week=hours.max_per_week,
            bookings=spans.bookings, busy=spans.busy, **bounds._asdict(),
        )
    )  # fmt: skip
    if service is None or (service.max_per_day is None and service.max_per_week is None):
        return starts
    return drop_full(
        starts, held=_list_held(practitioner, service, (since, until), now, without),
        zone=zone, per_day=service.max_per_day, per_week=service.max_per_week,
    )  # fmt: skip


_AROUND = timedelta(days=8)
"""A week's limit counts the whole week, a meeting may last into a date, a buffer reach it."""


def _list_held(
    practitioner: Practitioner,
    service: Service,
    span: tuple[datetime, datetime],
    now: datetime,
    without: Collection[uuid.UUID],
) -> list[int]:
    """The starts of the meetings of one service, in seconds since 1970."""
    rows = Taken.objects.of(practitioner.practice_id).filter(
        calendar_key=practitioner.calendar_key, service_id=service.id, occupies=True, first_seat=0,
        starts_at__gte=span[0], starts_at__lt=span[1],
    )  # fmt: skip
    standing = rows.exclude(kept_until__lte=now).exclude(id__in=list(without))
    return list(standing.values_list(Epoch("starts_at"), flat=True))


def list_open(*, practitioner: Practitioner, first: date, last: date) -> list[tuple[int, int]]:
    """The windows in which a practitioner takes bookings on some dates, in seconds since 1970."""
    hours = find_hours(practitioner=practitioner)
    if hours is None:
        return []
    zone = ZoneInfo(practitioner.practice.time_zone)
    weekly = read_week(hours.weekly, "weekly", [])
    exceptions = _read_exceptions(practitioner, hours, first, last)
    return [
        window
        for ordinal in range(first.toordinal(), last.toordinal() + 1)
        for day in (date.fromordinal(ordinal),)
        for window in resolve_windows(
            exceptions.get(day, weekly.get(DAYS[day.weekday()], ())), day, zone
        )
    ]


def _read_exceptions(
    practitioner: Practitioner, hours: OpenHours, first: date, last: date
) -> Mapping[date, Sequence[Window]]:
    """The dates whose windows are others than those of their week: own hours, holidays."""
    exceptions: dict[date, Sequence[Window]] = {}
    if hours.holidays:
        for year in range(first.year, last.year + 1):
            exceptions.update((day, ()) for day in list_holidays(hours.holidays, year))
    faults: list[str] = []
    for day in list_days(practitioner=practitioner, first=first, last=last):
        exceptions[day.date] = read_windows(day.windows, "windows", faults)
    return exceptions
