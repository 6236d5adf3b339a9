"""Who owes what: prices at once, fees once they are decided, gifts never."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.bookings.queries import read_starts, select_begun
from miedza.core.boundaries import Span
from miedza.ledger.actions import waive
from miedza.ledger.balance import Balance, take_balance
from miedza.ledger.deciding import decide
from miedza.ledger.facts import to_instant
from miedza.ledger.measuring import read_measured
from miedza.ledger.models import Ruling
from miedza.ledger.queries import list_meetings
from miedza.ledger.records import list_waiting, read_many, read_record
from tests.agreements.agreeing import accept
from tests.cast import BOOKED, MONDAY, Cast, book, tell

if TYPE_CHECKING:
    from miedza.bookings.models import Booking
    from miedza.ledger.records import Record

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = MONDAY + DAY
PRICE = 20_000


def _read(cast: Cast) -> Record:
    practice_id = cast.borys.practice_id
    meetings = list_meetings(practice_id=practice_id, person_id=cast.nastia.id)
    return read_record(practice_id=practice_id, meetings=meetings)


def _miss(cast: Cast, side: str = "client") -> Booking:
    """A meeting that one side missed."""
    accept(cast.borys, cast.nastia, now=BOOKED - HOUR)
    booking = book(cast.borys, cast.nastia)
    other = {"client": "practitioner", "practitioner": "client"}[side]
    tell(cast.borys, booking, "left", other, MONDAY + HOUR / 2)
    return booking


def _decide(cast: Cast, choice: str) -> None:
    ruling = Ruling.objects.of(cast.borys.practice_id).get(reason="missed")
    decide(practice=cast.borys.practice, ruling_id=ruling.id, choice=choice, now=NOW)


def _waive(cast: Cast, by: str) -> None:
    ruling = Ruling.objects.of(cast.borys.practice_id).exclude(owed_by=None).get()
    waive(
        practice=cast.borys.practice, meeting_id=ruling.meeting_id, ruling_id=ruling.id, by=by,
        reason="…", now=NOW,
    )  # fmt: skip


def _pay(cast: Cast, booking: Booking, amount: int) -> None:
    tell(cast.borys, booking, "paid", "client", NOW, amount_minor=amount)


def _states(record: Record) -> list[tuple[str, bool, bool]]:
    """Of each ruling whether it waits and whether what it owes is due."""
    return [
        (ruling.reason, record.is_waiting(ruling), record.is_due(ruling))
        for ruling in record.each_ruling()
    ]


def test_open_meeting_owes_nothing_yet(cast: Cast) -> None:
    book(cast.borys, cast.nastia)

    assert take_balance(_read(cast)) == Balance(0, 0, 0, 0)


@pytest.mark.parametrize(("paid", "due"), [(0, PRICE), (5_000, 15_000), (25_000, -5_000)])
def test_held_meeting_owes_its_price(cast: Cast, paid: int, due: int) -> None:
    booking = book(cast.borys, cast.nastia)
    tell(cast.borys, booking, "held", "practitioner", MONDAY + HOUR)
    if paid:
        _pay(cast, booking, paid)

    balance = take_balance(_read(cast))

    assert (balance, balance.due_minor) == (Balance(PRICE, 0, paid, 0), due)


@pytest.mark.parametrize(
    ("choice", "waiting", "balance"),
    [
        ("", True, Balance(0, 0, 0, PRICE)),
        ("talk", True, Balance(0, 0, 0, PRICE)),
        ("open", True, Balance(0, 0, 0, PRICE)),
        ("apply", False, Balance(PRICE, 0, 0, 0)),
    ],
)
def test_fee_waits_until_it_is_decided(
    cast: Cast,
    choice: str,
    waiting: bool,  # noqa: FBT001 - a case.
    balance: Balance,
) -> None:
    _miss(cast)
    if choice:
        _decide(cast, choice)

    record = _read(cast)

    assert _states(record) == [("missed", waiting, not waiting)]
    assert take_balance(record) == balance
    assert list_waiting(practice_id=cast.borys.practice_id).count() == int(waiting)


def test_decision_that_was_taken_back_charges_nothing(cast: Cast) -> None:
    _miss(cast)
    for choice in ("apply", "open"):
        _decide(cast, choice)

    assert take_balance(_read(cast)) == Balance(0, 0, 0, PRICE)


def test_gift_is_neither_due_nor_waiting(cast: Cast) -> None:
    _miss(cast)
    _waive(cast, "practitioner")

    record = _read(cast)

    assert _states(record) == [("missed", False, False)]
    assert take_balance(record) == Balance(0, 0, 0, 0)


def test_fee_that_was_decided_and_then_given_away_is_not_due(cast: Cast) -> None:
    booking = _miss(cast)
    _decide(cast, "apply")
    _pay(cast, booking, PRICE)
    _waive(cast, "practitioner")

    balance = take_balance(_read(cast))

    assert (balance, balance.due_minor) == (Balance(0, 0, PRICE, 0), -PRICE)


def test_what_the_practitioner_owes_is_due_without_a_decision(cast: Cast) -> None:
    _miss(cast, "practitioner")

    record = _read(cast)

    assert _states(record) == [("missed", True, True)]
    assert take_balance(record) == Balance(0, PRICE, 0, 0)
    assert take_balance(record).due_minor == -PRICE
    _waive(cast, "client")
    assert take_balance(_read(cast)) == Balance(0, 0, 0, 0)


def test_agreed_minutes_are_due_at_once_and_can_be_given(cast: Cast) -> None:
    booking = book(cast.borys, cast.nastia)
    for side in ("client", "practitioner"):
        tell(cast.borys, booking, "arrived", side, MONDAY)
    tell(cast.borys, booking, "extended", "client", MONDAY, minutes=30, agreed=True)
    tell(cast.borys, booking, "ended", "practitioner", MONDAY + 1.5 * HOUR)
    extra = PRICE * 150 // 200

    assert take_balance(_read(cast)) == Balance(PRICE + extra, 0, 0, 0)
    _waive(cast, "practitioner")
    assert take_balance(_read(cast)) == Balance(PRICE, 0, 0, 0)


def test_step_without_a_fee_waits_and_owes_nothing(cast: Cast) -> None:
    booking = book(cast.borys, cast.nastia)
    tell(cast.borys, booking, "arrived", "client", MONDAY + HOUR / 2)

    record = _read(cast)

    assert _states(record) == [("late", True, False)]
    assert take_balance(record) == Balance(0, 0, 0, 0)


def test_some_meetings_are_summed_up_alone(cast: Cast) -> None:
    first, second = book(cast.borys, cast.nastia), book(cast.borys, cast.nastia, MONDAY + DAY)
    for booking in (first, second):
        tell(cast.borys, booking, "held", "practitioner", booking.ends_at)
    _pay(cast, first, 1)

    record = read_many(practice_id=cast.borys.practice_id)

    assert take_balance(record, [first.id]) == Balance(PRICE, 0, 1, 0)
    assert take_balance(record, []) == Balance(0, 0, 0, 0)
    assert take_balance(record) == Balance(2 * PRICE, 0, 1, 0)


def test_period_holds_what_began_in_it_moves_counted(cast: Cast) -> None:
    bookings = [book(cast.borys, cast.nastia, MONDAY + DAY * days) for days in range(3)]
    tell(cast.borys, bookings[0], "moved", "client", BOOKED, to_at=MONDAY + 9 * DAY)

    of = cast.borys.practice_id
    begun = select_begun(practice_id=of, since=MONDAY, until=MONDAY + 2 * DAY)
    record = read_many(practice_id=of, among=begun)

    assert [meeting.id for meeting in record.meetings] == [bookings[1].id]
    assert set(record.settlements) == {bookings[1].id}
    assert not read_many(practice_id=cast.anna.practice_id).meetings


def test_measured_meeting_brings_what_is_due_at_its_new_time(cast: Cast) -> None:
    booking = _miss(cast)
    of = cast.borys.practice_id
    moved = book(cast.borys, cast.nastia, MONDAY + DAY)
    tell(cast.borys, moved, "moved", "client", BOOKED, to_at=MONDAY + 9 * DAY)

    before = read_measured(read_many(practice_id=of), read_starts(practice_id=of))
    _decide(cast, "apply")
    after = read_measured(read_many(practice_id=of), read_starts(practice_id=of))

    start = to_instant(MONDAY)
    assert before[cast.nastia.id].spans == {
        str(booking.id): Span(start, 60, "missed", 0),
        str(moved.id): Span(start + 9 * 86_400, 60, "open", 0),
    }
    assert after[cast.nastia.id].spans[str(booking.id)] == Span(start, 60, "missed", PRICE)
    assert after[cast.nastia.id].figures.hour == PRICE
