"""The agreement with one person, as the practitioner asks for it, and everybody asked again."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.agreements.models import Acceptance, Invitation
from miedza.ledger.models import Ruling
from miedza.messaging.models import Letter, Mail
from miedza.people.models import Person
from miedza.practice.formats import from_local, to_local
from tests.cast import ANNAS_TERMS, book, publish_rules, tell
from tests.web.clients import give_place, sign_agreement
from tests.web.pages import follow, present, read, typed, yesterday_at

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast


def _page(person: Person) -> str:
    return reverse("agreement", args=[person.id])


def _post(client: Client, person: Person, step: str, **body: str) -> Any:
    return client.post(_page(person), {"step": step, **body})


def _today(days: int = 0) -> str:
    return f"{to_local(present() + timedelta(days=days), 'Europe/Warsaw'):%Y-%m-%d}"


@pytest.fixture
def ola(cast: Cast, db: None) -> Person:
    """Ola, with an e-mail."""
    give_place(cast.anna, cast.ola)
    return Person.objects.of(cast.anna.practice_id).get(id=cast.ola.id)


def test_letter_is_read_before_it_is_sent(cast: Cast, ola: Person, anna: Client) -> None:
    shown = _post(anna, ola, "show", words="Cieszę się na naszą pracę.")

    said = read(shown)
    assert "The letter, as it will be read" in said
    assert "Zanim zaczniemy, oto zasady naszej współpracy." in said  # Ola reads Polish.
    assert "Cieszę się na naszą pracę." in said
    assert typed(shown, "words") == ["Cieszę się na naszą pracę."]
    assert not Invitation.objects.of(cast.anna.practice_id).exists()
    assert not Mail.objects.exists()

    response = _post(anna, ola, "send", words="Cieszę się na naszą pracę.")

    assert f"The letter is on its way to {ola.email}." in follow(anna, response)
    letter = Letter.objects.of(cast.anna.practice_id).get()
    assert "Cieszę się na naszą pracę." in letter.open_text(cast.anna.practice.key)
    assert "on its way" in read(anna.get(reverse("letters", args=[ola.id])))
    invitation = Invitation.objects.of(cast.anna.practice_id).get()
    assert b"Ciesz" not in bytes(invitation.sealed_text or b"")


def test_letter_for_running_work_says_from_when(cast: Cast, ola: Person, anna: Client) -> None:
    said = read(_post(anna, ola, "show", holds_on=_today(9)))

    assert "Pracujemy już razem" in said
    assert "tego, co było wcześniej, nie oceniają" in said
    _post(anna, ola, "send", holds_on=_today(9))
    holds_at = Invitation.objects.of(cast.anna.practice_id).get().holds_at
    assert holds_at is not None
    assert f"{to_local(holds_at, 'Europe/Warsaw'):%Y-%m-%d %H:%M}" == f"{_today(9)} 00:00"


def test_what_was_before_rules_were_introduced_is_not_judged(
    cast: Cast, ola: Person, anna: Client
) -> None:
    start = yesterday_at(9)
    booking = book(cast.anna, ola, start, now=start - timedelta(days=9))
    tell(cast.anna, booking, "arrived", "client", start + timedelta(minutes=30))
    assert "30 minutes late" in read(anna.get(reverse("person", args=[ola.id])))

    _post(anna, ola, "send", holds_on=_today(3))

    assert "30 minutes late" not in read(anna.get(reverse("person", args=[ola.id])))
    assert Ruling.objects.of(cast.anna.practice_id).filter(reason="late").exists()  # It was.


@pytest.mark.parametrize("days", [-1, 400])
def test_day_must_lie_ahead_and_near(days: int, ola: Person, anna: Client) -> None:
    response = _post(anna, ola, "send", holds_on=_today(days), words="Kept.")

    assert response.status_code == 422
    assert "Choose today or a day within a year." in read(response)
    assert typed(response, "words") == ["Kept."]
    assert not Mail.objects.exists()


def test_link_is_shown_once(cast: Cast, anna: Client) -> None:
    response = _post(anna, cast.marek, "link")

    page = anna.get(response["Location"]).content.decode()
    assert "http://localhost:8000/agree/" in page
    assert "/agree/" not in anna.get(response["Location"]).content.decode()
    assert not Mail.objects.exists()


def test_without_an_address_no_letter_goes(cast: Cast, anna: Client) -> None:
    page = read(anna.get(_page(cast.marek)))
    assert "No e-mail of Marek Łącki is known" in page

    follow(anna, _post(anna, cast.marek, "send"))

    assert not Mail.objects.exists()


def test_agreement_is_accepted_on_the_practitioners_screen(cast: Cast, anna: Client) -> None:
    address = reverse("sign_here", args=[cast.marek.id])
    for language, title in (("en", "How we work together"), ("ru", "Как мы работаем вместе")):
        assert title in read(anna.get(address, {"language": language}))
    page = anna.get(address, {"language": "ru"})

    body = {"digest": typed(page, "digest")[0], "typed_name": "Marek Łącki", "read": "on"}
    response = anna.post(f"{address}?language=ru", body)

    assert response["Location"] == _page(cast.marek)
    kept = Acceptance.objects.of(cast.anna.practice_id).get()
    assert (kept.way, kept.language, kept.typed_name) == ("in_person", "ru", "Marek Łącki")
    said = follow(anna, response)
    assert "in person, on your screen" in said
    assert kept.text_digest in said
    assert anna.get(address)["Location"] == _page(cast.marek)


def test_everybody_is_asked_again(cast: Cast, ola: Person, anna: Client) -> None:
    for person in (ola, cast.marek):
        sign_agreement(cast.anna, person)
    Mail.objects.all().delete()
    terms = {**ANNAS_TERMS, "rules": {**ANNAS_TERMS["rules"], "missed": {"percent": 70}}}
    publish_rules(cast.anna, terms, now=present() - timedelta(seconds=1))
    said = read(anna.get("/rules/"))
    assert "2 people have accepted an earlier version and not this one." in said

    page = anna.get("/rules/ask/")
    assert "Nobody was ticked, so no letter" in follow(anna, anna.post("/rules/ask/"))
    everybody = {"person": [str(ola.id), str(cast.marek.id)], "once": typed(page, "once")[0]}
    after = follow(anna, anna.post("/rules/ask/", everybody))
    anna.post("/rules/ask/", everybody)  # The same form again.

    assert f'value="{ola.id}" checked' in " ".join(page.content.decode().split())
    assert f'value="{cast.marek.id}" disabled' in " ".join(page.content.decode().split())
    words = read(page)
    assert "Ola Żółć accepted: version 1" in words
    assert "Marek Łącki accepted: version 1 · no e-mail" in words
    assert "from now on:" in words
    assert "1 letter is on its way." in after
    assert "Whoever was left out can be asked from their own page." in after
    assert [mail.to for mail in Mail.objects.all()] == [ola.email]
    said = read(anna.get(reverse("person", args=[ola.id])))
    assert "Version 1 of the rules is accepted, the newer one is not yet." in said


def test_day_that_was_named_is_repeated_until_it_is_taken_out(
    cast: Cast, ola: Person, anna: Client
) -> None:
    _post(anna, ola, "send", holds_on=_today(3))
    assert typed(anna.get(_page(ola)), "holds_on") == [_today(3)]
    invitation = Invitation.objects.of(cast.anna.practice_id).get()
    past = from_local(to_local(present() - timedelta(days=5), "Europe/Warsaw").date(), time(0, 0),
                      "Europe/Warsaw")  # fmt: skip
    Invitation.objects.of(cast.anna.practice_id).filter(id=invitation.id).update(holds_at=past)

    page = anna.get(_page(ola))
    assert typed(page, "holds_on") == [_today(-5)]
    assert _post(anna, ola, "send", holds_on=_today(-5)).status_code == 302
    assert _post(anna, ola, "send", holds_on=_today(-6)).status_code == 422

    opened = Invitation.objects.of(cast.anna.practice_id).filter(withdrawn_at=None)
    assert opened.get().holds_at == past
    _post(anna, ola, "send", holds_on="")
    assert opened.get().holds_at is None


def test_asking_everybody_keeps_a_day_that_lies_ahead(
    cast: Cast, ola: Person, anna: Client
) -> None:
    sign_agreement(cast.anna, ola)
    publish_rules(cast.anna, ANNAS_TERMS, now=present() - timedelta(seconds=1))
    _post(anna, ola, "send", holds_on=_today(3))

    anna.post("/rules/ask/", {"person": str(ola.id)})

    opened = Invitation.objects.of(cast.anna.practice_id).filter(withdrawn_at=None).get()
    assert opened.holds_at is not None
    assert f"{to_local(opened.holds_at, 'Europe/Warsaw'):%Y-%m-%d}" == _today(3)
