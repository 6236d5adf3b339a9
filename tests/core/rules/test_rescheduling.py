"""Rescheduling: how early, and how often in one engagement."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.samples import ruled, ruling, settled
from tests.naive.by_hand import booking, event, terms


def moved(name: str, by: str, clock: str, to: str = "20T09:00") -> dict[str, Any]:
    return event(name, "moved", by, clock, to=to)


def told(*bookings: Any, rules: Any = None) -> list[tuple[Any, ...]]:
    judged = ruled(rules or terms(), *bookings, as_of="10T00:00")
    return [(*r["events"], r["reason"], r["facts"]["k"]) for r in judged if "k" in r["facts"]]


@pytest.mark.parametrize("by", ["client", "practitioner"])
@pytest.mark.parametrize(
    ("clock", "reason", "minutes"),
    [
        ("01T09:00", "moved_in_time", 1440),
        ("01T09:00:01", "late_move", 1439),
        ("02T09:00", "late_move", 0),
        ("02T09:00:01", "late_move", -1),
        ("02T10:00", "late_move", -60),
    ],
)
def test_notice_is_compared_to_the_second(by: str, clock: str, reason: str, minutes: int) -> None:
    late = reason == "late_move"
    facts = {"notice_minutes": minutes, "k": 1, "percent": 50 if late else 0}

    judged = ruled(terms(), booking(moved("x", by, clock)), as_of="10T00:00")

    assert judged == [
        ruling(
            "rescheduling", reason, by, clock, "x", verdict="crossed" if late else "kept",
            amount=51 if late else 0, facts=facts,
        )
    ]  # fmt: skip


def test_move_after_the_start_is_late_even_without_a_notice() -> None:
    rules = terms(rescheduling={"hours": 0, "free_moves": 9, "percent": 0})

    assert told(booking(moved("x", "client", "02T09:00:01")), rules=rules) == [
        ("x", "late_move", 1)
    ]
    assert told(booking(moved("x", "client", "02T09:00")), rules=rules) == [
        ("x", "moved_in_time", 1)
    ]


def test_moves_of_an_engagement_are_counted_over_its_bookings_for_each_side() -> None:
    bookings = [
        booking(moved("a", "client", "01T05:00"), name="1", engagement="e"),
        booking(
            moved("b", "client", "01T06:00"),
            moved("c", "practitioner", "01T07:00"),
            name="2", engagement="e", person="q",
        ),
        booking(moved("d", "client", "01T04:00"), name="3", engagement="f"),
        booking(moved("e", "client", "01T08:00"), name="4"),
        booking(moved("f", "client", "01T08:00"), name="5", engagement=None),
    ]  # fmt: skip

    assert told(*bookings) == [
        ("d", "moved_in_time", 1),
        ("a", "moved_in_time", 1),
        ("b", "too_many_moves", 2),
        ("c", "moved_in_time", 1),
        ("e", "moved_in_time", 1),
        ("f", "moved_in_time", 1),
    ]


def test_moves_of_one_instant_are_counted_by_event() -> None:
    bookings = [
        booking(moved(name, "client", "01T05:00"), name=f"b{name}", engagement="e")
        for name in ("y", "x", "z")
    ]

    assert sorted(told(*bookings)) == [
        ("x", "moved_in_time", 1),
        ("y", "too_many_moves", 2),
        ("z", "too_many_moves", 3),
    ]


def test_late_move_counts_among_moves_and_stays_late() -> None:
    """Too short is said whatever its number, and the next in time is one too many."""
    late = moved("a", "client", "02T08:00", to="09T09:00")
    early = moved("b", "client", "03T08:00", to="15T09:00")
    last = moved("c", "client", "15T08:00")

    judged = ruled(terms(), booking(late, early, last), as_of="16T00:00")

    assert [r["reason"] for r in judged] == ["late_move", "too_many_moves", "late_move"]


def test_move_of_a_closed_booking_is_not_judged() -> None:
    closed = booking(
        event("a", "cancelled", "client", "01T00:00"), moved("b", "client", "01T05:00"),
        name="1", engagement="e",
    )  # fmt: skip
    other = booking(moved("c", "client", "01T06:00"), name="2", engagement="e")

    assert told(closed, other) == [("c", "moved_in_time", 1)]


def test_each_side_is_judged_by_its_own_numbers() -> None:
    rules = terms(practitioner={"rescheduling": {"hours": 48, "percent": 100, "free_moves": 0}})
    moves = [booking(moved("x", by, "01T08:00")) for by in ("client", "practitioner")]

    judged = [ruled(rules, move, as_of="10T00:00")[0] for move in moves]

    assert [(r["reason"], r["amount"]) for r in judged] == [
        ("moved_in_time", 0),
        ("late_move", 101),
    ]


def test_move_sets_a_new_start_without_the_rule() -> None:
    rules = terms("rescheduling")
    settlements = settled(rules, booking(moved("x", "client", "02T08:00")), as_of="05T00:00")

    assert ruled(rules, booking(moved("x", "client", "02T08:00")), as_of="05T00:00") == []
    assert settlements[0]["outcome"] == "open"
