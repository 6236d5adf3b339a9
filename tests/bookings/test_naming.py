"""Who is named to whom: the practitioner where several work, the client to who answers for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.bookings.entries import list_entries
from miedza.messaging.models import Mail
from miedza.messaging.queries import read_mail
from miedza.people.actions import relate
from tests.cast import BOOKED, book, make_person

if TYPE_CHECKING:
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _letters() -> dict[str, str]:
    """What the letters say, by address."""
    return {mail.to: read_mail(mail).text for mail in Mail.objects.all()}


def _name_address(person: Person, email: str) -> Person:
    person.email, person.language = email, "en"
    person.save()
    return person


def test_letter_names_whom_one_meets(cast: Cast, ewa: Practitioner) -> None:
    _name_address(cast.ola, "ola@miedza.example")

    book(ewa, cast.ola)

    said = _letters()["ola@miedza.example"]
    assert "With: Ewa" in said
    assert f"Booked by: {cast.anna.practice.name}" in said
    assert "Who comes" not in said


def test_letter_to_who_answers_names_who_comes(cast: Cast) -> None:
    mother = _name_address(make_person(cast.anna, "Halina"), "halina@miedza.example")
    relate(practice=cast.anna.practice, person=cast.ola, other=mother, kind="guardian", now=BOOKED)

    book(cast.anna, cast.ola)

    said = _letters()["halina@miedza.example"]
    assert f"Who comes: {cast.ola.name}" in said
    assert f"With: {cast.anna.practice.name}" in said


def test_one_alone_is_known_by_the_name_of_the_practice(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)

    (entry,) = list_entries([booking], practice_id=cast.anna.practice_id, side="client")

    assert entry.summary == cast.anna.practice.name


def test_calendar_names_whom_one_meets(cast: Cast, ewa: Practitioner) -> None:
    booking = book(ewa, cast.ola)

    (theirs,) = list_entries([booking], practice_id=cast.anna.practice_id, side="client")
    (own,) = list_entries([booking], practice_id=cast.anna.practice_id, side="practitioner")

    assert theirs.summary == "Ewa"
    assert own.summary == cast.ola.name
