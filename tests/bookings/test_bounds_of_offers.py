"""What is offered can be taken: what should be paid for by now, or is nobody's, is not offered."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.bookings import offers, waiting, wishing
from miedza.bookings.lapsing import lapse_due, offer_waited_for
from miedza.bookings.leaving import leave
from miedza.bookings.models import Kept, Taken, Waiting
from miedza.bookings.reserving import ChangedMeanwhile, NotOffered, PaymentDue
from miedza.practice.models import Practice
from tests.bookings.awaiting import (
    FIRST,
    LAST,
    NINE,
    fill_hour,
    find_last,
    free_again,
    list_offers,
    wait_for,
)
from tests.bookings.keeping import ask_for, hold, serve
from tests.bookings.offered import free, open_to
from tests.cast import ANNAS_TERMS, BOOKED, MONDAY, book, publish_rules, tell

if TYPE_CHECKING:
    from miedza.practice.models import Practitioner
    from tests.cast import Cast

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def _release(cast: Cast, hours: int) -> None:
    """Let what is unpaid so many hours before give its time back."""
    terms = copy.deepcopy(ANNAS_TERMS)
    terms["rules"]["payment"] = {"due": "before_session", "hours": hours, "unpaid": "release"}
    publish_rules(cast.anna, terms, now=BOOKED - 2 * DAY)


def test_wish_is_not_given_once_it_should_have_been_paid_for(cast: Cast) -> None:
    _release(cast, hours=48)
    open_to(cast.anna, cast.ola)
    kept = ask_for(cast.anna, cast.ola, now=MONDAY - 60 * HOUR)

    with pytest.raises(PaymentDue):
        wishing.give(practice=cast.anna.practice, kept_id=kept.id, now=MONDAY - 40 * HOUR)

    kept.refresh_from_db()
    assert kept.answer == ""
    given = wishing.give(practice=cast.anna.practice, kept_id=kept.id, now=MONDAY - 50 * HOUR)
    assert given.outcome == "open"


def test_time_that_should_be_paid_for_already_is_not_asked_for(cast: Cast) -> None:
    _release(cast, hours=48)
    open_to(cast.anna, cast.ola)

    with pytest.raises(PaymentDue):
        ask_for(cast.anna, cast.ola, now=MONDAY - 40 * HOUR)
    assert not Kept.objects.of(cast.anna.practice_id).exists()


def test_time_that_should_be_paid_for_already_is_offered_to_nobody_who_waits(cast: Cast) -> None:
    _release(cast, hours=48)
    open_to(cast.anna, cast.ola, cast.marek, weekly=NINE)
    booking = book(cast.anna, cast.ola)
    wait_for(cast, cast.marek)

    tell(cast.anna, booking, "cancelled", "practitioner", MONDAY - DAY)

    assert list_offers(cast) == []


def test_hold_that_is_over_fills_no_limit_of_its_service(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    service = serve(cast.anna, max_per_day=1)
    before = free(cast.anna, service=service, now=BOOKED)
    hold(cast.anna, service)
    assert len(free(cast.anna, service=service, now=BOOKED)) < len(before)

    assert free(cast.anna, service=service, now=BOOKED + 2 * HOUR) == before


def test_waiting_for_dates_that_are_over_ends_and_holds_nobody_back(
    cast: Cast, ewa: Practitioner
) -> None:
    wanted = waiting.Wanted(None, FIRST, LAST, [])
    waiting.wait(practitioner=ewa, person=cast.ola, wanted=wanted, now=BOOKED)
    later = BOOKED + 100 * DAY

    leave(practitioner=ewa, now=later)
    offer_waited_for(now=later)

    assert Waiting.objects.of(cast.anna.practice_id).get().ended_at == later


def test_clock_that_finds_nothing_to_offer_changes_nothing(cast: Cast) -> None:
    _booking, (marek, _third) = fill_hour(cast)
    wait_for(cast, marek)

    def read_stamp() -> int | None:
        return Practice.objects.get(id=cast.anna.practice_id).stamp

    stamp = read_stamp()
    assert offer_waited_for(now=BOOKED) == 0
    assert read_stamp() == stamp


def test_offer_that_lapsed_is_not_taken_at_the_price_before(cast: Cast) -> None:
    booking, (marek, _third) = fill_hour(cast)
    wait_for(cast, marek)
    tell(cast.anna, booking, "cancelled", "practitioner", BOOKED)
    marek.usual_price_minor = 99_000
    marek.save()
    later = BOOKED + 3 * DAY
    lapse_due(now=later)

    with pytest.raises(ChangedMeanwhile):
        offers.take_offer(kept=find_last(cast), now=later)


def test_offer_that_lapsed_is_not_taken_with_somebody_who_left(
    cast: Cast, ewa: Practitioner
) -> None:
    open_to(ewa, cast.ola)
    wanted = waiting.Wanted(None, FIRST, LAST, [])
    entry = free_again(waiting.wait(practitioner=ewa, person=cast.ola, wanted=wanted, now=BOOKED))
    kept = find_last(cast)
    later = BOOKED + 2 * DAY
    lapse_due(now=later)
    offers.stop_waiting(practice=cast.anna.practice, waiting_id=entry.id, now=later)
    leave(practitioner=ewa, now=later)
    kept.refresh_from_db()

    with pytest.raises(NotOffered):
        offers.take_offer(kept=kept, now=later)


def test_hour_of_what_is_taken_back_is_that_of_the_clocks_it_was_agreed_by(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    practice = cast.anna.practice
    Practice.objects.filter(id=practice.id).update(time_zone="America/New_York")
    practice.refresh_from_db()
    said = tell(cast.anna, booking, "cancelled", "client", BOOKED)

    tell(cast.anna, booking, "voided", "practitioner", BOOKED, voids_id=said.id)

    assert Taken.objects.of(practice.id).get(id=booking.id).zone == "Europe/Warsaw"
