"""What somebody waits for: dates and days that suit, a service, a seat in a group."""

from __future__ import annotations

import uuid
from datetime import date
from functools import partial

import pytest

from miedza.bookings import offers, waiting
from miedza.bookings.holding import finish
from miedza.bookings.hours import set_day
from miedza.bookings.keeping import Answered
from miedza.bookings.lapsing import lapse_due, offer_waited_for
from miedza.bookings.models import Booking, Kept, Waiting
from miedza.bookings.reserving import NotOffered
from miedza.bookings.services import open_service
from miedza.bookings.taking import SlotTaken
from miedza.bookings.waiting import MOST_WAITING, WaitsEnough, Wanted
from miedza.ledger.facts import to_instant
from tests.bookings.awaiting import fill_hour, find_last, list_offers, wait_for
from tests.bookings.keeping import (
    DAY,
    HOUR,
    SECOND,
    TEN,
    assert_sound,
    count_free,
    gather,
    hold,
    kept_of,
    list_dates,
    serve,
    spans,
    take_of,
    until,
)
from tests.bookings.offered import offer, open_to, take
from tests.cast import BOOKED, MONDAY, Cast, make_person, moment, tell

MAREK, THIRD = "Marek Łącki", "Third"
NEXT = MONDAY + 7 * DAY


def test_time_that_is_free_already_is_never_offered(cast: Cast) -> None:
    booking, (marek, _third) = fill_hour(cast)
    wanted = Wanted(None, date(2026, 2, 20), date(2026, 3, 10), [])

    entry = waiting.wait(practitioner=cast.anna, person=marek, wanted=wanted, now=BOOKED)

    assert entry.passed == [to_instant(moment("2026-02-23 09:00"))]
    assert list_offers(cast) == []
    tell(cast.anna, booking, "cancelled", "practitioner", BOOKED)
    assert list_offers(cast) == [(MAREK, "03-02 09:00", "")]


@pytest.mark.parametrize(
    ("days", "first", "last", "offered"),
    [
        (["mon"], (3, 1), (3, 31), "03-02 09:00"), (["tue"], (3, 1), (3, 31), "03-03 09:00"),
        (["sat", "sun"], (3, 1), (3, 31), ""), (["tue"], (3, 4), (3, 9), ""),
        ([], (3, 3), (3, 3), "03-03 09:00"), ([], (2, 1), (2, 19), ""), ([], (2, 1), (3, 1), ""),
        (["mon"], (3, 3), (3, 8), ""),
    ],
)  # fmt: skip
def test_only_days_and_dates_that_suit_are_offered(
    cast: Cast, days: list[str], first: tuple[int, int], last: tuple[int, int], offered: str
) -> None:
    week = {"mon": [["10:00", "11:00"]], "tue": [["10:00", "11:00"]]}
    open_to(cast.anna, cast.ola, weekly=week)
    for day in (23, 24):
        set_day(practitioner=cast.anna, date=date(2026, 2, day), windows=[])

    wait_for(
        cast, cast.ola, days=days, first_date=date(2026, *first), last_date=date(2026, *last)
    )  # fmt: skip

    assert [start for _, start, _ in list_offers(cast)] == ([offered] if offered else [])


def test_days_and_dates_are_those_of_the_practices_clocks(cast: Cast) -> None:
    # Half past eleven at night on Sunday in London is Monday in Warsaw.
    open_to(cast.anna, cast.ola, weekly={"mon": [["00:30", "01:30"]]})

    wait_for(
        cast, cast.ola, days=["mon"], first_date=date(2026, 3, 2), last_date=date(2026, 3, 2)
    )  # fmt: skip

    assert [start for _, start, _ in list_offers(cast)] == ["03-01 23:30"]


def test_service_is_waited_for_with_its_own_length_price_and_limits(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, weekly={"mon": [["10:00", "11:30"]]})
    service = serve(cast.anna, minutes=90, price_minor=30_000)
    blocking = take(cast.anna, cast.ola, MONDAY)

    wait_for(cast, cast.marek, service=service)
    assert list_offers(cast) == []
    tell(cast.anna, blocking, "cancelled", "client", BOOKED)

    kept = find_last(cast)
    assert (kept.minutes, kept.price_minor, kept.service) == (90, 30_000, service)


def test_service_that_is_closed_is_not_offered(cast: Cast) -> None:
    booking, (marek, _) = fill_hour(cast)
    service = serve(cast.anna)
    wait_for(cast, marek, service=service)
    open_service(service=service, is_open=False)

    tell(cast.anna, booking, "cancelled", "client", BOOKED)
    assert list_offers(cast) == []

    open_service(service=service, is_open=True)
    assert offer_waited_for(now=BOOKED) == 1


