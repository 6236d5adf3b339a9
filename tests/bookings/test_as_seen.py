"""What a client has read before the button is what they agree to: else nothing is done."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from miedza.agreements.queries import find_in_force
from miedza.bookings import by_clients, lateness
from miedza.bookings.by_clients import NotAhead
from miedza.bookings.choosing import choose_usual
from miedza.bookings.limits import MOST_AHEAD, TooManyAhead
from miedza.bookings.models import Booking, LateNotice
from miedza.bookings.paying import note_payment
from miedza.bookings.queries import list_late
from miedza.bookings.reserving import ChangedMeanwhile, PaymentDue, book_offered, list_offered
from miedza.ledger.foreseeing import Foresight, tell_cost
from miedza.ledger.models import Event
from miedza.ledger.queries import find_meeting
from miedza.messaging.models import Letter
from tests.bookings.offered import offer, open_to, take
from tests.cast import (
    ANNAS_TERMS,
    BOOKED,
    MONDAY,
    Cast,
    book,
    look,
    make_person,
    publish_rules,
    tell,
)

if TYPE_CHECKING:
    from datetime import datetime

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _say_late(cast: Cast, booking: Booking, minutes: int, now: datetime) -> LateNotice:
    return lateness.say_late(
        practice=cast.anna.practice, booking_id=booking.id, by="client", minutes=minutes, now=now
    )


def _cancel(cast: Cast, booking: Booking, wanted: uuid.UUID) -> Event:
    return by_clients.cancel(
        practice=cast.anna.practice, booking_id=booking.id, seen_at=booking.starts_at, cause=None,
        now=BOOKED, id=wanted,
    )  # fmt: skip


def _pay(cast: Cast, wanted: uuid.UUID, amount_minor: int = 20_000) -> list[Event]:
    return note_payment(
        practice=cast.anna.practice, person=cast.ola, amount_minor=amount_minor,
        at=BOOKED, now=BOOKED,
        id=wanted,
    )  # fmt: skip


@pytest.mark.parametrize("seen", [(60, 20_001), (90, 20_000), (-1, -1), (0, 0)])
def test_other_price_or_length_than_was_read_books_nothing(
    cast: Cast, seen: tuple[int, int]
) -> None:
    open_to(cast.anna, cast.ola)

    with pytest.raises(ChangedMeanwhile):
        take(cast.anna, cast.ola, MONDAY, seen=seen)

    assert not Booking.across.exists()


def test_length_is_the_one_of_this_moment(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    stale = cast.ola
    make_person(cast.anna, "Ela")
    type(stale).objects.of(cast.anna.practice_id).filter(id=stale.id).update(usual_minutes=90)

    booking = book_offered(
        practice=cast.anna.practice, practitioner=cast.anna, person=stale, starts_at=MONDAY,
        seen=(90, stale.usual_price_minor), now=BOOKED,
    )  # fmt: skip

    assert booking.minutes == 90


def test_only_so_many_meetings_are_booked_ahead(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek, horizon_days=90)
    for number in range(MOST_AHEAD):
        book(cast.anna, cast.ola, MONDAY + DAY * (number + 1))

    with pytest.raises(TooManyAhead):
        take(cast.anna, cast.ola, MONDAY)

    assert take(cast.anna, cast.marek, MONDAY).starts_at == MONDAY
    first = Booking.across.filter(person_id=cast.ola.id).order_by("starts_at")[0]
    _cancel(cast, first, uuid.uuid4())
    assert take(cast.anna, cast.ola, MONDAY + HOUR).starts_at == MONDAY + HOUR


def test_meeting_whose_payment_would_be_due_already_is_not_booked(cast: Cast) -> None:
    payment = {**ANNAS_TERMS["rules"]["payment"], "unpaid": "release"}
    rules = {**ANNAS_TERMS["rules"], "payment": payment}
    publish_rules(cast.anna, {**ANNAS_TERMS, "rules": rules}, now=BOOKED)
    open_to(cast.anna, cast.ola)
    late = MONDAY - 23 * HOUR  # Anna is to be paid 24 hours before.

    with pytest.raises(PaymentDue):
        take(cast.anna, cast.ola, MONDAY, now=late)

    assert not Booking.across.exists()
    assert not Letter.across.exists()
    assert take(cast.anna, cast.ola, MONDAY, now=MONDAY - 25 * HOUR).outcome == "open"


def test_what_has_begun_is_not_moved_by_its_client(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    booking = take(cast.anna, cast.ola, MONDAY)
    _pay(cast, uuid.uuid4())

    with pytest.raises(NotAhead):
        by_clients.move_offered(
            practice=cast.anna.practice, booking_id=booking.id, seen_at=MONDAY,
            to_at=MONDAY + 7 * DAY, now=MONDAY,
        )  # fmt: skip

    assert look(cast.anna, booking.id).starts_at == MONDAY


def test_lateness_was_said_of_the_hour_before_the_move(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    said = MONDAY - HOUR
    first = _say_late(cast, booking, 10, said)
    assert [notice.minutes for notice in _late(cast, booking)] == [10]

    tell(cast.anna, booking, "moved", "practitioner", said, to_at=MONDAY + 5 * HOUR)

    assert _late(cast, booking) == []
    again = _say_late(cast, booking, 10, said + timedelta(minutes=1))
    assert again != first
    assert _late(cast, booking) == [again]
    assert Letter.across.filter(purpose="late").count() == 2


def _late(cast: Cast, booking: Booking) -> list[LateNotice]:
    return list_late(practice_id=cast.anna.practice_id, booking_id=booking.id)


def test_step_that_costs_something_else_by_now_is_not_taken(cast: Cast) -> None:
    """Two pages promise the one goodwill there is; the first that is sent uses it up."""
    open_to(cast.anna, cast.ola, horizon_days=30)
    first, second = (take(cast.anna, cast.ola, MONDAY + DAY * days) for days in (0, 7))
    of: dict[str, Any] = {"practice": cast.anna.practice, "cause": None}
    read = {}
    for booking in (first, second):
        meeting = find_meeting(practice_id=cast.anna.practice_id, meeting_id=booking.id)
        assert meeting is not None
        late = booking.starts_at - HOUR
        read[booking.id] = tell_cost(
            Foresight(meeting, "client").ask("cancelled", "client", at=late)
        )
    assert read[first.id] == read[second.id] == "excused None 0"
    by_clients.cancel(
        **of, booking_id=first.id, seen_at=first.starts_at, now=first.starts_at - HOUR,
        seen_cost=read[first.id],
    )  # fmt: skip

    with pytest.raises(ChangedMeanwhile):
        by_clients.cancel(
            **of, booking_id=second.id, seen_at=second.starts_at, now=second.starts_at - HOUR,
            seen_cost=read[second.id],
        )  # fmt: skip

    assert look(cast.anna, second.id).outcome == "open"


def test_times_that_would_have_to_be_paid_for_already_are_not_on_offer(cast: Cast) -> None:
    offer(cast.anna)
    payment = {**ANNAS_TERMS["rules"]["payment"], "unpaid": "release"}
    terms = {**ANNAS_TERMS, "rules": {**ANNAS_TERMS["rules"], "payment": payment}}
    publish_rules(cast.anna, terms, now=BOOKED)
    rules = find_in_force(practice_id=cast.anna.practice_id, at=BOOKED)
    assert rules is not None

    def offered(now: datetime) -> list[datetime]:
        return list_offered(
            practitioner=cast.anna, choice=choose_usual(cast.ola), rules=rules, now=now
        )

    assert MONDAY in offered(MONDAY - DAY - timedelta(seconds=1))
    assert MONDAY not in offered(MONDAY - DAY)
    type(cast.ola).objects.of(cast.anna.practice_id).update(usual_price_minor=0)
    assert MONDAY in offered(MONDAY - DAY)


def test_payment_for_two_meetings_is_noted_whole_again(cast: Cast) -> None:
    book(cast.anna, cast.ola)
    book(cast.anna, cast.ola, MONDAY + DAY)
    wanted = uuid.uuid4()
    parts = _pay(cast, wanted, 40_000)
    for part in parts:
        booking = Booking.across.get(id=part.meeting_id)
        tell(cast.anna, booking, "voided", "practitioner", BOOKED, voids_id=part.id)

    again = _pay(cast, wanted, 40_000)

    assert [part.amount_minor for part in again] == [20_000, 20_000]
    assert len({part.id for part in (*parts, *again)}) == 4


def test_cancelled_again_after_it_was_taken_back(cast: Cast) -> None:
    booking, wanted = book(cast.anna, cast.ola), uuid.uuid4()
    first = _cancel(cast, booking, wanted)
    tell(cast.anna, booking, "voided", "practitioner", BOOKED, voids_id=first.id)
    assert look(cast.anna, booking.id).outcome == "open"

    second = _cancel(cast, booking, wanted)

    assert second != first
    assert look(cast.anna, booking.id).outcome == "cancelled"
    assert _cancel(cast, booking, wanted) == second


def test_payment_noted_again_after_it_was_taken_back(cast: Cast) -> None:
    booking, wanted = book(cast.anna, cast.ola), uuid.uuid4()

    (first,) = _pay(cast, wanted)
    tell(cast.anna, booking, "voided", "practitioner", BOOKED, voids_id=first.id)

    (second,) = _pay(cast, wanted)

    assert (second.amount_minor, second != first) == (20_000, True)
    assert _pay(cast, wanted) == [second]
