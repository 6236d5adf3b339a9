"""Take the pictures of the README from the example practice: `python -m tests.walks.shots`.

With a folder as argument the pictures go there, else into `docs/pictures`. For the example it is
a Monday noon, so that the pictures show a day of work whenever they are taken.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import sync_playwright

from tests.walks.serving import ROOT, serving
from tests.walks.telling import Clock
from tools.browser import LAUNCH_ARGUMENTS, browser_surroundings, prepare_browser
from tools.ready import make_ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, FloatRect, Page, StorageState

    from tests.walks.serving import Server

EMAIL = "tutor@miedza.example"
CLIENT = "client1.tutor@miedza.example"
LOCALES = {"en": "en-GB", "pl": "pl-PL", "ru": "ru-RU"}
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


class Photographer:
    """Takes pictures of one example practice."""

    def __init__(self, browser: Browser, server: Server, language: str, folder: Path) -> None:
        """Take where to look and where to put the pictures; sign in."""
        self.browser = browser
        self.server = server
        self.language = language
        self.folder = folder
        self.state: StorageState | None = None
        with self.page() as page:
            self._sign_in(page)
            self.state = page.context.storage_state()
            self.person = self._find_fullest_strip(page)

    @contextmanager
    def page(
        self,
        size: dict[str, int] = DESK,
        colours: Literal["light", "dark"] = "light",
        scale: float = 1,
        zone: str = "Europe/Warsaw",
    ) -> Iterator[Page]:
        """A page of a size, in light or dark, on some clocks."""
        context = self.browser.new_context(
            base_url=self.server.url,
            locale=LOCALES[self.language],
            viewport={"width": size["width"], "height": size["height"]},
            color_scheme=colours,
            device_scale_factor=scale,
            timezone_id=zone,
            storage_state=self.state,
        )
        yield context.new_page()
        context.close()

    def take(self, page: Page, name: str, clip: FloatRect | None = None) -> None:
        """Take what the window shows, or a part of the page."""
        page.evaluate("document.fonts.ready")
        path = self.folder / f"{name}_{self.language}.png"
        page.screenshot(path=path, clip=clip, full_page=clip is not None)

    def take_all(self) -> None:
        """Take every picture of the README."""
        for colours, ending in (("light", ""), ("dark", "_dark")):
            with self.page(colours=colours) as page:  # type: ignore[arg-type] # One of its literals.
                page.goto(self.person)
                self.take(page, f"person{ending}")
                page.goto("/")
                self.take(page, f"today{ending}")
                self._show_a_cost(page, f"cost{ending}")
                page.goto(self.person)
                page.locator("li.entry.both a").nth(2).click()
                self.take(page, f"meeting{ending}")
                page.goto("/boundaries/?days=365")
                self.take(page, f"boundaries{ending}")
                self._change_a_number(page)
                self.take(page, f"rules{ending}")
        with self.page(PHONE, scale=2) as page:
            page.goto(self.person)
            page.evaluate("document.querySelector('.strip-sides').scrollIntoView()")
            self.take(page, "phone")
        with self.page() as page:
            page.goto(f"/calendar/?from={find_noon().date() + timedelta(days=7)}")
            page.locator(".fc-event .fc-event-title").first.wait_for()
            self.take(page, "week")
            page.goto("/settings/page/")
            offered = str(page.locator(".note a").get_attribute("href"))
        self.state = None
        with self.page(zone="Europe/London") as page:
            page.goto(offered)
            page.locator("main a.button.main").first.click()
            page.locator(".free-times").first.wait_for()
            self.take(page, "times")
        with self.page() as page:
            self._sign_in(page, CLIENT)
            place = page.url
            page.locator("li.entry.crossed, li.entry.excused").last.scroll_into_view_if_needed()
            self.take(page, "place")
            page.goto(f"{place}agreement/")
            self.take(page, "agreement")

    def _sign_in(self, page: Page, email: str = EMAIL) -> None:
        """Sign in with the code that the terminal shows."""
        page.goto("/sign-in/")
        page.locator("[name=email]").fill(email)
        page.locator("form.form button.main").click()
        page.locator("[name=code]").fill(self.server.wait_for_code(email))
        page.locator("form.form button.main").click()
        page.wait_for_load_state()

    def _find_fullest_strip(self, page: Page) -> str:
        """The address of the person with whom most has happened."""
        page.goto("/people/")
        links = [link.get_attribute("href") or "" for link in page.locator(".person-link").all()]
        entries: dict[str, int] = {}
        for link in links:
            page.goto(link)
            entries[link] = page.locator("ol.strip > li").count()
        return max(entries, key=lambda link: entries[link])

    def _show_a_cost(self, page: Page, name: str) -> None:
        """What the cancellation of the next meeting would cost, cut out of the page."""
        page.locator("[aria-labelledby=next-title] a").click()
        page.locator("details.change > summary").nth(1).click()
        panel = page.locator("section[aria-labelledby=changes-title]").bounding_box()
        said = page.locator(".outlook + p").nth(1).bounding_box()
        assert panel is not None
        assert said is not None
        height = said["y"] + said["height"] + 12 - panel["y"]
        self.take(
            page,
            name,
            {"x": panel["x"], "y": panel["y"], "width": panel["width"], "height": height},
        )

    def _change_a_number(self, page: Page) -> None:
        """The rules, with the effect of a number that has just been changed."""
        page.goto("/rules/")
        number = page.locator("[name=tier2__percent]")
        number.fill("80")
        number.blur()
        page.locator("#effect .before").first.wait_for()
        page.evaluate("scrollTo(0, 0)")


def find_noon() -> datetime:
    """When it is for the example: on the clocks of Warsaw, in the week that it is."""
    today = datetime.now(UTC).replace(tzinfo=None, hour=12, minute=40, second=0, microsecond=0)
    return today - timedelta(days=today.weekday())


def main(arguments: list[str]) -> int:
    """Take the pictures in every language; answer 0."""
    folder = Path(arguments[0]) if arguments else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    make_ready()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = playwright.chromium.launch(
            executable_path=prepare_browser(),
            env=dict(browser_surroundings()),
            args=LAUNCH_ARGUMENTS,
        )
        for language in LOCALES:
            place = Path(scratch) / language
            around = Clock(place, find_noon()).around | {"DEMO_LANGUAGE": language}
            with serving(place, "demo", **around) as server:
                Photographer(browser, server, language, folder).take_all()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
