"""A practice at its beginning looks right; its colours are those of the device until chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.walks.hand import NAMES, Hand
from tests.walks.looking import LOOKS, look_at

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.walks.conftest import OpenPage
    from tests.walks.serving import Server

pytestmark = pytest.mark.walk


def test_pages_of_an_empty_practice_look_right(empty_server: Server, open_page: OpenPage) -> None:
    page = open_page(empty_server, "pl")
    hand = Hand(page, "pl")

    page.goto("/")
    faults = look_at(page, "welcome")
    hand.begin()
    faults += look_at(page, "rules at first")
    for name, address in {"today": "/", "people": "/people/", "new": "/people/add/"}.items():
        page.goto(address)
        faults += look_at(page, f"empty {name}")
    hand.add_person(NAMES["pl"])
    faults += look_at(page, "person without meetings")
    page.goto("/")
    faults += look_at(page, "today without meetings")

    assert not faults, "\n".join(faults)


def test_colours_follow_the_device_until_they_are_chosen(page: Page) -> None:
    hand = Hand(page)
    ground = "() => getComputedStyle(document.body).backgroundColor"

    hand.begin()
    seen = []
    for device, _width in LOOKS[1:]:
        page.emulate_media(color_scheme=device)
        seen.append(page.evaluate(ground))
    page.goto("/settings/")
    hand.fill("Colours", "light")
    hand.press("Save")
    hand.see("Saved.")
    seen.append(page.evaluate(ground))

    light, dark = "rgb(251, 250, 246)", "rgb(22, 26, 23)"
    assert seen == [light, dark, light]
