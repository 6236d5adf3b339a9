"""What changes people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from miedza.core.zones import is_zone
from miedza.db.ids import make_id
from miedza.people.models import Note, Person, Relation
from miedza.people.queries import find_note, find_person, fold_name
from miedza.practice.actions import close_door, lock_practice, open_door

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.practice.models import Practice, Practitioner


class NoAddress(ValueError):  # noqa: N818 - named for what is refused.
    """There is no e-mail, and without one nobody signs in."""


class OneselfBeside(ValueError):  # noqa: N818 - named for what is refused.
    """Nobody answers or pays for themselves by a relation: that needs none."""


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


@transaction.atomic
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
) -> bool:
    """Change what is known of a person; meetings already booked keep their price and length.

    With another e-mail their place is closed: whoever reads that mail has not been let in.

    Returns:
        Whether they had a place that is closed now.
    """
    lock_practice(practice_id=practice.id)
    person.refresh_from_db(fields=["user", "email"])
    closes = person.user_id is not None and email.lower() != person.email.lower()
    if closes:
        close_place(practice=practice, person=person)
    person.name = name
    person.search_name = fold_name(name)
    person.email = email
    person.phone = phone
    person.language = language
    person.seal_text(practice.key, what_for)
    person.usual_minutes = usual_minutes
    person.usual_price_minor = usual_price_minor
    person.save()
    return closes


@transaction.atomic
def write_note(
    *,
    practitioner: Practitioner,
    person: Person,
    text: str,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Note:
    """Write a note about a person; said twice with one `id`, it is one note."""
    practice = practitioner.practice
    lock_practice(practice_id=practice.id)
    wanted = id or make_id()
    before = find_note(practice_id=practice.id, note_id=wanted)
    if before is not None:
        return before
    note = Note(
        id=wanted, practice=practice, practitioner_id=practitioner.id, person_id=person.id,
        written_at=now,
    )  # fmt: skip
    note.seal_text(practice.key, text)
    note.save(force_insert=True)
    return note


def delete_note(*, practitioner: Practitioner, person: Person, note_id: uuid.UUID) -> bool:
    """Delete a note of one's own for good; tell whether there was one."""
    notes = Note.objects.of(practitioner.practice_id).filter(
        practitioner_id=practitioner.id, person_id=person.id, id=note_id
    )
    return notes.delete()[0] > 0


@transaction.atomic
def open_place(*, practice: Practice, person: Person) -> None:
    """Let a person sign in with their e-mail and see their place.

    Raises:
        NoAddress: no e-mail of theirs is known.
    """
    lock_practice(practice_id=practice.id)
    person.refresh_from_db(fields=["user", "email", "language"])
    if not person.email:
        raise NoAddress
    person.user = open_door(practice=practice, email=person.email, language=person.language)
    person.save(update_fields=["user"])


@transaction.atomic
def close_place(*, practice: Practice, person: Person) -> None:
    """Let a person into their place no more; what is written about them stays."""
    lock_practice(practice_id=practice.id)
    person.refresh_from_db(fields=["user"])
    user = person.user
    if user is None:
        return
    person.user = None
    person.save(update_fields=["user"])
    if not Person.objects.of(practice.id).filter(user=user).exists():
        close_door(practice=practice, user=user)


@transaction.atomic
def find_or_add(
    *, practice: Practice, name: str, email: str, like: Person, now: datetime
) -> Person:
    """Find somebody by name and e-mail, or add them, speaking the language of another person."""
    lock_practice(practice_id=practice.id)
    if email:
        known = Person.objects.of(practice.id).filter(email__iexact=email)
        same = known.filter(search_name=fold_name(name)).first()
        if same is not None:
            return same
    return add_person(
        practice=practice, name=name, email=email, phone="", language=like.language, what_for="",
        usual_minutes=like.usual_minutes, usual_price_minor=like.usual_price_minor, now=now,
    )  # fmt: skip


@transaction.atomic
def relate(
    *, practice: Practice, person: Person, other: Person, kind: str, now: datetime
) -> Relation:
    """Put a person beside another, as `guardian`, `payer` or `sponsor`; once is enough.

    Raises:
        OneselfBeside: both are one.
    """
    if person.id == other.id:
        raise OneselfBeside
    lock_practice(practice_id=practice.id)
    said = {"person_id": person.id, "other_id": other.id, "kind": kind}
    before = Relation.objects.of(practice.id).filter(**said).first()
    if before is not None:
        return before
    return Relation.across.create(practice=practice, made_at=now, **said)


@transaction.atomic
def put_beside(
    *, practice: Practice, person: Person, name: str, email: str, kind: str, now: datetime
) -> Relation:
    """Put somebody beside a person, known or new; with an e-mail they have a place of their own.

    Raises:
        OneselfBeside: both are one.
    """
    other = find_or_add(practice=practice, name=name, email=email, like=person, now=now)
    relation = relate(practice=practice, person=person, other=other, kind=kind, now=now)
    if other.email:
        open_place(practice=practice, person=other)
    return relation


def unrelate(*, practice: Practice, person: Person, relation_id: uuid.UUID) -> bool:
    """End a relation to somebody beside a person; tell whether there was one."""
    relations = Relation.objects.of(practice.id).filter(person_id=person.id, id=relation_id)
    return relations.delete()[0] > 0


@transaction.atomic
def know_zone(*, practice: Practice, person: Person, zone: str) -> None:
    """Know on whose clocks a person lives; a zone that nobody knows says nothing."""
    if not is_zone(zone) or person.time_zone == zone:
        return
    lock_practice(practice_id=practice.id)
    person.time_zone = zone
    person.save(update_fields=["time_zone"])


@transaction.atomic
def block(*, practice: Practice, person: Person, now: datetime) -> None:
    """Let a person book nothing more by themselves. They are not told so."""
    lock_practice(practice_id=practice.id)
    person.blocked_at = person.blocked_at or now
    person.save(update_fields=["blocked_at"])


@transaction.atomic
def unblock(*, practice: Practice, person: Person) -> None:
    """Let a person book by themselves again."""
    lock_practice(practice_id=practice.id)
    person.blocked_at = None
    person.save(update_fields=["blocked_at"])
