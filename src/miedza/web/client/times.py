"""Moving a meeting to another time on offer, with its cost before the button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.bookings import by_clients
from miedza.bookings.reserving import NotOffered
from miedza.bookings.taking import SlotTaken
from miedza.ledger.queries import find_meeting
from miedza.practice.formats import say_meeting_time
from miedza.web import once
from miedza.web.access import for_client
from miedza.web.client.booking import EVERY_REFUSAL, GONE, say_refusal
from miedza.web.client.meetings import REFUSALS, get_own
from miedza.web.outlook import Outlook
from miedza.web.strip import Reader
from miedza.web.times import Clocks, list_nearest, read_moment, show_week
from miedza.web.zones import read_zone

if TYPE_CHECKING:
    import uuid
    from datetime import date, datetime

    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.models import Booking
    from miedza.web.access import Visit


@for_client("GET", "POST")
@once.asks_first
def move(request: HttpRequest, visit: Visit, booking_id: uuid.UUID) -> HttpResponse:
    """Choose another free time for a meeting, see what moving costs, move it."""
    booking = get_own(visit, booking_id)
    if request.method == "POST":
        return _move(request, visit, booking)
    if booking.outcome != "open" or booking.starts_at <= now():
        messages.warning(request, REFUSALS[by_clients.NotAhead])
        return redirect("my_meeting", visit.person.id, booking.id)
    free = by_clients.list_targets(booking=booking, now=now())
    wanted = read_moment(request.GET.get("at", ""))
    if wanted is None:
        return _show_times(request, visit, booking, free)
    if wanted not in free:
        messages.warning(request, GONE)
        return redirect("my_move", visit.person.id, booking.id)
    return _show_cost(request, visit, booking, wanted)


def _describe(request: HttpRequest, visit: Visit, booking: Booking) -> dict[str, Any]:
    """The meeting as it stands, on its reader's clocks."""
    zone = read_zone(request, visit.practice, visit.person)
    return {
        "active": "place",
        "visit": visit,
        "practice": visit.practice,
        "booking": booking,
        "from_when": say_meeting_time(booking.starts_at, zone),
        "here": request.path,
        "target": request.path,
        "more_query": "",
        **Clocks(zone, visit.practice.time_zone).name(),
    }


def _show_times(
    request: HttpRequest, visit: Visit, booking: Booking, free: list[datetime]
) -> HttpResponse:
    """The free times, a week at a time."""
    clocks = Clocks(read_zone(request, visit.practice, visit.person), visit.practice.time_zone)

    def ask(dates: tuple[date, date] | None) -> list[datetime]:
        del dates
        return free

    week = show_week(ask=ask, clocks=clocks, asked=request.GET.get("from", ""), now=now())
    context = {
        **_describe(request, visit, booking),
        "zone_name": clocks.reader,
        **week,
    }
    return render(request, "client/times.html", context)


def _show_cost(
    request: HttpRequest, visit: Visit, booking: Booking, wanted: datetime
) -> HttpResponse:
    """What moving to a time costs now."""
    meeting = find_meeting(practice_id=visit.practice.id, meeting_id=booking.id)
    if meeting is None:
        raise Http404
    reader = Reader(visit.practice, now(), "client")
    outlook = Outlook(reader, meeting).ask("moved", "client", to_at=wanted)
    zone = read_zone(request, visit.practice, visit.person)
    clocks = Clocks(zone, visit.practice.time_zone)
    context = {
        **_describe(request, visit, booking),
        "at": int(wanted.timestamp()),
        "seen": int(booking.starts_at.timestamp()),
        "when": say_meeting_time(wanted, zone),
        "there": clocks.describe(wanted)["there"],
        "outlook": outlook.said,
        "cost": outlook.cost,
    }
    return render(request, "client/move.html", context)


def _move(request: HttpRequest, visit: Visit, booking: Booking) -> HttpResponse:
    """Move to the time that was chosen; where something has changed, say what."""
    wanted, seen = (read_moment(request.POST.get(name, "")) for name in ("at", "seen"))
    try:
        if wanted is None or seen is None:
            raise NotOffered
        by_clients.move_offered(
            practice=visit.practice,
            booking_id=booking.id,
            seen_at=seen,
            to_at=wanted,
            now=now(),
            seen_cost=request.POST.get("cost", ""),
            id=once.take_back(request),
        )
    except (NotOffered, SlotTaken):
        return _show_gone(request, visit, booking, wanted)
    except EVERY_REFUSAL as refusal:
        messages.warning(request, say_refusal(visit, refusal))
    else:
        messages.success(request, _("Moved. It is in your e-mail too."))
    return redirect("my_meeting", visit.person.id, booking.id)


def _show_gone(
    request: HttpRequest, visit: Visit, booking: Booking, wanted: datetime | None
) -> HttpResponse:
    """The time is gone: say so, with the nearest that are free."""
    clocks = Clocks(read_zone(request, visit.practice, visit.person), visit.practice.time_zone)
    free = by_clients.list_targets(booking=booking, now=now())
    context = {
        **_describe(request, visit, booking),
        "gone": GONE,
        "days": list_nearest(free, wanted or booking.starts_at, clocks),
        "back": reverse("my_move", args=[visit.person.id, booking.id]),
    }
    return render(request, "client/gone.html", context, status=409)
