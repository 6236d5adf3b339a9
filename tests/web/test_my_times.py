"""Booking and moving from one's own place: only free times, the cost before the button, once."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import override

from miedza.bookings.by_clients import list_targets
from miedza.bookings.models import Booking
from miedza.bookings.offering import list_free
from miedza.ledger.facts import to_instant
from miedza.ledger.models import Event
from miedza.messaging.models import Letter
from miedza.people.models import Person
from miedza.practice.formats import format_money
from tests.cast import ANNAS_TERMS, book, look, publish_rules
from tests.web.clients import give_place, hidden, mine, moving, open_hours, seen, sign_agreement
from tests.web.pages import WARSAW, dump_rows, follow, present, read, typed, yesterday_at

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from tests.cast import Cast


@pytest.fixture
def ola(cast: Cast, db: None) -> Client:
    """Ola's browser: she has accepted, and there are hours on offer."""
    client = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola, present() - timedelta(days=60))
    open_hours(cast.anna)
    return client


def _free(cast: Cast) -> list[datetime]:
    return list_free(practitioner=cast.anna, minutes=60, now=now())


def _book(client: Client, cast: Cast, at: datetime | str, **more: str) -> Any:
    moment = at if isinstance(at, str) else str(to_instant(at))
    address = reverse("my_book", args=[cast.ola.id])
    page = client.get(address, {"at": moment})
    carried = hidden(page, address) if typed(page, "once") else {"minutes": "60", "price": "20000"}
    return client.post(address, {**carried, "at": moment, **more})


def _mine(cast: Cast) -> list[Booking]:
    return list(Booking.objects.of(cast.anna.practice_id).filter(person_id=cast.ola.id))


def _read_weeks(client: Client, address: str) -> list[Any]:
    """The free times of a page, week by week, as its links lead on; the last week has none."""
    weeks: list[Any] = [client.get(address)]
    while _list_shown(weeks[-1]):
        later = re.search(r'rel="next" href="([^"]*)"', weeks[-1].content.decode())
        assert later is not None
        weeks.append(client.get(html.unescape(later[1])))
    return weeks


def _list_shown(page: Any) -> list[tuple[int, str]]:
    """The free times that a page offers, each with how it is written."""
    links = re.findall(r'\bat=(\d+)">([^<]+)<', page.content.decode())
    return [(int(moment), text.strip()) for moment, text in links]


def _assert_gone(response: Any, nearest: list[datetime]) -> None:
    """It is said that the time is not on offer, and the nearest ones are offered."""
    assert response.status_code == 409
    assert "This time is not on offer any more." in read(response)
    assert [at for at, _text in _list_shown(response)] == [to_instant(at) for at in nearest]


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "Asia/Tokyo", "America/Los_Angeles"])
def test_free_times_are_those_of_the_practitioner_on_the_readers_clocks(
    cast: Cast, ola: Client, zone: str
) -> None:
    ola.cookies["miedza_zone"] = zone

    weeks = _read_weeks(ola, reverse("my_book", args=[cast.ola.id]))

    shown = [time for page in weeks for time in _list_shown(page)]
    assert shown == [
        (to_instant(at), f"{at.astimezone(ZoneInfo(zone)):%H:%M}") for at in _free(cast)
    ]
    assert len(shown) > 300
    assert len(weeks) > 5
    said = read(weeks[0])
    city = zone.split("/")[1].replace("_", " ")
    assert f"Times are those of {city}." in said
    assert (" in Warsaw)" in said) == (zone != "Europe/Warsaw")


def test_each_day_of_free_times_stands_once(cast: Cast, ola: Client) -> None:
    weeks = _read_weeks(ola, reverse("my_book", args=[cast.ola.id]))

    days = [day for page in weeks for day in re.findall(r'id="day-(\S+)"', page.content.decode())]
    assert days == sorted({f"{at.astimezone(WARSAW):%Y-%m-%d}" for at in _free(cast)})