def test_what_is_given_on_request_is_not_offered_by_the_clock(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    service = serve(cast.anna)
    wait_for(cast, cast.ola, service=service)
    wait_for(cast, cast.marek, service=serve(cast.anna, way="on_request"))
    assert [name for name, _, _ in list_offers(cast)] == ["Ola Żółć"]

    serve(cast.anna, service_id=service.id, way="on_request")

    # Nor does what was offered before become a wish of another kind.
    offered = find_last(cast)
    with pytest.raises(Answered):
        finish(kept=offered, person=cast.ola, now=BOOKED)
    assert kept_of(offered) == ("offer", "")


def test_seat_in_a_group_is_offered_once_to_each_in_order(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group, third = gather(cast.anna), make_person(cast.anna, THIRD)
    seated = [take_of(cast.anna, group, person) for person in (cast.ola, cast.marek)]
    frame = list_dates(group)[0]
    for number, person in enumerate((third, cast.marek)):
        wait_for(cast, person, service=group, frame=frame, now=BOOKED + number * SECOND)
    assert list_offers(cast) == []

    now = BOOKED + HOUR
    tell(cast.anna, seated[0], "cancelled", "client", now)
    assert [name for name, _, _ in list_offers(cast)] == [THIRD]
    with pytest.raises(SlotTaken):
        take_of(cast.anna, group, cast.ola, now=now)
    offers.leave_offer(kept=find_last(cast), now=now, stays=True)
    assert [name for name, _, _ in list_offers(cast)] == [THIRD, MAREK]

    # Whoever said no, or nothing, is not asked again and again.
    for _ in range(3):
        now += DAY
        lapse_due(now=now)
        offer_waited_for(now=now)
    assert [name for name, _, _ in list_offers(cast)] == [THIRD, MAREK]
    assert count_free(group, now=now) == [1]
    assert_sound(cast.anna)


def test_offered_seat_is_taken(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group = gather(cast.anna)
    wait_for(cast, cast.ola, frame=list_dates(group)[0])

    booking = offers.take_offer(kept=find_last(cast), now=BOOKED)

    assert isinstance(booking, Booking)
    assert (booking.service, booking.starts_at, count_free(group)) == (group, MONDAY, [1])
    assert_sound(cast.anna)


def test_any_date_of_a_group_is_waited_for_and_never_an_hour_alone(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group = gather(cast.anna, MONDAY, NEXT)
    for person in (cast.ola, cast.marek):
        take_of(cast.anna, group, person)

    wait_for(cast, cast.ola, service=group)
    assert list_offers(cast) == []
    wait_for(cast, cast.marek, service=group, last_date=date(2026, 3, 9))

    assert list_offers(cast) == [(MAREK, "03-09 09:00", "")]
    assert count_free(group) == [0, 1]
    assert_sound(cast.anna)


def test_nobody_is_offered_a_time_twice_however_often_they_wait(cast: Cast) -> None:
    booking, (marek, third) = fill_hour(cast)
    for _ in range(2):
        wait_for(cast, marek)
    tell(cast.anna, booking, "cancelled", "client", BOOKED)
    assert [name for name, _, _ in list_offers(cast)] == [MAREK]

    offers.leave_offer(kept=find_last(cast), now=BOOKED, stays=False)
    wait_for(cast, marek)
    offer_waited_for(now=BOOKED)

    assert [name for name, _, _ in list_offers(cast)] == [MAREK]
    assert take(cast.anna, third, MONDAY).person == third


def test_who_has_an_offer_gets_no_other_before_they_answer(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)

    for _ in range(3):
        wait_for(cast, cast.ola)

    assert list_offers(cast) == [("Ola Żółć", "03-02 08:00", "")]
    offers.leave_offer(kept=find_last(cast), now=BOOKED, stays=True)
    assert [start for _, start, answer in list_offers(cast) if not answer] == ["03-02 09:00"]


def test_so_many_entries_for_one_person_and_what_is_over_counts_no_more(cast: Cast) -> None:
    offer(cast.anna)
    for _ in range(MOST_WAITING):
        wait_for(cast, cast.ola)

    with pytest.raises(WaitsEnough):
        wait_for(cast, cast.ola)
    assert wait_for(cast, cast.marek).ended_at is None
    with pytest.raises(WaitsEnough):
        wait_for(cast, cast.ola, now=moment("2026-03-05 22:59"))

    later = {"first_date": date(2026, 3, 6), "last_date": date(2026, 3, 9)}
    assert wait_for(cast, cast.ola, now=moment("2026-03-05 23:00"), **later).ended_at is None


def test_entry_is_made_once_with_one_id(cast: Cast) -> None:
    wanted = uuid.uuid4()

    assert {wait_for(cast, cast.ola, id=wanted).id for _ in range(3)} == {wanted}
    assert Waiting.across.count() == 1


def test_entries_of_another_practice_are_offered_nothing_here(cast: Cast) -> None:
    booking, (marek, _) = fill_hour(cast)
    offer(cast.borys, {"mon": [["12:00", "13:00"]]})
    wait_for(cast._replace(anna=cast.borys), cast.nastia)
    assert [start for _, start, _ in list_offers(cast._replace(anna=cast.borys))] == ["03-02 09:00"]
    wait_for(cast, marek)

    tell(cast.anna, booking, "cancelled", "client", BOOKED)

    assert [name for name, _, _ in list_offers(cast)] == [MAREK]
    assert Kept.across.count() == 2


def test_notice_and_horizon_hold_for_offers_too(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek, notice_minutes=24 * 60, horizon_days=7)
    group = gather(cast.anna, TEN)

    wait_for(cast, cast.ola, now=MONDAY - 8 * DAY)
    wait_for(cast, cast.ola, now=MONDAY - DAY + SECOND)
    wait_for(cast, cast.marek, frame=list_dates(group)[0], now=TEN - DAY + SECOND)

    assert list_offers(cast) == []
    ask = partial(hold, cast.anna, serve(cast.anna), now=MONDAY - DAY + SECOND)
    with pytest.raises(NotOffered):
        ask()


def test_offer_lapses_at_its_second(cast: Cast) -> None:
    booking, (marek, third) = fill_hour(cast)
    wait_for(cast, marek)
    tell(cast.anna, booking, "cancelled", "client", BOOKED)
    ends = until(find_last(cast))
    assert ends is not None

    with pytest.raises(NotOffered):
        take(cast.anna, third, MONDAY, now=ends - SECOND)
    assert take(cast.anna, third, MONDAY, now=ends).person == third
    assert spans(cast.anna) == ["03-02 09:00"]
    with pytest.raises((NotOffered, SlotTaken)):
        offers.take_offer(kept=find_last(cast), now=ends)
    assert_sound(cast.anna)
