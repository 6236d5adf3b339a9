"""Phrases about what is forgiven, agreed on together, and kept after the end."""

from __future__ import annotations

import pytest

from miedza.words.phrases import rule_values
from miedza.words.registry import say_rule
from tests.words.sentences import LANGUAGES, TYPICAL, say_phrases


@pytest.mark.parametrize(
    ("language", "causes", "times"),
    [
        ("en", "illness, something serious, the dog", "twice"),
        ("pl", "choroba, coś poważnego, the dog", "2 razy"),
        ("ru", "болезнь, что-то серьёзное, the dog", "2 раза"),
    ],
)
def test_a_practice_keeps_its_own_causes(language: str, causes: str, times: str) -> None:
    said = say_phrases("hardship", language, causes=["illness", "emergency", "the dog"])

    assert (said["causes"], said["times_phrase"]) == (causes, times)


def test_how_often_is_said_as_people_say_it() -> None:
    said = {
        language: [
            say_phrases("hardship", language, times=n)["times_phrase"] for n in (0, 1, 3, 22)
        ]
        for language in LANGUAGES
    }

    assert said == {
        "en": ["0 times", "once", "3 times", "22 times"],
        "pl": ["0 razy", "raz", "3 razy", "22 razy"],
        "ru": ["0 раз", "один раз", "3 раза", "22 раза"],
    }


@pytest.mark.parametrize(
    ("forgiven", "rules", "phrase", "start"),
    [
        (
            0,
            ["lateness", "missed"],
            "Nothing is forgiven by rule, but whoever is owed may always let it go.",
            "When something goes wrong, in turn",
        ),
        (
            1,
            ["lateness"],
            "We forgive each other once in any 180 days: coming late.",
            "Forgiven once in 180 days, then",
        ),
        (
            3,
            ["lateness", "missed"],
            (
                "We forgive each other 3 times in any 180 days, each of these counted separately: "
                "coming late, a missed meeting."
            ),
            "Forgiven 3 times in 180 days, then",
        ),
    ],
)
def test_goodwill_says_what_is_forgiven(
    forgiven: int, rules: list[str], phrase: str, start: str
) -> None:
    said = say_phrases("goodwill", "en", forgiven=forgiven, rules=rules)

    assert (said["forgiven_phrase"], said["forgiven_start"]) == (phrase, start)


def test_goodwill_without_rules_is_for_all_four() -> None:
    rule = {"forgiven": 1, "days": 180, "ladder": ["talk", "end"]}

    said = rule_values("goodwill", {"goodwill": rule}, "pl")

    assert said["rules"] == (
        "późne odwołanie, nieobecność, zbyt późne lub dodatkowe przełożenie, spóźnienie"
    )
    assert said["ladder"] == "rozmowa, zakończenie"


@pytest.mark.parametrize(
    ("language", "every", "phrase"),
    [
        ("en", 1, "after every meeting"),
        ("en", 3, "after every 3 meetings"),
        ("pl", 5, "co 5 spotkań"),
        ("ru", 3, "через каждые 3 встречи"),
    ],
)
def test_looking_back_has_its_rhythm(language: str, every: int, phrase: str) -> None:
    assert say_phrases("engagement", language, review_every=every)["review_phrase"] == phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_closing_meeting_nothing_is_said_of_it(language: str) -> None:
    terms = {"engagement": {**TYPICAL["engagement"], "closing_session": False}}
    values = rule_values("engagement", terms, language)

    said = say_rule("engagement", "long", language, values)

    assert values["closing_phrase"] == ""
    assert said == said.strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("comments", ["open", "moderated", "closed"])
@pytest.mark.parametrize("direct_messages", ["welcome", "organisation_only", "closed"])
def test_the_community_fits_into_a_post(language: str, comments: str, direct_messages: str) -> None:
    values = say_phrases("community", language, comments=comments, direct_messages=direct_messages)

    assert len(say_rule("community", "short", language, values)) <= 90


@pytest.mark.parametrize("language", LANGUAGES)
def test_recording_is_said_as_a_sentence_and_as_a_part_of_one(language: str) -> None:
    for recording in ("never", "with_consent"):
        said = say_phrases("confidentiality", language, recording=recording)

        assert said["recording_phrase"].lower() == f"{said['recording_clause'].lower()}."
        assert said["recording_clause"][0].islower()
        assert len(say_rule("confidentiality", "short", language, said)) <= 90


@pytest.mark.parametrize(
    ("language", "days", "phrase"),
    [
        ("en", [1], "1 day"),
        ("en", [21, 90, 180], "21, 90 and 180 days"),
        ("pl", [1], "1 dniu"),
        ("pl", [21, 365], "21 i 365 dniach"),
        ("ru", [21], "21 день"),
        ("ru", [21, 90, 365], "21, 90 и 365 дней"),
    ],
)
def test_days_of_aftercare_are_listed(language: str, days: list[int], phrase: str) -> None:
    assert say_phrases("aftercare", language, check_in_days=days)["check_in_days"] == phrase
