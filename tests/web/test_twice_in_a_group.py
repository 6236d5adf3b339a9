"""One person takes one seat: whoever comes to a second one reads a word, and no error."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.bookings.keeping import say_token
from miedza.bookings.models import Booking
from miedza.bookings.proposing import propose
from miedza.people.models import Person
from tests.bookings.keeping import seat
from tests.web.clients import give_place, open_hours, sign_agreement
from tests.web.offers import define, list_times, open_page, set_date
from tests.web.pages import follow, present, read
from tests.web.visiting import go_on

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Service
    from tests.cast import Cast

THERE = "You have a seat in this group at this time already."


@pytest.fixture
def circle(cast: Cast, db: None) -> Service:
    """A group of three, which anybody may book."""
    open_hours(cast.anna)
    open_page(cast.anna)
    give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    Person.objects.of(cast.anna.practice_id).filter(id=cast.ola.id).update(language="en")
    return define(cast.anna, "Circle", seats=3)


def test_visitor_who_has_a_seat_already_is_told_so(
    cast: Cast, circle: Service, browser: Client
) -> None:
    frame = set_date(cast.anna, circle)
    seat(cast.anna, frame, cast.ola, now=present())
    ola = Person.objects.of(cast.anna.practice_id).get(id=cast.ola.id)

    _held, response = go_on(browser, circle, frame.starts_at, email=ola.email)

    assert response.status_code == 409
    assert THERE in read(response)
    assert Booking.objects.of(cast.anna.practice_id).count() == 1


def test_yes_to_a_seat_where_one_sits_by_now_moves_nothing(
    cast: Cast, circle: Service, browser: Client
) -> None:
    start = list_times(cast.anna, None)[-60]
    first, second = (
        set_date(cast.anna, circle, start + timedelta(hours=2 * number)) for number in range(2)
    )
    booking = seat(cast.anna, first, cast.ola, now=present())
    kept = propose(
        practice=cast.anna.practice, booking_id=booking.id, to_at=second.starts_at, text="",
        now=present(),
    )  # fmt: skip
    seat(cast.anna, second, cast.ola, now=present())
    page = reverse("answer", args=[say_token(kept)])

    said = follow(browser, browser.post(page, {"say": "yes"}))

    assert THERE in said
    booking.refresh_from_db()
    assert booking.starts_at == first.starts_at
