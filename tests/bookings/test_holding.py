"""A visitor's time is held while they say who they are, for one step after another."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings import holding
from miedza.bookings.holding import (
    LONGEST,
    MOST_HOLDS,
    STEP,
    TooManyHolds,
    finish,
    go_on,
    is_held,
    read_details,
    write_details,
)
from miedza.bookings.keeping import Answered, find_by_token
from miedza.bookings.lapsing import lapse_due
from miedza.bookings.models import Booking, Kept
from miedza.bookings.reserving import NotOffered
from miedza.bookings.taking import SlotTaken
from miedza.people.models import Person
from tests.bookings.keeping import (
    HOUR,
    JAN,
    MINUTE,
    SECOND,
    TEN,
    assert_sound,
    count_rows,
    find_orphans,
    gather,
    hold,
    kept_of,
    let_in,
    serve,
    spans,
    told_of,
    until,
)
from tests.bookings.offered import offer
from tests.cast import BOOKED, MONDAY, Cast, book, look

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Service

ANNA, JANS = "anna@miedza.example", "jan@miedza.example"


def _begin(cast: Cast, **said: Any) -> Service:
    """Open hours and a service to visitors."""
    offer(cast.anna)
    return serve(cast.anna, **said)


def _finish(kept: Kept, person: Person, *, now: datetime = BOOKED) -> Booking:
    made = finish(kept=kept, person=person, now=now)
    assert isinstance(made, Booking)
    return made


def test_visitor_holds_says_who_they_are_and_books(cast: Cast) -> None:
    service = _begin(cast)
    kept, token = holding.hold(
        practitioner=cast.anna, service=service, starts_at=MONDAY, now=BOOKED
    )
    found = find_by_token(token)
    assert found == kept
    code = write_details(kept=kept, details=JAN, now=BOOKED)
    assert read_details(kept) == JAN
    assert kept.sealed_text is not None
    assert b"Jan" not in bytes(kept.sealed_text)
    assert code not in (kept.code_digest, kept.token_digest)

    person = let_in(cast.anna, kept)
    booking = _finish(kept, person)

    assert (person.name, person.email, person.time_zone) == (JAN.name, JANS, JAN.zone)
    assert (person.usual_minutes, person.usual_price_minor) == (0, 0)  # Nobody agreed to any.
    assert person.open_text(cast.anna.practice.key) == JAN.text
    assert person.user is not None
    assert (booking.id, booking.person_id, booking.starts_at) == (kept.id, person.id, MONDAY)
    assert (booking.service, kept_of(kept), until(kept)) == (service, ("hold", "yes"), None)
    assert told_of(cast.anna) == [("booked", ANNA), ("booked", JANS)]
    assert spans(cast.anna) == ["03-02 09:00"]
    assert_sound(cast.anna)


def test_finished_twice_it_is_booked_once(cast: Cast) -> None:
    kept = hold(cast.anna, _begin(cast))
    person = let_in(cast.anna, kept)

    booked = [_finish(kept, person).id for _ in range(3)]

    assert booked == [kept.id] * 3
    assert Booking.across.count() == 1


def test_held_twice_with_one_id_it_is_held_once(cast: Cast) -> None:
    for service in (_begin(cast), gather(cast.anna, TEN)):
        wanted, at = uuid.uuid4(), TEN if service.is_group else MONDAY

        made = [
            holding.hold(
                practitioner=cast.anna, service=service, starts_at=at, now=BOOKED, id=wanted
            )
            for _ in range(2)
        ]  # fmt: skip

        assert [kept.id for kept, _token in made] == [wanted, wanted]
        assert made[0][1] == made[1][1]
    assert Kept.across.count() == 2


def test_token_of_another_opens_nothing(cast: Cast) -> None:
    kept, token = holding.hold(
        practitioner=cast.anna, service=_begin(cast), starts_at=MONDAY, now=BOOKED
    )
    letters = "ABCDEFGHIJ"
    wrong = [token[:-2] + letter + token[-1] for letter in letters if letter != token[-2]]

    assert find_by_token(token) == kept
    assert {find_by_token(each) for each in (*wrong, "", "x" * 70, token[:-1])} == {None}


def test_each_step_prolongs_the_hold_but_not_beyond_an_hour(cast: Cast) -> None:
    kept = hold(cast.anna, _begin(cast))
    now, ends = BOOKED, []
    while is_held(kept, now):
        ends.append((go_on(kept=kept, now=now) - BOOKED) / MINUTE)
        now += 14 * MINUTE

    assert ends == [15, 29, 43, 57, 60]
    assert until(kept) == BOOKED + LONGEST
    assert [is_held(kept, BOOKED + LONGEST - SECOND), is_held(kept, BOOKED + LONGEST)] == [
        True, False,
    ]  # fmt: skip
    with pytest.raises(Answered):
        go_on(kept=kept, now=BOOKED + LONGEST)


def test_hold_gives_way_at_its_very_second(cast: Cast) -> None:
    service = _begin(cast)
    first = hold(cast.anna, service)

    with pytest.raises(NotOffered):
        hold(cast.anna, service, now=BOOKED + STEP - SECOND)
    with pytest.raises(SlotTaken):
        book(cast.anna, cast.ola, now=BOOKED + STEP - SECOND)
    second = hold(cast.anna, service, now=BOOKED + STEP)

    with pytest.raises(Answered):
        go_on(kept=first, now=BOOKED + STEP)
    assert [is_held(each, BOOKED + STEP) for each in (first, second)] == [False, True]
    assert_sound(cast.anna)


@pytest.mark.parametrize("clock", ["sleeps", "turned"])
def test_lapsed_hold_books_all_the_same_while_nobody_took_the_time(cast: Cast, clock: str) -> None:
    kept = hold(cast.anna, _begin(cast))
    person, late = let_in(cast.anna, kept), BOOKED + 2 * HOUR
    if clock == "turned":
        assert lapse_due(now=late) == 1

    booking = _finish(kept, person, now=late)

    assert (booking.id, booking.outcome, kept_of(kept)) == (kept.id, "open", ("hold", "yes"))
    assert lapse_due(now=late) == 0
    assert_sound(cast.anna)


@pytest.mark.parametrize("clock", ["sleeps", "turned"])
@pytest.mark.parametrize("by", ["practitioner", "visitor"])
def test_lapsed_hold_is_refused_where_somebody_took_the_time(
    cast: Cast, clock: str, by: str
) -> None:
    service = _begin(cast)
    kept = hold(cast.anna, service)
    person, late = let_in(cast.anna, kept), BOOKED + 2 * HOUR
    if clock == "turned":
        lapse_due(now=late)
    if by == "practitioner":
        book(cast.anna, cast.ola, MONDAY + 30 * MINUTE, now=late)
    else:
        hold(cast.anna, service, now=late)
    before = count_rows(cast.anna)

    for _ in range(2):
        with pytest.raises((NotOffered, SlotTaken)):
            _finish(kept, person, now=late)

    assert count_rows(cast.anna) == before
    assert find_orphans(cast.anna) == []
    assert_sound(cast.anna)


def test_lapsed_hold_of_a_seat_takes_another_or_is_refused(cast: Cast) -> None:
    offer(cast.anna)
    group = gather(cast.anna)
    kept, late = hold(cast.anna, group), BOOKED + 2 * HOUR
    person = let_in(cast.anna, kept)
    lapse_due(now=late)
    other = hold(cast.anna, group, now=late)

    booking = _finish(kept, person, now=late)
    assert look(cast.anna, booking.id).outcome == "open"
    assert [kept_of(each)[1] for each in (kept, other)] == ["yes", ""]
    third = hold(cast.anna, gather(cast.anna, TEN), TEN, now=late)
    let_in(cast.anna, third, now=late)
    assert_sound(cast.anna)


def test_nobody_books_what_has_begun_though_it_was_held_before(cast: Cast) -> None:
    service = _begin(cast)
    kept = hold(cast.anna, service, now=MONDAY - 10 * MINUTE)
    person = let_in(cast.anna, kept, now=MONDAY - 5 * MINUTE)

    with pytest.raises(NotOffered):
        _finish(kept, person, now=MONDAY + 5 * MINUTE)
    assert not Booking.across.exists()


def test_so_many_are_held_at_once_and_no_more(cast: Cast) -> None:
    offer(cast.anna)
    group = gather(cast.anna, seats=MOST_HOLDS + 5)
    holds = [hold(cast.anna, group) for _ in range(MOST_HOLDS)]

    with pytest.raises(TooManyHolds):
        hold(cast.anna, group)
    offer(cast.borys)
    assert hold(cast.borys, serve(cast.borys), BOOKED.replace(day=23, hour=7)).purpose == "hold"
    _finish(holds[0], let_in(cast.anna, holds[0]))
    assert hold(cast.anna, group).purpose == "hold"
    with pytest.raises(TooManyHolds):
        hold(cast.anna, group, now=BOOKED + LONGEST - SECOND)
    assert hold(cast.anna, group, now=BOOKED + LONGEST).purpose == "hold"
