"""Times that were asked for: given, declined with words, too late; and who waits for one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from miedza.bookings.keeping import answer
from miedza.bookings.models import Booking, Kept, Taken, Waiting
from miedza.messaging.models import Letter
from miedza.people.actions import find_or_add
from miedza.people.models import Person
from tests.cast import book, make_person
from tests.web.clients import give_place, open_hours, sign_agreement
from tests.web.hostile import bad_text
from tests.web.offers import NOTHING, ask_wish, define, list_times, wait_long
from tests.web.pages import dump_rows, follow, present, read, typed

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Service
    from tests.cast import Cast

PAGE = reverse("wishes")


@pytest.fixture
def ola(cast: Cast, db: None) -> Person:
    """Ola has accepted the rules, and there are hours on offer."""
    give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    open_hours(cast.anna)
    return Person.objects.of(cast.anna.practice_id).get(id=cast.ola.id)


@pytest.fixture
def asked(cast: Cast, db: None) -> Service:
    """A service that is given on request."""
    return define(cast.anna, "Talk", way="on_request")


@pytest.fixture
def wish(cast: Cast, ola: Person, asked: Service) -> Kept:
    """A time of it that Ola has asked for."""
    return ask_wish(cast.anna, ola, asked, text="On <b>verbs</b>, please.")


def _address(wish: Kept) -> str:
    return reverse("answer_wish", args=[wish.id])


def _starts_of(wish: Kept) -> Taken:
    return Taken.objects.of(wish.practice_id).get(id=wish.id)


def _answer_of(wish: Kept) -> str:
    said: str = Kept.objects.of(wish.practice_id).get(id=wish.id).answer
    return said


def _told(cast: Cast, ola: Person) -> set[str]:
    letters = Letter.objects.of(cast.anna.practice_id).filter(to=ola.email)
    return set(letters.values_list("purpose", flat=True))


def test_nobody_waits_at_first(anna: Client) -> None:
    said = read(anna.get(PAGE))

    assert "Nobody waits for an answer." in said
    assert "Nobody waits." in said


def test_wish_is_shown_with_who_asks_and_their_words(wish: Kept, anna: Client) -> None:
    page = anna.get(PAGE)

    said = read(page)
    assert "Ola Żółć" in said
    assert "On <b>verbs</b>, please." in said
    assert "Talk" in said
    assert "Kept until" in said
    assert "<b>verbs" not in page.content.decode()
    assert "1 " in read(anna.get("/"))


def test_wish_that_is_given_is_a_meeting(cast: Cast, ola: Person, wish: Kept, anna: Client) -> None:
    starts_at = _starts_of(wish).starts_at

    response = anna.post(_address(wish), {"yes": "1"})

    (booking,) = Booking.objects.of(cast.anna.practice_id)
    assert response["Location"] == reverse("meeting", args=[booking.id])
    assert "Booked; they are told." in follow(anna, response)
    assert (booking.person_id, booking.starts_at) == (ola.id, starts_at)
    assert "booked" in _told(cast, ola)
    assert "Nobody waits for an answer." in read(anna.get(PAGE))
    again = anna.post(_address(wish), {"yes": "1"})
    assert again["Location"] == response["Location"]
    assert Booking.objects.of(cast.anna.practice_id).count() == 1
    assert "This was answered before" in follow(anna, anna.post(_address(wish), {"no": "1"}))


@pytest.mark.parametrize("words", ["", "  ", "Next month <i>gladly</i>.\nAnna 👩‍🏫", "x" * 1000])
def test_wish_is_declined_with_a_word(
    words: str, cast: Cast, ola: Person, wish: Kept, asked: Service, anna: Client
) -> None:
    starts_at = _starts_of(wish).starts_at
    assert starts_at not in list_times(cast.anna, asked)
    before = _told(cast, ola)

    said = follow(anna, anna.post(_address(wish), {"no": "1", "words": words}))

    assert "You said no; they are told kindly." in said
    assert _answer_of(wish) == "no"
    assert starts_at in list_times(cast.anna, asked)
    assert not Booking.objects.of(cast.anna.practice_id).exists()
    assert _told(cast, ola) != before
    assert "This was answered before" in follow(anna, anna.post(_address(wish), {"yes": "1"}))


def test_words_that_cannot_be_sent_are_not_lost(wish: Kept, anna: Client) -> None:
    before = dump_rows()
    for words, message in bad_text(1000, required=False).items():
        response = anna.post(_address(wish), {"no": "1", "words": words})

        assert response.status_code == 422
        assert message in read(response)
        assert words in typed(response, "words")
    assert dump_rows() == before


def test_wish_that_was_taken_back_is_not_given(cast: Cast, wish: Kept, anna: Client) -> None:
    answer(practice=cast.anna.practice, kept_id=wish.id, said="withdrawn", now=present())

    for body in ({"yes": "1"}, {"no": "1"}):
        said = follow(anna, anna.post(_address(wish), body))
        assert "This was answered before, or the time has passed." in said
    assert not Booking.objects.of(cast.anna.practice_id).exists()


def _let_lapse(wish: Kept) -> None:
    """Nobody answered in time."""
    kept = Kept.objects.of(wish.practice_id).filter(id=wish.id)
    kept.update(answer="lapsed", answered_at=present())
    taken = Taken.objects.of(wish.practice_id).filter(id=wish.id)
    taken.update(kept_until=present() - timedelta(hours=1), occupies=False)


def test_wish_that_waited_too_long_is_given_while_its_time_is_free(
    cast: Cast, wish: Kept, anna: Client
) -> None:
    _let_lapse(wish)
    assert "Nobody waits for an answer." in read(anna.get(PAGE))

    said = follow(anna, anna.post(_address(wish), {"yes": "1"}))

    assert "Booked; they are told." in said


def test_wish_whose_time_went_to_somebody_else_books_nothing(
    cast: Cast, wish: Kept, anna: Client
) -> None:
    _let_lapse(wish)
    book(cast.anna, cast.marek, _starts_of(wish).starts_at, now=present())
    before = dump_rows()

    said = follow(anna, anna.post(_address(wish), {"yes": "1"}))

    assert "The time has been taken by now. Nothing was booked." in said
    assert dump_rows() == before


def test_wish_of_nobody_and_of_another_practice_is_answered_with_a_word(
    wish: Kept, anna: Client, borys: Client
) -> None:
    before = dump_rows()

    for client, address in (
        (anna, reverse("answer_wish", args=[NOTHING])),
        (borys, _address(wish)),
    ):
        for body in ({"yes": "1"}, {"no": "1", "words": "no"}, {"words": "\0"}):
            said = follow(client, client.post(address, body))
            assert "This was answered before, or the time has passed." in said
    assert dump_rows() == before


def test_who_may_be_somebody_known_is_named(
    cast: Cast, ola: Person, wish: Kept, anna: Client
) -> None:
    marek = find_or_add(
        practice=cast.anna.practice, name="Marek Łącki", email="", like=ola, now=present()
    )
    Kept.objects.of(wish.practice_id).filter(id=wish.id).update(alike_id=marek.id)

    said = read(anna.get(PAGE))

    assert "Perhaps the same person as Marek Łącki" in said


def test_waiting_list_is_shown_in_order_and_ended(cast: Cast, ola: Person, anna: Client) -> None:
    entry = wait_long(cast.anna, ola)
    page = anna.get(PAGE)
    assert "Ola Żółć · the usual meeting" in read(page)
    address = reverse("end_waiting", args=[entry.id])
    assert address in page.content.decode()

    said = follow(anna, anna.post(address))

    assert "They are not on the waiting list any more." in said
    assert "Nobody waits." in said
    ended = Waiting.objects.of(cast.anna.practice_id).get(id=entry.id)
    assert ended.ended_at is not None
    assert not Kept.objects.of(cast.anna.practice_id).filter(answer="").exists()
    before = dump_rows()
    follow(anna, anna.post(address))
    assert dump_rows() == before


def test_many_wishes_cost_no_more_questions_than_one(cast: Cast, anna: Client) -> None:
    open_hours(cast.anna)
    service = define(cast.anna, way="on_request")
    counted = []
    for number in range(3):
        person = make_person(cast.anna, f"Iga {number}")
        sign_agreement(cast.anna, person)
        ask_wish(cast.anna, person, service, number=10 + number)
        with CaptureQueriesContext(connection) as asked:
            assert f"Iga {number}" in read(anna.get(PAGE))
        counted.append(len(asked))

    assert len(set(counted)) == 1
