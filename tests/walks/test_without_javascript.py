"""The main story works without JavaScript."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.walks.hand import NAMES, Hand

if TYPE_CHECKING:
    from tests.walks.conftest import OpenPage
    from tests.walks.serving import Server

pytestmark = pytest.mark.walk


def test_evening_works_without_javascript(server: Server, open_page: OpenPage) -> None:
    page = open_page(server, java_script_enabled=False)
    hand = Hand(page)

    hand.begin()
    page.locator("[name=missed__percent]").fill("70")
    hand.press("Save as a draft")
    hand.see("Saved as a draft. It binds nobody until you publish it.")
    expect(page.locator("#effect")).to_contain_text("until now:")
    hand.press("Publish")
    expect(page.locator("[name=missed__percent]")).to_have_value("70")
    person = hand.add_person(NAMES["en"])
    start = hand.local(-1)
    hand.book(person, start)
    hand.tap("I am here", start)
    hand.tap("I stop waiting", start + timedelta(minutes=15))
    expect(page.locator("ol.strip")).to_contain_text("forgiven")
    hand.undo()
    hand.see("Taken back. The ledger keeps both the entry and the correction.")
    hand.tap("Held as planned", start + timedelta(minutes=60))
    page.goto(person)
    expect(page.locator("ol.strip")).to_contain_text("held")
    expect(page.locator(".sums")).to_contain_text("Due to you: €200")
