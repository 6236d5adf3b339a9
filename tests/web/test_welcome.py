"""The first visit: it creates the practice, once, and nobody else can."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from miedza.agreements.models import RulesVersion
from miedza.practice.actions import erase_practice
from miedza.practice.models import Practice, Practitioner, User
from tests.web.addresses import OF_PRACTICE, ROWS
from tests.web.hostile import NAMES, bad_choice, bad_email, bad_name
from tests.web.pages import dump_rows, read, typed
from tests.web.refusing import check_refused
from tests.web.rules_answers import of_template

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db
ADDRESS = "/welcome/"
GOOD = {
    "name": "Anna Zielińska", "email": "Anna@Example.com", "language": "en", "profession": "tutor",
    "currency": "PLN", "time_zone": "Europe/Warsaw", "template": "clear",
}  # fmt: skip
FIELDS = {
    "name": ("Your name", bad_name()),
    "email": ("Your e-mail", bad_email()),
    "language": ("Language", bad_choice()),
    "profession": ("What you do", bad_choice()),
    "currency": ("Currency", {**bad_choice(), "XXX": "Select a valid choice."}),
    "time_zone": ("Time zone", {**bad_choice(), "Mars/Base": "Select a valid choice."}),
    "template": ("Rules to begin with", bad_choice()),
}


def test_first_visit_creates_the_practice_and_signs_in(browser: Client) -> None:
    response = browser.post(ADDRESS, GOOD)

    assert (response.status_code, response["Location"]) == (302, "/rules/")
    practice = Practice.objects.get()
    assert (practice.name, practice.profession, practice.language) == (
        "Anna Zielińska", "tutor", "en",
    )  # fmt: skip
    assert (practice.currency, practice.time_zone) == ("PLN", "Europe/Warsaw")
    user = User.objects.get()
    assert (user.email, user.practice_id) == ("anna@example.com", practice.id)
    assert not user.has_usable_password()
    assert Practitioner.across.get().user_id == user.id
    version = RulesVersion.across.get()
    assert version.number == 1
    assert version.published_at is not None
    assert version.terms == of_template("clear")
    page = read(browser.get("/rules/"))
    assert "These are your first rules; they are in force already." in page
    assert "These are your first rules" not in read(browser.get("/rules/"))


@pytest.mark.parametrize(
    ("language", "currency", "zone"),
    [
        ("en", "EUR", "Europe/London"), ("pl", "PLN", "Europe/Warsaw"),
        ("ru", "RUB", "Europe/Moscow"),
    ],
)  # fmt: skip
def test_page_offers_what_the_language_suggests(language: str, currency: str, zone: str) -> None:
    response = Client(headers={"accept-language": language}).get(ADDRESS)

    assert typed(response, "language") == [language]
    assert typed(response, "currency") == [currency]
    assert typed(response, "time_zone") == [zone]
    assert typed(response, "template") == ["clear"]


@pytest.mark.parametrize("template", ["clear", "gentle", "firm"])
@pytest.mark.parametrize("profession", ["tutor", "psychologist", "coach", "mentor", "consultant"])
def test_every_beginning_works(profession: str, template: str, browser: Client) -> None:
    body = {**GOOD, "profession": profession, "template": template}

    assert browser.post(ADDRESS, body).status_code == 302
    for name in ("today", "people", "rules", "settings"):
        assert browser.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("field", FIELDS)
def test_answer_is_refused(field: str, browser: Client) -> None:
    label, bad = FIELDS[field]

    check_refused(browser, ADDRESS, GOOD, field, label, bad)
    assert "_auth_user_id" not in browser.session


def test_hostile_names_are_taken_as_they_are() -> None:
    for name in NAMES[::9]:  # The form of a person takes all of them.
        client = Client()
        assert client.post(ADDRESS, {**GOOD, "name": name}).status_code == 302, name
        page = client.get("/settings/")
        assert " ".join(name.split()) in typed(page, "name"), name
        assert "<script>alert" not in page.content.decode()
        erase_practice(practice_id=Practice.objects.get().id)


def test_second_visit_finds_nothing(browser: Client) -> None:
    browser.post(ADDRESS, GOOD)
    before = dump_rows()
    stranger = Client()

    assert stranger.get(ADDRESS).status_code == 404
    answer = stranger.post(ADDRESS, {**GOOD, "email": "eve@example.com"})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "_auth_user_id" not in stranger.session
    assert stranger.get("/")["Location"] == "/sign-in/?next=/"
    assert browser.get(ADDRESS)["Location"] == "/"
    assert dump_rows() == before


def test_session_is_new_after_the_first_visit(browser: Client) -> None:
    session = browser.session
    session["planted"] = "x"
    session.save()
    fixed = session.session_key or ""
    browser.cookies["miedza_session"] = fixed

    browser.post(ADDRESS, GOOD)

    assert browser.session.session_key != fixed


@pytest.mark.parametrize("extra", ["practice_id", "is_superuser", "sealed_key", "setup_code"])
def test_more_fields_change_nothing(extra: str, browser: Client) -> None:
    assert browser.post(ADDRESS, {**GOOD, extra: "on"}).status_code == 302
    assert Practice.objects.count() == 1


@pytest.mark.parametrize("name", OF_PRACTICE)
def test_new_installation_sends_everybody_to_welcome(name: str, client: Client) -> None:
    odd: dict[str, list[Any]] = {
        "delete_note": [uuid.uuid4(), uuid.uuid4()],
        "end_beside": [uuid.uuid4(), uuid.uuid4()],
        "rules_version": [1],
        "figure": ["kept", "client"],
    }
    ids = odd.get(name, [uuid.uuid4()] if ROWS[name].ids else [])

    for method in ROWS[name].methods:
        response = client.generic(method, reverse(name, args=ids))

        assert (response.status_code, response["Location"]) == (302, "/welcome/")


def test_only_known_methods_are_taken(client: Client) -> None:
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        assert client.generic(method, ADDRESS).status_code == 405


def test_setup_code_is_asked_for_where_there_is_one(browser: Client, settings: Settings) -> None:
    settings.SETUP_CODE = "c0ffee42"
    before = dump_rows()
    assert "Setup code" in read(browser.get(ADDRESS))

    assert browser.post(ADDRESS, GOOD).status_code == 422
    for wrong in ("", "x", "c0ffee4", "C0FFEE42", "ż\ud7ff", "\0", "c0ffee42\0", "x" * 10_240):
        response = browser.post(ADDRESS, {**GOOD, "setup_code": wrong})
        assert response.status_code == 422, wrong
        assert "Setup code" in read(response)
        assert 'value="c0ffee42"' not in response.content.decode()
    assert dump_rows() == before

    assert browser.post(ADDRESS, {**GOOD, "setup_code": "c0ffee42"}).status_code == 302
    assert Practice.objects.count() == 1


def test_setup_code_is_not_asked_for_at_home(browser: Client, settings: Settings) -> None:
    settings.SETUP_CODE = ""

    assert "Setup code" not in read(browser.get(ADDRESS))


def test_welcome_needs_a_token() -> None:
    before = dump_rows()

    assert Client(enforce_csrf_checks=True).post(ADDRESS, GOOD).status_code == 403
    assert dump_rows() == before


def test_one_begins_anew_after_erasing(browser: Client) -> None:
    browser.post(ADDRESS, GOOD)
    erase_practice(practice_id=Practice.objects.get().id)

    assert browser.get("/")["Location"] in (ADDRESS, "/sign-in/?next=/")
    assert Client().post(ADDRESS, GOOD).status_code == 302
    assert Practice.objects.count() == 1
