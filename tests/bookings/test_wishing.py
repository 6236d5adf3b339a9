"""A time that somebody asks for is kept for them until a yes or a no, or until neither came."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from miedza.bookings import keeping, wishing
from miedza.bookings.actions import strike
from miedza.bookings.keeping import Answered, list_kept
from miedza.bookings.lapsing import lapse_due
from miedza.bookings.limits import TooManyAhead
from miedza.bookings.models import Booking, Kept
from miedza.bookings.reserving import NotAccepted, NotOffered
from miedza.bookings.taking import SlotTaken
from miedza.bookings.wishing import LONGEST, MOST_WISHES
from miedza.ledger.queries import find_meeting
from tests.bookings.asking import name_address, read_letters
from tests.bookings.keeping import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    TEN,
    ask_for,
    assert_sound,
    choose,
    count_rows,
    gather,
    hold,
    kept_of,
    serve,
    spans,
    told_of,
    until,
)
from tests.bookings.offered import offer, open_to, take
from tests.cast import ANNAS_TERMS, BOOKED, MONDAY, Cast, book, look, publish_rules, tell

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

OLA, ANNA = "ola@miedza.example", "anna@miedza.example"


def _give(cast: Cast, kept: Kept, *, now: datetime = BOOKED) -> Booking:
    return wishing.give(practice=cast.anna.practice, kept_id=kept.id, now=now)


def _decline(cast: Cast, kept: Kept, words: str = "", *, now: datetime = BOOKED) -> Kept:
    return wishing.decline(practice=cast.anna.practice, kept_id=kept.id, words=words, now=now)


def _withdraw(cast: Cast, kept: Kept, *, now: datetime = BOOKED) -> Kept:
    return keeping.answer(
        practice=cast.anna.practice, kept_id=kept.id, said="withdrawn", now=now
    )  # fmt: skip


def _ask(cast: Cast, starts_at: datetime = MONDAY) -> Kept:
    """Let Ola ask for a time."""
    open_to(cast.anna, cast.ola, cast.marek)
    return ask_for(cast.anna, name_address(cast.ola, OLA), starts_at, text="Before the exam.")


def test_time_that_is_asked_for_is_kept_and_both_are_told(cast: Cast) -> None:
    kept = _ask(cast)

    assert (kept_of(kept), until(kept)) == (("wish", ""), BOOKED + LONGEST)
    assert (kept.minutes, kept.price_minor, kept.kind) == (60, 20_000, "paid")
    assert told_of(cast.anna) == [("wish", ANNA), ("wish", OLA)]
    letters = read_letters("wish")
    assert "Before the exam." in letters[ANNA].text
    assert "Before the exam." not in letters[OLA].text
    listed = list_kept(practice_id=cast.anna.practice_id, purpose="wish", now=BOOKED)
    assert list(listed) == [kept]
    assert not list_kept(practice_id=cast.borys.practice_id, purpose="wish", now=BOOKED)
    with pytest.raises(NotOffered):
        take(cast.anna, cast.marek, MONDAY)
    with pytest.raises(NotOffered):
        ask_for(cast.anna, cast.marek, MONDAY)
    with pytest.raises(SlotTaken):
        book(cast.anna, cast.marek, MONDAY)


@pytest.mark.parametrize(
    ("before", "kept_for"),
    [
        (96 * HOUR, 48 * HOUR), (95 * HOUR, 47.5 * HOUR), (2 * HOUR, HOUR), (2 * MINUTE, MINUTE),
        (200 * HOUR, 48 * HOUR),
    ],
)  # fmt: skip
def test_it_is_kept_no_longer_than_half_of_what_is_left(
    cast: Cast, before: timedelta, kept_for: timedelta
) -> None:
    open_to(cast.anna, cast.ola)
    now = MONDAY - before

    assert until(ask_for(cast.anna, cast.ola, now=now)) == now + kept_for


def test_yes_is_a_booking_as_it_was_asked_for(cast: Cast) -> None:
    kept = _ask(cast)
    cast.ola.usual_minutes, cast.ola.usual_price_minor = 30, 90_000
    cast.ola.save()

    booking = _give(cast, kept)

    assert (booking.id, booking.person, booking.starts_at) == (kept.id, cast.ola, MONDAY)
    meeting = find_meeting(practice_id=cast.anna.practice_id, meeting_id=booking.id)
    assert meeting is not None
    assert (meeting.minutes, meeting.price_minor, meeting.kind) == (60, 20_000, "paid")
    assert (kept_of(kept), until(kept)) == (("wish", "yes"), None)
    assert ("booked", OLA) in told_of(cast.anna)
    assert_sound(cast.anna)


def test_yes_that_is_said_twice_is_one_booking(cast: Cast) -> None:
    kept = _ask(cast)

    assert len({_give(cast, kept).id for _ in range(3)}) == 1

    assert Booking.across.count() == 1
    with pytest.raises(Answered):
        _decline(cast, kept)
    with pytest.raises(Answered):
        _withdraw(cast, kept)
    assert look(cast.anna, kept.id).outcome == "open"


def test_booking_of_a_wish_can_be_cancelled_and_struck(cast: Cast) -> None:
    first, second = _ask(cast), ask_for(cast.anna, cast.marek, TEN)
    tell(cast.anna, _give(cast, first), "cancelled", "client", BOOKED)
    assert _give(cast, first).outcome == "cancelled"

    _give(cast, second)
    strike(practice=cast.anna.practice, booking_id=second.id, now=BOOKED)

    assert spans(cast.anna) == []
    with pytest.raises(Answered):
        _give(cast, second)
    assert_sound(cast.anna)


def test_no_frees_the_time_and_tells_who_asked(cast: Cast) -> None:
    kept = _ask(cast)

    for _ in range(2):
        _decline(cast, kept, "I am at the sea.")

    assert (kept_of(kept), spans(cast.anna)) == (("wish", "no"), [])
    assert told_of(cast.anna) == [("no", OLA), ("wish", ANNA), ("wish", OLA)]
    assert "I am at the sea." in read_letters("no")[OLA].text
    assert take(cast.anna, cast.marek, MONDAY).starts_at == MONDAY
    with pytest.raises(Answered):
        _give(cast, kept)


def test_who_asked_may_withdraw(cast: Cast) -> None:
    kept = _ask(cast)

    for _ in range(2):
        _withdraw(cast, kept)

    assert (kept_of(kept), spans(cast.anna)) == (("wish", "withdrawn"), [])
    for act in (_give, _decline):
        with pytest.raises(Answered):
            act(cast, kept)
    assert take(cast.anna, cast.marek, MONDAY).starts_at == MONDAY


def test_wish_that_nobody_answered_lapses_and_both_are_told(cast: Cast) -> None:
    kept = _ask(cast)
    ends = BOOKED + LONGEST

    assert lapse_due(now=ends - SECOND) == 0
    assert [lapse_due(now=ends) for _ in range(2)] == [1, 0]

    assert (kept_of(kept), spans(cast.anna)) == (("wish", "lapsed"), [])
    assert told_of(cast.anna)[:2] == [("lapsed", ANNA), ("lapsed", OLA)]
    for act in (_decline, _withdraw):
        with pytest.raises(Answered):
            act(cast, kept, now=ends)


@pytest.mark.parametrize("clock", ["sleeps", "turned"])
def test_wish_that_waited_too_long_is_given_while_it_is_free(cast: Cast, clock: str) -> None:
    kept, late = _ask(cast), BOOKED + 3 * DAY
    if clock == "turned":
        lapse_due(now=late)

    booking = _give(cast, kept, now=late)

    assert (booking.id, kept_of(kept)) == (kept.id, ("wish", "yes"))
    assert _give(cast, kept, now=late) == booking
    assert lapse_due(now=late) == 0
    assert_sound(cast.anna)


@pytest.mark.parametrize("clock", ["sleeps", "turned"])
@pytest.mark.parametrize("way", ["booked", "held", "asked for"])
def test_wish_that_waited_too_long_is_refused_where_the_time_is_taken(
    cast: Cast, clock: str, way: str
) -> None:
    kept, late = _ask(cast), BOOKED + 3 * DAY
    if clock == "turned":
        lapse_due(now=late)
    ways: dict[str, Callable[[], object]] = {
        "booked": partial(take, cast.anna, cast.marek, MONDAY, now=late),
        "held": partial(hold, cast.anna, serve(cast.anna), now=late),
        "asked for": partial(ask_for, cast.anna, cast.marek, now=late),
    }
    ways[way]()
    before = count_rows(cast.anna)

    for _ in range(2):
        with pytest.raises(SlotTaken):
            _give(cast, kept, now=late)

    assert count_rows(cast.anna) == before
    assert_sound(cast.anna)


def test_nothing_is_given_of_what_has_begun(cast: Cast) -> None:
    kept = _ask(cast)

    with pytest.raises(Answered):
        _give(cast, kept, now=MONDAY)
    assert _give(cast, kept, now=MONDAY - SECOND).outcome == "open"


def test_nobody_asks_under_rules_they_have_not_accepted(cast: Cast) -> None:
    offer(cast.anna)

    with pytest.raises(NotAccepted):
        ask_for(cast.anna, cast.ola)
    open_to(cast.anna, cast.ola)
    publish_rules(cast.anna, ANNAS_TERMS, now=BOOKED + HOUR)
    with pytest.raises(NotAccepted):
        ask_for(cast.anna, cast.ola, now=BOOKED + HOUR)

    assert not Kept.across.exists()


def test_three_wishes_wait_and_no_more(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    starts = [TEN, MONDAY, TEN - 2 * HOUR, TEN - 7 * DAY]
    wishes = [ask_for(cast.anna, cast.ola, start) for start in starts[:MOST_WISHES]]
    assert len(wishes) == 3

    with pytest.raises(TooManyAhead):
        ask_for(cast.anna, cast.ola, starts[3])
    assert ask_for(cast.anna, cast.marek, starts[3]).purpose == "wish"
    _withdraw(cast, wishes[0])
    _give(cast, wishes[1])
    assert len([ask_for(cast.anna, cast.ola, start) for start in (TEN, TEN - 7 * DAY - HOUR)]) == 2


def test_asked_twice_with_one_id_it_is_asked_once(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    wanted = uuid.uuid4()

    assert {ask_for(cast.anna, cast.ola, id=wanted).id for _ in range(3)} == {wanted}
    assert Kept.across.count() == 1


def test_seat_of_a_group_is_asked_for_and_given(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group = gather(cast.anna)
    wishes = [ask_for(cast.anna, person, choice=choose(group)) for person in (cast.ola, cast.marek)]

    booked = [_give(cast, kept, now=BOOKED + 3 * DAY) for kept in wishes]

    assert [booking.id for booking in booked] == [kept.id for kept in wishes]
    assert_sound(cast.anna)


def test_wish_of_another_practice_is_none(cast: Cast) -> None:
    kept, practice = _ask(cast), cast.borys.practice

    with pytest.raises(Answered):
        wishing.give(practice=practice, kept_id=kept.id, now=BOOKED)
    with pytest.raises(Answered):
        wishing.decline(practice=practice, kept_id=kept.id, words="", now=BOOKED)
    with pytest.raises(Answered):
        keeping.answer(practice=practice, kept_id=kept.id, said="no", now=BOOKED)

    assert kept_of(kept) == ("wish", "")
