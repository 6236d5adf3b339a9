"""The core and the naive second implementation agree on ten thousand random cases."""

from __future__ import annotations

import random
from typing import Any

import pytest

from miedza.core.documents import judge_document, preview_document, slots_document
from tests.naive import cases, judging, preview, slots
from tests.sizes import list_seeds, read_size

ROUNDS = read_size("ROUNDS", 10_000)
BATCHES = 20
NAMED_FACTS = ("missing", "promised_at", "excused_by", "forgiven")


def _comparable(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with only those facts that the contract names."""
    rulings = [
        {**r, "facts": {k: v for k, v in r["facts"].items() if k in NAMED_FACTS}}
        for r in answer["rulings"]
    ]
    return {**answer, "rulings": rulings}


@pytest.mark.parametrize("batch", range(BATCHES))
def test_judging_agrees_with_the_naive_one(batch: int) -> None:
    for seed in list_seeds(batch, ROUNDS, BATCHES):
        terms, history = cases.random_case(random.Random(seed))
        found = _comparable(judge_document(terms, history))
        assert found == _comparable(judging.judge(terms, history)), f"seed {seed}"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_preview_agrees_with_the_naive_one(batch: int) -> None:
    for seed in list_seeds(batch, ROUNDS // 5, BATCHES):
        rng = random.Random(f"preview {seed}")
        terms, history = cases.random_case(rng)
        what_if = cases.random_what_if(rng, terms, history)
        found = _comparable(preview_document(terms, history, what_if))
        expected = _comparable(preview.preview(terms, history, what_if))
        assert found == expected, f"seed {seed}"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_slots_agree_with_the_naive_ones(batch: int) -> None:
    for seed in list_seeds(batch, ROUNDS, BATCHES):
        availability = cases.random_availability(random.Random(f"slots {seed}"))
        assert slots_document(availability) == slots.slots(availability), f"seed {seed}"
