"""Laws of what is answered: its order, its sums, its words."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given, settings

from miedza.core.documents import judge_document
from miedza.core.instants import parse_instant
from tests.core.chance import RANDOMS
from tests.naive.cases import random_case

law = settings(deadline=None, max_examples=250)

SAID = {
    ("session", "parked"): {"kept"},
    ("lateness", "on_time"): {"kept"},
    ("lateness", "late"): {"crossed", "excused"},
    ("ending", "agreed_overtime"): {"kept"},
    ("ending", "ended_in_time"): {"kept"},
    ("ending", "end_not_recorded"): {"kept"},
    ("ending", "overran"): {"crossed"},
    ("ending", "free_overran"): {"crossed"},
    ("ending", "time_owed"): {"crossed"},
    ("missed", "missed"): {"crossed", "excused"},
    ("missed", "did_not_wait"): {"crossed", "excused"},
    ("missed", "attendance_unclear"): {"unclear"},
    ("cancellation", "cancelled_in_time"): {"kept"},
    ("cancellation", "late_cancel"): {"crossed", "excused"},
    ("rescheduling", "moved_in_time"): {"kept"},
    ("rescheduling", "late_move"): {"crossed", "excused"},
    ("rescheduling", "too_many_moves"): {"crossed", "excused"},
    ("payment", "unpaid"): {"crossed"},
    ("messages", "answer_later"): {"kept"},
    ("messages", "late_reply"): {"crossed"},
    ("messages", "replied_out_of_hours"): {"kept"},
    ("conduct", "incident"): {"unclear"},
}
"""Every reason of every rule, with the verdicts it may have."""
WITH_MINUTES = {"late", "agreed_overtime", "overran", "free_overran", "time_owed"}
WITHOUT_EVENT = {"attendance_unclear", "end_not_recorded", "unpaid"}
COSTS = {"agreed_overtime", "time_owed", "missed", "did_not_wait", "late_cancel", "late_move"}
COSTS |= {"too_many_moves"}


def judged(rng: Random) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    terms, history = random_case(rng)
    return terms, history, judge_document(terms, history)


def subject(ruling: dict[str, Any]) -> str:
    return str(ruling["message"] if ruling["rule"] == "messages" else ruling["booking"])


@law
@given(RANDOMS)
def test_settlements_follow_from_rulings_prices_and_outcomes_alone(rng: Random) -> None:
    _, history, answer = judged(rng)
    rulings = [r for r in answer["rulings"] if r["rule"] != "messages"]

    expected = []
    for booking in sorted(history["bookings"], key=lambda b: str(b["id"])):
        own = [r for r in rulings if r["booking"] == booking["id"]]
        owed = {
            side: sum(r["amount"] for r in own if r["owed_by"] == side)
            for side in ("client", "practitioner")
        }
        told = next(s for s in answer["settlements"] if s["booking"] == booking["id"])
        price = booking["price"] if booking["kind"] == "paid" else 0
        held = told["outcome"] == "held"
        expected.append(
            {
                "booking": booking["id"],
                "outcome": told["outcome"],
                "client": owed["client"] + (price if held else 0),
                "practitioner": owed["practitioner"],
                "paid": told["paid"],
                "uses_session": held or (price > 0 and owed["client"] >= price),
            }
        )
    assert answer["settlements"] == expected


@law
@given(RANDOMS)
def test_what_is_paid_is_the_sum_of_payments_that_stand(rng: Random) -> None:
    _, history, answer = judged(rng)
    end = parse_instant(history["as_of"])
    paid = {}
    for booking in history["bookings"]:
        known = [e for e in booking["events"] if parse_instant(e["at"]) <= end]
        voided = {e["of"] for e in known if e["type"] == "voided"}
        amounts = [e["amount"] for e in known if e["type"] == "paid" and e["id"] not in voided]
        paid[booking["id"]] = sum(amounts)

    assert {s["booking"]: s["paid"] for s in answer["settlements"]} == paid


@law
@given(RANDOMS)
def test_rulings_are_sorted_as_promised_and_none_stands_twice(rng: Random) -> None:
    _, _, answer = judged(rng)

    keys = [(r["at"], subject(r), r["rule"], r["reason"], r["events"]) for r in answer["rulings"]]

    assert keys == sorted(keys)
    assert len({str(key) for key in keys}) == len(keys)


@law
@given(RANDOMS)
def test_amount_is_owed_by_the_one_whose_doing_it_was(rng: Random) -> None:
    _, _, answer = judged(rng)

    for r in answer["rulings"]:
        assert r["amount"] >= 0
        assert r["owed_by"] == (r["by"] if r["amount"] else None)
        assert r["amount"] == 0 or r["reason"] in COSTS


@law
@given(RANDOMS)
def test_excused_ruling_owes_nothing_and_remembers_its_worth(rng: Random) -> None:
    terms, _, answer = judged(rng)

    for r in answer["rulings"]:
        if r["verdict"] == "excused":
            assert (r["amount"], r["step"]) == (0, None)
            assert r["facts"]["forgiven"] >= 0
            assert r["facts"]["excused_by"] in terms["rules"]
        else:
            assert {"forgiven", "excused_by"}.isdisjoint(r["facts"])


@law
@given(RANDOMS)
def test_step_is_of_the_ladder_and_only_for_what_stayed_crossed(rng: Random) -> None:
    terms, _, answer = judged(rng)
    ladder = terms["rules"].get("goodwill", {}).get("ladder", [])
    penalties = ("cancellation", "missed", "rescheduling", "lateness", "payment")

    for r in answer["rulings"]:
        climbs = bool(ladder) and r["verdict"] == "crossed" and r["rule"] in penalties
        assert (r["step"] in ladder) if climbs else (r["step"] is None)


@law
@given(RANDOMS)
def test_nothing_is_ruled_after_the_end_of_the_walk_or_by_an_absent_rule(rng: Random) -> None:
    terms, history, answer = judged(rng)
    end = parse_instant(history["as_of"])

    late = [r for r in answer["rulings"] if parse_instant(r["at"]) > end]

    assert late == []
    assert {r["rule"] for r in answer["rulings"]} <= set(terms["rules"])


@law
@given(RANDOMS)
def test_every_ruling_is_one_of_those_that_the_rules_name(rng: Random) -> None:
    _, history, answer = judged(rng)
    persons = {b["id"]: b["person"] for b in history["bookings"]}
    senders = {m["id"]: m["person"] for m in history.get("messages", [])}

    for r in answer["rulings"]:
        named = senders if r["rule"] == "messages" else persons
        assert r["verdict"] in SAID[r["rule"], r["reason"]]
        assert r["person"] == named[subject(r)]
        assert (r["minutes"] > 0) == (r["reason"] in WITH_MINUTES)
        assert (r["events"] == []) == (r["reason"] in WITHOUT_EVENT)
        assert (r["by"] is None) == (r["reason"] == "attendance_unclear")
        assert r["events"] == sorted(set(r["events"]))


def test_random_cases_bring_every_ruling() -> None:
    """Else the laws above would hold for want of cases."""
    brought: dict[tuple[str, str], set[str]] = {}
    seeds = iter(range(3000))
    while brought != SAID and (seed := next(seeds, None)) is not None:
        for r in judged(Random(seed))[2]["rulings"]:
            brought.setdefault((r["rule"], r["reason"]), set()).add(r["verdict"])

    assert brought == SAID
