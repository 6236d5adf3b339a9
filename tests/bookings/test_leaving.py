"""Leaving a practice: not before what is ahead is settled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.bookings.leaving import LeadsThePractice, StillExpected, leave, list_expected
from miedza.bookings.services import list_usual_leaders
from miedza.calendars.actions import open_feed
from miedza.calendars.queries import list_feeds
from miedza.practice.queries import find_practitioner
from tests.bookings.keeping import gather, list_dates
from tests.bookings.offered import offer
from tests.cast import BOOKED, MONDAY, book, tell

if TYPE_CHECKING:
    from miedza.practice.models import Practitioner
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_each_has_an_hour_of_their_own(cast: Cast, ewa: Practitioner) -> None:
    hers = book(ewa, cast.ola)
    other = book(cast.anna, cast.marek)

    assert hers.starts_at == other.starts_at == MONDAY
    assert [row.id for row in list_expected(practitioner=ewa, now=BOOKED)] == [hers.id]


def test_nobody_leaves_while_somebody_expects_them(cast: Cast, ewa: Practitioner) -> None:
    booking = book(ewa, cast.ola)
    with pytest.raises(StillExpected):
        leave(practitioner=ewa, now=BOOKED)
    tell(ewa, booking, "cancelled", "practitioner", BOOKED)
    group = gather(ewa, MONDAY + timedelta(days=1))
    assert len(list_dates(group)) == 1
    with pytest.raises(StillExpected):
        leave(practitioner=ewa, now=BOOKED)

    after = MONDAY + timedelta(days=2)
    leave(practitioner=ewa, now=after)

    assert find_practitioner(user_id=ewa.user_id) is None


def test_who_has_left_offers_nothing_and_their_calendar_is_read_no_more(
    cast: Cast, ewa: Practitioner
) -> None:
    offer(ewa)
    open_feed(practice=ewa.practice, now=BOOKED, practitioner=ewa)

    leave(practitioner=ewa, now=BOOKED)

    usual = list_usual_leaders(practice_id=ewa.practice_id, person_id=cast.ola.id)
    assert usual == [cast.anna]
    assert list_feeds(practice_id=ewa.practice_id, practitioner_id=ewa.id) == []


def test_whoever_leads_the_practice_stays(cast: Cast, ewa: Practitioner) -> None:
    assert ewa.practice == cast.anna.practice
    with pytest.raises(LeadsThePractice):
        leave(practitioner=cast.anna, now=BOOKED)
