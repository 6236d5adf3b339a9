"""Standing: what is forgiven, and which step is due."""

from __future__ import annotations

from typing import Any

import pytest

from miedza.core.instants import DAY
from miedza.core.ruling import Ruling
from miedza.core.standing import PENALTIES, apply_standing
from miedza.core.terms import Terms, read_terms

GOODWILL = {"forgiven": 1, "days": 10, "ladder": ["remind", "talk", "end"]}
HARDSHIP = {"causes": ["illness"], "times": 1, "days": 10}


def terms(**rules: Any) -> Terms:
    return read_terms(
        {
            "terms": 1,
            "currency": "PLN",
            "time_zone": "UTC",
            "rules": {"session": {"minutes": 60}, **rules},
        }
    )


def crossed(at: int, event: str = "x", rule: str = "missed", **more: Any) -> Ruling:
    reason = "unpaid" if rule == "payment" else "crossed"
    events = () if rule == "payment" else (event,)
    ruling = Ruling(
        at, "b", rule, reason, events, "client", "p", "crossed", 0, 70, "client", {"k": 1}
    )
    return ruling._replace(**more)


def told(rulings: list[Ruling]) -> list[str | None]:
    """For each ruling its step, or who excused it."""
    return [ruling.facts.get("excused_by", ruling.step) for ruling in rulings]


def test_excused_ruling_owes_nothing_and_remembers_its_worth() -> None:
    penalty = crossed(0)

    excused = apply_standing(terms(goodwill=GOODWILL), [penalty], {})

    facts = {"k": 1, "excused_by": "goodwill", "forgiven": 70}
    assert excused == [
        penalty._replace(verdict="excused", amount=0, owed_by=None, facts=facts, step=None)
    ]


def test_nothing_is_forgiven_and_no_step_is_due_without_the_rules() -> None:
    penalties = [crossed(0), crossed(1, "y")]

    assert apply_standing(terms(), penalties, {"x": "illness"}) == penalties


def test_crossings_climb_the_ladder_and_stay_on_its_last_step() -> None:
    penalties = [crossed(n, f"x{n}") for n in range(6)]

    judged = apply_standing(terms(goodwill=GOODWILL), penalties, {})

    assert told(judged) == ["goodwill", "remind", "talk", "end", "end", "end"]


@pytest.mark.parametrize(
    ("gap", "expected"),
    [(10 * DAY - 1, ["goodwill", "remind"]), (10 * DAY, ["goodwill", "goodwill"])],
)
def test_window_of_goodwill_is_open_at_its_far_end(gap: int, expected: list[str]) -> None:
    judged = apply_standing(terms(goodwill=GOODWILL), [crossed(0), crossed(gap, "y")], {})

    assert told(judged) == expected


def test_steps_outside_the_window_are_forgotten() -> None:
    rule = {**GOODWILL, "forgiven": 0}
    penalties = [crossed(0), crossed(5 * DAY, "y"), crossed(10 * DAY, "z")]

    assert told(apply_standing(terms(goodwill=rule), penalties, {})) == ["remind", "talk", "talk"]


def test_goodwill_forgives_each_rule_apart() -> None:
    penalties = [crossed(n, f"x{n}", rule) for n, rule in enumerate([*PENALTIES, *PENALTIES])]

    judged = apply_standing(terms(goodwill=GOODWILL), penalties, {})

    assert told(judged) == ["goodwill"] * 4 + ["remind", "talk", "end", "end"]


def test_goodwill_forgives_only_the_rules_it_names() -> None:
    rule = {**GOODWILL, "rules": ["lateness"]}
    penalties = [crossed(0), crossed(1, "y", "lateness")]

    assert told(apply_standing(terms(goodwill=rule), penalties, {})) == ["remind", "goodwill"]


@pytest.mark.parametrize(
    ("gap", "expected"),
    [(10 * DAY - 1, ["hardship", None]), (10 * DAY, ["hardship", "hardship"])],
)
def test_window_of_hardship_is_open_at_its_far_end(gap: int, expected: list[str | None]) -> None:
    causes = {"x": "illness", "y": "illness"}

    judged = apply_standing(terms(hardship=HARDSHIP), [crossed(0), crossed(gap, "y")], causes)

    assert told(judged) == expected


def test_hardship_counts_all_rules_together() -> None:
    penalties = [crossed(0), crossed(1, "y", "lateness")]
    causes = {"x": "illness", "y": "illness"}

    judged = apply_standing(terms(hardship={**HARDSHIP, "times": 1}), penalties, causes)

    assert told(judged) == ["hardship", None]


def test_cause_that_is_not_listed_is_no_hardship() -> None:
    judged = apply_standing(terms(hardship=HARDSHIP), [crossed(0)], {"x": "traffic"})

    assert told(judged) == [None]


def test_hardship_comes_before_goodwill_and_does_not_use_it_up() -> None:
    rules = terms(hardship=HARDSHIP, goodwill=GOODWILL)
    penalties = [crossed(n, f"x{n}") for n in range(3)]

    judged = apply_standing(rules, penalties, {"x0": "illness", "x1": "illness"})

    assert told(judged) == ["hardship", "goodwill", "remind"]


def test_unpaid_has_a_step_and_is_never_excused() -> None:
    penalties = [crossed(0, rule="payment"), crossed(1, "x"), crossed(2, "y")]

    judged = apply_standing(terms(goodwill=GOODWILL), penalties, {})

    assert told(judged) == ["remind", "goodwill", "talk"]


def test_each_person_and_each_side_has_a_record_of_its_own() -> None:
    penalties = [
        crossed(0, "x1"),
        crossed(1, "x2", person="q"),
        crossed(2, "x3", by="practitioner", owed_by="practitioner"),
        crossed(3, "x4", by="practitioner", owed_by="practitioner", person="q"),
        crossed(4, "x5"),
    ]

    judged = apply_standing(terms(goodwill=GOODWILL), penalties, {})

    assert told(judged) == ["goodwill", "goodwill", "goodwill", "goodwill", "remind"]


def test_penalties_of_one_instant_are_taken_by_booking_rule_event() -> None:
    penalties = [
        crossed(0, "x1", "missed", subject="c"),
        crossed(0, "x3", "missed"),
        crossed(0, "x2", "missed"),
        crossed(0, "x9", "lateness"),
        crossed(0, "x9", "cancellation", subject="a"),
    ]
    rule = {"forgiven": 0, "days": 1, "ladder": ["remind", "talk", "renegotiate", "end"]}

    judged = apply_standing(terms(goodwill=rule), penalties, {})

    assert [(r.subject, r.rule, r.events, r.step) for r in judged] == [
        ("a", "cancellation", ("x9",), "remind"),
        ("b", "lateness", ("x9",), "talk"),
        ("b", "missed", ("x2",), "renegotiate"),
        ("b", "missed", ("x3",), "end"),
        ("c", "missed", ("x1",), "end"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        crossed(0, rule="ending"),
        crossed(0, rule="messages"),
        crossed(0, verdict="kept", amount=0, owed_by=None),
        crossed(0, verdict="unclear", by=None, amount=0, owed_by=None),
    ],
)
def test_what_is_no_penalty_is_left_as_it_is_and_not_counted(other: Ruling) -> None:
    judged = apply_standing(terms(goodwill=GOODWILL), [other, crossed(1, "y")], {})

    assert (judged[0], told(judged)) == (other, [None, "goodwill"])
