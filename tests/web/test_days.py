"""Single dates, time off and public holidays: what is typed holds, what is booked stays."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.bookings.hours import Limits, set_hours, take_off
from miedza.bookings.models import DayHours, TimeOff
from miedza.practice.formats import say_date
from tests.cast import book, look
from tests.web.clients import WEEK, open_hours
from tests.web.hostile import UNSEEN, bad_date, bad_text, bad_time
from tests.web.offers import NOTHING, list_times
from tests.web.pages import WARSAW, dump_rows, follow, present, read, typed
from tests.web.refusing import check_refused

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

PAGE = reverse("days")
UNFIT = "These hours do not fit: each must end after it begins"


@pytest.fixture(autouse=True)
def _hours(cast: Cast, db: None) -> None:
    """Anna is there every day from eight to eight."""
    open_hours(cast.anna)


def _day(days: int = 5) -> date:
    return present().astimezone(WARSAW).date() + timedelta(days=days)


def _at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=WARSAW).astimezone(UTC)


def _off_form(first: int = 5, last: int | None = None, **said: str) -> dict[str, str]:
    until = "" if last is None else f"{_day(last)}"
    return {
        "which": "off", "first_day": f"{_day(first)}", "last_day": until, "first_clock": "",
        "last_clock": "", "text": "", **said,
    }  # fmt: skip


def _free_on(cast: Cast, day: date) -> list[str]:
    """The free times of a date, on the clocks of Warsaw."""
    local = (at.astimezone(WARSAW) for at in list_times(cast.anna, None))
    return [f"{at:%H:%M}" for at in local if at.date() == day]


def _spans(cast: Cast) -> list[tuple[datetime, datetime]]:
    spans = TimeOff.objects.of(cast.anna.practice_id).order_by("starts_at")
    return [(off.starts_at, off.ends_at) for off in spans]


def test_one_date_has_hours_of_its_own(cast: Cast, anna: Client) -> None:
    body = {"which": "day", "day": f"{_day()}", "windows": "9-11, 15:00–16:00"}

    said = follow(anna, anna.post(PAGE, body))

    assert "Saved." in said
    assert "09:00–11:00, 15:00–16:00" in said
    assert _free_on(cast, _day()) == ["09:00", "10:00", "15:00"]
    assert len(_free_on(cast, _day(6))) == 12


def test_date_is_closed_and_opened_again(cast: Cast, anna: Client) -> None:
    body = {"which": "day", "day": f"{_day()}", "windows": ""}
    refused = anna.post(PAGE, body)
    assert refused.status_code == 422
    assert "Write the hours, or say that nothing is on offer on this date." in read(refused)
    said = follow(anna, anna.post(PAGE, {**body, "closed": "on"}))
    assert "closed" in said
    assert _free_on(cast, _day()) == []

    said = follow(anna, anna.post(PAGE, {"forget": f"{_day()}"}))

    assert "The date has the hours of its week again." in said
    assert "Every date has the hours of its week." in said
    assert len(_free_on(cast, _day())) == 12


@pytest.mark.parametrize("day", ["", "x", "2026-02-30", "9999-12-31", "\0", "0001-01-01"])
def test_date_that_is_none_is_not_forgotten(day: str, anna: Client) -> None:
    before = dump_rows()

    assert follow(anna, anna.post(PAGE, {"forget": day}))
    assert dump_rows() == before


@pytest.mark.parametrize(
    ("field", "label", "bad"),
    [
        ("day", "Date", bad_date()),
        ("windows", "Hours", {
            "9": "Write hours such as 9:00–13:00", "nine-ten": "Write hours such as",
            "13-9": UNFIT, "9-12, 11-13": UNFIT, "25-26": UNFIT, "9-1\x003": UNSEEN,
            "<script>alert(1)</script>": "Write hours such as", "x" * 101: "at most 100 characters",
        }),
    ],
)  # fmt: skip
def test_bad_day_is_named_and_nothing_typed_is_lost(
    field: str, label: str, bad: dict[str, str], anna: Client
) -> None:
    good = {"which": "day", "day": f"{_day()}", "windows": "9-11"}

    check_refused(anna, PAGE, good, field, label, bad)


def test_whole_days_are_taken_off(cast: Cast, anna: Client) -> None:
    said = follow(anna, anna.post(PAGE, _off_form(5, 6, text="By the <b>sea</b>")))

    assert "Time off is set. What is booked already stays." in said
    assert "By the <b>sea</b>" in said
    assert _spans(cast) == [(_at(_day(5), "00:00"), _at(_day(7), "00:00"))]
    assert [len(_free_on(cast, _day(days))) for days in (4, 5, 6, 7)] == [12, 0, 0, 12]


def test_some_hours_are_taken_off_and_given_back(cast: Cast, anna: Client) -> None:
    body = _off_form(5, first_clock="10:00", last_clock="12:30")
    follow(anna, anna.post(PAGE, body))
    assert _spans(cast) == [(_at(_day(), "10:00"), _at(_day(), "12:30"))]
    assert {"10:00", "11:00", "12:00"}.isdisjoint(_free_on(cast, _day()))
    off = TimeOff.objects.of(cast.anna.practice_id).get()
    assert f'value="{off.id}"' in anna.get(PAGE).content.decode()

    said = follow(anna, anna.post(PAGE, {"end": str(off.id)}))

    assert "The time is on offer again, as far as your hours say." in said
    assert "None ahead." in said
    assert len(_free_on(cast, _day())) == 12


def test_form_sent_twice_is_one_time_off(cast: Cast, anna: Client) -> None:
    body = _off_form(once=typed(anna.get(PAGE), "once")[0])

    for _time in range(2):
        follow(anna, anna.post(PAGE, body))

    assert len(_spans(cast)) == 1


@pytest.mark.parametrize(
    ("field", "label", "bad"),
    [
        ("first_day", "From", bad_date()),
        ("last_day", "Until", bad_date(required=False)),
        ("first_clock", "Time", bad_time(required=False)),
        ("last_clock", "Time", bad_time(required=False)),
        ("text", "What for", bad_text(200, required=False)),
    ],
)
def test_bad_time_off_is_named_and_nothing_typed_is_lost(
    field: str, label: str, bad: dict[str, str], anna: Client
) -> None:
    good = _off_form(5, 6, first_clock="10:00", last_clock="12:00", text="sea")

    check_refused(anna, PAGE, good, field, label, bad)


@pytest.mark.parametrize(
    "body",
    [
        _off_form(5, 4),
        _off_form(5, 5, first_clock="12:00", last_clock="12:00"),
        _off_form(5, first_clock="12:00", last_clock="09:00"),
    ],
)
def test_time_off_that_ends_before_it_begins_is_refused(
    body: dict[str, str], cast: Cast, anna: Client
) -> None:
    response = anna.post(PAGE, body)

    assert response.status_code == 422
    assert "It has to end after it begins." in read(response)
    assert typed(response, "last_clock") == [body["last_clock"]]
    assert _spans(cast) == []


@pytest.mark.parametrize("end", ["", "x", "\0", str(NOTHING), "theirs"])
def test_time_off_that_is_not_there_is_not_ended(
    end: str, cast: Cast, anna: Client, borys: Client
) -> None:
    borys.post(PAGE, _off_form())
    theirs = TimeOff.objects.of(cast.borys.practice_id).get()
    before = dump_rows()

    follow(anna, anna.post(PAGE, {"end": str(theirs.id) if end == "theirs" else end}))

    assert dump_rows() == before


def test_public_holidays_are_closed_until_the_date_has_hours_of_its_own(
    cast: Cast, anna: Client
) -> None:
    years = (present().year, present().year + 1)
    holidays = (date(year, *day) for year in years for day in ((1, 6), (5, 1), (12, 25)))
    holiday = next(day for day in holidays if day > _day(1))
    limits = Limits(60, 0, 60, 365, None, holidays="PL")
    set_hours(practitioner=cast.anna, weekly=WEEK, limits=limits)
    assert "Closed on public holidays" in read(anna.get(PAGE))
    assert _free_on(cast, holiday) == []

    anna.post(PAGE, {"which": "day", "day": f"{holiday}", "windows": "10-12"})

    assert _free_on(cast, holiday) == ["10:00", "11:00"]


def test_what_is_booked_stays_in_time_off(cast: Cast, anna: Client) -> None:
    booking = book(cast.anna, cast.ola, _at(_day(), "10:00"), now=present())

    follow(anna, anna.post(PAGE, _off_form()))

    assert look(cast.anna, booking.id).outcome == "open"
    assert look(cast.anna, booking.id).starts_at == booking.starts_at
    week = read(anna.get(reverse("calendar"), {"from": f"{_day()}"}))
    assert "Ola Żółć" in week
    assert "Time off" in week
    page = anna.get(PAGE)
    assert "Booked all the same: Ola Żółć" in read(page)
    assert reverse("meeting", args=[booking.id]) in page.content.decode()


def test_time_off_is_told_by_its_days(cast: Cast, anna: Client) -> None:
    first, last = _day(), _day(8)
    for day, until in ((first, last), (last, last)):
        take_off(
            practitioner=cast.anna, starts_at=_at(day, "00:00"),
            ends_at=_at(until + timedelta(days=1), "00:00"),
        )  # fmt: skip
    take_off(practitioner=cast.anna, starts_at=_at(first, "10:00"), ends_at=_at(first, "12:30"))
    take_off(practitioner=cast.anna, starts_at=_at(first, "10:00"), ends_at=_at(last, "12:30"))

    page = html.unescape(anna.get(PAGE).content.decode())

    whole, long = say_date(first), say_date(last)
    for said in (
        f"{whole} – {long}", f"End the time off: {long}", f"{whole}, 10:00–12:30",
        f"{whole}, 10:00 – {long}, 12:30",
    ):  # fmt: skip
        assert said in page


def test_page_shows_only_what_lies_ahead(cast: Cast, anna: Client) -> None:
    anna.post(PAGE, {"which": "day", "day": f"{_day(-3)}", "windows": "9-10"})
    anna.post(PAGE, _off_form(-5, -4))

    page = anna.get(PAGE)

    assert DayHours.objects.of(cast.anna.practice_id).count() == 1
    assert len(_spans(cast)) == 1
    assert "None ahead." in read(page)
    assert "Every date has the hours of its week." in read(page)
    assert not re.findall(r'name="(?:end|forget)"', html.unescape(page.content.decode()))
