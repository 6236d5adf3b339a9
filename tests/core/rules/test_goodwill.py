"""Goodwill: the first crossings are forgiven, those after it have a step."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.samples import ruled, ruling, settled
from tests.naive.by_hand import booking, event, terms

RULE = {"forgiven": 1, "days": 30, "ladder": ["remind", "end"]}


@pytest.mark.parametrize("by", ["client", "practitioner"])
def test_first_crossing_is_forgiven_and_the_next_has_a_step(by: str) -> None:
    other = "practitioner" if by == "client" else "client"
    bookings = [booking(event(name, "left", other, "02T09:20"), name=name) for name in "abc"]

    judged = ruled(terms(goodwill=RULE), *bookings)

    crossed: dict[str, Any] = {"verdict": "crossed", "amount": 101, "facts": {"percent": 100}}
    facts = {"percent": 100, "excused_by": "goodwill", "forgiven": 101}
    assert judged == [
        ruling(
            "missed", "missed", by, "02T09:20", "a", verdict="excused", facts=facts, subject="a"
        ),
        ruling("missed", "missed", by, "02T09:20", "b", step="remind", subject="b", **crossed),
        ruling("missed", "missed", by, "02T09:20", "c", step="end", subject="c", **crossed),
    ]


def test_forgiven_fee_is_owed_by_nobody() -> None:
    missed = booking(event("x", "left", "practitioner", "02T09:20"))

    assert settled(terms(goodwill=RULE), missed) == [
        {
            "booking": "b",
            "outcome": "missed",
            "client": 0,
            "practitioner": 0,
            "paid": 0,
            "uses_session": False,
        }
    ]


def test_persons_and_sides_do_not_use_up_each_other() -> None:
    bookings = [
        booking(event("a", "left", "practitioner", "02T09:20"), name="a", person="p"),
        booking(event("b", "left", "practitioner", "02T09:20"), name="b", person="q"),
        booking(event("c", "left", "client", "02T09:20"), name="c", person="p"),
    ]

    judged = ruled(terms(goodwill=RULE), *bookings)

    assert [r["verdict"] for r in judged] == ["excused", "excused", "excused"]


def test_forgiven_lateness_keeps_its_minutes() -> None:
    late = booking(event("x", "arrived", "client", "02T09:30"))

    judged = ruled(terms("missed", goodwill=RULE), late)

    facts = {"excused_by": "goodwill", "forgiven": 0}
    assert judged == [
        ruling(
            "lateness",
            "late",
            "client",
            "02T09:30",
            "x",
            verdict="excused",
            minutes=30,
            facts=facts,
        )
    ]


def test_nothing_is_forgiven_where_nothing_is_to_be() -> None:
    missed = booking(event("x", "left", "practitioner", "02T09:20"))

    judged = ruled(terms(goodwill={**RULE, "forgiven": 0}), missed)

    assert [(r["verdict"], r["step"]) for r in judged] == [("crossed", "remind")]
