"""Who is named to whom: the practitioner where several work, the client to who answers for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.bookings.choosing import choose_service
from miedza.bookings.entries import list_entries
from miedza.bookings.series import book_series
from miedza.messaging.models import Mail
from miedza.messaging.queries import read_mail
from miedza.people.actions import relate
from tests.bookings.keeping import serve
from tests.bookings.offered import open_to, take
from tests.cast import BOOKED, MONDAY, book, make_person

if TYPE_CHECKING:
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner
    from tests.cast import Cast

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


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


def test_letter_of_a_series_says_what_is_booked_and_each_date_once(cast: Cast) -> None:
    _name_address(cast.ola, "ola@miedza.example")
    choice = choose_service(serve(cast.anna, name="Conversation"))

    book_series(
        practitioner=cast.anna, person=cast.ola, choice=choice, starts=[MONDAY, MONDAY + WEEK],
        now=BOOKED,
    )  # fmt: skip

    said = _letters()["ola@miedza.example"]
    assert "What: Conversation" in said
    assert said.count("2 March") == 1
    assert said.count("9 March") == 1


def test_letter_to_who_answers_says_that_their_side_did_it(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    mother = _name_address(make_person(cast.anna, "Halina"), "halina@miedza.example")
    _name_address(cast.ola, "ola@miedza.example")
    relate(practice=cast.anna.practice, person=cast.ola, other=mother, kind="guardian", now=BOOKED)

    take(cast.anna, cast.ola, MONDAY)

    letters = _letters()
    assert "Booked by: your side" in letters["halina@miedza.example"]
    assert "Booked by: you\n" in letters["ola@miedza.example"]
