"""The terminal is told what happens, and no secret of a link."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.conf import settings

from miedza.config.logs import HideLinks

TOKEN = "AaIBixV6dgWeqFScJDMEIwGiAYsVjn-Kszs8BC7WwpAyDSEUf24Ap39Hd8yxa_3B7OwQyw"


@pytest.mark.parametrize(
    ("message", "args", "said"),
    [
        (f"GET /agree/{TOKEN}/ 200", (), "GET /agree/…/ 200"),
        ("Not Found: %s", (f"/agree/{TOKEN}/enter/",), "Not Found: /agree/…/enter/"),
        ("%s and %s", (f"/agree/{TOKEN}", f"/agree/{TOKEN[::-1]}/"), "/agree/… and /agree/…/"),
        (f"GET /feeds/{TOKEN}.ics 200", (), "GET /feeds/… 200"),
        (f"POST /join/{TOKEN}/ 302", (), "POST /join/…/ 302"),
        (f"/answer/{TOKEN}/ /held/{TOKEN}/", (), "/answer/…/ /held/…/"),
        (f"/with/anna/talk/?key={TOKEN}&at=1", (), "/with/anna/talk/?key=…&at=1"),
        ("100%% of %d", (3,), "100% of 3"),
        ("/agree/ is no link, 5%", (), "/agree/ is no link, 5%"),
    ],
)
def test_secret_of_a_link_is_not_told(message: str, args: Any, said: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)

    assert HideLinks().filter(record)

    assert record.getMessage() == said


def test_every_handler_hides_links() -> None:
    handlers: Any = settings.LOGGING["handlers"]

    assert handlers
    assert all("links" in handler["filters"] for handler in handlers.values())
