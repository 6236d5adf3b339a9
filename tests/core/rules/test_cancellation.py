"""Cancellation: tiers as read, and what a notice costs."""

from __future__ import annotations

from typing import Any

import pytest

from miedza.core.instants import HOUR
from miedza.core.rules.cancellation import find_percent, list_costs
from miedza.core.terms import read_terms
from tests.core.samples import TERMS, faults_of, put, ruled, ruling, settled
from tests.naive.by_hand import booking, event, terms

_PATH = "rules.cancellation.tiers"
_HOURS = "must be a whole number from 0 to 1000000"
_PERCENT = "must be a whole number from 0 to 100"
LAST = {"hours": 0, "percent": 100}
WRONG: list[Any] = ["0", 0.0, True, None, [0], {}, -1]


def tier(hours: Any = 1, percent: Any = 1) -> dict[str, Any]:
    return {"hours": hours, "percent": percent}


@pytest.mark.parametrize(
    ("tiers", "told"),
    [
        ([tier(24, 50), tier(24, 50), LAST], [": must have strictly falling hours"]),
        ([tier(1, 50), tier(24, 50), LAST], [": must have strictly falling hours"]),
        ([LAST, tier(24, 100)], [": must have strictly falling hours"]),
        ([tier(24, 50), tier(0, 49)], [": must have percents that never fall"]),
        ([tier(24, 50)], [": must end with a tier for 0 hours"]),
        ([tier(24, 50), tier(1, 50)], [": must end with a tier for 0 hours"]),
        ([LAST, None], ["[1]: must be an object"]),
        ([["hours", 0]], ["[0]: must be an object"]),
        (["x", 1], ["[0]: must be an object", "[1]: must be an object"]),
        ([{}], ["[0].hours: missing", "[0].percent: missing"]),
        ([{**LAST, "name": 1}], ["[0].name: unknown key"]),
        ([{**LAST, "a\nb": 1}], ["[0].'a\\nb': unknown key"]),
        ([tier(), {"hours": 0, "percnt": 5}], ["[1].percent: missing", "[1].percnt: unknown key"]),
        *(([tier(hours=value)], [f"[0].hours: {_HOURS}"]) for value in [*WRONG, 1_000_001]),
        *(([tier(percent=value)], [f"[0].percent: {_PERCENT}"]) for value in [*WRONG, 101]),
        ([tier("a", "b")], [f"[0].hours: {_HOURS}", f"[0].percent: {_PERCENT}"]),
    ],
)
def test_wrong_tiers_are_refused(tiers: Any, told: list[str]) -> None:
    faults = faults_of(read_terms, put(TERMS, _PATH, tiers))

    assert faults == [_PATH + fault for fault in told]


@pytest.mark.parametrize(
    ("notice", "percent"),
    [(10**9, 0), (172_800, 0), (172_799, 50), (86_400, 50), (86_399, 80), (1, 80), (0, 80)],
)
def test_first_tier_that_the_notice_reaches_counts(notice: int, percent: int) -> None:
    tiers = TERMS["rules"]["cancellation"]["tiers"]

    assert find_percent(tiers, notice) == percent


@pytest.mark.parametrize("by", ["client", "practitioner"])
@pytest.mark.parametrize(
    ("clock", "minutes", "late"), [("01T09:00", 1440, False), ("01T09:00:01", 1439, True)]
)
def test_notice_is_compared_to_the_second(by: str, clock: str, minutes: int, late: bool) -> None:  # noqa: FBT001 - a case.
    percent = 50 if late else 0
    facts = {"notice_minutes": minutes, "percent": percent}
    expected = ruling("cancellation", "cancelled_in_time", by, clock, "x", facts=facts)
    if late:
        expected |= {"verdict": "crossed", "reason": "late_cancel", "amount": 51, "owed_by": by}

    assert ruled(terms(), booking(event("x", "cancelled", by, clock))) == [expected]


def test_fee_of_a_price_of_nothing_is_crossed_and_owed_by_nobody() -> None:
    free = booking(event("x", "cancelled", "client", "02T08:00"), kind="free")

    facts = {"notice_minutes": 60, "percent": 50}
    assert ruled(terms(), free) == [
        ruling(
            "cancellation", "late_cancel", "client", "02T08:00", "x", verdict="crossed", facts=facts
        )
    ]


def percents(*events: Any, rules: Any = None) -> list[int]:
    judged = ruled(rules or terms(), booking(*events))
    return [r["facts"]["percent"] for r in judged if r["rule"] == "cancellation"]


def test_least_notice_of_earlier_moves_by_the_same_side_counts() -> None:
    early = event("a", "moved", "client", "01T08:00", to="20T09:00")
    late = event("b", "moved", "client", "02T08:59", to="20T09:00")
    cancelled = event("c", "cancelled", "client", "10T09:00")

    assert percents(early, cancelled) == [0]
    assert percents(late, cancelled) == [50]
    assert percents({**late, "by": "practitioner"}, cancelled) == [0]


def test_notices_of_moves_count_without_the_rule_of_moves() -> None:
    late = event("b", "moved", "client", "02T08:59", to="20T09:00")
    cancelled = event("c", "cancelled", "client", "10T09:00")

    assert percents(late, cancelled, rules=terms("rescheduling")) == [50]


def test_notice_below_nothing_counts_as_nothing() -> None:
    """Moved after the start, then cancelled in good time."""
    late = event("b", "moved", "client", "02T09:30", to="20T09:00")

    judged = ruled(terms(), booking(late, event("c", "cancelled", "client", "10T09:00")))

    assert judged[-1]["facts"] == {"notice_minutes": 0, "percent": 50}


def test_each_side_is_judged_by_its_own_tiers() -> None:
    rules = terms(practitioner={"cancellation": {"tiers": [{"hours": 0, "percent": 70}]}})
    cancelled = [event("x", "cancelled", by, "01T00:00") for by in ("client", "practitioner")]

    assert [percents(one, rules=rules) for one in cancelled] == [[0], [70]]


def test_cancelling_closes_without_the_rule() -> None:
    cancelled = booking(event("x", "cancelled", "client", "02T08:00"))

    assert ruled(terms("cancellation"), cancelled) == []
    assert settled(terms("cancellation"), cancelled)[0]["outcome"] == "cancelled"


def test_costs_are_never_less_than_by_the_notice_of_an_earlier_move() -> None:
    tiers = [
        {"hours": 48, "percent": 0},
        {"hours": 24, "percent": 50},
        {"hours": 0, "percent": 100},
    ]
    start = 1_000 * HOUR

    assert list_costs(tiers, start, 1000) == [
        (start - 48 * HOUR, 0), (start - 24 * HOUR, 500), (start, 1000),
    ]  # fmt: skip
    assert list_costs(tiers, start, 1000, 30 * HOUR) == [(start - 24 * HOUR, 500), (start, 1000)]
    assert list_costs(tiers, start, 1000, -5) == [(start, 1000)]
