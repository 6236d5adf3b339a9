"""Visitors who may not: too often, blocked, one free meeting too many; those who are known."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from miedza.bookings.models import Kept
from miedza.ledger.facts import to_instant
from miedza.messaging.models import Mail
from miedza.messaging.queries import read_mail
from miedza.people.actions import block, open_place, relate
from miedza.people.models import Person
from tests.cast import ANNAS_TERMS, book, make_person, publish_rules
from tests.web.clients import give_place, hidden, open_hours, sign_agreement
from tests.web.codes import read_code
from tests.web.offers import define, list_times, open_page
from tests.web.pages import dump_rows, follow, list_shown, present, read, sign_in
from tests.web.visiting import (
    ELA,
    begin_at,
    go_on,
    hold_as,
    list_bookings,
    sign,
)

if TYPE_CHECKING:
    from miedza.bookings.models import Service
    from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("queue", "in_one_hour")

KINDLY = "This time could not be booked here. Please write to Anna Zielińska"


def _other() -> Client:
    """Another browser at the same place."""
    return Client(headers={"accept-language": "en"})


def test_one_address_is_mailed_so_many_codes_an_hour(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    free = list_times(cast.anna, lesson)
    held = hold_as(browser, lesson, free[0])["Location"]
    for number in range(1, 5):
        assert hold_as(_other(), lesson, free[number]).status_code == 302
    assert browser.post(held, {"again": "1"}).status_code == 302
    before, code = dump_rows(), read_code()

    refused = [
        hold_as(_other(), lesson, free[9]), browser.post(held, {"again": "1"}),
        hold_as(_other(), lesson, free[9], email=ELA.upper()),
    ]  # fmt: skip

    assert [response.status_code for response in refused] == [429, 429, 429]
    assert "Wait a while, then try it again." in read(refused[0])
    assert dump_rows() == before
    assert hold_as(_other(), lesson, free[9], email="eve@visitors.example").status_code == 302
    assert code in _read_mails(ELA)[-1]


def _read_mails(to: str) -> list[str]:
    return [read_mail(mail).text for mail in Mail.objects.filter(to=to).order_by("id")]


def test_one_place_acts_so_often_an_hour(cast: Cast, lesson: Service, browser: Client) -> None:
    at = list_times(cast.anna, lesson)[0]
    for number in range(30):
        said = hold_as(_other(), lesson, at, email=f"v{number}@visitors.example")
        assert said.status_code == (302 if number == 0 else 409)

    assert hold_as(_other(), lesson, at, email="last@visitors.example").status_code == 429
    assert browser.get(begin_at(lesson), {"at": to_instant(at)}).status_code == 409


@pytest.mark.parametrize("place", ["place", ""])
def test_blocked_person_sees_the_same_pages_and_a_kind_word(
    place: str, cast: Cast, lesson: Service, browser: Client
) -> None:
    ola = Person.objects.of(cast.anna.practice_id).get(id=cast.ola.id)
    if place:
        give_place(cast.anna, ola)
        sign_agreement(cast.anna, ola)
    else:
        Person.objects.of(cast.anna.practice_id).filter(id=ola.id).update(email=ELA)
    ola.refresh_from_db()
    block(practice=cast.anna.practice, person=ola, now=present())
    at = list_times(cast.anna, lesson)[20]

    _held, response = go_on(browser, lesson, at, email=ola.email)

    assert response.status_code == 409
    assert KINDLY in read(response)
    assert list_bookings(cast) == []
    for word in ("block", "Blocked"):
        assert word not in response.content.decode()


def test_visitor_who_is_known_books_as_who_they_are(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    email = f"{cast.ola.id}@clients.example"
    people = Person.objects.of(cast.anna.practice_id).count()

    time = list_times(cast.anna, lesson)[20]
    _held, response = go_on(browser, lesson, time, email=email.upper())

    # The agreement was accepted before.
    assert "Booked. It is in your e-mail too." in follow(browser, response)
    (booking,) = list_bookings(cast)
    assert booking.person_id == cast.ola.id
    assert Person.objects.of(cast.anna.practice_id).count() == people
    moment = list_times(cast.anna, lesson)[30]
    leads = browser.get(begin_at(lesson), {"at": to_instant(moment)})["Location"]
    assert leads.startswith(reverse("my_book", args=[cast.ola.id]))


def test_who_signs_in_to_a_held_time_books_it_with_a_button(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    cast.ola.refresh_from_db()
    cast.nastia.email = cast.ola.email
    cast.nastia.save()
    open_place(practice=cast.borys.practice, person=cast.nastia)  # A code opens one place alone.
    held, response = go_on(browser, lesson, list_times(cast.anna, lesson)[20], email=cast.ola.email)
    assert response["Location"].startswith("/sign-in/")
    assert cast.ola.user is not None
    signed_in = sign_in(cast.ola.user)
    before = dump_rows(cast.anna)

    page = read(signed_in.get(held))

    assert "Book this time" in page
    assert "Should you need to cancel" in page
    assert dump_rows(cast.anna) == before
    assert "Booked. It is in your e-mail too." in follow(signed_in, signed_in.post(held))
    assert [each.person_id for each in list_bookings(cast)] == [cast.ola.id]


def test_parent_books_for_a_child(cast: Cast, lesson: Service, browser: Client) -> None:
    free = list_times(cast.anna, lesson)

    held, _response = go_on(browser, lesson, free[20], child="Jaś  Nowy")
    assert "You accept for Jaś Nowy, for whom you answer." in read(browser.get(held))
    follow(browser, sign(browser, held))

    (booking,) = list_bookings(cast)
    child = Person.objects.of(cast.anna.practice_id).get(id=booking.person_id)
    assert (child.name, child.email) == ("Jaś Nowy", "")


def _offer_free(cast: Cast, **limits: int) -> Service:
    """A free meeting, of which the rules give so many."""
    rule = {"minutes": 30, "per_person": 1, "per_month": 9, "invite_at_minute": 25, **limits}
    terms = {**ANNAS_TERMS, "rules": {**ANNAS_TERMS["rules"], "free_session": rule}}
    publish_rules(cast.anna, terms, now=present() - timedelta(days=1))
    open_hours(cast.anna)
    open_page(cast.anna)
    return define(cast.anna, "First talk", kind="free", price_minor=0, minutes=30)


def test_second_free_meeting_is_refused_in_words(cast: Cast, browser: Client, db: None) -> None:
    service = _offer_free(cast)
    free = list_times(cast.anna, service)
    held, _response = go_on(browser, service, free[20])
    assert "Booked." in follow(browser, sign(browser, held))
    again = Client(headers={"accept-language": "en"})

    _held, response = go_on(again, service, free[25])

    assert response.status_code == 409
    assert "The rules give no further free meeting. A paid one can be booked." in read(response)
    assert len(list_bookings(cast)) == 1


def test_free_meeting_of_who_came_before_waits_for_a_yes(
    cast: Cast, browser: Client, db: None
) -> None:
    service = _offer_free(cast)
    page = browser.get(begin_at(service), {"at": to_instant(list_times(cast.anna, service)[20])})
    assert "I had a free meeting here before" in read(page)

    held, _response = go_on(browser, service, list_times(cast.anna, service)[20], came_before="on")
    said = follow(browser, sign(browser, held))

    assert "You have asked for this time." in said
    assert list_bookings(cast) == []


def test_link_that_is_none_opens_nothing(browser: Client, lesson: Service) -> None:
    for token in ("x", "a" * 43, "%00", "ż"):
        response = browser.get(f"/held/{token}/")
        assert response.status_code == 404
        assert "This link opens nothing any more" in read(response)
    assert list_shown(browser.get(reverse("service", args=["anna", lesson.slug])))


def _begin_as_parent(cast: Cast) -> Client:
    """The mother of Ola, who had a free meeting, and of Marek, who had none, in her place."""
    mother = make_person(cast.anna, "Halina")
    for child in (cast.ola, cast.marek):
        relate(
            practice=cast.anna.practice, person=child, other=mother, kind="guardian", now=present()
        )
        sign_agreement(cast.anna, child)
    return give_place(cast.anna, mother)


def test_free_time_that_is_asked_about_is_asked_for_once_though_sent_twice(
    cast: Cast, db: None
) -> None:
    service, mother = _offer_free(cast), _begin_as_parent(cast)
    free = list_times(cast.anna, service)
    book(cast.anna, cast.ola, free[3], now=present(), kind="free", minutes=30, price_minor=0)
    address = reverse("my_book", args=[cast.marek.id])
    asked = {"service": service.slug, "at": str(to_instant(free[20]))}
    form = hidden(mother.get(address, asked), address)

    for _time in range(2):
        said = follow(mother, mother.post(address, form))
        assert "You have asked for this time." in said

    (kept,) = Kept.objects.of(cast.anna.practice_id)
    assert (kept.purpose, kept.alike_id) == ("wish", cast.ola.id)


def test_free_times_that_are_asked_about_are_no_series(cast: Cast, db: None) -> None:
    service, mother = _offer_free(cast, per_person=9), _begin_as_parent(cast)
    free = list_times(cast.anna, service)
    book(cast.anna, cast.ola, free[3], now=present(), kind="free", minutes=30, price_minor=0)
    address, at = reverse("my_series", args=[cast.marek.id]), str(to_instant(free[20]))
    page = mother.get(address, {"service": service.slug, "at": at, "count": "2", "weeks": "1"})

    response = mother.post(address, {**hidden(page, address), "start": [at]})

    assert "A free meeting is booked one at a time." in follow(mother, response)
    assert {each.person_id for each in list_bookings(cast)} == {cast.ola.id}
