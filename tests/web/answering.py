"""How somebody answers what is kept for them behind a link."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.test import Client
from django.urls import reverse

from miedza.bookings.keeping import find_kept, say_token
from miedza.bookings.models import Kept, Taken
from miedza.people.models import Person
from tests.web.clients import give_place, open_hours, sign_agreement
from tests.web.offers import find_offer, wait_long
from tests.web.pages import follow, present

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Booking
    from tests.cast import Cast

OVER = "This was answered before, or its time is over. Nothing was changed."


class Asked(NamedTuple):
    """Something that Ola is asked behind a link."""

    kept: Kept
    link: str
    ola: Person
    place: Client
    """Her browser, signed in."""


def enter_place(cast: Cast) -> Client:
    """Ola's browser; she has accepted the rules, and reads English."""
    client = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    open_hours(cast.anna)
    return client


def offer_first(cast: Cast, place: Client) -> Asked:
    """The first free time, for which Ola has waited."""
    fresh = Person.objects.of(cast.anna.practice_id).get(id=cast.ola.id)
    return ask(find_offer(wait_long(cast.anna, fresh)), cast, place)


def read_english() -> Client:
    """The browser of somebody who opens the link of a letter, and has chosen English."""
    client = Client()
    client.cookies["miedza_language"] = "en"
    return client


def ask(kept: Kept, cast: Cast, place: Client) -> Asked:
    ola = Person.objects.of(cast.anna.practice_id).get(id=cast.ola.id)
    return Asked(kept, reverse("answer", args=[say_token(kept)]), ola, place)


def say(client: Client, asked: Asked, word: str) -> str:
    """Say something; what the next page of the link says."""
    response = client.post(asked.link, {"say": word})
    assert response["Location"] == asked.link
    return follow(client, response)


def answer_of(cast: Cast, asked: Asked) -> str:
    kept = find_kept(practice_id=cast.anna.practice_id, kept_id=asked.kept.id)
    assert kept is not None
    return kept.answer


def start_of(cast: Cast, asked: Asked) -> datetime:
    starts_at: datetime = Taken.objects.of(cast.anna.practice_id).get(id=asked.kept.id).starts_at
    return starts_at


def let_lapse(cast: Cast, asked: Asked, _meeting: Booking | None = None) -> None:
    of = Taken.objects.of(cast.anna.practice_id).filter(id=asked.kept.id)
    assert of.update(kept_until=present() - timedelta(minutes=5))
