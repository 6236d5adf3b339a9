"""The week: a meeting is dragged, time off is drawn and moved, by mouse and by finger."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.walks.hand import NAMES, Hand

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, StorageState

    from tests.walks.conftest import OpenPage
    from tests.walks.serving import Server

pytestmark = pytest.mark.walk

LONG_PRESS_MS = 600


@pytest.fixture(scope="module")
def signed_in(server: Server, browser: Browser) -> StorageState:
    """The cookies of a practitioner who has begun."""
    context = browser.new_context(base_url=server.url, locale="en-GB")
    Hand(context.new_page()).begin()
    state = context.storage_state()
    context.close()
    return state


def _open(server: Server, open_page: OpenPage, state: StorageState, **options: Any) -> Hand:
    """A practitioner at their pages."""
    hand = Hand(open_page(server, storage_state=state, **options))
    hand.page.goto("/")
    return hand


def _next(hand: Hand, weekday: int) -> date:
    """A day of the next week."""
    today = hand.local().date()
    return today + timedelta(days=7 - today.weekday() + weekday)


def _show_week(hand: Hand, day: date) -> None:
    """The calendar of the week of a day, drawn."""
    hand.page.goto(f"/calendar/?from={day}")
    hand.press("As a calendar")
    expect(hand.page.locator(".fc-timegrid-slot").first).to_be_visible()


def _find_point(page: Page, day: date, clock: str) -> tuple[float, float]:
    """Where on the page an hour of a day is."""
    column = page.locator(f".fc-timegrid-col[data-date='{day}']").bounding_box()
    slot = page.locator(f".fc-timegrid-slot-lane[data-time='{clock}:00']").bounding_box()
    assert column is not None
    assert slot is not None
    return column["x"] + column["width"] / 2, slot["y"] + 8


def _drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag by mouse."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*start, steps=2)
    page.mouse.move(*end, steps=12)
    page.mouse.up()


def _take(page: Page, event: Locator) -> tuple[float, float]:
    """Where to take something in the calendar: near its beginning."""
    event.scroll_into_view_if_needed()
    box = event.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + 8


def test_dragged_meeting_becomes_a_proposal(
    server: Server, open_page: OpenPage, signed_in: StorageState
) -> None:
    hand = _open(server, open_page, signed_in)
    page, monday, thursday = hand.page, _next(hand, 0), _next(hand, 3)
    person = hand.add_person(NAMES["en"])
    start = hand.local((monday - hand.local().date()).days, 10)
    hand.book(person, start)
    _show_week(hand, monday)

    event = page.locator(".fc-event", has_text=NAMES["en"])
    _drag(page, _take(page, event), _find_point(page, thursday, "14:00"))

    expect(page).to_have_url(re.compile(r"/propose/\?day="))
    expect(page.locator("[name=to_day]")).to_have_value(f"{thursday}")
    expect(page.locator("[name=to_clock]")).to_have_value(re.compile("^1[34]:(00|15|45)$"))
    hand.press("Propose it")
    hand.see("Proposed. The meeting stands as it was until they say yes.")


def test_time_off_is_drawn_moved_and_read_as_a_list(
    server: Server, open_page: OpenPage, signed_in: StorageState
) -> None:
    hand = _open(server, open_page, signed_in)
    page, friday, saturday = hand.page, _next(hand, 4), _next(hand, 5)
    _show_week(hand, friday)

    _drag(page, _find_point(page, friday, "09:00"), _find_point(page, friday, "10:30"))
    expect(page.locator("[data-span]")).to_contain_text("09:00–10:45")
    hand.press("Time off")
    expect(page.locator(".in-off")).to_be_visible()
    with page.expect_response(re.compile("/calendar/off/")) as saved:
        event = page.locator(".in-off")
        _drag(page, _take(page, event), _find_point(page, saturday, "12:00"))
    assert saved.value.ok
    shown = page.locator(".in-off .fc-event-time").inner_text()
    assert shown.startswith("12:")  # To the quarter that the pointer was nearest to.

    page.reload()
    hand.press("As a list")
    section = page.locator(f"section[aria-labelledby='day-{saturday}']")
    expect(section).to_contain_text(shown.replace(" - ", "–"))
    expect(page.locator(f"section[aria-labelledby='day-{friday}']")).to_contain_text("Nothing.")


def test_time_is_drawn_with_a_finger(
    server: Server, open_page: OpenPage, signed_in: StorageState
) -> None:
    phone = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True}
    hand = _open(server, open_page, signed_in, **phone)
    page, sunday = hand.page, _next(hand, 6)
    page.goto(f"/calendar/?from={sunday}")
    expect(page.locator("#week-list")).to_be_visible()  # A phone shows the list at first.
    hand.press("As a calendar")
    page.get_by_role("button", name=hand.say("The next day")).click()
    expect(page).to_have_url(re.compile(f"from={sunday + timedelta(days=1)}"))
    page.get_by_role("button", name=hand.say("The day before")).click()
    expect(page).to_have_url(re.compile(f"from={sunday}"))
    page.locator(".fc-timegrid-slot-lane[data-time='16:00:00']").scroll_into_view_if_needed()

    _draw_with_finger(page, _find_point(page, sunday, "15:00"), _find_point(page, sunday, "16:00"))

    expect(page.locator("#week-new")).to_be_visible()
    expect(page.locator("[data-span]")).to_contain_text("15:00–16:15")
    hand.press("Leave it")
    expect(page.locator("#week-new")).to_be_hidden()


def _draw_with_finger(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press long, then draw."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, point: tuple[float, float] | None) -> None:
        points = [] if point is None else [{"x": point[0], "y": point[1]}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", start)
    page.wait_for_timeout(LONG_PRESS_MS)
    for step in range(1, 9):
        touch("touchMove", (
            start[0] + (end[0] - start[0]) * step / 8, start[1] + (end[1] - start[1]) * step / 8,
        ))  # fmt: skip
    touch("touchEnd", None)
