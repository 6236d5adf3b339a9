"""Clients book, move and cancel by themselves: what is on offer, under rules they accepted."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings import by_clients
from miedza.bookings.actions import NoSuchBooking, strike
from miedza.bookings.by_clients import MovedMeanwhile, NotAhead
from miedza.bookings.models import Booking
from miedza.bookings.reserving import NotAccepted, NotOffered
from miedza.bookings.taking import SlotTaken
from miedza.ledger.models import Event, Ruling
from tests.agreements.agreeing import accept
from tests.bookings.offered import offer, open_to, take
from tests.bookings.racing import RACES, race
from tests.cast import (
    ANNAS_TERMS,
    BOOKED,
    MONDAY,
    Cast,
    book,
    look,
    make_person,
    moment,
    publish_rules,
    tell,
)

if TYPE_CHECKING:
    from datetime import datetime

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
TEN = MONDAY + HOUR


def _move(cast: Cast, booking: Booking, to_at: datetime, **other: Any) -> Event:
    told = {"seen_at": booking.starts_at, "now": BOOKED, **other}
    return by_clients.move_offered(
        practice=cast.anna.practice, booking_id=booking.id, to_at=to_at, **told
    )


def _cancel(cast: Cast, booking: Booking, **other: Any) -> Event:
    told = {"seen_at": booking.starts_at, "cause": None, "now": BOOKED, **other}
    return by_clients.cancel(practice=cast.anna.practice, booking_id=booking.id, **told)


def _count(cast: Cast) -> int:
    return Booking.objects.of(cast.anna.practice_id).count()


def test_time_on_offer_is_booked_at_the_usual_price(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)

    booking = take(cast.anna, cast.ola, MONDAY)

    assert (booking.person, booking.starts_at, booking.minutes) == (cast.ola, MONDAY, 60)
    meeting = Ruling.objects.of(cast.anna.practice_id)
    assert not meeting.exists()
    assert look(cast.anna, booking.id).outcome == "open"


def test_nobody_books_under_rules_they_have_not_accepted(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)

    with pytest.raises(NotAccepted):
        take(cast.anna, cast.marek, MONDAY)
    publish_rules(cast.anna, ANNAS_TERMS, now=BOOKED + HOUR)
    with pytest.raises(NotAccepted):
        take(cast.anna, cast.ola, MONDAY, now=BOOKED + HOUR)
    accept(cast.anna, cast.ola, now=BOOKED + HOUR)

    assert take(cast.anna, cast.ola, MONDAY, now=BOOKED + HOUR).starts_at == MONDAY
    assert _count(cast) == 1


@pytest.mark.parametrize(
    "starts_at",
    [
        MONDAY + timedelta(minutes=30), MONDAY + SECOND, MONDAY + 3 * HOUR, MONDAY + DAY,
        MONDAY - 7 * DAY, MONDAY + 700 * DAY, moment("2026-02-16 09:00"),
    ],
)  # fmt: skip
def test_other_times_are_not_booked(cast: Cast, starts_at: datetime) -> None:
    open_to(cast.anna, cast.ola, notice_minutes=6 * 24 * 60)

    with pytest.raises(NotOffered):
        take(cast.anna, cast.ola, starts_at)

    assert _count(cast) == 0


def test_time_of_somebody_else_is_not_booked(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    take(cast.anna, cast.ola, MONDAY)

    with pytest.raises(NotOffered):
        take(cast.anna, cast.marek, MONDAY)


def test_nothing_is_booked_where_no_hours_are_open(cast: Cast) -> None:
    accept(cast.anna, cast.ola)

    with pytest.raises(NotOffered):
        take(cast.anna, cast.ola, MONDAY)


def test_booked_twice_with_one_id_it_is_one_booking(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    wanted = uuid.uuid4()

    first = take(cast.anna, cast.ola, MONDAY, id=wanted)

    assert take(cast.anna, cast.ola, MONDAY, id=wanted) == first
    assert _count(cast) == 1


def test_form_sent_again_after_cancelling_books_nothing_again(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    wanted = uuid.uuid4()
    first = take(cast.anna, cast.ola, MONDAY, id=wanted)
    _cancel(cast, first)

    again = take(cast.anna, cast.ola, MONDAY, id=wanted)

    assert (again, again.outcome) == (first, "cancelled")
    assert _count(cast) == 1


def test_meeting_is_moved_to_a_time_on_offer(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    booking = take(cast.anna, cast.ola, MONDAY)

    event = _move(cast, booking, TEN)

    assert (event.type, event.by, event.at, event.to_at) == ("moved", "client", BOOKED, TEN)
    assert look(cast.anna, booking.id).starts_at == TEN
    assert take(cast.anna, cast.marek, MONDAY).starts_at == MONDAY


def test_meeting_is_not_moved_elsewhere(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    booking = take(cast.anna, cast.ola, MONDAY)
    take(cast.anna, cast.marek, TEN)

    for to_at in (TEN, MONDAY, MONDAY + DAY, MONDAY + timedelta(minutes=30)):
        with pytest.raises(NotOffered):
            _move(cast, booking, to_at)

    assert not Event.across.exists()


def test_meeting_is_moved_over_its_own_time(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, step_minutes=30)
    booking = take(cast.anna, cast.ola, MONDAY)

    _move(cast, booking, MONDAY + HOUR / 2)

    assert look(cast.anna, booking.id).starts_at == MONDAY + HOUR / 2


def test_page_that_was_read_before_a_move_moves_and_cancels_nothing(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    booking = take(cast.anna, cast.ola, MONDAY)
    tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY + DAY)

    with pytest.raises(MovedMeanwhile):
        _move(cast, booking, TEN)
    with pytest.raises(MovedMeanwhile):
        _cancel(cast, booking)

    assert look(cast.anna, booking.id).outcome == "open"
    assert Event.across.count() == 1


def test_meeting_is_cancelled_with_its_cause_once(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    booking = take(cast.anna, cast.ola, MONDAY)
    wanted = uuid.uuid4()

    event = _cancel(cast, booking, cause="illness", id=wanted)

    assert (event.type, event.by, event.cause) == ("cancelled", "client", "illness")
    assert _cancel(cast, booking, id=wanted) == event
    assert look(cast.anna, booking.id).outcome == "cancelled"
    with pytest.raises(NotAhead):
        _cancel(cast, booking)


def test_moved_twice_with_one_id_it_is_moved_once(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    booking = take(cast.anna, cast.ola, MONDAY)
    wanted = uuid.uuid4()

    event = _move(cast, booking, TEN, id=wanted)

    assert _move(cast, booking, TEN, id=wanted) == event
    assert Event.across.count() == 1


def test_meeting_that_has_begun_is_left_alone(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    booking = take(cast.anna, cast.ola, MONDAY)

    for now in (MONDAY, MONDAY + HOUR / 2, MONDAY + HOUR):
        with pytest.raises(NotAhead):
            _cancel(cast, booking, now=now)
        with pytest.raises(NotAhead):
            _move(cast, booking, MONDAY + 7 * DAY, now=now)
    assert _cancel(cast, booking, now=MONDAY - SECOND).entered_by == "client"


def test_meeting_of_another_practice_or_a_struck_one_is_none(cast: Cast) -> None:
    theirs, struck = book(cast.borys, cast.nastia), book(cast.anna, cast.ola)
    strike(practice=cast.anna.practice, booking_id=struck.id, now=BOOKED)

    for booking in (theirs, struck):
        for act in (partial(_move, to_at=TEN), _cancel):
            with pytest.raises(NoSuchBooking):
                act(cast, booking)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_of_clients_who_want_one_time_one_gets_it(standing_cast: Cast, number: int) -> None:
    anna = standing_cast.anna
    people = [make_person(anna, f"Pupil {index}") for index in range(6)]
    open_to(anna, *people)

    answers = race([partial(take, anna, person, MONDAY) for person in people])

    assert answers == {"done": 1, "NotOffered": 5}
    assert _count(standing_cast) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_of_a_client_and_the_practitioner_one_gets_it(standing_cast: Cast, number: int) -> None:
    anna = standing_cast.anna
    open_to(anna, standing_cast.ola)
    moved = take(anna, standing_cast.ola, TEN)

    answers = race(
        [
            partial(take, anna, standing_cast.ola, MONDAY),
            partial(_move, standing_cast, moved, MONDAY),
            partial(book, anna, standing_cast.marek, MONDAY),
        ]
    )

    assert answers["done"] == 1
    assert set(answers) <= {"done", "NotOffered", SlotTaken.__name__}
    assert Booking.objects.of(anna.practice_id).filter(starts_at=MONDAY).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_form_sent_at_once_from_many_windows_is_one_booking(
    standing_cast: Cast, number: int
) -> None:
    open_to(standing_cast.anna, standing_cast.ola)
    wanted = uuid.uuid4()

    answers = race([partial(take, standing_cast.anna, standing_cast.ola, MONDAY, id=wanted)] * 5)

    assert answers == {"done": 5}
    assert _count(standing_cast) == 1


def test_hours_of_one_practitioner_are_not_those_of_another(cast: Cast) -> None:
    offer(cast.borys)
    accept(cast.anna, cast.ola)

    with pytest.raises(NotOffered):
        take(cast.anna, cast.ola, MONDAY)
