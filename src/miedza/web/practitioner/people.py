"""People, and one person with the strip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.agreements.queries import read_standing
from miedza.bookings import access
from miedza.bookings.queries import list_of_person
from miedza.ledger.queries import list_meetings
from miedza.ledger.records import read_record
from miedza.people import actions, queries
from miedza.practice.formats import plain_money, say_date
from miedza.web import once
from miedza.web.access import for_practitioner
from miedza.web.forms import PersonForm
from miedza.web.practitioner.finding import find_ordinary_minutes, get_person
from miedza.web.sealed import read_sealed
from miedza.web.strip import Reader, make_strip
from miedza.web.sums import sum_up
from miedza.web.times import read_day

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.people.models import Person
    from miedza.practice.models import Practitioner

A_PAGE = 50


@for_practitioner()
def list_people(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Everyone, by name."""
    search = request.GET.get("q", "").replace("\0", "")[:120]
    found = queries.list_people(practice_id=practitioner.practice_id, search=search)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    key = practitioner.practice.key
    people = [
        {"id": person.id, "name": person.name, "what_for": read_sealed(person, key)}
        for person in page
    ]
    return render(
        request,
        "practitioner/people.html",
        {
            "active": "people",
            "page": page,
            "people": people,
            "search": search,
            **_read_booking(request),
        },
    )


def _read_booking(request: HttpRequest) -> dict[str, Any]:
    """The time for which somebody is chosen, as it goes on to the page that books; else nothing."""
    said = {name: request.GET.get(name, "")[:10] for name in ("day", "clock")}
    day = read_day(said["day"])
    if day is None:
        return {}
    when = ", ".join(filter(None, (say_date(day), said["clock"])))
    return {"booking": urlencode(said), "booking_when": when, "booking_said": said}


@for_practitioner("GET", "POST")
def add_person(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Add someone."""
    practice = practitioner.practice
    initial = {"language": practice.language, "usual_minutes": find_ordinary_minutes(practice)}
    form = PersonForm(request.POST or None, practice=practice, initial=initial)
    if request.method == "POST" and form.is_valid():
        person = actions.add_person(
            practice=practice, now=now(), id=once.take_back(request), **form.cleaned_data
        )
        asked = _read_booking(request)
        if asked:  # Somebody new, for a time that was chosen before.
            return redirect(f"{reverse('book', args=[person.id])}?{asked['booking']}")
        return redirect("person", person.id)
    return _show_form(request, form, title=_("Add a person"), back=None)


@for_practitioner("GET", "POST")
def change_person(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID
) -> HttpResponse:
    """Change what is known of someone."""
    person = get_person(practitioner, person_id)
    practice = practitioner.practice
    initial = {name: getattr(person, name) for name in ("name", "email", "phone", "language")}
    initial["what_for"] = read_sealed(person, practice.key)
    if person.usual_minutes:
        initial["usual_minutes"] = person.usual_minutes
        initial["usual_price_minor"] = plain_money(person.usual_price_minor, practice.currency)
    form = PersonForm(request.POST or None, practice=practice, initial=initial)
    if request.method == "POST" and form.is_valid():
        access.change_person(practice=practice, person=person, now=now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("person", person.id)
    return _show_form(request, form, title=person.name, back=person)


def _show_form(
    request: HttpRequest, form: PersonForm, *, title: str, back: Person | None
) -> HttpResponse:
    """The form, with what was typed."""
    context = {"active": "people", "form": form, "title": title, "person": back}
    status = 422 if form.errors else 200
    return render(request, "practitioner/person_form.html", context, status=status)


@for_practitioner()
def show_person(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID
) -> HttpResponse:
    """Both sides on one page: the strip."""
    person = get_person(practitioner, person_id)
    practice = practitioner.practice
    reader = Reader(practice, now())
    meetings = list_meetings(practice_id=practice.id, person_id=person.id)
    record = read_record(practice_id=practice.id, meetings=meetings)
    bookings = list_of_person(practice_id=practice.id, person_id=person.id)
    ahead = [b for b in bookings if b.outcome == "open" and b.ends_at > reader.now]
    starts = {booking.id: booking.starts_at for booking in bookings}
    context: dict[str, Any] = {
        "active": "people",
        "person": person,
        "what_for": read_sealed(person, practice.key),
        "strip": make_strip(reader, record, person.name.split()[0], starts),
        "sums": sum_up(reader, record),
        "next": [{"id": b.id, "when": reader.when(b.starts_at)} for b in ahead[:3]],
        "has_history": bool(meetings),
        "standing": read_standing(practice_id=practice.id, person_id=person.id, now=reader.now),
        "charges": queries.list_charges(practice_id=practice.id, other_ids=[person.id]),
    }
    return render(request, "practitioner/person.html", context)
