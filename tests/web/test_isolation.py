"""Nothing of one practice reaches another: every address, by every method, for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests.web.addresses import (
    METHODS,
    OF_PRACTICE,
    ROWS,
    WITH_IDS,
    everything_of,
    find_reader,
    list_names,
)
from tests.web.pages import dump_rows, sign_in

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.web.pages import Stage

ANSWERS = (200, 302, 400, 422)
"""A page, a way on, or a word on what was wrong with what was sent."""


def _ask(client: Client, method: str, address: str, body: dict[str, Any] | None = None) -> Any:
    """Ask by any method; a body is sent as forms send it."""
    if method == "POST":
        return client.post(address, body or {})
    return client.generic(method, address)


def _address(name: str, side: Any) -> str:
    """An address with the ids of one practice."""
    ids = ROWS[name].ids
    return reverse(name, args=None if ids is None else ids(side))


def test_every_address_has_its_row() -> None:
    missing = set(list_names()) - set(ROWS)
    gone = set(ROWS) - set(list_names())

    assert not missing, f"give these addresses a row in tests/web/addresses.py: {missing}"
    assert not gone, f"these rows of tests/web/addresses.py have no address: {gone}"


@pytest.mark.parametrize("name", OF_PRACTICE)
def test_anonymous_is_sent_to_sign_in(name: str, stage: Stage, client: Client, db: None) -> None:
    address, before = _address(name, stage.mine), dump_rows()

    for method in METHODS:
        response = _ask(client, method, address, everything_of(stage.mine))

        if method in ROWS[name].methods:
            assert response.status_code == 302, (method, response.status_code)
            assert response["Location"].startswith("/sign-in/?next=/"), response["Location"]
        else:
            assert response.status_code == 405, (method, response.status_code)
    assert dump_rows() == before


@pytest.mark.parametrize("name", OF_PRACTICE)
def test_stranger_changes_nothing(name: str, stage: Stage, borys: Client) -> None:
    address, before = _address(name, stage.mine), dump_rows(stage.mine.practitioner)

    for method in METHODS:
        response = _ask(borys, method, address, everything_of(stage.mine))

        if method not in ROWS[name].methods:
            assert response.status_code == 405, (method, response.status_code)
        elif name in WITH_IDS:
            assert response.status_code == 404, (method, response.status_code)
        else:
            assert response.status_code in ANSWERS, (method, response.status_code)
            assert "Ola" not in response.content.decode()
    assert dump_rows(stage.mine.practitioner) == before


@pytest.mark.parametrize("name", OF_PRACTICE)
def test_user_without_practice_finds_nothing(name: str, stage: Stage, lost: Client) -> None:
    address, before = _address(name, stage.mine), dump_rows()

    for method in METHODS:
        response = _ask(lost, method, address, everything_of(stage.mine))

        expected = 404 if method in ROWS[name].methods else 405
        assert response.status_code == expected, (method, response.status_code)
    assert dump_rows() == before


@pytest.mark.parametrize("name", OF_PRACTICE)
def test_owner_is_let_in(name: str, stage: Stage, anna: Client) -> None:
    address = _address(name, stage.mine)

    for method in ROWS[name].methods:
        response = _ask(anna, method, address)

        assert response.status_code in ANSWERS, (method, response.status_code)


NOTED = {"calendars.Feed": "read_at"}
"""To the hour, when a feed was read last: its page tells its owner so."""


def _dump() -> dict[str, Any]:
    """All that the product holds, but for what reading is meant to leave."""
    dumped = dump_rows()
    for label, column in NOTED.items():
        dumped[label] = [{**row, column: None} for row in dumped[label]]
    return dumped


@pytest.mark.parametrize("name", [name for name in ROWS if name != "mfa_remove_webauthn"])
def test_reading_changes_nothing(name: str, stage: Stage, db: None) -> None:
    readers = [Client(), sign_in(find_reader(name, stage.mine)), sign_in(stage.mine.user("self"))]
    address, before = _address(name, stage.mine), _dump()

    for reader in readers:
        for method in ("GET", "HEAD", "OPTIONS", "TRACE"):
            _ask(reader, method, address)

    assert _dump() == before


OF_PUBLIC = [name for name, row in ROWS.items() if row.audience == "public"]


@pytest.mark.parametrize("name", OF_PUBLIC)
def test_public_page_is_for_everybody_and_changes_nothing(
    name: str, stage: Stage, borys: Client, anna: Client
) -> None:
    address, before = _address(name, stage.mine), dump_rows()

    for reader in (Client(), borys, anna):
        for method in METHODS:
            response = _ask(reader, method, address, everything_of(stage.theirs))

            expected = (*ANSWERS, 409) if method in ROWS[name].methods else (405,)
            assert response.status_code in expected, (method, response.status_code)
            page = response.content.decode()
            assert stage.mine.person.name not in page
            assert not any(each.email in page for each in stage.mine.beside.values())
    assert dump_rows() == before


OF_ALL = [name for name, row in ROWS.items() if row.audience in ("all", "signed", "link")]


@pytest.mark.parametrize("name", OF_ALL)
def test_sign_in_changes_nothing_of_anybody(name: str, stage: Stage, borys: Client) -> None:
    key = Authenticator.objects.create(
        user=stage.mine.practitioner.user, type=Authenticator.Type.WEBAUTHN, data={"name": "phone"}
    )
    ids = [key.pk] if name == "mfa_remove_webauthn" else []
    if ROWS[name].audience == "link":  # That of another practice, where Borys belongs.
        ids = (ROWS[name].ids or list)(stage.theirs)
    before = dump_rows(stage.mine.practitioner)

    for method in METHODS:
        response = _ask(borys, method, reverse(name, args=ids), everything_of(stage.mine))

        expected = (404, 405) if name == "mfa_remove_webauthn" else (*ANSWERS, 404, 405, 409)
        assert response.status_code in expected or method == "OPTIONS", (method, response)
        assert "evil" not in response.get("Location", "")
    assert dump_rows(stage.mine.practitioner) == before
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize("name", ["mfa_list_webauthn", "mfa_add_webauthn", "mfa_remove_webauthn"])
def test_passkeys_are_for_those_signed_in(name: str, cast: Cast, client: Client, db: None) -> None:
    ids = [1] if name == "mfa_remove_webauthn" else []

    for method in ("GET", "HEAD", "POST", "DELETE"):
        response = _ask(client, method, reverse(name, args=ids))

        assert response.status_code in (302, 405), (method, response.status_code)
        if response.status_code == 302:
            assert response["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("name", ROWS)
def test_nothing_is_taken_without_a_token(name: str, method: str, stage: Stage, db: None) -> None:
    client = sign_in(stage.mine.practitioner.user, enforce_csrf_checks=True)
    ids = [1] if name == "mfa_remove_webauthn" else None
    address = reverse(name, args=ids) if ids else _address(name, stage.mine)
    before = dump_rows()

    response = _ask(client, method, address, everything_of(stage.mine))

    assert response.status_code in (403, 405), response.status_code
    assert dump_rows() == before
