"""Signing in by a code: who gets in, who does not, and what each of them is told."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from miedza.messaging.models import Mail
from miedza.messaging.queries import read_mail
from miedza.practice.models import User
from tests.web.codes import ANNA, CODE, SIGN_IN, ask, is_in, read_code
from tests.web.pages import read, sign_in

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("queue")


def test_code_lets_one_in(browser: Client) -> None:
    response = ask(browser)
    assert (response.status_code, response["Location"]) == (302, CODE)
    mail = Mail.objects.get()
    assert mail.to == ANNA
    assert read_mail(mail).subject.endswith("Your sign-in code for Miedza")
    assert read_code().encode() not in bytes(mail.sealed_text)

    response = browser.post(CODE, {"code": read_code()})

    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_in(browser)
    assert "Anna" not in read(browser.get("/people/"))


def test_email_is_known_whatever_the_case(browser: Client) -> None:
    ask(browser, "ANNA@Miedza.Example")

    assert browser.post(CODE, {"code": read_code()}).status_code == 302
    assert is_in(browser)


def test_code_is_forgiving_of_case_and_spaces(browser: Client) -> None:
    ask(browser)

    browser.post(CODE, {"code": f" {read_code().lower()} "})

    assert is_in(browser)


@pytest.mark.parametrize(
    "code", ["", "000000", "x", "\0", "A" * 10_000, "<script>", "' OR 1=1", "٣"]
)
def test_wrong_code_lets_nobody_in(code: str, browser: Client) -> None:
    ask(browser)

    response = browser.post(CODE, {"code": code})

    assert response.status_code == 200
    assert not is_in(browser)
    assert "<script>" not in response.content.decode().replace("<script ", "")
    browser.post(CODE, {"code": read_code()})
    assert is_in(browser), "one mistake is forgiven"


def test_three_wrong_codes_end_it(browser: Client) -> None:
    ask(browser)
    code = read_code()

    answers = [browser.post(CODE, {"code": "WRONG1"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert answers[-1]["Location"] == SIGN_IN
    response = browser.post(CODE, {"code": code})
    assert (response.status_code, response["Location"]) == (302, SIGN_IN)
    assert not is_in(browser)


def test_code_is_used_once(browser: Client) -> None:
    ask(browser)
    code = read_code()
    browser.post(CODE, {"code": code})
    browser.post("/sign-out/")

    response = browser.post(CODE, {"code": code})

    assert (response.status_code, response["Location"]) == (302, SIGN_IN)
    assert not is_in(browser)


def test_code_opens_only_the_window_that_asked(cast: Cast, browser: Client) -> None:
    ask(browser)
    thief = Client()

    response = thief.post(CODE, {"code": read_code()})

    assert (response.status_code, response["Location"]) == (302, SIGN_IN)
    code_of_anna = read_code()
    User.objects.filter(id=cast.borys.user_id).update(email="borys@miedza.example")
    ask(thief, "borys@miedza.example")
    assert read_code() != code_of_anna
    thief.post(CODE, {"code": code_of_anna})
    assert not is_in(thief)


def test_later_code_ends_the_earlier(browser: Client) -> None:
    ask(browser)
    earlier = read_code()
    assert f'action="{reverse("account_logout")}"' in browser.get(CODE).content.decode()
    assert browser.post("/sign-out/")["Location"] == SIGN_IN
    assert browser.get(SIGN_IN).status_code == 200, "another e-mail can be written now"
    ask(browser)

    browser.post(CODE, {"code": earlier})
    assert not is_in(browser)
    browser.post(CODE, {"code": read_code()})
    assert is_in(browser)


def test_code_ends_after_a_quarter_of_an_hour(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(browser)
    code, began = read_code(), time.time()
    monkeypatch.setattr("time.time", lambda: began + 901)

    response = browser.post(CODE, {"code": code})

    assert response["Location"] == SIGN_IN
    assert not is_in(browser)


def test_codes_are_hard_to_guess() -> None:
    codes = set()
    for _ in range(20):
        cache.clear()
        ask(Client())
        codes.add(read_code())

    assert len(codes) == 20
    assert min(len(code.replace("-", "")) for code in codes) >= 6


def test_unknown_email_gets_the_same_answer(browser: Client) -> None:
    known = ask(Client(headers={"accept-language": "en"}))
    unknown = ask(browser, "eve@miedza.example")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    page = read(browser.get(CODE))
    assert "If eve@miedza.example is known here, a code is on its way." in page
    assert [mail.to for mail in Mail.objects.all()] == [ANNA], "nobody else gets mail from here"
    for code in ("", "000000", "None"):
        assert browser.post(CODE, {"code": code}).status_code in (200, 302)
        assert not is_in(browser)


def test_pages_of_known_and_unknown_are_alike(browser: Client) -> None:
    other = Client(headers={"accept-language": "en"})
    ask(browser, "anna@miedza.example")
    ask(other, "evee@miedza.example")

    pages = [
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", b.get(CODE).content.decode())
        for b in (browser, other)
    ]

    assert pages[0].replace("anna@", "evee@") == pages[1]
    wrong = [b.post(CODE, {"code": "WRONG1"}).status_code for b in (browser, other)]
    assert wrong[0] == wrong[1]


@pytest.mark.parametrize(
    "email",
    [
        "", "x", "a@b", "anna@miedza.example\0", "\0", "a@b.pl\nBcc: eve@evil.example",
        "anna@miedza.example, eve@evil.example", "x" * 10_240, "o" * 243 + "@example.com",
        "<script>@x.pl", "anna@miedza.example\r\nSubject: x", "'@\"", "anna@miedza.example;",
    ],
)  # fmt: skip
def test_what_is_no_email_is_refused(email: str, browser: Client) -> None:
    response = ask(browser, email)

    assert response.status_code == 200
    assert 'class="errors"' in response.content.decode()
    assert "Sign in" in read(response)
    assert not Mail.objects.exists()


def test_requests_for_one_email_are_limited(browser: Client) -> None:
    answers = [ask(Client(), ANNA).status_code for _ in range(5)]

    assert answers == [302, 302, 302, 200, 200]
    assert Mail.objects.count() == 3


def test_requests_from_one_place_are_limited(browser: Client) -> None:
    answers = [ask(Client(), f"eve{number}@miedza.example") for number in range(25)]

    refused = [answer.status_code for answer in answers if answer.status_code != 302]
    assert len(refused) == 5


def test_limits_do_not_believe_a_forged_address(browser: Client) -> None:
    for number in range(8):
        ask(Client(headers={"x-forwarded-for": f"10.0.0.{number}"}), ANNA)

    assert Mail.objects.count() == 3


def test_inactive_user_is_not_let_in(cast: Cast, browser: Client) -> None:
    User.objects.filter(id=cast.anna.user_id).update(is_active=False)

    ask(browser)

    assert not Mail.objects.exists()
    client = sign_in(cast.anna.user)
    User.objects.filter(id=cast.anna.user_id).update(is_active=False)
    assert client.get("/").status_code == 302


def test_nobody_signs_up() -> None:
    for path in ("signup/", "sign-up/", "accounts/signup/", "accounts/login/", "login/", "admin/"):
        assert Client().get(f"/{path}").status_code == 404
