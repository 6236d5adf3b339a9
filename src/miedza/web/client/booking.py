"""A client books one time by themselves, with its cost before the button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.bookings.limits import Blocked, Doubted, NoMoreFree, TooManyAhead
from miedza.bookings.reserving import (
    ChangedMeanwhile,
    NotAccepted,
    NotOffered,
    PaymentDue,
    book_offered,
)
from miedza.bookings.series import MOST
from miedza.bookings.taking import AlreadyThere, SlotTaken
from miedza.bookings.wishing import ask_for
from miedza.people.actions import know_zone
from miedza.web import once
from miedza.web.access import for_client
from miedza.web.client.choosing import (
    ask_free,
    describe_choice,
    describe_wish,
    list_shown,
    read_seen,
    read_wish,
    say_address,
    show_services,
    show_times,
)
from miedza.web.client.meetings import REFUSALS
from miedza.web.public.visiting import ASKED, KINDLY, NO_MORE_FREE
from miedza.web.times import Clocks, list_nearest, read_moment
from miedza.web.zones import read_zone, said_zone

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from miedza.web.access import Visit
    from miedza.web.client.choosing import Wish

GONE = gettext_lazy("This time is not on offer any more. Choose another one.")
REFUSED: dict[type[ValueError], Any] = {
    **REFUSALS,
    TooManyAhead: gettext_lazy(
        "Many meetings are booked already; more of them are best agreed together."
    ),
    PaymentDue: GONE,
    NotOffered: GONE,
    SlotTaken: GONE,
    Blocked: KINDLY,
}
"""Why a time is not taken, in words."""
EVERY_REFUSAL: tuple[type[ValueError], ...] = (*REFUSED, NoMoreFree)


@for_client("GET", "POST")
@once.asks_first
def book(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Choose what and when, see what it costs, book it."""
    wish = read_wish(request, visit)
    if isinstance(wish, HttpResponse):
        return wish
    if request.method == "POST":
        return _book(request, visit, wish)
    wanted = read_moment(request.GET.get("at", ""))
    if not request.GET.get("service") and wanted is None and list_shown(visit):
        return show_services(request, visit)
    if wanted is None:
        return show_times(request, visit, wish)
    if wanted not in ask_free(wish)(None):
        messages.warning(request, GONE)
        return redirect(say_address(visit, wish))
    return _show_wish(request, visit, wish, wanted)


def _show_wish(request: HttpRequest, visit: Visit, wish: Wish, wanted: datetime) -> HttpResponse:
    """One time with its price and its rules, before the button."""
    context = {
        "active": "book",
        "back": say_address(visit, wish),
        "wish": wish,
        "chosen": describe_choice(visit, wish.choice),
        "most": MOST,
        **describe_wish(request, visit, wish, wanted),
    }
    return render(request, "client/book.html", context)


def _book(request: HttpRequest, visit: Visit, wish: Wish) -> HttpResponse:
    """Book or ask for the time that was chosen; where it is gone, the others are shown."""
    wanted = read_moment(request.POST.get("at", ""))
    know_zone(practice=visit.practice, person=visit.acting, zone=said_zone(request))
    service = wish.choice.service
    told: dict[str, Any] = {
        "practitioner": wish.practitioner, "person": visit.person, "choice": wish.choice,
        "seen": read_seen(request), "now": now(), "id": once.take_back(request),
    }  # fmt: skip
    try:
        if wanted is None:
            raise NotOffered
        if visit.acting.blocked_at is not None:
            raise Blocked
        told["starts_at"] = wanted
        if service is not None and service.way == "on_request":
            return _ask_for(request, visit, told)
        try:
            booking = book_offered(**told, practice=visit.practice)
        except Doubted:
            return _ask_for(request, visit, told)
    except NotAccepted:  # A newer version was published this very moment.
        messages.info(request, _("First read and accept the agreement; then you can book."))
        return redirect("my_agreement", visit.person.id)
    except AlreadyThere:
        messages.info(request, _("You have a seat in this group at this time already."))
        return redirect("my_place", visit.person.id)
    except (NotOffered, SlotTaken, PaymentDue):
        return _show_gone(request, visit, wish, wanted)
    except EVERY_REFUSAL as refusal:
        return refuse(request, visit, wish, refusal)
    messages.success(request, _("Booked. It is in your e-mail too."))
    return redirect("my_meeting", visit.person.id, booking.id)


def _ask_for(request: HttpRequest, visit: Visit, told: dict[str, Any]) -> HttpResponse:
    """Ask for the time instead of booking it."""
    ask_for(**told, text=request.POST.get("text", "")[:1000])
    messages.success(request, ASKED)
    return redirect("my_place", visit.person.id)


def _show_gone(
    request: HttpRequest, visit: Visit, wish: Wish, wanted: datetime | None
) -> HttpResponse:
    """The time is gone: say so, with the nearest that are free."""
    clocks = Clocks(read_zone(request, visit.practice, visit.person), visit.practice.time_zone)
    free = ask_free(wish)(None)
    context = {
        "active": "book",
        "visit": visit,
        "practice": visit.practice,
        "gone": GONE,
        "days": list_nearest(free, wanted or now(), clocks),
        "target": request.path,
        "more_query": wish.query,
        "back": say_address(visit, wish),
        **clocks.name(),
    }
    return render(request, "client/gone.html", context, status=409)


def say_refusal(visit: Visit, refusal: ValueError) -> str:
    """Why a time is not taken, in words."""
    if isinstance(refusal, NoMoreFree):
        return str(NO_MORE_FREE[refusal.code])
    return str(REFUSED[type(refusal)]).replace("%(name)s", visit.practice.name)


def refuse(request: HttpRequest, visit: Visit, wish: Wish, refusal: ValueError) -> HttpResponse:
    """Say why nothing was booked."""
    once.let_go(request)
    messages.warning(request, say_refusal(visit, refusal))
    address = say_address(visit, wish)
    if isinstance(refusal, ChangedMeanwhile):
        return redirect(f"{address}&at={request.POST.get('at', '')}")
    return redirect(address)
