"""Everything that is in a practitioner's calendar in a span, whatever it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q

from miedza.bookings import hours
from miedza.bookings.groups import count_seats
from miedza.bookings.keeping import find_start
from miedza.bookings.models import Booking, Kept, Taken
from miedza.bookings.offering import list_open
from miedza.bookings.taking import list_frames
from miedza.calendars.queries import list_busy
from miedza.ledger.facts import to_datetime

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator
    from datetime import datetime

    from miedza.practice.models import Practitioner


class Item(NamedTuple):
    """One thing in a calendar."""

    kind: str
    """`meeting`, `group`, `hold`, `wish`, `proposal`, `offer`, `off`, `busy` or `open`."""
    id: uuid.UUID | None
    """Of what its page shows."""
    starts_at: datetime
    ends_at: datetime
    name: str = ""
    """Whose, or what it is called."""
    seated: int = 0
    seats: int = 0
    is_doubtful: bool = False
    """Whether another calendar's event could not be read in full."""


def list_items(
    *, practitioner: Practitioner, since: datetime, until: datetime, now: datetime
) -> list[Item]:
    """What is in a calendar in a span, in order of time."""
    found = [
        *_list_meetings(practitioner, since, until),
        *_list_groups(practitioner, since, until, now),
        *_list_kept(practitioner, since, until, now),
        *_list_off(practitioner, since, until),
        *_list_busy(practitioner, since, until),
        *_list_open(practitioner, since, until),
    ]
    return sorted(found, key=lambda item: (item.starts_at, item.ends_at, item.kind))


def _list_meetings(practitioner: Practitioner, since: datetime, until: datetime) -> Iterator[Item]:
    """One-to-one meetings; those of a group are told by the group."""
    taken = Taken.objects.of(practitioner.practice_id).filter(
        calendar_key=practitioner.calendar_key, occupies=True, frame_id__isnull=True,
        starts_at__lt=until, ends_at__gt=since,
    )  # fmt: skip
    bookings = Booking.objects.of(practitioner.practice_id).filter(id__in=taken.values("id"))
    for booking in bookings.select_related("person"):
        yield Item("meeting", booking.id, booking.starts_at, booking.ends_at, booking.person.name)


def _list_groups(
    practitioner: Practitioner, since: datetime, until: datetime, now: datetime
) -> Iterator[Item]:
    frames = list_frames(practitioner.practice_id).filter(
        calendar_key=practitioner.calendar_key, starts_at__lt=until, ends_at__gt=since
    )
    rows = frames.select_related("service")
    for group in count_seats(practice_id=practitioner.practice_id, frames=rows, now=now):
        frame = group.frame
        name = frame.service.name if frame.service else ""
        yield Item(
            "group", frame.id, frame.starts_at, frame.ends_at, name, group.seated, frame.seats
        )


def _list_kept(
    practitioner: Practitioner, since: datetime, until: datetime, now: datetime
) -> Iterator[Item]:
    """Times kept for somebody; seats of a group are told by the group."""
    standing = Q(kept_until__gt=now, occupies=True, frame_id__isnull=True)
    taken = {
        row.id: row
        for row in Taken.objects.of(practitioner.practice_id).filter(
            standing, calendar_key=practitioner.calendar_key, starts_at__lt=until,
            ends_at__gt=since,
        )
    }  # fmt: skip
    kept = Kept.objects.of(practitioner.practice_id).filter(id__in=list(taken), answer="")
    for each in kept.select_related("person"):
        row = taken[each.id]
        name = each.person.name if each.person else ""
        told = each.booking_id if each.purpose == "proposal" else each.id
        begins = find_start(each, row)
        ends = row.ends_at if each.to_at is None else begins + timedelta(minutes=each.minutes)
        yield Item(each.purpose, told, begins, ends, name)


def _list_off(practitioner: Practitioner, since: datetime, until: datetime) -> Iterator[Item]:
    key = practitioner.practice.key
    for off in hours.list_time_off(practitioner=practitioner, since=since, until=until):
        yield Item("off", off.id, off.starts_at, off.ends_at, off.open_text(key))


def _list_busy(practitioner: Practitioner, since: datetime, until: datetime) -> Iterator[Item]:
    key = practitioner.practice.key
    for busy in list_busy(practitioner=practitioner, since=since, until=until):
        yield Item(
            "busy", busy.id, busy.starts_at, busy.ends_at, busy.open_text(key),
            is_doubtful=busy.is_doubtful,
        )  # fmt: skip


def _list_open(practitioner: Practitioner, since: datetime, until: datetime) -> Iterator[Item]:
    """The hours on offer, as far as the week and its exceptions say."""
    zone = ZoneInfo(practitioner.practice.time_zone)
    dates = [moment.astimezone(zone).date() for moment in (since, until)]
    for opens, closes in list_open(practitioner=practitioner, first=dates[0], last=dates[1]):
        yield Item("open", None, to_datetime(opens), to_datetime(closes))
