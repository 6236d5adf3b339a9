"""What every page carries besides its words: a policy, quiet headers, nobody else's files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.web.addresses import BOTH, PAGES, ROWS, find_reader
from tests.web.pages import sign_in
from tests.web.rules_answers import all_rules, answer

if TYPE_CHECKING:
    from tests.web.pages import Stage

POLICY = {
    "default-src": ["'none'"], "base-uri": ["'none'"], "object-src": ["'none'"],
    "frame-ancestors": ["'none'"], "form-action": ["'self'"], "script-src": ["'self'"],
    "style-src": ["'self'"], "connect-src": ["'self'"], "font-src": ["'self'"],
}  # fmt: skip
DRAGGED = ("style-src", "script-src", "font-src")
"""What the calendar that can be dragged in needs beside its own files: a nonce, a drawn icon."""
POSTS = [name for name, row in ROWS.items() if row.methods == BOTH] + [
    "record",
    "waive",
    "my_request",
    "my_late",
    "my_waive",
    "my_differ",
    "my_cancel",
]


class Inspector(HTMLParser):
    """Gathers what a page must not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.is_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        held = dict(attrs)
        for name, value in attrs:
            if name == "style" or name.startswith("on") or "javascript:" in (value or ""):
                self.faults.append(f"<{tag} {name}={value}>")
            away = re.match(r"(https?:)?//|data:text", (value or "").strip(), re.IGNORECASE)
            if name in ("src", "href", "action", "formaction", "srcset", "poster") and away:
                self.faults.append(f"<{tag} {name}={value}>")
        if tag in ("style", "iframe", "object", "embed", "base", "applet"):
            self.faults.append(f"<{tag}>")
        self.is_script = tag == "script" and held.get("type") != "application/json"
        if self.is_script and not held.get("src"):
            self.faults.append("<script> without src")
        if held.get("id"):
            self.ids.append(held["id"] or "")
        if tag == "form" and held.get("method", "get") == "post" and not held.get("action", "/"):
            self.faults.append("<form> without action")

    def handle_data(self, data: str) -> None:
        """Words inside a script are a script."""
        if self.is_script and data.strip():
            self.faults.append(f"<script>{data.strip()[:40]}")

    def handle_endtag(self, tag: str) -> None:
        """A script ends."""
        self.is_script = False


def _leave_out_dragging(policy: dict[str, list[str]], *, is_drawn: bool) -> dict[str, list[str]]:
    """The policy of the week without what the calendar in it needs, which has to be there."""
    more = {name: set(policy[name]) - set(POLICY[name]) for name in DRAGGED}
    assert more["font-src"] == {"data:"}
    nonce = r"'nonce-[\w+/=-]{20,}'" if is_drawn else ""
    for name in ("style-src", "script-src"):
        assert re.fullmatch(nonce, "".join(more[name]))
    return {**policy, **{name: POLICY[name] for name in DRAGGED}}


def _check(response: Any, name: str = "") -> None:
    """Look at the headers and at every tag; the page of a name may be the one to drag in."""
    headers = response.headers
    parts = (part.split() for part in headers["Content-Security-Policy"].split(";"))
    policy = {name: sorted(values) for name, *values in parts}
    if name == "calendar":
        policy = _leave_out_dragging(policy, is_drawn=response.status_code == 200)
    assert {name: policy.get(name) for name in POLICY} == POLICY, policy
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert not re.search(r"https?:|\*", headers["Content-Security-Policy"])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert not {"Server", "X-Powered-By", "Access-Control-Allow-Origin"} & set(headers)
    kept = {name: cookie for name, cookie in response.cookies.items() if cookie.value}
    for name, cookie in kept.items():
        assert cookie["samesite"] == "Lax", name
        assert cookie["httponly"], name
    if headers.get("Content-Type", "").startswith("text/html"):
        inspector = Inspector()
        inspector.feed(response.content.decode())
        assert inspector.faults == []


def _ids(name: str, stage: Stage) -> list[Any]:
    """The ids in an address; a passkey where one is needed."""
    if name == "mfa_remove_webauthn":
        key = Authenticator.objects.create(
            user=stage.mine.practitioner.user, type="webauthn", data={"name": "<b onclick=1>"}
        )
        return [key.pk]
    ids = ROWS[name].ids
    return [] if ids is None else ids(stage.mine)


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
@pytest.mark.parametrize("name", PAGES)
def test_page_holds_nothing_that_its_policy_forbids(
    name: str, language: str, stage: Stage, db: None
) -> None:
    client = sign_in(find_reader(name, stage.mine), language)
    response = client.get(reverse(name, args=_ids(name, stage)))

    _check(response, name)
    if ROWS[name].audience in ("practice", "client", "payer", "sponsor", "signed"):
        assert response.status_code in (200, 302)
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("name", PAGES)
def test_page_for_anybody_holds_nothing_forbidden(name: str, stage: Stage, db: None) -> None:
    _check(Client().get(reverse(name, args=_ids(name, stage))), name)


