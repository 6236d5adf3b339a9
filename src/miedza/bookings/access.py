"""Whoever may enter a place no longer reads nothing of it elsewhere either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from miedza.calendars.actions import close_feeds
from miedza.people import actions
from miedza.people.queries import list_beside, list_charges
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.people.models import Person
    from miedza.practice.models import Practice


@transaction.atomic
def close_place(*, practice: Practice, person: Person, now: datetime) -> None:
    """Let a person into their place no more, nor into those of whom they answer for."""
    actions.close_place(practice=practice, person=person)
    _close_feeds_read_by(practice, person, now)


@transaction.atomic
def change_person(*, practice: Practice, person: Person, now: datetime, **said: Any) -> None:
    """Change what is known of a person; with another e-mail, their place is closed."""
    if actions.change_person(practice=practice, person=person, **said):
        _close_feeds_read_by(practice, person, now)


@transaction.atomic
def end_relation(
    *, practice: Practice, person: Person, relation_id: uuid.UUID, now: datetime
) -> bool:
    """End a relation to somebody beside a person; tell whether there was one."""
    lock_practice(practice_id=practice.id)
    beside = list_beside(practice_id=practice.id, person_id=person.id)
    ended = next((each for each in beside if each.id == relation_id), None)
    if ended is None:
        return False
    if ended.kind == "guardian":  # Who pays or sends somebody never saw their calendar.
        close_feeds(practice=practice, now=now, person_id=person.id)
    return actions.unrelate(practice=practice, person=person, relation_id=relation_id)


def _close_feeds_read_by(practice: Practice, person: Person, now: datetime) -> None:
    """End the addresses that somebody may have read: their own, and those of their children."""
    charges = list_charges(practice_id=practice.id, other_ids=[person.id])
    answers_for = {each.person_id for each in charges if each.kind == "guardian"}
    for person_id in sorted({person.id, *answers_for}):
        close_feeds(practice=practice, now=now, person_id=person_id)
