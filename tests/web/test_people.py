"""People: the list, the search, one person, and what is known of them."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.people.models import Person
from tests.web.hostile import (
    NAMES,
    bad_choice,
    bad_email,
    bad_money,
    bad_name,
    bad_number,
    bad_text,
)
from tests.web.pages import dump_rows, follow, read, typed
from tests.web.refusing import check_refused

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.web.pages import Stage

GOOD = {
    "name": "Zoe Adams", "what_for": "English", "email": "zoe@example.com", "phone": "+48 12 345",
    "language": "en", "usual_minutes": "50", "usual_price_minor": "120,50",
}  # fmt: skip
BOTH = "Write this, too, or leave both empty. Free is 0."
FIELDS = {
    "name": ("Name", bad_name()),
    "what_for": ("What they come for", bad_text(120, required=False)),
    "email": ("E-mail", bad_email(required=False)),
    "phone": ("Phone", bad_text(40, required=False)),
    "language": ("Their language", bad_choice()),
    "usual_minutes": ("Usual length in minutes", bad_number(1, 1440, empty=BOTH)),
    "usual_price_minor": ("Usual price, PLN", bad_money(empty=BOTH)),
}


def _people(cast: Cast) -> list[str]:
    people = Person.objects.of(cast.anna.practice_id).order_by("search_name")
    return list(people.values_list("name", flat=True))


def _add(client: Client, name: str) -> Person:
    response = client.post(reverse("add_person"), {**GOOD, "name": name})
    assert response.status_code == 302, (name, read(response))
    person: Person = Person.across.get(id=response["Location"].split("/")[2])
    return person


def test_add_person_keeps_what_was_typed(cast: Cast, anna: Client) -> None:
    person = _add(anna, "  Zoe   Adams ")

    assert (person.name, person.search_name) == ("Zoe Adams", "zoe adams")
    assert person.open_text(cast.anna.practice.key) == "English"
    assert b"English" not in bytes(person.sealed_text or b"")
    assert (person.email, person.phone, person.language) == ("zoe@example.com", "+48 12 345", "en")
    assert (person.usual_minutes, person.usual_price_minor) == (50, 12_050)
    assert _people(cast) == ["Marek Łącki", "Ola Żółć", "Zoe Adams"]


def test_add_person_offers_the_length_of_the_rules(anna: Client) -> None:
    page = anna.get(reverse("add_person"))

    assert typed(page, "usual_minutes") == ["60"]
    assert typed(page, "language") == ["pl"]


def test_change_person_changes_and_says_so(cast: Cast, anna: Client) -> None:
    address = reverse("change_person", args=[cast.ola.id])
    assert typed(anna.get(address), "usual_price_minor") == ["200"]

    page = follow(anna, anna.post(address, {**GOOD, "name": "Ola Nowak"}))

    assert "Saved." in page
    assert _people(cast) == ["Marek Łącki", "Ola Nowak"]
    assert typed(anna.get(address), "usual_price_minor") == ["120.50"]


@pytest.mark.parametrize("field", FIELDS)
def test_add_person_refuses(field: str, anna: Client) -> None:
    label, bad = FIELDS[field]

    check_refused(anna, reverse("add_person"), GOOD, field, label, bad)


@pytest.mark.parametrize("field", FIELDS)
def test_change_person_refuses(field: str, cast: Cast, anna: Client) -> None:
    label, bad = FIELDS[field]
    few = dict(list(bad.items())[:3])

    check_refused(anna, reverse("change_person", args=[cast.ola.id]), GOOD, field, label, few)


def test_an_empty_post_is_refused_and_not_taken_for_a_visit(anna: Client) -> None:
    before = dump_rows()

    assert anna.post(reverse("add_person"), {"csrfmiddlewaretoken": "x"}).status_code == 422
    assert dump_rows() == before


@pytest.mark.parametrize("name", NAMES)
def test_hostile_name_is_shown_as_written_and_found(name: str, cast: Cast, anna: Client) -> None:
    person = _add(anna, name)

    kept = " ".join(name.split())
    assert person.name == kept
    for address in (
        reverse("person", args=[person.id]),
        reverse("notes", args=[person.id]),
        reverse("book", args=[person.id]),
        reverse("change_person", args=[person.id]),
        reverse("people"),
        reverse("people") + "?q=" + "%25",
    ):
        response = anna.get(address)
        page = response.content.decode()
        assert response.status_code == 200
        assert html.escape(kept) in page or "q=" in address
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "onload=alert" not in page.replace(html.escape(kept), "")
    found = anna.get(reverse("people"), {"q": person.name}).content.decode()
    assert reverse("person", args=[person.id]) in found


def test_names_are_many() -> None:
    assert len(set(NAMES)) >= 60


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ola", ["Ola Żółć"]),
        ("ZOLC", ["Ola Żółć"]),
        ("żółć ola", ["Ola Żółć"]),
        ("lacki", ["Marek Łącki"]),
        ("l", ["Marek Łącki", "Ola Żółć"]),
        ("  ", ["Marek Łącki", "Ola Żółć"]),
        ("nobody", []),
        ("%", []),
        ("_", []),
        ("\\", []),
    ],
)
def test_search_finds_each_word(words: str, found: list[str], cast: Cast, anna: Client) -> None:
    page = read(anna.get(reverse("people"), {"q": words}))

    assert [name for name in _people(cast) if name in page] == found
    assert ("Nobody is called" in page) == (not found)


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\0"}, {"q": "a\0b"}, {"q": "x" * 10_000}, {"q": "\x1b"}, {"q": "'\";--"},
        {"q": "<script>alert(1)</script>"}, {"page": "0"}, {"page": "-1"}, {"page": "x"},
        {"page": "9" * 5_000}, {"page": "\0"}, {"page": "999999"}, {"page": "1.5"},
        {"q": ["a", "b"]}, {"nonsense": "1"}, {"q": "\ufffd\u202e"},
    ],
)  # fmt: skip
def test_any_query_is_answered(query: dict[str, Any], anna: Client) -> None:
    response = anna.get(reverse("people"), query)

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%00", "q=%", "page=%00", "q=a&q=%00"])
def test_any_bytes_are_answered(query: str, anna: Client) -> None:
    assert anna.get(f"{reverse('people')}?{query}").status_code == 200


def test_list_is_split_into_pages(cast: Cast, anna: Client) -> None:
    for number in range(51):
        _add(anna, f"Person {number:02}")

    first, second = (read(anna.get(reverse("people"), {"page": n})) for n in (1, 2))

    assert "1 of 2" in first
    assert "Person 50" in second
    assert "Person 50" not in first


def test_empty_list_says_how_to_begin(cast: Cast, anna: Client) -> None:
    Person.objects.of(cast.anna.practice_id).delete()

    page = read(anna.get(reverse("people")))

    assert "Everyone you work with" in page
    assert "Add the first person" in page


def test_person_without_meetings_is_invited(cast: Cast, anna: Client) -> None:
    page = read(anna.get(reverse("person", args=[cast.marek.id])))

    assert "Here two fields meet: yours on the left, Marek Łącki on the right" in page


def test_person_shows_both_sides(stage: Stage, anna: Client) -> None:
    page = read(anna.get(reverse("person", args=[stage.mine.person.id])))

    assert "On both sides, 2 of 7 kept" in page
    assert "PLN200 due to you" in page
    assert "Настя" not in page


def test_time_that_was_drawn_is_said_and_kept_while_somebody_is_chosen(
    cast: Cast, anna: Client
) -> None:
    asked = {"day": "2026-12-01", "clock": "10:00", "q": "ola"}

    page = anna.get(reverse("people"), asked)

    assert "Choose who comes: Tuesday 1 December, 10:00." in read(page)
    assert typed(page, "day") == ["2026-12-01"]
    assert f"{reverse('book', args=[cast.ola.id])}?day=2026-12-01" in page.content.decode()
    assert "Choose who comes" not in read(anna.get(reverse("people"), {"day": "x"}))
