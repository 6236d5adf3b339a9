"""Either side says that it is running late, with what that would mean; it is a word, no deed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.bookings.models import LateNotice
from miedza.ledger.models import Event
from miedza.messaging.models import Letter
from tests.cast import book
from tests.web.clients import give_place, mine, sign_agreement
from tests.web.pages import dump_rows, follow, present, read

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Booking
    from tests.cast import Cast


def _book(cast: Cast, hours: float = 1) -> Booking:
    start = present() + timedelta(hours=hours)
    return book(cast.anna, cast.ola, start, now=present() - timedelta(days=9))


def _late(booking: Booking) -> str:
    return reverse("late", args=[booking.id])


def test_practitioner_tells_the_client_who_sees_it(cast: Cast, anna: Client) -> None:
    ola = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola, present() - timedelta(days=60))
    booking = _book(cast)
    page = read(anna.get(reverse("meeting", args=[booking.id])))
    assert "I am running late Ola is told at once." in page
    assert "5 minutes kept 10 minutes forgiven" in page

    said = follow(anna, anna.post(_late(booking), {"minutes": "20"}))

    assert "You said that you will be about 20 minutes late." in said
    assert "will be about 20 minutes late." in read(ola.get(mine("my_meeting", booking)))
    letter = Letter.objects.of(cast.anna.practice_id).get(purpose="late")
    assert letter.to == f"{cast.ola.id}@clients.example"
    assert not Event.objects.of(cast.anna.practice_id).filter(meeting_id=booking.id).exists()


def test_what_the_client_said_stands_on_the_meeting(cast: Cast, anna: Client) -> None:
    ola = give_place(cast.anna, cast.ola)
    booking = _book(cast)

    ola.post(mine("my_late", booking), {"minutes": "10"})

    page = read(anna.get(reverse("meeting", args=[booking.id])))
    assert "Ola will be about 10 minutes late." in page


def test_who_cannot_be_reached_is_not_said_to_be_told(cast: Cast, anna: Client) -> None:
    page = read(anna.get(reverse("meeting", args=[_book(cast).id])))

    assert "I am running late" not in page


@pytest.mark.parametrize("minutes", ["", "0", "x", "601", "-5", "\0"])
def test_nonsense_is_not_late(minutes: str, cast: Cast, anna: Client) -> None:
    booking = _book(cast)
    before = dump_rows()

    said = follow(anna, anna.post(_late(booking), {"minutes": minutes}))

    assert "Choose by how many minutes. Nothing was said." in said
    assert dump_rows() == before


def test_meeting_far_away_is_not_late(cast: Cast, anna: Client) -> None:
    said = follow(anna, anna.post(_late(_book(cast, hours=30)), {"minutes": "5"}))

    assert "This can be said from a day before a meeting until its end." in said
    assert not LateNotice.objects.of(cast.anna.practice_id).exists()
