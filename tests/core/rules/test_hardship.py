"""Hardship: causes that are forgiven, on both sides."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.samples import ruled, ruling
from tests.naive.by_hand import booking, event, terms

RULE = {"causes": ["illness"], "times": 1, "days": 30}


@pytest.mark.parametrize("by", ["client", "practitioner"])
def test_listed_cause_is_forgiven_and_its_worth_remembered(by: str) -> None:
    ill = booking(event("x", "cancelled", by, "02T08:00", cause="illness"))

    facts = {"notice_minutes": 60, "percent": 50, "excused_by": "hardship", "forgiven": 51}
    assert ruled(terms(hardship=RULE), ill) == [
        ruling("cancellation", "late_cancel", by, "02T08:00", "x", verdict="excused", facts=facts)
    ]


@pytest.mark.parametrize("cause", [{}, {"cause": None}, {"cause": "traffic"}], ids=repr)
def test_other_cause_is_not_forgiven(cause: dict[str, Any]) -> None:
    cancelled = booking(event("x", "cancelled", "client", "02T08:00", **cause))

    assert [r["verdict"] for r in ruled(terms(hardship=RULE), cancelled)] == ["crossed"]


def test_late_arrival_and_move_can_have_a_cause() -> None:
    events = [
        event("a", "arrived", "client", "02T09:30", cause="illness"),
        event("b", "moved", "client", "02T09:40", to="25T09:00", cause="illness"),
    ]

    judged = ruled(terms(hardship={**RULE, "times": 2}), booking(*events))

    assert [(r["rule"], r["verdict"]) for r in judged] == [
        ("lateness", "excused"),
        ("rescheduling", "excused"),
    ]


def test_kept_ruling_uses_no_hardship() -> None:
    early = booking(event("a", "cancelled", "client", "01T00:00", cause="illness"), name="a")
    late = booking(event("x", "cancelled", "client", "02T08:00", cause="illness"))

    judged = ruled(terms(hardship=RULE), early, late)

    assert [r["verdict"] for r in judged] == ["kept", "excused"]


def test_time_owed_is_never_forgiven() -> None:
    """The lateness that brought it is."""
    events = [
        event("a", "arrived", "practitioner", "02T09:10", cause="illness"),
        event("b", "ended", "practitioner", "02T10:00"),
    ]

    judged = ruled(terms(hardship=RULE), booking(*events))

    assert [(r["reason"], r["verdict"], r["amount"]) for r in judged] == [
        ("late", "excused", 0),
        ("time_owed", "crossed", 17),
    ]
