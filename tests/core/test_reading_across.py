"""What holds between the bookings, events and messages of a history."""

from __future__ import annotations

from typing import Any

import pytest

from miedza.core.reading import read_history
from tests.core.samples import HISTORY, faults_of, put, sample_event


def booking(name: str, *events: dict[str, Any]) -> dict[str, Any]:
    return {**HISTORY["bookings"][0], "id": name, "events": list(events)}


def history(*bookings: dict[str, Any], messages: Any = ()) -> dict[str, Any]:
    return {**HISTORY, "bookings": list(bookings), "messages": list(messages)}


def held(name: str) -> dict[str, Any]:
    return {**sample_event("held"), "id": name}


def voided(name: str, of: str) -> dict[str, Any]:
    return {**sample_event("voided"), "id": name, "of": of}


def received(name: str) -> dict[str, Any]:
    return {**HISTORY["messages"][0], "id": name}


def replied(name: str, to: str) -> dict[str, Any]:
    return {**HISTORY["messages"][1], "id": name, "to": to}


def test_two_bookings_with_one_id_are_refused() -> None:
    document = history(booking("b"), booking("a"), booking("b"), booking("b"), booking("a"))

    assert faults_of(read_history, document) == [
        "bookings: two have the id 'a'",
        "bookings: two have the id 'b'",
    ]


@pytest.mark.parametrize(
    "bookings",
    [
        [booking("a", held("x"), held("x"))],
        [booking("a", held("x")), booking("b", held("y"), held("x"))],
    ],
)
def test_two_events_with_one_id_are_refused_wherever_they_stand(bookings: Any) -> None:
    assert faults_of(read_history, history(*bookings)) == ["events: two have the id 'x'"]


def test_two_messages_with_one_id_are_refused() -> None:
    document = history(messages=[received("m"), replied("m", "m")])

    assert faults_of(read_history, document) == ["messages: two have the id 'm'"]


def test_one_id_may_name_a_booking_an_event_and_a_message() -> None:
    document = history(booking("x", held("x")), messages=[received("x")])

    assert faults_of(read_history, document) == []


@pytest.mark.parametrize(
    ("bookings", "index", "name"),
    [
        ([booking("a", voided("v", "nothing"))], 0, "v"),
        ([booking("a", voided("v", "v"))], 0, "v"),
        ([booking("a", held("x"), voided("v", "x"), voided("w", "v"))], 0, "w"),
        ([booking("a", held("x")), booking("b", voided("v", "x"))], 1, "v"),
    ],
)
def test_correction_of_no_event_of_its_booking_is_refused(
    bookings: Any, index: int, name: str
) -> None:
    what = f"{name!r} must name an event of this booking that is no correction itself"

    assert faults_of(read_history, history(*bookings)) == [f"bookings[{index}].events: {what}"]


def test_event_may_be_corrected_twice_and_before_it_happened() -> None:
    early = {**voided("v", "x"), "at": "2026-01-01T00:00:00Z"}

    assert faults_of(read_history, history(booking("a", early, held("x"), voided("w", "x")))) == []


@pytest.mark.parametrize("to", ["nothing", "r", "other"])
def test_reply_to_no_received_message_is_refused(to: str) -> None:
    messages = [received("m"), replied("other", "m"), replied("r", to)]

    fault = "messages: 'r' must answer a received message of this history"
    assert faults_of(read_history, history(messages=messages)) == [fault]


def test_fault_is_on_one_line_whatever_the_key_holds() -> None:
    document = put(HISTORY, "bookings[0].events[0]", {**sample_event("held"), "a\nb\u2028": 1})

    path = r"bookings[0].events[0].'a\nb\u2028'"
    assert faults_of(read_history, document) == [f"{path}: unknown key"]


def test_fault_names_an_empty_key() -> None:
    assert faults_of(read_history, {**HISTORY, "": 1}) == ["'': unknown key"]


def test_many_events_with_one_id_are_refused_at_once() -> None:
    """The cost grows with their number, not with its square."""
    document = history(booking("a", *(held(f"x{n // 2}") for n in range(40_000))))

    assert len(faults_of(read_history, document)) == 20_000
