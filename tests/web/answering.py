"""How somebody answers what is kept for them behind a link."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from miedza.bookings.keeping import find_kept, say_token
from miedza.bookings.models import Kept, Taken
from miedza.people.models import Person
from tests.web.pages import follow, present

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

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
