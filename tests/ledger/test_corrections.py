"""A mistake is answered by a new entry: what rested on it falls, and nothing is changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.ledger.actions import CannotVoid
from miedza.ledger.models import Event, Retraction, Ruling, Settlement
from miedza.ledger.queries import find_meeting
from miedza.ledger.records import read_record
from tests.cast import BOOKED, MONDAY, Cast, book, look, tell
from tests.ledger.comparing import assert_figures_hold

if TYPE_CHECKING:
    import uuid

    from miedza.bookings.models import Booking
    from miedza.practice.models import Practitioner

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _holding(practitioner: Practitioner, booking: Booking) -> list[tuple[str, str, int, int]]:
    """The rulings of a meeting that hold: verdict, reason, amount, edition."""
    practice_id = practitioner.practice_id
    meeting = find_meeting(practice_id=practice_id, meeting_id=booking.id)
    assert meeting is not None
    record = read_record(practice_id=practice_id, meetings=[meeting])
    return [
        (ruling.verdict, ruling.reason, ruling.amount_minor, ruling.edition)
        for ruling in record.rulings[meeting.id]
    ]


def _outcomes(practice_id: uuid.UUID, booking: Booking) -> list[tuple[int, str, int]]:
    settled = Settlement.objects.of(practice_id).filter(meeting_id=booking.id).order_by("edition")
    return list(settled.values_list("edition", "outcome", "client_minor"))


def test_voided_event_takes_its_ruling_along_and_both_stay_in_the_ledger(cast: Cast) -> None:
    booking = book(cast.borys, cast.nastia)
    practice_id = cast.borys.practice_id
    mistake = tell(cast.borys, booking, "cancelled", "client", MONDAY - HOUR)
    assert _holding(cast.borys, booking) == [("crossed", "late_cancel", 20_000, 1)]

    tell(cast.borys, booking, "voided", "practitioner", MONDAY - HOUR / 2, voids_id=mistake.id)

    assert _holding(cast.borys, booking) == []
    assert Ruling.objects.of(practice_id).count() == 1
    assert Retraction.objects.of(practice_id).count() == 1
    assert _outcomes(practice_id, booking) == [
        (1, "open", 0), (2, "cancelled", 20_000), (3, "open", 0),
    ]  # fmt: skip
    assert look(cast.borys, booking.id).outcome == "open"


def test_backdated_event_rejudges_what_comes_after_it(cast: Cast) -> None:
    booking = book(cast.borys, cast.nastia)
    tell(cast.borys, booking, "left", "practitioner", MONDAY + HOUR / 2)
    assert _holding(cast.borys, booking) == [("crossed", "missed", 20_000, 1)]

    tell(cast.borys, booking, "arrived", "client", MONDAY, now=MONDAY + HOUR)
    tell(cast.borys, booking, "arrived", "practitioner", MONDAY, now=MONDAY + HOUR)

    assert look(cast.borys, booking.id).outcome == "held"
    reasons = [reason for _verdict, reason, _amount, _edition in _holding(cast.borys, booking)]
    assert sorted(reasons) == ["on_time", "on_time", "time_owed"]
    assert_figures_hold(cast.borys.practice_id, cast.nastia.id, MONDAY + HOUR)


def test_ruling_that_comes_anew_has_the_next_edition(cast: Cast) -> None:
    first, second = book(cast.anna, cast.ola), book(cast.anna, cast.ola, MONDAY + DAY)
    tell(cast.anna, second, "cancelled", "client", MONDAY + HOUR)
    assert _holding(cast.anna, second)[-1] == ("excused", "late_cancel", 0, 1)

    mistake = tell(cast.anna, first, "cancelled", "client", MONDAY - HOUR, now=MONDAY + 2 * HOUR)
    after = _holding(cast.anna, second)[-1]
    tell(cast.anna, first, "voided", "practitioner", MONDAY + 3 * HOUR, voids_id=mistake.id)

    assert after == ("crossed", "late_cancel", 20_000, 2)
    assert _holding(cast.anna, second)[-1] == ("excused", "late_cancel", 0, 3)
    assert_figures_hold(cast.anna.practice_id, cast.ola.id, MONDAY + 3 * HOUR)


def test_event_is_voided_once(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    mistake = tell(cast.anna, booking, "arrived", "client", MONDAY)
    tell(cast.anna, booking, "voided", "practitioner", MONDAY, voids_id=mistake.id)

    with pytest.raises(CannotVoid):
        tell(cast.anna, booking, "voided", "practitioner", MONDAY, voids_id=mistake.id)


def test_correction_cannot_be_corrected(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    mistake = tell(cast.anna, booking, "arrived", "client", MONDAY)
    correction = tell(cast.anna, booking, "voided", "client", MONDAY, voids_id=mistake.id)

    with pytest.raises(CannotVoid):
        tell(cast.anna, booking, "voided", "client", MONDAY, voids_id=correction.id)


@pytest.mark.parametrize("whose", ["of nobody", "another meeting's", "another practice's"])
def test_only_an_event_of_the_same_meeting_is_voided(cast: Cast, whose: str) -> None:
    booking = book(cast.anna, cast.ola)
    elsewhere = {
        "another meeting's": (cast.anna, book(cast.anna, cast.ola, MONDAY + DAY)),
        "another practice's": (cast.borys, book(cast.borys, cast.nastia)),
    }
    voids_id = None
    if whose in elsewhere:
        voids_id = tell(*elsewhere[whose], "arrived", "client", MONDAY + DAY).id
    before = Event.across.count()

    with pytest.raises(CannotVoid):
        tell(cast.anna, booking, "voided", "client", MONDAY + DAY, voids_id=voids_id)

    assert Event.across.count() == before


def test_who_looked_at_the_clock_earlier_does_not_unjudge(cast: Cast) -> None:
    booking, other = book(cast.anna, cast.ola), book(cast.anna, cast.ola, MONDAY + DAY)
    tell(cast.anna, booking, "left", "practitioner", MONDAY + HOUR / 2)
    held = _holding(cast.anna, booking)

    # Read the clock, stood in line behind the entry above, and was let in after it.
    tell(cast.anna, other, "incident", "client", BOOKED, now=MONDAY + HOUR / 3)

    assert _holding(cast.anna, booking) == held
    assert look(cast.anna, booking.id).outcome == "missed"
    assert not Retraction.objects.of(cast.anna.practice_id).exists()
