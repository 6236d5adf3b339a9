"""JSON without its regular expressions reads and writes what `json` does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from miedza.cli import quick_json

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts),
)
PIECES = st.sampled_from(
    ["{", "}", "[", "]", ",", ":", '"', "\\", "\\u00e9", "\\ud800", " ", "\n", "\t", "\u00a0", "1",
     "-", ".5", "e9", "0", "true", "nul", "null", "NaN", "-Infinity", "a", "ż", "\ud800", "\x00"]
)  # fmt: skip


def _constant(name: str) -> str:
    return f"<{name}>"


def _read(how: Any, text: str) -> Any:
    """What is read, or the kind and the words of the refusal."""
    try:
        return how(text, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        return type(error), str(error)


@given(VALUES, st.sampled_from(["", " ", "\n\t", "\r\n"]))
def test_what_is_written_is_what_json_writes_and_is_read_back(value: Any, space: str) -> None:
    written = quick_json.dumps(value)

    assert written == json.dumps(value)
    assert quick_json.loads(space + written + space, parse_constant=_constant) == value


@given(st.lists(PIECES, max_size=12).map("".join))
@example("")
@example("  ")
@example("{} x")
@example("[1,]")
@example('{"a": NaN, "b": [Infinity]}')
@example("\ufeff{}")
@example("9" * 5000)
@example("[" * 100_000)
def test_every_text_is_read_or_refused_as_json_does(text: str) -> None:
    assert _read(quick_json.loads, text) == _read(json.loads, text)


def test_what_is_no_json_is_not_written() -> None:
    with pytest.raises(TypeError, match="set is not written as JSON"):
        quick_json.dumps({"a": {1}})


def test_another_interpreter_is_served_by_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_json, "_scanner", None)
    monkeypatch.setattr(quick_json, "_encode", None)

    assert quick_json.loads("[1, NaN]", parse_constant=_constant) == [1, "<NaN>"]
    assert quick_json.dumps({"a": [1, None]}) == '{"a": [1, null]}'
