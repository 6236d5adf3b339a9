"""Free sessions of a family, and of who may be somebody known: the practitioner is asked."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings import by_clients
from miedza.bookings.choosing import choose_service
from miedza.bookings.holding import finish
from miedza.bookings.limits import Doubted
from miedza.bookings.models import Booking, Kept
from miedza.bookings.offers import take_offer
from miedza.bookings.reserving import NotOffered
from miedza.bookings.series import book_series
from miedza.bookings.waiting import Wanted, wait
from miedza.people.actions import relate
from tests.agreements.agreeing import accept
from tests.bookings.awaiting import free_again
from tests.bookings.keeping import DAY, HOUR, ask_for, assert_sound, hold, let_in, serve
from tests.bookings.offered import offer, open_to, take
from tests.cast import ANNAS_TERMS, BOOKED, FOUNDED, MONDAY, Cast, book, make_person, publish_rules

if TYPE_CHECKING:
    from miedza.bookings.models import Service
    from miedza.people.models import Person

pytestmark = pytest.mark.django_db

EVERY_DAY = {day: [["08:00", "20:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def _give_free(cast: Cast, *, per_month: int = 9) -> Service:
    """Let Anna give one free session to each person."""
    terms = copy.deepcopy(ANNAS_TERMS)
    terms["rules"]["free_session"] = {
        "minutes": 30, "per_person": 1, "per_month": per_month, "invite_at_minute": 20,
    }  # fmt: skip
    publish_rules(cast.anna, terms, now=FOUNDED + HOUR)
    offer(cast.anna, EVERY_DAY, horizon_days=90)
    return serve(cast.anna, kind="free", price_minor=0, minutes=30)


def _take(cast: Cast, person: Person, service: Service, number: int = 0) -> Booking:
    choice = choose_service(service)
    at = MONDAY + number * HOUR
    return take(cast.anna, person, at, choice=choice, seen=choice.seen)


def _visit(cast: Cast, service: Service, number: int, **details: Any) -> Booking | Kept:
    kept = hold(cast.anna, service, MONDAY + number * HOUR)
    person = let_in(cast.anna, kept, accepts=False, **details)
    kept.refresh_from_db()
    assert kept.person is not None
    accept(cast.anna, kept.person, accepted_by=person)
    return finish(kept=kept, person=kept.person, now=BOOKED)


def _free_family(cast: Cast) -> tuple[Service, Person]:
    """Ola had a free session; Marek, who has the same mother, had none."""
    service = _give_free(cast)
    mother = make_person(cast.anna, "Halina")
    for child in (cast.ola, cast.marek):
        relate(practice=cast.anna.practice, person=child, other=mother, kind="guardian", now=BOOKED)
        accept(cast.anna, child, accepted_by=mother)
    _take(cast, cast.ola, service)
    return service, mother


def test_second_child_of_one_address_waits_for_the_practitioner(cast: Cast) -> None:
    service = _give_free(cast)

    first = _visit(cast, service, 0, child="Jaś")
    second = _visit(cast, service, 1, child="Małgosia")

    assert isinstance(first, Booking)
    assert not isinstance(second, Booking)
    assert (second.purpose, second.alike_id) == ("wish", first.person_id)
    assert_sound(cast.anna)


def test_children_of_one_parent_are_asked_about_in_their_places_too(cast: Cast) -> None:
    service, _mother = _free_family(cast)

    with pytest.raises(Doubted):
        _take(cast, cast.marek, service, 1)

    assert Booking.across.count() == 1


def test_child_whose_family_had_none_books_at_once(cast: Cast) -> None:
    service = _give_free(cast)
    mother = make_person(cast.anna, "Halina")
    for child in (cast.ola, cast.marek):
        relate(practice=cast.anna.practice, person=child, other=mother, kind="guardian", now=BOOKED)
    accept(cast.anna, cast.ola, accepted_by=mother)
    book(cast.anna, cast.marek, MONDAY + DAY)

    assert _take(cast, cast.ola, service).outcome == "open"


@pytest.mark.parametrize("per_month", [1, 2])
def test_free_session_is_moved_to_a_month_that_has_room(per_month: int, cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    service = _give_free(cast, per_month=per_month)
    accept(cast.anna, cast.ola)
    booking = _take(cast, cast.ola, service)
    april = MONDAY + timedelta(days=35)
    book(cast.anna, cast.marek, april + DAY, kind="free", minutes=30)

    def move() -> None:
        by_clients.move_offered(
            practice=cast.anna.practice, booking_id=booking.id, seen_at=MONDAY,
            to_at=april - HOUR, now=BOOKED,
        )  # fmt: skip

    if per_month == 2:
        move()
    else:
        with pytest.raises(NotOffered):
            move()
    booking.refresh_from_db()
    assert (booking.starts_at == april - HOUR) == (per_month == 2)


def test_free_session_is_moved_within_its_full_month(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    service = _give_free(cast, per_month=1)
    accept(cast.anna, cast.ola)
    booking = _take(cast, cast.ola, service)
    book(cast.anna, cast.marek, MONDAY + 2 * DAY, kind="free", minutes=30)  # One more, by hand.

    by_clients.move_offered(
        practice=cast.anna.practice, booking_id=booking.id, seen_at=MONDAY, to_at=MONDAY + DAY,
        now=BOOKED,
    )  # fmt: skip

    booking.refresh_from_db()
    assert booking.starts_at == MONDAY + DAY


def test_series_is_no_way_round_the_question(cast: Cast) -> None:
    service, _mother = _free_family(cast)
    choice = choose_service(service)

    with pytest.raises(Doubted):
        book_series(
            practitioner=cast.anna, person=cast.marek, choice=choice, starts=[MONDAY + HOUR],
            now=BOOKED, by="client", seen=choice.seen,
        )  # fmt: skip

    assert Booking.across.count() == 1


def test_offer_of_a_free_time_is_asked_about_when_it_is_taken(cast: Cast) -> None:
    service, _mother = _free_family(cast)
    day = (MONDAY + DAY).date()
    wanted = Wanted(service, day, day, [])
    entry = free_again(wait(practitioner=cast.anna, person=cast.marek, wanted=wanted, now=BOOKED))
    offered = Kept.across.select_related("practice", "person", "waiting").get(purpose="offer")

    made = take_offer(kept=offered, now=BOOKED)

    assert isinstance(made, Kept)
    assert (made.purpose, made.alike_id, made.waiting_id) == ("wish", cast.ola.id, None)
    entry.refresh_from_db()
    assert entry.ended_at == BOOKED
    assert not Booking.across.filter(person_id=cast.marek.id).exists()
    assert_sound(cast.anna)


def test_wish_from_ones_place_names_who_may_be_the_same(cast: Cast) -> None:
    service, _mother = _free_family(cast)
    serve(cast.anna, service_id=service.id, kind="free", price_minor=0, minutes=30,
          way="on_request")  # fmt: skip
    service.refresh_from_db()

    kept = ask_for(cast.anna, cast.marek, MONDAY + HOUR, choice=choose_service(service))

    assert kept.alike_id == cast.ola.id


def test_parent_of_a_child_who_had_one_is_asked_about_in_their_place(cast: Cast) -> None:
    service, mother = _free_family(cast)
    accept(cast.anna, mother)

    with pytest.raises(Doubted):
        _take(cast, mother, service, 2)


def test_who_sends_somebody_is_no_family_of_theirs(cast: Cast) -> None:
    service = _give_free(cast)
    boss = make_person(cast.anna, "Firma")
    relate(practice=cast.anna.practice, person=cast.ola, other=boss, kind="sponsor", now=BOOKED)
    for each in (cast.ola, boss):
        accept(cast.anna, each)
    _take(cast, cast.ola, service)

    assert _take(cast, boss, service, 1).outcome == "open"
