"""What is asked about people."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from miedza.db.encryption import unseal
from miedza.people.models import Note, Person

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from django.db.models import QuerySet

    from miedza.practice.models import Practice

MOST_LETTERS = 240
"""A few letters, such as one Arabic ligature, grow to many; the column holds this many."""

_BARRED = str.maketrans("łøđħŧ", "lodht")


class OpenNote(NamedTuple):
    """A note as its writer reads it."""

    id: uuid.UUID
    text: str
    written_at: datetime


def fold_name(name: str) -> str:
    """Write a name as it is searched: no case, no accents.

    >>> fold_name("Łucja Żółć-Ёлкина")
    'lucja zolc-елкина'
    """
    decomposed = unicodedata.normalize("NFKD", name)
    kept = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    folded = unicodedata.normalize("NFC", kept.casefold().translate(_BARRED))
    return " ".join(folded.split())[:MOST_LETTERS]


def list_people(*, practice_id: uuid.UUID, search: str = "") -> QuerySet[Person]:
    """The people of a practice by name, those whose name holds each searched word."""
    people = Person.objects.of(practice_id).order_by("search_name", "id")
    for word in fold_name(search).split():
        people = people.filter(search_name__contains=word)
    return people


def find_person(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> Person | None:
    """One person of a practice, or None."""
    return Person.objects.of(practice_id).filter(id=person_id).first()


def read_notes(*, practice: Practice, person: Person) -> list[OpenNote]:
    """The notes about a person, newest first."""
    key = practice.key
    notes = Note.objects.of(practice.id).filter(person_id=person.id).order_by("-written_at", "-id")
    return [
        OpenNote(note.id, unseal(key, note.sealed_text, place=note_place(note)), note.written_at)
        for note in notes
    ]


def note_place(note: Note) -> str:
    """Where a note's text belongs: it opens nowhere else."""
    return f"note:{note.practice_id}:{note.person_id}:{note.id}"


def count_people(*, practice_id: uuid.UUID) -> int:
    """How many people the practice knows."""
    return Person.objects.of(practice_id).count()
