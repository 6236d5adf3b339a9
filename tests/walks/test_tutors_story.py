"""The tutor's story, both sides, from an empty installation: a month told day by day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override
from playwright.sync_api import expect

from miedza.web.practitioner.minutes import say_minutes
from miedza.words.registry import say_step
from tests.walks.hand import NAMES, Hand
from tests.walks.judged import Teller, judge_file
from tests.walks.serving import serving
from tests.walks.telling import Clock, book_offered, count_figures, find_link

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.walks.conftest import OpenPage
    from tests.walks.serving import Server

pytestmark = pytest.mark.walk

CURRENCIES = {"en": "EUR", "pl": "PLN", "ru": "RUB"}
PUPIL = "ola@example.org"
BEGIN = datetime(2027, 3, 1, 10, 0)  # noqa: DTZ001 - on the clocks of Warsaw, a Monday.
LONG_AGO = datetime(2027, 2, 23, 15, 0)  # noqa: DTZ001
HOLDS_ON = "2027-03-03"
LESSONS = [BEGIN.replace(day=day, hour=15) for day in (4, 11, 18, 25)]


class Story:
    """Both sides at their own pages, and the clock between them."""

    def __init__(self, server: Server, clock: Clock, open_page: OpenPage, language: str) -> None:
        """Open a page for each side; the pupil's device stands in another zone."""
        self.server, self.clock, self.language = server, clock, language
        self.tutor = Hand(open_page(server, language), language)
        self.tutor.zone = "Europe/Warsaw"
        far: Page = open_page(server, language, timezone_id="America/New_York")
        self.pupil = Hand(far, language)
        self.pupil.zone = "America/New_York"
        self.name = NAMES[language].split()[0]
        self.teller = Teller(language, "Europe/Warsaw", CURRENCIES[language])
        self.person = self.place = ""

    def lesson(self, start: datetime, *taps: tuple[str, int]) -> None:
        """Tap what happens at a lesson, each at its minute."""
        for text, minutes in taps:
            self.clock.go_to(start + timedelta(minutes=minutes))
            self.tutor.press(text, name=self.name)


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_tutors_month_is_what_the_command_says(
    language: str, tmp_path: Path, open_page: OpenPage, ready: None
) -> None:
    clock = Clock(tmp_path / "clock", BEGIN)
    with serving(tmp_path, "serve", **clock.around) as server:
        story = Story(server, clock, open_page, language)
        _begin(story)
        _introduce_the_rules(story)
        _accept(story)
        _first_lateness_is_forgiven(story)
        _second_lateness_has_its_step(story)
        _she_stops_waiting(story)
        _the_fee_is_talked_about_and_charged(story)
        _the_month_is_summed_up(story, tmp_path)


def _begin(story: Story) -> None:
    """Rules, hours on offer, the pupil, and a lesson of last week that took five hours."""
    hand, page = story.tutor, story.tutor.page
    hand.begin()
    page.goto("/settings/hours/")
    for day in ("mon", "tue", "wed", "thu", "fri"):
        page.locator(f"[name={day}]").fill("9-13, 14-20")
    hand.press("Save")
    hand.see("Saved.")
    story.person = hand.add_person(NAMES[story.language])
    hand.follow("Change")
    hand.fill("E-mail", PUPIL)
    hand.fill("Their language", story.language)
    hand.press("Save")
    hand.book(story.person, LONG_AGO)
    hand.tap("I am here", LONG_AGO)
    hand.tap("%(name)s is here", LONG_AGO + timedelta(hours=2), name=story.name)
    hand.tap("We end", LONG_AGO + timedelta(hours=5))
    page.goto(story.person)
    expect(page.locator(".entry.crossed")).to_have_count(1)


def _introduce_the_rules(story: Story) -> None:
    """A kind letter, read before it goes, with a day from which the rules hold."""
    hand, page = story.tutor, story.tutor.page
    page.goto(f"{story.person}agreement/")
    page.locator("[name=holds_on]").fill(HOLDS_ON)
    hand.fill("A few words of your own", "Lubię nasze lekcje.")
    hand.press("Show the letter")
    hand.see("The letter, as it will be read")
    expect(page.locator(".kept-text")).to_contain_text("Lubię nasze lekcje.")
    hand.press("Send it to %(email)s", email=PUPIL)
    hand.see("The letter is on its way to %(to)s.", to=PUPIL)
    page.goto(story.person)
    expect(page.locator(".entry.crossed")).to_have_count(0)  # What was before is not judged.


def _accept(story: Story) -> None:
    """The pupil reads, accepts under her name, enters her place, and books."""
    hand, page = story.pupil, story.pupil.page
    page.goto(find_link(story.server, PUPIL))
    expect(page.locator("html")).to_have_attribute("lang", story.language)
    hand.fill("Your first and last name", NAMES[story.language])
    page.get_by_label(hand.say("I have read this agreement and accept it.")).check()
    hand.press("Accept")
    hand.press("Open your place")
    expect(page.locator(".entry.crossed")).to_have_count(0)
    story.place = page.url
    book_offered(hand, story.place, LESSONS[0])
    expect(page.locator("main")).to_contain_text(hand.say("What you can do"))


