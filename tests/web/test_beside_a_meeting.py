"""Time off and other calendars keep nobody from entering a meeting by hand; both are said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.bookings.hours import take_off
from miedza.bookings.models import Booking
from miedza.bookings.taking import get_taken
from tests.cast import book
from tests.web.clients import open_hours, sign_agreement
from tests.web.offers import add_colleague, ask_wish, define, fill_busy
from tests.web.pages import WARSAW, follow, present, read, yesterday_at

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

pytestmark = pytest.mark.django_db

BUSY = "Another calendar of yours says that you are busy then."
OFF = "You have time off then; it stays."
HOUR = timedelta(hours=1)


def _noon(days: int = 5) -> datetime:
    local = present().astimezone(WARSAW) + timedelta(days=days)
    return datetime(local.year, local.month, local.day, 12, tzinfo=WARSAW).astimezone(UTC)


def _fill(kind: str, cast: Cast, starts_at: datetime) -> None:
    if kind == "busy":
        fill_busy(cast.anna, (starts_at, starts_at + HOUR))
    else:
        take_off(practitioner=cast.anna, starts_at=starts_at, ends_at=starts_at + HOUR)


def _book(anna: Client, cast: Cast, starts_at: datetime, **more: str) -> Any:
    local = starts_at.astimezone(WARSAW)
    said = {
        "day": f"{local:%Y-%m-%d}", "clock": f"{local:%H:%M}", "minutes": "60", "kind": "free",
        "price_minor": "", "count": "1", "weeks": "1", **more,
    }  # fmt: skip
    return anna.post(reverse("book", args=[cast.ola.id]), said)


@pytest.mark.parametrize(("kind", "said"), [("busy", BUSY), ("off", OFF)])
def test_meeting_is_entered_and_what_is_beside_it_is_said(
    kind: str, said: str, cast: Cast, anna: Client
) -> None:
    _fill(kind, cast, _noon() + HOUR / 2)

    answer = _book(anna, cast, _noon())

    assert Booking.objects.of(cast.anna.practice_id).get().starts_at == _noon()
    assert said in follow(anna, answer)


def test_nothing_is_said_of_a_time_that_has_passed_or_is_free(cast: Cast, anna: Client) -> None:
    over = yesterday_at(10, days=2)
    _fill("busy", cast, over)
    _fill("off", cast, _noon() + HOUR)

    for starts_at in (over, _noon()):
        said = follow(anna, _book(anna, cast, starts_at))
        assert BUSY not in said
        assert OFF not in said


def test_series_names_the_dates_that_are_busy_elsewhere(cast: Cast, anna: Client) -> None:
    open_hours(cast.anna)
    _fill("busy", cast, _noon(12))

    page = read(_book(anna, cast, _noon(), count="3"))

    assert page.count("busy in another calendar") == 1


def test_proposal_to_a_busy_time_says_so(cast: Cast, anna: Client) -> None:
    booking = book(cast.anna, cast.ola, _noon(), now=present())
    _fill("busy", cast, _noon(6))
    local = _noon(6).astimezone(WARSAW)

    answer = anna.post(
        reverse("propose", args=[booking.id]),
        {"to_day": f"{local:%Y-%m-%d}", "to_clock": f"{local:%H:%M}", "words": ""},
    )

    assert BUSY in follow(anna, answer)


def test_wish_for_a_time_that_has_become_busy_says_so(cast: Cast, anna: Client) -> None:
    open_hours(cast.anna)
    sign_agreement(cast.anna, cast.ola)
    service = define(cast.anna, way="on_request")
    wish = ask_wish(cast.anna, cast.ola, service)
    page = reverse("wishes")
    assert BUSY not in read(anna.get(page))

    _fill("busy", cast, get_taken(wish.practice_id, wish.id).starts_at)

    assert BUSY in read(anna.get(page))


@pytest.mark.parametrize("way", ["proposal", "dates", "wish"])
def test_what_is_beside_a_colleagues_meeting_is_said_of_them(
    way: str, cast: Cast, anna: Client
) -> None:
    adam = add_colleague(cast.anna, "adam@anna.example")
    local = _noon(6).astimezone(WARSAW)
    starts_at = _noon(6)
    if way == "proposal":
        page = reverse("propose", args=[book(adam, cast.ola, _noon(), now=present()).id])
        body = {"to_day": f"{local:%Y-%m-%d}", "to_clock": "12:00", "words": ""}
    elif way == "dates":
        group = define(cast.anna, "Circle", seats=3, leaders=[cast.anna, adam])
        page = reverse("group_dates", args=[group.id])
        body = {"day": f"{local:%Y-%m-%d}", "clock": "12:00", "count": "1", "weeks": "1",
                "leader": str(adam.id)}  # fmt: skip
    else:
        open_hours(adam)
        sign_agreement(cast.anna, cast.ola)
        wish = ask_wish(adam, cast.ola, define(cast.anna, way="on_request", leaders=[adam]))
        page, body = reverse("wishes"), {}
        starts_at = get_taken(wish.practice_id, wish.id).starts_at
    take_off(practitioner=adam, starts_at=starts_at, ends_at=starts_at + HOUR)

    said = follow(anna, anna.post(page, body)) if body else read(anna.get(page))

    assert "Adam has time off then; it stays." in said
    assert OFF not in said
