"""A time that is offered to somebody who waits: taken once, left, or gone by now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from miedza.bookings.models import Booking, Kept, Waiting
from miedza.people.actions import block
from miedza.practice.formats import format_money
from tests.cast import ANNAS_TERMS, book, publish_rules
from tests.web.answering import (
    OVER,
    Asked,
    answer_of,
    enter_place,
    let_lapse,
    offer_first,
    read_english,
    say,
    start_of,
)
from tests.web.clients import sign_agreement
from tests.web.offers import list_times
from tests.web.pages import follow, present, read

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def place(cast: Cast, db: None) -> Client:
    """Ola's browser; she has accepted the rules, and reads English."""
    return enter_place(cast)


@pytest.fixture
def offer(cast: Cast, place: Client) -> Asked:
    """The first free time, for which Ola has waited."""
    return offer_first(cast, place)


@pytest.fixture
def browser() -> Client:
    """Somebody who opens the link of a letter, and has chosen English."""
    return read_english()


def test_offer_shows_what_it_costs_and_its_rules(offer: Asked, browser: Client) -> None:
    said = read(browser.get(offer.link))

    assert "A time is free for you" in said
    assert "60 minutes" in said
    with override("en"):
        assert format_money(20_000, "PLN") in said
    assert "Should you need to cancel" in said
    assert "It is kept for you until" in said


def test_offer_that_is_taken_is_booked_once(cast: Cast, offer: Asked, browser: Client) -> None:
    starts_at = start_of(cast, offer)

    response = browser.post(offer.link, {"say": "yes"})

    (booking,) = Booking.objects.of(cast.anna.practice_id)
    assert response["Location"] == reverse("my_meeting", args=[offer.ola.id, booking.id])
    assert (booking.person_id, booking.starts_at, booking.outcome) == (
        offer.ola.id, starts_at, "open",
    )  # fmt: skip
    assert "You have taken it." in read(browser.get(offer.link))
    assert not Waiting.objects.of(cast.anna.practice_id).filter(ended_at=None).exists()
    browser.post(offer.link, {"say": "yes"})
    assert OVER in say(browser, offer, "no")
    assert Booking.objects.of(cast.anna.practice_id).count() == 1


@pytest.mark.parametrize(
    ("word", "said", "waits"),
    [
        ("no", "You stay on the waiting list; the next free time is offered to you.", True),
        ("leave", "You are not on the waiting list any more.", False),
    ],
)
def test_offer_is_left(
    word: str, said: str, waits: object, cast: Cast, offer: Asked, browser: Client
) -> None:
    starts_at = start_of(cast, offer)

    page = say(browser, offer, word)

    assert said in page
    assert "This offer is over." in page
    waiting = Waiting.objects.of(cast.anna.practice_id).filter(ended_at=None)
    assert waiting.exists() == waits
    assert starts_at in list_times(cast.anna, None)
    others = Kept.objects.of(cast.anna.practice_id).filter(answer="", purpose="offer")
    assert others.exists() == waits
    assert OVER in say(browser, offer, word)


def test_offer_whose_time_is_over_is_booked_no_more(
    cast: Cast, offer: Asked, browser: Client
) -> None:
    starts_at = start_of(cast, offer)
    let_lapse(cast, offer)
    book(cast.anna, cast.marek, starts_at, now=present())

    assert "This offer is over." in read(browser.get(offer.link))
    said = say(browser, offer, "yes")

    assert "Booked" not in said
    assert "any more" in said or OVER in said
    assert Booking.objects.of(cast.anna.practice_id).count() == 1


def test_offer_waits_for_new_rules_to_be_accepted(
    cast: Cast, offer: Asked, browser: Client
) -> None:
    rules = {name: rule for name, rule in ANNAS_TERMS["rules"].items() if name != "missed"}
    terms = {**ANNAS_TERMS, "rules": rules}
    publish_rules(cast.anna, terms, now=present() - timedelta(seconds=1))

    response = offer.place.post(offer.link, {"say": "yes"})

    assert response["Location"] == reverse("my_agreement", args=[offer.ola.id])
    assert "First read and accept the agreement" in follow(offer.place, response)
    assert answer_of(cast, offer) == ""
    sign_agreement(cast.anna, cast.ola)
    assert "Booked." in follow(offer.place, offer.place.post(offer.link, {"say": "yes"}))


def test_whoever_is_blocked_meanwhile_reads_a_kind_word(
    cast: Cast, offer: Asked, browser: Client
) -> None:
    block(practice=cast.anna.practice, person=offer.ola, now=present())

    said = say(browser, offer, "yes")

    assert "Please write to Anna Zielińska; a way can be found together." in said or OVER in said
    assert not Booking.objects.of(cast.anna.practice_id).exists()
