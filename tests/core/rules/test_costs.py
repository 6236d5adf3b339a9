"""What cancelling costs until when: the table, and what judging then says, are one."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from miedza.core.instants import HOUR
from miedza.core.money import share
from miedza.core.rules.cancellation import find_percent, list_costs
from tests.core.chance import RANDOMS

START = 1_000 * HOUR


def _tiers(*tiers: tuple[int, int]) -> list[dict[str, int]]:
    return [{"hours": hours, "percent": percent} for hours, percent in tiers]


@pytest.mark.parametrize(
    ("tiers", "price", "costs"),
    [
        (_tiers((0, 100)), 20_000, [(0, 20_000)]),
        (_tiers((0, 0)), 20_000, [(0, 0)]),
        (_tiers((24, 0), (0, 50)), 19_999, [(24, 0), (0, 10_000)]),
        (_tiers((48, 0), (24, 50), (0, 100)), 20_000, [(48, 0), (24, 10_000), (0, 20_000)]),
        (_tiers((48, 50), (24, 50), (0, 100)), 20_000, [(24, 10_000), (0, 20_000)]),
        (_tiers((48, 50), (24, 50), (0, 50)), 20_000, [(0, 10_000)]),
        (_tiers((48, 0), (24, 50), (0, 100)), 0, [(0, 0)]),
        (_tiers((48, 1), (24, 2), (0, 100)), 10, [(24, 0), (0, 10)]),
    ],
)
def test_steps_and_their_sums(tiers: Any, price: int, costs: list[tuple[int, int]]) -> None:
    told = [(START - hours * HOUR, amount) for hours, amount in costs]

    assert list_costs(tiers, START, price) == told


def _random_tiers(rng: Random) -> list[dict[str, int]]:
    hours = sorted(rng.sample(range(1, 200), rng.randint(0, 4)), reverse=True)
    percents = sorted(rng.choice(range(101)) for _ in range(len(hours) + 1))
    return _tiers(*zip([*hours, 0], percents, strict=True))


def _find_cost(costs: list[tuple[int, int]], at: int) -> int:
    """What the table says of one instant: the first step that has not passed."""
    return next(amount for until, amount in costs if at <= until)


@settings(deadline=None)
@given(RANDOMS)
def test_table_says_at_every_instant_what_the_rule_takes(rng: Random) -> None:
    tiers, price = _random_tiers(rng), rng.choice([0, 1, 99, 19_999, 10**9])
    costs = list_costs(tiers, START, price)
    edges = [START - tier["hours"] * HOUR + off for tier in tiers for off in (-1, 0, 1)]

    for at in [*edges, START - 10**7]:
        if at <= START:
            percent = find_percent(tiers, START - at)
            assert _find_cost(costs, at) == share(price, percent)


@settings(deadline=None)
@given(RANDOMS)
def test_steps_rise_in_time_and_in_cost_and_last_until_the_start(rng: Random) -> None:
    costs = list_costs(_random_tiers(rng), START, 20_000)

    assert costs[-1][0] == START
    assert all(sooner < later for sooner, later in pairwise(costs))
    assert all(less < more for (_, less), (_, more) in pairwise(costs))