def _first_lateness_is_forgiven(story: Story) -> None:
    """A reminder comes the day before; twenty minutes late, and forgiven."""
    hand, page = story.tutor, story.tutor.page
    story.clock.go_to(LESSONS[0] - timedelta(hours=24) + timedelta(seconds=5))
    story.server.wait_for(hand.say("A meeting is near."))
    story.clock.go_to(LESSONS[0] - timedelta(minutes=2))
    page.goto("/")
    page.locator(".day-name").click()
    story.lesson(LESSONS[0], ("I am here", -1), ("%(name)s is here", 20), ("We end", 63))
    page.goto(story.person)
    expect(page.locator(".entry.excused")).to_have_count(1)
    page.goto("/decisions/")
    hand.see("Nothing waits. When a rule is crossed and something follows, it comes here, with "
             "words to say, and waits for you.")  # fmt: skip
    book_offered(story.pupil, story.place, LESSONS[1])


def _second_lateness_has_its_step(story: Story) -> None:
    """She says that she is running late; it is judged all the same, with words to say."""
    hand, page = story.tutor, story.tutor.page
    pupil = story.pupil
    story.clock.go_to(LESSONS[1] - timedelta(minutes=5))
    pupil.page.goto(story.place)
    pupil.page.locator("header.head a[href*='/meetings/']").click()
    pupil.page.get_by_text(pupil.say("I am running late")).click()
    pupil.page.locator("button[name=minutes][value='10']").click()
    pupil.see("Said. What counts is when you come.")
    page.goto("/")
    page.locator(".day-name").click()
    story.lesson(LESSONS[1], ("I am here", -1), ("%(name)s is here", 12), ("We end", 60))
    page.goto("/decisions/")
    sentence = say_step("remind", "client", story.language)[1]
    expect(page.locator("blockquote")).to_have_text(sentence)
    hand.press("I have said it")
    hand.see("Decided and written down.")


def _she_stops_waiting(story: Story) -> None:
    """After fifteen minutes she goes: once it is forgiven, the second time it has its price."""
    for start in LESSONS[2:]:
        story.clock.go_to(start - timedelta(days=4))
        story.tutor.book(story.person, start)
        story.lesson(start, ("I am here", -1), ("I stop waiting", 15))
    story.tutor.page.goto(story.person)
    expect(story.tutor.page.locator(".entry.excused")).to_have_count(2)
    hand, page = story.pupil, story.pupil.page
    page.goto(story.place)
    hand.see("Not decided, so not charged: %(amount)s", amount=story.teller.money(200_00))


def _the_fee_is_talked_about_and_charged(story: Story) -> None:
    """She sees it differently; they talk, and the fee stands."""
    hand, page = story.pupil, story.pupil.page
    page.locator("li.entry.both a").last.click()
    page.locator(
        "summary", has_text=hand.say("I see this differently: %(title)s", title="")
    ).click()
    page.locator("textarea[name=text]").last.fill("Autobus nie przyjechał.")
    hand.press("Write it beside")
    hand.see("Written beside it. Both of you read it there.")
    hand, page = story.tutor, story.tutor.page
    page.goto("/decisions/")
    expect(page.locator("main")).to_contain_text("Autobus nie przyjechał.")
    amount = story.teller.money(200_00)
    hand.press("Talk first")
    hand.press("Charge %(amount)s", amount=amount)
    hand.see("Decided and written down.")
    page.goto(f"{story.person}money/")
    due = 3 * 200_00 + 200_00
    hand.see("Due to you: %(amount)s", amount=story.teller.money(due))
    story.pupil.page.goto(story.place)
    story.pupil.see("Due from you: %(amount)s", amount=story.teller.money(due))
    page.locator("[name=amount]").fill("800")
    hand.press("Note it")
    hand.see("Nobody owes anybody anything.")


def _the_month_is_summed_up(story: Story, folder: Path) -> None:
    """Boundaries says what the command says about the exported history."""
    hand, page = story.tutor, story.tutor.page
    story.clock.go_to(BEGIN.replace(day=29))
    page.goto(story.person)
    with page.expect_download() as download:
        hand.follow("Take this history with you")
    file = folder / "history.jsonl"
    download.value.save_as(file)
    answer = judge_file(file)
    figures = count_figures(answer)
    assert figures["spent"] == 5 * 60
    assert figures["earned"] == 800_00
    assert figures["waited"] == 20 + 12 + 15 + 15
    page.goto("/boundaries/?days=all")
    _compare(story, figures)


def _compare(story: Story, figures: dict[str, int]) -> None:
    """Every figure on the page is the one that was counted."""
    page = story.tutor.page
    rows = page.locator("table.sides tbody tr")
    for index, name in enumerate(("kept", "crossed", "excused")):
        expect(rows.nth(index).locator("td").nth(1).locator("a")).to_contain_text(
            str(figures[name])
        )
    with override(story.language):
        waited, spent = say_minutes(figures["waited"]), say_minutes(figures["spent"])
    expect(rows.nth(3).locator("td").first.locator("a")).to_contain_text(waited)
    hour = figures["earned"] * 60 // figures["spent"]
    expect(page.locator(".figure-big")).to_have_text(story.teller.money(hour))
    expect(page.locator("main")).to_contain_text(spent)
    rows.nth(3).locator("td").first.locator("a").click()
    expect(page.locator("li.record-row")).to_have_count(4)
