"""What the rules forgive for a reason stands before the button, beside what they say without."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.cast import book, tell
from tests.web.clients import give_place, sign_agreement
from tests.web.pages import present, read, yesterday_at

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_what_a_reason_would_change_stands_before_the_button_too(cast: Cast) -> None:
    ola = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola, present() - timedelta(days=60))
    start = present() + timedelta(hours=3)
    ahead = book(cast.anna, cast.ola, start, now=present() - timedelta(days=9))
    page = reverse("my_meeting", args=[cast.ola.id, ahead.id])
    before = read(ola.get(page))
    for days in (3, 5, 7):  # Goodwill forgives only so often.
        start = yesterday_at(12, days=days)
        gone = book(cast.anna, cast.ola, start, now=start - timedelta(days=9))
        tell(cast.anna, gone, "cancelled", "client", start - timedelta(hours=1))

    after = read(ola.get(page))

    assert "With a reason, such as illness:" not in before
    assert re.search(r"With a reason, such as illness: forgiven Hardship: .* forgiven", after)
