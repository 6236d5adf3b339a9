"""Times on offer: booking one, moving a meeting to one, each with its cost before the button."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.agreements.queries import read_standing
from miedza.bookings import by_clients
from miedza.bookings.choosing import choose_usual
from miedza.bookings.limits import TooManyAhead
from miedza.bookings.offering import list_free
from miedza.bookings.reserving import (
    ChangedMeanwhile,
    NotAccepted,
    NotOffered,
    PaymentDue,
    book_offered,
    list_offered,
)
from miedza.bookings.taking import SlotTaken
from miedza.ledger.facts import to_instant
from miedza.ledger.queries import find_meeting, find_terms_ahead
from miedza.messaging.letters_of_meetings import Meeting, say_rules
from miedza.practice.formats import say_date, say_meeting_time, say_time, say_zone, to_local
from miedza.practice.queries import find_leader
from miedza.web import once
from miedza.web.access import for_client
from miedza.web.client.meetings import REFUSALS, get_own
from miedza.web.outlook import Outlook
from miedza.web.strip import Reader

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.agreements.models import RulesVersion
    from miedza.practice.models import Practitioner
    from miedza.web.access import Visit

A_PAGE = 14
"""So many days with free times stand on one page."""


def read_moment(text: str) -> datetime | None:
    """A moment as an address carries it: whole seconds since 1970; None where it is none."""
    if not text.isascii() or not text.isdecimal() or len(text) > 11:
        return None
    return datetime.fromtimestamp(int(text), UTC)


def _list_days(
    reader: Reader, free: list[datetime], page: int
) -> tuple[list[dict[str, Any]], bool]:
    """The days of one page with their times, and whether there are more."""
    local = [(moment, to_local(moment, reader.practice.time_zone)) for moment in free]
    days = [
        {
            "date": say_date(day),
            "times": [{"at": to_instant(at), "text": say_time(here)} for at, here in group],
        }
        for day, group in groupby(local, key=lambda each: each[1].date())
    ]
    return days[page * A_PAGE : (page + 1) * A_PAGE], len(days) > (page + 1) * A_PAGE


def _show_times(
    request: HttpRequest, visit: Visit, free: list[datetime], more: dict[str, Any]
) -> HttpResponse:
    """The free times, some days a page."""
    reader = Reader(visit.practice, now(), "client")
    asked = request.GET.get("page", "0")
    page = int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 4 else 0
    days, has_more = _list_days(reader, free, page)
    context = {
        "active": "book",
        "visit": visit,
        "days": days,
        "page_before": page - 1 if page else None,
        "page_after": page + 1 if has_more else None,
        "zone": say_zone(visit.practice.time_zone),
        **more,
    }
    return render(request, "client/times.html", context)


@for_client("GET", "POST")
def book(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Choose a free time, see what it costs, book it."""
    practice, person, moment = visit.practice, visit.person, now()
    standing = read_standing(practice_id=practice.id, person_id=person.id, now=moment)
    leader = find_leader(practice_id=practice.id)
    if standing.in_force is None or not standing.may_book or leader is None:
        messages.info(request, _("First read and accept the agreement; then you can book."))
        return redirect("my_agreement", person.id)
    if request.method == "POST":
        return _book(request, visit, leader)
    free = list_offered(
        practitioner=leader, choice=choose_usual(person), rules=standing.in_force, now=moment
    )
    wanted = read_moment(request.GET.get("at", ""))
    if wanted is None:
        return _show_times(request, visit, free, {"here": request.path})
    if wanted not in free:
        messages.warning(request, _GONE)
        return redirect("my_book", person.id)
    context = {"active": "book", **_describe_wish(visit, wanted, standing.in_force)}
    return render(request, "client/book.html", context)


_GONE = gettext_lazy("This time is not on offer any more. Choose another one.")
_REFUSALS: dict[type[ValueError], Any] = {
    **REFUSALS,
    TooManyAhead: gettext_lazy(
        "Many meetings are booked already; more of them are best agreed together."
    ),
    PaymentDue: _GONE,
    NotOffered: _GONE,
    SlotTaken: _GONE,
}
"""Why a time is not taken, in words."""


