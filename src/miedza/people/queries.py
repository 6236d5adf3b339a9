"""What is asked about people."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from miedza.people.models import Note, Person

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet

MOST_LETTERS = 240
"""A few letters, such as one Arabic ligature, grow to many; the column holds this many."""

_BARRED = str.maketrans("łøđħŧ", "lodht")


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


def list_notes(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> list[Note]:
    """The notes about a person, newest first."""
    notes = Note.objects.of(practice_id).filter(person_id=person_id)
    return list(notes.order_by("-written_at", "-id"))


def find_note(*, practice_id: uuid.UUID, note_id: uuid.UUID) -> Note | None:
    """One note of a practice, or None."""
    return Note.objects.of(practice_id).filter(id=note_id).first()


def count_people(*, practice_id: uuid.UUID) -> int:
    """How many people the practice knows."""
    return Person.objects.of(practice_id).count()
