"""What happened with a meeting fits together: nobody's deed is undone by an earlier date."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings.actions import strike
from miedza.bookings.ordering import NotBegun, Overtaken
from miedza.ledger.actions import CannotStrike
from miedza.ledger.models import Event
from tests.cast import BOOKED, MONDAY, Cast, book, look, tell

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Booking

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
DEED = MONDAY - 2 * DAY
"""When the client cancels or moves by themselves."""


def _act(cast: Cast, booking: Booking, kind: str = "cancelled") -> Event:
    details: Any = {"to_at": MONDAY + DAY} if kind == "moved" else {}
    return tell(cast.anna, booking, kind, "client", DEED, entered_by="client", **details)


def _record(cast: Cast, booking: Booking, kind: str, at: datetime, **details: Any) -> Event:
    return tell(
        cast.anna, booking, kind, "client", at, now=MONDAY + 2 * DAY, **details
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["held", "ended", "left"])
def test_meeting_is_held_or_waited_for_from_its_start_on(cast: Cast, kind: str) -> None:
    booking = book(cast.anna, cast.ola)

    for at in (BOOKED, MONDAY - SECOND):
        with pytest.raises(NotBegun):
            _record(cast, booking, kind, at)
    assert not Event.across.exists()

    assert _record(cast, booking, kind, MONDAY).type == kind


def test_start_is_the_one_that_stood_then(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    tell(cast.anna, booking, "moved", "practitioner", MONDAY - HOUR, to_at=MONDAY + DAY)

    with pytest.raises(NotBegun):
        _record(cast, booking, "held", MONDAY + HOUR)

    _record(cast, booking, "held", MONDAY + DAY + HOUR)
    assert look(cast.anna, booking.id).outcome == "held"


@pytest.mark.parametrize("deed", ["cancelled", "moved"])
@pytest.mark.parametrize("kind", ["cancelled", "moved", "held"])
def test_deed_of_the_client_is_not_overtaken_from_behind(cast: Cast, deed: str, kind: str) -> None:
    booking = book(cast.anna, cast.ola)
    mine = _act(cast, booking, deed)
    before = look(cast.anna, booking.id).starts_at, look(cast.anna, booking.id).outcome
    details = {"to_at": MONDAY + 3 * DAY} if kind == "moved" else {}

    with pytest.raises(Overtaken):
        _record(cast, booking, kind, DEED - SECOND, **details)
    assert (look(cast.anna, booking.id).starts_at, look(cast.anna, booking.id).outcome) == before

    tell(cast.anna, booking, "voided", "practitioner", DEED, voids_id=mine.id)
    if kind != "held":  # Once it is taken back, and told, the order is free again.
        assert _record(cast, booking, kind, DEED - SECOND, **details).type == kind


def test_what_the_practitioner_wrote_down_may_be_put_in_order(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    tell(cast.anna, booking, "cancelled", "client", DEED)

    assert _record(cast, booking, "cancelled", DEED - HOUR).at == DEED - HOUR


def test_booking_with_which_its_client_did_something_is_not_struck(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    mine = _act(cast, booking)
    tell(cast.anna, booking, "voided", "practitioner", DEED, voids_id=mine.id)

    with pytest.raises(CannotStrike):
        strike(practice=cast.anna.practice, booking_id=booking.id, now=DEED)
