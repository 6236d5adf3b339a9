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
from miedza.core.hours import DAYS
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
from tests.cast import MONDAY, Cast, book, make_person
from tests.sizes import read_size

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from miedza.people.models import Person

    Steps = list[Callable[[], object]]

pytestmark = pytest.mark.django_db(transaction=True)

WANTED = MONDAY + 364 * DAY
"""What all want: a Monday so far ahead that many wishes could be made and end before."""
NOW = WANTED - 2 * DAY
ATTEMPTS = read_size("ATTEMPTS", 6)
"""So many try at once, half of them one way and half the other; `make soak` lets a hundred try."""
SEATS = 2
REFUSALS = {"NotOffered", "SlotTaken", "Answered"}
LONG_DAYS = {day: [["06:00", "22:00"]] for day in DAYS}
A_DAY = 12
"""So many of the meetings that are made ready are on one day."""


def _open(cast: Cast, *people: Person) -> None:
    """Open hours that reach far, and let people accept the rules."""
    open_to(cast.anna, *people, weekly=LONG_DAYS, horizon_days=300)


def _add_people(cast: Cast, name: str, count: int) -> list[Person]:
    """People who may book by themselves."""
    people = [make_person(cast.anna, f"{name} {number}") for number in range(count)]
    _open(cast, *people)
    return people


def _find_own(number: int) -> datetime:
    """A time in the week after that nobody else wants."""
    days, hours = divmod(number, A_DAY)
    return WANTED + (7 + days) * DAY + hours * HOUR


def _book(cast: Cast, count: int) -> Steps:
    """Clients book what is on offer."""
    people = _add_people(cast, "Book", count)
    return [partial(take, cast.anna, each, WANTED, now=NOW) for each in people]


def _hold(cast: Cast, count: int) -> Steps:
    """Visitors finish: those whose hold lapsed, and one who begins now."""
    _open(cast)
    service = serve(cast.anna)

    def begin(number: int, now: datetime) -> Callable[[], object]:
        kept = hold(cast.anna, service, WANTED, now=now)
        email = f"v{number}@m.example"
        person = let_in(cast.anna, kept, now=now, name=f"V {number}", email=email)
        return partial(finish, kept=kept, person=person, now=NOW)

    steps = [begin(number, NOW - number * 30 * MINUTE) for number in range(count - 1, 0, -1)]

    def begin_and_finish() -> None:
        begin(0, NOW)()

    return [*steps, begin_and_finish]


def _give(cast: Cast, count: int) -> Steps:
    """The practitioner gives wishes whose keeping has ended."""
    people, practice = _add_people(cast, "Wish", count), cast.anna.practice
    wishes = [
        ask_for(cast.anna, person, WANTED, now=NOW - (count - number + 1) * 2 * DAY)
        for number, person in enumerate(people)
    ]
    return [partial(wishing.give, practice=practice, kept_id=each.id, now=NOW) for each in wishes]


def _move(cast: Cast, count: int) -> Steps:
    """Clients move other meetings of theirs there."""
    booked = [
        book(cast.anna, person, _find_own(number))
        for number, person in enumerate(_add_people(cast, "Move", count))
    ]
    return [
        partial(
            by_clients.move_offered, practice=cast.anna.practice, booking_id=each.id,
            seen_at=each.starts_at, to_at=WANTED, now=NOW,
        )
        for each in booked
    ]  # fmt: skip


def _repeat(cast: Cast, count: int) -> Steps:
    """Clients and the practitioner book series of which one date is this one."""
    return [
        partial(
            book_series, practitioner=cast.anna, person=person, choice=choose(person), now=NOW,
            starts=[WANTED, _find_own(number) + 7 * DAY],
            by="practitioner" if number % 3 == 0 else "client",
        )
        for number, person in enumerate(_add_people(cast, "Series", count))
    ]  # fmt: skip


def _sit(cast: Cast, count: int) -> Steps:
    """A group is set, and clients take its seats."""
    people, frame_id = _add_people(cast, "Seat", count), make_id()
    group = serve(cast.anna, name="Group", seats=SEATS)

    def sit(person: Person) -> None:
        open_group(
            practitioner=cast.anna, service=group, starts_at=WANTED, now=NOW, id=frame_id
        )  # fmt: skip
        take_of(cast.anna, group, person, WANTED, now=NOW)

    return [partial(sit, person) for person in people]


def _enter(cast: Cast, count: int) -> Steps:
    """The practitioner enters meetings by hand, this one or across its begin or end."""
    people = [make_person(cast.anna, f"Entry {number}") for number in range(count)]
    return [
        partial(book, cast.anna, person, WANTED + (number % 3 - 1) * 20 * MINUTE, now=NOW)
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
    ways = {one: ATTEMPTS} if one == other else {one: ATTEMPTS // 2, other: ATTEMPTS // 2}
    steps = [step for way, count in ways.items() for step in WAYS[way](standing_cast, count)]
    if number % 2:
        steps.reverse()

    answers = race(steps)

    practice_id = anna.practice_id
    there = Booking.objects.of(practice_id).filter(
        occupies=True, starts_at__lt=WANTED + HOUR, ends_at__gt=WANTED
    )
    is_group = Taken.objects.of(practice_id).filter(last_seat=0, occupies=True).exists()
    assert answers["done"] == there.count() == (SEATS if is_group else 1)
    assert set(answers) - {"done"} <= REFUSALS
    assert_sound(anna)
    lapse_due(now=NOW)
    assert not Kept.objects.of(practice_id).filter(answer="").exists()
    assert not Taken.objects.of(practice_id).filter(occupies=True, kept_until__isnull=False)
    assert_sound(anna)
