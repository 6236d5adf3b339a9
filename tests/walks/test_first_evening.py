"""The first evening: from an empty folder to a strip that says what the rules say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.walks.hand import EMAIL, NAMES, Hand
from tests.walks.judged import Teller, count_money, judge_file, read_strip

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tests.walks.conftest import OpenPage
    from tests.walks.judged import Answer
    from tests.walks.serving import Server
    from tests.walks.watching import Watch

pytestmark = pytest.mark.walk

CURRENCIES = {"en": "EUR", "pl": "PLN", "ru": "RUB"}
EXAMPLE_PRICES = {"en": 20_000, "pl": 20_000, "ru": 300_000}
THE_STORY = {
    ("lateness", "on_time", "practitioner", "kept"),
    ("lateness", "on_time", "client", "kept"),
    ("lateness", "late", "client", "excused"),
    ("lateness", "late", "practitioner", "excused"),
    ("ending", "ended_in_time", "practitioner", "kept"),
    ("ending", "overran", "practitioner", "crossed"),
    ("ending", "time_owed", "practitioner", "crossed"),
    ("missed", "missed", "client", "excused"),
    ("missed", "missed", "client", "crossed"),
    ("rescheduling", "late_move", "client", "excused"),
    ("rescheduling", "moved_in_time", "client", "kept"),
}
"""What the rules say about the evening: rule, reason, whose doing, verdict."""


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_first_evening_ends_with_a_strip_that_says_what_the_command_says(
    language: str,
    empty_server: Server,
    open_page: OpenPage,
    watches: list[Watch],
    tmp_path: Path,
) -> None:
    page = open_page(empty_server, language)
    hand = Hand(page, language)
    teller = Teller(language, hand.zone, CURRENCIES[language])

    _begin(hand, watches[0])
    _change_rules(hand, teller, watches[0])
    person = _add_person(hand, watches[0])
    _tell_what_happened(hand, person)
    _book_ahead_and_move(hand, person, watches[0])
    _close_the_day(hand, person)

    page.goto(person)
    answer = _download(hand, tmp_path)
    assert read_strip(page) == teller.tell(answer)
    _check_the_story(hand, teller, answer)


def _begin(hand: Hand, watch: Watch) -> None:
    """The first visit, with a slip that costs nothing that was typed."""
    page = hand.page
    page.goto("/")
    expect(page).to_have_url(f"{hand.base}/welcome/")
    expect(page.locator("html")).to_have_attribute("lang", hand.language)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        hand.say("A strip of grass between two fields")
    )
    hand.fill("Your name", "Anna Zielińska")
    hand.fill("Your e-mail", "anna@example")  # The browser takes it, the server does not.
    hand.fill("Time zone", hand.zone)
    page.get_by_role("radio", name=hand.say("Clear")).check()
    hand.press("Begin")
    hand.see("Something is not right yet. Nothing you wrote is lost.")
    watch.expect(422)
    expect(page.locator("[name=name]")).to_have_value("Anna Zielińska")
    expect(page.locator("[name=email]")).to_have_value("anna@example")
    expect(page.locator("[name=time_zone]")).to_have_value(hand.zone)
    hand.fill("Your e-mail", EMAIL)
    hand.press("Begin")
    expect(page).to_have_url(f"{hand.base}/rules/")
    hand.see("Rules that both sides keep")


def _change_rules(hand: Hand, teller: Teller, watch: Watch) -> None:
    """Change a number, see what it does, keep it as a draft, publish."""
    page, full = hand.page, EXAMPLE_PRICES[hand.language]
    effect = page.locator("#effect")
    until_now = hand.say("until now:")
    expect(effect).not_to_contain_text(until_now)
    hours = page.get_by_label(hand.say("second step: hours before"))
    hours.fill("60")
    hand.press("Save as a draft")
    hand.see("Write the hours from most to least.")
    watch.expect(422)
    expect(hours).to_have_value("60")
    hours.fill("24")
    page.get_by_label(hand.say("percent owed for not coming"), exact=True).fill("80")
    page.get_by_label(hand.say("percent owed for not coming"), exact=True).blur()
    absence = effect.locator(".effect-line").filter(
        has_text=hand.say("absence; you go after 20 minutes")
    )
    expect(absence).to_contain_text(teller.money(full * 80 // 100))
    expect(absence.locator(".before")).to_contain_text(until_now)
    expect(absence.locator(".before")).to_contain_text(teller.money(full))
    hand.press("Save as a draft")
    hand.see("Saved as a draft. It binds nobody until you publish it.")
    hand.press("Publish")
    said = "Version %(number)d is in force. Meetings booked from now on are judged by it."
    hand.see(said, number=2)
    expect(page.locator("[name=missed__percent]")).to_have_value("80")


def _add_person(hand: Hand, watch: Watch) -> str:
    """Add a person, at first with a price that is none."""
    page, name = hand.page, NAMES[hand.language]
    page.goto("/")
    hand.see("Here you will see whom you meet today, and close the day in one tap.")
    hand.follow("Add the first person")
    hand.fill("Name", name)
    hand.fill("What they come for", "IELTS, 7.5")
    hand.fill("Usual price, %(currency)s", "200 miles", currency=CURRENCIES[hand.language])
    hand.press("Save")
    hand.see("Write an amount such as 200 or 200.50.")
    watch.expect(422)
    expect(page.locator("[name=name]")).to_have_value(name)
    expect(page.locator("[name=what_for]")).to_have_value("IELTS, 7.5")
    expect(page.locator("[name=usual_price_minor]")).to_have_value("200 miles")
    hand.fill("Usual price, %(currency)s", "200,50", currency=CURRENCIES[hand.language])
    hand.press("Save")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.url


def _tell_what_happened(hand: Hand, person: str) -> None:
    """A late arrival and an overrun, two misses, a correction, an undo."""
    name = NAMES[hand.language].split()[0]
    start = hand.local(-6)
    hand.book(person, start)
    hand.tap("I am here", start)
    hand.tap("%(name)s is here", start + timedelta(minutes=12), name=name)
    hand.tap("We end", start + timedelta(minutes=95))
    for days in (-5, -4):
        start = hand.local(days)
        hand.book(person, start)
        hand.tap("I am here", start)
        hand.tap("I stop waiting", start + timedelta(minutes=16))
        hand.see(f"%(name)s: {hand.say('stopped waiting')}", name=hand.say("You"))
    start = hand.local(-3)
    hand.book(person, start)
    hand.tap("I am here", start + timedelta(minutes=10))
    hand.tap("%(name)s is here", start + timedelta(minutes=40), name=name)
    _put_right(hand, f"{name}: {hand.say('arrival')}")
    hand.tap("%(name)s is here", start, name=name)
    hand.tap("We end", start + timedelta(minutes=60))
    start = hand.local(-2)
    hand.book(person, start)
    hand.tap("%(name)s stopped waiting", start + timedelta(minutes=20), name=name)
    hand.undo()
    hand.see("Taken back. The ledger keeps both the entry and the correction.")
    hand.tap("Held as planned", start + timedelta(minutes=60))


def _put_right(hand: Hand, text: str) -> None:
    """Take back what stands in the record under a text."""
    row = hand.page.locator(".record-row", has_text=text)
    row.get_by_role("button", name=hand.say("Recorded by mistake")).click()
    hand.see("Taken back. The ledger keeps both the entry and the correction.")
    expect(row).to_contain_text(hand.say("taken back"))


def _book_ahead_and_move(hand: Hand, person: str, watch: Watch) -> None:
    """Book tomorrow; the cost of moving it stands before the button, and is what is judged."""
    page, name = hand.page, NAMES[hand.language].split()[0]
    tomorrow = hand.local(1, hour=9)
    hand.book(person, tomorrow)
    meeting = page.url
    _meet_a_taken_hour(hand, person, tomorrow, watch)
    for day in (1, 2):
        page.goto(meeting)
        asks = hand.say("%(name)s asks to move it", name=name)
        change = page.locator("details.change", has=page.locator("summary", has_text=asks))
        change.locator("summary").click()
        expected = change.locator(".outlook").inner_text().split()
        button = change.get_by_role("button", name=hand.say("Move it"), exact=True)
        assert _stands_above(change.locator(".outlook").bounding_box(), button.bounding_box())
        change.locator("[name=to_day]").fill(f"{tomorrow + timedelta(days=day):%Y-%m-%d}")
        change.locator("[name=to_clock]").fill("09:30")
        button.click()
        expect(page.locator("[data-toast]")).to_be_visible()
        last = read_strip(page)[-1]
        dot, follows = last.detail.partition(". ")[1:]
        judged = f"{last.tag} {last.title}{dot}{follows}".split()
        assert judged[: len(expected)] == expected


def _stands_above(first: object, second: object) -> bool:
    """Tell whether one box on the page stands above another."""
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    return bool(first["y"] + first["height"] <= second["y"])


def _meet_a_taken_hour(hand: Hand, person: str, start: datetime, watch: Watch) -> None:
    """Nobody is booked twice; what was typed stays."""
    page = hand.page
    page.goto(f"{person}book/")
    hand.fill("Date", f"{start:%Y-%m-%d}")
    hand.fill("Time", f"{start + timedelta(minutes=30):%H:%M}")
    hand.fill("Length in minutes", "45")
    hand.press("Book")
    hand.see("You are with somebody else at this time. Choose another one.")
    watch.expect(409)
    expect(page.locator("[name=clock]")).to_have_value("09:30")
    expect(page.locator("[name=minutes]")).to_have_value("45")


def _close_the_day(hand: Hand, person: str) -> None:
    """A meeting of this morning is closed in one tap, after an undo."""
    page = hand.page
    hand.book(person, hand.local(hour=8))
    page.goto("/")
    said = ("%(count)d meeting confirmed as held.", "%(count)d meetings confirmed as held.", 1)
    for _time in range(2):
        expect(page.get_by_role("checkbox")).to_be_checked()
        hand.press("Close the day")
        expect(page.locator("[data-toast]")).to_contain_text(hand.count(*said, count=1))
        expect(page.get_by_role("checkbox")).to_have_count(0)
        if not _time:
            hand.undo()
            page.goto("/")


def _download(hand: Hand, folder: Path) -> Answer:
    """Take the history along, and ask the command about it."""
    with hand.page.expect_download() as download:
        hand.follow("Take this history with you")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "history.jsonl"
    return judge_file(file)


def _check_the_story(hand: Hand, teller: Teller, answer: Answer) -> None:
    """What the command says is the story that was told, and the sums are its sums."""
    told = {(each["rule"], each["reason"], each["by"], each["verdict"]) for each in answer.rulings}
    assert told == THE_STORY
    outcomes = sorted(each["outcome"] for each in answer.settlements.values())
    assert outcomes == ["held", "held", "held", "held", "missed", "missed", "open"]
    balance, given = count_money(answer)
    price, fee, late, over = 200_50, 160_40, 33_42, 116_96  # 80 %, 10 and 35 minutes of the price.
    assert (balance, given) == (4 * price + fee - late, over)
    somebodys = [each for each in answer.rulings if each["by"]]
    kept = sum(each["verdict"] == "kept" for each in somebodys)
    said = "On both sides, %(kept)s of %(counted)s kept"
    assert hand.page.locator(".sums li").all_inner_texts() == [
        hand.say(said, kept=kept, counted=len(somebodys)),
        hand.say("Due to you: %(amount)s", amount=teller.money(balance - fee)),
        hand.say("Waits for your decision: %(amount)s", amount=teller.money(fee)),
        hand.say("Time you gave, worth %(amount)s", amount=teller.money(given)),
    ]
