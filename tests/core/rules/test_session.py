"""Session: how many requests one meeting works with."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.samples import ruled, ruling
from tests.naive.by_hand import booking, event, terms


def added(name: str, clock: str, by: str = "client") -> dict[str, Any]:
    return event(name, "request_added", by, clock, text="and this")


def parked(name: str, clock: str, by: str = "client", requests: int = 1) -> dict[str, Any]:
    return ruling("session", "parked", by, clock, name, facts={"requests": requests})


def test_request_beyond_the_agreed_number_is_parked_for_whoever_adds_it() -> None:
    events = [
        added("a", "01T09:00"),
        added("b", "02T09:10", "practitioner"),
        added("c", "02T09:20"),
    ]

    assert ruled(terms("missed"), booking(*events)) == [
        parked("b", "02T09:10", "practitioner"),
        parked("c", "02T09:20"),
    ]


def test_requests_are_counted_over_moves_and_for_each_booking_apart() -> None:
    rules = terms("missed", "rescheduling", session={"minutes": 60, "requests": 2})
    moved = event("m", "moved", "client", "01T10:00", to="05T09:00")
    one = booking(added("a", "01T09:00"), added("b", "01T09:01"), moved, added("c", "05T09:00"))
    two = booking(added("d", "01T09:00"), added("e", "01T09:01"), name="c")

    assert ruled(rules, one, two) == [parked("c", "05T09:00", requests=2)]


@pytest.mark.parametrize("count", [1, 5])
def test_nothing_is_parked_without_a_number(count: int) -> None:
    events = [added(f"x{n}", "02T09:10") for n in range(count)]

    assert ruled(terms("missed", session={"minutes": 60}), booking(*events)) == []