def test_price_and_rules_stand_before_the_button(cast: Cast, ola: Client) -> None:
    at = _free(cast)[70]

    page = ola.get(reverse("my_book", args=[cast.ola.id]), {"at": to_instant(at)})

    said = read(page)
    before_button = said.split("Book this time")[0]
    with override("en"):
        price = format_money(20_000, "PLN")
    assert f"Price: {price}" in before_button
    assert "I will wait 15 minutes for you" in before_button
    assert "Should you need to cancel: until" in before_button
    assert f"later {price}" in before_button
    assert _mine(cast) == []


def test_booking_takes_the_time_and_tells_both_sides(cast: Cast, ola: Client) -> None:
    at = _free(cast)[40]

    response = _book(ola, cast, at)

    (booking,) = _mine(cast)
    assert response["Location"] == mine("my_meeting", booking)
    assert (booking.starts_at, booking.minutes, booking.outcome) == (at, 60, "open")
    assert at not in _free(cast)
    told = Letter.objects.of(cast.anna.practice_id).filter(purpose="booked")
    assert {letter.to for letter in told} == {
        f"{cast.ola.id}@clients.example", "anna@miedza.example",
    }  # fmt: skip


FAR = "9" * 11
"""A moment, but after all that can be booked."""


@pytest.mark.parametrize("at", ["", "0", "x", "-1", FAR, "9" * 30, "1.5", "٣"])
def test_what_is_no_time_on_offer_is_not_booked(at: str, cast: Cast, ola: Client) -> None:
    response = _book(ola, cast, at)

    free = _free(cast)
    _assert_gone(response, free[-6:] if at == FAR else free[:6])
    assert _mine(cast) == []


def test_time_that_is_not_offered_is_not_booked(cast: Cast, ola: Client) -> None:
    free = _free(cast)
    odd = [free[5] + timedelta(minutes=7), present(), free[-1] + timedelta(days=400)]

    for moment in odd:
        page = ola.get(reverse("my_book", args=[cast.ola.id]), {"at": to_instant(moment)})
        assert "This time is not on offer any more." in follow(ola, page)
        nearest = sorted(free, key=lambda at, odd=moment: abs(at - odd))[:6]  # type: ignore[misc]
        _assert_gone(_book(ola, cast, str(to_instant(moment))), sorted(nearest))
    assert _mine(cast) == []


def test_two_tabs_want_one_time(cast: Cast, ola: Client) -> None:
    at = _free(cast)[10]
    address = reverse("my_book", args=[cast.ola.id])
    tabs = [hidden(ola.get(address, {"at": to_instant(at)}), address) for _tab in range(2)]

    first, second, again = (ola.post(address, tabs[number]) for number in (0, 1, 0))

    (booking,) = _mine(cast)
    assert first["Location"] == again["Location"] == mine("my_meeting", booking)
    nearest = sorted(_free(cast), key=lambda free: abs(free - at))[:6]
    _assert_gone(second, sorted(nearest))


def test_nothing_is_booked_before_the_agreement_is_accepted(cast: Cast, db: None) -> None:
    marek = give_place(cast.anna, cast.marek)
    open_hours(cast.anna)
    address = reverse("my_book", args=[cast.marek.id])

    for response in (
        marek.get(address),
        marek.post(address, {"at": str(to_instant(_free(cast)[3]))}),
    ):
        assert response["Location"] == reverse("my_agreement", args=[cast.marek.id])
    assert "First read and accept the agreement" in follow(marek, response)
    assert not Booking.objects.of(cast.anna.practice_id).filter(person_id=cast.marek.id).exists()


def test_new_version_is_accepted_before_more_is_booked(cast: Cast, ola: Client) -> None:
    at = _free(cast)[10]
    page = ola.get(reverse("my_book", args=[cast.ola.id]), {"at": to_instant(at)})
    terms = {**ANNAS_TERMS, "rules": {**ANNAS_TERMS["rules"], "missed": {"percent": 70}}}
    publish_rules(cast.anna, terms, now=present() - timedelta(seconds=1))

    response = ola.post(
        reverse("my_book", args=[cast.ola.id]),
        {"at": to_instant(at), "once": typed(page, "once")[0]},
    )

    assert response["Location"] == reverse("my_agreement", args=[cast.ola.id])
    assert _mine(cast) == []


