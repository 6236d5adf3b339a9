"""Faults: what is wrong with a document, where, and what to do about it.

A document is read whole, so that every fault is told at once. A fault is one line,
`path: what is wrong`, for example `rules.missed.percent: must be a whole number from 0 to 100`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, TypeAlias

    Check: TypeAlias = Callable[[object], str | None]
    """Answers what is wrong with a value, a line for each fault, or None."""

    Fields: TypeAlias = Mapping[str, tuple[Check, str]]
    """The fields of a rule: how each is checked, and what it means."""

MOST = 1_000_000
"""No minutes, hours, days or counts above this."""

MOST_MONEY = 10**15
"""No money above this, in minor units."""


class InvalidDocument(ValueError):  # noqa: N818 - named for what it refuses, not for being an error.
    """A document that cannot be read; `faults` says all that is wrong with it."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


def whole(least: int, most: int = MOST) -> Check:
    """Make the check of a whole number.

    >>> whole(0, 100)(50) is None
    True
    >>> whole(0, 100)("50")
    'must be a whole number from 0 to 100'
    """

    def check(value: object) -> str | None:
        if type(value) is int and least <= value <= most:
            return None
        return f"must be a whole number from {least} to {most}"

    return check


def one_of(*choices: str) -> Check:
    """Make the check of a word out of a fixed choice.

    >>> one_of("paid", "free")("gift")
    "must be one of 'paid', 'free'"
    """

    def check(value: object) -> str | None:
        if isinstance(value, str) and value in choices:
            return None
        return "must be one of " + ", ".join(f"'{choice}'" for choice in choices)

    return check


def some_of(*choices: str, ordered: bool = False) -> Check:
    """Make the check of a list that chooses some words, at least one, none twice.

    Args:
        choices: the words that may be chosen; none given: any texts.
        ordered: whether they must come in the order of `choices`.
    """

    def check(value: object) -> str | None:
        if not isinstance(value, list) or not value:
            return "must be a list of at least one"
        if not all(isinstance(word, str) and word for word in value):
            return "must hold only texts that are not empty"
        if len(set(value)) < len(value):
            return "must not name anything twice"
        strange = [word for word in value if choices and word not in choices]
        if strange:
            return "must be chosen from " + ", ".join(f"'{choice}'" for choice in choices)
        if ordered and value != [choice for choice in choices if choice in value]:
            return "must be in the order " + ", ".join(f"'{choice}'" for choice in choices)
        return None

    return check


def truth(value: object) -> str | None:
    """Check that a value is true or false."""
    return None if isinstance(value, bool) else "must be true or false"


def text(value: object) -> str | None:
    """Check that a value is a text that is not empty."""
    return None if isinstance(value, str) and value else "must be a text that is not empty"


def any_text(value: object) -> str | None:
    """Check that a value is a text, be it empty."""
    return None if isinstance(value, str) else "must be a text"


def show_key(key: str) -> str:
    """A key as a fault names it: on one line, quoted where it would not be seen as it is.

    >>> show_key("percent"), show_key("a\\nb"), show_key("")
    ('percent', "'a\\\\nb'", "''")
    """
    return key if key and key.isprintable() else repr(key)


def read_object(
    value: object, path: str, faults: list[str], *, needed: Iterable[str], optional: Iterable[str]
) -> dict[str, Any] | None:
    """Check that a value is an object with the right keys.

    Args:
        value: what stands in the document at `path`.
        faults: every missing and every unknown key is added to it.

    Returns:
        The object, or None where it is none.
    """
    if not isinstance(value, dict):
        faults.append(f"{path or 'document'}: must be an object")
        return None
    optional = tuple(optional)
    prefix = path + "." if path else ""
    needed = tuple(needed)
    faults.extend(f"{prefix}{key}: missing" for key in needed if key not in value)
    known = {*needed, *optional}
    faults.extend(f"{prefix}{show_key(key)}: unknown key" for key in value if key not in known)
    return value


def check_fields(value: Mapping[str, object], path: str, faults: list[str], fields: Fields) -> None:
    """Check each field that is there; add a fault for each that is wrong."""
    for field, (check, _meaning) in fields.items():
        if field in value:
            wrong = check(value[field])
            for line in wrong.splitlines() if wrong else ():
                # A check that looks inside says where: `.mon[0]: must end after its start`.
                inside = line.startswith((".", "["))
                faults.append(f"{path}.{field}{line}" if inside else f"{path}.{field}: {line}")
