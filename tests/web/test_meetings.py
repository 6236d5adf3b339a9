"""Booking a meeting, and its page before and after."""

from __future__ import annotations

import copy
import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.agreements.models import RulesVersion
from miedza.bookings.models import Booking
from miedza.core.hours import DAYS
from miedza.practice.actions import create_practice
from tests.bookings.offered import offer
from tests.cast import book, make_person, publish_rules
from tests.web.hostile import bad_choice, bad_date, bad_money, bad_number, bad_time
from tests.web.pages import (
    WARSAW,
    dump_rows,
    follow,
    list_meetings,
    present,
    read,
    sign_in,
    typed,
    yesterday_at,
)
from tests.web.refusing import check_refused

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

GOOD = {
    "day": "2031-03-03", "clock": "17:00", "minutes": "60", "kind": "paid", "price_minor": "200",
}  # fmt: skip
FIELDS = {
    "day": ("Date", bad_date()),
    "clock": ("Time", bad_time()),
    "minutes": ("Length in minutes", bad_number(1, 1440)),
    "kind": ("Kind", bad_choice()),
    "price_minor": ("Price, PLN", bad_money(empty="A paid meeting has a price; it may be 0.")),
}


def _book(client: Client, cast: Cast, **changed: str) -> Any:
    return client.post(reverse("book", args=[cast.ola.id]), {**GOOD, **changed})


def _at(moment: datetime) -> dict[str, str]:
    local = moment.astimezone(WARSAW)
    return {"day": f"{local:%Y-%m-%d}", "clock": f"{local:%H:%M}"}


def test_meeting_is_booked_as_written(cast: Cast, anna: Client) -> None:
    page = follow(anna, _book(anna, cast, price_minor="120,50", minutes="90"))

    assert "Booked." in page
    assert "3 Mar 2031, 17:00 · 90 minutes · PLN120.50" in page
    (meeting,) = list_meetings(cast.anna)
    assert meeting.start_at.isoformat() == "2031-03-03T16:00:00+00:00"
    assert (meeting.minutes, meeting.price_minor, meeting.kind) == (90, 12_050, "paid")
    assert meeting.person_id == cast.ola.id


def test_form_offers_what_is_usual(cast: Cast, anna: Client) -> None:
    response = anna.get(reverse("book", args=[cast.ola.id]))

    assert typed(response, "minutes") == ["60"]
    assert typed(response, "price_minor") == ["200"]
    assert typed(response, "kind") == ["paid"]
    assert typed(response, "day") == [f"{present().astimezone(WARSAW):%Y-%m-%d}"]
    assert "Times are those of Warsaw." in read(response)


def test_free_meeting_needs_no_price(cast: Cast, anna: Client) -> None:
    page = follow(anna, _book(anna, cast, kind="free", price_minor=""))

    assert "· 60 minutes · free ·" in page
    assert [(m.kind, m.price_minor) for m in list_meetings(cast.anna)] == [("free", 0)]


def test_meeting_that_has_been_can_be_written_down(cast: Cast, anna: Client) -> None:
    page = follow(anna, _book(anna, cast, **_at(yesterday_at(12))))

    assert "Booked." in page


@pytest.mark.parametrize("field", FIELDS)
def test_booking_is_refused(field: str, cast: Cast, anna: Client) -> None:
    label, bad = FIELDS[field]

    check_refused(anna, reverse("book", args=[cast.ola.id]), GOOD, field, label, bad)


@pytest.mark.parametrize("minutes", [-59, 0, 59])
def test_double_booking_is_refused_and_says_so(minutes: int, cast: Cast, anna: Client) -> None:
    taken = present() + timedelta(days=30)
    book(cast.anna, cast.marek, taken, now=present())
    before = dump_rows()

    response = _book(anna, cast, **_at(taken + timedelta(minutes=minutes)))

    assert response.status_code == 409
    assert "You are with somebody else at this time. Choose another one." in read(response)
    assert typed(response, "price_minor") == ["200"]
    assert dump_rows() == before


def test_nearest_free_times_are_shown_where_one_is_taken(cast: Cast, anna: Client) -> None:
    offer(cast.anna, {day: [["08:00", "12:00"]] for day in DAYS}, horizon_days=60)
    day = (present() + timedelta(days=30)).date()
    taken = datetime.combine(day, time(9), WARSAW)
    book(cast.anna, cast.marek, taken, now=present())

    page = _book(anna, cast, **_at(taken)).content.decode()

    links = re.findall(r"\?day=([\d-]+)&amp;clock=([\d:]+)", page)
    clocks = [clock for on, clock in links if on == f"{day}"]
    assert clocks == ["08:00", "10:00", "11:00"]
    assert len(links) == 6
    address = f"{reverse('book', args=[cast.ola.id])}?day={day}&clock=10:00"
    assert typed(anna.get(address), "clock") == ["10:00"]


@pytest.mark.parametrize("minutes", [-60, 60])
def test_meetings_may_touch(minutes: int, cast: Cast, anna: Client) -> None:
    taken = present() + timedelta(days=30)
    book(cast.anna, cast.marek, taken, now=present())

    assert _book(anna, cast, **_at(taken + timedelta(minutes=minutes))).status_code == 302


