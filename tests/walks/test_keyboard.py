"""Everything can be reached and pressed without a mouse, and one sees where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.walks.hand import NAMES, Hand

if TYPE_CHECKING:
    from typing import Any

    from playwright.sync_api import Browser, Page, StorageState

    from tests.walks.conftest import OpenPage
    from tests.walks.serving import Server

pytestmark = pytest.mark.walk

LIST_CONTROLS = """() => {
  const query = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const seen = [...document.querySelectorAll(query)].filter(e => e.checkVisibility());
  seen.forEach((each, index) => each.dataset.walk = index);
  return seen.map(e => [e.dataset.walk, e.outerHTML.slice(0, 80)]);
}"""
DESCRIBE_FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const covered = !(top && (at.contains(top) || top.contains(at)));
  return {
    walk: at.dataset.walk ?? "", html: at.outerHTML.slice(0, 80), covered,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


@pytest.fixture(scope="module")
def signed_in(server: Server, browser: Browser) -> StorageState:
    """The cookies of a practitioner who has begun."""
    context = browser.new_context(base_url=server.url, locale="en-GB")
    Hand(context.new_page()).begin()
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def hand(server: Server, open_page: OpenPage, signed_in: StorageState) -> Hand:
    """A practitioner with a practice."""
    hand = Hand(open_page(server, storage_state=signed_in))
    hand.page.goto("/")
    return hand


def _walk_by_tab(page: Page) -> None:
    """Press Tab until the end; every control is met, seen, and marked."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    controls = dict(page.evaluate(LIST_CONTROLS))
    met: dict[str, dict[str, Any]] = {}
    for _press in range(4 * len(controls)):  # A field of a date takes several.
        page.keyboard.press("Tab")
        focus = page.evaluate(DESCRIBE_FOCUS)
        if focus is None:
            break
        met.setdefault(focus["walk"], focus)  # Inside a date, its parts show where one is.
    missed = [html for number, html in controls.items() if number not in met]
    dim = [focus["html"] for focus in met.values() if not focus["outlined"]]
    covered = [focus["html"] for focus in met.values() if focus["covered"]]
    assert (missed, dim, covered) == ([], [], [])


def test_meeting_is_reached_by_keyboard(hand: Hand) -> None:
    person = hand.add_person(NAMES["en"])
    hand.book(person, hand.local(2))
    hand.page.reload()

    _walk_by_tab(hand.page)


@pytest.mark.parametrize("width", [1280, 360])
def test_rules_are_reached_by_keyboard(hand: Hand, width: int) -> None:
    hand.page.set_viewport_size({"width": width, "height": 700})
    hand.page.goto("/rules/")
    hand.see("Rules that both sides keep")

    _walk_by_tab(hand.page)


def test_slash_searches_people(hand: Hand) -> None:
    page = hand.page
    name = "Zoe Adams"
    hand.add_person(name)
    page.goto("/")

    page.keyboard.press("/")
    expect(page).to_have_url(f"{hand.base}/people/")
    page.keyboard.press("/")
    page.keyboard.type("zoe")
    page.keyboard.press("Enter")
    expect(page.locator(".person-name")).to_have_text([name])
    page.keyboard.press("Tab")

    expect(page.get_by_role("searchbox")).to_have_value("zoe")


def test_first_tab_skips_to_the_content(hand: Hand) -> None:
    page = hand.page
    page.goto("/settings/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()
