"""What is recorded is judged at once, and the calendar follows."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from miedza.bookings.actions import (
    MovesBack,
    NoSuchBooking,
    NotYet,
    close_day,
    record,
    strike,
)
from miedza.bookings.judging import judge_due
from miedza.bookings.models import Booking
from miedza.ledger.actions import CannotStrike
from miedza.ledger.models import Event, Meeting, Ruling, Strike
from miedza.ledger.queries import find_meeting, list_meetings
from tests.cast import BOOKED, MONDAY, Cast, book, look, tell

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_booking_stands_as_it_was_agreed(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola, MONDAY + timedelta(seconds=7), minutes=50)

    stands = look(cast.anna, booking.id)
    assert (stands.starts_at, stands.ends_at) == (MONDAY, MONDAY + timedelta(minutes=50))
    assert (stands.outcome, stands.occupies, stands.person) == ("open", True, cast.ola)
    assert stands.judge_again_at == MONDAY - DAY  # The payment is due a day before.
    meeting = find_meeting(practice_id=cast.anna.practice_id, meeting_id=booking.id)
    assert meeting is not None
    assert (meeting.booked_at, meeting.price_minor, meeting.kind) == (BOOKED, 20_000, "paid")


def test_move_moves_the_calendar_and_its_deadline(cast: Cast) -> None:
    booking = book(cast.borys, cast.nastia)

    tell(cast.borys, booking, "moved", "client", BOOKED, to_at=MONDAY + DAY)

    stands = look(cast.borys, booking.id)
    assert (stands.starts_at, stands.ends_at) == (MONDAY + DAY, MONDAY + DAY + HOUR)
    assert stands.judge_again_at == MONDAY + 2 * DAY + HOUR


def test_what_has_not_happened_cannot_be_recorded(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)

    with pytest.raises(NotYet):
        tell(cast.anna, booking, "arrived", "client", MONDAY, now=MONDAY - HOUR)

    assert not Event.across.exists()


@pytest.mark.parametrize("ahead", [timedelta(0), -HOUR, timedelta(milliseconds=300)])
def test_move_to_a_time_not_after_its_moment_is_refused(cast: Cast, ahead: timedelta) -> None:
    booking = book(cast.anna, cast.ola)

    with pytest.raises(MovesBack):
        tell(cast.anna, booking, "moved", "client", BOOKED, to_at=BOOKED + ahead)


def test_booking_of_another_practice_is_none(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)

    for practitioner, booking_id in ((cast.borys, booking.id), (cast.anna, uuid.uuid4())):
        practice = practitioner.practice
        with pytest.raises(NoSuchBooking):
            record(
                practice=practice, booking_id=booking_id, type="cancelled", by="client",
                at=BOOKED, now=BOOKED,
            )  # fmt: skip
        with pytest.raises(NoSuchBooking):
            strike(practice=practice, booking_id=booking_id, now=BOOKED)
    assert close_day(practice=cast.borys.practice, booking_ids=[booking.id], now=MONDAY + DAY) == []


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        ("sang", {}),
        ("moved", {}),
        ("arrived", {"to_at": MONDAY + DAY}),
        ("extended", {}),
        ("extended", {"minutes": 0}),
        ("extended", {"minutes": 1_000_001}),
        ("ended", {"minutes": 5}),
        ("paid", {}),
        ("paid", {"amount_minor": 10**15 + 1}),
        ("left", {"cause": "illness"}),
        ("arrived", {"cause": ""}),
        ("arrived", {"voids_id": uuid.uuid4()}),
    ],
)
def test_event_that_could_never_be_judged_is_refused_by_the_database(
    cast: Cast, kind: str, details: dict[str, object]
) -> None:
    booking = book(cast.anna, cast.ola)

    with pytest.raises((IntegrityError, TypeError)), transaction.atomic():
        tell(cast.anna, booking, kind, "client", MONDAY, **details)  # type: ignore[arg-type]  # Wrong on purpose.

    assert not Event.across.exists()


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"price_minor": -1}, {"kind": "gift"}])
def test_meeting_that_could_never_be_judged_is_refused_by_the_database(
    cast: Cast, wrong: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        book(cast.anna, cast.ola, **wrong)  # type: ignore[arg-type]  # Wrong on purpose.


def test_event_by_a_stranger_is_refused_by_the_database(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)

    with pytest.raises(IntegrityError), transaction.atomic():
        tell(cast.anna, booking, "arrived", "dog", BOOKED)


def test_close_day_holds_what_is_over_and_leaves_the_rest(cast: Cast) -> None:
    over, running = book(cast.anna, cast.ola), book(cast.anna, cast.marek, MONDAY + 2 * HOUR)
    cancelled = book(cast.anna, cast.marek, MONDAY - 2 * HOUR)
    tell(cast.anna, cancelled, "cancelled", "client", BOOKED)
    ids = [cancelled.id, running.id, over.id, uuid.uuid4()]

    told = close_day(practice=cast.anna.practice, booking_ids=ids, now=MONDAY + 2 * HOUR)
    again = close_day(practice=cast.anna.practice, booking_ids=ids, now=MONDAY + 2 * HOUR)

    assert [(event.meeting_id, event.type, event.by) for event in told] == [
        (over.id, "held", "practitioner")
    ]
    assert again == []
    outcomes = {one.id: look(cast.anna, one.id).outcome for one in (over, running, cancelled)}
    assert outcomes == {over.id: "held", running.id: "open", cancelled.id: "cancelled"}


def test_close_day_settles_what_was_unclear(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    judge_due(now=MONDAY + 3 * DAY)
    assert look(cast.anna, booking.id).outcome == "unclear"

    close_day(practice=cast.anna.practice, booking_ids=[booking.id], now=MONDAY + 3 * DAY)

    assert look(cast.anna, booking.id).outcome == "held"


def test_struck_booking_is_as_if_it_had_never_been(cast: Cast) -> None:
    practice, by_mistake = cast.anna.practice, book(cast.anna, cast.ola)
    judge_due(now=MONDAY + 3 * DAY)
    assert Ruling.objects.of(practice.id).count() == 2

    strike(practice=practice, booking_id=by_mistake.id, now=MONDAY + 4 * DAY)

    assert not Booking.objects.of(practice.id).exists()
    assert list_meetings(practice_id=practice.id, person_id=cast.ola.id) == []
    assert find_meeting(practice_id=practice.id, meeting_id=by_mistake.id) is None
    assert not Ruling.objects.of(practice.id).filter(retractions=None).exists()
    assert Meeting.objects.of(practice.id).count() == Strike.objects.of(practice.id).count() == 1
    assert book(cast.anna, cast.marek).starts_at == MONDAY
    with pytest.raises(NoSuchBooking):
        strike(practice=practice, booking_id=by_mistake.id, now=MONDAY + 4 * DAY)


def test_strike_rejudges_what_rested_on_the_struck_meeting(cast: Cast) -> None:
    practice, unpaid = cast.anna.practice, book(cast.anna, cast.ola)
    second = book(cast.anna, cast.ola, MONDAY + DAY)
    judge_due(now=MONDAY + 9 * DAY)
    steps = Ruling.objects.of(practice.id).filter(meeting_id=second.id, reason="unpaid")
    assert [ruling.step for ruling in steps] == ["talk"]

    strike(practice=practice, booking_id=unpaid.id, now=MONDAY + 9 * DAY)

    assert [ruling.step for ruling in steps.filter(retractions=None)] == ["remind"]


def test_meeting_to_which_something_happened_is_not_struck(cast: Cast) -> None:
    practice, booking = cast.anna.practice, book(cast.anna, cast.ola)
    event = tell(cast.anna, booking, "paid", "client", BOOKED, amount_minor=1)

    with pytest.raises(CannotStrike):
        strike(practice=practice, booking_id=booking.id, now=BOOKED)
    assert look(cast.anna, booking.id).outcome == "open"

    tell(cast.anna, booking, "voided", "practitioner", BOOKED, voids_id=event.id)
    strike(practice=practice, booking_id=booking.id, now=BOOKED)

    assert not Booking.objects.of(practice.id).exists()


def test_one_person_who_cannot_be_judged_does_not_stop_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from miedza.bookings import judging

    book(cast.anna, cast.ola)
    book(cast.borys, cast.nastia)
    judge = judging.judge_person

    def judge_but_ola(**known: object) -> None:
        if known["person_id"] == cast.ola.id:
            raise ValueError("a broken row")
        judge(**known)  # type: ignore[arg-type]  # As they came.

    monkeypatch.setattr(judging, "judge_person", judge_but_ola)
    with pytest.raises(ExceptionGroup, match="some persons could not be judged") as told:
        judge_due(now=MONDAY + 3 * DAY)

    assert str(cast.ola.id) in told.value.exceptions[0].__notes__[0]
    assert Booking.objects.of(cast.borys.practice_id).get().outcome == "unclear"
