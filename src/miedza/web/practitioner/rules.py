"""Rules in plain sentences, with their effect on an example beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.agreements import actions
from miedza.agreements.queries import (
    find_draft,
    find_in_force,
    list_not_accepted,
    list_published,
)
from miedza.agreements.templates import begin_terms
from miedza.agreements.texts import list_clauses
from miedza.practice.queries import is_leader
from miedza.web.access import for_leader, for_practitioner, leave_to_leader
from miedza.web.practitioner.effect import show_example
from miedza.web.practitioner.rules_form import RulesForm
from miedza.web.strip import Reader

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from miedza.agreements.models import RulesVersion
    from miedza.practice.models import Practice, Practitioner


def _read_terms(practice: Practice) -> dict[str, Any]:
    """The terms to edit: the draft, or else those in force, or else a beginning.

    The currency and the zone are always the practice's own.
    """
    version = find_draft(practice_id=practice.id)
    version = version or find_in_force(practice_id=practice.id, at=now())
    if version is None:
        return begin_terms(
            template="clear",
            profession=practice.profession,
            currency=practice.currency,
            time_zone=practice.time_zone,
        )
    return {**version.terms, "currency": practice.currency, "time_zone": practice.time_zone}


@for_practitioner("GET", "POST")
def edit_rules(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Read and change the rules; a change is a draft until it is published."""
    practice = practitioner.practice
    if not is_leader(practitioner):  # A colleague reads what is in force.
        in_force = find_in_force(practice_id=practice.id, at=now())
        if in_force is None:
            return leave_to_leader(request, practitioner)
        return redirect("rules_version", in_force.number)
    form = RulesForm(request.POST or None, terms=_read_terms(practice))
    if request.method == "POST" and form.is_valid():
        actions.save_draft(practice=practice, terms=form.terms)
        messages.success(request, _("Saved as a draft. It binds nobody until you publish it."))
        return redirect("rules")
    return _show(request, practice, form)


def _since(reader: Reader, version: RulesVersion) -> str:
    """When a version came into force."""
    return "" if version.published_at is None else reader.when(version.published_at)


def _show(request: HttpRequest, practice: Practice, form: RulesForm) -> HttpResponse:
    """The page, with a form that may hold faults."""
    reader = Reader(practice, now())
    in_force = find_in_force(practice_id=practice.id, at=reader.now)
    context = {
        "active": "rules",
        "form": form,
        "week": form.week(),
        "has_stricter": bool(form.base.get("practitioner")),
        "draft": find_draft(practice_id=practice.id),
        "in_force": in_force,
        "since": "" if in_force is None else _since(reader, in_force),
        "example": show_example(reader, form.base, None if in_force is None else in_force.terms),
        "is_welcome": request.session.pop("welcome", False),
        "not_accepted": 0
        if in_force is None
        else len(list_not_accepted(practice_id=practice.id, rules_id=in_force.id)),
        "versions": [v.number for v in list_published(practice_id=practice.id)],
    }
    return render(request, "practitioner/rules.html", context, status=422 if form.errors else 200)


@for_leader("POST")
def show_effect(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """The example, judged by what stands in the form at this moment; nothing is kept."""
    practice = practitioner.practice
    reader = Reader(practice, now())
    form = RulesForm(request.POST, terms=_read_terms(practice))
    terms = form.terms if form.is_valid() else None
    in_force = find_in_force(practice_id=practice.id, at=reader.now)
    example = None
    if terms is not None:
        example = show_example(reader, terms, None if in_force is None else in_force.terms)
    return render(request, "practitioner/rules_effect.html", {"example": example, "form": form})


@for_leader("POST")
def publish(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Bring the draft into force."""
    number = request.POST.get("number", "")
    try:
        version = actions.publish_draft(
            practice=practitioner.practice,
            number=int(number) if number.isdecimal() and len(number) < 10 else 0,
            digest=request.POST.get("digest", ""),
            now=now(),
        )
    except (actions.NothingToPublish, actions.StaleDraft):
        messages.error(
            request, _("The draft has changed in another window. Read it again before publishing.")
        )
    else:
        said = _("Version %(number)d is in force. Meetings booked from now on are judged by it.")
        messages.success(request, said % {"number": version.number})
    return redirect("rules")


@for_leader("POST")
def discard(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Throw the draft away."""
    if actions.discard_draft(practice=practitioner.practice):
        messages.success(request, _("The draft is gone; what was in force stays in force."))
    return redirect("rules")


@for_practitioner()
def show_version(request: HttpRequest, practitioner: Practitioner, number: int) -> HttpResponse:
    """A version as it was published."""
    practice = practitioner.practice
    versions = list_published(practice_id=practice.id).filter(number=number)
    version = versions.first()
    if version is None or version.published_at is None:
        raise Http404
    reader = Reader(practice, now())
    context = {
        "active": "rules",
        "version": version,
        "since": reader.when(version.published_at),
        "clauses": list_clauses(version.terms, language=reader.language),
        "example": show_example(reader, version.terms, None),
    }
    return render(request, "practitioner/rules_version.html", context)
