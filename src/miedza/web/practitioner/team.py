"""Who works in the practice. Whoever leads it lets others in, and lets them go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from miedza.bookings.leaving import StillExpected, leave, list_expected
from miedza.messaging.actions import queue_mail
from miedza.messaging.composing import compose
from miedza.messaging.letters import ask_colleague
from miedza.practice.joining import WorksHere, ask_to_join, list_asked, take_back
from miedza.practice.queries import is_leader, list_practitioners
from miedza.web.access import for_leader, for_practitioner
from miedza.web.forms import NameField, plain_letters

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.practice.models import Practitioner


class PractitionerForm(forms.Form):
    """Somebody who is to work in the practice."""

    name = NameField(label=gettext_lazy("Name"))
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        validators=[plain_letters],
        help_text=gettext_lazy("They get a letter, say yes, and sign in with it."),
    )


@for_practitioner()
def show_team(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Who works here."""
    return _show(request, practitioner, PractitionerForm())


@for_leader("POST")
def add_to_team(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Ask somebody to work here."""
    form = PractitionerForm(request.POST)
    if form.is_valid():
        try:
            _ask(practitioner, **form.cleaned_data)
        except WorksHere:
            form.add_error("email", _("Whoever signs in with this e-mail works here already."))
        else:
            messages.success(
                request, _("A letter to %(to)s is on its way.") % {"to": form.cleaned_data["email"]}
            )
            return redirect("team")
    return _show(request, practitioner, form)


@for_leader("POST")
def let_go(
    request: HttpRequest, practitioner: Practitioner, practitioner_id: uuid.UUID
) -> HttpResponse:
    """Let somebody go with whom nothing is ahead any more."""
    others = list_practitioners(practice_id=practitioner.practice_id)
    who = next((each for each in others if each.id == practitioner_id), None)
    if who is None or who == practitioner:
        raise Http404
    try:
        leave(practitioner=who, now=now())
    except StillExpected:
        messages.error(
            request,
            _("Something is still ahead with %(name)s. Move or cancel it first.")
            % {"name": who.name},
        )
    else:
        messages.success(
            request,
            _("%(name)s works here no more. What they did stays in the record.")
            % {"name": who.name},
        )
    return redirect("team")


@for_leader("POST")
def stop_asking(
    request: HttpRequest, practitioner: Practitioner, joining_id: uuid.UUID
) -> HttpResponse:
    """Let the link of a letter open nothing any more."""
    if not take_back(practice=practitioner.practice, joining_id=joining_id, now=now()):
        raise Http404
    messages.success(request, _("Taken back: the link in the letter opens nothing any more."))
    return redirect("team")


def _show(request: HttpRequest, practitioner: Practitioner, form: PractitionerForm) -> HttpResponse:
    """The page, with a form that may hold faults."""
    people = list_practitioners(practice_id=practitioner.practice_id)
    context = {
        "active": "settings",
        "form": form,
        "leads": is_leader(practitioner),
        "asked": list_asked(practice_id=practitioner.practice_id, now=now()),
        "people": [
            {
                "it": each,
                "is_leader": each == people[0],
                "is_you": each == practitioner,
                "ahead": list_expected(practitioner=each, now=now()).count(),
            }
            for each in people
        ],
    }
    return render(request, "practitioner/team.html", context, status=422 if form.errors else 200)


def _ask(leader: Practitioner, name: str, email: str) -> None:
    """Write to somebody what they are asked."""
    practice = leader.practice
    joining, token = ask_to_join(practice=practice, name=name, email=email, now=now())
    with override(practice.language):
        content = ask_colleague(name=name, leader=leader.name, email=joining.email, token=token)
        envelope = compose(
            content, practice=practice, language=practice.language, reply_to=leader.user.email
        )
    queue_mail(to=joining.email, envelope=envelope, now=now())
