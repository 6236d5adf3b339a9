"""A deadline says what the rules say, at its instant, once, though nothing happens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.bookings.judging import judge_due
from miedza.ledger.models import Ruling, Settlement
from tests.cast import ANNAS_TERMS, FOUNDED, MONDAY, Cast, book, look, publish_rules, tell
from tests.ledger.comparing import assert_figures_hold

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.practice.models import Practitioner

HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
CLOSES = MONDAY + HOUR + DAY
"""The deadline C: a day after the end."""


def _rulings(practitioner: Practitioner) -> list[tuple[str, datetime]]:
    rulings = Ruling.objects.of(practitioner.practice_id).order_by("at", "rule")
    return list(rulings.values_list("reason", "at"))


def _pay(cast: Cast, **payment: object) -> None:
    """Let Anna's rules ask for payment so."""
    rules = {**ANNAS_TERMS["rules"], "payment": payment}
    publish_rules(cast.anna, {**ANNAS_TERMS, "rules": rules}, now=FOUNDED + DAY)


def test_silence_is_judged_at_the_deadline_and_not_a_second_before(cast: Cast) -> None:
    booking = book(cast.borys, cast.nastia)

    assert judge_due(now=CLOSES - SECOND) == 0
    assert look(cast.borys, booking.id).outcome == "open"
    assert judge_due(now=CLOSES) == 1

    assert look(cast.borys, booking.id).outcome == "unclear"
    assert look(cast.borys, booking.id).judge_again_at is None
    assert _rulings(cast.borys) == [("attendance_unclear", CLOSES)]


def test_deadline_is_judged_once_however_often_the_clock_looks(cast: Cast) -> None:
    book(cast.borys, cast.nastia)

    judged = [judge_due(now=CLOSES + HOUR * index) for index in range(4)]

    assert judged == [1, 0, 0, 0]
    assert _rulings(cast.borys) == [("attendance_unclear", CLOSES)]
    assert Settlement.objects.of(cast.borys.practice_id).count() == 2


def test_deadline_judged_late_says_what_it_would_have_said_in_time(cast: Cast) -> None:
    book(cast.borys, cast.nastia)

    judge_due(now=CLOSES + 90 * DAY)

    assert _rulings(cast.borys) == [("attendance_unclear", CLOSES)]
    assert_figures_hold(cast.borys.practice_id, cast.nastia.id, CLOSES + 90 * DAY)


def test_both_there_and_no_end_is_held_at_the_deadline(cast: Cast) -> None:
    booking = book(cast.borys, cast.nastia)
    for side in ("client", "practitioner"):
        tell(cast.borys, booking, "arrived", side, MONDAY)

    judge_due(now=CLOSES)

    assert look(cast.borys, booking.id).outcome == "held"
    assert ("end_not_recorded", CLOSES) in _rulings(cast.borys)


def test_unpaid_is_judged_when_it_is_due(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    due = MONDAY - DAY

    assert judge_due(now=due - SECOND) == 0
    assert judge_due(now=due) == 1

    assert _rulings(cast.anna) == [("unpaid", due)]
    stands = look(cast.anna, booking.id)
    assert (stands.outcome, stands.judge_again_at) == ("open", CLOSES)


def test_paid_in_time_has_no_ruling(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    tell(cast.anna, booking, "paid", "client", MONDAY - DAY, amount_minor=20_000)

    judge_due(now=MONDAY)

    assert _rulings(cast.anna) == []


def test_unpaid_meeting_is_released_and_its_time_is_free(cast: Cast) -> None:
    _pay(cast, due="before_session", hours=24, unpaid="release")
    booking = book(cast.anna, cast.ola)

    judge_due(now=MONDAY - DAY)

    stands = look(cast.anna, booking.id)
    assert (stands.outcome, stands.occupies, stands.judge_again_at) == ("released", False, None)
    assert book(cast.anna, cast.marek, now=MONDAY - HOUR).starts_at == MONDAY


def test_payment_after_the_meeting_is_due_once_it_was_held(cast: Cast) -> None:
    _pay(cast, due="after_session", hours=48, unpaid="keep")
    booking = book(cast.anna, cast.ola)
    tell(cast.anna, booking, "held", "practitioner", MONDAY + HOUR)
    due = MONDAY + 49 * HOUR
    assert look(cast.anna, booking.id).judge_again_at == due

    judge_due(now=due)

    assert ("unpaid", due) in _rulings(cast.anna)
    assert look(cast.anna, booking.id).judge_again_at is None


def test_payment_recorded_late_but_made_in_time_takes_the_ruling_back(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    judge_due(now=MONDAY)

    tell(
        cast.anna, booking, "paid", "client", MONDAY - 2 * DAY, now=MONDAY + HOUR,
        amount_minor=20_000,
    )  # fmt: skip

    assert not Ruling.objects.of(cast.anna.practice_id).filter(retractions=None).exists()
    assert_figures_hold(cast.anna.practice_id, cast.ola.id, MONDAY + HOUR)


def test_clock_judges_all_practices_and_at_most_what_it_was_told(cast: Cast) -> None:
    for index in range(3):
        book(cast.borys, cast.nastia, MONDAY + DAY * index)
    book(cast.anna, cast.ola)
    late = MONDAY + 30 * DAY

    assert [judge_due(now=late, most=1), judge_due(now=late), judge_due(now=late)] == [1, 1, 0]


@pytest.mark.parametrize("kind", ["arrived", "paid", "incident"])
def test_event_after_the_deadline_does_not_undo_it(cast: Cast, kind: str) -> None:
    booking = book(cast.borys, cast.nastia)
    judge_due(now=CLOSES)

    tell(
        cast.borys, booking, kind, "client", CLOSES + HOUR,
        amount_minor=1 if kind == "paid" else None,
    )  # fmt: skip

    assert ("attendance_unclear", CLOSES) in _rulings(cast.borys)
    assert look(cast.borys, booking.id).outcome == "unclear"
