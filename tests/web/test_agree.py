"""The agreement behind a link: reading changes nothing, accepting leaves evidence, once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from miedza.agreements.accepting import VALID
from miedza.agreements.models import Acceptance
from miedza.messaging.models import Letter
from tests.cast import ANNAS_TERMS, publish_rules
from tests.web.agreeing import AGENT, accept, ask_for, browser
from tests.web.pages import dump_rows, present, read, typed

if TYPE_CHECKING:
    from tests.cast import Cast

HOSTILE = [
    "O'Brien-Żółć", "{number}", "{practitioner!w:a|b}", "[name?x//y]", "%(name)s %s %d",
    "<script>alert(1)</script>", '"><b onclick=1>', "{{ 7*7 }}{% now 'Y' %}", "Łukasz\u0308",
    "محمد عبد الله", "שָׁלוֹם", "👩‍👩‍👧‍👦 Ола", "Robert'); DROP TABLE people;--", "\u202egnihtemos",
    "李小龍", "=cmd|' /C calc'!A0", "Ola\r\nBcc: x@y", "a" * 120, "Ж" * 120, "null", "  ",
]  # fmt: skip


def test_opening_a_link_changes_nothing(cast: Cast, db: None) -> None:
    link = ask_for(cast.anna, cast.ola)
    before = dump_rows()

    for client in (browser(), browser("pl"), browser("ru")):
        for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE"):
            client.generic(method, link)
    page = browser().get(link)

    assert dump_rows() == before
    assert page.status_code == 200
    assert "How we work together" in read(page)
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "How we work together"),
        ("pl", "Zasady naszej współpracy"),
        ("ru", "Как мы работаем вместе"),
    ],
)
def test_agreement_is_read_and_kept_in_the_readers_language(
    language: str, title: str, cast: Cast, db: None
) -> None:
    link = ask_for(cast.anna, cast.ola)
    client = browser(language)
    shown = read(client.get(link))

    response = accept(client, link)

    assert response.status_code == 302
    kept = Acceptance.objects.of(cast.anna.practice_id).get()
    text = kept.open_text(cast.anna.practice.key)
    assert text.startswith(title)
    for sentence in text.splitlines():
        assert re.sub(r"^\d+\. ", "", " ".join(sentence.split())) in shown
    assert kept.language == language


def test_page_speaks_the_language_of_who_is_asked_before_one_is_chosen(
    cast: Cast, db: None
) -> None:
    link = ask_for(cast.anna, cast.ola)  # Ola reads Polish.

    page = Client(headers={"accept-language": "en"}).get(link)

    assert "Zasady naszej współpracy" in read(page)
    assert page["Content-Language"] == "pl"


def test_acceptance_keeps_its_evidence(cast: Cast, db: None) -> None:
    link = ask_for(cast.anna, cast.ola)

    accept(browser(), link, "  Ola   Żółć ", read="on")

    kept = Acceptance.objects.of(cast.anna.practice_id).get()
    told = (kept.person_id, kept.accepted_by_id, kept.typed_name, kept.way, kept.address)
    assert told == (cast.ola.id, cast.ola.id, "Ola Żółć", "link", "127.0.0.1")
    assert kept.agent == AGENT
    assert abs(kept.accepted_at - present()) < timedelta(minutes=2)
    assert {letter.purpose for letter in Letter.objects.of(cast.anna.practice_id)} == {
        "agreement", "accepted",
    }  # fmt: skip


def test_link_opened_again_says_what_was_accepted_and_accepts_no_more(cast: Cast, db: None) -> None:
    link = ask_for(cast.anna, cast.ola)
    client = browser()
    digest = typed(client.get(link), "digest")[0]
    accept(client, link)
    before = dump_rows()

    again = client.post(link, {"digest": digest, "typed_name": "Somebody Else", "read": "on"})
    page = browser().get(link)

    assert again.status_code == 200
    assert "under the name Ola Żółć" in read(again)
    assert "under the name Ola Żółć" in read(page)
    assert dump_rows() == before


def test_stale_version_in_a_second_tab_is_shown_anew_and_keeps_the_name(
    cast: Cast, db: None
) -> None:
    link = ask_for(cast.anna, cast.ola)
    client = browser()
    old = typed(client.get(link), "digest")[0]
    terms = {**ANNAS_TERMS, "rules": {**ANNAS_TERMS["rules"], "missed": {"percent": 70}}}
    publish_rules(cast.anna, terms, now=present() - timedelta(minutes=1))

    response = client.post(link, {"digest": old, "typed_name": "Ola Żółć", "read": "on"})

    assert response.status_code == 422
    assert "The agreement has changed since you opened this page." in read(response)
    assert "70% of the price" in read(response)
    assert typed(response, "typed_name") == ["Ola Żółć"]
    assert typed(response, "read") == []
    assert not Acceptance.objects.of(cast.anna.practice_id).exists()
    assert typed(response, "digest") != [old]
    fresh = {"digest": typed(response, "digest")[0], "typed_name": "Ola Żółć", "read": "on"}
    assert client.post(link, fresh).status_code == 302
    assert Acceptance.objects.of(cast.anna.practice_id).get().rules.number == 2


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"typed_name": "", "read": "on"}, "This field is required."),
        ({"typed_name": "\u3164\u2800\u200d", "read": "on"}, "Write a name."),
        ({"typed_name": "Ola Żółć"}, "This field is required."),
        ({"typed_name": "x" * 121, "read": "on"}, "at most 120 characters"),
        ({"typed_name": "O\x00la", "read": "on"}, "a character here that cannot be seen"),
    ],
)
def test_nothing_is_accepted_without_a_name_and_a_yes(
    body: dict[str, str], said: str, cast: Cast, db: None
) -> None:
    link = ask_for(cast.anna, cast.ola)
    client = browser()
    digest = typed(client.get(link), "digest")[0]

    response = client.post(link, {"digest": digest, **body})

    assert response.status_code == 422
    assert said in read(response)
    assert typed(response, "typed_name") == [body["typed_name"]]
    assert not Acceptance.objects.of(cast.anna.practice_id).exists()


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_is_kept_as_it_was_typed(name: str, cast: Cast, db: None) -> None:
    link = ask_for(cast.anna, cast.ola)
    wanted = " ".join(name.split())[:120]

    response = accept(browser(), link, wanted)

    if response.status_code == 302:
        assert Acceptance.objects.of(cast.anna.practice_id).get().typed_name == wanted
    else:
        assert response.status_code == 422
        assert len(wanted) < 2 or any(ord(letter) < 32 or letter == "\x7f" for letter in wanted)


def test_wrong_links_open_nothing(cast: Cast, db: None) -> None:
    link = ask_for(cast.anna, cast.ola)
    token = link.split("/")[2]
    other = ask_for(cast.borys, cast.nastia).split("/")[2]
    wrong = [
        "x", "0" * 70, token[:-1], f"{token}A", token[:-2] + "__", token.swapcase(),
        other[:22] + token[22:], token[:43] + other[43:], "é" * 70, token[:69] + "=",
    ]  # fmt: skip

    for each in wrong:
        for method in (Client.get, Client.post):
            assert method(browser(), reverse("agree", args=[each])).status_code == 404, each
        assert browser().post(reverse("enter", args=[each])).status_code == 404, each


def test_newer_letter_closes_the_older_one(cast: Cast, db: None) -> None:
    older, newer = ask_for(cast.anna, cast.ola), ask_for(cast.anna, cast.ola)

    assert browser().get(older).status_code == 404
    assert browser().get(newer).status_code == 200


def test_link_ends_in_time(cast: Cast, db: None) -> None:
    ended = ask_for(cast.anna, cast.ola, now=present() - VALID)

    page = browser().get(ended)

    assert page.status_code == 404
    assert "This link opens nothing any more" in read(page)


def test_practitioner_reads_along_and_accepts_nothing(cast: Cast, anna: Client) -> None:
    link = ask_for(cast.anna, cast.ola)

    page = anna.get(link)
    anna.post(link, {"digest": "x", "typed_name": "Anna", "read": "on"})

    assert "You cannot accept in their name." in read(page)
    assert typed(page, "typed_name") == []
    assert not Acceptance.objects.of(cast.anna.practice_id).exists()
