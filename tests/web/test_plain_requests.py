"""What no page sends is refused before it is read; what a page sends is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.web.middleware import MOST_BODY

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("length", [str(MOST_BODY + 1), "9" * 13, "9" * 5000, "-1", "1e3"])
def test_body_too_large_is_refused(anna: Client, length: str) -> None:
    answer = anna.post(reverse("add_person"), "name=x", FORM, CONTENT_LENGTH=length)

    assert (answer.status_code, answer.content) == (413, b"This is too much at once.")


@pytest.mark.parametrize("charset", ["latin-1", "utf-16", "utf-7", "idna", "rot13", "no-such"])
def test_other_letters_are_refused(anna: Client, charset: str) -> None:
    answer = anna.generic("POST", reverse("add_person"), b"name=x", f"{FORM}; charset={charset}")

    assert (answer.status_code, answer.content) == (400, b"Only UTF-8 is read here.")


@pytest.mark.parametrize("kind", [FORM, f"{FORM}; charset=utf-8"])
def test_what_a_browser_sends_is_read(anna: Client, cast: Cast, kind: str) -> None:
    note = "%D1%8F" * 20_000

    answer = anna.post(reverse("notes", args=[cast.ola.id]), f"text={note}", kind)

    assert answer.status_code == 302
