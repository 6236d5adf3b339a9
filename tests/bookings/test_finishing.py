"""Who a visitor turns out to be, and what becomes of their hold: a booking, or a wish."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings.holding import finish, read_details, show_code, write_details
from miedza.bookings.keeping import Answered
from miedza.bookings.limits import Blocked, NoMoreFree, TooManyAhead
from miedza.bookings.models import Booking, Kept
from miedza.bookings.reserving import NotAccepted, book_kept
from miedza.bookings.wishing import MOST_WISHES, give
from miedza.people.actions import block
from miedza.people.models import Person
from tests.bookings.asking import name_address
from tests.bookings.keeping import (
    DAY,
    HOUR,
    JAN,
    SECOND,
    TEN,
    assert_sound,
    count_rows,
    hold,
    kept_of,
    let_in,
    serve,
    spans,
    told_of,
    until,
)
from tests.bookings.offered import offer, open_to
from tests.cast import ANNAS_TERMS, BOOKED, FOUNDED, MONDAY, Cast, book, make_person, publish_rules

if TYPE_CHECKING:
    from datetime import datetime

ANNA, JANS, OLAS = "anna@miedza.example", "jan@miedza.example", "ola@miedza.example"


def _begin(cast: Cast, starts_at: datetime = MONDAY, **said: Any) -> Kept:
    """Hold a time of a new service for a visitor."""
    offer(cast.anna)
    return hold(cast.anna, serve(cast.anna, **said), starts_at)


def _begin_free(cast: Cast, starts_at: datetime = MONDAY, **said: Any) -> Kept:
    """Let Anna give one free session to each, and hold one."""
    terms = copy.deepcopy(ANNAS_TERMS)
    terms["rules"]["free_session"] = {
        "minutes": 30, "per_person": 1, "per_month": 9, "invite_at_minute": 20,
    }  # fmt: skip
    publish_rules(cast.anna, terms, now=FOUNDED + HOUR)
    return _begin(cast, starts_at, kind="free", minutes=30, **said)


def _finish(kept: Kept, person: Person, *, now: datetime = BOOKED) -> Booking | Kept:
    return finish(kept=kept, person=person, now=now)


def test_who_is_known_under_the_address_is_that_person(cast: Cast) -> None:
    name_address(cast.ola, "Ola.Z@Miedza.example")
    kept = _begin(cast)

    person = let_in(cast.anna, kept, name="Aleksandra Z", email="oLA.z@miedza.EXAMPLE")

    assert (person, person.name) == (cast.ola, "Ola Żółć")
    assert person.user is not None
    assert Person.across.count() == 3
    assert _finish(kept, person) == Booking.across.get()


def test_of_two_with_one_address_it_is_the_one_of_the_name(cast: Cast) -> None:
    for person in (cast.ola, cast.marek):
        name_address(person, OLAS)
    kept = _begin(cast)

    assert let_in(cast.anna, kept, name="marek łĄCKI", email=OLAS) == cast.marek
    assert let_in(cast.anna, kept, name="Ola Żółć", email=OLAS.upper()) == cast.ola
    third = let_in(cast.anna, kept, name="Zofia Żółć", email=OLAS)

    assert third not in (cast.ola, cast.marek)
    assert (third.name, third.email) == ("Zofia Żółć", OLAS)


def test_person_of_another_practice_is_not_known_here(cast: Cast) -> None:
    name_address(cast.nastia, JANS)

    person = let_in(cast.anna, _begin(cast))

    assert person != cast.nastia
    assert person.practice == cast.anna.practice
    cast.nastia.refresh_from_db()
    assert cast.nastia.user is None


def test_code_that_is_shown_again_adds_nobody(cast: Cast) -> None:
    kept = _begin(cast)
    code = write_details(kept=kept, details=JAN, now=BOOKED)

    people = {show_code(kept=kept, code=code, now=BOOKED).id for _ in range(3)}

    assert len(people) == 1
    assert Person.across.filter(email=JANS).count() == 1


def test_blocked_person_books_nothing_and_gets_no_place(cast: Cast) -> None:
    name_address(cast.ola, OLAS)
    block(practice=cast.anna.practice, person=cast.ola, now=BOOKED)
    kept = _begin(cast)
    person = let_in(cast.anna, kept, email=OLAS)

    with pytest.raises(Blocked):
        _finish(kept, person)

    assert person.user is None
    assert not Booking.across.exists()
    assert [purpose for purpose, _ in told_of(cast.anna)] == []


def test_nothing_is_booked_or_asked_for_without_the_agreement(cast: Cast) -> None:
    for at, way in ((MONDAY, "at_once"), (TEN, "on_request")):
        kept = _begin(cast, at, way=way)
        person = let_in(cast.anna, kept, accepts=False)
        before = count_rows(cast.anna)

        with pytest.raises(NotAccepted):
            _finish(kept, person)

        assert count_rows(cast.anna) == before
        assert kept_of(kept) == ("hold", "")


def test_what_is_given_on_request_becomes_a_wish(cast: Cast) -> None:
    kept = _begin(cast, way="on_request")
    person = let_in(cast.anna, kept)

    made = _finish(kept, person)

    assert made == kept
    assert (kept_of(kept), kept.person_id) == (("wish", ""), person.id)
    assert kept.open_text(cast.anna.practice.key) == JAN.text
    assert until(kept) == BOOKED + 2 * DAY
    assert told_of(cast.anna) == [("wish", ANNA), ("wish", JANS)]
    assert not Booking.across.exists()
    assert spans(cast.anna) == ["03-02 09:00"]
    booking = give(practice=cast.anna.practice, kept_id=kept.id, now=BOOKED + HOUR)
    assert booking.person_id == person.id
    assert_sound(cast.anna)


def test_wish_is_made_once_and_its_visitor_may_come_back(cast: Cast) -> None:
    kept = _begin(cast, way="on_request")
    code = write_details(kept=kept, details=JAN, now=BOOKED)
    person = let_in(cast.anna, kept)
    for _ in range(3):
        assert _finish(kept, person) == kept
    assert len(told_of(cast.anna)) == 2

    # The page of the code is opened again, and the code is typed once more.
    kept.refresh_from_db()
    assert read_details(kept) is None
    with pytest.raises((ValueError, Answered)) as refusal:
        show_code(kept=kept, code=code, now=BOOKED)
    assert type(refusal.value).__name__ in ("WrongCode", "Answered")
    with pytest.raises(Answered):
        write_details(kept=kept, details=JAN, now=BOOKED)


def test_wish_is_never_booked_by_who_made_it(cast: Cast) -> None:
    kept = _begin(cast, way="on_request")
    person = let_in(cast.anna, kept)
    _finish(kept, person)

    with pytest.raises(Answered):
        book_kept(
            practice=cast.anna.practice, kept=kept, person=person, seen=(60, 20_000), now=BOOKED
        )
    assert not Booking.across.exists()


def test_wish_of_a_hold_that_lapsed_is_refused(cast: Cast) -> None:
    kept = _begin(cast, way="on_request")
    person = let_in(cast.anna, kept)
    ends = until(kept)
    assert ends is not None

    with pytest.raises(Answered):
        _finish(kept, person, now=ends)
    assert kept_of(kept) == ("hold", "")
    assert _finish(kept, person, now=ends - SECOND) == kept


def test_so_many_wishes_wait_for_one_person_and_no_more(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    service = serve(cast.anna, way="on_request")
    starts = [TEN - HOUR, TEN, TEN - 2 * HOUR, MONDAY - 7 * DAY]
    holds = [hold(cast.anna, service, start) for start in starts]
    for kept in holds[:MOST_WISHES]:
        _finish(kept, let_in(cast.anna, kept))

    with pytest.raises(TooManyAhead):
        _finish(holds[-1], let_in(cast.anna, holds[-1]))
    assert kept_of(holds[-1]) == ("hold", "")


@pytest.mark.parametrize(
    "details",
    [
        {"name": "ŻÓŁĆ ola"}, {"name": "Zolc  OLA"}, {"email": "o.l.a@googlemail.com"},
        {"email": "OLA+two@gmail.com"}, {"phone": "+48 601-234-567"}, {"phone": "601234567"},
    ],
)  # fmt: skip
def test_free_session_for_somebody_alike_waits_for_the_practitioner(
    cast: Cast, details: dict[str, Any]
) -> None:
    name_address(cast.ola, "ola@gmail.com")
    Person.objects.of(cast.anna.practice_id).filter(id=cast.ola.id).update(phone="(48) 601 234 567")
    kept = _begin_free(cast)
    person = let_in(cast.anna, kept, **details)
    assert person != cast.ola

    made = _finish(kept, person)

    assert made == kept
    kept.refresh_from_db()
    assert (kept.purpose, kept.alike_id) == ("wish", cast.ola.id)
    assert told_of(cast.anna) == sorted([("wish", ANNA), ("wish", person.email)])


def test_free_session_for_who_came_before_waits_for_the_practitioner(cast: Cast) -> None:
    kept = _begin_free(cast)
    person = let_in(cast.anna, kept, came_before=True)

    _finish(kept, person)

    kept.refresh_from_db()
    assert (kept.purpose, kept.alike_id) == ("wish", None)
    assert told_of(cast.anna) == [("wish", ANNA), ("wish", JANS)]


@pytest.mark.parametrize(
    "details",
    [
        {}, {"name": "Ola"}, {"name": "Ola Żółć-Nowak"}, {"phone": "4567"}, {"phone": "601234568"},
        {"email": "o.l.a@miedza.example"},
    ],
)  # fmt: skip
def test_free_session_for_somebody_else_is_booked(cast: Cast, details: dict[str, Any]) -> None:
    name_address(cast.ola, OLAS)
    Person.objects.of(cast.anna.practice_id).filter(id=cast.ola.id).update(phone="601234567")
    kept = _begin_free(cast)

    made = _finish(kept, let_in(cast.anna, kept, **details))

    assert isinstance(made, Booking)


def test_paid_meeting_for_somebody_alike_is_booked(cast: Cast) -> None:
    kept = _begin(cast)
    person = let_in(cast.anna, kept, name="Żółć Ola", came_before=True)

    assert isinstance(_finish(kept, person), Booking)


def test_who_is_known_and_had_their_free_session_gets_none(cast: Cast) -> None:
    name_address(cast.ola, OLAS)
    kept = _begin_free(cast)
    book(cast.anna, cast.ola, MONDAY - DAY, kind="free", minutes=30)
    person = let_in(cast.anna, kept, email=OLAS.upper())
    before = count_rows(cast.anna)

    with pytest.raises(NoMoreFree, match="free_per_person"):
        _finish(kept, person)
    assert count_rows(cast.anna) == before


def test_person_alike_in_another_practice_is_no_doubt(cast: Cast) -> None:
    make_person(cast.borys, "Jan Nowy")
    kept = _begin_free(cast)

    assert isinstance(_finish(kept, let_in(cast.anna, kept)), Booking)
