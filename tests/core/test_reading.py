"""Every field of a history: missing, of the wrong type, out of bounds, unknown."""

from __future__ import annotations

from typing import Any

import pytest

from miedza.core.history import Booking, Event, History, Message
from miedza.core.reading import read_history
from miedza.core.reading_events import EVENT_FIELDS
from tests.core.refusals import (
    MOST,
    MOST_MONEY,
    Field,
    absences,
    each,
    instant,
    number,
    right_values,
    text,
    truth,
    word,
    wrong_values,
)
from tests.core.samples import EVENTS, HISTORY, drop, faults_of, put, sample_event

_AT = "2026-03-02T08:00:00Z"
_LATER = "2999-12-31T23:59:59Z"


def event_fields(kind: str, path: str) -> list[Field]:
    """The fields of one type of event at a path, without its id."""
    own: dict[str, list[Field]] = {
        "moved": [instant(f"{path}.to", "2026-03-02T08:00:01Z", _LATER)],
        "extended": [number(f"{path}.minutes", 1), truth(f"{path}.agreed")],
        "paid": [number(f"{path}.amount", -MOST_MONEY, MOST_MONEY)],
    }
    if kind in ("request_added", "incident"):
        wrong = each("must be a text", 1, 1.0, True, None, ["x"], {})
        own[kind] = [Field(f"{path}.text", wrong, ("", "łódź"))]
    if kind in ("cancelled", "moved", "arrived"):
        cause = text(f"{path}.cause", right=("śnieg", None), needed=False)
        own[kind] = [*own.get(kind, []), cause]
    earlier = () if kind == "moved" else ("2026-03-02t09:00:00+01:00", "1900-01-01T00:00:00Z")
    return [
        word(f"{path}.by", "practitioner", "client"),
        instant(f"{path}.at", _AT, *earlier),
        *own.get(kind, []),
    ]


FIELDS = [
    instant("as_of", "1900-01-01T00:00:00Z", _LATER),
    text("bookings[0].id"),
    text("bookings[0].person"),
    text("bookings[0].engagement", right=("e", None), needed=False),
    instant("bookings[0].booked_at", _AT, None, needed=False),
    instant("bookings[0].start", _AT, _LATER),
    number("bookings[0].minutes", 1),
    number("bookings[0].price", 0, MOST_MONEY),
    word("bookings[0].kind", "paid", "free"),
    text("messages[0].person"),
    instant("messages[0].at", _AT),
    text("messages[1].person"),
    instant("messages[1].at", _AT),
    text("messages[1].to", right=("m1",)),
    *(
        field
        for index, kind in enumerate(EVENTS)
        for path in [f"bookings[0].events[{index}]"]
        for field in [text(f"{path}.id", right=("y",)), *event_fields(kind, path)]
    ),
]
_LISTS = ["bookings", "messages", "bookings[0].events"]
_OBJECTS = ["bookings[0]", "messages[0]", "messages[1]", "bookings[0].events[0]"]
# Others name these two; without them there are further faults.
_NAMED_BY_OTHERS = {"bookings[0].events[0].id"}
_TYPES = "must be one of " + ", ".join(f"'{kind}'" for kind in EVENTS)
_WAYS = "must be one of 'received', 'replied'"
_NO_WORDS: list[Any] = ["something", "", 1, 1.0, True, None, ["held"], {}]


def test_samples_hold_every_type_of_event() -> None:
    assert list(EVENTS) == list(EVENT_FIELDS)


@pytest.mark.parametrize(("path", "value", "fault"), wrong_values(FIELDS))
def test_wrong_value_of_a_history_is_refused(path: str, value: Any, fault: str) -> None:
    assert faults_of(read_history, put(HISTORY, path, value)) == [fault]


@pytest.mark.parametrize(
    ("path", "value"),
    right_values(field for field in FIELDS if field.path not in _NAMED_BY_OTHERS),
)
def test_right_value_of_a_history_is_accepted(path: str, value: Any) -> None:
    assert faults_of(read_history, put(HISTORY, path, value)) == []


@pytest.mark.parametrize(("path", "faults"), absences(FIELDS))
def test_missing_field_of_a_history_is_refused_where_it_is_needed(
    path: str, faults: list[str]
) -> None:
    assert faults_of(read_history, drop(HISTORY, path)) == faults


@pytest.mark.parametrize("value", ["x", 1, 1.0, True, None, {}], ids=repr)
@pytest.mark.parametrize("path", _LISTS)
def test_what_is_no_list_is_refused(path: str, value: Any) -> None:
    assert faults_of(read_history, put(HISTORY, path, value)) == [f"{path}: must be a list"]


@pytest.mark.parametrize("path", ["bookings", "bookings[0].events"])
def test_missing_list_is_refused(path: str) -> None:
    assert faults_of(read_history, drop(HISTORY, path)) == [f"{path}: missing"]


def test_messages_may_be_absent() -> None:
    assert read_history(drop(HISTORY, "messages")).messages == []


@pytest.mark.parametrize("value", ["x", 1, 1.0, True, None, []], ids=repr)
@pytest.mark.parametrize("path", _OBJECTS)
def test_what_is_no_object_is_refused(path: str, value: Any) -> None:
    assert faults_of(read_history, put(HISTORY, path, value)) == [f"{path}: must be an object"]


@pytest.mark.parametrize("value", ["x", 1, 1.0, True, None, []], ids=repr)
def test_history_that_is_no_object_is_refused(value: Any) -> None:
    assert faults_of(read_history, value) == ["document: must be an object"]


