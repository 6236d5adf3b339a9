"""Invitations: what goes with a letter so that a client's own calendar follows a meeting.

The organizer is the address that sends, since mail programs compare the two; the client has said
yes already, so no answer is asked for.
"""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings

from miedza.bookings.entries import list_entries
from miedza.core.calendars import Guest

if TYPE_CHECKING:
    from miedza.bookings.addressing import Addressee, Invite
    from miedza.bookings.models import Booking
    from miedza.messaging.envelopes import Envelope


def invite_to(bookings: list[Booking], *, is_struck: bool = False) -> Invite:
    """What adds some meetings to the envelope of one reader.

    Args:
        bookings: as they now stand.
        is_struck: whether they were entered by mistake, and are taken out of every calendar.
    """

    def invite(reader: Addressee, envelope: Envelope) -> Envelope:
        organizer = Guest(bookings[0].practice.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
        entries = list_entries(bookings, practice_id=bookings[0].practice_id, side="client")
        told = [
            entry._replace(
                organizer=organizer,
                guests=[Guest(reader.name, reader.to)],
                is_cancelled=entry.is_cancelled or is_struck,
                sequence=entry.sequence + is_struck,
            )
            for entry in entries
        ]
        return envelope._replace(entries=[entry._asdict() for entry in told])

    return invite
