"""Every field of a what-if: missing, of the wrong type, out of bounds, unknown."""

from __future__ import annotations

from typing import Any

import pytest

from miedza.core.history import Event
from miedza.core.questions import Request, Step, read_what_if
from miedza.core.reading import read_history
from tests.core.refusals import (
    absences,
    instant,
    right_values,
    text,
    word,
    wrong_values,
)
from tests.core.samples import EVENTS, HISTORY, drop, faults_of, put, sample_event
from tests.core.test_reading import event_fields

KNOWN = read_history(HISTORY)
BOOK: dict[str, Any] = {
    "book": {"person": "p1", "start": "2026-03-02T08:00:00Z", "kind": "free"},
}
BOOK_FIELDS = [
    text("book.person"),
    instant("book.start", "2026-03-02T08:00:00Z"),
    word("book.kind", "paid", "free"),
]
EVENT_FIELDS = [(kind, field) for kind in EVENTS for field in event_fields(kind, "event")]
_BOOKING = "booking: must be the id of a booking of this history"
_OF = "event.of: must name an event of this booking that is no correction itself"
_NO_OBJECTS: list[Any] = ["x", 1, 1.0, True, None, []]


def step(kind: str) -> dict[str, Any]:
    """A step with an event that has no id yet."""
    return {"booking": "b1", "event": drop(sample_event(kind), "id")}


def faults(document: Any) -> list[str]:
    return faults_of(read_what_if, document, KNOWN)


@pytest.mark.parametrize(("path", "value", "fault"), wrong_values(BOOK_FIELDS))
def test_wrong_value_of_a_request_is_refused(path: str, value: Any, fault: str) -> None:
    assert faults(put(BOOK, path, value)) == [fault]


@pytest.mark.parametrize(("path", "value"), right_values(BOOK_FIELDS))
def test_right_value_of_a_request_is_accepted(path: str, value: Any) -> None:
    assert faults(put(BOOK, path, value)) == []


@pytest.mark.parametrize(("path", "told"), absences(BOOK_FIELDS))
def test_missing_field_of_a_request_is_refused(path: str, told: list[str]) -> None:
    assert faults(drop(BOOK, path)) == told


@pytest.mark.parametrize(
    ("kind", "path", "value", "fault"),
    [(kind, *case.values) for kind, field in EVENT_FIELDS for case in wrong_values([field])],
    ids=lambda value: ascii(value)[:25],
)
def test_wrong_value_of_a_step_is_refused(kind: str, path: str, value: Any, fault: str) -> None:
    assert faults(put(step(kind), path, value)) == [fault]


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [(kind, *case.values) for kind, field in EVENT_FIELDS for case in right_values([field])],
    ids=lambda value: ascii(value)[:25],
)
def test_right_value_of_a_step_is_accepted(kind: str, path: str, value: Any) -> None:
    assert faults(put(step(kind), path, value)) == []


@pytest.mark.parametrize(
    ("kind", "path", "told"),
    [(kind, *case.values) for kind, field in EVENT_FIELDS for case in absences([field])],
    ids=lambda value: ascii(value)[:25],
)
def test_missing_field_of_a_step_is_refused(kind: str, path: str, told: list[str]) -> None:
    assert faults(drop(step(kind), path)) == told


@pytest.mark.parametrize("value", ["b2", "", 1, 1.0, True, None, ["b1"], {}], ids=repr)
def test_step_with_no_booking_of_the_history_is_refused(value: Any) -> None:
    assert faults(put(step("held"), "booking", value)) == [_BOOKING]


@pytest.mark.parametrize("value", ["x", "x-voided", "b1"])
def test_correction_of_no_event_of_the_booking_is_refused(value: str) -> None:
    assert faults(put(step("voided"), "event.of", value)) == [_OF]


@pytest.mark.parametrize("value", ["something", "", 1, 1.0, True, None, ["held"], {}], ids=repr)
def test_step_of_an_unknown_type_is_refused(value: Any) -> None:
    types = ", ".join(f"'{kind}'" for kind in EVENTS)

    assert faults(put(step("held"), "event.type", value)) == [f"event.type: must be one of {types}"]


def test_step_without_a_type_is_refused() -> None:
    assert faults(drop(step("held"), "event.type")) == ["event.type: missing"]


@pytest.mark.parametrize("to", ["2026-03-02T08:00:00Z", "2026-03-02T07:59:59Z"])
def test_move_to_no_later_than_its_instant_is_refused(to: str) -> None:
    assert faults(put(step("moved"), "event.to", to)) == ["event.to: must be after at"]


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({}, ["booking: missing", "event: missing"]),
        ({"booking": "b1"}, ["event: missing"]),
        ({"event": step("held")["event"]}, ["booking: missing"]),
        ({"booking": "b2"}, ["event: missing", _BOOKING]),
        ({**step("held"), "colour": 1}, ["colour: unknown key"]),
        (put(step("held"), "event.colour", 1), ["event.colour: unknown key"]),
        (put(step("held"), "event.id", "x"), ["event.id: unknown key"]),
        ({**BOOK, "colour": 1}, ["colour: unknown key"]),
        ({**BOOK, **step("held")}, ["booking: unknown key", "event: unknown key"]),
        (put(BOOK, "book.minutes", 50), ["book.minutes: unknown key"]),
        ({"book": {}}, ["book.person: missing", "book.start: missing", "book.kind: missing"]),
    ],
)
def test_question_with_other_keys_is_refused(document: Any, told: list[str]) -> None:
    assert faults(document) == told


@pytest.mark.parametrize("value", _NO_OBJECTS, ids=repr)
@pytest.mark.parametrize("path", ["book", "event"])
def test_part_of_a_question_that_is_no_object_is_refused(path: str, value: Any) -> None:
    document = BOOK if path == "book" else step("held")

    assert faults({**document, path: value}) == [f"{path}: must be an object"]


@pytest.mark.parametrize("value", _NO_OBJECTS, ids=repr)
def test_question_that_is_no_object_is_refused(value: Any) -> None:
    assert faults(value) == ["document: must be an object"]


def test_request_is_read_whole() -> None:
    assert read_what_if(BOOK, KNOWN) == Request("p1", 1772438400, free=True)


@pytest.mark.parametrize("name", ["x", "\U0010ffff", "\U0010ffff+"])
def test_step_comes_after_everything_recorded_at_its_instant(name: str) -> None:
    held = {**sample_event("held"), "id": name}
    messages = [{**HISTORY["messages"][0], "id": f"{name}+"}]
    booking = {**HISTORY["bookings"][0], "events": [held]}
    known = read_history({**HISTORY, "bookings": [booking], "messages": messages})

    question = read_what_if(step("held"), known)

    assert isinstance(question, Step)
    assert question == ("b1", Event(1772438400, question.event.id, "held", "client"))
    assert question.event.id > f"{name}+"
