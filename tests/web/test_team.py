"""Colleagues: who is let in, what each of them sees, what only whoever leads may change."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.bookings.hours import Limits, set_hours
from miedza.core.hours import DAYS
from miedza.messaging.models import Mail
from miedza.messaging.queries import read_mail
from miedza.people.actions import open_place, write_note
from miedza.people.models import Person
from miedza.practice.joining import ask_to_join
from miedza.practice.models import Practice
from miedza.practice.queries import find_practitioner, list_practitioners
from tests.agreements.agreeing import accept
from tests.cast import BOOKED, book
from tests.web.addresses import OF_LEADERS, ROWS, everything_of
from tests.web.offers import add_colleague
from tests.web.pages import dump_rows, follow, present, read, sign_in

if TYPE_CHECKING:
    from django.test import Client

    from miedza.practice.models import Practitioner
    from tests.cast import Cast
    from tests.web.pages import Stage

EWA = "ewa@clients.example"


@pytest.fixture
def ewa(cast: Cast, db: None) -> Practitioner:
    """Ewa works with Anna."""
    return add_colleague(cast.anna, EWA, "Ewa Nowa")


def _find_link() -> str:
    """The way into the practice, from the letter."""
    (mail,) = Mail.objects.filter(to=EWA)
    text = read_mail(mail).text
    found = re.search(r"/join/\S+", text)
    assert found is not None
    assert "asks you to work" in text
    return found[0]


def test_whoever_says_yes_to_the_letter_works_here(
    cast: Cast, anna: Client, browser: Client
) -> None:
    Practice.objects.filter(id=cast.anna.practice_id).update(language="en")
    response = anna.post(reverse("add_to_team"), {"name": "Ewa Nowa", "email": EWA})
    assert f"A letter to {EWA} is on its way." in follow(anna, response)
    assert "asked, has not said yes" in read(anna.get(reverse("team")))
    link = _find_link()

    page = read(browser.get(link))
    assert "Anna Zielińska asks you to work together" in page
    assert len(list_practitioners(practice_id=cast.anna.practice_id)) == 1
    response = browser.post(link)

    assert response["Location"] == reverse("account_login")
    (_anna, ewa) = list_practitioners(practice_id=cast.anna.practice_id)
    assert (ewa.name, ewa.user.email) == ("Ewa Nowa", EWA)
    assert browser.get(link).status_code == browser.post(link).status_code == 404
    assert "Ewa Nowa" in read(anna.get(reverse("team")))


def test_letter_that_is_taken_back_opens_nothing(cast: Cast, anna: Client, browser: Client) -> None:
    Practice.objects.filter(id=cast.anna.practice_id).update(language="en")
    anna.post(reverse("add_to_team"), {"name": "Ewa Nowa", "email": EWA})
    link = _find_link()
    found = re.search(r"/settings/team/asked/\S+/end/", anna.get(reverse("team")).content.decode())
    assert found is not None

    assert "Taken back" in follow(anna, anna.post(found[0]))

    assert browser.post(link).status_code == 404
    assert anna.post(found[0]).status_code == 404


@pytest.mark.parametrize(
    ("name", "email", "said"),
    [
        ("Ewa", "anna@miedza.example", "Whoever signs in with this e-mail works here already."),
        ("Ewa", "nowhere", "Enter a valid email address."),
        ("", EWA, "This field is required."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    name: str, email: str, said: str, anna: Client
) -> None:
    response = anna.post(reverse("add_to_team"), {"name": name, "email": email})

    assert response.status_code == 422
    assert said in read(response)
    assert f'value="{email}"' in response.content.decode()


def test_who_works_elsewhere_reads_that_they_need_another_address(
    cast: Cast, borys: Client
) -> None:
    practice, email = cast.anna.practice, cast.borys.user.email
    token = ask_to_join(practice=practice, name="B", email=email, now=present())[1]

    said = follow(borys, borys.post(reverse("join", args=[token])))

    assert "You work in another practice with this e-mail." in said
    assert find_practitioner(user_id=cast.borys.user_id) == cast.borys


@pytest.mark.parametrize("name", OF_LEADERS)
def test_colleague_changes_nothing_that_holds_for_everybody(name: str, stage: Stage) -> None:
    adam = sign_in(stage.mine.offer.colleague.user)
    ids = ROWS[name].ids
    address = reverse(name, args=ids(stage.mine) if ids else [])
    before = dump_rows()

    for method in ROWS[name].methods:
        response = adam.generic(method, address)
        if method == "POST":
            response = adam.post(address, everything_of(stage.mine))
        assert response.status_code == 403, method
        if method != "HEAD":
            assert "Anna Zielińska alone changes it." in read(response)
    assert dump_rows() == before


def test_colleague_reads_the_rules_and_changes_their_own_looks_only(
    cast: Cast, ewa: Practitioner
) -> None:
    browser = sign_in(ewa.user)

    assert browser.get(reverse("rules"))["Location"] == reverse("rules_version", args=[1])
    assert browser.post(reverse("rules"), {})["Location"] == reverse("rules_version", args=[1])
    page = browser.get(reverse("settings")).content.decode()
    assert 'name="theme"' in page
    assert 'name="time_zone"' not in page
    sent = {"language": "ru", "theme": "dark", "name": "Mine now", "time_zone": "Asia/Tokyo"}
    browser.post(reverse("settings"), sent)
    ewa.user.refresh_from_db()
    cast.anna.practice.refresh_from_db()
    assert (ewa.user.theme, cast.anna.practice.name) == ("dark", "Anna Zielińska")
    assert cast.anna.practice.time_zone == "Europe/Warsaw"


def test_notes_are_read_by_whoever_wrote_them(cast: Cast, ewa: Practitioner, anna: Client) -> None:
    note = write_note(practitioner=ewa, person=cast.ola, text="Ewas own.", now=BOOKED)
    write_note(practitioner=cast.anna, person=cast.ola, text="Annas own.", now=BOOKED)
    address, hers = reverse("notes", args=[cast.ola.id]), sign_in(ewa.user)

    assert "Ewas own." not in read(anna.get(address))
    page = read(hers.get(address))
    assert "Ewas own." in page
    assert "Annas own." not in page
    delete = reverse("delete_note", args=[cast.ola.id, note.id])
    assert anna.post(delete).status_code == 404
    assert hers.post(delete).status_code == 302


def test_client_is_led_to_whom_they_met_last(cast: Cast, ewa: Practitioner) -> None:
    people = Person.objects.of(cast.anna.practice_id)
    people.filter(id=cast.ola.id).update(email="ola@clients.example")
    ola = people.get(id=cast.ola.id)
    open_place(practice=cast.anna.practice, person=ola)
    ola.refresh_from_db()
    accept(cast.anna, ola, now=present())
    everyday = {day: [["08:00", "20:00"]] for day in DAYS}
    for each in (cast.anna, ewa):
        set_hours(practitioner=each, weekly=everyday, limits=Limits(60, 0, 0, 30, None))
    assert ola.user is not None
    hers, address = sign_in(ola.user), f"{reverse('my_book', args=[ola.id])}?service=usual"
    book(cast.anna, ola, present() - timedelta(days=9), now=present() - timedelta(days=10))
    assert _find_chosen(hers, address) == []
    assert "Ewa Nowa" not in read(hers.get(address))  # Whom they never met is not offered.

    book(ewa, ola, present() + timedelta(days=2))

    assert _find_chosen(hers, address) == ["Ewa Nowa"]
    other = f"?service=usual&amp;with={cast.anna.id}"
    assert other in hers.get(address).content.decode()
    assert _find_chosen(hers, f"{address}&with={cast.anna.id}") == ["Anna Zielińska"]
    place = read(hers.get(reverse("my_place", args=[ola.id])))
    assert f"Practice: {cast.anna.practice.name}" in place
    assert "with Ewa Nowa" in place


def _find_chosen(browser: Client, address: str) -> list[str]:
    """With whom the times of a page are."""
    page = browser.get(address).content.decode()
    return re.findall(r'aria-current="true">([^<]+)</a>', page)


def test_who_is_let_go_signs_in_to_nothing(cast: Cast, ewa: Practitioner, anna: Client) -> None:
    hers = sign_in(ewa.user)
    assert hers.get("/").status_code == 200

    response = anna.post(reverse("let_go", args=[ewa.id]))

    assert "Ewa Nowa works here no more." in follow(anna, response)
    assert hers.get("/").status_code == 404
    assert anna.post(reverse("let_go", args=[ewa.id])).status_code == 404
    assert anna.post(reverse("let_go", args=[cast.anna.id])).status_code == 404
