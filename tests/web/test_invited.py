"""What only those book who were sent a link: clients too, by every way that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.bookings.models import Booking, Waiting
from miedza.bookings.services import make_link
from tests.web.clients import give_place, hidden, open_hours, sign_agreement
from tests.web.offers import define, list_times, open_page
from tests.web.pages import follow, read

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Service
    from tests.cast import Cast

GONE = "This is not on offer any more. Choose something else."


@pytest.fixture
def ola(cast: Cast, db: None) -> Client:
    """A client who has accepted the agreement."""
    open_hours(cast.anna)
    client = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    return client


@pytest.fixture
def quiet(cast: Cast, ola: Client) -> Service:
    """A service for those who are invited."""
    return define(cast.anna, "Quiet", who="invited")


def test_client_is_not_shown_what_needs_a_link(cast: Cast, ola: Client, quiet: Service) -> None:
    define(cast.anna, "Loud", who="clients")
    page = read(ola.get(reverse("my_book", args=[cast.ola.id])))

    assert "Loud" in page
    assert "Quiet" not in page


@pytest.mark.parametrize("key", ["", "wrong"])
@pytest.mark.parametrize("way", ["my_book", "my_series", "my_waiting"])
def test_client_without_the_link_books_nothing_by_guessing_its_name(
    way: str, key: str, cast: Cast, ola: Client, quiet: Service
) -> None:
    make_link(service=quiet)
    at = int(list_times(cast.anna, quiet)[0].timestamp())
    said = {"service": quiet.slug, "key": key, "at": str(at)}
    address = reverse(way, args=[cast.ola.id])

    assert GONE in follow(ola, ola.get(address, said))
    assert GONE in follow(ola, ola.post(address, {**said, "start": str(at)}))
    assert not Booking.across.exists()
    assert not Waiting.across.exists()


def test_client_with_the_link_books(cast: Cast, ola: Client, quiet: Service) -> None:
    key, slug = make_link(service=quiet), open_page(cast.anna)
    at = int(list_times(cast.anna, quiet)[0].timestamp())
    begin = reverse("begin", args=[slug, quiet.slug])

    page = ola.get(ola.get(f"{begin}?key={key}&at={at}")["Location"])
    assert "Quiet" in read(page)
    book = reverse("my_book", args=[cast.ola.id])
    response = ola.post(book, hidden(page, book))

    assert "Booked." in follow(ola, response)
    assert Booking.across.get().service == quiet


def test_every_page_of_it_leads_on_with_the_link(cast: Cast, ola: Client, quiet: Service) -> None:
    key = make_link(service=quiet)
    times = ola.get(reverse("my_book", args=[cast.ola.id]), {"service": quiet.slug, "key": key})
    wait = reverse("my_waiting", args=[cast.ola.id])

    html = times.content.decode()
    assert f'{wait}?service={quiet.slug}&amp;key={key}&amp;"' in html
    page = ola.get(wait, {"service": quiet.slug, "key": key}).content.decode()
    assert f'name="key" value="{key}"' in page
