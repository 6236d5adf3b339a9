"""Whoever is named on a page is the one who is booked: nobody else in their place, unasked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils.timezone import now

from miedza.bookings.leaving import leave
from miedza.bookings.models import Booking, Taken
from miedza.bookings.offering import list_free
from miedza.ledger.facts import to_instant
from tests.cast import book
from tests.web.clients import give_place, hidden, open_hours, sign_agreement
from tests.web.offers import define, list_times, open_page
from tests.web.pages import follow, present, read, typed, yesterday_at
from tests.web.visiting import WHO, begin_at, let_lapse

if TYPE_CHECKING:
    from django.test import Client

    from miedza.practice.models import Practitioner
    from tests.cast import Cast

pytestmark = pytest.mark.django_db

GONE = "This is not on offer any more. Choose something else."


def test_client_is_not_booked_with_somebody_else(cast: Cast, ewa: Practitioner) -> None:
    for each in (cast.anna, ewa):
        open_hours(each)
    ola = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola, present() - timedelta(days=60))
    book(ewa, cast.ola, yesterday_at(10, days=9), now=yesterday_at(10, days=10))
    at = list_free(practitioner=ewa, minutes=60, now=now())[30]
    address = reverse("my_book", args=[cast.ola.id])
    asked = {"at": str(to_instant(at)), "service": "usual", "with": str(ewa.id)}
    page = ola.get(address, asked)
    assert "Ewa" in read(page)
    carried = hidden(page, address)

    leave(practitioner=ewa, now=now())
    response = ola.post(address, carried)

    assert GONE in follow(ola, response)
    assert Booking.across.count() == 1


@pytest.mark.parametrize("who", ["left", "x"])
def test_visitor_holds_no_time_with_somebody_else(
    who: str, cast: Cast, ewa: Practitioner, browser: Client
) -> None:
    for each in (cast.anna, ewa):
        open_hours(each)
    open_page(cast.anna)
    service = define(cast.anna, "Lesson", leaders=[cast.anna, ewa])
    at = str(to_instant(list_times(cast.anna, service)[20]))
    named = str(ewa.id) if who == "left" else who
    page = browser.get(begin_at(service), {"at": at, "with": str(ewa.id)})
    leave(practitioner=ewa, now=now())

    said = {**WHO, "at": at, "once": typed(page, "once")[0], "with": named}
    response = browser.post(begin_at(service), said)

    assert response.status_code == 409
    assert not Taken.across.exists()
    said["with"] = str(cast.anna.id)
    assert browser.post(begin_at(service), said).status_code == 302


def test_form_sent_again_when_its_time_has_run_out_shows_other_times(
    cast: Cast, browser: Client
) -> None:
    open_hours(cast.anna)
    open_page(cast.anna)
    service = define(cast.anna, "Lesson")
    at = str(to_instant(list_times(cast.anna, service)[20]))
    page = browser.get(begin_at(service), {"at": at})
    said = {**WHO, "at": at, "once": typed(page, "once")[0]}
    assert browser.post(begin_at(service), said).status_code == 302
    let_lapse(cast)

    response = browser.post(begin_at(service), said)

    assert response.status_code == 409
    assert response.content.decode().count('name="at"') > 1
