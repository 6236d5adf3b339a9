"""Measuring two sides in turns, so that whatever else the machine does meets both alike."""

from __future__ import annotations

import gc
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def time_in_turns(
    actions: Mapping[str, Callable[[], object]], *, rounds: int, times: int = 1
) -> dict[str, list[float]]:
    """Run each action once a round, in turns.

    Garbage is collected before each, and not while it runs, for either side.

    Args:
        actions: what to run, by name.
        rounds: how many rounds are counted; one more warms up.
        times: how often each is run in its turn; what is counted is the mean of them.

    Returns:
        By name, the milliseconds of each round.
    """
    spent: dict[str, list[float]] = {name: [] for name in actions}
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        for counted in range(-1, rounds):
            for name, action in actions.items():
                gc.collect()
                began = perf_counter()
                for _ in range(times):
                    action()
                if counted >= 0:
                    spent[name].append((perf_counter() - began) * 1000 / times)
    finally:
        if was_enabled:
            gc.enable()
    return spent


def pair_ratios(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of each round."""
    return median(mine / other for mine, other in zip(ours, theirs, strict=True))
