"""What a service says of its own bounds beats the hours; buffers, kept times and groups close."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from miedza.bookings import actions
from miedza.bookings.lapsing import lapse_due
from miedza.bookings.models import Service
from miedza.bookings.offering import list_free
from miedza.bookings.reserving import NotOffered
from tests.bookings.keeping import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    TEN,
    ask_for,
    assert_sound,
    gather,
    hold,
    serve,
    spans,
    take_of,
    until,
)
from tests.bookings.offered import free, offer, open_to, take
from tests.cast import BOOKED, MONDAY, Cast, book, moment

EARLY = moment("2026-03-01 12:00")
ONE_MONDAY = ["03-02 08:00", "03-02 09:00", "03-02 10:00"]
NEXT_MONDAY = ["03-09 08:00", "03-09 09:00", "03-09 10:00"]


def _book_service(
    cast: Cast, service: Service | None, starts_at: datetime = MONDAY, minutes: int = 60
) -> None:
    """Let the practitioner enter a meeting of a service."""
    actions.book(
        practice=cast.anna.practice, practitioner=cast.anna, person=cast.ola, starts_at=starts_at,
        minutes=minutes, price_minor=0, kind="paid", now=BOOKED, service=service,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ({}, ONE_MONDAY[1:]),
        ({"notice_minutes": 0}, ONE_MONDAY),
        ({"notice_minutes": 22 * 60}, ONE_MONDAY[2:]),
        ({"notice_minutes": 22 * 60 + 1}, []),
        ({"horizon_days": 0}, []),
        ({"horizon_days": 8}, [*ONE_MONDAY[1:], *NEXT_MONDAY]),
        ({"step_minutes": 45}, ["03-02 09:30"]),
        ({"minutes": 120}, ["03-02 09:00"]),
        ({"minutes": 181}, []),
    ],
)
def test_bounds_of_a_service_beat_those_of_the_hours(
    cast: Cast, said: dict[str, Any], offered: list[str]
) -> None:
    offer(cast.anna, notice_minutes=21 * 60, horizon_days=2, step_minutes=60)
    service = serve(cast.anna, **said)

    starts = free(cast.anna, now=EARLY, service=service, minutes=service.minutes)

    assert starts == offered
    assert free(cast.anna, now=EARLY) == ONE_MONDAY[1:]


def test_limits_of_a_service_count_that_service_alone(cast: Cast) -> None:
    offer(cast.anna)
    some, other = serve(cast.anna, max_per_day=1, max_per_week=2), serve(cast.anna, name="Other")
    _book_service(cast, other, MONDAY + 5 * HOUR)
    _book_service(cast, None, MONDAY + 6 * HOUR)
    assert free(cast.anna, now=EARLY, service=some) == [*ONE_MONDAY, *NEXT_MONDAY]

    _book_service(cast, some, MONDAY + 7 * HOUR)
    assert free(cast.anna, now=EARLY, service=some) == NEXT_MONDAY
    assert free(cast.anna, now=EARLY, service=other) == [*ONE_MONDAY, *NEXT_MONDAY]

    for days in (9, 10):
        _book_service(cast, some, MONDAY + days * DAY)
    assert free(cast.anna, now=EARLY, service=some) == []
    assert free(cast.anna, now=EARLY) == [*ONE_MONDAY, *NEXT_MONDAY]


def test_limits_of_the_hours_count_every_service(cast: Cast) -> None:
    offer(cast.anna, max_per_day=2, horizon_days=2)
    some, other = serve(cast.anna, max_per_day=9), serve(cast.anna)
    _book_service(cast, other, MONDAY + 5 * HOUR)
    assert free(cast.anna, now=EARLY, service=some) == ONE_MONDAY

    _book_service(cast, None, MONDAY + 6 * HOUR)

    assert free(cast.anna, now=EARLY, service=some) == []


def test_limit_of_none_means_never(cast: Cast) -> None:
    offer(cast.anna)

    assert free(cast.anna, now=EARLY, service=serve(cast.anna, max_per_day=0)) == []
    assert free(cast.anna, now=EARLY, service=serve(cast.anna, max_per_week=0)) == []


ALL_DAY = {"mon": [["06:00", "20:00"]]}


@pytest.mark.parametrize(
    ("first", "second", "gap"),
    [
        ((0, 30), (10, 0), 30),
        ((0, 10), (30, 0), 30),
        ((0, 0), (0, 0), 0),
        ((45, 0), (0, 45), 0),
        ((0, None), (0, 0), 15),
        ((0, None), (20, 0), 20),
        ((0, 0), (0, None), 0),
    ],
)
def test_of_two_buffers_that_face_each_other_the_larger_holds(
    cast: Cast, first: tuple[int, int | None], second: tuple[int, int | None], gap: int
) -> None:
    # The hours say a quarter after each meeting; what a service says itself counts instead.
    offer(cast.anna, ALL_DAY, step_minutes=1, horizon_days=2, buffer_minutes=15)
    before, after = (
        serve(cast.anna, buffer_before=buffers[0], buffer_after=buffers[1], minutes=60)
        for buffers in (first, second)
    )

    _book_service(cast, before)
    later = [
        start
        for start in list_free(practitioner=cast.anna, minutes=60, now=EARLY, service=after)
        if start > MONDAY
    ]
    assert later[0] == MONDAY + HOUR + gap * MINUTE

    earlier = [
        start
        for start in list_free(practitioner=cast.anna, minutes=60, now=EARLY, service=after)
        if start < MONDAY
    ]
    turned = max(first[0], 15 if second[1] is None else second[1])
    assert earlier[-1] == MONDAY - HOUR - turned * MINUTE


@pytest.mark.parametrize("seed", range(12))
def test_offer_is_what_a_naive_look_at_each_start_leaves(cast: Cast, seed: int) -> None:
    chance = Random(seed)
    buffer = chance.choice((0, 5, 20))
    offer(cast.anna, ALL_DAY, step_minutes=15, horizon_days=2, buffer_minutes=buffer)
    services = [
        serve(
            cast.anna, minutes=chance.choice((20, 50, 90)),
            buffer_before=chance.choice((0, 0, 10, 45)),
            buffer_after=chance.choice((None, 0, 25)),
        )
        for _ in range(3)
    ]  # fmt: skip
    taken: list[tuple[datetime, datetime, int, int]] = []
    for _ in range(6):
        service, start = chance.choice(services), MONDAY + chance.randint(-20, 40) * 15 * MINUTE
        end = start + service.minutes * MINUTE
        if all(end <= begins or start >= ends for begins, ends, *_ in taken):
            _book_service(cast, service, start, service.minutes)
            taken.append((start, end, *_buffers(service, buffer)))
    wanted = services[0]

    offered = list_free(
        practitioner=cast.anna, minutes=wanted.minutes, now=EARLY, service=wanted
    )  # fmt: skip

    before, after = _buffers(wanted, buffer)
    opens, length = moment("2026-03-02 05:00"), wanted.minutes * MINUTE
    every = [opens + 15 * MINUTE * number for number in range(14 * 4)]
    assert offered == [
        start
        for start in every
        if start + length <= opens + 14 * HOUR
        and all(
            start + length + max(after, its_before) * MINUTE <= begins
            or start >= ends + max(before, its_after) * MINUTE
            for begins, ends, its_before, its_after in taken
        )
    ]


def _buffers(service: Service, otherwise: int) -> tuple[int, int]:
    """The buffers of a service in minutes."""
    after = service.buffer_after
    return service.buffer_before, otherwise if after is None else after


def test_kept_time_is_closed_until_it_lapses_and_not_a_second_longer(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, horizon_days=2)
    kept = hold(cast.anna, serve(cast.anna), now=EARLY)
    ends = until(kept)
    assert ends == EARLY + 15 * MINUTE

    assert free(cast.anna, now=ends - SECOND) == [ONE_MONDAY[0], ONE_MONDAY[2]]
    with pytest.raises(NotOffered):
        take(cast.anna, cast.ola, MONDAY, now=ends - SECOND)

    assert free(cast.anna, now=ends) == ONE_MONDAY
    assert take(cast.anna, cast.ola, MONDAY, now=ends).starts_at == MONDAY
    assert spans(cast.anna) == ["03-02 09:00"]
    assert_sound(cast.anna)


def test_kept_time_that_lapsed_by_the_clock_leaves_its_buffers_too(cast: Cast) -> None:
    offer(cast.anna, horizon_days=2)
    kept = hold(cast.anna, serve(cast.anna, buffer_before=30, buffer_after=30), now=EARLY)
    assert free(cast.anna, now=EARLY) == []

    ends = until(kept)
    assert ends is not None
    assert lapse_due(now=ends - SECOND) == 0
    assert free(cast.anna, now=ends - SECOND) == []
    assert lapse_due(now=ends) == 1
    assert free(cast.anna, now=ends) == ONE_MONDAY
    assert spans(cast.anna) == []


def test_kept_times_count_for_the_limit_of_the_day_while_they_are_kept(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, max_per_day=1, horizon_days=2)
    wish = ask_for(cast.anna, cast.ola, MONDAY, now=EARLY)
    ends = until(wish)
    assert ends is not None

    assert free(cast.anna, now=ends - SECOND) == []
    assert free(cast.anna, now=ends) == ONE_MONDAY


def test_group_closes_its_time_for_others_with_its_buffers(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, horizon_days=2)
    group = gather(cast.anna, TEN, buffer_before=30)

    assert free(cast.anna, now=EARLY) == ONE_MONDAY[:1]
    take_of(cast.anna, group, cast.ola, TEN)
    assert free(cast.anna, now=EARLY) == ONE_MONDAY[:1]


def test_own_time_of_a_moved_meeting_counts_for_no_limit(cast: Cast) -> None:
    offer(cast.anna, horizon_days=2)
    service = serve(cast.anna, max_per_day=1)
    mine = actions.book(
        practice=cast.anna.practice, practitioner=cast.anna, person=cast.ola, starts_at=MONDAY,
        minutes=60, price_minor=0, kind="paid", now=BOOKED, service=service,
    )  # fmt: skip

    assert free(cast.anna, now=EARLY, service=service) == []
    assert free(cast.anna, now=EARLY, service=service, without=[mine.id]) == ONE_MONDAY


def test_dates_asked_for_are_bounded_by_the_horizon_and_today(cast: Cast) -> None:
    offer(cast.anna)
    book(cast.anna, cast.marek, TEN)
    first, last = MONDAY.date() - timedelta(days=30), MONDAY.date() + timedelta(days=300)

    assert free(cast.anna, now=EARLY, dates=(first, last)) == [*ONE_MONDAY[:2], *NEXT_MONDAY]
    assert free(cast.anna, now=EARLY, dates=(last, last)) == []
    assert free(cast.anna, now=EARLY, dates=(last, first)) == []
    monday = MONDAY.date()
    assert free(cast.anna, now=EARLY, dates=(monday, monday)) == ONE_MONDAY[:2]
