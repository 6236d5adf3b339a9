"""Rulings and settlements as values and as answered."""

from __future__ import annotations

import pytest

from miedza.core.ruling import Ruling, Settlement, settle

RULING = Ruling(
    at=1772438400, subject="b1", rule="missed", reason="missed", events=("x2", "x10"), by="client",
    person="p1", verdict="crossed", minutes=0, amount=500, owed_by="client",
    facts={"percent": 100}, step="talk",
)  # fmt: skip


def test_ruling_is_answered_whole() -> None:
    assert RULING.as_document() == {
        "rule": "missed",
        "by": "client",
        "person": "p1",
        "booking": "b1",
        "events": ["x2", "x10"],
        "at": "2026-03-02T08:00:00Z",
        "verdict": "crossed",
        "reason": "missed",
        "minutes": 0,
        "amount": 500,
        "owed_by": "client",
        "facts": {"percent": 100},
        "step": "talk",
    }


def test_ruling_about_a_message_has_it_in_the_place_of_a_booking() -> None:
    document = RULING._replace(rule="messages", subject="m1").as_document()

    assert (document["message"], "booking" in document) == ("m1", False)


def test_rulings_sort_by_instant_subject_rule_reason_events() -> None:
    later = [
        RULING._replace(events=("x2", "x3")),
        RULING._replace(reason="n"),
        RULING._replace(rule="n"),
        RULING._replace(subject="b2"),
        RULING._replace(at=RULING.at + 1),
    ]

    assert sorted([*reversed(later), RULING]) == [RULING, *later]


@pytest.mark.parametrize(
    ("outcome", "price", "fee", "client", "uses_session"),
    [
        ("held", 100, 0, 100, True),
        ("held", 100, 30, 130, True),
        ("held", 0, 0, 0, True),
        ("cancelled", 100, 0, 0, False),
        ("cancelled", 100, 99, 99, False),
        ("cancelled", 100, 100, 100, True),
        ("missed", 100, 150, 150, True),
        ("missed", 0, 0, 0, False),
        ("open", 100, 50, 50, False),
        ("unclear", 100, 100, 100, True),
        ("released", 100, 0, 0, False),
    ],
)
def test_fee_stands_in_the_place_of_the_price_unless_held(
    outcome: str,
    price: int,
    fee: int,
    client: int,
    uses_session: bool,  # noqa: FBT001 - a case.
) -> None:
    settlement = settle("b1", outcome, price, 7, client=fee, practitioner=5)

    assert settlement == Settlement("b1", outcome, client, 5, 7, uses_session)


def test_settlement_is_answered_whole() -> None:
    assert Settlement("b1", "held", 100, 5, -7, uses_session=True).as_document() == {
        "booking": "b1",
        "outcome": "held",
        "client": 100,
        "practitioner": 5,
        "paid": -7,
        "uses_session": True,
    }
