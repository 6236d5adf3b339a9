"""Every two ways to a booking race for one time: it is one booking's, or one group's."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING

import pytest

from miedza.bookings import by_clients, wishing
from miedza.bookings.grouping import open_group
from miedza.bookings.holding import finish
from miedza.bookings.lapsing import lapse_due
from miedza.bookings.models import Booking, Kept, Taken
from miedza.bookings.series import book_series
from miedza.db.ids import make_id
from tests.bookings.keeping import (
    DAY,
    HOUR,
    MINUTE,
    ask_for,
    assert_sound,
    choose,
    hold,
    let_in,
    serve,
    take_of,
)
from tests.bookings.offered import open_to, take
from tests.bookings.racing import RACES, race
from tests.cast import BOOKED, MONDAY, Cast, book, make_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from miedza.people.models import Person

    Steps = list[Callable[[], object]]

pytestmark = pytest.mark.django_db(transaction=True)

NOW = MONDAY - 2 * DAY
EACH = 3
"""So many try each way at once."""
SEATS = 2
REFUSALS = {"NotOffered", "SlotTaken", "Answered"}
LONG_DAYS = {day: [["06:00", "22:00"]] for day in ("mon", "tue")}


def _add_people(cast: Cast, name: str) -> list[Person]:
    """People who may book by themselves."""
    people = [make_person(cast.anna, f"{name} {number}") for number in range(EACH)]
    open_to(cast.anna, *people, weekly=LONG_DAYS, horizon_days=60)
    return people


def _book(cast: Cast) -> Steps:
    """Clients book what is on offer."""
    return [partial(take, cast.anna, each, MONDAY, now=NOW) for each in _add_people(cast, "Book")]


def _hold(cast: Cast) -> Steps:
    """Visitors finish: two whose hold lapsed, and one who begins now."""
    open_to(cast.anna, weekly=LONG_DAYS, horizon_days=60)
    service = serve(cast.anna)
    steps: Steps = []
    for number in range(EACH - 1):
        then = NOW - (EACH - number) * HOUR
        kept = hold(cast.anna, service, now=then)
        person = let_in(cast.anna, kept, now=then, name=f"V {number}", email=f"v{number}@m.example")
        steps.append(partial(finish, kept=kept, person=person, now=NOW))

    def hold_and_finish() -> None:
        kept = hold(cast.anna, service, now=NOW)
        person = let_in(cast.anna, kept, now=NOW, name="V now", email="now@m.example")
        finish(kept=kept, person=person, now=NOW)

    return [*steps, hold_and_finish]


def _give(cast: Cast) -> Steps:
    """The practitioner gives wishes whose keeping has ended."""
    people, practice = _add_people(cast, "Wish"), cast.anna.practice
    wishes = [
        ask_for(cast.anna, person, now=BOOKED + number * 2 * DAY)
        for number, person in enumerate(people)
    ]
    return [partial(wishing.give, practice=practice, kept_id=each.id, now=NOW) for each in wishes]


def _move(cast: Cast) -> Steps:
    """Clients move other meetings of theirs there."""
    booked = [
        book(cast.anna, person, MONDAY + DAY + number * HOUR)
        for number, person in enumerate(_add_people(cast, "Move"))
    ]
    return [
        partial(
            by_clients.move_offered, practice=cast.anna.practice, booking_id=each.id,
            seen_at=each.starts_at, to_at=MONDAY, now=NOW,
        )
        for each in booked
    ]  # fmt: skip


def _repeat(cast: Cast) -> Steps:
    """Clients and the practitioner book series of which one date is this one."""
    return [
        partial(
            book_series, practitioner=cast.anna, person=person, choice=choose(person), now=NOW,
            starts=[MONDAY, MONDAY + 7 * DAY + number * HOUR],
            by="client" if number else "practitioner",
        )
        for number, person in enumerate(_add_people(cast, "Series"))
    ]  # fmt: skip


def _sit(cast: Cast) -> Steps:
    """A group is set, and clients take its seats."""
    people, frame_id = _add_people(cast, "Seat"), make_id()
    group = serve(cast.anna, name="Group", seats=SEATS)

    def sit(person: Person) -> None:
        open_group(
            practitioner=cast.anna, service=group, starts_at=MONDAY, now=NOW, id=frame_id
        )  # fmt: skip
        take_of(cast.anna, group, person, now=NOW)

    return [partial(sit, person) for person in people]


def _enter(cast: Cast) -> Steps:
    """The practitioner enters meetings by hand."""
    people = [make_person(cast.anna, f"Entry {number}") for number in range(EACH)]
    return [
        partial(book, cast.anna, person, MONDAY + (number - 1) * 20 * MINUTE, now=NOW)
        for number, person in enumerate(people)
    ]


WAYS = {
    "book": _book, "give": _give, "hold": _hold, "move": _move, "series": _repeat, "seat": _sit,
    "entry": _enter,
}  # fmt: skip
"""In this order they are made ready: the wishes are the oldest."""
PAIRS = list(itertools.combinations_with_replacement(WAYS, 2))


@pytest.mark.parametrize("number", range(RACES))
@pytest.mark.parametrize(("one", "other"), PAIRS, ids=map(" and ".join, PAIRS))
def test_of_all_who_want_one_time_one_gets_it(
    standing_cast: Cast, one: str, other: str, number: int
) -> None:
    anna = standing_cast.anna
    ways = dict.fromkeys((one, other))
    steps = [step for way in ways for step in WAYS[way](standing_cast)]
    if number % 2:
        steps.reverse()

    answers = race(steps)

    practice_id = anna.practice_id
    there = Booking.objects.of(practice_id).filter(
        occupies=True, starts_at__lt=MONDAY + HOUR, ends_at__gt=MONDAY
    )
    is_group = Taken.objects.of(practice_id).filter(last_seat=0, occupies=True).exists()
    assert answers["done"] == there.count() == (SEATS if is_group else 1)
    assert set(answers) - {"done"} <= REFUSALS
    assert_sound(anna)
    lapse_due(now=NOW)
    assert not Kept.objects.of(practice_id).filter(answer="").exists()
    assert not Taken.objects.of(practice_id).filter(occupies=True, kept_until__isnull=False)
    assert_sound(anna)
