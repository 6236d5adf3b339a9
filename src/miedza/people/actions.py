"""What changes people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from miedza.db.ids import make_id
from miedza.people.models import Note, Person
from miedza.people.queries import find_note, find_person, fold_name
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.practice.models import Practice


@transaction.atomic
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
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Person:
    """Add someone the practice works with; said twice with one `id`, it is one person."""
    lock_practice(practice_id=practice.id)
    wanted = id or make_id()
    before = find_person(practice_id=practice.id, person_id=wanted)
    if before is not None:
        return before
    person = Person(
        id=wanted,
        practice=practice,
        name=name,
        search_name=fold_name(name),
        email=email,
        phone=phone,
        language=language,
        usual_minutes=usual_minutes,
        usual_price_minor=usual_price_minor,
        created_at=now,
    )
    person.seal_text(practice.key, what_for)
    person.save(force_insert=True)
    return person


def change_person(
    *,
    practice: Practice,
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
    person.seal_text(practice.key, what_for)
    person.usual_minutes = usual_minutes
    person.usual_price_minor = usual_price_minor
    person.save()


@transaction.atomic
def write_note(
    *,
    practice: Practice,
    person: Person,
    text: str,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Note:
    """Write a note about a person; said twice with one `id`, it is one note."""
    lock_practice(practice_id=practice.id)
    wanted = id or make_id()
    before = find_note(practice_id=practice.id, note_id=wanted)
    if before is not None:
        return before
    note = Note(id=wanted, practice=practice, person_id=person.id, written_at=now)
    note.seal_text(practice.key, text)
    note.save(force_insert=True)
    return note


def delete_note(*, practice: Practice, person: Person, note_id: uuid.UUID) -> bool:
    """Delete a note for good; tell whether there was one."""
    notes = Note.objects.of(practice.id).filter(person_id=person.id, id=note_id)
    return notes.delete()[0] > 0