def test_price_that_was_raised_meanwhile_is_seen_before_booking(cast: Cast, ola: Client) -> None:
    address, at = reverse("my_book", args=[cast.ola.id]), _free(cast)[10]
    form = hidden(ola.get(address, {"at": to_instant(at)}), address)
    of_ola = Person.objects.of(cast.anna.practice_id).filter(id=cast.ola.id)
    of_ola.update(usual_price_minor=25_000)

    response = ola.post(address, form)

    assert response["Location"] == f"{address}?service=usual&at={to_instant(at)}"
    said = follow(ola, response)
    assert "What it costs has changed since you opened the page." in said
    with override("en"):
        assert f"Price: {format_money(25_000, 'PLN')}" in said
    assert _mine(cast) == []


def _move(client: Client, booking: Booking, form: dict[str, str]) -> Any:
    return client.post(mine("my_move", booking), form)


def test_move_costs_what_was_said_before_the_button(cast: Cast, ola: Client) -> None:
    start = yesterday_at(12, days=-1)  # Tomorrow: too late for a free move.
    booking = book(cast.anna, cast.ola, start, now=present() - timedelta(days=9))
    at = next(each for each in _free(cast) if each > start + timedelta(days=2))

    page = read(ola.get(mine("my_move", booking), {"at": to_instant(at)}))
    response = _move(ola, booking, moving(ola, booking, at))

    assert response.status_code == 302
    assert look(cast.anna, booking.id).starts_at == at
    said = read(ola.get(mine("my_meeting", booking)))
    outlook = re.search(r"if you move it now: (.*?) Move it", page)
    assert outlook is not None
    hours = re.compile(r"\d+ hours?")
    assert hours.sub("", outlook[1]).split(".")[0].strip() in hours.sub("", said)


def test_two_tabs_move_one_meeting(cast: Cast, ola: Client) -> None:
    booking = book(
        cast.anna, cast.ola, yesterday_at(12, days=-5), now=present() - timedelta(days=9)
    )
    free = [each for each in _free(cast) if each > booking.starts_at]
    tabs = [moving(ola, booking, free[0]), moving(ola, booking, free[3])]
    first = _move(ola, booking, tabs[0])
    before = dump_rows()

    second = _move(ola, booking, tabs[1])

    assert first["Location"] == second["Location"] == mine("my_meeting", booking)
    assert "This meeting was moved meanwhile. Here is how it stands." in follow(ola, second)
    assert look(cast.anna, booking.id).starts_at == free[0]
    assert dump_rows() == before


def test_form_of_a_move_sent_twice_moves_once(cast: Cast, ola: Client) -> None:
    booking = book(
        cast.anna, cast.ola, yesterday_at(12, days=-5), now=present() - timedelta(days=9)
    )
    at = next(each for each in _free(cast) if each > booking.starts_at)
    form = moving(ola, booking, at)

    for _time in range(2):
        assert "Moved." in follow(ola, _move(ola, booking, form))

    events = Event.objects.of(cast.anna.practice_id).filter(meeting_id=booking.id)
    assert [event.type for event in events] == ["moved"]


def test_meeting_is_moved_to_free_times_only(cast: Cast, ola: Client) -> None:
    booking = book(
        cast.anna, cast.ola, yesterday_at(12, days=-5), now=present() - timedelta(days=9)
    )
    other = book(cast.anna, cast.marek, booking.starts_at + timedelta(hours=3), now=present())
    form = moving(ola, booking, next(at for at in _free(cast) if at > booking.starts_at))
    before = dump_rows()

    for at in (other.starts_at, booking.starts_at, present(), booking.starts_at.replace(minute=7)):
        response = _move(ola, booking, {**form, "at": str(to_instant(at))})
        targets = list_targets(booking=booking, now=now())
        nearest = sorted(targets, key=lambda free, at=at: abs(free - at))[:6]  # type: ignore[misc]
        _assert_gone(response, sorted(nearest))
    assert dump_rows() == before


def test_meeting_that_is_over_or_cancelled_is_not_moved(cast: Cast, ola: Client) -> None:
    over = book(cast.anna, cast.ola, yesterday_at(12), now=present() - timedelta(days=9))

    form = {"at": str(to_instant(_free(cast)[50])), "seen": seen(over)}
    response = _move(ola, over, form)

    assert "This meeting can no longer be changed." in follow(ola, response)
