"""The agreement in words: one text for the same terms, another for others; names rule nothing."""

from __future__ import annotations

import copy
import hashlib
from datetime import UTC, datetime
from itertools import combinations
from random import Random
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings

from miedza.agreements.models import RulesVersion
from miedza.agreements.texts import (
    AgreementText,
    Change,
    list_changes,
    list_clauses,
    write_agreement,
)
from miedza.core.terms import read_terms
from miedza.words.agreement import ABSENT, STRICTER
from miedza.words.registry import RULES, say_title
from tests.core.chance import RANDOMS
from tests.core.samples import TERMS, drop, faults_of, put
from tests.hostile import HOSTILE
from tests.naive.cases_terms import random_terms
from tests.words.sentences import LANGUAGES

OVERRIDES: dict[str, Any] = {
    "lateness": {"grace_minutes": 3},
    "missed": {"percent": 90},
    "cancellation": {"tiers": [{"hours": 48, "percent": 10}, {"hours": 0, "percent": 100}]},
    "rescheduling": {"hours": 48, "free_moves": 1, "percent": 60},
}
FULL = {**TERMS, "practitioner": OVERRIDES}
LADDER = ["remind", "end"]
CHANGES: dict[str, Any] = {
    "currency": "EUR",
    "time_zone": "Europe/Moscow",
    "rules.session.minutes": 55,
    "rules.session.requests": 2,
    "rules.lateness.grace_minutes": 6,
    "rules.lateness.wait_minutes": 20,
    "rules.ending.grace_minutes": 6,
    "rules.ending.rate_percent": 150,
    "rules.missed.percent": 60,
    "rules.cancellation.tiers[0].hours": 36,
    "rules.cancellation.tiers[0].percent": 5,
    "rules.cancellation.tiers[1].hours": 12,
    "rules.cancellation.tiers[1].percent": 40,
    "rules.cancellation.tiers[2].percent": 100,
    "rules.rescheduling.hours": 12,
    "rules.rescheduling.free_moves": 3,
    "rules.rescheduling.percent": 55,
    "rules.payment.due": "after_session",
    "rules.payment.hours": 48,
    "rules.payment.unpaid": "keep",
    "rules.messages.windows.mon[0][0]": "08:00",
    "rules.messages.windows.mon[0][1]": "16:00",
    "rules.messages.windows.tue": [["09:00", "12:00"], ["13:00", "17:00"]],
    "rules.messages.reply_hours": 24,
    "rules.free_session.minutes": 25,
    "rules.free_session.per_person": 2,
    "rules.free_session.per_month": 5,
    "rules.free_session.invite_at_minute": 15,
    "rules.engagement.sessions": 12,
    "rules.engagement.review_every": 4,
    "rules.engagement.valid_days": 90,
    "rules.engagement.closing_session": False,
    "rules.hardship.causes": ["illness"],
    "rules.hardship.times": 1,
    "rules.hardship.days": 90,
    "rules.goodwill.rules": ["lateness"],
    "rules.goodwill.forgiven": 2,
    "rules.goodwill.days": 90,
    "rules.goodwill.ladder": LADDER,
    "rules.conduct.end_after_incident": False,
    "rules.community.comments": "open",
    "rules.community.direct_messages": "closed",
    "rules.confidentiality.recording": "with_consent",
    "rules.personal_data.retention_years": 6,
    "rules.withdrawal.days": 30,
    "rules.aftercare.check_in_days": [21],
    "practitioner.lateness.grace_minutes": 2,
    "practitioner.missed.percent": 100,
    "practitioner.cancellation.tiers[0].hours": 60,
    "practitioner.cancellation.tiers[0].percent": 20,
    "practitioner.rescheduling.hours": 50,
    "practitioner.rescheduling.free_moves": 0,
    "practitioner.rescheduling.percent": 70,
}  # fmt: skip
"""Another value for everything that terms say."""


def _write(
    terms: Any, language: str = "en", *, client: str = "Ola", practitioner: str = "Anna",
    number: int = 3, holds_at: datetime | None = None,
) -> AgreementText:  # fmt: skip
    published = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)  # Already February in Warsaw.
    version = RulesVersion(number=number, terms=terms, published_at=published)
    return write_agreement(
        version, practitioner=practitioner, client=client, language=language, holds_at=holds_at
    )


