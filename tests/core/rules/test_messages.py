"""Messages: promised in hours inside the windows. Warsaw, Mondays and Tuesdays 09:00 to 17:00."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.samples import ruled, ruling
from tests.naive.by_hand import on, terms

RULE = {
    "windows": {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]},
    "reply_hours": 8,
}


def received(clock: str, name: str = "m") -> dict[str, Any]:
    return {"id": name, "person": "p", "type": "received", "at": on(clock)}


def replied(clock: str, name: str = "r", to: str = "m") -> dict[str, Any]:
    return {"id": name, "person": "p", "type": "replied", "to": to, "at": on(clock)}


def told(*messages: Any, as_of: str = "20T00:00") -> Any:
    return ruled(terms(messages=RULE), messages=messages, as_of=as_of)


def late(promise: str, name: str = "m") -> dict[str, Any]:
    facts = {"promised_at": on(promise)}
    return ruling(
        "messages", "late_reply", "practitioner", promise, name,
        verdict="crossed", facts=facts, subject=name,
    )  # fmt: skip


def later(at: str, promise: str) -> dict[str, Any]:
    facts = {"promised_at": on(promise)}
    return ruling("messages", "answer_later", "practitioner", at, "m", facts=facts, subject="m")


def gift(at: str, name: str = "r") -> dict[str, Any]:
    return ruling("messages", "replied_out_of_hours", "practitioner", at, name, subject=name)


@pytest.mark.parametrize("answer", ["02T10:00", "03T09:00"])
def test_answer_up_to_the_promise_has_no_ruling(answer: str) -> None:
    assert told(received("02T09:00"), replied(answer)) == []


def test_answer_after_the_promise_is_late() -> None:
    assert told(received("02T09:00"), replied("03T09:00:01")) == [late("03T09:00")]


@pytest.mark.parametrize(
    ("as_of", "expected"), [("03T09:00", []), ("03T09:00:01", [late("03T09:00")])]
)
def test_promise_must_lie_before_the_end_of_the_walk(as_of: str, expected: Any) -> None:
    assert told(received("02T09:00"), as_of=as_of) == expected


def test_message_out_of_hours_is_answered_later() -> None:
    assert told(received("01T12:00"), as_of="02T00:00") == [later("01T12:00", "02T16:00")]


def test_message_out_of_hours_can_be_answered_late_too() -> None:
    assert told(received("01T12:00")) == [later("01T12:00", "02T16:00"), late("02T16:00")]


@pytest.mark.parametrize("clock", ["02T16:00", "02T07:59:59", "04T10:00"])
def test_reply_out_of_hours_is_a_gift(clock: str) -> None:
    first = replied("02T10:00", "q")

    assert told(received("02T09:00"), first, replied(clock)) == [gift(clock)]


def test_first_reply_that_names_the_message_is_its_answer() -> None:
    messages = [
        received("02T09:00", "m"), received("02T09:00", "n"), replied("02T10:00", "r", to="n"),
        replied("03T10:00", "s", to="m"), replied("02T09:30", "q", to="n"),
    ]  # fmt: skip

    assert told(*messages) == [late("03T09:00", "m")]


def test_message_after_the_end_of_the_walk_does_not_exist() -> None:
    messages = [received("02T09:00"), replied("03T20:00"), received("07T00:00", "n")]

    assert told(*messages, as_of="03T08:00") == []


def test_messages_are_not_judged_without_the_rule() -> None:
    assert ruled(terms(), messages=[received("01T12:00"), replied("04T10:00")]) == []
