"""What a signed-in browser holds, where signing in leads, and passkeys that are none."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from miedza.web.signin.sessions import SessionStore
from tests.web.codes import ANNA, CODE, SIGN_IN, ask, is_in, read_code
from tests.web.pages import dump_rows, sign_in

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("queue")


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)",
        "http:///evil.example", "\t//evil.example", "https:evil.example", "///evil.example",
    ],
)  # fmt: skip
def test_signing_in_never_leads_away(back: str, browser: Client) -> None:
    response = ask(browser, ANNA, next=back)
    assert "evil" not in response["Location"] or response["Location"].startswith(CODE)

    response = browser.post(CODE, {"code": read_code(), "next": back})

    assert (response.status_code, response["Location"]) == (302, "/")


def test_signing_in_leads_back(browser: Client) -> None:
    assert browser.get("/people/?q=ola")["Location"] == "/sign-in/?next=/people/%3Fq%3Dola"
    page = browser.get("/sign-in/?next=/people/%3Fq%3Dola").content.decode()
    assert 'name="next" value="/people/?q=ola"' in page
    response = ask(browser, ANNA, next="/people/?q=ola")
    page = browser.get(response["Location"]).content.decode()
    assert 'name="next" value="/people/?q=ola"' in page

    response = browser.post(CODE, {"code": read_code(), "next": "/people/?q=ola"})

    assert response["Location"] == "/people/?q=ola"


def test_session_is_new_after_signing_in(browser: Client) -> None:
    browser.get(SIGN_IN)
    ask(browser)
    fixed = browser.session.session_key

    response = browser.post(CODE, {"code": read_code()})

    assert browser.session.session_key != fixed
    assert not Session.objects.filter(session_key=fixed).exists()
    cookie = response.cookies["miedza_session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["domain"] == ""


def test_signing_out_is_posted(cast: Cast) -> None:
    client = sign_in(cast.anna.user)
    key = client.session.session_key
    for method in ("get", "head"):
        assert getattr(client, method)("/sign-out/").status_code == 200
    assert is_in(client)

    response = client.post("/sign-out/")

    assert (response.status_code, response["Location"]) == (302, SIGN_IN)
    assert not is_in(client)
    assert not Session.objects.filter(session_key=key).exists()
    assert client.get("/")["Location"].startswith(SIGN_IN)


def test_who_has_signed_in_needs_no_code(cast: Cast) -> None:
    client = sign_in(cast.anna.user)

    assert client.get(SIGN_IN)["Location"] == "/"
    assert client.get(reverse("mfa_login_webauthn")).status_code in (302, 200)


@pytest.mark.parametrize(
    "credential",
    [
        "", "{}", "[]", "null", "1", '"x"', "{", "\0", '{"response": null}', '{"response": {}}',
        '{"response": {"userHandle": "\\u0000"}}', '{"id": 1}', "x" * 10_000, "[" * 5_000,
        '{"id": "a", "rawId": "a", "type": "public-key", "response": {"userHandle": "AA"}}',
        '{"response": {"userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}}',
        '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"authenticatorData": "YQ",'
        ' "clientDataJSON": "YQ", "signature": "YQ", "userHandle": "YQ"}}',
    ],
)  # fmt: skip
def test_no_credential_breaks_the_passkey(credential: str, cast: Cast, browser: Client) -> None:
    before = dump_rows()
    browser.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"})

    response = browser.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert response.status_code in (200, 302)
    assert not is_in(browser)
    client = sign_in(cast.anna.user)
    client.get(reverse("mfa_add_webauthn"))
    body = {"credential": credential, "name": "phone", "passwordless": "on"}
    assert client.post(reverse("mfa_add_webauthn"), body).status_code in (200, 302)
    assert dump_rows(cast.borys) == {**before, **dump_rows(cast.borys)}


ODD_COOKIES = ("x", '"aaaaaaaaaaaaaaaa\\000"', "'", "x" * 3_000, '"\\000"', "é", "..", "{}", "")


@pytest.mark.parametrize("value", ODD_COOKIES)
@pytest.mark.parametrize("name", ["miedza_session", "miedza_csrf", "miedza_language", "messages"])
def test_any_cookie_is_answered(name: str, value: str, browser: Client) -> None:
    response = browser.get("/", headers={"cookie": f"{name}={value}"})

    assert response.status_code == 302
    body = {"language": "pl", "next": "/"}
    response = browser.post("/language/", body, headers={"cookie": f"{name}={value}"})
    assert response.status_code == 302


def test_session_is_sealed_where_it_lies(browser: Client) -> None:
    ask(browser)

    (kept,) = Session.objects.all()
    assert read_code().encode() not in base64.b64decode(kept.session_data)
    assert ANNA.encode() not in base64.b64decode(kept.session_data)
    opened = str(SessionStore(kept.session_key).load())
    assert read_code() in opened
    assert ANNA in opened


@pytest.mark.parametrize("stored", ["", "%%%", "AQ==", base64.b64encode(b"\x01" * 60).decode()])
def test_session_that_does_not_open_is_empty(cast: Cast, anna: Client, stored: str) -> None:
    del cast
    Session.objects.update(session_data=stored)

    answer = anna.get("/people/")

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/people/")


@pytest.mark.parametrize("key", ["\0" * 32, "x", "a" * 31 + "-", "a" * 33, ""])
def test_cookie_that_is_no_key_opens_nothing(browser: Client, key: str) -> None:
    browser.cookies["miedza_session"] = key

    assert browser.get("/people/").status_code == 302
