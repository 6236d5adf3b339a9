"""Writing into the calendars that practitioners keep elsewhere what they have here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import override

from miedza.bookings.entries import list_entries, list_group_entries
from miedza.bookings.models import Taken
from miedza.bookings.queries import find_booking, list_shown
from miedza.bookings.taking import get_taken
from miedza.calendars.actions import hide_entries, show_entry
from miedza.calendars.queries import list_writing
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from miedza.bookings.models import Booking
    from miedza.calendars.models import Source
    from miedza.practice.models import Practice, Practitioner


def show_everywhere(*, practice: Practice, booking: Booking, now: datetime) -> None:
    """Have a meeting written, as it now stands, into the calendars that its practitioner keeps."""
    sources = list_writing(practice_id=practice.id, practitioner_id=booking.practitioner_id)
    if not sources:
        return
    found = find_booking(practice_id=practice.id, booking_id=booking.id)
    if found is None or get_taken(practice.id, booking.id).frame_id is not None:
        hide_entries(practice=practice, now=now, meeting_id=booking.id)
    else:
        _write(practice, sources, [found], now)
    if booking.service is not None and booking.service.is_group:
        show_groups(practitioner=booking.practitioner, now=now)


def show_groups(*, practitioner: Practitioner, now: datetime) -> None:
    """Have the dates of a practitioner's groups written into their calendars, as they now stand.

    What stands there so is not written again; what was called off is taken away.
    """
    practice = practitioner.practice
    ahead = Taken.objects.of(practice.id).filter(
        practitioner_id=practitioner.id, frame_id=None, last_seat=0, ends_at__gt=now
    )
    called_off = ahead.filter(occupies=False).values("id")
    for source in list_writing(practice_id=practice.id, practitioner_id=practitioner.id):
        with override(practitioner.user.language):
            groups = list_group_entries(
                practice=practice, practitioner=practitioner, since=now, shown=source.shown
            )
        for frame_id, entry in groups.items():
            show_entry(practice=practice, source=source, entry=entry, now=now, group_id=frame_id)
    hide_entries(practice=practice, now=now, group_id__in=called_off)


@transaction.atomic
def show_ahead(*, source: Source, now: datetime) -> None:
    """Have all that is ahead written into a calendar that was just added."""
    lock_practice(practice_id=source.practice_id)
    ahead = list_shown(
        practice_id=source.practice_id, since=now, practitioner_id=source.practitioner_id
    )
    _write(source.practice, [source], ahead, now)
    show_groups(practitioner=source.practitioner, now=now)


def _write(
    practice: Practice, sources: Iterable[Source], bookings: list[Booking], now: datetime
) -> None:
    """Queue some meetings of one practitioner for some of their calendars."""
    if not bookings:
        return
    for source in sources:
        with override(bookings[0].practitioner.user.language):
            entries = list_entries(
                bookings, practice_id=practice.id, side="practitioner", shown=source.shown
            )
        for booking, entry in zip(bookings, entries, strict=True):
            show_entry(
                practice=practice, source=source, entry=entry, now=now, meeting_id=booking.id
            )
