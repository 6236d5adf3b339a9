"""People are found by any of their names, in any alphabet, with or without accents."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miedza.people.actions import add_person, change_person, delete_note, write_note
from miedza.people.models import Person
from miedza.people.queries import count_people, find_person, fold_name, list_notes, list_people
from tests.cast import BOOKED, Cast, make_person

if TYPE_CHECKING:
    from miedza.practice.models import Practitioner


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Łucja Żółć-Ёлкина", "lucja zolc-елкина"),
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"),
        ("Юлия Объедкова", "юлия объедкова"),
        ("Андрей Чайковский", "андреи чаиковскии"),
        ("  Anna \t\u00a0 Maria ", "anna maria"),
        ("Strauß Øster Đoković", "strauss oster dokovic"),
        ("Z\u0307o\u0301łw", "zołw".replace("ł", "l")),
        ("Ǆ İstanbul ﬁ ℌ ™", "dz istanbul fi h tm"),
        ("", ""),
    ],
)
def test_name_is_folded(name: str, folded: str) -> None:
    assert fold_name(name) == folded


@given(st.text(max_size=120))
def test_folding_a_folded_name_changes_nothing_and_fits_its_column(name: str) -> None:
    folded = fold_name(name)

    assert fold_name(folded) == folded
    assert len(folded) <= 240


def test_longest_name_of_letters_that_grow_is_kept(cast: Cast) -> None:
    person = make_person(cast.anna, "\ufdfa" * 120)

    assert find_person(practice_id=cast.anna.practice_id, person_id=person.id) == person


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("zolc", ["Ola Żółć"]),
        ("ŻÓŁĆ", ["Ola Żółć"]),
        ("ola ŻÓ", ["Ola Żółć"]),
        ("żó OLA", ["Ola Żółć"]),
        ("łąck", ["Marek Łącki"]),
        ("lacki marek", ["Marek Łącki"]),
        ("маша", ["Мария (Маша) Чайковская"]),
        ("МАРИЯ чайк", ["Мария (Маша) Чайковская"]),
        ("a", ["Marek Łącki", "Ola Żółć"]),
        ("", ["Marek Łącki", "Ola Żółć", "Мария (Маша) Чайковская", "100% Zoe_"]),
        ("%", ["100% Zoe_"]),
        ("_", ["100% Zoe_"]),
        ("\\", []),
        ("настя", []),
        ("ola marek", []),
    ],
)
def test_search_finds_each_word_anywhere_in_the_name(
    cast: Cast, search: str, found: list[str]
) -> None:
    make_person(cast.anna, "Мария (Маша) Чайковская")
    make_person(cast.anna, "100% Zoe_")

    people = list_people(practice_id=cast.anna.practice_id, search=search)

    assert sorted(person.name for person in people) == sorted(found)


def test_people_are_listed_by_name_whatever_its_letters(cast: Cast) -> None:
    practice_id = cast.borys.practice_id
    names = ["Ёлка", "Żaba", "Ábel", "zebra", "Ćma", "Жук", "Ёж", "Adam", "czapla", "Łoś", "lis"]
    for name in names:
        make_person(cast.borys, name)

    listed = [person.name for person in list_people(practice_id=practice_id)]

    assert listed == [
        "Ábel", "Adam", "Ćma", "czapla", "lis", "Łoś", "Żaba", "zebra", "Ёж", "Ёлка", "Жук",
        "Настя Ёлкина",
    ]  # fmt: skip


def test_namesakes_are_listed_in_the_order_they_came(cast: Cast) -> None:
    first, second = make_person(cast.anna, "Jan"), make_person(cast.anna, "Ján")

    assert list(list_people(practice_id=cast.anna.practice_id, search="jan")) == [first, second]


def test_person_is_found_within_the_practice_only(cast: Cast) -> None:
    anna, borys = cast.anna.practice_id, cast.borys.practice_id

    assert find_person(practice_id=anna, person_id=cast.ola.id) == cast.ola
    assert find_person(practice_id=borys, person_id=cast.ola.id) is None
    assert find_person(practice_id=anna, person_id=uuid.uuid4()) is None
    assert (count_people(practice_id=anna), count_people(practice_id=borys)) == (2, 1)


def test_changed_name_is_found_and_the_old_one_is_not(cast: Cast) -> None:
    practice_id = cast.anna.practice_id
    change_person(
        practice=cast.anna.practice, person=cast.ola, name="Aleksandra Wąs",
        email="ola@miedza.example", phone="+48 1", language="ru", what_for="j. polski",
        usual_minutes=45, usual_price_minor=1,
    )  # fmt: skip

    kept = Person.objects.of(practice_id).get(id=cast.ola.id)
    assert (kept.name, kept.phone, kept.usual_minutes) == ("Aleksandra Wąs", "+48 1", 45)
    assert list(list_people(practice_id=practice_id, search="was")) == [kept]
    assert not list_people(practice_id=practice_id, search="zolc")


def test_person_is_kept_as_told(cast: Cast) -> None:
    told = {
        "name": "Zoe", "email": "zoe@miedza.example", "phone": "1", "language": "en",
        "what_for": "a new job", "usual_minutes": 50, "usual_price_minor": 9_999,
    }  # fmt: skip

    person = add_person(practice=cast.anna.practice, now=BOOKED, **told)  # type: ignore[arg-type]  # One dict of all.

    kept = Person.objects.of(cast.anna.practice_id).get(id=person.id)
    told_openly = {name: value for name, value in told.items() if name != "what_for"}
    assert {name: getattr(kept, name) for name in told_openly} == told_openly
    assert kept.open_text(cast.anna.practice.key) == told["what_for"]
    assert kept.created_at == BOOKED


def _read(practitioner: Practitioner, person: Person) -> list[str]:
    notes = list_notes(practitioner=practitioner, person_id=person.id)
    return [note.open_text(practitioner.practice.key) for note in notes]


def test_notes_are_read_newest_first_and_deleted_for_good(cast: Cast) -> None:
    ola, marek = cast.ola, cast.marek
    texts = ["pierwsza", "вторая", "third"]
    notes = [
        write_note(
            practitioner=cast.anna, person=ola, text=text, now=BOOKED + timedelta(hours=hour)
        )
        for hour, text in enumerate(texts)
    ]
    assert _read(cast.anna, ola) == texts[::-1]

    answers = [
        delete_note(practitioner=cast.borys, person=ola, note_id=notes[1].id),
        delete_note(practitioner=cast.anna, person=marek, note_id=notes[1].id),
        delete_note(practitioner=cast.anna, person=ola, note_id=notes[1].id),
        delete_note(practitioner=cast.anna, person=ola, note_id=notes[1].id),
    ]

    assert answers == [False, False, True, False]
    assert _read(cast.anna, ola) == ["third", "pierwsza"]
