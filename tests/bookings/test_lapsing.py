"""The clock lets go what nobody answered: at its second, once, and never against an answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from miedza.bookings import holding, keeping, offers, proposing, wishing
from miedza.bookings.keeping import find_kept
from miedza.bookings.lapsing import lapse_due, offer_waited_for
from miedza.bookings.models import Booking, Kept
from miedza.people.models import Person
from miedza.practice.models import Practice
from tests.bookings.asking import name_address
from tests.bookings.awaiting import fill_hour, find_last, list_offers, wait_for
from tests.bookings.keeping import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    TEN,
    ask_for,
    assert_sound,
    hold,
    kept_of,
    let_in,
    propose,
    serve,
    spans,
    told_of,
    until,
)
from tests.bookings.offered import offer, open_to, take
from tests.bookings.racing import RACES, race
from tests.cast import BOOKED, MONDAY, Cast, book, look, make_person, tell

if TYPE_CHECKING:
    from datetime import datetime


def _keep_all(cast: Cast) -> list[Kept]:
    """Keep a time for each purpose."""
    week = {"mon": [["10:00", "11:00"]], "tue": [["10:00", "11:00"]]}
    open_to(cast.anna, cast.ola, cast.marek, weekly=week)
    made = [
        hold(cast.anna, serve(cast.anna), MONDAY - 7 * DAY),
        ask_for(cast.anna, cast.ola, MONDAY - 6 * DAY),
        propose(cast.anna, book(cast.anna, cast.ola, MONDAY + DAY), MONDAY + 2 * DAY),
    ]
    wait_for(cast, cast.marek, days=["mon"])
    return [*made, find_last(cast)]


def test_each_lapses_at_its_second_and_once(cast: Cast) -> None:
    made = _keep_all(cast)
    ends = sorted(end for end in map(until, made) if end is not None)
    assert ends == [BOOKED + 15 * MINUTE, *(BOOKED + hours * HOUR for hours in (24, 47.5, 72))]

    for number, end in enumerate(ends):
        assert lapse_due(now=end - SECOND) == 0
        assert [lapse_due(now=end) for _ in range(2)] == [1, 0], number

    assert {kept_of(each)[1] for each in made} == {"lapsed"}
    assert spans(cast.anna) == ["03-03 09:00"]
    assert_sound(cast.anna)


def test_clock_that_slept_for_long_lets_all_go_in_one_turn(cast: Cast) -> None:
    made = _keep_all(cast)

    assert lapse_due(now=MONDAY + 30 * DAY) == 4

    assert {kept_of(each)[1] for each in made} == {"lapsed"}
    made[1].refresh_from_db()
    assert made[1].answered_at == MONDAY + 30 * DAY


def test_turn_looks_at_so_many_and_the_next_at_the_others(cast: Cast) -> None:
    _keep_all(cast)

    assert [lapse_due(now=MONDAY, most=3) for _ in range(3)] == [3, 1, 0]


def test_what_was_answered_does_not_lapse(cast: Cast) -> None:
    held, asked, proposed, offered = _keep_all(cast)
    practice = cast.anna.practice
    keeping.answer(practice=practice, kept_id=held.id, said="withdrawn", now=BOOKED)
    wishing.give(practice=practice, kept_id=asked.id, now=BOOKED)
    proposing.agree(practice=practice, kept_id=proposed.id, now=BOOKED)
    offers.take_offer(kept=offered, now=BOOKED)
    before, told = spans(cast.anna), told_of(cast.anna)

    assert lapse_due(now=MONDAY + 30 * DAY) == 0

    assert (spans(cast.anna), told_of(cast.anna)) == (before, told)
    assert_sound(cast.anna)


def test_only_a_wish_is_told_of_and_to_its_sides_alone(cast: Cast) -> None:
    name_address(cast.ola, "ola@miedza.example")
    name_address(cast.marek, "marek@miedza.example")
    _keep_all(cast)
    lapse_due(now=MONDAY)

    assert [each for each in told_of(cast.anna) if each[0] == "lapsed"] == [
        ("lapsed", "anna@miedza.example"), ("lapsed", "ola@miedza.example"),
    ]  # fmt: skip


def test_time_that_gave_way_is_not_given_back_to_its_next_owner(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    kept = ask_for(cast.anna, cast.ola)
    ends = until(kept)
    assert ends is not None
    booking = take(cast.anna, cast.marek, MONDAY, now=ends)

    assert lapse_due(now=ends) == 1

    assert kept_of(kept) == ("wish", "lapsed")
    assert look(cast.anna, booking.id).occupies
    assert_sound(cast.anna)


def test_what_lapses_in_one_practice_touches_no_other(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    open_to(cast.borys, cast.nastia, weekly={"mon": [["12:00", "13:00"]]})
    mine = ask_for(cast.anna, cast.ola)
    theirs = ask_for(cast.borys, cast.nastia, now=BOOKED + HOUR)

    assert lapse_due(now=BOOKED + 2 * DAY) == 1

    assert [kept_of(each)[1] for each in (mine, theirs)] == ["lapsed", ""]


def test_new_hours_are_offered_to_who_waits_at_the_next_turn(cast: Cast) -> None:
    _, (marek, third) = fill_hour(cast)
    for number, person in enumerate((marek, third)):
        wait_for(cast, person, now=BOOKED + number * SECOND)
    offer(cast.anna, {"mon": [["10:00", "13:00"]]})

    made = [offer_waited_for(now=BOOKED + HOUR) for _ in range(3)]

    assert made == [2, 0, 0]
    assert list_offers(cast) == [
        ("Marek Łącki", "03-02 10:00", ""), ("Third", "03-02 11:00", ""),
    ]  # fmt: skip
    assert_sound(cast.anna)


def test_one_that_cannot_be_told_of_stops_no_other(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    for person in (cast.ola, cast.marek):
        name_address(person, f"{person.name[:3]}@miedza.example")
    bad, good = ask_for(cast.anna, cast.ola, MONDAY), ask_for(cast.anna, cast.marek, TEN)
    # Nobody knows the clocks she lives by any more.
    Person.objects.of(cast.anna.practice_id).filter(id=cast.ola.id).update(time_zone="No/where")

    for _ in range(2):
        with pytest.raises(ExceptionGroup) as failure:
            lapse_due(now=BOOKED + 2 * DAY)
        assert [str(bad.id) in error.__notes__[0] for error in failure.value.exceptions] == [True]

    assert [kept_of(each)[1] for each in (bad, good)] == ["", "lapsed"]


def test_one_practice_that_cannot_offer_stops_no_other(cast: Cast) -> None:
    for one, person in ((cast.anna, cast.ola), (cast.borys, cast.nastia)):
        wait_for(cast._replace(anna=one), person)
        offer(one)
    Practice.objects.filter(id=cast.anna.practice_id).update(time_zone="No/where")

    with pytest.raises(ExceptionGroup) as failure:
        offer_waited_for(now=BOOKED)

    assert len(failure.value.exceptions) == 1
    assert [kept.person for kept in Kept.across.all()] == [cast.nastia]


def _read(kept: Kept) -> Kept:
    found = find_kept(practice_id=kept.practice_id, kept_id=kept.id)
    assert found is not None
    return found


def _race_clock(cast: Cast, kept: Kept, act: object, *, now: datetime) -> str:
    """Let clocks and an answer go at once; what was answered in the end."""
    assert callable(act)
    answers = race([act, *[partial(lapse_due, now=now)] * 3])
    assert set(answers) <= {"done", "Answered", "SlotTaken", "NotOffered"}
    assert answers["done"] >= 3
    assert_sound(cast.anna)
    return kept_of(kept)[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
@pytest.mark.parametrize("said", ["give", "decline", "withdraw"])
def test_clocks_race_with_the_answer_to_a_wish(standing_cast: Cast, number: int, said: str) -> None:
    cast, practice = standing_cast, standing_cast.anna.practice
    open_to(cast.anna, cast.ola)
    kept, now = ask_for(cast.anna, name_address(cast.ola, "o@miedza.example")), BOOKED + 2 * DAY
    ways = {
        "give": partial(wishing.give, practice=practice, kept_id=kept.id, now=now),
        "decline": partial(
            wishing.decline, practice=practice, kept_id=kept.id, words="", now=now
        ),
        "withdraw": partial(
            keeping.answer, practice=practice, kept_id=kept.id, said="withdrawn", now=now
        ),
    }  # fmt: skip

    answer = _race_clock(cast, kept, ways[said], now=now)

    # A yes that comes a moment late is still a yes, as the time is free.
    wanted = {"give": {"yes"}, "decline": {"no", "lapsed"}, "withdraw": {"withdrawn", "lapsed"}}
    assert answer in wanted[said]
    assert Booking.objects.of(practice.id).filter(occupies=True).count() == (answer == "yes")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_clocks_race_with_a_visitor_and_with_a_proposal(standing_cast: Cast, number: int) -> None:
    cast = standing_cast
    offer(cast.anna)
    kept = hold(cast.anna, serve(cast.anna))
    person, now = let_in(cast.anna, kept), BOOKED + 15 * MINUTE
    finish = partial(holding.finish, kept=_read(kept), person=person, now=now)
    assert _race_clock(cast, kept, finish, now=now) == "yes"

    booking = book(cast.anna, cast.ola, TEN + DAY)
    proposed = propose(cast.anna, booking, TEN + 2 * DAY)
    agree = partial(
        proposing.agree, practice=cast.anna.practice, kept_id=proposed.id,
        now=BOOKED + 3 * DAY - SECOND,
    )  # fmt: skip
    answer = _race_clock(cast, proposed, agree, now=BOOKED + 3 * DAY)
    moved = look(cast.anna, booking.id).starts_at == TEN + 2 * DAY
    assert (answer, moved) in (("yes", True), ("lapsed", False))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_clocks_offer_a_time_to_one_alone(standing_cast: Cast, number: int) -> None:
    cast = standing_cast
    booking, people = fill_hour(
        cast, cast.marek, *(make_person(cast.anna, f"P{n}") for n in range(3))
    )
    for person in people:
        wait_for(cast, person)
    tell(cast.anna, booking, "cancelled", "client", BOOKED)
    kept, now = find_last(cast), BOOKED + DAY

    answers = race(
        [
            *[partial(lapse_due, now=now)] * 2, *[partial(offer_waited_for, now=now)] * 2,
            partial(offers.take_offer, kept=kept, now=now),
        ]
    )  # fmt: skip

    assert set(answers) <= {"done", "NotOffered", "Answered", "SlotTaken"}
    assert len(spans(cast.anna)) == 1
    assert_sound(cast.anna)
