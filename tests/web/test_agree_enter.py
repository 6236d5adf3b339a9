"""Whose the link to an agreement is, and whom it lets in."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from miedza.agreements.models import ENTER_VALID, Acceptance, Invitation
from miedza.messaging.models import Letter
from miedza.people.actions import change_person, open_place, relate
from tests.cast import ANNAS_TERMS, publish_rules
from tests.web.agreeing import accept, ask_for, browser, fresh, mail_to
from tests.web.pages import follow, present, read

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast


def test_parent_accepts_for_a_minor(cast: Cast, db: None) -> None:
    relate(
        practice=cast.anna.practice, person=cast.ola, other=cast.marek, kind="guardian",
        now=present(),
    )  # fmt: skip
    mail_to(cast.marek, "marek@clients.example")
    link = ask_for(cast.anna, cast.ola)
    client = browser()

    page = read(client.get(link))
    accept(client, link, "Marek Łącki")

    assert "You accept for Ola Żółć, for whom you answer." in page
    kept = Acceptance.objects.of(cast.anna.practice_id).get()
    assert (kept.person_id, kept.accepted_by_id) == (cast.ola.id, cast.marek.id)
    assert Invitation.objects.of(cast.anna.practice_id).get().mailed_to == "marek@clients.example"


def test_mailed_link_lets_one_in_once(cast: Cast, db: None) -> None:
    link = ask_for(cast.anna, cast.ola)
    client, second = browser(), browser()
    accept(client, link)

    first = client.post(f"{link}enter/")
    again = second.post(f"{link}enter/")

    assert first["Location"] == reverse("my_place", args=[cast.ola.id])
    assert client.get(first["Location"]).status_code == 200
    assert again["Location"] == "/sign-in/"
    assert second.get(first["Location"]).status_code == 302


def test_link_opens_no_place_of_another_practice(cast: Cast, db: None) -> None:
    """Whoever has places elsewhere too signs in by a code: the link is of one practice."""
    for practitioner, person in ((cast.borys, cast.nastia), (cast.anna, cast.ola)):
        place = mail_to(person, "both@clients.example")
        open_place(practice=practitioner.practice, person=place)
    link = ask_for(cast.anna, cast.ola)
    client = browser()
    accept(client, link)

    assert client.post(f"{link}enter/")["Location"] == "/sign-in/"
    assert client.get("/my/").status_code == 302


def test_evidence_says_where_the_link_was_mailed(cast: Cast, anna: Client) -> None:
    accept(browser(), ask_for(cast.anna, cast.ola))
    mail_to(cast.ola, "other@clients.example")

    page = read(anna.get(reverse("agreement", args=[cast.ola.id])))

    assert "by a link that was mailed to ola@clients.example" in page


def test_link_that_was_handed_over_lets_nobody_in(cast: Cast, db: None) -> None:
    link = ask_for(cast.anna, cast.ola, by_mail=False)
    client = browser()
    accept(client, link)

    response = client.post(f"{link}enter/")

    assert response["Location"] == "/sign-in/"
    assert client.get("/my/").status_code == 302


def test_mailed_link_lets_nobody_in_after_the_address_changed_or_days_later(
    cast: Cast, db: None
) -> None:
    late = ask_for(cast.anna, cast.ola, now=present() - ENTER_VALID)
    assert browser().post(f"{late}enter/")["Location"] == "/sign-in/"
    link = ask_for(cast.anna, cast.ola)
    change_person(
        practice=cast.anna.practice, person=fresh(cast.ola), name="Ola",
        email="new@clients.example", phone="", language="pl", what_for="", usual_minutes=60,
        usual_price_minor=1,
    )  # fmt: skip

    assert browser().post(f"{link}enter/").status_code == 404


def test_practitioners_account_opens_by_no_link(cast: Cast, db: None) -> None:
    mail_to(cast.ola, cast.borys.user.email)
    link = ask_for(cast.anna, cast.ola)
    client = browser()
    accept(client, link)

    assert client.post(f"{link}enter/")["Location"] == "/sign-in/"
    assert client.get("/people/").status_code == 302


def test_new_version_says_what_changed_and_asks_again(cast: Cast, db: None) -> None:
    client = browser()
    accept(client, ask_for(cast.anna, cast.ola))
    terms = {**ANNAS_TERMS, "rules": {**ANNAS_TERMS["rules"], "missed": {"percent": 70}}}
    publish_rules(cast.anna, terms, now=present() + timedelta(seconds=-1))
    link = ask_for(cast.anna, cast.ola)

    page = read(client.get(link))

    assert "What is new in this version" in page
    assert re.search(r"until now: .*100% of the price.* from now on: .*70% of the price", page)
    letters = Letter.objects.of(cast.anna.practice_id).filter(purpose="agreement").order_by("id")
    letter = letters.last()
    assert letter is not None
    assert "70% ceny" in letter.open_text(cast.anna.practice.key)
    assert follow(client, accept(client, link)).count("Version 2") == 1
