"""Every page looks right: in light and dark, wide and narrow, with large letters, to axe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.walks.finding import find_meetings, find_offers, find_person
from tests.walks.hand import NAMES, Hand
from tests.walks.looking import look_at
from tests.walks.serving import serving
from tests.walks.telling import find_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.walks.conftest import OpenPage
    from tests.walks.serving import Server
    from tests.walks.watching import Watch

pytestmark = pytest.mark.walk

DEMO_EMAIL = "tutor@miedza.example"
OF_ALL = {
    "hours": "/settings/hours/",
    "boundaries": "/boundaries/?days=365",
    "a figure": "/boundaries/waited/practitioner/?days=365",
    "decisions": "/decisions/",
    "money": "/money/",
    "asking again": "/rules/ask/",
    "week": "/calendar/",
    "services": "/settings/services/",
    "new service": "/settings/services/add/",
    "days and time off": "/settings/hours/days/",
    "calendars": "/settings/calendars/",
    "public page": "/settings/page/",
    "team": "/settings/team/",
    "wishes": "/wishes/",
}
CLIENT_EMAIL = "client2.tutor@miedza.example"
OTHER_EMAIL = "psychologist@miedza.example"
VISITOR = "visitor@miedza.example"
LEADER_EMAIL = "coach@miedza.example"
COLLEAGUE = "colleague@miedza.example"
FAMILY_EMAIL = "family1.coach@miedza.example"


@pytest.fixture(scope="module", params=["en", "pl", "ru"])
def demo(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, ready: None
) -> Iterator[tuple[Server, str]]:
    """The example practice, and its language."""
    language = request.param
    with serving(tmp_path_factory.mktemp("demo"), "demo", DEMO_LANGUAGE=language) as server:
        yield server, language


def test_pages_of_a_full_practice_look_right(
    demo: tuple[Server, str], open_page: OpenPage, watches: list[Watch]
) -> None:
    server, language = demo
    page = open_page(server, language)
    hand = Hand(page, language)

    faults = _look_at_the_door(hand, server)
    person = find_person(hand)
    addresses = {
        "today": "/",
        "people": "/people/",
        "people, none found": "/people/?q=zzz",
        "person": person,
        "change of a person": f"{person}change/",
        "booking": f"{person}book/",
        "notes": f"{person}notes/",
        "rules": "/rules/",
        "version": "/rules/versions/1/",
        "settings": "/settings/",
        "passkeys": "/settings/passkeys/",
        "new passkey": "/settings/passkeys/add/",
        "sign out": "/sign-out/",
        **OF_ALL,
        "account": f"{person}money/",
        "agreement": f"{person}agreement/",
        "beside": f"{person}beside/",
        "letters": f"{person}letters/",
        **find_meetings(hand, person),
        **find_offers(hand),
    }
    for name, address in addresses.items():
        page.goto(address)
        faults += look_at(page, name)
    faults += _look_at_refusals(hand, person, watches[0])

    assert not faults, "\n".join(faults)


def test_places_of_clients_look_right(
    demo: tuple[Server, str], open_page: OpenPage, watches: list[Watch]
) -> None:
    server, language = demo
    page = open_page(server, language)
    hand = Hand(page, language)
    faults = []

    _sign_in(hand, server, CLIENT_EMAIL)
    place = page.url
    for name, address in {
        "place": place,
        "agreement of a client": f"{place}agreement/",
        "services": f"{place}book/",
        "calendar": f"{place}calendar/",
        "waiting": f"{place}waiting/?service=usual",
        "times": f"{place}book/?service=usual",
    }.items():
        page.goto(address)
        faults += look_at(page, name)
    page.locator(".free-times a").first.click()
    expect(hand.button("Book this time")).to_be_visible()
    faults += look_at(page, "a time to book")
    _book_elsewhere(page)
    hand.press("Book this time")
    hand.see("The nearest free times")
    watches[0].expect(409)
    faults += look_at(page, "a time that is gone")
    page.locator(".free-times a").first.click()
    expect(hand.button("Book this time")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    hand.press("See the dates")
    expect(page).to_have_url(re.compile("/series/"))
    faults += look_at(page, "a series")
    faults += _look_at_meetings(hand, place)
    assert not faults, "\n".join(faults)


def test_way_of_a_visitor_looks_right(demo: tuple[Server, str], open_page: OpenPage) -> None:
    server, language = demo
    page = open_page(server, language, timezone_id="America/New_York")
    hand = Hand(page, language)

    practice = _find_public_page(server, language, open_page)
    page.goto(f"{practice}rules/")
    faults = look_at(page, "public rules")
    page.goto(practice)
    faults += look_at(page, "practice")
    page.locator("main .button.main").first.click()
    expect(page.locator("[data-zone]")).to_have_attribute("data-zone", "America/New_York")
    faults += look_at(page, "a service")
    page.locator(".free-times a").first.click()
    expect(page.locator("[name=email]")).to_be_visible()
    faults += look_at(page, "who comes")
    page.locator("[name=name]").fill(NAMES[language])
    page.locator("[name=email]").fill(VISITOR)
    page.locator("form.form button.main").click()
    expect(page.locator("[name=code]")).to_be_visible()
    faults += look_at(page, "a visitor's code")
    page.locator("[name=code]").fill(server.wait_for_code(VISITOR))
    page.locator("button.main").click()
    expect(page).to_have_url(re.compile("/held/"))
    faults += look_at(page, "a held time")
    page.locator("[name=typed_name]").fill(NAMES[language])
    page.locator("[name=read]").check()
    page.locator("#accept button.main").click()
    hand.see("Booked. It is in your e-mail too.")

    assert not faults, "\n".join(faults)


def test_places_beside_clients_look_right(demo: tuple[Server, str], open_page: OpenPage) -> None:
    server, language = demo
    hand = Hand(open_page(server, language), language)

    _sign_in(hand, server, FAMILY_EMAIL)
    faults = look_at(hand.page, "two places")
    links = [link.get_attribute("href") or "" for link in hand.page.locator(".person-link").all()]
    assert len(links) == 2
    for address in links:
        hand.page.goto(address)
        faults += look_at(hand.page, address.rstrip("/").rpartition("/")[2])

    assert not faults, "\n".join(faults)


def test_way_of_a_colleague_looks_right(
    demo: tuple[Server, str], open_page: OpenPage, watches: list[Watch]
) -> None:
    server, language = demo
    leader, hand = (Hand(open_page(server, language), language) for _ in range(2))

    _sign_in(leader, server, LEADER_EMAIL, "/$")
    leader.page.goto("/settings/team/")
    leader.page.locator("[name=name]").fill(NAMES[language])
    leader.page.locator("[name=email]").fill(COLLEAGUE)
    leader.press("Send the letter")
    leader.see("asked, has not said yes")
    faults = look_at(leader.page, "somebody is asked")
    hand.page.goto(find_link(server, COLLEAGUE))
    faults += look_at(hand.page, "asked to work here")
    hand.page.locator("main .button.main").click()
    expect(hand.page).to_have_url(re.compile("/sign-in/"))
    _sign_in(hand, server, COLLEAGUE, "/$")
    hand.page.goto("/settings/page/")
    expect(hand.page).to_have_url(re.compile("/settings/page/"))
    watches[1].expect(403)
    faults += look_at(hand.page, "what the leader alone changes")

    assert not faults, "\n".join(faults)


def _sign_in(hand: Hand, server: Server, email: str, place: str = "/my/") -> None:
    """Sign in by a code; where that leads, as a pattern."""
    hand.page.goto("/sign-in/")
    hand.page.locator("[name=email]").fill(email)
    hand.press("Send me a code")
    hand.page.locator("[name=code]").fill(server.wait_for_code(email))
    hand.press("Sign in")
    expect(hand.page).to_have_url(re.compile(place))


def _look_at_the_door(hand: Hand, server: Server) -> list[str]:
    """Sign in by a code; look at both pages on the way."""
    page = hand.page
    page.goto("/")
    faults = look_at(page, "sign in")
    page.locator("[name=email]").fill(DEMO_EMAIL)
    hand.press("Send me a code")
    code = server.wait_for_code(DEMO_EMAIL)
    expect(page.locator("[name=code]")).to_be_visible()
    faults += look_at(page, "code")
    page.locator("[name=code]").fill(code)
    hand.press("Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text(hand.say("Today"))
    return faults


def _find_public_page(server: Server, language: str, open_page: OpenPage) -> str:
    """The address of a public page, as its practitioner finds it."""
    hand = Hand(open_page(server, language), language)
    _sign_in(hand, server, OTHER_EMAIL, "/$")
    hand.page.goto("/settings/page/")
    return hand.page.locator("main a[href^='/with/']").get_attribute("href") or ""


def _book_elsewhere(page: Page) -> None:
    """Book in another window what a page shows before its button."""
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("main button.main").click()
    expect(other).to_have_url(re.compile("/meetings/"))
    other.close()


def _look_at_meetings(hand: Hand, place: str) -> list[str]:
    """Look at the meetings of a client, and at a move of each that can be moved."""
    page, faults = hand.page, []
    for name, address in find_meetings(hand, place).items():
        page.goto(address)
        faults += look_at(page, f"{name} of a client")
        if page.locator("a[href$='/move/']").count():
            page.goto(f"{address}move/")
            page.locator(".free-times a").first.click()
            expect(hand.button("Move it")).to_be_visible()
            faults += look_at(page, "a move")
    return faults


def _look_at_refusals(hand: Hand, person: str, watch: Watch) -> list[str]:
    """Look at pages that say what is wrong."""
    page = hand.page
    page.goto(f"{person}change/")
    page.locator("[name=usual_price_minor]").fill("much")
    hand.press("Save")
    watch.expect(422)
    expect(page.locator("[aria-invalid]").first).to_be_visible()
    faults = look_at(page, "a refused form")
    page.goto("/rules/")
    page.locator("[name=tier1__hours]").fill("90")
    hand.press("Save as a draft")
    watch.expect(422)
    expect(page.locator("[aria-invalid]").first).to_be_visible()
    faults += look_at(page, "refused rules")
    page.goto("/nothing/here/")
    watch.expect(404)
    faults += look_at(page, "404")
    page.goto("/agree/nothing/")
    watch.expect(404)
    return faults + look_at(page, "a link that opens nothing")
