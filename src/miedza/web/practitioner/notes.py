"""Notes about a person: for the practitioner's eyes, sealed on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.people.actions import delete_note as delete
from miedza.people.actions import write_note
from miedza.people.queries import list_notes
from miedza.web import once
from miedza.web.access import for_practitioner
from miedza.web.forms import NoteForm
from miedza.web.practitioner.finding import get_person
from miedza.web.sealed import read_sealed
from miedza.web.strip import Reader

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.practice.models import Practitioner


@for_practitioner("GET", "POST")
def show_notes(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID
) -> HttpResponse:
    """Read the notes, write another."""
    person = get_person(practitioner, person_id)
    practice, moment = practitioner.practice, now()
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        sent_as = once.take_back(request)
        write_note(practitioner=practitioner, person=person, text=text, now=moment, id=sent_as)
        return redirect("notes", person.id)
    reader = Reader(practice, moment)
    notes = [
        {
            "id": note.id,
            "text": read_sealed(note, practice.key),
            "when": reader.when(note.written_at),
        }
        for note in list_notes(practitioner=practitioner, person_id=person.id)
    ]
    context = {"active": "people", "person": person, "form": form, "notes": notes}
    status = 422 if form.errors else 200
    return render(request, "practitioner/notes.html", context, status=status)


@for_practitioner("POST")
def delete_note(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID, note_id: uuid.UUID
) -> HttpResponse:
    """Delete a note for good."""
    person = get_person(practitioner, person_id)
    if not delete(practitioner=practitioner, person=person, note_id=note_id):
        raise Http404
    messages.success(request, _("The note is deleted."))
    return redirect("notes", person.id)
