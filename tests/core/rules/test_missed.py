"""Missed: not coming, and not waiting; the same share for both sides."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.samples import ruled, ruling, settled
from tests.naive.by_hand import booking, event, terms

OTHER = {"client": "practitioner", "practitioner": "client"}


def missed(by: str | None, clock: str, reason: str = "missed", **more: Any) -> dict[str, Any]:
    told = {"verdict": "crossed", "amount": 101, "facts": {"percent": 100}, **more}
    return ruling("missed", reason, by, clock, "x", **told)


@pytest.mark.parametrize("by", ["client", "practitioner"])
def test_stopping_to_wait_in_time_is_missed_by_the_other(by: str) -> None:
    judged = ruled(terms(), booking(event("x", "left", by, "02T09:15")))

    assert judged == [missed(OTHER[by], "02T09:15")]


@pytest.mark.parametrize("by", ["client", "practitioner"])
@pytest.mark.parametrize("clock", ["02T09:14:59", "02T09:00", "01T09:00"])
def test_stopping_to_wait_too_early_is_crossed_by_the_one_who_did(by: str, clock: str) -> None:
    judged = ruled(terms(), booking(event("x", "left", by, clock)))

    assert judged == [missed(by, clock, "did_not_wait")]


@pytest.mark.parametrize("by", ["client", "practitioner"])
def test_cancelling_after_the_start_is_missed_by_the_one_who_did(by: str) -> None:
    events = [event("a", "arrived", OTHER[by], "02T09:00"), event("x", "cancelled", by, "02T09:00")]

    judged = ruled(terms("lateness"), booking(*events))

    assert judged == [missed(by, "02T09:00")]


@pytest.mark.parametrize(
    ("minutes", "clock", "reason"),
    [
        # A meeting shorter than the wait is waited for no longer than it lasts.
        (10, "02T09:10", "missed"),
        (10, "02T09:09:59", "did_not_wait"),
        (15, "02T09:15", "missed"),
        (600, "02T09:15", "missed"),
    ],
)
def test_wait_is_no_longer_than_the_meeting(minutes: int, clock: str, reason: str) -> None:
    judged = ruled(terms(), booking(event("x", "left", "practitioner", clock), minutes=minutes))

    assert judged[0]["reason"] == reason


@pytest.mark.parametrize(
    ("clock", "reason"), [("02T09:59:59", "did_not_wait"), ("02T10:00", "missed")]
)
def test_without_lateness_the_whole_meeting_is_waited_for(clock: str, reason: str) -> None:
    judged = ruled(terms("lateness"), booking(event("x", "left", "client", clock)))

    assert judged[0]["reason"] == reason


def test_price_is_shared_by_percent_of_the_side_that_missed() -> None:
    rules = terms(missed={"percent": 50}, practitioner={"missed": {"percent": 75}})
    left = [event("x", "left", by, "02T09:15") for by in ("client", "practitioner")]

    amounts = [ruled(rules, booking(one))[0]["amount"] for one in left]

    assert amounts == [76, 51]


def test_nothing_is_owed_at_no_percent() -> None:
    judged = ruled(terms(missed={"percent": 0}), booking(event("x", "left", "client", "02T09:15")))

    assert judged == [missed("practitioner", "02T09:15", amount=0, facts={"percent": 0})]


def test_silence_is_unclear_and_costs_nobody_anything() -> None:
    assert ruled(terms(), booking()) == [
        ruling("missed", "attendance_unclear", None, "03T10:00", verdict="unclear")
    ]


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ([], "unclear"),
        ([event("x", "left", "client", "02T09:15")], "missed"),
        ([event("x", "cancelled", "client", "02T09:15")], "missed"),
    ],
)
def test_booking_goes_on_without_the_rule(events: Any, outcome: str) -> None:
    assert ruled(terms("missed"), booking(*events)) == []
    assert settled(terms("missed"), booking(*events))[0]["outcome"] == outcome
