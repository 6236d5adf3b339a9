"""The week: a list everybody can read, and the events of a span for the calendar to drag in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.bookings.hours import take_off
from tests.cast import book, tell
from tests.web.clients import open_hours
from tests.web.offers import add_colleague, define, hold_time, list_times, set_date
from tests.web.pages import WARSAW, dump_rows, present, read, sign_in

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.web.pages import Stage

PAGE = reverse("calendar")
EVENTS = reverse("calendar_events")
CHANGES = [date(2027, 3, 28), date(2027, 10, 31)]
"""When the clocks of Warsaw go forward, and back."""


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=WARSAW).astimezone(UTC)


def _next_week() -> date:
    return _monday(present().astimezone(WARSAW).date()) + timedelta(days=7)


def _ask(client: Client, first: date, days: int = 7) -> list[dict[str, Any]]:
    body = {"start": f"{first}T00:00:00", "end": f"{first + timedelta(days=days)}T00:00:00"}
    response = client.get(EVENTS, body)
    assert response.status_code == 200, response.content
    events: list[dict[str, Any]] = response.json()["events"]
    return events


def _list_days(page: Any) -> dict[str, str]:
    """The list of a week: each date with the words under it."""
    found = re.split(r'<section aria-labelledby="day-', page.content.decode())[1:]
    parts = (each.split('"', 1) for each in found)
    plain = {day: re.sub(r"<[^>]+>", " ", rest.split("</section>")[0]) for day, rest in parts}
    return {day: " ".join(text.split()) for day, text in plain.items()}


def test_week_of_nothing_is_a_list_of_seven_days(anna: Client) -> None:
    page = anna.get(PAGE, {"from": "2027-06-10"})

    days = _list_days(page)
    assert list(days) == [f"2027-06-{day:02}" for day in (7, 8, 9, 10, 11, 12, 13)]
    assert all(text.endswith("Nothing.") for text in days.values())


def test_list_tells_each_thing_on_its_day_in_order(cast: Cast, anna: Client) -> None:
    open_hours(cast.anna)
    monday = _next_week()
    book(cast.anna, cast.ola, _at(monday, "12:00"), now=present())
    booked = book(cast.anna, cast.marek, _at(monday, "09:00"), now=present())
    off = _at(monday, "22:00"), _at(monday + timedelta(days=1), "10:00")
    take_off(practitioner=cast.anna, starts_at=off[0], ends_at=off[1], text="Sea")
    group = define(cast.anna, "Circle", seats=4)
    set_date(cast.anna, group, _at(monday + timedelta(days=2), "17:00"))

    page = anna.get(PAGE, {"from": f"{monday + timedelta(days=3)}"})

    days = list(_list_days(page).values())
    assert re.search(
        r"09:00–10:00 Marek Łącki 12:00–13:00 Ola Żółć 22:00–(00|24):00 Time off: Sea$", days[0]
    )
    assert days[1].endswith("00:00–10:00 Time off: Sea")
    assert days[2].endswith("17:00–18:00 Circle, 0 of 4 seats")
    assert reverse("meeting", args=[booked.id]) in page.content.decode()


def test_cancelled_meeting_is_not_in_the_calendar(cast: Cast, anna: Client) -> None:
    monday = _next_week()
    booking = book(cast.anna, cast.ola, _at(monday, "12:00"), now=present())
    tell(cast.anna, booking, "cancelled", "client", present())

    assert "Ola" not in read(anna.get(PAGE, {"from": f"{monday}"}))
    assert [event for event in _ask(anna, monday) if "Ola" in event["title"]] == []


@pytest.mark.parametrize("asked", ["", "x", "2026-02-30", "9999-12-31", "0001-01-01", "\0", "٣"])
def test_week_that_is_none_is_this_one(asked: str, anna: Client) -> None:
    page = anna.get(PAGE, {"from": asked})

    today = present().astimezone(WARSAW).date()
    assert next(iter(_list_days(page))) == f"{_monday(today)}"


@pytest.mark.parametrize("asked", ["2000-01-01", "2199-12-31"])
def test_first_and_last_week_there_are_can_be_read(asked: str, anna: Client) -> None:
    days = _list_days(anna.get(PAGE, {"from": asked}))

    assert asked in days
    assert len(days) == 7


@pytest.mark.parametrize("sunday", CHANGES)
def test_days_around_a_change_of_the_clocks_hold_what_is_in_them(
    sunday: date, cast: Cast, anna: Client
) -> None:
    monday = sunday + timedelta(days=1)
    meetings = [
        (sunday - timedelta(days=1), "23:00"), (sunday, "00:30"), (sunday, "12:00"),
        (sunday, "23:00"), (monday, "00:00"), (monday, "12:00"),
    ]  # fmt: skip
    for day, clock in meetings:
        book(cast.anna, cast.ola, _at(day, clock), now=present())

    weeks = [anna.get(PAGE, {"from": f"{day}"}) for day in (sunday, monday)]

    days = {day: text for page in weeks for day, text in _list_days(page).items()}
    assert len(days) == 14
    found = [
        (day, clock)
        for day, text in days.items()
        for clock in re.findall(r"(\d\d:\d\d)–\d\d:\d\d Ola", text)
    ]
    assert found == [(f"{day}", clock) for day, clock in meetings]
    events = _ask(anna, sunday - timedelta(days=6), 14)
    starts = [event["start"] for event in events if event["title"] == "Ola Żółć"]
    assert starts == [f"{day}T{clock}:00" for day, clock in meetings]


@pytest.mark.parametrize("sunday", CHANGES)
def test_hours_on_offer_keep_their_clock_when_the_clocks_change(
    sunday: date, cast: Cast, anna: Client
) -> None:
    open_hours(cast.anna, horizon_days=365)

    events = _ask(anna, sunday - timedelta(days=1), 3)

    spans = [
        (event["start"], event["end"]) for event in events
        if event["extendedProps"]["kind"] == "open"
    ]  # fmt: skip
    days = [sunday + timedelta(days=number) for number in (-1, 0, 1)]
    assert [span for span in spans if span[0][:10] in {f"{day}" for day in days}] == [
        (f"{day}T08:00:00", f"{day}T20:00:00") for day in days
    ]


def test_events_say_what_can_be_dragged_and_where_it_leads(cast: Cast, anna: Client) -> None:
    open_hours(cast.anna)
    monday = _next_week()
    booking = book(cast.anna, cast.ola, _at(monday, "12:00"), now=present())
    off = take_off(
        practitioner=cast.anna, starts_at=_at(monday, "16:00"), ends_at=_at(monday, "17:00")
    )

    events = {event["id"]: event for event in _ask(anna, monday)}

    meeting, free = events[str(booking.id)], events[str(off.id)]
    assert (meeting["start"], meeting["end"]) == (f"{monday}T12:00:00", f"{monday}T13:00:00")
    assert (meeting["startEditable"], meeting["durationEditable"]) == (True, False)
    assert meeting["extendedProps"]["move"] == reverse("propose", args=[booking.id])
    assert (free["title"], free["durationEditable"]) == ("Time off", True)
    assert events[None]["display"] == "background"


def test_meeting_that_has_begun_is_not_dragged(cast: Cast, anna: Client) -> None:
    start = present() - timedelta(minutes=20)
    book(cast.anna, cast.ola, start, now=start - timedelta(days=9))

    (event,) = _ask(anna, start.astimezone(WARSAW).date(), 2)

    assert event["startEditable"] is False


def test_held_time_says_nothing_of_the_visitor(cast: Cast, anna: Client) -> None:
    open_hours(cast.anna)
    lesson = define(cast.anna, "Lesson")
    start = list_times(cast.anna, lesson)[20]
    hold_time(cast.anna, lesson)

    events = _ask(anna, start.astimezone(WARSAW).date(), 1)

    titles = [event["title"] for event in events if event["extendedProps"]["kind"] == "hold"]
    assert titles == ["Held for somebody who is booking"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("", ""), ("x", "y"), ("2026-12-01", ""), ("2026-12-01", "2026-12-01"),
        ("2026-12-08", "2026-12-01"), ("2026-12-01", "2027-12-01"), ("\0", "\0"),
        ("2026-02-30", "2026-03-02"), ("0001-01-01", "0001-01-08"), ("9999-12-30", "9999-12-31"),
        ("1999-12-31", "2000-01-05"), ("2199-12-28", "2200-01-03"), ("٢", "٣"), ("9" * 5000, "1"),
        ("2026-12-01T25:00", "2026-12-02T00:00"), ("2026-W49-1", "2026-W49"),
    ],
)  # fmt: skip
def test_bad_span_is_refused_in_words(start: str, end: str, anna: Client) -> None:
    response = anna.get(EVENTS, {"start": start, "end": end})

    assert response.status_code == 400
    assert response.json() == {"fault": "Ask for at most two months."}


@pytest.mark.parametrize("offset", ["Z", "+02:00", "-11:00"])
def test_span_is_read_on_the_clocks_of_the_practice(offset: str, cast: Cast, anna: Client) -> None:
    monday = _next_week()
    book(cast.anna, cast.ola, _at(monday, "00:00"), now=present())
    body = {
        "start": f"{monday}T00:00:00{offset}",
        "end": f"{monday + timedelta(days=1)}T00:00:00{offset}",
    }

    events = anna.get(EVENTS, body).json()["events"]

    assert [event["title"] for event in events] == ["Ola Żółć"]


def test_everybody_sees_their_own_calendar_only(cast: Cast, anna: Client, borys: Client) -> None:
    monday = _next_week()
    book(cast.anna, cast.ola, _at(monday, "12:00"), now=present())
    adam = sign_in(add_colleague(cast.anna, "adam@miedza.example").user)

    assert [event["title"] for event in _ask(anna, monday)] == ["Ola Żółć"]
    for other in (borys, adam):
        assert _ask(other, monday) == []
        assert "Ola" not in read(other.get(PAGE, {"from": f"{monday}"}))


def test_reading_the_week_changes_nothing(stage: Stage, db: None) -> None:
    reader = sign_in(stage.mine.practitioner.user)
    before = dump_rows()

    today = present().astimezone(WARSAW).date()
    reader.get(PAGE, {"from": f"{today}"})
    events = _ask(reader, today - timedelta(days=9), 60)

    assert dump_rows() == before
    kinds = {event["extendedProps"]["kind"] for event in events}
    assert {"meeting", "group", "wish", "proposal", "offer", "off", "hold", "open"} <= kinds