def test_the_same_time_in_another_practice_is_free(cast: Cast, anna: Client) -> None:
    taken = present() + timedelta(days=30)
    book(cast.borys, cast.nastia, taken, now=present())

    assert _book(anna, cast, **_at(taken)).status_code == 302


def test_posting_twice_books_once(cast: Cast, anna: Client) -> None:
    assert _book(anna, cast).status_code == 302
    assert _book(anna, cast).status_code == 409
    assert len(list_meetings(cast.anna)) == 1


def test_nothing_is_booked_before_there_are_rules(cast: Cast) -> None:
    zoe = create_practice(
        email="zoe@miedza.example", practitioner_name="Zoe", profession="coach", language="en",
        currency="EUR", time_zone="Europe/London", now=present(),
    )  # fmt: skip
    person = make_person(zoe, "Mark")
    assert not RulesVersion.objects.of(zoe.practice_id).exists()

    response = sign_in(zoe.user).post(reverse("book", args=[person.id]), GOOD)

    assert response.status_code == 422
    assert "First publish your rules: every meeting is booked under them." in read(response)


def test_booking_is_undone_as_if_it_had_never_been(cast: Cast, anna: Client) -> None:
    response = _book(anna, cast)
    page = anna.get(response["Location"]).content.decode()
    (meeting,) = list_meetings(cast.anna)
    address = reverse("strike", args=[meeting.id])
    assert f'action="{address}"' in page

    page = follow(anna, anna.post(address))

    assert "The booking is gone, as if it had never been made." in page
    assert not Booking.objects.of(cast.anna.practice_id).exists()
    assert anna.post(address).status_code == 404
    assert anna.get(reverse("meeting", args=[meeting.id])).status_code == 404
    assert _book(anna, cast).status_code == 302, "its time is free again"


def test_undo_is_offered_once(cast: Cast, anna: Client) -> None:
    address = _book(anna, cast)["Location"]

    first, second = (anna.get(address).content.decode().count("data-toast") for _ in range(2))

    assert (first, second) == (1, 0)


def test_page_of_a_meeting_says_what_each_step_would_cost(cast: Cast, anna: Client) -> None:
    booking = book(cast.anna, cast.ola, present() + timedelta(hours=30), now=present())

    page = read(anna.get(reverse("meeting", args=[booking.id])))

    assert page.count("This is what the rules say if it is said now.") == 4
    assert "Ola cancels" in page
    assert "PLN100" in page
    assert "Nothing yet. As soon as something happens" in page


def test_page_names_the_person_by_the_first_name(cast: Cast, anna: Client) -> None:
    person = make_person(cast.anna, "Plunkett-Ernle-Erle-Drax <b>")
    booking = book(cast.anna, person, present() + timedelta(hours=30), now=present())

    response = anna.get(reverse("meeting", args=[booking.id]))

    assert "Plunkett-Ernle-Erle-Drax cancels" in read(response)
    assert "Drax <b>" not in response.content.decode()


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        ("2026-03-29", "02:30", "2026-03-29T01:30:00+00:00"),  # Skipped: half past three.
        ("2026-10-25", "02:30", "2026-10-25T00:30:00+00:00"),  # Twice: the first of them.
        ("2199-12-31", "23:59", "2199-12-31T22:59:00+00:00"),
        ("2000-01-01", "00:00", "1999-12-31T23:00:00+00:00"),
    ],
)
def test_odd_times_become_one_moment(
    day: str, clock: str, utc: str, cast: Cast, anna: Client
) -> None:
    page = follow(anna, _book(anna, cast, day=day, clock=clock))

    assert "Booked." in page
    assert [m.start_at.isoformat() for m in list_meetings(cast.anna)] == [utc]


def test_place_that_was_due_and_is_not_paid_is_free_again_and_says_so(
    cast: Cast, anna: Client
) -> None:
    publish_rules(cast.anna, _due_before(cast), now=present() - timedelta(days=1))

    page = follow(anna, _book(anna, cast, **_at(present() + timedelta(hours=3))))

    assert "it has not been, so its place is free again" in page
    assert Booking.objects.of(cast.anna.practice_id).get().outcome == "released"


def test_place_that_was_due_and_is_paid_is_kept(cast: Cast, anna: Client) -> None:
    publish_rules(cast.anna, _due_before(cast), now=present() - timedelta(days=1))

    page = follow(anna, _book(anna, cast, paid="on", **_at(present() + timedelta(hours=3))))

    assert "it is free again" not in page
    assert "Ola: payment of PLN200" in page
    assert Booking.objects.of(cast.anna.practice_id).get().outcome == "open"


def _due_before(cast: Cast) -> dict[str, Any]:
    """Anna's terms, with an unpaid place set free a day ahead."""
    terms = copy.deepcopy(RulesVersion.objects.of(cast.anna.practice_id).get().terms)
    terms["rules"]["payment"] = {"due": "before_session", "hours": 24, "unpaid": "release"}
    return dict(terms)
