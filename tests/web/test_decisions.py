"""Decisions: what waits, with words to say; nothing is charged by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.ledger.models import Decision, Ruling, Waiver
from miedza.words.registry import say_step
from tests.cast import book, tell
from tests.web.clients import drop_payment, give_place, sign_agreement
from tests.web.pages import dump_rows, follow, present, read, yesterday_at

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Booking
    from miedza.people.models import Person
    from tests.cast import Cast

PAGE = "/decisions/"
NOBODY = "Nobody had accepted the rules for this meeting, so nothing can be charged for it."


@pytest.fixture(autouse=True)
def _without_payment(cast: Cast, db: None) -> None:
    drop_payment(cast.anna)


def _miss(cast: Cast, person: Person, days: int) -> Booking:
    """The client did not come."""
    start = yesterday_at(9, days=days)
    booking = book(cast.anna, person, start, now=start - timedelta(days=9))
    tell(cast.anna, booking, "left", "practitioner", start + timedelta(minutes=20))
    return booking


def _fee(cast: Cast, person: Person | None = None) -> Ruling:
    """Two misses: the first is forgiven, the second has its fee."""
    person = person or cast.ola
    _miss(cast, person, 3)
    booking = _miss(cast, person, 2)
    return Ruling.objects.of(cast.anna.practice_id).get(meeting_id=booking.id, reason="missed")


def _agree(cast: Cast) -> None:
    sign_agreement(cast.anna, cast.ola, present() - timedelta(days=60))


def _decide(client: Client, ruling: Ruling, choice: str) -> Any:
    return client.post(reverse("decide", args=[ruling.id]), {"choice": choice})


def _due(client: Client, person: Person) -> str:
    page = read(client.get(reverse("account", args=[person.id])))
    return page.split("<main")[-1].replace("\xa0", " ")


def test_empty_page_says_what_it_is_for(anna: Client) -> None:
    assert "Nothing waits. When a rule is crossed" in read(anna.get(PAGE))


def test_fee_waits_with_its_step_and_words_in_the_clients_language(
    cast: Cast, anna: Client
) -> None:
    _agree(cast)
    ruling = _fee(cast)

    page = anna.get(PAGE)

    said = read(page)
    assert ruling.step is not None
    assert say_step(ruling.step, "client", "en")[0] in said
    assert say_step(ruling.step, "client", "pl")[1] in said  # Ola reads Polish.
    assert "Charge" in said
    assert "1 decision waits" in read(anna.get("/"))


def test_nothing_is_charged_before_somebody_decides(cast: Cast, anna: Client) -> None:
    _agree(cast)
    ruling = _fee(cast)
    client = give_place(cast.anna, cast.ola)
    place = reverse("my_place", args=[cast.ola.id])

    assert "Nobody owes anybody anything." in _due(anna, cast.ola)
    assert "Not charged so far." in read(client.get(place))
    assert "Due from you" not in read(client.get(place))

    assert "Decided and written down." in follow(anna, _decide(anna, ruling, "apply"))
    assert "Due to you" in _due(anna, cast.ola)
    assert "Charged." in read(client.get(place))
    assert "Due from you" in read(client.get(place))
    assert "Nothing waits." in read(anna.get(PAGE))


def test_decision_is_taken_back(cast: Cast, anna: Client) -> None:
    _agree(cast)
    ruling = _fee(cast)
    page = follow(anna, _decide(anna, ruling, "apply"))
    assert "Undo" in page

    assert "Undecided again." in follow(anna, _decide(anna, ruling, "open"))

    kept = Decision.objects.of(cast.anna.practice_id).order_by("edition")
    assert [(each.edition, each.choice) for each in kept] == [(1, "apply"), (2, "open")]
    assert "Nobody owes anybody anything." in _due(anna, cast.ola)
    assert "Charge" in read(anna.get(PAGE))


def test_same_decision_twice_is_one(cast: Cast, anna: Client) -> None:
    _agree(cast)
    ruling = _fee(cast)

    for _time in range(3):
        _decide(anna, ruling, "talk")

    assert Decision.objects.of(cast.anna.practice_id).count() == 1
    assert "for your next talk" in read(anna.get(PAGE))


def test_fee_that_nobody_agreed_to_is_not_charged(cast: Cast, anna: Client) -> None:
    ruling = _fee(cast)

    page = read(anna.get(PAGE))
    response = _decide(anna, ruling, "apply")

    assert NOBODY in page
    assert "Charge PLN" not in page
    assert NOBODY in follow(anna, response)
    assert not Decision.objects.of(cast.anna.practice_id).exists()


def test_fee_is_given_away_with_a_reason_and_leads_back(cast: Cast, anna: Client) -> None:
    _agree(cast)
    ruling = _fee(cast)
    body = {"ruling": str(ruling.id), "reason": "A hard week.", "to": "decisions"}

    response = anna.post(reverse("waive", args=[ruling.meeting_id]), body)

    assert response["Location"] == PAGE
    assert "Given away." in follow(anna, response)
    assert Waiver.objects.of(cast.anna.practice_id).get().ruling_id == ruling.id
    assert "Nothing waits." in read(anna.get(PAGE))
    assert "There is nothing to decide about this any more." in follow(
        anna, _decide(anna, ruling, "apply")
    )


@pytest.mark.parametrize("choice", ["", "x", "leave", "charge"])
def test_what_is_no_choice_about_a_fee_changes_nothing(
    choice: str, cast: Cast, anna: Client
) -> None:
    _agree(cast)
    ruling = _fee(cast)
    before = dump_rows()

    response = _decide(anna, ruling, choice)

    assert response["Location"] == PAGE
    assert "Charge" in follow(anna, response)
    assert dump_rows() == before


def test_step_without_a_fee_is_said_or_left(cast: Cast, anna: Client) -> None:
    for days in (3, 2):
        start = yesterday_at(9, days=days)
        booking = book(cast.anna, cast.ola, start, now=start - timedelta(days=9))
        tell(cast.anna, booking, "arrived", "client", start + timedelta(minutes=12))
    ruling = Ruling.objects.of(cast.anna.practice_id).get(meeting_id=booking.id, reason="late")

    page = read(anna.get(PAGE))
    assert "I have said it" in page
    assert "Leave it" in page
    assert "Charge" not in page
    assert "Left as it is." in follow(anna, _decide(anna, ruling, "leave"))
    assert "Nothing waits." in read(anna.get(PAGE))


def test_own_doing_waits_for_a_word_as_well(cast: Cast, anna: Client) -> None:
    for days in (3, 2):
        start = yesterday_at(9, days=days)
        booking = book(cast.anna, cast.ola, start, now=start - timedelta(days=9))
        tell(cast.anna, booking, "arrived", "practitioner", start + timedelta(minutes=12))

    page = read(anna.get(PAGE))

    assert "on your side" in page
    assert say_step("remind", "practitioner", "pl")[1] in page


def test_decisions_come_page_by_page(cast: Cast, anna: Client) -> None:
    for day in range(26):
        start = yesterday_at(9, days=day + 1)
        booking = book(cast.anna, cast.ola, start, now=start - timedelta(days=9))
        tell(cast.anna, booking, "arrived", "client", start + timedelta(minutes=12))

    first, second = (read(anna.get(PAGE, {"page": number})) for number in (1, 2))

    assert first.count("I have said it") == 20
    assert second.count("I have said it") == 5
    assert "25 decisions wait" in read(anna.get("/"))
