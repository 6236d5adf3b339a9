"""Judgement: a whole history, and who owes what."""

from __future__ import annotations

import pytest

from miedza.core.documents import judge_document
from miedza.core.instants import parse_instant
from miedza.core.judgement import Judgement, judge
from miedza.core.reading import read_history
from miedza.core.ruling import Ruling, Settlement
from miedza.core.terms import read_terms
from tests.core.samples import HISTORY, TERMS, answer, drop, settled
from tests.naive.by_hand import booking, event, on, terms


def test_empty_history_brings_nothing() -> None:
    assert answer(terms()) == {"rulings": [], "settlements": []}


def test_judgement_tells_rulings_settlements_starts_and_deadlines() -> None:
    moved = booking(event("x", "moved", "client", "01T09:00", to="05T09:00"))
    held = booking(event("y", "held", "client", "01T09:30"), name="h")
    history = read_history({"bookings": [held, moved], "as_of": on("01T10:00")})

    judged = judge(read_terms(terms("ending")), history)

    facts = {"notice_minutes": 1440, "k": 1, "percent": 0}
    nine, day = 1772701200, 86_400  # 5 March, 09:00.
    assert judged == Judgement(
        [
            Ruling(
                nine - 4 * day, "b", "rescheduling", "moved_in_time", ("x",), "client", "p",
                "kept", 0, 0, None, facts,
            )
        ],
        [Settlement("b", "open", 0, 0, 0, False), Settlement("h", "held", 101, 0, 0, True)],
        {"b": nine, "h": nine - 3 * day},
        {"b": nine + 3600 + day, "h": None},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("due", "as_of", "deadline"),
    [
        ("before_session", "01T00:00", "01T09:00"),
        ("before_session", "01T09:00", None),
        ("after_session", "01T00:00", "03T10:00"),
        ("after_session", "03T10:00", None),
    ],
)
def test_next_deadline_is_the_one_that_comes_first(
    due: str, as_of: str, deadline: str | None
) -> None:
    rule = {"due": due, "hours": 24, "unpaid": "release"}
    history = read_history({"bookings": [booking()], "as_of": on(as_of)})

    ahead = judge(read_terms(terms(payment=rule)), history).deadlines["b"]

    assert ahead == (None if deadline is None else parse_instant(on(deadline)))


def test_settlements_are_sorted_by_booking_and_stand_for_each() -> None:
    bookings = [booking(name=name) for name in ("b2", "b10", "ż", "B")]

    names = [settlement["booking"] for settlement in settled(terms(), *bookings)]

    assert names == ["B", "b10", "b2", "ż"]


def test_both_sides_can_owe_for_one_booking() -> None:
    """The client moved too late, then the practitioner did not come."""
    events = [
        event("a", "moved", "client", "02T08:00", to="05T09:00"),
        event("b", "left", "client", "05T09:20"),
    ]

    assert settled(terms(), booking(*events)) == [
        {
            "booking": "b",
            "outcome": "missed",
            "client": 51,
            "practitioner": 101,
            "paid": 0,
            "uses_session": False,
        }
    ]


def test_payments_add_up_and_refunds_are_taken_off() -> None:
    events = [
        event("a", "paid", "client", "01T00:00", amount=101),
        event("b", "paid", "practitioner", "05T00:00", amount=-51),
    ]

    assert settled(terms(), booking(*events))[0]["paid"] == 50


def test_booking_and_message_of_one_id_are_not_mixed_up() -> None:
    """A late reply to message `b` owes nothing to booking `b`."""
    rule = {"windows": {"mon": [["09:00", "17:00"]]}, "reply_hours": 1}
    message = {"id": "b", "person": "p", "type": "received", "at": on("02T09:00")}
    late = booking(event("x", "cancelled", "client", "02T08:00"))

    judged = answer(terms(messages=rule), late, messages=[message])

    subjects = [(r["rule"], r.get("booking"), r.get("message")) for r in judged["rulings"]]
    assert subjects == [("cancellation", "b", None), ("messages", None, "b")]
    assert judged["settlements"][0]["client"] == 51


def test_history_of_every_event_is_judged() -> None:
    judged = judge_document(TERMS, HISTORY)

    assert [(r["rule"], r["reason"], r["by"], r["step"]) for r in judged["rulings"]] == [
        ("payment", "unpaid", "client", "remind"),
        ("conduct", "incident", "client", None),
    ]
    assert [(s["outcome"], s["paid"]) for s in judged["settlements"]] == [("released", 20000)]


@pytest.mark.parametrize("rule", ["messages", "goodwill", "hardship", "free_session"])
def test_history_is_judged_without_a_rule(rule: str) -> None:
    judged = judge_document(drop(TERMS, f"rules.{rule}"), HISTORY)

    assert {r["rule"] for r in judged["rulings"]} <= set(TERMS["rules"]) - {rule}
