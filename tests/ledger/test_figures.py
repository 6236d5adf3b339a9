"""Every figure in the ledger is what `miedza judge` says about the exported case, at every step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.bookings.judging import judge_due, judge_person
from miedza.ledger.models import Retraction, Ruling, Settlement
from tests.ledger.chance import Chance
from tests.ledger.comparing import assert_figures_hold, assert_only_added_to
from tests.sizes import read_size

if TYPE_CHECKING:
    from tests.cast import Cast

SEEDS = max(6, read_size("RACES", 0))
STEPS = 35


@pytest.mark.parametrize("seed", range(SEEDS))
def test_figures_are_those_of_the_core_after_every_step(cast: Cast, seed: int) -> None:
    chance = Chance(cast, seed)
    practice, people = cast.anna.practice, (cast.ola, cast.marek)
    last = chance.now

    for number in range(STEPS):
        act = chance.step()
        judge_due(now=chance.now)
        for person in people:
            try:
                assert_figures_hold(practice.id, person.id, chance.now)
            except AssertionError as error:
                error.add_note(f"step {number}, {act}, with {person}")
                raise
        assert chance.now >= last
        last = chance.now
    assert_only_added_to(practice.id)


def test_judging_again_adds_nothing(cast: Cast) -> None:
    chance = Chance(cast, 1)
    for _ in range(STEPS):
        chance.step()
    judge_due(now=chance.now)
    models = (Ruling, Retraction, Settlement)
    before = [list(model.across.order_by("id").values()) for model in models]

    for person in (cast.ola, cast.marek):
        judge_person(practice=cast.anna.practice, person_id=person.id, now=chance.now)

    assert [list(model.across.order_by("id").values()) for model in models] == before
    assert all(before)
