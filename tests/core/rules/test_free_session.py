"""Free session: the invitation comes inside it, and its price counts as nothing."""

from __future__ import annotations

import pytest

from miedza.core.rules.free_session import check_rule
from tests.core.samples import settled
from tests.naive.by_hand import booking, event, terms


@pytest.mark.parametrize(
    ("invite", "told"),
    [
        (0, []),
        (30, []),
        (31, [("invite_at_minute", "must not be more than free_session.minutes")]),
    ],
)
def test_invitation_comes_inside_the_session(invite: int, told: list[tuple[str, str]]) -> None:
    assert list(check_rule({"minutes": 30, "invite_at_minute": invite}, {})) == told


def test_held_free_session_costs_nothing_and_uses_a_session() -> None:
    free = booking(event("x", "held", "client", "02T10:00"), kind="free", price=9999)

    assert settled(terms(), free) == [
        {
            "booking": "b",
            "outcome": "held",
            "client": 0,
            "practitioner": 0,
            "paid": 0,
            "uses_session": True,
        }
    ]
