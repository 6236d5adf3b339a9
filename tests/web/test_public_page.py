"""The public page: opened and closed, only what is for anyone, on the reader's clocks."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from miedza.bookings.hours import set_day, take_off
from miedza.bookings.services import open_service
from miedza.practice.models import Practice
from tests.cast import book
from tests.web.clients import give_place
from tests.web.hostile import REQUIRED
from tests.web.offers import define, list_times, open_page
from tests.web.pages import WARSAW, follow, list_shown, present, read, typed
from tests.web.refusing import check_refused

if TYPE_CHECKING:
    from miedza.bookings.models import Service
    from tests.cast import Cast

SETTING = reverse("public_page")
PAGE = "/with/anna/"


def _address(service: Service, name: str = "service") -> str:
    return reverse(name, args=["anna", service.slug])


def _read_slots(browser: Client, service: Service, query: str = "") -> list[datetime]:
    said = browser.get(_address(service, "times") + query).json()
    assert said["minutes"] == service.minutes
    return [datetime.fromisoformat(slot) for slot in said["slots"]]


def test_page_is_opened_and_closed(cast: Cast, anna: Client, browser: Client) -> None:
    assert typed(anna.get(SETTING), "slug") == ["anna-zielinska"]
    assert browser.get("/with/anna-z/").status_code == 404

    said = follow(anna, anna.post(SETTING, {"slug": " Anna-Z "}))

    assert "Your public page is open." in said
    assert "/with/anna-z/" in said
    assert "Anna Zielińska" in read(browser.get("/with/anna-z/"))

    said = follow(anna, anna.post(SETTING, {"close": "1"}))

    assert "Your public page is closed. What is booked stays." in said
    for address in ("/with/anna-z/", "/with/anna-z/rules/"):
        assert browser.get(address).status_code == 404
    assert "Only you see this page" in read(anna.get("/with/anna-z/"))
    assert typed(anna.get(SETTING), "slug") == ["anna-z"]


def test_new_name_ends_the_old_address(cast: Cast, anna: Client, browser: Client) -> None:
    open_page(cast.anna)
    assert browser.get(PAGE).status_code == 200

    anna.post(SETTING, {"slug": "another"})

    assert [browser.get(each).status_code for each in (PAGE, "/with/another/")] == [404, 200]


def test_name_of_another_practice_is_not_taken(
    cast: Cast, anna: Client, borys: Client, browser: Client
) -> None:
    open_page(cast.anna)

    response = borys.post(SETTING, {"slug": "ANNA"})

    assert response.status_code == 422
    assert "Another practice has this name. Choose another one." in read(response)
    assert typed(response, "slug") == ["ANNA"]
    assert "It is open" not in read(response)
    assert "Anna Zielińska" in read(browser.get(PAGE))
    assert not Practice.objects.filter(id=cast.borys.practice_id, public_at=None).get().slug
    anna.post(SETTING, {"close": "1"})  # Closed, it is hers still.
    assert borys.post(SETTING, {"slug": "anna"}).status_code == 422
    assert "Your public page is open." in follow(anna, anna.post(SETTING, {"slug": "anna"}))


def test_what_is_no_name_in_an_address_is_refused(cast: Cast, anna: Client) -> None:
    plain = "Use only letters without accents, digits and dashes."
    bad = dict.fromkeys(
        ("żółw", "a b", "a/b", "../x", "a.b", "Анна", "a?b", "%61", "\0", "a\0"), plain
    )
    more = {"x" * 61: "at most 60 characters", "": REQUIRED, "  ": REQUIRED}

    check_refused(anna, SETTING, {"slug": "anna"}, "slug", "Name in the address", {**bad, **more})


def test_page_shows_only_what_is_open_to_anyone(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    define(cast.anna, "Secretly", who="invited")
    define(cast.anna, "Within", who="clients")
    open_service(service=define(cast.anna, "Formerly"), is_open=False)
    define(cast.borys, "Elsewhere")
    define(cast.anna, "<b>Bold</b>", about="<script>alert(1)</script>", way="on_request")

    page = browser.get(PAGE)

    said = read(page)
    assert "Lesson" in said
    assert "<b>Bold</b>" in said
    assert "<script>alert(1)" not in page.content.decode()
    for name in ("Secretly", "Within", "Formerly", "Elsewhere", "meet.example"):
        assert name not in page.content.decode(), name


def test_practice_without_services_says_so(cast: Cast, browser: Client, db: None) -> None:
    open_page(cast.anna)

    assert "Anna Zielińska has nothing on offer here at present." in read(browser.get(PAGE))


def test_nothing_of_clients_and_their_times_is_told(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    give_place(cast.anna, cast.ola)
    free = list_times(cast.anna, lesson)
    book(cast.anna, cast.ola, free[30], now=present())
    gone = free[40], free[41] + timedelta(hours=1)
    take_off(practitioner=cast.anna, starts_at=gone[0], ends_at=gone[1], text="surgery")
    pages = [PAGE, f"{PAGE}rules/", _address(lesson), _address(lesson, "times")]
    pages.append(f"{_address(lesson)}?from={free[40].date()}")

    told = [browser.get(address).content.decode() for address in pages]

    assert set(free) - set(_read_slots(browser, lesson)) == {free[30], free[40], free[41]}
    for text in told:
        for secret in ("Ola", "Marek", "surgery", "clients.example", str(cast.ola.id), "4711"):
            assert secret not in text, secret
    begin = reverse("begin", args=["anna", lesson.slug])
    of_ola, odd = (
        read(browser.get(begin, {"at": int(at.timestamp())}))
        for at in (free[30], free[31] + timedelta(minutes=7))
    )
    assert "Ola" not in of_ola
    for said in (of_ola, odd):  # Why a time is not free is nobody's business.
        assert "This time has just been taken. Choose another one" in said


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "America/New_York", "Pacific/Auckland"])
def test_times_are_on_the_clocks_of_the_reader_and_of_the_practice(
    zone: str, cast: Cast, lesson: Service, browser: Client
) -> None:
    browser.cookies["miedza_zone"] = zone

    page = browser.get(_address(lesson))

    shown = list_shown(page)
    assert shown
    for moment, text in shown:
        at = datetime.fromtimestamp(moment, UTC)
        here, there = at.astimezone(ZoneInfo(zone)), at.astimezone(WARSAW)
        assert text.startswith(f"{here:%H:%M}")
        assert (f"{there:%H:%M} in Warsaw)" in text) == (zone != "Europe/Warsaw")
    days = re.findall(r'id="day-(\S+)"', page.content.decode())
    assert days == sorted(
        {f"{datetime.fromtimestamp(at, ZoneInfo(zone)):%Y-%m-%d}" for at, _text in shown}
    )
    city = zone.split("/")[1].replace("_", " ")
    assert f"Times are those of {city}." in read(page)


@pytest.mark.parametrize("zone", ["", "Nowhere/Else", "../etc/passwd", "x" * 4000, "UTC\x01"])
def test_clocks_that_are_none_are_those_of_the_practice(
    zone: str, cast: Cast, lesson: Service
) -> None:
    browser = Client(headers={"accept-language": "en", "cookie": f"miedza_zone={zone}"})

    assert "Times are those of Warsaw." in read(browser.get(_address(lesson)))


def test_times_for_programs_are_those_that_are_free(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    free = list_times(cast.anna, lesson)

    assert _read_slots(browser, lesson) == free
    day = free[30].astimezone(WARSAW).date()
    of_day = [at for at in free if at.astimezone(WARSAW).date() == day]
    assert _read_slots(browser, lesson, f"?from={day}&until={day + timedelta(days=1)}") in (
        of_day,
        [at for at in free if 0 <= (at.astimezone(WARSAW).date() - day).days <= 1],
    )
    for odd in ("?from=x&until=y", "?from=0001-01-01&until=9999-12-31", f"?from={day}"):
        assert _read_slots(browser, lesson, odd) == free
    assert _read_slots(browser, lesson, "?from=2199-01-01&until=2199-12-31") == []
    assert _read_slots(browser, lesson, f"?from={day}&until=2000-01-01") == []


@pytest.mark.parametrize("asked", ["", "x", "2026-02-30", "0001-01-01", "9999-12-31", "%00", "٣"])
def test_week_that_is_none_is_the_first_one(
    asked: str, cast: Cast, lesson: Service, browser: Client
) -> None:
    first = list_times(cast.anna, lesson)[0]

    page = browser.get(f"{_address(lesson)}?from={asked}")

    assert list_shown(page)[0][0] == int(first.timestamp())


def test_week_without_times_leads_to_the_next_that_has_some(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    today = present().astimezone(WARSAW).date()
    for days in range(12):
        set_day(practitioner=cast.anna, date=today + timedelta(days=days), windows=[])
    next_free = list_times(cast.anna, lesson)[0].astimezone(WARSAW).date()

    page = browser.get(f"{_address(lesson)}?from={today}")

    assert "Nothing is free in this week." in read(page)
    assert f"?from={next_free}" in page.content.decode()
    late = read(browser.get(f"{_address(lesson)}?from=2199-12-30"))
    assert "has no free times on offer now." in late
