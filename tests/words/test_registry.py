"""Every rule and every ruling has its sentences, in every language, well formed."""

from __future__ import annotations

import re
from importlib import import_module
from itertools import chain
from typing import Any

import pytest

from miedza.core.rules import RULES as CORE_RULES
from miedza.words import registry, strip
from miedza.words.phrases import rule_values
from miedza.words.registry import FORMS, RULES, say_reason, say_rule, say_title
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

every_sentence = pytest.mark.parametrize("sentence", SENTENCES, ids=name_sentence)
GENDERED = re.compile(r"\((?:a|а|ла)\)|(?:łeś|łaś|łem|łam)\b")
PLURALS = {"en": 2, "pl": 3, "ru": 3}


def _texts() -> list[tuple[str, str]]:
    """Every text with its language, those of the strip and the titles among them."""
    loose = [
        *strip.TAGS.values(),
        *strip.OUTCOMES.values(),
        *chain.from_iterable(said.values() for said in strip.CONSEQUENCES.values()),
        *chain.from_iterable(forms.values() for forms in strip.EXCUSES.values()),
        *chain.from_iterable(forms.values() for forms in strip.STEPS.values()),
        *({language: say_title(rule, language) for language in LANGUAGES} for rule in RULES),
        *(sentence.texts for sentence in SENTENCES),
    ]
    return [(language, text) for texts in loose for language, text in texts.items()]


def _bare(text: str) -> str:
    """A text without the names of its values, with all forms of its words and both choices."""
    chosen = re.sub(r"\[\w+\?|//|\]", " ", text)
    return re.sub(r"\{\w+(?:!w)?:?([^{}]*)\}", r" \1 ", chosen)


def test_the_rules_are_those_of_the_core() -> None:
    assert registry.RULES == CORE_RULES


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_every_form_in_every_language(rule: str) -> None:
    module: Any = import_module(f"miedza.words.{rule}")

    assert set(module.TITLE) == set(LANGUAGES)
    assert {form: set(texts) for form, texts in module.RULE.items()} == {
        form: set(LANGUAGES) for form in FORMS
    }


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_every_reason_of_the_core_and_no_other(rule: str) -> None:
    module: Any = import_module(f"miedza.words.{rule}")

    said = {
        reason: {form: set(texts) for form, texts in forms.items()}
        for reason, forms in module.REASONS.items()
    }

    assert said == {
        reason: {form: set(LANGUAGES) for form in (*FORMS, "reason")}
        for reason in REASONS.get(rule, ())
    }


@every_sentence
def test_the_languages_name_the_same_values(sentence: Sentence) -> None:
    named = {language: find_places(text) for language, text in sentence.texts.items()}

    assert named["pl"] == named["en"]
    assert named["ru"] == named["en"]


@every_sentence
def test_only_values_that_are_given_are_named(sentence: Sentence) -> None:
    if sentence.form == "reason":
        given = REASONS[sentence.rule][sentence.reason]
    else:
        given = set(rule_values(sentence.rule, TYPICAL, "en"))

    assert find_places(sentence.texts["en"]) <= given


@every_sentence
def test_words_have_as_many_forms_as_the_language(sentence: Sentence) -> None:
    for language, text in sentence.texts.items():
        for forms in re.findall(r"\{\w+(?:!w)?:([^{}]*)\}", text):
            assert len(forms.split("|")) == PLURALS[language], forms


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_short_forms_fit_into_a_post(rule: str, language: str) -> None:
    values = rule_values(rule, TYPICAL, language)

    said = [
        say_rule(rule, "short", language, values),
        *(say_reason(rule, reason, "short", language, values) for reason in REASONS.get(rule, ())),
    ]

    assert [text for text in said if len(text) > 90] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_forms_are_whole_sentences(rule: str, language: str) -> None:
    values = rule_values(rule, TYPICAL, language)
    forms = [(form, "") for form in FORMS]
    forms += [(form, reason) for form in FORMS for reason in REASONS.get(rule, ())]

    for form, reason in forms:
        said = (
            say_reason(rule, reason, form, language, values)
            if reason
            else say_rule(rule, form, language, values)
        )

        assert said == said.strip()
        assert said.endswith((".", "?"))
        assert said[0].isupper() or said[0].isdigit()
        assert "  " not in said
        assert ".." not in said


def test_nobody_is_shouted_at() -> None:
    assert [text for _language, text in _texts() if "!" in _bare(text)] == []


def test_each_language_keeps_to_its_letters() -> None:
    mixed = [
        text
        for language, text in _texts()
        if re.search("[a-ząćęłńóśźż]" if language == "ru" else "[а-яё]", _bare(text).lower())
    ]

    assert mixed == []


@every_sentence
def test_reasons_do_not_guess_who_is_a_woman(sentence: Sentence) -> None:
    for text in sentence.texts.values():
        assert GENDERED.search(_bare(text)) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_strip_has_words_for_everything(language: str) -> None:
    for verdict in ("kept", "crossed", "excused", "unclear"):
        assert registry.say_tag(verdict, language)
    for outcome in ("open", "held", "cancelled", "missed", "released", "unclear"):
        assert registry.say_outcome(outcome, language)
    for step in ("remind", "talk", "renegotiate", "end"):
        assert all(registry.say_step(step, "client", language))
        assert all(registry.say_step(step, "practitioner", language))
    for reader in ("client", "practitioner"):
        for side in ("client", "practitioner"):
            assert "200 zł" in registry.say_owed(side, reader, language, SAID)
        assert "200 zł" in registry.say_given(reader, language, {"worth": "200 zł"})
    for excused_by in ("goodwill", "hardship"):
        assert "200 zł" in registry.say_excuse(excused_by, True, language, {"forgiven": "200 zł"})
        assert registry.say_excuse(excused_by, False, language, {})
