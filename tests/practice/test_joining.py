"""Working together: somebody is asked, says yes, leaves, comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.practice.actions import erase_practice
from miedza.practice.joining import (
    LINK_HOLDS,
    WorksElsewhere,
    WorksHere,
    ask_to_join,
    find_joining,
    join,
    let_practitioner_go,
    list_asked,
    take_back,
)
from miedza.practice.models import Practitioner, User
from miedza.practice.queries import find_practitioner, is_leader, list_practitioners
from tests.cast import BOOKED, Cast

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db

EWA = "ewa@miedza.example"


def _ask(cast: Cast, email: str = EWA, *, now: datetime = BOOKED) -> str:
    return ask_to_join(practice=cast.anna.practice, name="Ewa Nowa", email=email, now=now)[1]


def _join(cast: Cast, email: str = EWA) -> Practitioner:
    asked = find_joining(_ask(cast, email), now=BOOKED)
    assert asked is not None
    joined = join(joining=asked, now=BOOKED)
    assert joined is not None
    return joined


def test_whoever_says_yes_works_here_with_a_calendar_of_their_own(cast: Cast) -> None:
    ewa = _join(cast, " EWA@miedza.example")

    assert list_practitioners(practice_id=cast.anna.practice_id) == [cast.anna, ewa]
    assert find_practitioner(user_id=ewa.user_id) == ewa
    assert (ewa.user.email, ewa.name) == (EWA, "Ewa Nowa")
    assert ewa.calendar_key != cast.anna.calendar_key
    assert (is_leader(cast.anna), is_leader(ewa)) == (True, False)


def test_nobody_works_here_before_they_have_said_yes(cast: Cast) -> None:
    _ask(cast)

    assert list_practitioners(practice_id=cast.anna.practice_id) == [cast.anna]
    assert not User.objects.filter(email=EWA).exists()
    assert [each.email for each in list_asked(practice_id=cast.anna.practice_id, now=BOOKED)] == [
        EWA
    ]


def test_link_opens_once_and_until_it_is_taken_back_or_old(cast: Cast) -> None:
    practice = cast.anna.practice
    first, second = _ask(cast), _ask(cast)
    taken_back, old = _ask(cast, "a@miedza.example"), _ask(cast, "b@miedza.example")
    (asked,) = [a for a in list_asked(practice_id=practice.id, now=BOOKED) if a.email[0] == "a"]
    assert take_back(practice=practice, joining_id=asked.id, now=BOOKED)
    assert not take_back(practice=practice, joining_id=asked.id, now=BOOKED)

    assert find_joining(first, now=BOOKED) is None  # It was asked anew.
    assert find_joining(taken_back, now=BOOKED) is None
    assert find_joining(old, now=BOOKED + LINK_HOLDS - timedelta(seconds=1)) is not None
    assert find_joining(old, now=BOOKED + LINK_HOLDS) is None
    assert find_joining("nothing", now=BOOKED) is None
    twice = [find_joining(second, now=BOOKED) for _time in range(2)]
    assert twice[0] is not None
    assert twice[1] is not None
    assert join(joining=twice[0], now=BOOKED) is not None
    assert join(joining=twice[1], now=BOOKED) is None
    assert find_joining(second, now=BOOKED) is None


def test_who_works_here_is_not_asked_and_who_works_elsewhere_does_not_join(cast: Cast) -> None:
    with pytest.raises(WorksHere):
        _ask(cast, "Anna@miedza.example")
    asked = find_joining(_ask(cast, cast.borys.user.email), now=BOOKED)
    assert asked is not None

    with pytest.raises(WorksElsewhere):
        join(joining=asked, now=BOOKED)

    assert find_practitioner(user_id=cast.borys.user_id) == cast.borys
    assert list_practitioners(practice_id=cast.anna.practice_id) == [cast.anna]


def test_who_has_left_signs_in_to_nothing_and_comes_back_as_the_same(cast: Cast) -> None:
    ewa = _join(cast)

    let_practitioner_go(practitioner=ewa, now=BOOKED)
    assert find_practitioner(user_id=ewa.user_id) is None
    assert list_practitioners(practice_id=cast.anna.practice_id) == [cast.anna]

    again = _join(cast)
    assert (again.id, again.calendar_key) == (ewa.id, ewa.calendar_key)
    assert find_practitioner(user_id=ewa.user_id) == again


def test_erasing_a_practice_erases_those_who_worked_and_those_who_left(cast: Cast) -> None:
    ewa = _join(cast)
    adam = _join(cast, "adam@miedza.example")
    let_practitioner_go(practitioner=ewa, now=BOOKED)

    erase_practice(practice_id=cast.anna.practice_id)

    assert list(User.objects.values_list("email", flat=True)) == [cast.borys.user.email]
    assert not Practitioner.across.filter(id__in=[ewa.id, adam.id]).exists()
