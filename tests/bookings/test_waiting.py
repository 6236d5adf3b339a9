"""Whoever waits is offered what is free in order, and nobody else sees it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.bookings import by_clients, keeping, offers, proposing, wishing
from miedza.bookings.actions import strike
from miedza.bookings.keeping import Answered, find_by_token
from miedza.bookings.lapsing import lapse_due, offer_waited_for
from miedza.bookings.limits import Blocked
from miedza.bookings.models import Booking
from miedza.bookings.reserving import NotAccepted, NotOffered
from miedza.bookings.waiting import LONGEST, list_waiting
from miedza.people.actions import block
from tests.bookings.asking import name_address, read_letters
from tests.bookings.awaiting import fill_hour, find_last, list_offers, wait_for
from tests.bookings.keeping import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    TEN,
    ask_for,
    assert_sound,
    kept_of,
    propose,
    spans,
    told_of,
    until,
)
from tests.bookings.offered import offer, take
from tests.cast import BOOKED, MONDAY, Cast, book, make_person, tell

if TYPE_CHECKING:
    pass

MAREK, THIRD = "Marek Łącki", "Third"


def test_time_that_is_freed_is_offered_in_the_same_moment(cast: Cast) -> None:
    booking, (marek, third) = fill_hour(cast)
    entry = wait_for(cast, name_address(marek, "marek@miedza.example"))
    assert list_offers(cast) == []

    by_clients.cancel(
        practice=cast.anna.practice, booking_id=booking.id, seen_at=MONDAY, cause=None, now=BOOKED
    )

    assert list_offers(cast) == [(MAREK, "03-02 09:00", "")]
    kept = find_last(cast)
    assert (kept.waiting_id, until(kept)) == (entry.id, BOOKED + LONGEST)
    for person in (cast.ola, third):
        with pytest.raises(NotOffered):
            take(cast.anna, person, MONDAY)
    assert told_of(cast.anna).count(("offer", "marek@miedza.example")) == 1
    assert_sound(cast.anna)


@pytest.mark.parametrize("way", ["moved", "struck", "declined", "withdrawn", "refused", "replaced"])
def test_time_is_offered_whatever_freed_it(cast: Cast, way: str) -> None:
    _, (marek, third) = fill_hour(cast)
    offer(cast.anna, {"mon": [["10:00", "13:00"]]})
    wish = ask_for(cast.anna, third, TEN)
    elsewhere = book(cast.anna, cast.ola, MONDAY + 2 * DAY)
    proposed = propose(cast.anna, elsewhere, TEN + HOUR)
    first = Booking.objects.of(cast.anna.practice_id).get(starts_at=MONDAY)
    wait_for(cast, marek)
    if way == "moved":
        tell(cast.anna, first, "moved", "client", BOOKED, to_at=MONDAY + 5 * HOUR)
    elif way == "struck":
        strike(practice=cast.anna.practice, booking_id=first.id, now=BOOKED)
    elif way == "declined":
        wishing.decline(practice=cast.anna.practice, kept_id=wish.id, words="", now=BOOKED)
    elif way == "withdrawn":
        keeping.answer(
            practice=cast.anna.practice, kept_id=wish.id, said="withdrawn", now=BOOKED
        )  # fmt: skip
    elif way == "refused":
        proposing.refuse(practice=cast.anna.practice, kept_id=proposed.id, now=BOOKED)
    else:
        propose(cast.anna, elsewhere, MONDAY + 9 * HOUR)

    freed = {"moved": "09:00", "struck": "09:00", "declined": "10:00", "withdrawn": "10:00"}
    assert list_offers(cast) == [(MAREK, f"03-02 {freed.get(way, '11:00')}", "")]
    assert_sound(cast.anna)


def test_deadline_passes_it_on_to_the_next_and_to_nobody_twice(cast: Cast) -> None:
    booking, people = fill_hour(cast)
    for number, person in enumerate(people):
        wait_for(cast, person, now=BOOKED + number * SECOND)
    tell(cast.anna, booking, "cancelled", "client", BOOKED + HOUR)

    now = BOOKED + HOUR
    for expected in ([MAREK], [MAREK, THIRD], [MAREK, THIRD], [MAREK, THIRD]):
        assert [name for name, _, _ in list_offers(cast)] == expected
        lapse_due(now=now + LONGEST - SECOND)
        offer_waited_for(now=now + LONGEST - SECOND)
        assert [name for name, _, _ in list_offers(cast)] == expected
        now += LONGEST
        lapse_due(now=now)
        offer_waited_for(now=now)

    assert [answer for _, _, answer in list_offers(cast)] == ["lapsed", "lapsed"]
    assert take(cast.anna, cast.ola, MONDAY, now=now).starts_at == MONDAY


def test_no_passes_it_on_at_once(cast: Cast) -> None:
    booking, people = fill_hour(cast)
    entries = [wait_for(cast, person, now=BOOKED + n * SECOND) for n, person in enumerate(people)]
    tell(cast.anna, booking, "cancelled", "client", BOOKED + HOUR)

    offers.leave_offer(kept=find_last(cast), now=BOOKED + HOUR, stays=True)

    assert list_offers(cast) == [(MAREK, "03-02 09:00", "no"), (THIRD, "03-02 09:00", "")]
    offers.leave_offer(kept=find_last(cast), now=BOOKED + HOUR, stays=False)
    assert list(list_waiting(practice_id=cast.anna.practice_id)) == [entries[0]]
    assert len(list_offers(cast)) == 2
    with pytest.raises(Answered):
        offers.leave_offer(kept=find_last(cast), now=BOOKED + HOUR, stays=True)


def test_taking_the_offer_books_it_and_ends_the_waiting(cast: Cast) -> None:
    booking, (marek, _) = fill_hour(cast)
    entry = wait_for(cast, marek)
    tell(cast.anna, booking, "cancelled", "client", BOOKED)
    kept = find_last(cast)

    booked = [offers.take_offer(kept=kept, now=BOOKED + HOUR).id for _ in range(2)]

    assert booked == [kept.id, kept.id]
    entry.refresh_from_db()
    assert (kept_of(kept), entry.ended_at) == (("offer", "yes"), BOOKED + HOUR)
    offer(cast.anna)
    offer_waited_for(now=BOOKED + HOUR)
    assert len(list_offers(cast)) == 1
    assert_sound(cast.anna)


def test_leaving_the_list_gives_the_offer_to_the_next(cast: Cast) -> None:
    booking, people = fill_hour(cast)
    entries = [wait_for(cast, person, now=BOOKED + n * SECOND) for n, person in enumerate(people)]
    tell(cast.anna, booking, "cancelled", "client", BOOKED + HOUR)
    practice = cast.anna.practice

    stopped = [
        offers.stop_waiting(practice=practice, waiting_id=entries[0].id, now=BOOKED + HOUR)
        for _ in range(2)
    ]

    assert stopped == [True, False]
    assert [name for name, _, answer in list_offers(cast) if not answer] == [THIRD]
    assert not offers.stop_waiting(
        practice=cast.borys.practice, waiting_id=entries[1].id, now=BOOKED
    )
    offers.stop_waiting(practice=practice, waiting_id=entries[1].id, now=BOOKED + HOUR)
    assert spans(cast.anna) == []


def test_lapsed_offer_is_taken_while_the_time_is_free_and_refused_where_it_is_not(
    cast: Cast,
) -> None:
    booking, (marek, third) = fill_hour(cast)
    wait_for(cast, marek)
    tell(cast.anna, booking, "cancelled", "client", BOOKED)
    kept, late = find_last(cast), BOOKED + 2 * DAY
    lapse_due(now=late)
    wait_for(cast, third, now=late)
    assert [name for name, _, answer in list_offers(cast) if not answer] == [THIRD]

    with pytest.raises(NotOffered):
        offers.take_offer(kept=kept, now=late)
    offers.leave_offer(kept=find_last(cast), now=late, stays=True)

    assert offers.take_offer(kept=kept, now=late).person == marek
    assert_sound(cast.anna)


def test_offer_needs_the_agreement_and_no_block(cast: Cast) -> None:
    booking, (marek, _) = fill_hour(cast)
    stranger = make_person(cast.anna, "Stranger")
    for person in (stranger, marek):
        wait_for(cast, person)
    tell(cast.anna, booking, "cancelled", "client", BOOKED)
    with pytest.raises(NotAccepted):
        offers.take_offer(kept=find_last(cast), now=BOOKED)
    offers.leave_offer(kept=find_last(cast), now=BOOKED, stays=True)
    block(practice=cast.anna.practice, person=marek, now=BOOKED)

    with pytest.raises(Blocked):
        offers.take_offer(kept=find_last(cast), now=BOOKED)
    assert not Booking.objects.of(cast.anna.practice_id).filter(outcome="open").exists()


def test_nothing_is_offered_to_the_blocked_and_they_do_not_wait(cast: Cast) -> None:
    booking, (marek, third) = fill_hour(cast)
    for person in (marek, third):
        wait_for(cast, person)
    block(practice=cast.anna.practice, person=marek, now=BOOKED)
    tell(cast.anna, booking, "cancelled", "client", BOOKED)

    assert [name for name, _, _ in list_offers(cast)] == [THIRD]
    with pytest.raises(Blocked):
        wait_for(cast, marek)


@pytest.mark.parametrize(("minutes", "count"), [(61, 1), (60, 1), (59, 0), (1, 0), (0, 0)])
def test_nothing_is_offered_that_leaves_less_than_half_an_hour(
    cast: Cast, minutes: int, count: int
) -> None:
    booking, (marek, _) = fill_hour(cast)
    wait_for(cast, marek)

    tell(cast.anna, booking, "cancelled", "practitioner", MONDAY - minutes * MINUTE)

    assert len(list_offers(cast)) == count
    if count:
        assert until(find_last(cast)) == MONDAY - minutes * MINUTE / 2


def test_who_waits_is_told_with_a_link_of_their_own(cast: Cast) -> None:
    booking, (marek, _) = fill_hour(cast)
    wait_for(cast, name_address(marek, "marek@miedza.example"))
    tell(cast.anna, booking, "cancelled", "client", BOOKED)

    text = read_letters("offer")["marek@miedza.example"].text

    token = next(word for word in text.split() if "/answer/" in word or len(word) > 70)
    assert find_by_token(token.rstrip("/").rpartition("/")[2]) == find_last(cast)
