"""Preview: what a step would cost, before it is taken."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings

from miedza.core.documents import judge_document, preview_document
from tests.core.chance import RANDOMS
from tests.core.samples import ruling
from tests.naive.by_hand import booking, event, on, terms
from tests.naive.cases import random_case, random_what_if


def previewed(terms: Any, what_if: Any, *bookings: Any, as_of: str = "01T00:00") -> Any:
    return preview_document(terms, {"bookings": list(bookings), "as_of": on(as_of)}, what_if)


def step(kind: str, by: str, clock: str, **more: Any) -> dict[str, Any]:
    taken = event("", kind, by, clock, **more)
    del taken["id"]
    return {"booking": "b", "event": taken}


def request(start: str, person: str = "p", kind: str = "free") -> dict[str, Any]:
    return {"book": {"person": person, "start": start, "kind": kind}}


def settlement(outcome: str, client: int = 0, practitioner: int = 0, **more: Any) -> Any:
    told = {"booking": "b", "outcome": outcome, "client": client, "practitioner": practitioner}
    return {**told, "paid": 0, "uses_session": False, **more}


@pytest.mark.parametrize(
    ("clock", "reason", "verdict", "amount", "notice", "percent"),
    [
        ("01T09:00", "cancelled_in_time", "kept", 0, 1440, 0),
        ("01T09:00:01", "late_cancel", "crossed", 51, 1439, 50),
    ],
)
def test_cancellation_shows_its_price_before_it_is_made(
    clock: str, reason: str, verdict: str, amount: int, notice: int, percent: int
) -> None:
    answer = previewed(terms(), step("cancelled", "client", clock), booking())

    facts = {"notice_minutes": notice, "percent": percent}
    told = ruling(
        "cancellation", reason, "client", clock, verdict=verdict, amount=amount, facts=facts
    )
    expected = settlement("cancelled", amount)
    assert answer == {"rulings": [told], "settlement": expected, "refused": None}


def test_step_shows_no_rulings_of_other_events() -> None:
    told = booking(event("x", "arrived", "client", "02T09:00"))

    answer = previewed(terms(), step("left", "client", "02T09:15"), told)

    missed = ruling(
        "missed", "missed", "practitioner", "02T09:15",
        verdict="crossed", amount=101, facts={"percent": 100},
    )  # fmt: skip
    assert (answer["rulings"], answer["settlement"]) == ([missed], settlement("missed", 0, 101))


def test_agreed_overtime_names_the_recorded_extensions_only() -> None:
    told = booking(event("x", "extended", "client", "02T09:30", minutes=30, agreed=True))

    answer = previewed(terms(), step("ended", "practitioner", "02T10:30"), told)

    overtime = ruling("ending", "agreed_overtime", "client", "02T10:30", "x", minutes=30, amount=51)
    assert answer["rulings"] == [overtime]


def test_history_after_the_step_does_not_count() -> None:
    told = booking(event("x", "cancelled", "client", "01T00:00:01"))

    answer = previewed(
        terms(), step("paid", "client", "01T00:00", amount=5), told, as_of="28T00:00"
    )

    assert answer == {"rulings": [], "settlement": settlement("open", paid=5), "refused": None}


def test_step_at_the_instant_of_a_recorded_event_comes_after_it() -> None:
    told = booking(event("x", "cancelled", "client", "01T00:00"))

    answer = previewed(terms(), step("cancelled", "practitioner", "01T00:00"), told)

    assert answer == {"rulings": [], "settlement": settlement("cancelled"), "refused": None}


def test_correction_shows_what_stands_afterwards_and_did_not_before() -> None:
    told = booking(
        event("x1", "cancelled", "client", "01T10:00"),
        event("x2", "left", "practitioner", "02T09:20"),
    )

    answer = previewed(terms(), step("voided", "client", "03T00:00", of="x1"), told)

    missed = ruling(
        "missed", "missed", "client", "02T09:20", "x2",
        verdict="crossed", amount=101, facts={"percent": 100},
    )  # fmt: skip
    expected = settlement("missed", 101, uses_session=True)
    assert answer == {"rulings": [missed], "settlement": expected, "refused": None}


@pytest.mark.parametrize("name", ["x", "\U0010ffff"])
def test_step_like_a_recorded_one_is_shown_alone(name: str) -> None:
    recorded = {**event(name, "incident", "client", "02T09:00"), "text": "x"}

    answer = previewed(
        terms(conduct={"end_after_incident": True}),
        step("incident", "client", "02T09:00", text="x"),
        booking(recorded),
    )

    told = ruling("conduct", "incident", "client", "02T09:00", verdict="unclear")
    assert answer["rulings"] == [told]


FREE = {"minutes": 30, "per_person": 2, "per_month": 3, "invite_at_minute": 20}


def free(name: str, start: str, *events: Any, person: str = "p") -> dict[str, Any]:
    return booking(*events, name=name, start=start, person=person, kind="free")


FULL = [
    free("b1", on("02T09:00"), person="q"),
    free("b2", on("05T09:00"), event("x", "left", "practitioner", "05T09:30"), person="r"),
    free("b3", "2026-03-31T21:59:59Z", person="q"),
]


@pytest.mark.parametrize(
    ("what_if", "refused"),
    [
        (request("2026-03-20T09:00:00Z"), "free_per_month"),
        (request("2026-03-31T21:59:59Z"), "free_per_month"),
        # In Warsaw it is April.
        (request("2026-03-31T22:00:00Z"), None),
        (request("2026-04-20T09:00:00Z"), None),
        (request("2025-03-20T09:00:00Z"), None),
        (request("2026-03-20T09:00:00Z", kind="paid"), None),
        (request("2026-04-20T09:00:00Z", person="q"), "free_per_person"),
        (request("2026-04-20T09:00:00Z", person="r"), None),
        (request("2026-03-20T09:00:00Z", person="q"), "free_per_person"),
        (request("2026-04-20T09:00:00Z", person="q", kind="paid"), None),
    ],
)
def test_free_session_is_refused_beyond_its_limits(what_if: Any, refused: str | None) -> None:
    answer = previewed(terms(free_session=FREE), what_if, *FULL, as_of="20T00:00")

    assert answer == {"rulings": [], "settlement": None, "refused": refused}


def test_cancelled_free_session_counts_in_no_limit() -> None:
    cancelled = free("b2", on("05T09:00"), event("x", "cancelled", "client", "01T00:00"))

    rule = {**FREE, "per_person": 1, "per_month": 1}
    answer = previewed(terms(free_session=rule), request(on("20T09:00")), cancelled)

    assert answer["refused"] is None


def test_moved_free_session_counts_in_the_month_it_was_moved_to() -> None:
    move = event("x", "moved", "client", "01T00:00")
    moved = free("b2", on("05T09:00"), {**move, "to": "2026-04-05T09:00:00Z"}, person="q")
    rules = terms(free_session={**FREE, "per_month": 1})

    months = [request(f"2026-{month}-20T09:00:00Z") for month in ("03", "04")]
    refused = [previewed(rules, month, moved)["refused"] for month in months]

    assert refused == [None, "free_per_month"]


def test_free_session_is_not_refused_without_the_rule() -> None:
    assert previewed(terms(), request(on("20T09:00")), *FULL)["refused"] is None


@settings(deadline=None, max_examples=150)
@given(RANDOMS)
def test_step_once_taken_is_judged_as_it_was_previewed(rng: Random) -> None:
    """With an id that sorts last, as the preview has it."""
    rules, history = random_case(rng)
    what_if = random_what_if(rng, rules, history)
    assume("event" in what_if and what_if["event"]["type"] != "voided")
    previewed = preview_document(rules, history, what_if)
    taken = {**what_if["event"], "id": "\U0010ffff"}
    for known in history["bookings"]:
        if known["id"] == what_if["booking"]:
            known["events"].append(taken)

    answer = judge_document(rules, {**history, "as_of": taken["at"]})

    brought = [r for r in answer["rulings"] if taken["id"] in r["events"]]
    assert previewed == {
        "rulings": [{**r, "events": [e for e in r["events"] if e != taken["id"]]} for r in brought],
        "settlement": next(s for s in answer["settlements"] if s["booking"] == what_if["booking"]),
        "refused": None,
    }
