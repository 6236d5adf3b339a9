"""Writing into the calendars that practitioners keep elsewhere what they have here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import override

from miedza.bookings.entries import list_entries, list_group_entries
from miedza.bookings.models import Taken
from miedza.bookings.queries import find_booking, list_shown
from miedza.bookings.taking import get_taken, list_all_frames
from miedza.calendars.queries import list_writing
from miedza.calendars.showing import hide_entries, show_entries
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from miedza.bookings.models import Booking
    from miedza.calendars.models import Source
    from miedza.practice.models import Practice, Practitioner


def show_everywhere(*, practice: Practice, booking: Booking, now: datetime) -> None:
    """Have a meeting written, as it now stands, into the calendars that its practitioner keeps.

    Who has a seat in a date of a group is told by the event of that date.
    """
    sources = list_writing(practice_id=practice.id, practitioner_id=booking.practitioner_id)
    if not sources:
        return
    found = find_booking(practice_id=practice.id, booking_id=booking.id)
    if found is None:
        hide_entries(practice=practice, now=now, meeting_id=booking.id)
    elif get_taken(practice.id, booking.id).frame_id is None:
        _write(practice, sources, [found], now)
    dates = _list_dates(booking.practitioner).filter(service_id=booking.service_id)
    if booking.service_id is not None and dates.exists():
        _write_dates(booking.practitioner, sources, min(now, booking.starts_at), now)


def show_groups(*, practitioner: Practitioner, now: datetime) -> None:
    """Have the dates ahead of a practitioner's groups written into the calendars that they keep."""
    sources = list_writing(practice_id=practitioner.practice_id, practitioner_id=practitioner.id)
    if sources:
        _write_dates(practitioner, sources, now, now)


@transaction.atomic
def show_ahead(*, source: Source, now: datetime) -> None:
    """Have all that is ahead written into a calendar that was just added."""
    lock_practice(practice_id=source.practice_id)
    ahead = list_shown(
        practice_id=source.practice_id, since=now, practitioner_id=source.practitioner_id
    )
    _write(source.practice, [source], ahead, now)
    _write_dates(source.practitioner, [source], now, now)


def _list_dates(practitioner: Practitioner) -> QuerySet[Taken]:
    """All dates of a practitioner's groups, those called off among them."""
    return list_all_frames(practitioner.practice_id).filter(practitioner_id=practitioner.id)


def _write_dates(
    practitioner: Practitioner, sources: Iterable[Source], since: datetime, now: datetime
) -> None:
    """Queue the dates of a practitioner's groups that end after an instant, as they now stand.

    What stands there so is not written again; what was called off is taken away.
    """
    practice = practitioner.practice
    for source in sources:
        with override(practitioner.user.language):
            groups = list_group_entries(
                practice=practice, practitioner=practitioner, since=since, shown=source.shown
            )
        show_entries(practice=practice, source=source, of="group", entries=groups, now=now)
    dates = _list_dates(practitioner).filter(ends_at__gt=since)
    seats = Taken.objects.of(practice.id).filter(frame_id__in=dates.values("id"))
    hide_entries(practice=practice, now=now, meeting_id__in=seats.values("id"))
    called_off = dates.filter(occupies=False)
    hide_entries(practice=practice, now=now, group_id__in=called_off.values("id"))


def _write(
    practice: Practice, sources: Iterable[Source], bookings: list[Booking], now: datetime
) -> None:
    """Queue some meetings of one practitioner for some of their calendars."""
    for source in sources:
        with override(source.practitioner.user.language):
            entries = list_entries(
                bookings, practice_id=practice.id, side="practitioner", shown=source.shown
            )
        meetings = {booking.id: entry for booking, entry in zip(bookings, entries, strict=True)}
        show_entries(practice=practice, source=source, of="meeting", entries=meetings, now=now)
