"""The small language of templates: numbers, words, plurals."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miedza.words.phrases import rule_values
from miedza.words.sentence import fill, plural_form
from tests.words.sentences import (
    LANGUAGES,
    REASONS,
    SAID,
    SENTENCES,
    TYPICAL,
    Sentence,
    find_places,
    name_sentence,
)

NONE = (
    "grace_minutes", "wait_minutes", "percent", "rate_percent", "free_moves", "free_hours",
    "hours", "per_person", "per_month", "invite_at_minute",
)  # fmt: skip
"""Numbers that may be 0, of which nobody says that there are 0."""
NUMBERS = (0, 1, 2, 3, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111, 112)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", (1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)),
        ("pl", (2, 0, 1, 1, 1, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2)),
        ("ru", (2, 0, 1, 1, 1, 2, 2, 2, 2, 0, 1, 2, 0, 2, 2)),
    ],
)
def test_plural_form_follows_the_language(language: str, forms: tuple[int, ...]) -> None:
    assert tuple(plural_form(language, number) for number in NUMBERS) == forms


def test_fill_inserts_a_value() -> None:
    assert fill("{missing} to pay", "en", {"missing": "200 zł"}) == "200 zł to pay"


def test_fill_keeps_number_and_word_together() -> None:
    said = fill("{n:minuta|minuty|minut}", "pl", {"n": 22})

    assert said == "22\N{NO-BREAK SPACE}minuty"


def test_fill_inserts_the_word_alone() -> None:
    assert fill("{n!w:час|часа|часов}", "ru", {"n": 21}) == "час"


def test_fill_ignores_values_that_are_not_named() -> None:
    assert fill("on time", "en", {"minutes": 3}) == "on time"


def test_fill_refuses_a_value_that_is_not_given() -> None:
    with pytest.raises(KeyError, match="needs 'minutes'"):
        fill("{minutes:minute|minutes} late", "en", {})


def _values(sentence: Sentence, language: str) -> dict[str, object]:
    """The values that a sentence is filled with."""
    if sentence.form == "reason":
        said = REASONS[sentence.rule][sentence.reason]
        return {name: SAID[name] for name in said}
    return rule_values(sentence.rule, TYPICAL, language)


@given(
    sentence=st.sampled_from(SENTENCES),
    language=st.sampled_from(LANGUAGES),
    number=st.integers(0, 10**6),
)
def test_every_sentence_can_be_filled_with_any_number(
    sentence: Sentence, language: str, number: int
) -> None:
    values = {
        name: number if isinstance(value, int) else value
        for name, value in _values(sentence, language).items()
    }

    said = fill(sentence.texts[language], language, values)

    assert "{" not in said
    assert "}" not in said
    assert "[" not in said
    assert "//" not in said
    named = find_places(sentence.texts[language])
    if number and any(isinstance(values[name], int) for name in named):
        assert str(number) in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sentence", SENTENCES, ids=name_sentence)
def test_no_sentence_counts_what_is_none(sentence: Sentence, language: str) -> None:
    none = dict.fromkeys(NONE, 0)
    values = {**_values(sentence, language), **none}

    assert not re.search(r"\b0\b", fill(sentence.texts[language], language, values))


def test_fill_chooses_by_the_number() -> None:
    template = "[n?{n:hour|hours} before//at any time], or later"

    assert fill(template, "en", {"n": 0}) == "at any time, or later"
    assert fill(template, "en", {"n": 2}) == "2\N{NO-BREAK SPACE}hours before, or later"
    both = "[n?[m?{m} of {n}//none of {n}]//nothing]"
    assert [fill(both, "en", {"n": n, "m": 1}) for n in (0, 3)] == ["nothing", "1 of 3"]
    assert fill(both, "en", {"n": 3, "m": 0}) == "none of 3"
    with pytest.raises(KeyError, match="needs 'n'"):
        fill(template, "en", {})
