"""On whose clocks times are shown: kept in a cookie, only real zones, and no way elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.people.models import Person
from tests.cast import book
from tests.web.clients import give_place, open_hours, sign_agreement
from tests.web.pages import WARSAW, dump_rows, present, read, typed

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Service
    from tests.cast import Cast

PAGE = reverse("choose_zone")


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu", "UTC", "Europe/Kyiv"])
def test_zone_is_kept_and_the_reader_goes_back(zone: str, browser: Client, db: None) -> None:
    response = browser.post(PAGE, {"zone": zone, "next": "/with/anna/?from=2026-12-01"})

    assert response["Location"] == "/with/anna/?from=2026-12-01"
    cookie = response.cookies["miedza_zone"]
    assert cookie.value == zone
    assert (cookie["samesite"], cookie["max-age"]) == ("Lax", 365 * 86_400)


NO_ZONES = (
    "", "Nowhere/Else", "../../etc/passwd", "/etc/passwd", "x" * 9999, "\0", "UTC\r\nX: a",
    "Europe/Warsaw; Secure", "<script>alert(1)</script>", "٢", "Europe", "posix",
)  # fmt: skip
ELSEWHERE = (
    "//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example",
    "\\\\evil", "http:evil.example", " //evil.example", "\t//evil.example", "///evil.example", "",
)  # fmt: skip


@pytest.mark.parametrize("zone", NO_ZONES)
def test_what_is_no_zone_is_not_kept(zone: str, browser: Client, db: None) -> None:
    response = browser.post(PAGE, {"zone": zone, "next": "/with/anna/"})

    assert response["Location"] == "/with/anna/"
    assert "miedza_zone" not in response.cookies


@pytest.mark.parametrize("back", ELSEWHERE)
def test_nobody_is_led_elsewhere(back: str, browser: Client, db: None) -> None:
    response = browser.post(PAGE, {"zone": "UTC", "next": back})
    page = browser.get(PAGE, {"next": back})

    assert response["Location"] == "/"
    assert typed(page, "next")[-1] == "/"
    assert f'href="{back or "//"}"' not in page.content.decode()


def test_page_offers_the_zones_and_keeps_nothing(browser: Client, db: None) -> None:
    before = dump_rows()

    page = browser.get(PAGE, {"zone": "Asia/Tokyo", "next": "/with/anna/"})

    assert typed(page, "zone") == ["Asia/Tokyo"]
    assert typed(page, "next")[-1] == "/with/anna/"
    assert "On whose clocks?" in read(page)
    assert "miedza_zone" not in page.cookies
    assert typed(browser.get(PAGE, {"zone": "<b>"}), "zone") == []
    assert dump_rows() == before


def test_times_are_shown_on_the_chosen_clocks(cast: Cast, lesson: Service, browser: Client) -> None:
    address = reverse("service", args=["anna", lesson.slug])
    page = browser.get(address)
    assert "Times are those of Warsaw." in read(page)
    assert f"{PAGE}?zone=Europe/Warsaw&amp;next=" in page.content.decode()

    browser.post(PAGE, {"zone": "Asia/Tokyo", "next": address})

    assert "Times are those of Tokyo." in read(browser.get(address))


def test_client_who_has_signed_in_chooses_too(cast: Cast, anna: Client, db: None) -> None:
    open_hours(cast.anna)
    sign_agreement(cast.anna, cast.ola)

    response = anna.post(PAGE, {"zone": "Asia/Tokyo", "next": "/settings/"})

    assert response["Location"] == "/settings/"
    assert response.cookies["miedza_zone"].value == "Asia/Tokyo"


def test_place_and_meeting_say_one_hour_on_the_clocks_of_whoever_reads(
    cast: Cast, db: None
) -> None:
    ola = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    at = (present() + timedelta(days=5)).replace(hour=12, minute=0)
    booking = book(cast.anna, cast.ola, at, now=present() - timedelta(hours=1))
    Person.across.filter(id=cast.ola.id).update(time_zone="Asia/Kathmandu")

    place = read(ola.get(reverse("my_place", args=[cast.ola.id])))
    meeting = read(ola.get(reverse("my_meeting", args=[cast.ola.id, booking.id])))

    assert "17:45" in place
    assert "17:45" in meeting
    assert "Times are those of Kathmandu." in place
    warsaw = f"{at.astimezone(WARSAW):%H:%M}"
    assert warsaw not in place
