"""Every field of every rule: missing, of the wrong type, out of bounds, unknown."""

from __future__ import annotations

from typing import Any

import pytest

from miedza.core import rules as registry
from miedza.core.terms import read_terms
from tests.core.refusals import (
    MOST,
    Field,
    absences,
    each,
    number,
    right_values,
    truth,
    word,
    wrong_values,
)
from tests.core.samples import TERMS, drop, faults_of, put

_TIERS = "must be a list of tiers like {'hours': 24, 'percent': 50}"
_WEEK = "must be an object with windows for days 'mon' to 'sun'"
_SOME = "must be a list of at least one"
_TEXTS = "must hold only texts that are not empty"
_TWICE = "must not name anything twice"
_GOODWILL = "must be chosen from 'cancellation', 'missed', 'rescheduling', 'lateness'"
_LADDER = "must be chosen from 'remind', 'talk', 'renegotiate', 'end'"
_ORDER = "must be in the order 'remind', 'talk', 'renegotiate', 'end'"
_DAYS = "must hold only whole numbers from 1 to 1000000"
_RISING = "must be strictly rising"
_NO_LISTS = each(_SOME, "illness", 1, 1.0, True, None, {}, [])
_NO_TEXTS = each(_TEXTS, [""], [1], [1.0], [True], [None], [["x"]], [{}])

FIELDS = [
    number("rules.session.minutes", 1, right=(15, MOST)),
    number("rules.session.requests", 1, needed=False),
    number("rules.lateness.grace_minutes", 0, right=(0, 15)),
    number("rules.lateness.wait_minutes", 0, right=(5, 50)),
    number("rules.ending.grace_minutes", 0),
    number("rules.ending.rate_percent", 0, 300),
    number("rules.missed.percent", 0, 100),
    Field(
        "rules.cancellation.tiers",
        each(_TIERS, "0", 1, 1.0, True, None, {}, []),
        ([{"hours": 0, "percent": 0}], [{"hours": MOST, "percent": 5}, {"hours": 0, "percent": 5}]),
    ),
    number("rules.rescheduling.hours", 0),
    number("rules.rescheduling.free_moves", 0),
    number("rules.rescheduling.percent", 0, 100),
    word("rules.payment.due", "at_booking", "before_session", "after_session"),
    number("rules.payment.hours", 0),
    word("rules.payment.unpaid", "release", "keep"),
    Field(
        "rules.messages.windows",
        (
            *each(_WEEK, "mon", 1, 1.0, True, None, []),
            *each(
                "must name at least one day, and at least one window for each day it names",
                {},
                {"mon": [["09:00", "17:00"]], "tue": []},
            ),
        ),
        ({"sun": [["00:00", "24:00"]]}, {"mon": [["09:00", "12:00"], ["12:00", "15:00"]]}),
    ),
    number("rules.messages.reply_hours", 1, 1000),
    number("rules.free_session.minutes", 1, right=(20, MOST)),
    number("rules.free_session.per_person", 0),
    number("rules.free_session.per_month", 0),
    number("rules.free_session.invite_at_minute", 0, right=(0, 30)),
    number("rules.engagement.sessions", 1),
    number("rules.engagement.review_every", 1),
    number("rules.engagement.valid_days", 1),
    truth("rules.engagement.closing_session"),
    Field(
        "rules.hardship.causes",
        (*_NO_LISTS, *_NO_TEXTS, (["illness", "illness"], _TWICE)),
        (["illness"], ["śnieg", "anything at all"]),
    ),
    number("rules.hardship.times", 0),
    number("rules.hardship.days", 1),
    Field(
        "rules.goodwill.rules",
        (*_NO_LISTS, *_NO_TEXTS, (["missed", "missed"], _TWICE), (["session"], _GOODWILL)),
        (["missed"], ["lateness", "rescheduling", "missed", "cancellation"]),
        needed=False,
    ),
    number("rules.goodwill.forgiven", 0),
    number("rules.goodwill.days", 1),
    Field(
        "rules.goodwill.ladder",
        (
            *_NO_LISTS, *_NO_TEXTS, (["talk", "talk"], _TWICE), (["shout"], _LADDER),
            (["talk", "remind"], _ORDER), (["remind", "end", "renegotiate"], _ORDER),
        ),
        (["end"], ["remind", "end"], ["remind", "talk", "renegotiate", "end"]),
    ),
    truth("rules.conduct.end_after_incident"),
    word("rules.community.comments", "open", "moderated", "closed"),
    word("rules.community.direct_messages", "welcome", "organisation_only", "closed"),
    word("rules.confidentiality.recording", "never", "with_consent"),
    number("rules.personal_data.retention_years", 1),
    number("rules.withdrawal.days", 1),
    Field(
        "rules.aftercare.check_in_days",
        (
            *_NO_LISTS,
            *each(_DAYS, ["21"], [21.0], [True], [None], [[]], [0], [-1], [1_000_001]),
            ([21, 21], _RISING), ([21, 20], _RISING),
        ),
        ([1], [1, 2, 1_000_000]),
    ),
]  # fmt: skip


def test_table_names_every_field_of_every_rule() -> None:
    named = [field.path for field in FIELDS]

    assert sorted(named) == sorted(
        f"rules.{rule}.{field}"
        for rule in registry.RULES
        for field in getattr(registry, rule).FIELDS
    )


def test_terms_with_every_rule_are_accepted() -> None:
    assert read_terms(TERMS).rules == TERMS["rules"]


@pytest.mark.parametrize(("path", "value", "fault"), wrong_values(FIELDS))
def test_wrong_value_of_a_rule_is_refused(path: str, value: Any, fault: str) -> None:
    assert faults_of(read_terms, put(TERMS, path, value)) == [fault]


@pytest.mark.parametrize(("path", "value"), right_values(FIELDS))
def test_right_value_of_a_rule_is_accepted(path: str, value: Any) -> None:
    terms = read_terms(put(TERMS, path, value))

    _, rule, field = path.split(".")
    assert terms.rules[rule][field] == value


@pytest.mark.parametrize(("path", "faults"), absences(FIELDS))
def test_missing_field_of_a_rule_is_refused_where_it_is_needed(
    path: str, faults: list[str]
) -> None:
    assert faults_of(read_terms, drop(TERMS, path)) == faults


@pytest.mark.parametrize("rule", registry.RULES)
def test_unknown_key_of_a_rule_is_refused(rule: str) -> None:
    path = f"rules.{rule}.colour"

    assert faults_of(read_terms, put(TERMS, path, 1)) == [f"{path}: unknown key"]


@pytest.mark.parametrize("value", ["x", 1, 1.0, True, None, []], ids=repr)
@pytest.mark.parametrize("rule", registry.RULES)
def test_rule_that_is_no_object_is_refused(rule: str, value: Any) -> None:
    path = f"rules.{rule}"

    assert faults_of(read_terms, put(TERMS, path, value)) == [f"{path}: must be an object"]


@pytest.mark.parametrize("rule", registry.RULES[1:])
def test_every_rule_but_session_may_be_absent(rule: str) -> None:
    terms = read_terms(drop(TERMS, f"rules.{rule}"))

    assert set(terms.rules) == set(registry.RULES) - {rule}
