"""The hand of a practitioner: opens pages, reads their words, fills in and presses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext, override
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

EMAIL = "anna@example.org"
NAMES = {"en": "Ola Nowak", "pl": "Ola Żółkiewska", "ru": "Оля Щукина"}
PLACES = (
    "Europe/Warsaw", "America/New_York", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Auckland",
    "Pacific/Honolulu",
)  # fmt: skip


def find_zone_by_day() -> str:
    """A zone in which it is day now: a day can be closed only when something of it is over."""
    now = datetime.now(UTC)
    return next(place for place in PLACES if 10 <= now.astimezone(ZoneInfo(place)).hour < 18)


class Hand:
    """One practitioner at one page, in one language."""

    def __init__(self, page: Page, language: str = "en") -> None:
        """Take the page and the language that its reader expects."""
        self.page = page
        self.language = language
        self.zone = find_zone_by_day()

    def say(self, text: str, **values: object) -> str:
        """A sentence of the pages in the reader's language."""
        with override(self.language):
            said = gettext(text)
        return said % values if values else said

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """A sentence of the pages about a number."""
        with override(self.language):
            return ngettext(one, many, number) % values

    def local(self, days: float = 0, hour: int = 12, minute: int = 0) -> datetime:
        """A time of day on the clocks of the practice, some days from today."""
        today = datetime.now(ZoneInfo(self.zone)).replace(second=0, microsecond=0)
        return (today + timedelta(days=days)).replace(hour=hour, minute=minute)

    def see(self, text: str, **values: object) -> Locator:
        """See a sentence on the page."""
        seen = self.page.get_by_text(self.say(text, **values)).first
        expect(seen).to_be_visible()
        return seen

    def fill(self, label: str, value: str, **values: object) -> None:
        """Fill in or choose what stands beside a label."""
        name = self.say(label, **values)
        field = self.page.get_by_label(name, exact=True).locator("visible=true")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)

    def button(self, text: str, **values: object) -> Locator:
        """A button that can be seen, by its words."""
        name = self.say(text, **values)
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, text: str, **values: object) -> None:
        """Press a button."""
        self.button(text, **values).click()

    def follow(self, text: str, **values: object) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=self.say(text, **values), exact=True).first.click()

    def begin(self) -> None:
        """Fill in the first visit and begin."""
        self.page.goto("/")
        self.fill("Your name", "Anna Zielińska")
        self.fill("Your e-mail", EMAIL)
        self.fill("Time zone", self.zone)
        self.press("Begin")
        expect(self.page).to_have_url(f"{self.base}/rules/")

    def sign_out(self) -> None:
        """Sign out on the page of settings."""
        self.page.goto("/settings/")
        self.press("Sign out")
        expect(self.button("Send me a code")).to_be_visible()

    @property
    def base(self) -> str:
        """The address of the server."""
        return "/".join(self.page.url.split("/")[:3])

    def add_person(self, name: str, price: str = "200") -> str:
        """Add a person; answer the address of their page."""
        self.page.goto("/people/add/")
        self.fill("Name", name)
        self.fill("What they come for", "IELTS")
        self.page.locator("[name=usual_price_minor]").fill(price)
        self.press("Save")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(name)
        return self.page.url

    def book(self, person: str, start: datetime) -> str:
        """Book a meeting with a person; answer the address of its page."""
        self.page.goto(f"{person}book/")
        self.fill("Date", f"{start:%Y-%m-%d}")
        self.fill("Time", f"{start:%H:%M}")
        self.press("Book")
        self.see("Booked.")
        return self.page.url

    def tap(self, text: str, at: datetime | None = None, **values: object) -> None:
        """Tap what happened, now or at a moment; the place for late entries opens first."""
        self.open_late_entries()
        if at is not None:
            self.page.locator("#tap-day").fill(f"{at:%Y-%m-%d}")
            self.page.locator("#tap-clock").fill(f"{at:%H:%M}")
        self.press(text, **values)

    def open_late_entries(self) -> None:
        """Open the place for what is told late, where the meeting is closed already."""
        late = self.page.locator("details.later:not([open]) > summary")
        if late.count():
            late.click()

    def undo(self) -> None:
        """Press the button of the toast."""
        self.page.locator("[data-toast]").get_by_role("button", name=self.say("Undo")).click()
