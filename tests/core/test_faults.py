"""Faults: one line each, which says where and what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from miedza.core.faults import (
    InvalidDocument,
    any_text,
    check_fields,
    one_of,
    read_object,
    show_key,
    some_of,
    text,
    truth,
    whole,
)

_LEAST = "must be a list of at least one"
_TEXTS = "must hold only texts that are not empty"


@pytest.mark.parametrize(
    ("check", "value", "wrong"),
    [
        (whole(1, 3), 1, None),
        (whole(1, 3), 3, None),
        (whole(1, 3), 0, "must be a whole number from 1 to 3"),
        (whole(1, 3), 4, "must be a whole number from 1 to 3"),
        (whole(0, 1), True, "must be a whole number from 0 to 1"),
        (whole(0), 1_000_000, None),
        (whole(0), 1_000_001, "must be a whole number from 0 to 1000000"),
        (whole(0), 1.0, "must be a whole number from 0 to 1000000"),
        (one_of("a", "b"), "b", None),
        (one_of("a", "b"), "ab", "must be one of 'a', 'b'"),
        (one_of("a", "b"), ["a"], "must be one of 'a', 'b'"),
        (some_of(), ["x", "y"], None),
        (some_of(), [], _LEAST),
        (some_of(), "x", _LEAST),
        (some_of(), ["x", ""], _TEXTS),
        (some_of(), [["x"]], _TEXTS),
        (some_of(), ["x", "x"], "must not name anything twice"),
        (some_of("a", "b"), ["b", "a"], None),
        (some_of("a", "b"), ["b", "c"], "must be chosen from 'a', 'b'"),
        (some_of("a", "b", ordered=True), ["a", "b"], None),
        (some_of("a", "b", ordered=True), ["b", "a"], "must be in the order 'a', 'b'"),
        (truth, False, None),
        (truth, 0, "must be true or false"),
        (text, "x", None),
        (text, "", "must be a text that is not empty"),
        (text, None, "must be a text that is not empty"),
        (any_text, "", None),
        (any_text, 1, "must be a text"),
    ],
)
def test_check_says_what_is_wrong(
    check: Callable[[object], str | None], value: Any, wrong: str | None
) -> None:
    assert check(value) == wrong


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("", ["a: missing", "d: unknown key", "'\\n': unknown key"]),
        ("x[0]", ["x[0].a: missing", "x[0].d: unknown key", "x[0].'\\n': unknown key"]),
    ],
)
def test_object_with_other_keys_is_told_key_by_key(path: str, told: list[str]) -> None:
    faults: list[str] = []
    value = {"b": 1, "c": 1, "d": 1, "\n": 1}

    found = read_object(value, path, faults, needed=("a", "b"), optional=("c",))

    assert (found, faults) == (value, told)


@pytest.mark.parametrize(("path", "name"), [("", "document"), ("x[0]", "x[0]")])
@pytest.mark.parametrize("value", [None, [], "x", 1, True], ids=repr)
def test_what_is_no_object_is_told(value: Any, path: str, name: str) -> None:
    faults: list[str] = []

    found = read_object(value, path, faults, needed=("a",), optional=())

    assert (found, faults) == (None, [f"{name}: must be an object"])


def test_fault_inside_a_value_is_told_where_it_is() -> None:
    faults: list[str] = []
    fields = {
        "a": (lambda _: ".mon[0]: bad\n[1]: worse\nwrong as a whole", "nothing"),
        "b": (lambda _: None, "nothing"),
        "c": (lambda _: "never asked", "nothing"),
    }

    check_fields({"a": 1, "b": 2}, "x", faults, fields)

    assert faults == ["x.a.mon[0]: bad", "x.a[1]: worse", "x.a: wrong as a whole"]


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("percent", "percent"), ("two words", "two words"), ("żółw", "żółw"), ("", "''"),
        ("a\nb", r"'a\nb'"), ("\u2028", r"'\u2028'"), ("\0", r"'\x00'"), ("\ud800", r"'\ud800'"),
    ],
)  # fmt: skip
def test_key_is_shown_on_one_line(key: str, shown: str) -> None:
    assert show_key(key) == shown


def test_refusal_holds_every_fault() -> None:
    refusal = InvalidDocument(("a: missing", "b: missing"))

    assert (refusal.faults, str(refusal)) == (
        ["a: missing", "b: missing"],
        "a: missing\nb: missing",
    )
