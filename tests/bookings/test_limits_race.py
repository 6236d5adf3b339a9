"""Limits hold however many windows one person, or one code, is tried in at once."""

from __future__ import annotations

import copy
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings.holding import MOST_WRONG, WrongCode, show_code, write_details
from miedza.bookings.models import Booking, Kept, Waiting
from miedza.bookings.waiting import MOST_WAITING
from miedza.bookings.wishing import MOST_WISHES
from miedza.people.models import Person
from tests.bookings.awaiting import begin_to_wait, free_again
from tests.bookings.keeping import HOUR, JAN, ask_for, assert_sound, hold, serve, take_of
from tests.bookings.offered import offer, open_to, take
from tests.bookings.racing import RACES, race
from tests.cast import ANNAS_TERMS, BOOKED, FOUNDED, MONDAY, Cast, make_person, publish_rules

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("number", range(RACES)),
]
MANY = 6
LONG_DAYS = {"mon": [["06:00", "22:00"]]}
STARTS = [MONDAY + hours * HOUR for hours in range(MANY)]


def _give_free(cast: Cast, **limits: int) -> None:
    """Let Anna give free sessions within some limits."""
    terms: dict[str, Any] = copy.deepcopy(ANNAS_TERMS)
    terms["rules"]["free_session"] = {
        "minutes": 60, "per_person": 9, "per_month": 9, "invite_at_minute": 20, **limits,
    }  # fmt: skip
    publish_rules(cast.anna, terms, now=FOUNDED + HOUR)


def _open(cast: Cast, *people: Person, **limits: Any) -> None:
    open_to(cast.anna, *people, weekly=LONG_DAYS, **limits)


@pytest.mark.parametrize(
    ("limits", "said", "refusal"),
    [
        ({"per_person": 1}, {"kind": "free"}, "NoMoreFree: free_per_person"),
        ({"per_month": 1}, {"kind": "free"}, "NoMoreFree: free_per_month"),
        ({}, {"most_ahead": 1}, "TooManyAhead"),
        ({}, {"max_per_day": 1}, "NotOffered"),
        ({}, {"max_per_week": 1}, "NotOffered"),
    ],
)
def test_one_of_many_windows_books(
    standing_cast: Cast, number: int, limits: dict[str, int], said: dict[str, Any], refusal: str
) -> None:
    anna = standing_cast.anna
    _give_free(standing_cast, **limits)
    _open(standing_cast, standing_cast.ola)
    service = serve(anna, **said)

    answers = race([partial(take_of, anna, service, standing_cast.ola, at) for at in STARTS])

    assert answers == {"done": 1, refusal: MANY - 1}
    assert Booking.objects.of(anna.practice_id).count() == 1
    assert_sound(anna)


def test_day_is_full_for_all_people_at_once(standing_cast: Cast, number: int) -> None:
    anna = standing_cast.anna
    people = [make_person(anna, f"Pupil {index}") for index in range(MANY)]
    _open(standing_cast, *people, max_per_day=2)

    answers = race(
        [partial(take, anna, person, at) for person, at in zip(people, STARTS, strict=True)]
    )

    assert answers == {"done": 2, "NotOffered": MANY - 2}


def _ask(cast: Cast, at: datetime) -> Kept:
    return ask_for(cast.anna, cast.ola, at)


def test_so_many_wishes_and_entries_and_no_more(standing_cast: Cast, number: int) -> None:
    cast = standing_cast
    _open(cast, cast.ola)

    answers = race([partial(_ask, cast, at) for at in STARTS])

    assert answers == {"done": MOST_WISHES, "TooManyAhead": MANY - MOST_WISHES}
    answers = race([partial(begin_to_wait, cast, cast.marek)] * (MOST_WAITING + 2))
    assert answers == {"done": MOST_WAITING, "WaitsEnough": 2}
    entries = list(Waiting.objects.of(cast.anna.practice_id))
    assert len(entries) == MOST_WAITING
    for entry in entries:
        free_again(entry)
    assert Kept.objects.of(cast.anna.practice_id).filter(purpose="offer").count() == 1
    assert_sound(cast.anna)


def test_code_is_tried_five_times_in_all_windows_together(standing_cast: Cast, number: int) -> None:
    anna = standing_cast.anna
    offer(anna)
    kept = hold(anna, serve(anna))
    code = write_details(kept=kept, details=JAN, now=BOOKED)
    wrong = [code[:-1] + digit for digit in "23456789" if digit != code[-1]]
    copies = [Kept.objects.of(anna.practice_id).get(id=kept.id) for _ in wrong]

    answers = race(
        [
            partial(show_code, kept=each, code=guess, now=BOOKED)
            for each, guess in zip(copies, wrong, strict=True)
        ]
    )

    assert answers == {"WrongCode": len(wrong)}
    kept.refresh_from_db()
    assert kept.wrong_codes == MOST_WRONG
    with pytest.raises(WrongCode):
        show_code(kept=kept, code=code, now=BOOKED)


def test_code_that_is_shown_in_many_windows_adds_one_person(
    standing_cast: Cast, number: int
) -> None:
    anna = standing_cast.anna
    offer(anna)
    kept = hold(anna, serve(anna))
    code = write_details(kept=kept, details=JAN, now=BOOKED)
    copies = [Kept.objects.of(anna.practice_id).get(id=kept.id) for _ in range(MANY)]

    answers = race([partial(show_code, kept=each, code=code, now=BOOKED) for each in copies])

    assert answers == {"done": MANY}
    assert Person.objects.of(anna.practice_id).filter(email=JAN.email).count() == 1
