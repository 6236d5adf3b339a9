"""Whoever is owed may give it away: once, with a reason, and the ruling stays as it was."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from miedza.ledger.actions import NotOwed, waive
from miedza.ledger.models import Ruling, Waiver
from tests.bookings.racing import race
from tests.cast import MONDAY, Cast, book, tell

if TYPE_CHECKING:
    from miedza.bookings.models import Booking
    from miedza.ledger.models import Event

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _miss(cast: Cast) -> tuple[Booking, Event, Ruling]:
    """A meeting that Настя missed, and owes."""
    booking = book(cast.borys, cast.nastia)
    event = tell(cast.borys, booking, "left", "practitioner", MONDAY + HOUR / 2)
    return booking, event, Ruling.objects.of(cast.borys.practice_id).get(reason="missed")


def _waive(cast: Cast, ruling: Ruling, by: str = "practitioner") -> Waiver:
    return waive(
        practice=cast.borys.practice,
        meeting_id=ruling.meeting_id,
        ruling_id=ruling.id,
        by=by,
        reason="болела",
        now=MONDAY + DAY,
    )


def test_waiver_is_a_row_of_its_own_and_rewrites_nothing(cast: Cast) -> None:
    _booking, _event, ruling = _miss(cast)
    before = Ruling.objects.of(ruling.practice_id).values().get()

    waiver = _waive(cast, ruling)

    assert (waiver.by, waiver.open_text(ruling.practice.key), waiver.ruling_id) == (
        "practitioner",
        "болела",
        ruling.id,
    )
    assert Ruling.objects.of(ruling.practice_id).values().get() == before


def test_only_the_one_who_is_owed_waives(cast: Cast) -> None:
    _booking, _event, ruling = _miss(cast)

    with pytest.raises(NotOwed):
        _waive(cast, ruling, by="client")
    with pytest.raises(KeyError):
        _waive(cast, ruling, by="passer-by")

    assert not Waiver.across.exists()


def test_client_waives_what_the_practitioner_owes(cast: Cast) -> None:
    booking = book(cast.borys, cast.nastia)
    tell(cast.borys, booking, "left", "client", MONDAY + HOUR / 2)
    ruling = Ruling.objects.of(cast.borys.practice_id).get(owed_by="practitioner")

    with pytest.raises(NotOwed):
        _waive(cast, ruling)

    assert _waive(cast, ruling, by="client").by == "client"


def test_what_was_waived_is_not_waived_again(cast: Cast) -> None:
    _booking, _event, ruling = _miss(cast)
    _waive(cast, ruling)

    with pytest.raises(NotOwed):
        _waive(cast, ruling)
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.across.create(
            practice=cast.borys.practice, ruling_id=ruling.id, by="client", at=MONDAY
        )


def test_ruling_that_owes_nothing_or_does_not_hold_is_not_waived(cast: Cast) -> None:
    booking, event, ruling = _miss(cast)
    tell(cast.borys, booking, "voided", "practitioner", MONDAY + HOUR, voids_id=event.id)
    tell(cast.borys, booking, "arrived", "client", MONDAY, now=MONDAY + HOUR)
    kept = Ruling.objects.of(cast.borys.practice_id).get(reason="on_time")

    for refused in (ruling, kept):
        with pytest.raises(NotOwed):
            _waive(cast, refused)


def test_ruling_of_another_practice_is_not_waived(cast: Cast) -> None:
    _booking, _event, ruling = _miss(cast)

    for ruling_id in (ruling.id, uuid.uuid4()):
        with pytest.raises(NotOwed):
            waive(
                practice=cast.anna.practice, meeting_id=ruling.meeting_id, ruling_id=ruling_id,
                by="practitioner", reason="", now=MONDAY + DAY,
            )  # fmt: skip


def test_ruling_is_waived_only_with_its_own_meeting(cast: Cast) -> None:
    _booking, _event, ruling = _miss(cast)

    with pytest.raises(NotOwed):
        waive(
            practice=cast.borys.practice, meeting_id=uuid.uuid4(), ruling_id=ruling.id,
            by="practitioner", reason="", now=MONDAY + DAY,
        )  # fmt: skip


def test_gift_stands_when_the_same_ruling_comes_anew(cast: Cast) -> None:
    practice_id = cast.borys.practice_id
    _booking, _event, ruling = _miss(cast)
    _waive(cast, ruling)

    # Something that came to light later makes it the second miss; what is owed stays the same.
    earlier = book(cast.borys, cast.nastia, MONDAY - DAY)
    tell(cast.borys, earlier, "left", "practitioner", MONDAY - DAY / 2, now=MONDAY + 2 * DAY)

    anew = Ruling.objects.of(practice_id).get(meeting_id=ruling.meeting_id, retractions=None)
    assert (anew.edition, anew.step, ruling.step) == (2, "talk", "remind")
    carried = Waiver.objects.of(practice_id).get(ruling_id=anew.id)
    assert (carried.by, carried.open_text(ruling.practice.key), carried.at) == (
        "practitioner",
        "болела",
        MONDAY + DAY,
    )


def test_gift_does_not_stand_for_more_than_was_given(cast: Cast) -> None:
    practice_id, booking = cast.borys.practice_id, book(cast.borys, cast.nastia)
    for side in ("client", "practitioner"):
        tell(cast.borys, booking, "arrived", side, MONDAY)
    tell(cast.borys, booking, "extended", "client", MONDAY, minutes=10, agreed=True)
    tell(cast.borys, booking, "ended", "client", MONDAY + 1.5 * HOUR)
    _waive(cast, Ruling.objects.of(practice_id).get(reason="agreed_overtime"))

    tell(
        cast.borys, booking, "extended", "practitioner", MONDAY + HOUR / 2, now=MONDAY + 2 * HOUR,
        minutes=20, agreed=True,
    )  # fmt: skip

    anew = Ruling.objects.of(practice_id).get(reason="agreed_overtime", retractions=None)
    assert anew.minutes == 30
    assert not Waiver.objects.of(practice_id).filter(ruling_id=anew.id).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_waive_at_once_one_does(standing_cast: Cast) -> None:
    _booking, _event, ruling = _miss(standing_cast)

    answers = race([lambda: _waive(standing_cast, ruling)] * 4)

    assert answers == {"done": 1, "NotOwed": 3}
