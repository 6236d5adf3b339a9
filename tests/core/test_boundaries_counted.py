"""Boundaries counted a second time, from what `miedza judge` answers, in the plainest way."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given, settings

from miedza.core.boundaries import Figures, Sides, measure
from miedza.core.documents import judge_document
from miedza.core.instants import parse_instant
from tests.core.chance import RANDOMS
from tests.core.measuring import judge_spans
from tests.naive.cases import random_case

OTHER = {"client": "practitioner", "practitioner": "client"}


class Tally:
    """Figures written down one after another."""

    def __init__(self) -> None:
        self.sides: dict[str, dict[str, int]] = {}
        self.given = self.worth = self.spent = self.earned = 0

    def add(self, figure: str, side: str, value: int) -> None:
        """More for one side."""
        row = self.sides.setdefault(figure, {"client": 0, "practitioner": 0})
        row[side] += value

    def as_figures(self) -> Figures:
        """The same as the core tells it."""
        sides: Any = {name: Sides(**row) for name, row in self.sides.items()}
        return Figures(
            **sides, given=self.given, worth=self.worth, spent=self.spent, earned=self.earned
        )


def _count_ruling(tally: Tally, ruling: dict[str, Any], start: int, minutes: int) -> None:
    by, reason = ruling["by"], ruling["reason"]
    if by is None:
        return
    if ruling["verdict"] != "unclear":
        tally.add(ruling["verdict"], by, 1)
    if ruling["verdict"] == "excused":
        tally.add("forgiven", by, ruling["facts"]["forgiven"])
    if reason == "late":
        tally.add("waited", OTHER[by], ruling["minutes"])
    if reason == "missed":
        seconds = max(0, parse_instant(ruling["at"]) - start)
        tally.add("waited", OTHER[by], seconds // 60 + (1 if seconds % 60 else 0))
        tally.spent += minutes if by == "client" else 0
    if reason in ("missed", "late_cancel"):
        tally.add("empty", by, minutes)
    if reason in ("overran", "free_overran"):
        tally.given += ruling["minutes"]
        tally.worth += ruling["facts"].get("worth", 0)
    if reason in ("overran", "free_overran", "agreed_overtime"):
        tally.spent += ruling["minutes"]


def count_figures(judged: dict[str, Any], starts: dict[str, int]) -> Figures:
    """The figures of some bookings with their rulings and settlements, as documents.

    Args:
        judged: `bookings` of a history, `rulings` and `settlements` of the answer.
        starts: when each booking begins after all moves, in seconds since 1970.
    """
    tally = Tally()
    minutes = {booking["id"]: booking["minutes"] for booking in judged["bookings"]}
    for ruling in judged["rulings"]:
        if "booking" in ruling:
            _count_ruling(tally, ruling, starts[ruling["booking"]], minutes[ruling["booking"]])
    for settlement in judged["settlements"]:
        tally.earned += settlement["client"] - settlement["practitioner"]
        if settlement["outcome"] == "held":
            tally.spent += minutes[settlement["booking"]]
    return tally.as_figures()


@settings(deadline=None, max_examples=400)
@given(RANDOMS)
def test_a_plain_count_comes_to_the_same(rng: Random) -> None:
    terms, history = random_case(rng)
    spans, rulings = judge_spans(terms, history)

    figures = measure(spans, rulings)

    answer: Any = judge_document(terms, history)
    judged = {"bookings": history["bookings"], **answer}
    assert figures == count_figures(judged, {name: span.start for name, span in spans.items()})
