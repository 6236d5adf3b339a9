"""Payment: until when, and what happens to a place that is not paid for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.samples import ruled, ruling, settled
from tests.naive.by_hand import booking, event, on, terms

HELD = event("h", "held", "client", "02T10:00")


def rules(due: str = "before_session", unpaid: str = "release", hours: int = 24) -> dict[str, Any]:
    return terms(payment={"due": due, "hours": hours, "unpaid": unpaid})


def paid(clock: str, amount: int, name: str = "x") -> dict[str, Any]:
    return event(name, "paid", "client", clock, amount=amount)


def unpaid(clock: str, missing: int = 101) -> dict[str, Any]:
    facts = {"missing": missing}
    return ruling("payment", "unpaid", "client", clock, verdict="crossed", facts=facts)


def told(terms: Any, known: Any, as_of: str = "02T08:00") -> Any:
    return [r for r in ruled(terms, known, as_of=as_of) if r["rule"] == "payment"]


@pytest.mark.parametrize(
    ("booked_at", "due"),
    [
        (None, "01T09:00"),
        (on("01T09:00"), "01T09:00"),
        (on("01T10:00"), "01T10:00"),
        ("2026-02-01T00:00:00Z", "01T09:00"),
    ],
)
def test_place_not_paid_for_before_the_session_is_released(booked_at: Any, due: str) -> None:
    known = booking(booked_at=booked_at)

    assert told(rules(), known) == [unpaid(due)]
    assert settled(rules(), known) == [
        {
            "booking": "b",
            "outcome": "released",
            "client": 0,
            "practitioner": 0,
            "paid": 0,
            "uses_session": False,
        }
    ]


@pytest.mark.parametrize(
    ("events", "missing"),
    [
        ([], 101),
        ([paid("01T09:00", 101)], None),
        ([paid("01T09:00:01", 101)], 101),
        ([paid("01T08:00", 100)], 1),
        ([paid("01T07:00", 50), paid("01T08:00", 51, "y")], None),
        ([paid("01T07:00", 101), paid("01T08:00", -1, "y")], 1),
        ([paid("01T07:00", -9)], 110),
        ([paid("01T07:00", 500)], None),
    ],
)
def test_what_is_paid_up_to_the_deadline_counts(events: Any, missing: int | None) -> None:
    expected = [] if missing is None else [unpaid("01T09:00", missing)]

    assert told(rules(), booking(*events)) == expected


def test_moves_do_not_shift_the_deadline_before_the_session() -> None:
    moved = event("x", "moved", "client", "01T00:00", to="20T09:00")

    assert told(rules(), booking(moved)) == [unpaid("01T09:00")]


def test_kept_place_stays_open() -> None:
    assert told(rules(unpaid="keep"), booking()) == [unpaid("01T09:00")]
    assert settled(rules(unpaid="keep"), booking(), as_of="02T08:00")[0]["outcome"] == "open"


@pytest.mark.parametrize("kind", ["cancelled", "held"])
def test_closed_booking_is_not_asked_for_payment_before(kind: str) -> None:
    closed = booking(event("x", kind, "client", "01T09:00"))

    assert told(rules(), closed) == []


def test_unclear_booking_is_not_asked_for_payment_before() -> None:
    assert told(rules(), booking(booked_at=on("04T09:00")), as_of="20T00:00") == []


@pytest.mark.parametrize(
    ("held", "due"),
    [
        (HELD, "03T10:00"),
        ({**HELD, "at": on("03T10:00")}, "03T10:00"),
        ({**HELD, "at": on("05T10:00")}, "05T10:00"),
    ],
)
def test_payment_after_the_session_is_due_once_it_is_held(held: Any, due: str) -> None:
    judged = told(rules("after_session"), booking(held), as_of="20T00:00")

    assert judged == [unpaid(due)]


@pytest.mark.parametrize(
    ("events", "missing"),
    [
        ([HELD, paid("03T10:00", 101)], None),
        ([HELD, paid("03T10:00:01", 101)], 101),
        ([HELD, paid("01T00:00", 1)], 100),
        ([event("x", "cancelled", "client", "02T08:00")], None),
        ([event("x", "left", "client", "02T09:20")], None),
        ([], None),
    ],
)
def test_payment_after_the_session_is_asked_for_what_was_held(
    events: Any, missing: int | None
) -> None:
    judged = told(rules("after_session"), booking(*events), as_of="20T00:00")

    assert judged == ([] if missing is None else [unpaid("03T10:00", missing)])


def test_payment_at_booking_has_no_deadline() -> None:
    assert told(rules("at_booking"), booking(HELD), as_of="20T00:00") == []


@pytest.mark.parametrize("due", ["before_session", "after_session"])
@pytest.mark.parametrize("more", [{"price": 0}, {"kind": "free"}])
def test_what_costs_nothing_is_not_asked_for(due: str, more: Any) -> None:
    assert told(rules(due), booking(HELD, **more), as_of="20T00:00") == []
