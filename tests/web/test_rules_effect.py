"""The effect of rules, shown while they are written: what the core says, and nothing kept."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import translation

from miedza.core.documents import judge_document
from miedza.core.instants import format_instant
from miedza.practice.formats import format_money
from miedza.web.practitioner.rules_terms import make_terms
from tests.web.pages import dump_rows, read, sign_in
from tests.web.rules_answers import all_rules, answer, of_template

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

START = 1_772_438_400
HOUR = 3_600
PRICE = 20_000


def _stories(minutes: int) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Whose doing, and what happens when, in the order of the page; seconds from the start."""
    end = minutes * 60
    both = [("arrived", "practitioner", 0), ("arrived", "client", 0)]
    mine = [("arrived", "client", 0), ("arrived", "practitioner", 600)]
    return [
        ("client", [("arrived", "client", 720)]),
        ("practitioner", [*mine, ("ended", "practitioner", end)]),
        ("client", [("cancelled", "client", -20 * HOUR)]),
        ("practitioner", [("cancelled", "practitioner", -20 * HOUR)]),
        ("client", [("moved", "client", -20 * HOUR)]),
        ("client", [("arrived", "practitioner", 0), ("left", "practitioner", 1_200)]),
        ("practitioner", [*both, ("ended", "practitioner", end + 2_100)]),
    ]


def _judge(terms: dict[str, Any], story: list[tuple[str, str, int]]) -> list[dict[str, Any]]:
    """What `miedza judge` says of a story, payment and forgiveness left out."""
    rules = {name: rule for name, rule in terms["rules"].items() if name != "goodwill"}
    events = [
        {"id": f"e{index}", "type": kind, "by": by, "at": format_instant(START + at)}
        | ({"to": format_instant(START + 24 * HOUR)} if kind == "moved" else {})
        for index, (kind, by, at) in enumerate(story)
    ]
    booking = {
        "id": "b", "person": "p", "engagement": None, "booked_at": None,
        "start": format_instant(START), "minutes": terms["rules"]["session"]["minutes"],
        "price": PRICE, "kind": "paid", "events": events,
    }  # fmt: skip
    last = max(START + at for _kind, _by, at in story)
    history = {"bookings": [booking], "messages": [], "as_of": format_instant(last)}
    rulings = judge_document({**terms, "rules": rules}, history)["rulings"]
    return [ruling for ruling in rulings if ruling["rule"] != "payment"]


def _lines(page: str) -> list[tuple[str, str]]:
    """The lines of the effect: whose doing, and what is said of the rules in the form."""
    found = re.findall(r'<div class="effect-line (\w+)">(.*?)</div>', page, re.DOTALL)
    said = [(side, re.sub(r'<span class="before.*?</dd>', "", text, flags=re.DOTALL))
            for side, text in found]  # fmt: skip
    return [(side, html.unescape(re.sub(r"<[^>]+>", " ", text))) for side, text in said]


CHANGES: list[dict[str, str | None]] = [
    {}, {"tier1__percent": "35"}, {"tier0__hours": "19", "tier1__hours": "18"},
    {"missed__percent": "0"}, {"missed__on": None}, {"cancellation__on": None},
    {"lateness__on": None}, {"ending__on": None}, {"rescheduling__on": None},
    {"rescheduling__hours": "0"}, {"rescheduling__free_moves": "0"}, {"session__minutes": "1440"},
    {"session__minutes": "15"}, {"session__minutes": "1", "lateness__on": None},
    {"ending__grace_minutes": "0", "ending__rate_percent": "300"},
    {"lateness__grace_minutes": "0"}, {"lateness__grace_minutes": "15"},
    {"mine__missed__percent": "100", "missed__percent": "10"}, {"payment__release": "on"},
    {"mine__rescheduling__hours": "720"}, {"hardship__on": None, "messages__on": None},
]  # fmt: skip


@pytest.mark.parametrize("changed", CHANGES)
def test_effect_is_what_the_core_says(changed: dict[str, str | None], anna: Client) -> None:
    before, body = dump_rows(), answer(all_rules(), **changed)

    response = anna.post(reverse("rules_effect"), body)

    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="errors"' not in page, read(response)
    terms = _terms(body)
    stories = _stories(terms["rules"]["session"]["minutes"])
    lines = _lines(page)
    assert [side for side, _text in lines] == [side for side, _events in stories]
    for (_side, text), (_same, events) in zip(lines, stories, strict=True):
        rulings = _judge(terms, events)
        with translation.override("en"):
            owed = [format_money(r["amount"], "PLN") for r in rulings if r["owed_by"]]
        assert all(amount in text for amount in owed), (events, owed, text)
        assert (" due " in text) == bool(owed), (events, owed, text)
        crossed = [ruling for ruling in rulings if ruling["verdict"] != "kept"]
        assert text.count("not as agreed") == len(crossed), (events, text)
    assert dump_rows() == before


def _terms(body: dict[str, str]) -> dict[str, Any]:
    """The terms that answers mean."""
    from miedza.web.practitioner.rules_form import RulesForm

    form = RulesForm(body, terms=all_rules())
    assert form.is_valid(), form.errors
    return make_terms(all_rules(), form.cleaned_data)


def test_effect_tells_what_was_until_now(anna: Client) -> None:
    response = anna.post(reverse("rules_effect"), answer(all_rules(), missed__percent="40"))

    page = read(response)
    assert "PLN80 due to you. until now: PLN200 due to you." in page


@pytest.mark.parametrize("template", ["gentle", "clear", "firm"])
def test_effect_of_unchanged_rules_is_told_once(template: str, cast: Cast, anna: Client) -> None:
    response = anna.post(reverse("rules_effect"), answer(of_template(template)))

    assert ("until now:" in read(response)) == (template != "clear")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("missed__percent", "101", "less than or equal to 100"),
        ("missed__percent", "", "Write a number."),
        ("missed__percent", "\0", "Enter a whole number."),
        ("session__minutes", "9" * 5_000, "Enter a whole number."),
        ("mine__missed__percent", "5", "You cannot bind yourself more lightly"),
        ("mon__from", "99:99", "Write times such as"),
    ],
)
def test_effect_of_wrong_rules_says_what_is_wrong(
    field: str, value: str, said: str, anna: Client
) -> None:
    response = anna.post(reverse("rules_effect"), answer(all_rules(), **{field: value}))

    page = read(response)
    assert response.status_code == 200
    assert "As soon as every number is right, the effect shows here." in page
    assert said in page


@pytest.mark.parametrize("language", ["pl", "ru"])
def test_effect_speaks_the_language_of_the_page(language: str, cast: Cast) -> None:
    client = sign_in(cast.anna.user, language)

    response = client.post(reverse("rules_effect"), answer(all_rules()))

    assert response["Content-Language"] == language
    assert len(_lines(response.content.decode())) == 7
