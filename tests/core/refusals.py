"""Fields of a document: what each refuses, with the words of the fault, and what it accepts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pytest
from _pytest.mark.structures import ParameterSet

MOST = 1_000_000
MOST_MONEY = 10**15
WRONG_INSTANT = "must be an instant like 2026-03-02T09:00:00+01:00, to the whole second"
WRONG_TEXT = "must be a text that is not empty"


class Field(NamedTuple):
    """One field of a document."""

    path: str
    wrong: tuple[tuple[Any, str], ...]
    """Values that are refused, each with what the fault says after the path."""
    right: tuple[Any, ...]
    needed: bool = True


def each(what: str, *values: Any) -> tuple[tuple[Any, str], ...]:
    """Several values that are refused with the same words."""
    return tuple((value, what) for value in values)


def number(path: str, least: int, most: int = MOST, right: Any = None, **more: Any) -> Field:
    """A whole number; `right` where other fields narrow what is accepted."""
    what = f"must be a whole number from {least} to {most}"
    null = () if more.pop("null", False) else (None,)
    wrong = each(what, "50", 50.0, True, *null, [50], {}, least - 1, most + 1)
    return Field(path, wrong, right or (least, most), **more)


def word(path: str, *choices: str, **more: Any) -> Field:
    """One of some words."""
    what = "must be one of " + ", ".join(f"'{choice}'" for choice in choices)
    words = ("something", choices[0].upper(), "", [choices[0]])
    return Field(path, each(what, *words, 1, 1.0, True, None, {}), choices, **more)


def truth(path: str) -> Field:
    """True or false."""
    wrong = each("must be true or false", "true", 1, 0, 1.0, None, [True], {})
    return Field(path, wrong, (True, False))


def text(path: str, *, right: tuple[Any, ...] = ("śnieg", "x" * 10_000), **more: Any) -> Field:
    """A text that is not empty."""
    null = () if None in right else (None,)
    return Field(path, each(WRONG_TEXT, "", 1, 1.0, True, *null, ["x"], {}), right, **more)


def instant(path: str, *right: Any, needed: bool = True) -> Field:
    """An instant."""
    null = () if None in right else (None,)
    texts = ("2026-03-02", "2026-03-02T09:00:00", "")
    wrong = each(WRONG_INSTANT, *texts, 1772438400, 1.0, True, *null, [], {})
    years = each("must lie in the years 1900 to 2999", "1899-12-31T23:59:59Z")
    return Field(path, (*wrong, *years), right, needed)


def wrong_values(fields: Iterable[Field]) -> list[ParameterSet]:
    """For each field and each wrong value: path, value, the fault."""
    return [
        pytest.param(field.path, value, f"{field.path}: {what}", id=f"{field.path}={value!r:.20}")
        for field in fields
        for value, what in field.wrong
    ]


def right_values(fields: Iterable[Field]) -> list[ParameterSet]:
    """For each field and each right value: path, value."""
    return [
        pytest.param(field.path, value, id=f"{field.path}={value!r:.20}")
        for field in fields
        for value in field.right
    ]


def absences(fields: Iterable[Field]) -> list[ParameterSet]:
    """For each field: path, and the faults of a document without it."""
    return [
        pytest.param(field.path, [f"{field.path}: missing"] if field.needed else [], id=field.path)
        for field in fields
    ]
