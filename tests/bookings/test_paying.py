"""One sum, spread over the meetings it pays for; what goes back comes from the newest payments."""

from __future__ import annotations

import uuid
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from miedza.bookings.judging import judge_due
from miedza.bookings.paying import MoreThanPaid, NothingBooked, note_payment, take_account
from miedza.ledger.balance import take_balance
from miedza.ledger.deciding import decide
from miedza.ledger.models import Event, Ruling, Settlement
from miedza.ledger.queries import list_meetings
from miedza.ledger.records import read_record
from tests.agreements.agreeing import accept
from tests.bookings.racing import RACES, race
from tests.cast import ANNAS_TERMS, BOOKED, MONDAY, Cast, book, look, publish_rules, tell
from tests.ledger.comparing import assert_figures_hold

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Booking

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PRICE = 20_000
LATER = MONDAY + 20 * DAY


def _pay(
    cast: Cast, amount: int, *, now: datetime = LATER, id: uuid.UUID | None = None  # noqa: A002 - the parameter's own name.
) -> list[Event]:  # fmt: skip
    return note_payment(
        practice=cast.borys.practice, person=cast.nastia, amount_minor=amount, at=now, now=now,
        id=id or uuid.uuid4(),
    )  # fmt: skip


def _hold(cast: Cast, days: int) -> Booking:
    """A meeting that was held."""
    booking = book(cast.borys, cast.nastia, MONDAY + days * DAY)
    tell(cast.borys, booking, "held", "practitioner", booking.ends_at)
    return booking


def _paid(*bookings: Booking) -> list[int]:
    """What is paid for each."""
    paid = []
    for booking in bookings:
        newest = Settlement.objects.of(booking.practice_id).filter(meeting_id=booking.id)
        paid.append(newest.order_by("edition").last())
    return [0 if each is None else each.paid_minor for each in paid]


def test_payment_goes_to_the_oldest_unpaid_meetings_first(cast: Cast) -> None:
    meetings = [_hold(cast, days) for days in range(3)]

    events = _pay(cast, 50_000)

    assert _paid(*meetings) == [PRICE, PRICE, 10_000]
    assert [(event.meeting_id, event.amount_minor) for event in events] == [
        (meetings[0].id, PRICE), (meetings[1].id, PRICE), (meetings[2].id, 10_000),
    ]  # fmt: skip
    _pay(cast, 10_000)
    assert _paid(*meetings) == [PRICE] * 3
    assert_figures_hold(cast.borys.practice_id, cast.nastia.id, LATER)


def test_what_is_left_over_goes_to_the_last_meeting(cast: Cast) -> None:
    meetings = [_hold(cast, days) for days in range(2)]

    _pay(cast, 45_000)

    assert _paid(*meetings) == [PRICE, 25_000]


def test_payment_ahead_goes_to_the_next_meeting_and_not_to_the_last(cast: Cast) -> None:
    meetings = [book(cast.borys, cast.nastia, MONDAY + days * DAY) for days in range(3)]

    _pay(cast, PRICE, now=BOOKED)
    assert _paid(*meetings) == [PRICE, 0, 0]
    _pay(cast, 30_000, now=BOOKED)
    assert _paid(*meetings) == [PRICE, PRICE, 10_000]


def test_payment_in_time_for_the_next_meeting_is_in_time(cast: Cast) -> None:
    rules = {
        **ANNAS_TERMS["rules"],
        "payment": {"due": "before_session", "hours": 24, "unpaid": "release"},
    }
    publish_rules(cast.borys, {**ANNAS_TERMS, "rules": rules}, now=BOOKED - DAY)
    meetings = [book(cast.borys, cast.nastia, MONDAY + 7 * days * DAY) for days in range(4)]

    _pay(cast, PRICE, now=MONDAY - 2 * DAY)
    judge_due(now=MONDAY - HOUR)

    assert look(cast.borys, meetings[0].id).outcome == "open"
    assert not Ruling.objects.of(cast.borys.practice_id).exists()


def test_debts_are_paid_before_what_lies_ahead(cast: Cast) -> None:
    held = _hold(cast, 0)
    ahead = [book(cast.borys, cast.nastia, LATER + days * DAY) for days in (1, 2)]

    _pay(cast, 50_000)

    assert _paid(held, *ahead) == [PRICE, PRICE, 10_000]


def test_free_and_cancelled_meetings_take_no_payment(cast: Cast) -> None:
    free = book(cast.borys, cast.nastia, kind="free")
    cancelled = book(cast.borys, cast.nastia, MONDAY + DAY)
    tell(cast.borys, cancelled, "cancelled", "practitioner", BOOKED)
    ahead = book(cast.borys, cast.nastia, LATER + DAY)

    _pay(cast, PRICE)

    assert _paid(free, cancelled, ahead) == [0, 0, PRICE]


