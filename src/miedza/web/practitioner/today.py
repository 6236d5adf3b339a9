"""Today: the next meeting, the meetings of the day, what waits for a word."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miedza.bookings import actions
from miedza.bookings.groups import find_group, list_seated
from miedza.bookings.keeping import list_kept
from miedza.bookings.queries import (
    find_next,
    list_clashing,
    list_day,
    list_late_since,
    list_unclear,
)
from miedza.bookings.taking import get_taken
from miedza.calendars.queries import count_failing
from miedza.ledger.records import list_waiting
from miedza.messaging.queries import count_given_up
from miedza.people.queries import count_people
from miedza.practice.formats import say_date, say_time, say_zone, to_local
from miedza.web.access import for_practitioner
from miedza.web.strip import Reader
from miedza.words import registry as words

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.models import Booking
    from miedza.practice.models import Practitioner


@for_practitioner()
def today(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """What this day holds."""
    practice, moment = practitioner.practice, now()
    reader = Reader(practice, moment)
    key = practitioner.calendar_key
    day = list_day(
        practice_id=practice.id, calendar_key=key, day=reader.today, zone=practice.time_zone
    )
    upcoming = find_next(practice_id=practice.id, calendar_key=key, now=moment)
    waiting = list_unclear(practice_id=practice.id, calendar_key=key)
    can_close = [b for b in day if b.outcome in ("open", "unclear") and b.ends_at <= moment]
    late = list_late_since(practice_id=practice.id, since=moment - timedelta(days=3))
    return render(
        request,
        "practitioner/today.html",
        {
            "active": "today",
            "date": say_date(reader.today),
            "meetings": [_describe(reader, booking, late) for booking in day],
            "next": None if upcoming is None else _describe_next(reader, upcoming, late),
            "waiting": [_describe(reader, booking) for booking in waiting],
            "can_close": can_close,
            "has_people": count_people(practice_id=practice.id) > 0,
            "decisions": list_waiting(practice_id=practice.id).count(),
            "wishes": len(list_kept(practice_id=practice.id, purpose="wish", now=moment)),
            "clashing": [
                _describe(reader, booking)
                for booking in list_clashing(practitioner=practitioner, now=moment)
            ],
            "failing": count_failing(practitioner=practitioner),
            "unsent": count_given_up(since=moment - timedelta(days=7)),
            "zone": say_zone(practice.time_zone),
        },
    )


def _describe(
    reader: Reader, booking: Booking, late: dict[tuple[UUID, str], int] | None = None
) -> dict[str, Any]:
    """A meeting as a line of a list; `late` says who will be late for which, in minutes."""
    starts = to_local(booking.starts_at, reader.practice.time_zone)
    return {
        "id": booking.id,
        "person": booking.person,
        "from": say_time(starts),
        "until": say_time(to_local(booking.ends_at, reader.practice.time_zone)),
        "when": reader.when(booking.starts_at),
        "is_today": starts.date() == reader.today,
        "is_now": booking.starts_at <= reader.now < booking.ends_at,
        "outcome": booking.outcome,
        "late": (late or {}).get((booking.id, "client")) if booking.outcome == "open" else None,
        "outcome_name": words.say_outcome(booking.outcome, reader.language),
        "can_close": booking.outcome in ("open", "unclear") and booking.ends_at <= reader.now,
    }


def _describe_next(
    reader: Reader, booking: Booking, late: dict[tuple[UUID, str], int]
) -> dict[str, Any]:
    """The next meeting; of a group, the date, to which several may come."""
    practice_id, frame = reader.practice.id, None
    if booking.service_id is not None:
        frame_id = get_taken(practice_id, booking.id).frame_id
        frame = find_group(practice_id=practice_id, frame_id=frame_id) if frame_id else None
    if frame is None:
        return _describe(reader, booking, late)
    seated = len(list_seated(practice_id=practice_id, frame_id=frame.id))
    return {**_describe(reader, booking), "group": frame, "seated": seated}


@for_practitioner("POST")
def close_the_day(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Confirm the ticked meetings of today as held; what was not ticked is left to be told."""
    ids = []
    for text in request.POST.getlist("booking"):
        try:
            ids.append(UUID(text))
        except ValueError:
            continue  # Not an id of anything: nothing to confirm.
    held = actions.close_day(practice=practitioner.practice, booking_ids=ids, now=now())
    if held:
        said = ngettext(
            "%(count)d meeting confirmed as held.",
            "%(count)d meetings confirmed as held.",
            len(held),
        )
        request.session["undo"] = {
            "text": said % {"count": len(held)},
            "events": [[str(event.meeting_id), str(event.id)] for event in held],
            "to": "today",
        }
    else:
        messages.info(request, _("Nothing was waiting to be confirmed."))
    return redirect("today")