def test_text_begins_with_who_agrees_on_what_and_ends_with_the_clocks() -> None:
    holds_at = datetime(2026, 12, 1, 23, tzinfo=UTC)

    text = _write(TERMS, holds_at=holds_at)

    assert text._replace(clauses=[]) == AgreementText(
        language="en",
        title="How we work together",
        opening=[
            "An agreement between Anna, who leads the meetings, and Ola. Version 3 of the rules, "
            "published on 1 February 2026.",
            "It holds from 2 December 2026. What happened earlier is not judged by it.",
        ],
        clauses=[],
        closing=[
            "The rules bind both sides. Both read the same record of what was kept and what was "
            "not. No fee is charged by itself: a person decides each time, and whoever is owed may "
            "let it go. If the client sees something differently, they may say so, and it is kept "
            "in the record.",
            "Prices are in PLN. Times are those of Europe/Warsaw.",
        ],
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clause_stands_for_each_rule_and_one_for_the_stricter_ones(language: str) -> None:
    titles = [clause.title for clause in _write(FULL, language).clauses]

    assert titles == [*(say_title(rule, language) for rule in RULES), STRICTER[language]]
    assert [clause.title for clause in _write(TERMS, language).clauses] == titles[:-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_text_holds_every_part_and_its_digest_is_of_its_bytes(language: str) -> None:
    text = _write(FULL, language)

    parts = [text.title, *text.opening, *text.closing]
    parts += [f"{n}. {each.title}\n{each.text}" for n, each in enumerate(text.clauses, 1)]
    assert sorted(text.plain.removesuffix("\n").split("\n\n")) == sorted(parts)
    assert text.digest == hashlib.sha256(text.plain.encode()).hexdigest()


def test_text_is_the_same_whatever_language_the_page_is_in() -> None:
    for language in LANGUAGES:
        digests = set()
        for page in LANGUAGES:
            with override(page):
                digests.add(_write(FULL, language).digest)

        assert len(digests) == 1


def test_languages_are_apart() -> None:
    assert len({_write(FULL, language).digest for language in LANGUAGES}) == 3


def _list_leaves(value: Any, path: str = "") -> list[str]:
    """The paths of all that terms say."""
    if isinstance(value, dict):
        return [
            leaf
            for key, item in value.items()
            for leaf in _list_leaves(item, f"{path}.{key}" if path else key)
        ]
    if isinstance(value, list) and value and isinstance(value[0], dict | list):
        return [leaf for i, item in enumerate(value) for leaf in _list_leaves(item, f"{path}[{i}]")]
    return [path]


def test_every_term_has_a_change_here() -> None:
    unsaid = {"terms", "rules.cancellation.tiers[2].hours"}  # Of these there is one value only.
    for leaf in set(_list_leaves(FULL)) - unsaid:
        tiers = leaf.startswith("practitioner.cancellation.tiers[1]")
        assert tiers or any(leaf in path or path in leaf for path in CHANGES), leaf


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", CHANGES)
def test_any_change_of_the_terms_changes_the_text(path: str, language: str) -> None:
    changed = put(FULL, path, CHANGES[path])
    assert faults_of(read_terms, changed) == []

    assert _write(changed, language).digest != _write(FULL, language).digest
    assert list_changes(FULL, changed, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "session"])
def test_rule_that_goes_or_comes_is_a_change(rule: str, language: str) -> None:
    without = drop(TERMS, f"rules.{rule}")
    title = say_title(rule, language)
    (said,) = [each.text for each in _write(TERMS, language).clauses if each.title == title]

    gone = list_changes(TERMS, without, language=language)
    come = list_changes(without, TERMS, language=language)

    assert Change(title, said, ABSENT[language]) in gone
    assert Change(title, ABSENT[language], said) in come


def test_names_number_and_day_are_part_of_the_text() -> None:
    texts = [
        _write(TERMS), _write(TERMS, client="Marek"), _write(TERMS, practitioner="Borys"),
        _write(TERMS, number=4), _write(TERMS, holds_at=datetime(2026, 5, 1, tzinfo=UTC)),
    ]  # fmt: skip

    assert all(a.digest != b.digest for a, b in combinations(texts, 2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_stand_as_they_are_and_change_nothing_else(language: str) -> None:
    marked = _write(TERMS, language, client="■C■", practitioner="■P■").plain
    for name in HOSTILE:
        text = _write(TERMS, language, client=name, practitioner=name)

        assert text.plain == marked.replace("■C■", name).replace("■P■", name)
        assert text.clauses == list_clauses(TERMS, language=language)


def test_nothing_changes_where_nothing_changed() -> None:
    for language in LANGUAGES:
        assert list_changes(FULL, copy.deepcopy(FULL), language=language) == []


@settings(deadline=None, max_examples=200)
@given(RANDOMS)
def test_changes_lead_from_the_one_text_to_the_other(rng: Random) -> None:
    before, after = random_terms(rng), random_terms(rng)
    language = rng.choice(LANGUAGES)
    old, new = (
        {each.title: each.text for each in list_clauses(terms, language=language)}
        for terms in (before, after)
    )

    for change in list_changes(before, after, language=language):
        if change.title:
            assert old.pop(change.title, ABSENT[language]) == change.before
            if change.after != ABSENT[language]:
                old[change.title] = change.after

    assert old == new
