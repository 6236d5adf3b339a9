"""Signing in: by a passkey and by a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.walks.hand import EMAIL, Hand

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.walks.serving import Server

pytestmark = pytest.mark.walk

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_passkey_and_code_open_the_practice(server: Server, page: Page) -> None:
    hand = Hand(page)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    hand.begin()
    _add_passkey(hand, "My phone")
    hand.sign_out()
    _sign_in_by_passkey(hand)
    hand.sign_out()
    _sign_in_by_code(hand, server, after=0)
    _remove_passkey(hand, "My phone")
    hand.sign_out()
    _be_refused_by_passkey(hand)
    _sign_in_by_code(hand, server, after=1)


def _add_passkey(hand: Hand, name: str) -> None:
    """Add a passkey on the page of settings."""
    hand.page.goto("/settings/")
    hand.follow("Passkeys")
    hand.see("There is none yet.")
    hand.follow("Add a passkey")
    hand.page.locator("[name=name]").fill(name)
    hand.press("Add")
    expect(hand.page.get_by_role("listitem").filter(has_text=name)).to_be_visible()


def _sign_in_by_passkey(hand: Hand) -> None:
    """Sign in without a code."""
    hand.page.goto("/sign-in/")
    hand.press("Sign in with a passkey")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text(hand.say("Today"))


def _sign_in_by_code(hand: Hand, server: Server, *, after: int) -> None:
    """Ask for a code, mistype it once, sign in."""
    page = hand.page
    page.goto("/people/")
    hand.fill("E-mail", EMAIL)
    hand.press("Send me a code")
    code = server.wait_for_code(EMAIL, after=after)
    page.locator("[name=code]").fill("WRONG1")
    hand.press("Sign in")
    expect(page.locator(".errors")).to_be_visible()
    page.locator("[name=code]").fill(code)
    hand.press("Sign in")
    expect(page).to_have_url(f"{server.url}/people/")


def _remove_passkey(hand: Hand, name: str) -> None:
    """Remove a passkey on the page of settings."""
    page = hand.page
    page.goto("/settings/passkeys/")
    page.get_by_role("listitem").filter(has_text=name).get_by_role("link").click()
    hand.press("Remove")
    hand.see("There is none yet.")


def _be_refused_by_passkey(hand: Hand) -> None:
    """A passkey that was removed opens nothing."""
    page = hand.page
    page.goto("/sign-in/")
    hand.press("Sign in with a passkey")
    hand.see("This passkey cannot be used to sign in here. Sign in with a code.")
    page.goto("/people/")
    expect(hand.button("Send me a code")).to_be_visible()