def _book(request: HttpRequest, visit: Visit, leader: Practitioner) -> HttpResponse:
    """Book the time that was chosen; where it is gone, the others are shown."""
    wanted = read_moment(request.POST.get("at", ""))
    try:
        if wanted is None:
            raise NotOffered
        booking = book_offered(
            practice=visit.practice,
            practitioner=leader,
            person=visit.person,
            starts_at=wanted,
            seen=_read_seen(request),
            now=now(),
            id=once.take_back(request),
        )
    except NotAccepted:  # A newer version was published this very moment.
        messages.info(request, _("First read and accept the agreement; then you can book."))
        return redirect("my_agreement", visit.person.id)
    except tuple(_REFUSALS) as refusal:
        messages.warning(request, _REFUSALS[type(refusal)])
        back = reverse("my_book", args=[visit.person.id])
        has_changed = isinstance(refusal, ChangedMeanwhile)
        return redirect(f"{back}?at={request.POST['at']}" if has_changed else back)
    messages.success(request, _("Booked. It is in your e-mail too."))
    return redirect("my_meeting", visit.person.id, booking.id)


def _read_seen(request: HttpRequest) -> tuple[int, int]:
    """The minutes and the price that stood on the page; none that anything has where they lack."""
    said = [request.POST.get(name, "") for name in ("minutes", "price")]
    minutes, price = (
        int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else -1 for text in said
    )
    return minutes, price


def _describe_wish(visit: Visit, wanted: datetime, rules: RulesVersion) -> dict[str, Any]:
    """A meeting that is not booked yet, with its price and its rules."""
    practice, person = visit.practice, visit.person
    reader = Reader(practice, now(), "client")
    terms = find_terms_ahead(person=person, rules=rules, start_at=wanted, now=reader.now)
    meeting = Meeting(
        practice=practice, person=person, addressee=visit.acting.name, reader="client",
        id=person.id, starts_at=wanted, minutes=person.usual_minutes,
        price_minor=person.usual_price_minor, terms=terms, language=reader.language,
        zone=practice.time_zone, now=reader.now,
    )  # fmt: skip
    return {
        "visit": visit,
        "at": to_instant(wanted),
        "when": say_meeting_time(wanted, practice.time_zone),
        "zone": say_zone(practice.time_zone),
        "minutes": person.usual_minutes,
        "price": reader.money(person.usual_price_minor),
        "rules": say_rules(meeting),
    }


@for_client("GET", "POST")
def move(request: HttpRequest, visit: Visit, booking_id: uuid.UUID) -> HttpResponse:
    """Choose another free time for a meeting, see what moving costs, move it."""
    booking = get_own(visit, booking_id)
    if request.method == "POST":
        return _move(request, visit, booking_id)
    if booking.outcome != "open" or booking.starts_at <= now():
        messages.warning(request, REFUSALS[by_clients.NotAhead])
        return redirect("my_meeting", visit.person.id, booking.id)
    free = list_free(
        practitioner=booking.practitioner, minutes=booking.minutes, now=now(), without=[booking.id]
    )
    free = [moment for moment in free if moment != booking.starts_at]
    reader = Reader(visit.practice, now(), "client")
    more = {
        "booking": booking,
        "from_when": say_meeting_time(booking.starts_at, visit.practice.time_zone),
        "here": request.path,
    }
    wanted = read_moment(request.GET.get("at", ""))
    if wanted is None:
        return _show_times(request, visit, free, more)
    if wanted not in free:
        messages.warning(request, _GONE)
        return redirect("my_move", visit.person.id, booking.id)
    meeting = find_meeting(practice_id=visit.practice.id, meeting_id=booking.id)
    if meeting is None:
        raise Http404
    outlook = Outlook(reader, meeting).ask("moved", "client", to_at=wanted)
    context = {
        **more,
        "active": "place",
        "visit": visit,
        "at": to_instant(wanted),
        "seen": to_instant(booking.starts_at),
        "when": say_meeting_time(wanted, visit.practice.time_zone),
        "zone": say_zone(visit.practice.time_zone),
        "outlook": outlook.said,
        "cost": outlook.cost,
    }
    return render(request, "client/move.html", context)


def _move(request: HttpRequest, visit: Visit, booking_id: uuid.UUID) -> HttpResponse:
    """Move to the time that was chosen; where something has changed, say what."""
    wanted, seen = (read_moment(request.POST.get(name, "")) for name in ("at", "seen"))
    booking = get_own(visit, booking_id)
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
    except tuple(_REFUSALS) as refusal:
        messages.warning(request, _REFUSALS[type(refusal)])
        if type(refusal) not in REFUSALS:
            return redirect("my_move", visit.person.id, booking.id)
    else:
        messages.success(request, _("Moved. It is in your e-mail too."))
    return redirect("my_meeting", visit.person.id, booking.id)
