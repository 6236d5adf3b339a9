"""The letters that went to a person, and how each of them stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from miedza.messaging.queries import list_letters
from miedza.web.access import for_practitioner
from miedza.web.practitioner.finding import get_person
from miedza.web.sealed import read_sealed
from miedza.web.strip import Reader

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.practice.models import Practitioner

STATES = {
    "sent": _("sent"),
    "waiting": _("on its way"),
    "failed": _("not sent yet; it is tried again"),
    "given_up": _("could not be sent"),
    "withdrawn": _("taken back before it went"),
}


@for_practitioner()
def show_letters(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID
) -> HttpResponse:
    """What was written about a person's meetings and agreement, newest first."""
    person = get_person(practitioner, person_id)
    practice = practitioner.practice
    reader = Reader(practice, now())
    letters = []
    for letter, state in list_letters(practice_id=practice.id, person_id=person.id):
        subject, _blank, text = read_sealed(letter, practice.key).partition("\n\n")
        letters.append(
            {
                "letter": letter,
                "subject": subject,
                "text": text,
                "when": reader.when(letter.made_at),
                "state": STATES[state],
                "is_wrong": state in ("failed", "given_up"),
            }
        )
    context = {"active": "people", "person": person, "letters": letters}
    return render(request, "practitioner/letters.html", context)