@pytest.mark.parametrize("name", POSTS)
def test_refused_page_holds_nothing_forbidden(name: str, stage: Stage, db: None) -> None:
    client = sign_in(find_reader(name, stage.mine))
    hostile = '"><script>alert(1)</script><b style="x" onclick=1>'
    fields = {
        "name", "text", "reason", "day", "minutes", "at_clock", "amount", "type", "by", "words",
        "typed_name", "mon", "kind", "cause", "email",
    }  # fmt: skip
    body = {**answer(all_rules(), mon__from=hostile), **dict.fromkeys(fields, hostile)}

    _check(client.post(reverse(name, args=_ids(name, stage)), body))


@pytest.mark.parametrize("address", ["/nothing/", "/people/x/", "/people/%00/", "/%3Cscript%3E/"])
def test_page_that_is_not_there_holds_nothing_forbidden(address: str, db: None) -> None:
    response = Client().get(address)

    assert response.status_code == 404
    _check(response)


def test_page_of_a_refused_token_holds_nothing_forbidden(stage: Stage, db: None) -> None:
    client = sign_in(stage.mine.practitioner.user, enforce_csrf_checks=True)

    response = client.post(reverse("today"))

    assert response.status_code in (403, 405)
    response = client.post(reverse("add_person"), {"name": "x"})
    assert response.status_code == 403
    assert "Please send it again" in response.content.decode()
    _check(response)


def test_sign_in_pages_hold_nothing_forbidden(stage: Stage, db: None) -> None:
    client = Client()
    response = client.post("/sign-in/", {"email": "anna@miedza.example"})
    _check(response)
    _check(client.get("/sign-in/code/"))
    _check(client.post("/sign-in/code/", {"code": '"><script>alert(1)</script>'}))


def test_server_answers_only_to_its_own_name(stage: Stage, db: None) -> None:
    for host in ("evil.example", "testserver.evil.example", "testserver@evil.example", "[::1"):
        assert Client(headers={"host": host}).get("/sign-in/").status_code == 400


def test_session_is_kept_as_nobody_can_read_it_in_a_script() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"


READ_SETTINGS = """
import json
from django.conf import settings
names = ("DEBUG SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS "
         "ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS").split()
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def _run(folder: Path, *command: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Run Python as an installation would, with keys of its own and nothing of the tests."""
    left_out = ("MIEDZA_", "DJANGO_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    own = {"MIEDZA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "miedza.config.settings"}
    prepare = "from miedza.config.environment import prepare_data_folder as p; p()"
    subprocess.run([sys.executable, "-c", prepare], env={**clean, **own}, check=True)
    return subprocess.run(
        [sys.executable, *command], env={**clean, **own, **surroundings},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_check_for_deployment_has_no_warnings(tmp_path: Path) -> None:
    command = ["-m", "miedza.config.manage", "check", "--deploy", "--fail-level", "WARNING"]

    done = _run(tmp_path, *command, MIEDZA_URL="https://praktyka.example")

    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


def test_settings_of_an_installation_are_closed(tmp_path: Path) -> None:
    done = _run(tmp_path, "-c", READ_SETTINGS, MIEDZA_URL="https://praktyka.example")

    held = json.loads(done.stdout)
    assert held["DEBUG"] is False
    assert held["SESSION_COOKIE_SECURE"] is held["CSRF_COOKIE_SECURE"] is True
    assert held["SECURE_SSL_REDIRECT"] is True
    assert held["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert held["ALLOWED_HOSTS"] == ["praktyka.example"]
    assert held["CSRF_TRUSTED_ORIGINS"] == ["https://praktyka.example"]


@pytest.mark.parametrize("url", ["", "ftp://x", "praktyka.example", "javascript:alert(1)", "//x"])
def test_address_that_is_none_stops_the_start(url: str, tmp_path: Path) -> None:
    done = _run(tmp_path, "-c", READ_SETTINGS, MIEDZA_URL=url)

    assert done.returncode != 0
    assert "MIEDZA_URL" in done.stderr
