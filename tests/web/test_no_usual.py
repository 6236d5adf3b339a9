"""Whoever came by the public page books what is offered there: no usual meeting was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.bookings.choosing import choose_usual
from miedza.bookings.reserving import NotOffered
from miedza.people.models import Person
from tests.bookings.offered import take
from tests.web.clients import give_place, open_hours, sign_agreement
from tests.web.offers import define
from tests.web.pages import dump_rows, follow, present, read, typed

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ola(cast: Cast, db: None) -> Client:
    """Ola's browser: she has accepted, and came by the public page."""
    client = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    open_hours(cast.anna)
    people = Person.objects.of(cast.anna.practice_id).filter(id=cast.ola.id)
    people.update(usual_minutes=0, usual_price_minor=0)
    cast.ola.refresh_from_db()
    return client


def test_only_services_are_offered(cast: Cast, ola: Client) -> None:
    page = reverse("my_book", args=[cast.ola.id])
    empty = read(ola.get(page))
    define(cast.anna, "Lesson")
    before = dump_rows()

    said = read(ola.get(page))
    refused = ola.get(page, {"service": "usual"})

    assert "Nothing can be booked here at present." in empty
    assert "Lesson" in said
    assert "usual meeting" not in said.lower()
    assert refused["Location"] == page
    assert "This is not on offer any more." in follow(ola, refused)
    assert ola.post(page, {"service": "usual", "at": "1800000000"})["Location"] == page
    assert dump_rows() == before


def test_usual_meeting_of_nobody_is_not_booked(cast: Cast, ola: Client) -> None:
    del ola
    with pytest.raises(NotOffered):
        take(cast.anna, cast.ola, present(), now=present(), seen=choose_usual(cast.ola).seen)


def test_practitioner_writes_a_price_and_the_length_of_the_rules_stands_there(
    cast: Cast, ola: Client, anna: Client
) -> None:
    del ola
    page = anna.get(reverse("book", args=[cast.ola.id]))

    assert (typed(page, "minutes"), typed(page, "price_minor")) == (["60"], [""])
    assert "usual price" not in read(anna.get(reverse("account", args=[cast.ola.id])))


def test_usual_meeting_is_agreed_later_and_ended(cast: Cast, ola: Client, anna: Client) -> None:
    change = reverse("change_person", args=[cast.ola.id])
    said = {"name": "Ola Żółć", "email": cast.ola.email, "language": "pl"}
    assert typed(anna.get(change), "usual_minutes") == [""]

    anna.post(change, {**said, "usual_minutes": "50", "usual_price_minor": "0"})
    offered = read(ola.get(reverse("my_book", args=[cast.ola.id]) + "?service=usual"))
    anna.post(change, {**said, "usual_minutes": "", "usual_price_minor": ""})

    assert "usual meeting" in offered.lower()
    cast.ola.refresh_from_db()
    assert (cast.ola.usual_minutes, cast.ola.usual_price_minor) == (0, 0)
