"""The timeline of one booking: events, deadlines and their order."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.samples import ruled, settled
from tests.naive.by_hand import booking, event, terms

LATER: dict[str, Any] = {"due": "after_session", "hours": 24, "unpaid": "keep"}
BEFORE: dict[str, Any] = {"due": "before_session", "hours": 24, "unpaid": "release"}


def told(rulings: Any) -> list[tuple[Any, ...]]:
    return [(r["at"][8:16], r["rule"], r["by"], r["verdict"], r["reason"]) for r in rulings]


def outcome(*events: Any, as_of: str = "20T00:00", rules: Any = None) -> str:
    name: str = settled(rules or terms(), booking(*events), as_of=as_of)[0]["outcome"]
    return name


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], "unclear"),
        ([("arrived", "client", "02T09:00")], "unclear"),
        ([("arrived", "client", "02T09:00"), ("arrived", "practitioner", "02T09:00")], "held"),
        ([("cancelled", "client", "02T08:59:59")], "cancelled"),
        ([("cancelled", "client", "02T09:00")], "missed"),
        (
            [
                ("arrived", "client", "02T08:00"),
                ("arrived", "practitioner", "02T08:00"),
                ("cancelled", "client", "02T08:59"),
            ],
            "cancelled",
        ),
        (
            [
                ("arrived", "client", "02T09:00"),
                ("arrived", "practitioner", "02T09:00"),
                ("cancelled", "client", "02T09:00"),
            ],
            "held",
        ),
        ([("arrived", "client", "02T09:00"), ("left", "practitioner", "02T09:01")], "held"),
        ([("arrived", "practitioner", "02T09:00"), ("left", "practitioner", "02T09:20")], "missed"),
        ([("held", "client", "02T10:00")], "held"),
        ([("ended", "client", "02T10:00")], "held"),
        ([("held", "client", "01T10:00")], "held"),
    ],
)
def test_booking_has_the_outcome_of_its_events(events: Any, expected: str) -> None:
    # Ids in order, so that events at one instant are taken as they are written.
    made = [event(f"x{n}", *parts) for n, parts in enumerate(events)]

    assert outcome(*made) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("03T09:59:59", "open"), ("03T10:00", "unclear"), ("20T00:00", "unclear")],
)
def test_silence_is_unclear_a_day_after_the_end(as_of: str, expected: str) -> None:
    assert outcome(as_of=as_of) == expected


@pytest.mark.parametrize("kind", ["held", "ended", "left", "cancelled"])
def test_unclear_booking_is_settled_by_a_later_event(kind: str) -> None:
    late = event("x", kind, "client", "05T10:00")

    assert outcome(late) == ("held" if kind in ("held", "ended") else "missed")


def test_unclear_booking_is_opened_by_a_move_and_has_new_deadlines() -> None:
    moved = event("x", "moved", "client", "05T10:00", to="06T09:00")

    outcomes = [outcome(moved, as_of=day) for day in ("05T09:59", "05T10:00", "07T10:00")]

    assert outcomes == ["unclear", "open", "unclear"]
    rulings = [r for r in told(ruled(terms(), booking(moved))) if r[1] == "missed"]
    assert rulings == [
        ("03T10:00", "missed", None, "unclear", "attendance_unclear"),
        ("07T10:00", "missed", None, "unclear", "attendance_unclear"),
    ]


def test_arrival_at_an_unclear_booking_is_judged_and_settles_nothing() -> None:
    late = event("x", "arrived", "client", "05T09:00")

    rulings = told(ruled(terms(), booking(late)))

    assert rulings[1] == ("05T09:00", "lateness", "client", "crossed", "late")
    assert outcome(late) == "unclear"


def test_events_come_before_deadlines_at_one_instant() -> None:
    at_c = event("z", "left", "practitioner", "03T10:00")

    assert told(ruled(terms(), booking(at_c))) == [
        ("03T10:00", "missed", "client", "crossed", "missed")
    ]


def test_events_of_one_instant_come_in_the_order_of_their_ids() -> None:
    first, second = ("a", "b"), ("b", "a")

    outcomes = [
        outcome(
            event(left, "held", "client", "01T09:00"),
            event(right, "cancelled", "client", "01T09:00"),
        )
        for left, right in (first, second)
    ]

    assert outcomes == ["held", "cancelled"]


def test_deadline_of_payment_comes_before_the_one_of_silence() -> None:
    """Booked at C, so that both fall together: released, and nobody asks who came."""
    late = booking(booked_at="2026-03-03T10:00:00Z")

    assert told(ruled(terms(payment=BEFORE), late)) == [
        ("03T10:00", "payment", "client", "crossed", "unpaid")
    ]


def test_closed_booking_takes_only_payments_incidents_and_its_deadline() -> None:
    rules = terms(payment=LATER, conduct={"end_after_incident": True})
    plain = ("cancelled", "arrived", "left", "held", "ended")
    late = booking(
        event("a", "held", "practitioner", "02T10:00"),
        *(event(f"b-{kind}", kind, "client", "02T11:00") for kind in plain),
        event("b1", "moved", "client", "02T11:00", to="09T09:00"),
        event("b2", "request_added", "client", "02T11:00", text=""),
        event("b3", "request_added", "client", "02T11:00", text=""),
        event("b4", "extended", "client", "02T11:00", minutes=5, agreed=True),
        event("c", "incident", "client", "02T12:00", text=""),
        event("d", "paid", "client", "02T12:00", amount=100),
    )

    assert told(ruled(rules, late)) == [
        ("02T10:00", "ending", "practitioner", "kept", "ended_in_time"),
        ("02T12:00", "conduct", "client", "unclear", "incident"),
        ("03T10:00", "payment", "client", "crossed", "unpaid"),
    ]
    assert settled(rules, late)[0]["paid"] == 100


def test_event_after_as_of_does_not_exist() -> None:
    held = event("x", "held", "client", "02T10:00")

    outcomes = [outcome(held, as_of=at) for at in ("02T09:59:59", "02T10:00")]

    assert outcomes == ["open", "held"]


def test_voided_event_was_never_there() -> None:
    mistake = event("a", "cancelled", "client", "01T00:00")
    correction = event("b", "voided", "client", "05T00:00", of="a")
    held = event("c", "held", "client", "02T10:00")

    outcomes = [outcome(mistake, correction, held, as_of=at) for at in ("04T23:59:59", "05T00:00")]

    assert outcomes == ["cancelled", "held"]


def test_correction_before_the_event_counts() -> None:
    early = event("a", "voided", "client", "01T00:00", of="b")

    assert outcome(early, event("b", "held", "client", "02T10:00")) == "unclear"


def test_move_forgets_arrivals_lateness_and_extensions() -> None:
    """A meeting that had begun is moved: on the new day all begins anew."""
    rules = terms("rescheduling")
    moved = [
        event("a", "arrived", "practitioner", "02T09:10"),
        event("b", "arrived", "client", "02T09:00"),
        event("c", "extended", "client", "02T09:30", minutes=20, agreed=True),
        event("d", "moved", "client", "02T09:40", to="04T09:00"),
    ]

    ended = [*moved, event("e", "ended", "practitioner", "04T10:20")]
    silent = told(ruled(rules, booking(*moved)))

    assert told(ruled(rules, booking(*ended)))[2:] == [
        ("04T10:20", "ending", "practitioner", "crossed", "overran")
    ]
    assert silent[2:] == [("05T10:00", "missed", None, "unclear", "attendance_unclear")]
