"""On whose clocks times are shown: kept in a cookie, only real zones, and no way elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.web.clients import open_hours, sign_agreement
from tests.web.pages import dump_rows, read, typed

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
