"""How one signs in by a code: asking for it, and reading it in the mail that waits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from miedza.messaging.models import Mail
from miedza.messaging.queries import read_mail

if TYPE_CHECKING:
    from django.test import Client

ANNA = "anna@miedza.example"
SIGN_IN, CODE = "/sign-in/", "/sign-in/code/"


def ask(browser: Client, email: str = ANNA, **more: str) -> Any:
    """Ask for a code."""
    return browser.post(SIGN_IN, {"email": email, **more})


def read_code() -> str:
    """The code in the last mail."""
    mail = Mail.objects.order_by("made_at", "id").last()
    assert mail is not None
    found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", read_mail(mail).text, re.MULTILINE)
    assert found is not None, read_mail(mail).text
    return found[1]


def is_in(browser: Client) -> bool:
    """Tell whether somebody has signed in in this browser."""
    return "_auth_user_id" in browser.session
