"""Lateness: minutes after the start, for both sides alike."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.samples import ruled, ruling
from tests.naive.by_hand import booking, event, terms


def told(*events: Any, rules: Any = None) -> list[tuple[Any, ...]]:
    judged = ruled(rules or terms("missed", "ending"), booking(*events))
    return [(r["by"], r["reason"], r["minutes"]) for r in judged if r["rule"] == "lateness"]


@pytest.mark.parametrize("by", ["client", "practitioner"])
def test_coming_in_time_is_kept(by: str) -> None:
    judged = ruled(terms("missed"), booking(event("x", "arrived", by, "02T09:05")))

    assert judged == [ruling("lateness", "on_time", by, "02T09:05", "x")]


@pytest.mark.parametrize("by", ["client", "practitioner"])
def test_coming_late_is_crossed_and_costs_nothing_itself(by: str) -> None:
    judged = ruled(terms("missed"), booking(event("x", "arrived", by, "02T09:05:01")))

    assert judged == [
        ruling("lateness", "late", by, "02T09:05:01", "x", verdict="crossed", minutes=6)
    ]


@pytest.mark.parametrize(
    ("clock", "reason", "minutes"),
    [
        ("01T09:00", "on_time", 0),
        ("02T09:00", "on_time", 0),
        ("02T09:05", "on_time", 0),
        ("02T09:06", "late", 6),
        ("02T09:06:01", "late", 7),
        ("02T11:00", "late", 120),
        ("05T09:00", "late", 4320),
    ],
)
def test_minutes_are_those_after_the_start(clock: str, reason: str, minutes: int) -> None:
    assert told(event("x", "arrived", "client", clock)) == [("client", reason, minutes)]


def test_only_the_first_arrival_since_the_start_was_set_is_judged() -> None:
    events = [
        event("a", "arrived", "client", "02T09:00"),
        event("b", "arrived", "client", "02T09:30"),
        event("c", "moved", "client", "02T09:40", to="05T09:00"),
        event("d", "arrived", "client", "05T09:10"),
    ]

    assert told(*events) == [("client", "on_time", 0), ("client", "late", 10)]


def test_practitioner_is_judged_by_their_own_grace() -> None:
    rules = terms(practitioner={"lateness": {"grace_minutes": 0}})
    arrivals = [event(by, "arrived", by, "02T09:01") for by in ("client", "practitioner")]

    judged = told(*arrivals, rules=rules)

    assert sorted(judged) == [("client", "on_time", 0), ("practitioner", "late", 1)]


def test_arrival_counts_without_the_rule() -> None:
    """The other is there, so whoever leaves ends the meeting."""
    events = [
        event("a", "arrived", "client", "02T09:30"),
        event("b", "left", "practitioner", "02T09:40"),
    ]

    judged = ruled(terms("lateness", "ending"), booking(*events))

    assert judged == []
