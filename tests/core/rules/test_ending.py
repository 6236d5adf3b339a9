"""Ending: minutes after and before the agreed end. The price is 101 for 60 minutes, grace 5."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.samples import ruled, ruling, settled
from tests.naive.by_hand import booking, event, terms

Told = list[tuple[str, int, int]]


def told(*events: Any, rules: Any = None, **more: Any) -> Told:
    """The reason, minutes and amount of each ruling about the end."""
    judged = ruled(rules or terms(), booking(*events, **more))
    return [(r["reason"], r["minutes"], r["amount"]) for r in judged if r["rule"] == "ending"]


def ended(clock: str, by: str = "practitioner") -> dict[str, Any]:
    return event("x", "ended", by, clock)


def late(clock: str) -> dict[str, Any]:
    return event("a", "arrived", "practitioner", clock)


def extended(minutes: int, name: str = "m", *, agreed: bool = True) -> dict[str, Any]:
    return event(name, "extended", "client", "02T09:50", minutes=minutes, agreed=agreed)


@pytest.mark.parametrize(
    ("clock", "by", "expected"),
    [
        ("02T10:00", "practitioner", [("ended_in_time", 0, 0)]),
        ("02T10:05", "practitioner", [("ended_in_time", 0, 0)]),
        ("02T10:05:01", "practitioner", [("overran", 6, 0)]),
        ("02T10:05:01", "client", [("overran", 6, 0)]),
        ("02T14:00", "client", [("overran", 240, 0)]),
        ("02T09:55", "practitioner", [("ended_in_time", 0, 0)]),
        ("02T09:54:59", "practitioner", [("time_owed", 6, 10)]),
        ("02T09:30", "practitioner", [("time_owed", 30, 51)]),
        ("02T09:30", "client", [("ended_in_time", 0, 0)]),
        ("02T08:00", "practitioner", [("time_owed", 60, 101)]),
    ],
)
def test_minutes_beyond_the_grace_are_told(clock: str, by: str, expected: Told) -> None:
    assert told(ended(clock, by)) == expected


@pytest.mark.parametrize(
    ("came", "clock", "expected"),
    [
        ("02T09:05", "02T10:00", [("ended_in_time", 0, 0)]),
        ("02T09:10", "02T10:00", [("time_owed", 10, 17)]),
        ("02T09:10", "02T10:04", [("time_owed", 6, 10)]),
        ("02T09:10", "02T10:10", [("ended_in_time", 0, 0)]),
        ("02T09:10", "02T10:15", [("ended_in_time", 0, 0)]),
        ("02T09:10", "02T10:16", [("overran", 6, 0)]),
        ("02T09:10", "02T09:50", [("time_owed", 20, 34)]),
        ("02T09:10", "02T09:56", [("time_owed", 10, 17)]),
        ("02T11:00", "02T11:30", [("time_owed", 30, 51)]),
        ("02T10:30", "02T10:30", [("time_owed", 60, 101)]),
    ],
)
def test_lateness_of_the_practitioner_is_made_up_or_owed(
    came: str, clock: str, expected: Told
) -> None:
    assert told(late(came), ended(clock)) == expected


def test_excused_lateness_of_the_practitioner_is_owed_all_the_same() -> None:
    goodwill = {"forgiven": 1, "days": 9, "ladder": ["end"]}

    judged = told(late("02T09:10"), ended("02T10:00"), rules=terms(goodwill=goodwill))

    assert judged == [("time_owed", 10, 17)]


def test_lateness_of_the_client_is_not_made_up() -> None:
    came = event("a", "arrived", "client", "02T09:20")

    assert told(came, ended("02T10:06")) == [("overran", 6, 0)]


@pytest.mark.parametrize(
    ("extensions", "clock", "expected"),
    [
        ([30], "02T10:30", [("agreed_overtime", 30, 51)]),
        ([30], "02T10:20", [("agreed_overtime", 20, 34)]),
        ([30], "02T10:35", [("agreed_overtime", 30, 51)]),
        ([30], "02T10:36", [("agreed_overtime", 30, 51), ("overran", 6, 0)]),
        ([10, 20], "02T10:30", [("agreed_overtime", 30, 51)]),
        ([30], "02T10:00", [("ended_in_time", 0, 0)]),
    ],
)
def test_agreed_minutes_are_paid_and_the_rest_given(
    extensions: list[int], clock: str, expected: Told
) -> None:
    events = [extended(minutes, f"m{n}") for n, minutes in enumerate(extensions)]

    assert told(*events, ended(clock)) == expected


def test_made_up_minutes_come_before_agreed_ones() -> None:
    assert told(late("02T09:10"), extended(30), ended("02T10:30")) == [("agreed_overtime", 20, 34)]


def test_extension_that_was_not_agreed_counts_for_nothing() -> None:
    assert told(extended(30, agreed=False), ended("02T10:30")) == [("overran", 30, 0)]


def test_overtime_is_owed_by_the_client_and_names_its_extensions() -> None:
    rules = terms(ending={"grace_minutes": 0, "rate_percent": 150})
    events = [
        extended(10, "z"),
        extended(10, "b"),
        extended(9, "c", agreed=False),
        ended("02T10:21"),
    ]

    judged = ruled(rules, booking(*events))

    assert judged == [
        ruling(
            "ending", "agreed_overtime", "client", "02T10:21", "b", "x", "z", minutes=20, amount=51
        ),
        ruling(
            "ending", "overran", "practitioner", "02T10:21", "x", verdict="crossed", minutes=1,
            facts={"worth": 2},
        ),
    ]  # fmt: skip
    assert settled(rules, booking(*events))[0]["client"] == 101 + 51


def test_free_session_that_went_on_has_its_own_reason_and_no_overtime() -> None:
    judged = ruled(terms(), booking(extended(30), ended("02T10:30"), kind="free"))

    facts = {"worth": 0}
    assert judged == [
        ruling(
            "ending", "free_overran", "practitioner", "02T10:30", "x", verdict="crossed",
            minutes=30, facts=facts,
        )
    ]  # fmt: skip


@pytest.mark.parametrize("clock", ["02T10:00", "02T12:00", "02T09:30", "01T00:00"])
@pytest.mark.parametrize("by", ["client", "practitioner"])
def test_held_is_an_end_as_planned_whenever_it_is_said(clock: str, by: str) -> None:
    judged = ruled(terms(), booking(event("x", "held", by, clock)))

    assert judged == [ruling("ending", "ended_in_time", "practitioner", clock, "x")]


def test_held_after_a_late_start_owes_the_time() -> None:
    held = event("x", "held", "client", "02T18:00")

    assert told(late("02T09:10"), held) == [("time_owed", 10, 17)]


def test_nothing_said_after_both_came_is_kept() -> None:
    came = [event(by, "arrived", by, "02T09:00") for by in ("client", "practitioner")]

    judged = ruled(terms("lateness"), booking(*came))

    assert judged == [ruling("ending", "end_not_recorded", "practitioner", "03T10:00")]


@pytest.mark.parametrize("kind", ["ended", "left", "cancelled"])
def test_end_by_other_words_is_an_end(kind: str) -> None:
    came = [event(by, "arrived", by, "02T09:00") for by in ("client", "practitioner")]

    assert told(*came, event("x", kind, "practitioner", "02T09:30")) == [("time_owed", 30, 51)]


def test_meeting_is_held_without_the_rule() -> None:
    assert ruled(terms("ending"), booking(ended("02T09:30"))) == []
    assert settled(terms("ending"), booking(ended("02T09:30")))[0]["outcome"] == "held"


def test_nothing_is_owed_for_lateness_without_its_rule() -> None:
    judged = told(late("02T09:30"), ended("02T10:00"), rules=terms("lateness"))

    assert judged == [("ended_in_time", 0, 0)]
