"""The language of the pages: chosen by a button, by the browser, or by the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.practice.models import User
from tests.web.addresses import ROWS
from tests.web.pages import sign_in

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.web.pages import Stage

ADDRESS = "/language/"


def _language(response: Any) -> str:
    language: str = response["Content-Language"]
    assert f'<html lang="{language}"' in response.content.decode()
    return language


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("pl", "pl"), ("ru-RU,ru;q=0.9", "ru"), ("de,pl;q=0.5", "pl"), ("de", "en"), ("", "en"),
        ("\0", "en"), ("x" * 5_000, "en"), ("pl" * 300, "en"), (";;;q=", "en"),
    ],
)  # fmt: skip
def test_browser_asks_for_a_language(
    asked: str, spoken: str, cast: Cast, client: Client, db: None
) -> None:
    page = client.get(reverse("account_login"), headers={"accept-language": asked})

    assert _language(page) == spoken


def test_chosen_language_stays_before_signing_in(cast: Cast, client: Client, db: None) -> None:
    response = client.post(ADDRESS, {"language": "ru", "next": "/sign-in/"})

    assert (response.status_code, response["Location"]) == (302, "/sign-in/")
    assert _language(client.get("/sign-in/")) == "ru"
    cookie = response.cookies["miedza_language"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_chosen_language_stays_with_the_user(cast: Cast, anna: Client) -> None:
    anna.post(ADDRESS, {"language": "ru", "next": "/"})

    assert User.objects.get(id=cast.anna.user_id).language == "ru"
    assert User.objects.get(id=cast.borys.user_id).language == "ru"
    assert _language(anna.get("/")) == "ru"


@pytest.mark.parametrize("language", ["", "xx", "en\0", "pl;", "x" * 10_000, "../../etc", "EN"])
def test_unknown_language_changes_nothing(language: str, cast: Cast, anna: Client) -> None:
    response = anna.post(ADDRESS, {"language": language, "next": "/people/"})

    assert response.status_code == 302
    assert "miedza_language" not in response.cookies
    assert User.objects.get(id=cast.anna.user_id).language == "en"


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example/", "///evil.example", "https://evil.example/", "http:evil.example",
        "javascript:alert(1)", "\\\\evil.example", "/\\evil.example", "//testserver@evil.example/",
        "https:evil.example", "\t//evil.example", " //evil.example", "data:text/html,x", "",
        "http://testserver.evil.example/", "ftp://testserver/", "http://[", "//\0evil.example",
        "https://testserver:80@evil.example/",
    ],
)  # fmt: skip
def test_language_never_leads_away(back: str, cast: Cast, anna: Client) -> None:
    response = anna.post(ADDRESS, {"language": "pl", "next": back})

    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize("back", ["/people/\r\nSet-Cookie: a=b", "/people/\0", "/people/?q=ż\n"])
def test_language_adds_no_header(back: str, cast: Cast, anna: Client) -> None:
    response = anna.post(ADDRESS, {"language": "pl", "next": back})

    assert response["Location"].isascii()
    assert not set("\r\n\0") & set(response["Location"])
    assert "a" not in response.cookies


def test_language_leads_back_with_its_query(cast: Cast, anna: Client) -> None:
    response = anna.post(ADDRESS, {"language": "en", "next": "/people/?q=ola&page=2"})

    assert response["Location"] == "/people/?q=ola&page=2"


def test_language_is_only_posted(cast: Cast, anna: Client) -> None:
    for method in ("get", "head", "put", "delete"):
        assert getattr(anna, method)(ADDRESS).status_code == 405


@pytest.mark.parametrize("name", ["agree", "answer"])
def test_page_behind_a_link_speaks_as_chosen_or_else_as_it_was_mailed(
    name: str, stage: Stage, client: Client, db: None
) -> None:
    ids = ROWS[name].ids
    assert ids is not None
    address = reverse(name, args=ids(stage.mine))
    chosen = {"": "pl", "ru": "ru", "en": "en", "xx": "pl", "../etc": "pl"}

    for cookie, spoken in chosen.items():
        client.cookies["miedza_language"] = cookie
        assert _language(client.get(address)) == spoken

    for language in ("ru", "en"):
        reader = sign_in(stage.mine.practitioner.user, language)
        assert _language(reader.get(address)) == language


def test_cookie_of_nonsense_is_answered(cast: Cast, client: Client, db: None) -> None:
    for value in ("xx", "\0", "'", "x" * 3_000):
        client.cookies["miedza_language"] = value
        assert client.get("/sign-in/").status_code == 200
