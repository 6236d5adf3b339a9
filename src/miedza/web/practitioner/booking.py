"""The practitioner books a meeting: one, or a series of which every date was seen."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.bookings import actions
from miedza.bookings.entering import NoRules
from miedza.bookings.services import find_service, list_services
from miedza.bookings.taking import SlotTaken
from miedza.practice.formats import plain_money, say_zone, to_local
from miedza.web import once
from miedza.web.access import for_practitioner
from miedza.web.forms import BookForm
from miedza.web.practitioner.finding import (
    find_ordinary_minutes,
    get_person,
    list_nearest,
    warn_of_beside,
)
from miedza.web.practitioner.series import show_series

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.models import Booking, Service
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner

_SET_FREE = gettext_lazy(
    "Under your payment rule this meeting should already have been paid for, and it has not been, "
    "so its place is free again. "
    "Take the booking back and book it as paid, or change the rule."
)


@for_practitioner("GET", "POST")
@once.asks_first
def book(request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID) -> HttpResponse:
    """Book a meeting, ahead or, to write down what has happened, in the past."""
    person = get_person(practitioner, person_id)
    practice, moment = practitioner.practice, now()
    service = _find_asked(practice, request.GET.get("service", ""))
    initial = _begin_booking(request, practice, person, service, moment)
    form = BookForm(request.POST or None, practice=practice, initial=initial)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["count"] > 1:
            return show_series(request, practitioner, person, form)
        booking = _book(practitioner, person, form, once.take_back(request))
        if booking is not None:
            request.session["undo"] = {"text": _("Booked."), "strike": str(booking.id)}
            if booking.outcome == "released":
                messages.warning(request, _SET_FREE)
            else:
                warn_of_beside(
                    request, practitioner, practitioner, [booking.starts_at], booking.minutes
                )
            return redirect("meeting", booking.id)
    context = {
        "active": "people",
        "person": person,
        "form": form,
        "at": urlencode({name: form[name].value() or "" for name in ("day", "clock")}),
        "zone": say_zone(practice.time_zone),
        "services": list_services(practice_id=practice.id, is_open=True, seats=1),
        "service": service,
    }
    status = 422 if form.errors else 200
    if form.has_error("clock", "taken"):
        said = form.cleaned_data
        context["nearest"] = list_nearest(practitioner, said["starts_at"], said["minutes"])
        status = 409
    return render(request, "practitioner/book.html", context, status=status)


def _find_asked(practice: Practice, text: str) -> Service | None:
    """The service that an address asks for."""
    try:
        return find_service(practice_id=practice.id, service_id=uuid.UUID(text))
    except ValueError:
        return None


def _begin_booking(
    request: HttpRequest,
    practice: Practice,
    person: Person,
    service: Service | None,
    moment: datetime,
) -> dict[str, Any]:
    """What stands in the form at first: the usual meeting, or one of a service."""
    usual = (person.usual_minutes, person.usual_price_minor)
    minutes, price = usual if service is None else (service.minutes, service.price_minor)
    return {
        "day": request.GET.get("day") or to_local(moment, practice.time_zone).date(),
        "clock": request.GET.get("clock", ""),
        "minutes": minutes or find_ordinary_minutes(practice),
        "price_minor": plain_money(price, practice.currency) if minutes else "",
        "kind": "paid" if service is None else service.kind,
        "service": service.id if service else None,
        "count": 1,
        "weeks": 1,
    }


def _book(
    practitioner: Practitioner, person: Person, form: BookForm, sent_as: uuid.UUID | None
) -> Booking | None:
    """Book what the form says; None, with a word in the form, where it cannot be."""
    answers = form.cleaned_data
    try:
        return actions.book(
            practice=practitioner.practice,
            practitioner=practitioner,
            person=person,
            starts_at=answers["starts_at"],
            minutes=answers["minutes"],
            price_minor=answers["price_minor"] or 0,
            kind=answers["kind"],
            service=find_service(
                practice_id=practitioner.practice_id, service_id=answers["service"]
            ),
            paid=answers["paid"],
            id=sent_as,
            now=now(),
        )
    except SlotTaken:
        said = _("You are with somebody else at this time. Choose another one.")
        form.add_error("clock", ValidationError(said, code="taken"))
    except NoRules:
        form.add_error(None, _("First publish your rules: every meeting is booked under them."))
    return None
