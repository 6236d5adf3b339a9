"""A client books a series: every date is seen before anything is booked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miedza.bookings.limits import Blocked, Doubted
from miedza.bookings.reserving import NotAccepted, NotOffered, PaymentDue
from miedza.bookings.series import MOST, book_series, list_starts, look_ahead
from miedza.bookings.taking import SlotTaken
from miedza.messaging.letters_of_meetings import say_rules_of_each
from miedza.practice.formats import say_meeting_time
from miedza.web import once
from miedza.web.access import for_client
from miedza.web.client.booking import EVERY_REFUSAL, refuse
from miedza.web.client.choosing import (
    ask_free,
    describe_wish,
    read_seen,
    read_wish,
    say_address,
)
from miedza.web.times import Clocks, list_nearest, read_moment
from miedza.web.zones import read_zone

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from miedza.web.access import Visit
    from miedza.web.client.choosing import Wish


def _read_number(text: str, most: int) -> int:
    """A small number in an address; 1 where it is none."""
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


@for_client("GET", "POST")
@once.asks_first
def book_many(request: HttpRequest, visit: Visit) -> HttpResponse:
    """See every date of a series, and book those that were chosen, or none."""
    wish = read_wish(request, visit)
    said = request.POST if request.method == "POST" else request.GET
    first = read_moment(said.get("at", ""))
    if isinstance(wish, HttpResponse):
        return wish
    if first is None or (wish.choice.service and wish.choice.service.is_group):
        return redirect("my_book", visit.person.id)
    count = max(2, _read_number(said.get("count", ""), MOST))
    weeks = max(1, _read_number(said.get("weeks", ""), 8))
    zone = visit.practice.time_zone
    starts = list_starts(first=first, weeks=weeks, count=count, zone=zone)
    if request.method == "POST":
        chosen = {read_moment(text) for text in request.POST.getlist("start")[:MOST]}
        if not chosen.isdisjoint(starts):
            return _book_chosen(request, visit, wish, [at for at in starts if at in chosen])
        messages.warning(request, _("Choose at least one date. Nothing was booked."))
        return _show_series(request, visit, wish, starts, status=422)
    return _show_series(request, visit, wish, starts, status=200)


def _show_series(
    request: HttpRequest, visit: Visit, wish: Wish, starts: list[datetime], *, status: int
) -> HttpResponse:
    """All dates with what is in the way of each."""
    said = request.POST if request.method == "POST" else request.GET
    zone = read_zone(request, visit.practice, visit.person)
    dates = look_ahead(practitioner=wish.practitioner, choice=wish.choice, starts=starts, now=now())
    context = {
        **describe_wish(request, visit, wish, starts[0], say=say_rules_of_each),
        "active": "book",
        "wish": wish,
        "back": say_address(visit, wish),
        "count": said.get("count", ""),
        "weeks": said.get("weeks", ""),
        "is_stale": status == 409,
        "dates": [
            {
                "at": int(each.starts_at.timestamp()),
                "when": say_meeting_time(each.starts_at, zone),
                "conflict": _("not on offer") if each.conflict else "",
                "can": not each.conflict,
            }
            for each in dates
        ],
    }
    if status == 409:
        context |= _list_others(wish, starts, Clocks(zone, visit.practice.time_zone))
        context["target"] = request.path
        context["more_query"] = f"{wish.query}count={context['count']}&weeks={context['weeks']}&"
    return render(request, "client/series.html", context, status=status)


def _list_others(wish: Wish, starts: list[datetime], clocks: Clocks) -> dict[str, Any]:
    """Free times near the first date, from which the series may begin instead."""
    return {"days": list_nearest(ask_free(wish)(None), starts[0], clocks), **clocks.name()}


def _book_chosen(
    request: HttpRequest, visit: Visit, wish: Wish, starts: list[datetime]
) -> HttpResponse:
    """Book the dates that were chosen, or none."""
    try:
        if visit.acting.blocked_at is not None:
            raise Blocked
        booked = book_series(
            practitioner=wish.practitioner, person=visit.person, choice=wish.choice, starts=starts,
            now=now(), by="client", seen=read_seen(request), id=once.take_back(request),
        )  # fmt: skip
    except NotAccepted:
        messages.info(request, _("First read and accept the agreement; then you can book."))
        return redirect("my_agreement", visit.person.id)
    except Doubted:
        messages.info(request, _("A free meeting is booked one at a time. Choose one."))
        return redirect(say_address(visit, wish))
    except (SlotTaken, NotOffered, PaymentDue):
        return _show_series(request, visit, wish, starts, status=409)
    except EVERY_REFUSAL as refusal:
        return refuse(request, visit, wish, refusal)
    count = len(booked)
    done = ngettext("%(n)d meeting is booked.", "%(n)d meetings are booked.", count)
    messages.success(request, done % {"n": count})
    return redirect("my_place", visit.person.id)
