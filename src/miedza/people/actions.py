"""What changes people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miedza.db.encryption import seal
from miedza.people.models import Note, Person
from miedza.people.queries import fold_name, note_place

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.practice.models import Practice


def add_person(
    *,
    practice: Practice,
    name: str,
    email: str,
    phone: str,
    language: str,
    what_for: str,
    usual_minutes: int,
    usual_price_minor: int,
    now: datetime,
) -> Person:
    """Add someone the practice works with."""
    return Person.across.create(
        practice=practice,
        name=name,
        search_name=fold_name(name),
        email=email,
        phone=phone,
        language=language,
        what_for=what_for,
        usual_minutes=usual_minutes,
        usual_price_minor=usual_price_minor,
        created_at=now,
    )


def change_person(
    *,
    person: Person,
    name: str,
    email: str,
    phone: str,
    language: str,
    what_for: str,
    usual_minutes: int,
    usual_price_minor: int,
) -> None:
    """Change what is known of a person; meetings already booked keep their price and length."""
    person.name = name
    person.search_name = fold_name(name)
    person.email = email
    person.phone = phone
    person.language = language
    person.what_for = what_for
    person.usual_minutes = usual_minutes
    person.usual_price_minor = usual_price_minor
    person.save()


def write_note(*, practice: Practice, person: Person, text: str, now: datetime) -> Note:
    """Write a note about a person, sealed with the key of the practice."""
    note = Note(practice=practice, person_id=person.id, written_at=now)
    note.sealed_text = seal(practice.key, text, place=note_place(note))
    note.save(force_insert=True)
    return note


def delete_note(*, practice: Practice, person: Person, note_id: uuid.UUID) -> bool:
    """Delete a note for good; tell whether there was one."""
    notes = Note.objects.of(practice.id).filter(person_id=person.id, id=note_id)
    return notes.delete()[0] > 0