@pytest.mark.parametrize(
    "path",
    [
        "colour", "bookings[0].colour", "messages[0].colour", "messages[1].colour",
        "messages[0].to",
        *(f"bookings[0].events[{index}].colour" for index in range(len(EVENTS))),
        *(
            f"bookings[0].events[{index}].cause"
            for index, kind in enumerate(EVENTS)
            if kind not in ("cancelled", "moved", "arrived")
        ),
    ],
)  # fmt: skip
def test_unknown_key_of_a_history_is_refused(path: str) -> None:
    assert faults_of(read_history, put(HISTORY, path, "x")) == [f"{path}: unknown key"]


@pytest.mark.parametrize("value", _NO_WORDS, ids=repr)
def test_wrong_type_of_event_is_refused(value: Any) -> None:
    path = "bookings[0].events[3].type"

    assert faults_of(read_history, put(HISTORY, path, value)) == [f"{path}: {_TYPES}"]


@pytest.mark.parametrize("value", _NO_WORDS, ids=repr)
def test_wrong_type_of_message_is_refused(value: Any) -> None:
    path = "messages[0].type"

    assert faults_of(read_history, put(HISTORY, path, value)) == [f"{path}: {_WAYS}"]


@pytest.mark.parametrize("path", ["bookings[0].events[3].type", "messages[0].type"])
def test_missing_type_is_refused(path: str) -> None:
    assert faults_of(read_history, drop(HISTORY, path)) == [f"{path}: missing"]


@pytest.mark.parametrize("index", [0, 1])
@pytest.mark.parametrize("value", ["", 1, None, ["x"]], ids=repr)
def test_wrong_id_of_a_message_is_refused(index: int, value: Any) -> None:
    path = f"messages[{index}].id"

    fault = f"{path}: must be a text that is not empty"
    assert faults_of(read_history, put(HISTORY, path, value)) == [fault]


@pytest.mark.parametrize("index", [0, 1])
def test_missing_id_of_a_message_is_refused(index: int) -> None:
    path = f"messages[{index}].id"

    assert faults_of(read_history, drop(HISTORY, path)) == [f"{path}: missing"]


@pytest.mark.parametrize("to", [_AT, "2026-03-02T07:59:59Z", "2026-03-02T09:00:00+01:00"])
@pytest.mark.parametrize("cause", [{}, {"cause": None}, {"cause": "illness"}], ids=repr)
def test_move_to_no_later_than_its_instant_is_refused(to: str, cause: dict[str, Any]) -> None:
    move = {"id": "x", "type": "moved", "by": "client", "at": _AT, "to": to, **cause}
    document = put(drop(HISTORY, "messages"), "bookings[0].events", [move])

    assert faults_of(read_history, document) == ["bookings[0].events[0].to: must be after at"]


def test_every_fault_of_a_history_is_told_at_once() -> None:
    document = put(HISTORY, "as_of", "now")
    document = put(document, "bookings[0].price", -1)
    document = put(document, "bookings[0].events[4].by", "nobody")
    document = put(document, "messages[1].at", None)

    assert [fault.partition(": ")[0] for fault in faults_of(read_history, document)] == [
        "as_of",
        "bookings[0].price",
        "bookings[0].events[4].by",
        "messages[1].at",
    ]


def test_history_is_read_whole() -> None:
    events = [sample_event("moved"), sample_event("paid"), sample_event("extended")]
    document = put(HISTORY, "bookings[0].events", events)

    at, start, day = 1772438400, 1772442000, 86_400
    assert read_history(document) == History(
        [
            Booking(
                "b1", "p1", start, 50, 20000, False, "e1", start - 10 * day,
                [
                    Event(at, "x-moved", "moved", "client", "illness", start + 7 * day),
                    Event(at, "x-paid", "paid", "client", None, 20000),
                    Event(at, "x-extended", "extended", "client", None, 10, True),
                ],
            )
        ],
        [Message(start, "m1", "p1", None), Message(start + 3600, "m2", "p1", "m1")],
        start + 8 * day - 9 * 3600,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "cause", "value", "agreed"),
    [
        ({"type": "held"}, None, None, False),
        ({"type": "cancelled"}, None, None, False),
        ({"type": "cancelled", "cause": None}, None, None, False),
        ({"type": "cancelled", "cause": "x"}, "x", None, False),
        ({"type": "arrived", "cause": "x"}, "x", None, False),
        ({"type": "paid", "amount": -5}, None, -5, False),
        ({"type": "moved", "to": "2026-03-02T08:00:01Z"}, None, 1772438401, False),
        ({"type": "moved", "to": "2026-03-02T08:00:01Z", "cause": "x"}, "x", 1772438401, False),
        ({"type": "extended", "minutes": 5, "agreed": True}, None, 5, True),
        ({"type": "extended", "minutes": 5, "agreed": False}, None, 5, False),
        ({"type": "incident", "text": "y"}, None, "y", False),
        ({"type": "voided", "of": "z"}, None, "z", False),
    ],
)
def test_event_is_read_whole(told: Any, cause: str | None, value: Any, agreed: bool) -> None:  # noqa: FBT001 - a case.
    events = [{"id": "x", "by": "client", "at": _AT, **told}, {**sample_event("held"), "id": "z"}]

    read = read_history(put(HISTORY, "bookings[0].events", events)).bookings[0].events[0]

    assert read == Event(1772438400, "x", told["type"], "client", cause, value, agreed)


def test_price_of_a_free_session_counts_as_nothing() -> None:
    booking = read_history(put(HISTORY, "bookings[0].kind", "free")).bookings[0]

    assert (booking.free, booking.price) == (True, 0)


def test_largest_numbers_are_accepted() -> None:
    document = put(put(HISTORY, "bookings[0].price", MOST_MONEY), "bookings[0].minutes", MOST)

    booking = read_history(document).bookings[0]

    assert (booking.price, booking.minutes) == (MOST_MONEY, MOST)
