"""Pages of both sides ask as many questions with three thousand rows behind them as with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from miedza.agreements.queries import find_in_force
from miedza.people.models import Relation
from tests.cast import make_person
from tests.web.clients import give_place, open_hours, sign_agreement
from tests.web.many import add_meetings
from tests.web.pages import present

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

MOST = 25
ROWS = (1, 30, 3000)
PAGES = {
    "today": "/",
    "boundaries": "/boundaries/?days=all",
    "figure": "/boundaries/crossed/client/?days=all",
    "hour": "/boundaries/hour/?days=all",
    "hour_with": "hour_with",
    "decisions": "/decisions/",
    "money": "/money/",
    "person": "person",
    "account": "account",
    "agreement": "agreement",
    "letters": "letters",
    "beside": "beside",
}
PLACES = ("my_place", "my_book", "my_agreement")


def _count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def _fill(cast: Cast, client: Client, number: int, before: int) -> None:
    del client
    rules = find_in_force(practice_id=cast.anna.practice_id, at=present())
    assert rules is not None
    add_meetings(cast.anna, cast.ola, rules, number, first=before)


@pytest.fixture
def ola(cast: Cast, db: None) -> Client:
    """Ola's browser: she has accepted the rules."""
    client = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    open_hours(cast.anna)
    return client


def test_pages_of_both_sides_ask_the_same_for_many_rows(
    cast: Cast, anna: Client, ola: Client
) -> None:
    counts: dict[str, list[int]] = {}
    before = 0
    for rows in ROWS:
        _fill(cast, ola, rows - before, before)
        before = rows
        for name, page in PAGES.items():
            address = page if page.startswith("/") else reverse(page, args=[cast.ola.id])
            counts.setdefault(name, []).append(_count(anna, address))
        for name in PLACES:
            address = reverse(name, args=[cast.ola.id])
            counts.setdefault(name, []).append(_count(ola, address))

    assert {name: set(each) for name, each in counts.items() if len(set(each)) > 1} == {}
    assert {name: each for name, each in counts.items() if each[0] > MOST} == {}


def test_many_people_cost_no_more_questions(cast: Cast, anna: Client, ola: Client) -> None:
    rules = find_in_force(practice_id=cast.anna.practice_id, at=present())
    assert rules is not None
    counts: dict[str, list[int]] = {}
    made = 0
    for people in (2, 5, 30):
        while made < people:
            person = make_person(cast.anna, f"Person {made}")
            add_meetings(cast.anna, person, rules, 2, first=made * 2)
            Relation.across.create(
                practice=cast.anna.practice, person_id=person.id, other_id=cast.ola.id,
                kind="payer", made_at=present(),
            )  # fmt: skip
            made += 1
        for name in ("boundaries", "decisions", "money", "today"):
            counts.setdefault(name, []).append(_count(anna, PAGES[name]))
        place = reverse("my_place", args=[cast.ola.id])
        counts.setdefault("place", []).append(_count(ola, place))
        counts.setdefault("places", []).append(_count(ola, "/my/"))

    assert {name: set(each) for name, each in counts.items() if len(set(each)) > 1} == {}
    assert {name: each for name, each in counts.items() if each[0] > MOST} == {}
