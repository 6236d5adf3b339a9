"""Either side says that it will be late: the last word counts, and no rule judges it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings import lateness
from miedza.bookings.actions import NoSuchBooking
from miedza.bookings.lateness import NotNear, can_say_late
from miedza.bookings.models import LateNotice
from miedza.bookings.queries import list_late, list_late_since
from miedza.ledger.models import Event
from miedza.messaging.models import Letter
from tests.bookings.racing import RACES, race
from tests.cast import MONDAY, Cast, book, look, tell

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Booking

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def _late(cast: Cast, booking: Booking, now: datetime, by: str = "client", minutes: int = 5) -> Any:
    return lateness.say_late(
        practice=cast.anna.practice, booking_id=booking.id, by=by, minutes=minutes, now=now
    )


@pytest.mark.parametrize(
    ("now", "can"),
    [
        (MONDAY - DAY - SECOND, False), (MONDAY - DAY, True), (MONDAY, True),
        (MONDAY + HOUR - SECOND, True), (MONDAY + HOUR, False),
    ],
)  # fmt: skip
def test_being_late_is_said_of_a_meeting_that_is_near(
    cast: Cast,
    now: datetime,
    can: bool,  # noqa: FBT001 - a case.
) -> None:
    booking = book(cast.anna, cast.ola)

    assert can_say_late(look(cast.anna, booking.id), now) is can
    if not can:
        with pytest.raises(NotNear):
            _late(cast, booking, now)


def test_last_word_of_each_side_on_being_late_counts(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    first = _late(cast, booking, MONDAY - HOUR)
    assert _late(cast, booking, MONDAY - HOUR / 2) == first
    second = _late(cast, booking, MONDAY, minutes=15)
    third = _late(cast, booking, MONDAY, by="practitioner")

    told = list_late(practice_id=cast.anna.practice_id, booking_id=booking.id)

    assert sorted((each.by, each.minutes) for each in told) == [("client", 15), ("practitioner", 5)]
    assert set(told) == {second, third}
    since = list_late_since(practice_id=cast.anna.practice_id, since=MONDAY)
    assert since == {(booking.id, "client"): 15, (booking.id, "practitioner"): 5}
    assert not Event.across.exists()
    tell(cast.anna, booking, "cancelled", "client", MONDAY)
    with pytest.raises(NotNear):
        _late(cast, booking, MONDAY)


def test_meeting_of_nobody_or_of_another_practice_is_none(cast: Cast) -> None:
    theirs = book(cast.borys, cast.nastia)

    with pytest.raises(NoSuchBooking):
        _late(cast, theirs, MONDAY)
    theirs.id = uuid.uuid4()
    with pytest.raises(NoSuchBooking):
        _late(cast, theirs, MONDAY)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_said_at_once_from_many_windows_it_is_said_once(standing_cast: Cast, number: int) -> None:
    booking = book(standing_cast.anna, standing_cast.ola)

    answers = race([partial(_late, standing_cast, booking, MONDAY)] * 5)

    assert answers == {"done": 5}
    assert (LateNotice.across.count(), Letter.across.filter(purpose="late").count()) == (1, 1)
