"""Asking everybody again: a new version of the rules is in force, and who has not accepted it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miedza.agreements.queries import find_in_force, list_not_accepted, read_standing
from miedza.agreements.texts import list_changes
from miedza.bookings.agreeing import ask, find_asked
from miedza.bookings.taking import SlotTaken
from miedza.db.ids import derive_id
from miedza.people.queries import read_guardians
from miedza.web import once
from miedza.web.access import for_leader
from miedza.web.strip import Reader

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from miedza.practice.models import Practitioner


@for_leader("GET", "POST")
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
    ids = [each.person_id for each in waiting]
    guardians = read_guardians(practice_id=practice.id, person_ids=ids)
    rows = [
        {
            "person": each.person,
            "asked": (guardians[each.person_id] or [each.person])[0],
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
    """Write a letter to everybody who was ticked and can be reached."""
    practice, moment = practitioner.practice, now()
    rules = find_in_force(practice_id=practice.id, at=moment)
    waiting = [] if rules is None else list_not_accepted(practice_id=practice.id, rules_id=rules.id)
    ticked, sent, first = set(request.POST.getlist("person")), 0, once.take_back(request)
    for each in waiting:
        asked = find_asked(practice=practice, person=each.person)
        if asked.email and str(each.person_id) in ticked:
            standing = read_standing(practice_id=practice.id, person_id=each.person_id, now=moment)
            with suppress(SlotTaken):  # Asked from their own page, which says why.
                ask(
                    practice=practice, person=each.person, holds_at=standing.holds_at(moment),
                    words="", by_mail=True, now=moment,
                    id=first and derive_id(first, str(each.person_id)),
                )  # fmt: skip
                sent += 1
    if not sent:
        messages.warning(request, _("Nobody was ticked, so no letter was written."))
        return redirect("ask_again")
    said = ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", sent)
    messages.success(request, said % {"n": sent})
    if sent < len(waiting):
        messages.info(request, _("Whoever was left out can be asked from their own page."))
    return redirect("rules")
