"""Meetings as other calendars show them: in feeds, in invitations by mail, on calendar servers."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from miedza.bookings.models import Booking, Taken
from miedza.bookings.taking import list_all_frames, list_frames
from miedza.core.calendars import Entry
from miedza.ledger.facts import to_instant
from miedza.ledger.models import Event, Meeting, Shift
from miedza.ledger.queries import find_last_change
from miedza.messaging.letters import link_to
from miedza.practice.places import say_where
from miedza.practice.queries import name_practitioners

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from miedza.practice.models import Practice, Practitioner


def say_uid(booking_id: uuid.UUID) -> str:
    """The identity of a meeting in other calendars."""
    return f"{booking_id}@{urlsplit(settings.PUBLIC_URL).hostname}"


def is_own_uid(*, practice_id: uuid.UUID, uid: str) -> bool:
    """Whether an event in another calendar is a meeting or a group that has come back."""
    local, _at, host = uid.strip().partition("@")
    if host != urlsplit(settings.PUBLIC_URL).hostname:
        return False
    try:
        wanted = uuid.UUID(local)
    except ValueError:
        return False
    meetings = Meeting.objects.of(practice_id).filter(id=wanted)
    groups = list_all_frames(practice_id).filter(id=wanted)
    return meetings.exists() or groups.exists()


def count_changes(
    *, practice_id: uuid.UUID, ids: Iterable[uuid.UUID]
) -> dict[uuid.UUID, tuple[int, datetime]]:
    """How often each of some meetings may have changed, and when last; none where it never did.

    Anything that happens may change it: what is paid late, say, stands again.
    """
    ids = list(ids)
    events = Event.objects.of(practice_id).filter(meeting_id__in=ids)
    shifts = Shift.objects.of(practice_id).filter(meeting_id__in=ids)
    counted: dict[uuid.UUID, tuple[int, datetime]] = {}
    for meeting_id, recorded_at in sorted(
        [
            *events.values_list("meeting_id", "recorded_at"),
            *shifts.values_list("meeting_id", "made_at"),
        ],
        key=lambda change: change[1],
    ):
        before = counted.get(meeting_id, (0, recorded_at))
        counted[meeting_id] = (before[0] + 1, recorded_at)
    return counted


def say_name(name: str, shown: str) -> str:
    """A person as a calendar shows them: in full, by their initials, or not at all."""
    if shown == "names":
        return name
    if shown == "initials":
        return " ".join(f"{word[0]}." for word in name.split() if word[0].isalnum())
    return _("Busy")


def make_entry(
    booking: Booking,
    *,
    side: str,
    shown: str,
    changes: tuple[int, datetime] | None,
    with_whom: str = "",
) -> Entry:
    """A meeting as one side's calendar shows it, in the language that is active.

    Args:
        booking: with its person, service, practitioner and practice.
        side: whose calendar it is.
        shown: what a practitioner's calendar tells of its people, one of `SHOWN`.
        changes: how often it may have changed, and when last.
        with_whom: the practitioner, where several work in the practice.
    """
    practice = booking.practice
    what = booking.service.name if booking.service else ""
    other = with_whom or practice.name
    name = other if side == "client" else say_name(booking.person.name, shown)
    is_plain = side == "practitioner" and shown == "busy"
    address = ("my_meeting", booking.person_id, booking.id)
    link = link_to(*address) if side == "client" else link_to("meeting", booking.id)
    count, last = changes or (0, booking.practice.created_at)
    return Entry(
        uid=say_uid(booking.id),
        # It only grows, so that other calendars know which of two versions is the newer one: a
        # meeting may also be released, which is no event, and stand again after the next one.
        sequence=2 * count + (not booking.occupies),
        starts_at=to_instant(booking.starts_at),
        ends_at=to_instant(booking.ends_at),
        changed_at=to_instant(last),
        summary=name if is_plain or not what else f"{what}: {name}",
        description=""
        if is_plain
        else _("The meeting, and what can be done with it: %(link)s") % {"link": link},
        location="" if is_plain else _say_where(booking),
        link="" if is_plain else link,
        is_cancelled=not booking.occupies,
    )


def _say_where(booking: Booking) -> str:
    """Where exactly a meeting takes place."""
    service = booking.service
    return say_where(service.place, service.open_text(booking.practice.key)) if service else ""


def list_entries(
    bookings: Iterable[Booking], *, practice_id: uuid.UUID, side: str, shown: str = "names"
) -> list[Entry]:
    """Some meetings as one side's calendar shows them."""
    bookings = list(bookings)
    counted = count_changes(practice_id=practice_id, ids=[booking.id for booking in bookings])
    names = name_practitioners(practice_id=practice_id) if side == "client" else {}
    return [
        make_entry(
            booking,
            side=side,
            shown=shown,
            changes=counted.get(booking.id),
            with_whom=names.get(booking.practitioner_id, ""),
        )
        for booking in bookings
    ]


def list_group_entries(
    *, practice: Practice, practitioner: Practitioner, since: datetime, shown: str
) -> dict[uuid.UUID, Entry]:
    """The dates of a practitioner's groups as their calendar shows them: one entry each, by id.

    Args:
        practice: in which.
        practitioner: whose.
        since: those that end later are told.
        shown: what is told of the people in them, one of `SHOWN`.
    """
    frames = list_frames(practice.id).filter(practitioner_id=practitioner.id, ends_at__gt=since)
    found = list(frames.select_related("service").order_by("starts_at", "id"))
    if not found:
        return {}
    seats = Taken.objects.of(practice.id).filter(
        frame_id__in=[frame.id for frame in found], occupies=True
    )
    frame_of = dict(seats.values_list("id", "frame_id"))
    seated: dict[uuid.UUID | None, list[str]] = {}
    for booking in Booking.objects.of(practice.id).filter(id__in=frame_of).select_related("person"):
        seated.setdefault(frame_of[booking.id], []).append(say_name(booking.person.name, shown))
    changed_at = find_last_change(practice_id=practice.id) or practice.created_at
    return {
        frame.id: _make_group_entry(
            frame, practice, shown, sorted(seated.get(frame.id, [])), changed_at
        )
        for frame in found
    }


def _make_group_entry(
    frame: Taken, practice: Practice, shown: str, names: list[str], changed_at: datetime
) -> Entry:
    """One date of a group. Nobody moves it, so its time is the same in every version."""
    service, is_plain = frame.service, shown == "busy"
    said = {"name": service.name if service else "", "seated": len(names), "seats": frame.seats}
    link = link_to("group", frame.id)
    where = say_where(service.place, service.open_text(practice.key)) if service else ""
    return Entry(
        uid=say_uid(frame.id),
        sequence=0,
        starts_at=to_instant(frame.starts_at),
        ends_at=to_instant(frame.ends_at),
        changed_at=to_instant(changed_at),
        summary=_("Busy") if is_plain else _("%(name)s, %(seated)d of %(seats)d seats") % said,
        description="" if is_plain else "\n".join([", ".join(names), link]).strip(),
        location="" if is_plain else where,
        link="" if is_plain else link,
    )