def test_fee_is_paid_once_it_is_decided(cast: Cast) -> None:
    accept(cast.borys, cast.nastia, now=BOOKED - HOUR)
    missed = book(cast.borys, cast.nastia)
    tell(cast.borys, missed, "left", "practitioner", MONDAY + HOUR / 2)
    ahead = book(cast.borys, cast.nastia, LATER + DAY)
    fee = Ruling.objects.of(cast.borys.practice_id).get(owed_by="client")

    _pay(cast, 1)
    decide(practice=cast.borys.practice, ruling_id=fee.id, choice="apply", now=LATER)
    _pay(cast, PRICE)

    assert _paid(missed, ahead) == [PRICE, 1]


def test_sum_that_goes_back_is_taken_from_the_newest_payments(cast: Cast) -> None:
    meetings = [_hold(cast, days) for days in range(3)]
    _pay(cast, 50_000)

    events = _pay(cast, -25_000)

    assert _paid(*meetings) == [PRICE, 5_000, 0]
    assert [event.amount_minor for event in events] == [-15_000, -10_000]
    _pay(cast, -25_000)
    assert _paid(*meetings) == [0, 0, 0]


def test_no_more_goes_back_than_was_paid(cast: Cast) -> None:
    meetings = [_hold(cast, days) for days in range(2)]
    _pay(cast, 30_000)

    with pytest.raises(MoreThanPaid):
        _pay(cast, -30_001)

    assert _paid(*meetings) == [PRICE, 10_000]


def test_nothing_is_paid_for_where_nothing_is_booked(cast: Cast) -> None:
    for amount in (1, -1, 0):
        with pytest.raises(NothingBooked):
            _pay(cast, amount)


def test_nothing_is_nothing(cast: Cast) -> None:
    _hold(cast, 0)

    assert _pay(cast, 0) == []


def test_said_twice_it_is_one_payment(cast: Cast) -> None:
    meetings = [_hold(cast, days) for days in range(2)]
    wanted = uuid.uuid4()

    first = _pay(cast, 30_000, id=wanted)
    again = _pay(cast, 30_000, id=wanted)

    assert again == first[:1]
    assert _paid(*meetings) == [PRICE, 10_000]


@pytest.mark.parametrize("seed", range(5))
def test_no_grosz_is_lost_however_it_is_paid(cast: Cast, seed: int) -> None:
    rng, sums = Random(seed), 0
    meetings = [_hold(cast, days) for days in range(2)]
    meetings += [book(cast.borys, cast.nastia, LATER + days * DAY) for days in range(1, 3)]
    for _ in range(12):
        amount = rng.choice([1, 9_999, PRICE, 3 * PRICE, -1, -PRICE, -sums])
        try:
            _pay(cast, amount)
        except MoreThanPaid:
            assert sums + amount < 0
        else:
            sums += amount
        assert sum(_paid(*meetings)) == sums
        assert min(_paid(*meetings)) >= 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_payment_noted_at_once_in_many_windows_is_one(standing_cast: Cast, number: int) -> None:
    meetings = [_hold(standing_cast, days) for days in range(2)]
    wanted = uuid.uuid4()

    answers = race([lambda: _pay(standing_cast, 30_000, id=wanted)] * 5)

    assert answers == {"done": 5}
    assert _paid(*meetings) == [PRICE, 10_000]


def test_refund_leaves_what_is_paid_for_meetings_ahead(cast: Cast) -> None:
    gone = book(cast.borys, cast.nastia)
    ahead = book(cast.borys, cast.nastia, MONDAY + DAY)
    _pay(cast, 2 * PRICE, now=BOOKED)
    tell(cast.borys, gone, "cancelled", "client", BOOKED)

    _pay(cast, -PRICE, now=BOOKED)

    assert _paid(gone, ahead) == [0, PRICE]


def test_prepaid_meeting_pays_no_debt(cast: Cast) -> None:
    held = _hold(cast, 0)
    ahead = book(cast.borys, cast.nastia, MONDAY + 9 * DAY)
    tell(cast.borys, ahead, "paid", "client", MONDAY, amount_minor=PRICE)
    meetings = list_meetings(practice_id=cast.borys.practice_id, person_id=cast.nastia.id)
    record = read_record(practice_id=cast.borys.practice_id, meetings=meetings)

    account = take_account(record, meetings)
    assert (account.ahead_minor, account.kept_minor) == (PRICE, PRICE)
    assert (account.balance, account.due_minor) == (take_balance(record), PRICE)
    assert _paid(held, ahead) == [0, PRICE]
