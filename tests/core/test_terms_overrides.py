"""What the practitioner takes upon themselves: never a lighter duty than the client's."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miedza.core.rules.cancellation import find_percent, is_lighter
from miedza.core.terms import read_terms
from tests.core.refusals import number, wrong_values
from tests.core.samples import TERMS, drop, faults_of, put

# The client's, in TERMS: grace 5, missed 50 %, tiers 48 h 0 %, 24 h 50 %, 0 h 80 %,
# rescheduling 24 h, 2 free moves, 50 %.
TIERS: Any = TERMS["rules"]["cancellation"]["tiers"]


def tiers(*pairs: tuple[int, int]) -> list[dict[str, int]]:
    return [{"hours": hours, "percent": percent} for hours, percent in pairs]


LIGHTER = [
    ("lateness.grace_minutes", 6),
    ("missed.percent", 49),
    ("missed.percent", 0),
    ("cancellation.tiers", tiers((48, 0), (24, 50), (0, 79))),
    ("cancellation.tiers", tiers((48, 0), (24, 49), (0, 100))),
    ("cancellation.tiers", tiers((47, 0), (24, 50), (0, 80))),
    ("cancellation.tiers", tiers((48, 0), (23, 50), (0, 80))),
    ("cancellation.tiers", tiers((24, 0), (0, 100))),
    ("cancellation.tiers", tiers((0, 79))),
    ("rescheduling.hours", 23),
    ("rescheduling.free_moves", 3),
    ("rescheduling.percent", 49),
]
NOT_LIGHTER = [
    ("lateness.grace_minutes", 5),
    ("lateness.grace_minutes", 0),
    ("missed.percent", 50),
    ("missed.percent", 100),
    ("cancellation.tiers", TIERS),
    ("cancellation.tiers", tiers((49, 0), (24, 50), (0, 80))),
    ("cancellation.tiers", tiers((72, 0), (48, 10), (30, 60), (0, 100))),
    ("cancellation.tiers", tiers((48, 0), (0, 80))),
    ("cancellation.tiers", tiers((0, 80))),
    ("rescheduling.hours", 24),
    ("rescheduling.hours", 1_000_000),
    ("rescheduling.free_moves", 2),
    ("rescheduling.free_moves", 0),
    ("rescheduling.percent", 50),
    ("rescheduling.percent", 100),
]
FIELDS = [
    number("practitioner.lateness.grace_minutes", 0),
    number("practitioner.missed.percent", 0, 100),
    number("practitioner.rescheduling.hours", 0),
    number("practitioner.rescheduling.free_moves", 0),
    number("practitioner.rescheduling.percent", 0, 100),
]


def with_override(path: str, value: Any) -> dict[str, Any]:
    rule, field = path.split(".")
    return {**TERMS, "practitioner": {rule: {field: value}}}


@pytest.mark.parametrize(("path", "value"), LIGHTER)
def test_lighter_duty_is_refused(path: str, value: Any) -> None:
    faults = faults_of(read_terms, with_override(path, value))

    assert faults == [f"practitioner.{path}: lighter than the client's"]


@pytest.mark.parametrize(("path", "value"), NOT_LIGHTER)
def test_equal_or_stricter_duty_is_accepted(path: str, value: Any) -> None:
    terms = read_terms(with_override(path, value))

    rule, field = path.split(".")
    expected = {**TERMS["rules"], rule: {**TERMS["rules"][rule], field: value}}
    assert terms.practitioner == expected


@pytest.mark.parametrize(("path", "value", "fault"), wrong_values(FIELDS))
def test_wrong_value_of_an_override_is_refused(path: str, value: Any, fault: str) -> None:
    override = with_override(path.removeprefix("practitioner."), value)

    assert faults_of(read_terms, override) == [fault]


def test_wrong_tier_of_an_override_is_refused_where_it_stands() -> None:
    override = with_override("cancellation.tiers", [{"hours": 0, "percent": 101}])

    path = "practitioner.cancellation.tiers[0].percent"
    assert faults_of(read_terms, override) == [f"{path}: must be a whole number from 0 to 100"]


@pytest.mark.parametrize(
    "path",
    ["lateness.wait_minutes", "missed.colour", "cancellation.hours", "rescheduling.grace_minutes"],
)
def test_other_field_of_an_override_is_refused(path: str) -> None:
    override = with_override(path, 1)

    assert faults_of(read_terms, override) == [f"practitioner.{path}: unknown key"]


@pytest.mark.parametrize("rule", ["session", "ending", "payment", "hardship", "goodwill", "x"])
def test_override_of_another_rule_is_refused(rule: str) -> None:
    document = {**TERMS, "practitioner": {rule: {}}}

    assert faults_of(read_terms, document) == [f"practitioner.{rule}: unknown key"]


@pytest.mark.parametrize("rule", ["lateness", "missed", "cancellation", "rescheduling"])
def test_override_of_an_absent_rule_is_refused(rule: str) -> None:
    document = put(drop(TERMS, f"rules.{rule}"), "practitioner", {rule: {}})

    fault = f"practitioner.{rule}: must not stand without a sound rule rules.{rule}"
    assert faults_of(read_terms, document) == [fault]


@pytest.mark.parametrize("value", ["x", 1, 1.0, True, None, []], ids=repr)
@pytest.mark.parametrize("path", ["practitioner", "practitioner.missed"])
def test_override_that_is_no_object_is_refused(path: str, value: Any) -> None:
    document = put({**TERMS, "practitioner": {}}, path, value)

    assert faults_of(read_terms, document) == [f"{path}: must be an object"]


def test_override_may_name_no_field() -> None:
    document = {**TERMS, "practitioner": {"missed": {}, "lateness": {}}}

    assert read_terms(document).practitioner == TERMS["rules"]


@st.composite
def tables(draw: st.DrawFn) -> list[dict[str, int]]:
    hours = sorted(draw(st.sets(st.integers(1, 6), max_size=3)), reverse=True)
    percents = sorted(draw(st.lists(st.integers(0, 5), min_size=4, max_size=4)))
    return tiers(*zip([*hours, 0], percents, strict=False))


@settings(deadline=None)
@given(mine=tables(), theirs=tables())
def test_tiers_are_lighter_when_they_are_at_any_notice(mine: Any, theirs: Any) -> None:
    notices = range(0, 8 * 3600, 1800)

    anywhere = any(find_percent(mine, n) < find_percent(theirs, n) for n in notices)

    assert is_lighter("tiers", mine, theirs) == anywhere
