"""A client books, moves and cancels with the keyboard alone, by what a screen reader is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.walks.hand import Hand
from tests.walks.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.walks.conftest import OpenPage
    from tests.walks.serving import Server

pytestmark = pytest.mark.walk

EMAIL = "client2.tutor@miedza.example"
MOST_TABS = 150
A_TIME = r"\d\d:\d\d"


@pytest.fixture(scope="module", params=["en", "pl", "ru"])
def demo(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, ready: None
) -> Iterator[tuple[Server, str]]:
    """The example practice, and its language."""
    with serving(tmp_path_factory.mktemp("demo"), "demo", DEMO_LANGUAGE=request.param) as server:
        yield server, request.param


class Keys:
    """Somebody without a mouse who hears what the focus is on."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def hear(self) -> str:
        """The role and the name of what has the focus, as the accessibility tree gives them."""
        focus = self.page.locator(":focus")
        return focus.aria_snapshot().partition("\n")[0] if focus.count() else ""

    def reach(self, role: str, name: str) -> None:
        """Press Tab until the focus is on something of a role whose name matches."""
        wanted = re.compile(rf"- '?{role} \"{name}")
        heard: list[str] = []
        for _tab in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            heard.append(self.hear())
            if wanted.match(heard[-1]):
                return
        raise AssertionError(f"{wanted.pattern} was not reached: {heard}")

    def press(self, role: str, name: str) -> None:
        """Reach something and press Enter; whatever page follows is loaded."""
        self.reach(role, name)
        self.page.keyboard.press("Enter")

    def hear_status(self, said: str) -> None:
        """What is said by itself once something is done."""
        expect(self.page.get_by_role("status")).to_contain_text(said)


def test_meeting_is_booked_moved_and_cancelled_by_keyboard(
    demo: tuple[Server, str], open_page: OpenPage
) -> None:
    server, language = demo
    page = open_page(server, language, timezone_id="Europe/Lisbon")
    hand, keys = Hand(page, language), Keys(page)
    _sign_in(keys, hand, server)

    keys.press("link", hand.say("Book a time"))
    expect(page).to_have_url(re.compile("/book/"))
    keys.press("link", hand.say("See the free times"))
    expect(page.locator("[data-zone]")).to_have_attribute("data-zone", "Europe/Lisbon")
    keys.press("link", A_TIME)
    keys.press("button", hand.say("Book this time"))
    keys.hear_status(hand.say("Booked. It is in your e-mail too."))
    first = page.get_by_role("heading", level=1).inner_text()

    _open(keys, hand.say("I need another time"))
    keys.press("link", hand.say("Choose another time"))
    expect(page).to_have_url(re.compile("/move/"))
    keys.press("link", A_TIME)
    keys.press("button", hand.say("Move it"))
    keys.hear_status(hand.say("Moved. It is in your e-mail too."))
    assert page.get_by_role("heading", level=1).inner_text() != first

    _open(keys, hand.say("I have to cancel"))
    keys.press("button", hand.say("Cancel the meeting"))
    keys.hear_status(hand.say("Cancelled. It is in your e-mail too."))


def _sign_in(keys: Keys, hand: Hand, server: Server) -> None:
    """Sign in by a code, typed."""
    page = hand.page
    page.goto("/sign-in/")
    keys.reach("textbox", "")
    page.keyboard.type(EMAIL)
    page.keyboard.press("Enter")
    code = server.wait_for_code(EMAIL)
    expect(page.locator("[name=code]")).to_be_visible()
    if keys.hear() == "" or "textbox" not in keys.hear():
        keys.reach("textbox", "")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/my/"))


def _open(keys: Keys, name: str) -> None:
    """Open what can be unfolded; its name is heard, whatever role the browser gives it."""
    for _tab in range(MOST_TABS):
        keys.page.keyboard.press("Tab")
        if name in keys.hear():
            keys.page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name!r} was not reached")
