"""Groups: so many seats and not one more, whichever way leads to them."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING

import pytest

from miedza.bookings import by_clients, wishing
from miedza.bookings.grouping import NotGroup, open_group
from miedza.bookings.groups import find_group, list_seated
from miedza.bookings.models import Booking, Taken
from miedza.bookings.reserving import NotOffered
from miedza.bookings.taking import SlotTaken
from tests.bookings.keeping import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    TEN,
    ask_for,
    assert_sound,
    choose,
    count_free,
    gather,
    hold,
    list_dates,
    serve,
    spans,
    take_of,
    until,
)
from tests.bookings.offered import open_to, take
from tests.cast import BOOKED, MONDAY, Cast, book, look, make_person, tell

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.people.models import Person

NEXT = MONDAY + 7 * DAY


def _add(cast: Cast, name: str = "Third") -> Person:
    """Somebody more who may book."""
    person = make_person(cast.anna, name)
    open_to(cast.anna, person)
    return person


def _move(cast: Cast, booking: Booking, to_at: datetime) -> None:
    by_clients.move_offered(
        practice=cast.anna.practice, booking_id=booking.id, seen_at=booking.starts_at,
        to_at=to_at, now=BOOKED,
    )  # fmt: skip


def _seat(booking: Booking) -> int:
    return Taken.objects.of(booking.practice_id).get(id=booking.id).first_seat


@pytest.mark.parametrize("seats", [2, 3, 5])
def test_group_has_its_seats_and_not_one_more(cast: Cast, seats: int) -> None:
    group = gather(cast.anna, seats=seats)
    people = [_add(cast, f"Pupil {number}") for number in range(seats + 1)]

    booked = [take_of(cast.anna, group, person) for person in people[:seats]]

    assert [_seat(booking) for booking in booked] == list(range(1, seats + 1))
    assert count_free(group) == [0]
    last = people[seats]
    ways = (
        partial(take_of, cast.anna, group, last), partial(hold, cast.anna, group),
        partial(ask_for, cast.anna, last, choice=choose(group)),
    )  # fmt: skip
    for way in ways:
        with pytest.raises(SlotTaken):
            way()
    assert Booking.objects.of(cast.anna.practice_id).count() == seats
    assert_sound(cast.anna)


def test_everybody_seated_is_listed_by_name(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group = gather(cast.anna)
    for person in (cast.ola, cast.marek):
        take_of(cast.anna, group, person)
    frame_id = list_dates(group)[0].id

    seated = list_seated(practice_id=cast.anna.practice_id, frame_id=frame_id)

    assert [booking.person for booking in seated] == [cast.marek, cast.ola]
    assert list_seated(practice_id=cast.borys.practice_id, frame_id=frame_id) == []
    assert find_group(practice_id=cast.borys.practice_id, frame_id=frame_id) is None


def test_seats_that_are_kept_count_until_they_lapse(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group = gather(cast.anna)
    ends = until(hold(cast.anna, group))
    assert ends is not None
    take_of(cast.anna, group, cast.ola)

    assert count_free(group, now=ends - SECOND) == [0]
    with pytest.raises(SlotTaken):
        take_of(cast.anna, group, cast.marek, now=ends - SECOND)
    assert count_free(group, now=ends) == [1]

    assert _seat(take_of(cast.anna, group, cast.marek, now=ends)) == 1
    assert_sound(cast.anna)


@pytest.mark.parametrize("minutes", [0, 59, -59, 30])
def test_two_groups_at_once_are_refused(cast: Cast, minutes: int) -> None:
    group, other = gather(cast.anna), serve(cast.anna, name="Other", seats=3)
    at = MONDAY + minutes * MINUTE

    for service in (group, other):
        with pytest.raises(SlotTaken):
            open_group(practitioner=cast.anna, service=service, starts_at=at, now=BOOKED)

    open_group(practitioner=cast.anna, service=other, starts_at=TEN, now=BOOKED)
    assert spans(cast.anna) == ["03-02 09:00", "03-02 10:00"]


def test_date_is_set_once_with_one_id_and_only_for_a_group(cast: Cast) -> None:
    group, wanted = serve(cast.anna, seats=2), uuid.uuid4()
    frames = [
        open_group(
            practitioner=cast.anna, service=group, starts_at=MONDAY, now=BOOKED, id=wanted
        ).id
        for _ in range(2)
    ]  # fmt: skip

    assert frames == [wanted, wanted]
    assert spans(cast.anna) == ["03-02 09:00"]
    with pytest.raises(NotGroup):
        open_group(practitioner=cast.anna, service=serve(cast.anna), starts_at=NEXT, now=BOOKED)


@pytest.mark.parametrize("minutes", [0, 30, -30])
def test_nobody_meets_one_to_one_while_a_group_meets(cast: Cast, minutes: int) -> None:
    open_to(cast.anna, cast.ola, step_minutes=30)
    at, elsewhere = MONDAY + minutes * MINUTE, book(cast.anna, cast.ola, NEXT)
    gather(cast.anna)

    with pytest.raises(SlotTaken):
        book(cast.anna, cast.marek, at)
    with pytest.raises(SlotTaken):
        tell(cast.anna, elsewhere, "moved", "client", BOOKED, to_at=at)
    with pytest.raises(NotOffered):
        take(cast.anna, cast.ola, at)
    with pytest.raises(NotOffered):
        hold(cast.anna, serve(cast.anna), at)
    with pytest.raises(NotOffered):
        ask_for(cast.anna, cast.ola, at)

    assert spans(cast.anna) == ["03-02 09:00", "03-09 09:00"]
    assert_sound(cast.anna)


def test_group_is_refused_where_somebody_meets_or_a_time_is_kept(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    group = serve(cast.anna, seats=2)
    book(cast.anna, cast.marek, MONDAY)
    ends = until(ask_for(cast.anna, cast.ola, TEN))
    assert ends is not None

    for at, now in ((MONDAY, BOOKED), (TEN, ends - SECOND)):
        with pytest.raises(SlotTaken):
            open_group(practitioner=cast.anna, service=group, starts_at=at, now=now)

    assert open_group(practitioner=cast.anna, service=group, starts_at=TEN, now=ends).occupies
    assert_sound(cast.anna)


def test_seat_that_is_free_again_is_taken_again(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group, third = gather(cast.anna), _add(cast)
    first = take_of(cast.anna, group, cast.ola)
    asked = ask_for(cast.anna, cast.marek, choice=choose(group))
    assert count_free(group) == [0]

    tell(cast.anna, first, "cancelled", "client", BOOKED)
    again = take_of(cast.anna, group, third)
    wishing.decline(practice=cast.anna.practice, kept_id=asked.id, words="", now=BOOKED)
    back = take_of(cast.anna, group, cast.ola)

    assert [_seat(booking) for booking in (again, back)] == [1, 2]
    assert_sound(cast.anna)


def test_move_between_dates_keeps_the_seats_right(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group, third = gather(cast.anna, MONDAY, NEXT), _add(cast)
    first, second = (take_of(cast.anna, group, each) for each in (cast.ola, cast.marek))
    take_of(cast.anna, group, third, NEXT)
    assert count_free(group) == [0, 1]

    _move(cast, first, NEXT)

    assert count_free(group) == [1, 0]
    assert [_seat(look(cast.anna, each.id)) for each in (first, second)] == [2, 2]
    with pytest.raises(NotOffered):
        _move(cast, second, NEXT)
    with pytest.raises(NotOffered):
        _move(cast, second, TEN)
    with pytest.raises(SlotTaken):
        tell(cast.anna, second, "moved", "client", BOOKED, to_at=NEXT)
    assert count_free(group) == [1, 0]
    assert_sound(cast.anna)


def test_move_that_is_taken_back_takes_a_seat_again_or_is_refused(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group, third = gather(cast.anna, MONDAY, NEXT), _add(cast)
    first, second = (take_of(cast.anna, group, each) for each in (cast.ola, cast.marek))
    move = tell(cast.anna, first, "moved", "client", BOOKED, to_at=NEXT)
    other = take_of(cast.anna, group, third)
    back = partial(tell, cast.anna, first, "voided", "client", BOOKED + HOUR, voids_id=move.id)

    with pytest.raises(SlotTaken):
        back()
    assert (look(cast.anna, first.id).starts_at, count_free(group)) == (NEXT, [0, 1])

    tell(cast.anna, second, "cancelled", "client", BOOKED + HOUR)
    back()

    assert look(cast.anna, first.id).starts_at == MONDAY
    assert sorted(_seat(each) for each in (first, other)) == [1, 2]
    assert count_free(group) == [0, 2]
    assert_sound(cast.anna)


def test_cancellation_that_is_taken_back_finds_another_seat(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group = gather(cast.anna)
    first = take_of(cast.anna, group, cast.ola)
    gone = tell(cast.anna, first, "cancelled", "client", BOOKED)
    taken = take_of(cast.anna, group, cast.marek)
    assert _seat(taken) == 1

    tell(cast.anna, first, "voided", "client", BOOKED + HOUR, voids_id=gone.id)

    assert _seat(first) == 2
    assert_sound(cast.anna)


def test_who_leaves_a_group_for_another_hour_is_alone_and_comes_back_to_a_seat(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group = gather(cast.anna)
    first = take_of(cast.anna, group, cast.ola)

    tell(cast.anna, first, "moved", "practitioner", BOOKED, to_at=TEN)
    with pytest.raises(SlotTaken):
        book(cast.anna, cast.marek, TEN + HOUR / 2)
    assert count_free(group) == [2]
    tell(cast.anna, first, "moved", "practitioner", BOOKED + HOUR, to_at=MONDAY)

    assert count_free(group) == [1]
    assert_sound(cast.anna)


def test_group_keeps_to_the_notice_and_the_horizon_of_its_service(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, notice_minutes=60)
    group = gather(cast.anna, MONDAY, NEXT, horizon_days=7)

    assert count_free(group, now=NEXT - 7 * DAY - HOUR) == [2]
    assert count_free(group, now=NEXT - 7 * DAY) == [2]
    assert count_free(group, now=NEXT - 7 * DAY - SECOND) == []
    assert count_free(group, now=MONDAY - HOUR + SECOND) == []
    with pytest.raises(NotOffered):
        take_of(cast.anna, group, cast.ola, now=MONDAY - HOUR + SECOND)
    assert take_of(cast.anna, group, cast.ola, now=MONDAY - HOUR).starts_at == MONDAY


def test_seat_is_as_long_as_its_group_and_moves_only_to_dates_as_long(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    group = gather(cast.anna)
    serve(cast.anna, service_id=group.id, name="Group", seats=2, minutes=90)
    group.refresh_from_db()
    open_group(practitioner=cast.anna, service=group, starts_at=NEXT, now=BOOKED)

    short = take_of(cast.anna, group, cast.ola)
    assert (short.minutes, take_of(cast.anna, group, cast.ola, NEXT).minutes) == (60, 90)
    with pytest.raises(NotOffered):
        _move(cast, short, NEXT)
    gone = tell(cast.anna, short, "cancelled", "client", BOOKED)
    tell(cast.anna, short, "voided", "client", BOOKED + HOUR, voids_id=gone.id)

    assert count_free(group) == [1, 1]
    assert_sound(cast.anna)
