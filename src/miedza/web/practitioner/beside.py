"""Who stands beside a person: answers for them, pays for them, sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.bookings import access
from miedza.people import actions
from miedza.people.queries import find_person, list_beside
from miedza.web.access import for_practitioner
from miedza.web.forms import NameField, plain_letters
from miedza.web.practitioner.finding import get_person

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.practice.models import Practitioner

KINDS = [
    ("guardian", gettext_lazy("answers for them: a parent, a guardian")),
    ("payer", gettext_lazy("pays for them")),
    ("sponsor", gettext_lazy("sends them: an employer, a sponsor")),
]
NAMES = dict(KINDS)


class BesideForm(forms.Form):
    """Somebody new beside a person."""

    name = NameField(label=gettext_lazy("Name"))
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, required=False, validators=[plain_letters]
    )
    kind = forms.ChoiceField(label=gettext_lazy("What they do for this person"), choices=KINDS)


@for_practitioner("GET", "POST")
def show_beside(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID
) -> HttpResponse:
    """Who stands beside a person, what each of them sees, and adding one."""
    person = get_person(practitioner, person_id)
    practice = practitioner.practice
    form = BesideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_beside(practice=practice, person=person, now=now(), **form.cleaned_data)
        except actions.OneselfBeside:
            form.add_error("name", _("This is the person themselves."))
        else:
            messages.success(request, _("Saved."))
            return redirect("beside", person.id)
    relations = list_beside(practice_id=practice.id, person_id=person.id)
    context = {
        "active": "people",
        "person": person,
        "form": form,
        "relations": [
            {
                "id": each.id,
                "other": each.other,
                "kind": NAMES[each.kind],
                "has_place": each.other.user_id is not None,
            }
            for each in relations
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "practitioner/beside.html", context, status=status)


@for_practitioner("POST")
def end_beside(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID, relation_id: uuid.UUID
) -> HttpResponse:
    """Somebody no longer stands beside a person: they see nothing of them from now on."""
    person = get_person(practitioner, person_id)
    if not access.end_relation(
        practice=practitioner.practice, person=person, relation_id=relation_id, now=now()
    ):
        raise Http404
    messages.success(request, _("Ended. Nothing of this client is shown to them any more."))
    return redirect("beside", person.id)


@for_practitioner("POST")
def change_place(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID
) -> HttpResponse:
    """Open a place to a person, or close it."""
    person = find_person(practice_id=practitioner.practice_id, person_id=person_id)
    if person is None:
        raise Http404
    if request.POST.get("place") == "close":
        access.close_place(practice=practitioner.practice, person=person, now=now())
        messages.success(request, _("Their place is closed. What is written stays."))
        return redirect("person", person.id)
    try:
        actions.open_place(practice=practitioner.practice, person=person)
        messages.success(
            request, _("Their place is open: they sign in as %(email)s.") % {"email": person.email}
        )
    except actions.NoAddress:
        messages.error(request, _("Write down their e-mail first: they sign in with it."))
    return redirect("person", person.id)
