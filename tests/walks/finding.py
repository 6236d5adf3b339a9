"""Where things of the example practice are: addresses of pages whose ids nobody knows before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.walks.hand import Hand


def find_person(hand: Hand) -> str:
    """The address of the person with the fullest strip."""
    hand.page.goto("/people/")
    for link in hand.page.locator(".person-link").all():
        address = link.get_attribute("href") or ""
        if "exc" in hand.page.context.request.get(address).text():
            return address
    raise AssertionError("nobody in the example has a strip")


def find_meetings(hand: Hand, person: str) -> dict[str, str]:
    """The addresses of one meeting of each kind."""
    hand.page.goto(person)
    links = hand.page.locator("li.entry.both a").all()
    return {
        f"meeting {link.inner_text().rpartition('· ')[2]}": link.get_attribute("href") or ""
        for link in links
    }


def find_offers(hand: Hand) -> dict[str, str]:
    """The addresses of a service, of a group's dates, and of one such date."""
    hand.page.goto("/settings/services/")
    links = hand.page.locator("main a[href^='/settings/services/']").all()
    found = [link.get_attribute("href") or "" for link in links]
    dates = next(address for address in found if address.endswith("/dates/"))
    hand.page.goto(dates)
    group = hand.page.locator("main a[href^='/groups/']").first.get_attribute("href") or ""
    return {"dates of a group": dates, "group": group, "change of a service": dates[:-6]}
