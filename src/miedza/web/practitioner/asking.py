"""Asking everybody again: a new version of the rules is in force, and who has not accepted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miedza.agreements.queries import find_in_force, list_not_accepted
from miedza.agreements.texts import list_changes
from miedza.bookings.agreeing import ask, find_asked
from miedza.web.access import for_practitioner
from miedza.web.strip import Reader

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from miedza.practice.models import Practitioner


@for_practitioner("GET", "POST")
def ask_again(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Who accepted an earlier version; what is new for them; the letters to all who have mail."""
    practice, moment = practitioner.practice, now()
    reader = Reader(practice, moment)
    rules = find_in_force(practice_id=practice.id, at=moment)
    if rules is None:
        return redirect("rules")
    waiting = list_not_accepted(practice_id=practice.id, rules_id=rules.id)
    if request.method == "POST":
        return _ask_all(request, practitioner)
    rows = [
        {
            "person": each.person,
            "asked": find_asked(practice=practice, person=each.person),
            "number": each.rules.number,
        }
        for each in waiting
    ]
    first = waiting[0].rules if waiting else None
    changes = []
    if first is not None:
        changes = list_changes(first.terms, rules.terms, language=reader.language)
    context = {"active": "rules", "rules": rules, "rows": rows, "changes": changes}
    return render(request, "practitioner/ask_again.html", context)


def _ask_all(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Write a letter to everybody who can be reached."""
    practice, moment = practitioner.practice, now()
    rules = find_in_force(practice_id=practice.id, at=moment)
    waiting = [] if rules is None else list_not_accepted(practice_id=practice.id, rules_id=rules.id)
    sent = 0
    for each in waiting:
        asked = find_asked(practice=practice, person=each.person)
        if asked.email:
            ask(
                practice=practice, person=each.person, holds_at=None, words="", by_mail=True,
                now=moment,
            )  # fmt: skip
            sent += 1
    said = ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", sent)
    messages.success(request, said % {"n": sent})
    if sent < len(waiting):
        messages.warning(request, _("Whoever has no e-mail is asked from their own page."))
    return redirect("rules")
