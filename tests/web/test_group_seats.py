"""The practitioner gives somebody a seat in a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.bookings import by_clients
from miedza.bookings.grouping import close_group
from miedza.bookings.groups import list_seated
from miedza.bookings.models import Booking
from miedza.bookings.taking import AlreadyThere, SlotTaken
from miedza.ledger.facts import to_instant
from tests.bookings.keeping import seat
from tests.cast import make_person
from tests.web.clients import give_place, hidden, open_hours, sign_agreement
from tests.web.offers import define, list_times, set_date
from tests.web.pages import follow, present, read

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Service
    from tests.cast import Cast


@pytest.fixture
def circle(cast: Cast, db: None) -> Service:
    """A group of three, and hours on every day."""
    open_hours(cast.anna)
    return define(cast.anna, "Circle", seats=3)


def test_practitioner_gives_somebody_a_seat(cast: Cast, circle: Service, anna: Client) -> None:
    frame = set_date(cast.anna, circle, list_times(cast.anna, None)[60])
    page, enter = (reverse(name, args=[frame.id]) for name in ("group", "enter_group"))
    form = {**hidden(anna.get(page), enter), "person": str(cast.marek.id)}

    said = follow(anna, anna.post(enter, form))
    anna.post(enter, form)

    assert "1 of 3 seats taken" in said
    [booking] = list_seated(practice_id=frame.practice_id, frame_id=frame.id)
    assert (booking.person, booking.starts_at, booking.service) == (
        cast.marek, frame.starts_at, circle,
    )  # fmt: skip
    again = anna.post(enter, {"person": str(cast.marek.id)})
    assert again.status_code == 422
    assert list_seated(practice_id=frame.practice_id, frame_id=frame.id) == [booking]


def test_nobody_is_entered_where_all_seats_are_taken(
    cast: Cast, circle: Service, anna: Client
) -> None:
    pair = define(cast.anna, "Pair", seats=2)
    frame, later = (set_date(cast.anna, pair, list_times(cast.anna, None)[n]) for n in (60, 90))
    enter = reverse("enter_group", args=[frame.id])
    for person in (cast.marek, cast.ola):
        assert anna.post(enter, {"person": str(person.id)}).status_code == 302
    third = make_person(cast.anna, "Third")

    response = anna.post(enter, {"person": str(third.id)})

    assert response.status_code == 409
    assert "All seats are taken. Nobody was entered." in read(response)
    assert reverse("group", args=[later.id]) in response.content.decode()
    assert len(list_seated(practice_id=frame.practice_id, frame_id=frame.id)) == 2


def test_person_of_another_practice_gets_no_seat(cast: Cast, circle: Service, anna: Client) -> None:
    frame = set_date(cast.anna, circle, list_times(cast.anna, None)[60])
    enter = reverse("enter_group", args=[frame.id])

    response = anna.post(enter, {"person": str(cast.nastia.id)})

    assert response.status_code == 422
    assert list_seated(practice_id=frame.practice_id, frame_id=frame.id) == []


def test_client_takes_one_seat_of_a_group(cast: Cast, circle: Service) -> None:
    frame = set_date(cast.anna, circle, list_times(cast.anna, None)[60])
    ola = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    address = reverse("my_book", args=[cast.ola.id])
    asked = {"service": circle.slug, "at": str(to_instant(frame.starts_at))}
    for _time in range(2):
        page = ola.get(address, asked)
        said = follow(ola, ola.post(address, hidden(page, address)))

    assert "You have a seat in this group at this time already." in said
    assert len(list_seated(practice_id=frame.practice_id, frame_id=frame.id)) == 1


def test_meeting_is_not_moved_to_a_date_where_its_client_sits(cast: Cast, circle: Service) -> None:
    frames = [set_date(cast.anna, circle, list_times(cast.anna, None)[n]) for n in (60, 90)]
    first, _second = (seat(cast.anna, frame, cast.ola, now=present()) for frame in frames)

    with pytest.raises(AlreadyThere):
        by_clients.move_offered(
            practice=cast.anna.practice, booking_id=first.id, seen_at=first.starts_at,
            to_at=frames[1].starts_at, now=present(),
        )  # fmt: skip


def test_seat_in_a_date_that_was_called_off_meanwhile_is_refused(
    cast: Cast, circle: Service
) -> None:
    frame = set_date(cast.anna, circle, list_times(cast.anna, None)[60])
    close_group(practice=cast.anna.practice, frame_id=frame.id, now=present())

    with pytest.raises(SlotTaken):
        seat(cast.anna, frame, cast.ola, now=present())  # As a page read it before.
    assert not Booking.across.exists()
