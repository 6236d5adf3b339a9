"""What is asked about people."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from miedza.people.models import Note, Person, Relation

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet

    from miedza.practice.models import Practitioner

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


def list_notes(*, practitioner: Practitioner, person_id: uuid.UUID) -> list[Note]:
    """The notes that a practitioner wrote about a person, newest first."""
    notes = Note.objects.of(practitioner.practice_id).filter(
        practitioner_id=practitioner.id, person_id=person_id
    )
    return list(notes.order_by("-written_at", "-id"))


def find_note(*, practice_id: uuid.UUID, note_id: uuid.UUID) -> Note | None:
    """One note of a practice, or None."""
    return Note.objects.of(practice_id).filter(id=note_id).first()


def count_people(*, practice_id: uuid.UUID) -> int:
    """How many people the practice knows."""
    return Person.objects.of(practice_id).count()


def list_beside(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> list[Relation]:
    """Who answers for a person, pays for them or sends them, with those people."""
    relations = Relation.objects.of(practice_id).filter(person_id=person_id)
    return list(relations.select_related("other").order_by("made_at", "id"))


def read_guardians(
    *, practice_id: uuid.UUID, person_ids: Iterable[uuid.UUID]
) -> dict[uuid.UUID, list[Person]]:
    """Those who answer for some persons, by person, the first first; in one question."""
    found: dict[uuid.UUID, list[Person]] = {each: [] for each in person_ids}
    guardians = Relation.objects.of(practice_id).filter(person_id__in=list(found), kind="guardian")
    for relation in guardians.select_related("other").order_by("made_at", "id"):
        found[relation.person_id].append(relation.other)
    return found


def list_guardians(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> list[Person]:
    """Those who answer for a person, the first first."""
    return read_guardians(practice_id=practice_id, person_ids=[person_id])[person_id]


def find_guardian(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> Person | None:
    """Who answers for a person: the first there is, or None."""
    return next(iter(list_guardians(practice_id=practice_id, person_id=person_id)), None)


def may_answer(*, practice_id: uuid.UUID, person: Person, by: Person) -> bool:
    """Whether somebody may agree for a person: any who answers for them, else they themselves."""
    guardians = list_guardians(practice_id=practice_id, person_id=person.id)
    return by.id in {each.id for each in guardians or [person]}


def list_own(*, practice_id: uuid.UUID, user_id: int) -> list[Person]:
    """The people of a practice as whom somebody signs in; mostly one."""
    return list(Person.objects.of(practice_id).filter(user_id=user_id).order_by("name", "id"))


class Charge(NamedTuple):
    """A person to whose place somebody may come, and as what."""

    person: Person
    acting: Person
    """As whom they come: the person, or somebody beside them."""
    role: str
    """`self`, `guardian`, `payer` or `sponsor`."""


def find_charges(*, practice_id: uuid.UUID, user_id: int) -> list[Charge]:
    """All whose places somebody may enter in a practice: one's own first."""
    own = list_own(practice_id=practice_id, user_id=user_id)
    by_id = {person.id: person for person in own}
    beside = list_charges(practice_id=practice_id, other_ids=by_id)
    return [
        *(Charge(person, person, "self") for person in own),
        *(Charge(each.person, by_id[each.other_id], each.kind) for each in beside),
    ]


def list_charges(*, practice_id: uuid.UUID, other_ids: Iterable[uuid.UUID]) -> list[Relation]:
    """For whom some people answer, pay or care, with those persons."""
    relations = Relation.objects.of(practice_id).filter(other_id__in=list(other_ids))
    return list(relations.select_related("person").order_by("person__name", "kind", "id"))


def find_by_email(*, practice_id: uuid.UUID, email: str) -> list[Person]:
    """The people of a practice with an e-mail, in whatever case; the first known first."""
    people = Person.objects.of(practice_id).filter(email__iexact=email.strip())
    return list(people.order_by("created_at", "id"))


def write_plainly(email: str) -> str:
    """An address without what many servers leave out: case, a tag after "+", Gmail's dots.

    >>> write_plainly("Ola.Nowak+one@GMAIL.com")
    'olanowak@gmail.com'
    """
    local, _, domain = email.strip().lower().rpartition("@")
    local = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def find_alike(
    *, practice_id: uuid.UUID, name: str, email: str, phone: str, but: Collection[uuid.UUID]
) -> Person | None:
    """Somebody known who may be the same person under another address; None where nobody is.

    Args:
        practice_id: where.
        name: of who came; the same words in any order, without case and accents.
        email: of who came, as it was typed.
        phone: of who came; the last nine digits count.
        but: those who are known to be others, or this person themselves.
    """
    words, digits, plain = _sort_words(name), _last_digits(phone), write_plainly(email)
    people = Person.objects.of(practice_id).exclude(id__in=but).order_by("created_at", "id")
    for person in people.only("id", "name", "search_name", "email", "phone", "practice_id"):
        if person.email and write_plainly(person.email) == plain:
            return person
        if digits and _last_digits(person.phone) == digits:
            return person
        if len(words) > 1 and _sort_words(person.name) == words:
            return person
    return None


def _sort_words(name: str) -> list[str]:
    return sorted(fold_name(name).split())


def _last_digits(phone: str) -> str:
    """The digits that tell a number from others; empty where it has too few."""
    digits = "".join(each for each in phone if each.isdecimal())
    return digits[-9:] if len(digits) >= 7 else ""
