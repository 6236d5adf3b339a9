"""A series of meetings: every date is looked at, and nothing is booked before all were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miedza.bookings.choosing import Choice
from miedza.bookings.entering import NoRules
from miedza.bookings.series import MOST, book_series, list_starts, look_ahead
from miedza.bookings.services import find_service
from miedza.bookings.taking import SlotTaken
from miedza.practice.formats import say_meeting_time, say_zone
from miedza.web import once
from miedza.web.access import for_practitioner
from miedza.web.forms import BookForm
from miedza.web.practitioner.finding import get_person, list_nearest
from miedza.web.times import read_moment

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.series import Date
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner


def say_conflict(conflict: str) -> str:
    """What is in the way of a date."""
    return {
        "taken": _("taken"),
        "off": _("you have time off"),
        "busy": _("busy in another calendar"),
        "not_offered": _("outside your hours"),
        "": "",
    }[conflict]


def read_choice(practice: Practice, answers: dict[str, Any]) -> Choice:
    """What a form of the practitioner books."""
    service = find_service(practice_id=practice.id, service_id=answers.get("service"))
    price = answers["price_minor"] or 0
    return Choice(service, answers["minutes"], price, answers["kind"])


def show_series(
    request: HttpRequest,
    practitioner: Practitioner,
    person: Person,
    form: BookForm,
    *,
    status: int = 200,
) -> HttpResponse:
    """All dates of a series with what is in the way of each; nothing is booked yet."""
    practice, answers = practitioner.practice, form.cleaned_data
    starts = list_starts(
        first=answers["starts_at"], weeks=answers["weeks"], count=answers["count"],
        zone=practice.time_zone,
    )  # fmt: skip
    dates = look_ahead(
        practitioner=practitioner, choice=read_choice(practice, answers), starts=starts, now=now()
    )
    context: dict[str, Any] = {
        "active": "people",
        "person": person,
        "form": form,
        "dates": [_describe(practice, date) for date in dates],
        "conflicts": sum(date.conflict == "taken" for date in dates),
        "is_stale": status == 409,
        "zone": say_zone(practice.time_zone),
    }
    if status == 409:
        context["nearest"] = list_nearest(practitioner, starts[0], answers["minutes"])
        context["nearest_at"] = reverse("book", args=[person.id])
    return render(request, "practitioner/series.html", context, status=status)


def _describe(practice: Practice, date: Date) -> dict[str, Any]:
    """One date with what is in its way."""
    return {
        "at": int(date.starts_at.timestamp()),
        "when": say_meeting_time(date.starts_at, practice.time_zone),
        "conflict": say_conflict(date.conflict),
        "can": date.can_be_booked,
        "is_chosen": date.conflict in ("", "not_offered"),
    }


@for_practitioner("POST")
@once.asks_first
def book_chosen(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID
) -> HttpResponse:
    """Book the dates that were chosen, or none."""
    person = get_person(practitioner, person_id)
    practice = practitioner.practice
    form = BookForm(request.POST, practice=practice)
    chosen = [read_moment(text) for text in request.POST.getlist("start")[:MOST]]
    starts = sorted({at for at in chosen if at is not None})
    is_valid = form.is_valid()
    if not is_valid or not starts:
        messages.warning(request, _("Choose at least one date. Nothing was booked."))
        if is_valid:
            return show_series(request, practitioner, person, form, status=422)
        return redirect("book", person.id)
    choice = read_choice(practice, form.cleaned_data)
    try:
        booked = book_series(
            practitioner=practitioner, person=person, choice=choice, starts=starts, now=now(),
            id=once.take_back(request),
        )  # fmt: skip
    except SlotTaken:
        return show_series(request, practitioner, person, form, status=409)
    except NoRules:
        messages.warning(
            request, _("First publish your rules: every meeting is booked under them.")
        )
        return redirect("rules")
    count = len(booked)
    done = ngettext("%(n)d meeting is booked.", "%(n)d meetings are booked.", count)
    messages.success(request, done % {"n": count})
    return redirect("person", person.id)
