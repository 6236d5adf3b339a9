"""Sentences with numbers in them: a small language of templates that knows plurals.

`{minutes}` inserts a value; `{minutes:minuta|minuty|minut}` inserts the number and the right word;
`{minutes!w:minutę|minuty|minut}` the word alone. English has two forms, Polish and Russian three:
one, few, many. Source: CLDR plural rules for whole numbers.

`[minutes?some//none]` is `some` where the value is more than 0 and `none` where it is 0: nobody
says that the first 0 minutes do not count. One choice may stand within another.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    Texts: TypeAlias = Mapping[str, str]
    """A template by language: `en`, `pl`, `ru`."""

    Forms: TypeAlias = Mapping[str, Texts]
    """Templates by form: `long`, `short`, `line`, and for rulings `reason`."""

LANGUAGES = ("en", "pl", "ru")

_CHOICE = re.compile(r"\[(?P<name>\w+)\?(?P<some>[^\[\]]*?)//(?P<none>[^\[\]]*)\]")
_PLACE = re.compile(r"\{(?P<name>\w+)(?P<word>!w)?(?::(?P<forms>[^{}]*))?\}")


def plural_form(language: str, number: int) -> int:
    """Which form a number takes: 0 for one, 1 for few (in English: many), 2 for many.

    >>> [plural_form("pl", n) for n in (1, 2, 5, 12, 22)]
    [0, 1, 2, 2, 1]
    >>> [plural_form("ru", n) for n in (1, 11, 21, 24)]
    [0, 2, 0, 1]
    """
    if language == "en":
        return 0 if number == 1 else 1
    few = number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14)
    if language == "pl":
        return 0 if number == 1 else 1 if few else 2
    one = number % 10 == 1 and number % 100 != 11
    return 0 if one else 1 if few else 2


def fill(template: str, language: str, values: Mapping[str, object]) -> str:
    """Fill a template.

    Raises:
        KeyError: the template names a value that is not given.
    """

    def find(name: str) -> object:
        if name not in values:
            raise KeyError(f"the sentence needs {name!r}: {template}")
        return values[name]

    def choose(choice: re.Match[str]) -> str:
        return choice["some" if find(choice["name"]) else "none"]

    def put(place: re.Match[str]) -> str:
        value = find(place["name"])
        if place["forms"] is None:
            return str(value)
        forms = place["forms"].split("|")
        word = forms[plural_form(language, int(str(value)))]
        return word if place["word"] else f"{value}\N{NO-BREAK SPACE}{word}"

    chosen = template
    while _CHOICE.search(chosen):  # The innermost first.
        chosen = _CHOICE.sub(choose, chosen)
    return _PLACE.sub(put, chosen)
