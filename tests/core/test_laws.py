"""Laws that hold for every history and any terms."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

from hypothesis import assume, given, settings

from miedza.core.documents import judge_document
from miedza.core.instants import format_instant, parse_instant
from miedza.core.judgement import judge
from miedza.core.reading import read_history
from miedza.core.terms import read_terms
from tests.core.chance import RANDOMS
from tests.naive.cases import random_case, random_what_if

OTHER = {"client": "practitioner", "practitioner": "client", None: None}
MIRRORED = ("cancellation", "missed", "rescheduling", "lateness")
ORDERED = ("tiers", "windows", "ladder", "check_in_days")
law = settings(deadline=None, max_examples=250)


def before(rulings: Any, instant: int) -> list[Any]:
    """The rulings that came about before an instant."""
    return [ruling for ruling in rulings if parse_instant(ruling["at"]) < instant]


def without_voids(history: dict[str, Any]) -> dict[str, Any]:
    """The history without corrections."""
    kept = deepcopy(history)
    for booking in kept["bookings"]:
        booking["events"] = [e for e in booking["events"] if e["type"] != "voided"]
    return kept


@law
@given(RANDOMS)
def test_judging_twice_is_the_same_and_changes_no_input(rng: Random) -> None:
    terms, history = random_case(rng)
    untouched = deepcopy((terms, history))

    first, second = judge_document(terms, history), judge_document(terms, history)

    assert (first, (terms, history)) == (second, untouched)


@law
@given(RANDOMS)
def test_later_event_never_changes_an_earlier_ruling(rng: Random) -> None:
    terms, history = random_case(rng)
    history = without_voids(history)
    what_if = random_what_if(rng, terms, history)
    assume("event" in what_if and what_if["event"]["type"] != "voided")
    event = {**what_if["event"], "id": "added"}
    longer = deepcopy(history)
    for booking in longer["bookings"]:
        if booking["id"] == what_if["booking"]:
            booking["events"].append(event)

    added = judge_document(terms, longer)["rulings"]

    at = parse_instant(event["at"])
    assert before(added, at) == before(judge_document(terms, history)["rulings"], at)


@law
@given(RANDOMS)
def test_what_comes_after_an_instant_changes_no_ruling_before_it(rng: Random) -> None:
    terms, history = random_case(rng)
    history = without_voids(history)
    end = parse_instant(history["as_of"])
    middle = end - rng.choice([1, 60, 3600, 86_400, 3 * 86_400])
    whole = judge_document(terms, history)["rulings"]

    earlier = judge_document(terms, {**history, "as_of": format_instant(middle)})["rulings"]

    assert before(earlier, middle) == before(whole, middle)


def shuffled(value: Any, rng: Random) -> Any:
    """The same document with its keys, and what has no order, in another order."""
    if isinstance(value, dict):
        keys = rng.sample(list(value), len(value))
        return {k: value[k] if k in ORDERED else shuffled(value[k], rng) for k in keys}
    if isinstance(value, list):
        return [shuffled(item, rng) for item in rng.sample(value, len(value))]
    return value


@law
@given(RANDOMS)
def test_order_of_the_input_does_not_matter(rng: Random) -> None:
    terms, history = random_case(rng)

    other = judge_document(shuffled(terms, rng), shuffled(history, rng))

    assert other == judge_document(terms, history)


def mirrored(history: dict[str, Any]) -> dict[str, Any]:
    """The history in which each side did what the other one did."""
    swapped = deepcopy(history)
    for booking in swapped["bookings"]:
        for event in booking["events"]:
            event["by"] = OTHER[event["by"]]
    return swapped


def swap(ruling: dict[str, Any]) -> dict[str, Any]:
    """The ruling about the other side."""
    return {**ruling, "by": OTHER[ruling["by"]], "owed_by": OTHER[ruling["owed_by"]]}


def about_sides(answer: Any) -> list[Any]:
    return [ruling for ruling in answer["rulings"] if ruling["rule"] in MIRRORED]


@law
@given(RANDOMS)
def test_rules_are_the_same_for_both_sides(rng: Random) -> None:
    """Without `payment`, which asks the client alone, and counts for the client's steps."""
    terms, history = random_case(rng)
    terms["practitioner"] = {}
    terms["rules"].pop("payment", None)

    mirror = about_sides(judge_document(terms, mirrored(history)))

    assert mirror == [swap(ruling) for ruling in about_sides(judge_document(terms, history))]


@law
@given(RANDOMS)
def test_rules_are_the_same_for_both_sides_whatever_is_paid(rng: Random) -> None:
    terms, history = random_case(rng)
    terms["practitioner"] = {}
    terms["rules"].pop("goodwill", None)

    mirror = judge_document(terms, mirrored(history))

    answer = judge_document(terms, history)
    assert about_sides(mirror) == [swap(ruling) for ruling in about_sides(answer)]
    outcomes = [[s["outcome"] for s in each["settlements"]] for each in (answer, mirror)]
    assert outcomes[0] == outcomes[1]


@law
@given(RANDOMS)
def test_nothing_changes_before_the_next_deadline(rng: Random) -> None:
    terms, history = random_case(rng)
    history = without_voids({**history, "messages": []})
    end = parse_instant(history["as_of"])
    for booking in history["bookings"]:
        booking["events"] = [e for e in booking["events"] if parse_instant(e["at"]) <= end]
    now = judge(read_terms(terms), read_history(history))
    ahead = [at for at in now.deadlines.values() if at is not None]
    until = min(ahead, default=end + 10**7) - 1

    then = judge(read_terms(terms), read_history({**history, "as_of": format_instant(until)}))

    assert until >= end
    assert then.as_document() == now.as_document()
