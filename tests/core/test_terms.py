"""Terms as a whole: their frame, what holds between fields, what the practitioner adds."""

from __future__ import annotations

from typing import Any

import pytest

from miedza.core.terms import Terms, read_terms
from tests.core.samples import TERMS, drop, faults_of, put

BARE = {"terms": 1, "currency": "EUR", "time_zone": "UTC", "rules": {"session": {"minutes": 1}}}
_CURRENCY = "currency: must be a code of ISO 4217, like 'PLN'"
_ZONE = "time_zone: must be a name of the tz database, like 'Europe/Warsaw'"
_VERSION = "terms: must be 1, the version of this format"
_NO_TEXTS: list[Any] = ["", 1, 1.0, True, None, [], {}]
_NO_OBJECTS: list[Any] = ["x", 1, 1.0, True, None, []]


def test_terms_with_a_session_alone_are_accepted() -> None:
    rules = {"session": {"minutes": 1}}

    assert read_terms(BARE) == Terms("EUR", "UTC", rules, rules)


@pytest.mark.parametrize("document", _NO_OBJECTS, ids=repr)
def test_terms_that_are_no_object_are_refused(document: Any) -> None:
    assert faults_of(read_terms, document) == ["document: must be an object"]


@pytest.mark.parametrize("field", ["terms", "currency", "time_zone", "rules"])
def test_terms_without_a_needed_field_are_refused(field: str) -> None:
    assert faults_of(read_terms, drop(BARE, field)) == [f"{field}: missing"]


def test_empty_terms_name_every_missing_field() -> None:
    missing = ["terms: missing", "currency: missing", "time_zone: missing", "rules: missing"]

    assert faults_of(read_terms, {}) == missing


@pytest.mark.parametrize("version", [0, 2, "1", 1.0, True, None, [1], {}], ids=repr)
def test_terms_of_another_version_are_refused(version: Any) -> None:
    assert faults_of(read_terms, {**BARE, "terms": version}) == [_VERSION]


@pytest.mark.parametrize("currency", ["PLX", "pln", " PLN", "HRK", "zł", *_NO_TEXTS], ids=repr)
def test_unknown_currency_is_refused(currency: Any) -> None:
    assert faults_of(read_terms, {**BARE, "currency": currency}) == [_CURRENCY]


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Poznan", "europe/warsaw", "Europe", "+01:00", "right/UTC", "posix/UTC", "Factory",
        "localtime", "../UTC", "/etc/localtime", "Europe/Warsaw\0", "\ud800", "x" * 5000,
        *_NO_TEXTS,
    ],
    ids=lambda zone: repr(zone)[:20],
)  # fmt: skip
def test_unknown_time_zone_is_refused(zone: Any) -> None:
    assert faults_of(read_terms, {**BARE, "time_zone": zone}) == [_ZONE]


def test_unknown_key_of_terms_is_refused() -> None:
    assert faults_of(read_terms, {**BARE, "name": "x"}) == ["name: unknown key"]


@pytest.mark.parametrize("rules", _NO_OBJECTS, ids=repr)
def test_rules_that_are_no_object_are_refused(rules: Any) -> None:
    assert faults_of(read_terms, {**BARE, "rules": rules}) == ["rules: must be an object"]


def test_rules_without_a_session_are_refused() -> None:
    assert faults_of(read_terms, {**BARE, "rules": {}}) == ["rules.session: missing"]


def test_unknown_rule_is_refused() -> None:
    document = put(BARE, "rules.kindness", {})

    assert faults_of(read_terms, document) == ["rules.kindness: unknown key"]


def test_every_fault_is_told_at_once() -> None:
    document = put(put(put(TERMS, "currency", 1), "rules.missed.percent", 101), "name", "x")

    assert faults_of(read_terms, document) == [
        "name: unknown key",
        _CURRENCY,
        "rules.missed.percent: must be a whole number from 0 to 100",
    ]


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (
            "rules.lateness",
            {"grace_minutes": 16, "wait_minutes": 15},
            "rules.lateness.grace_minutes: must not be more than wait_minutes",
        ),
        (
            "rules.lateness",
            {"grace_minutes": 5, "wait_minutes": 51},
            "rules.lateness.wait_minutes: must not be more than session.minutes",
        ),
        (
            "rules.free_session.invite_at_minute",
            31,
            "rules.free_session.invite_at_minute: must not be more than free_session.minutes",
        ),
        ("rules.payment", {"due": "before_session", "hours": 1}, "rules.payment.unpaid: missing"),
        (
            "rules.payment",
            {"due": "before_session", "unpaid": "keep"},
            "rules.payment.hours: missing",
        ),
        ("rules.payment", {"due": "after_session"}, "rules.payment.hours: missing"),
    ],
)
def test_fields_that_contradict_each_other_are_refused(path: str, value: Any, fault: str) -> None:
    assert faults_of(read_terms, put(TERMS, path, value)) == [fault]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("rules.lateness", {"grace_minutes": 50, "wait_minutes": 50}),
        ("rules.lateness", {"grace_minutes": 0, "wait_minutes": 0}),
        ("rules.free_session.invite_at_minute", 30),
        ("rules.payment", {"due": "at_booking"}),
        ("rules.payment", {"due": "at_booking", "hours": 3, "unpaid": "keep"}),
        ("rules.payment", {"due": "after_session", "hours": 0}),
        ("rules.payment", {"due": "after_session", "hours": 0, "unpaid": "release"}),
    ],
)
def test_fields_on_the_edge_of_each_other_are_accepted(path: str, value: Any) -> None:
    assert faults_of(read_terms, put(TERMS, path, value)) == []


def test_sides_are_judged_by_their_own_numbers() -> None:
    mine = {"missed": {"percent": 60}, "lateness": {"grace_minutes": 3}}

    terms = read_terms({**TERMS, "practitioner": mine})

    assert (terms.of("client"), terms.of("practitioner")) == (
        TERMS["rules"],
        {
            **TERMS["rules"],
            "missed": {"percent": 60},
            "lateness": {"grace_minutes": 3, "wait_minutes": 15},
        },
    )
