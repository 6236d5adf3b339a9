"""What people answered to a ruling stands when a correction brings the same ruling anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.ledger.deciding import NothingToDecide, decide, object_to
from miedza.ledger.models import Decision, Objection, Ruling
from tests.agreements.agreeing import accept
from tests.cast import BOOKED, MONDAY, book, tell

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Booking
    from miedza.ledger.models import Event
    from tests.cast import Cast

HOUR = timedelta(hours=1)
NOW = MONDAY + timedelta(days=2)


@pytest.fixture
def missed(cast: Cast) -> tuple[Booking, Event]:
    """A meeting that Настя missed, and the event that says so."""
    accept(cast.borys, cast.nastia, now=BOOKED - HOUR)
    booking = book(cast.borys, cast.nastia)
    return booking, tell(cast.borys, booking, "left", "practitioner", MONDAY + HOUR / 2)


def _ruling(cast: Cast) -> Ruling:
    return Ruling.objects.of(cast.borys.practice_id).filter(reason="missed").latest("made_at")


def _take_back_and_tell_again(cast: Cast, booking: Booking, event: Event, at: datetime) -> Ruling:
    """A slip of the hand: something earlier closes the meeting, and is taken back itself."""
    slip = tell(cast.borys, booking, "cancelled", "client", MONDAY - HOUR, now=at)
    tell(cast.borys, booking, "voided", "practitioner", at + HOUR, voids_id=slip.id)
    del event
    return _ruling(cast)


def test_decision_stands_when_the_same_ruling_comes_anew(
    cast: Cast, missed: tuple[Booking, Event]
) -> None:
    booking, event = missed
    first = _ruling(cast)
    decide(practice=cast.borys.practice, ruling_id=first.id, choice="talk", now=NOW)
    decide(practice=cast.borys.practice, ruling_id=first.id, choice="apply", now=NOW + HOUR)

    anew = _take_back_and_tell_again(cast, booking, event, NOW + 2 * HOUR)

    assert (anew.edition, anew.amount_minor) == (2, first.amount_minor)
    kept = Decision.objects.of(cast.borys.practice_id).get(ruling_id=anew.id)
    assert (kept.edition, kept.choice, kept.made_at) == (1, "apply", NOW + HOUR)


def test_what_is_seen_differently_stands_each_time(
    cast: Cast, missed: tuple[Booking, Event]
) -> None:
    booking, event = missed
    object_to(
        practice=cast.borys.practice, meeting_id=booking.id, ruling_id=_ruling(cast).id,
        text="Дверь была закрыта.", now=NOW,
    )  # fmt: skip

    for turn in range(3):
        anew = _take_back_and_tell_again(cast, booking, event, NOW + (turn + 1) * 3 * HOUR)

    (kept,) = Objection.objects.of(cast.borys.practice_id).filter(ruling_id=anew.id)
    assert kept.open_text(cast.borys.practice.key) == "Дверь была закрыта."
    assert kept.at == NOW


@pytest.mark.parametrize("choice", ["", "charge", "APPLY", "leave "])
def test_what_is_no_choice_decides_nothing(
    choice: str, cast: Cast, missed: tuple[Booking, Event]
) -> None:
    del missed
    with pytest.raises(NothingToDecide):
        decide(practice=cast.borys.practice, ruling_id=_ruling(cast).id, choice=choice, now=NOW)
