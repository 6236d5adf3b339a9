"""How much is tried: little in `make test`, as much as there is time for in `make soak`."""

from __future__ import annotations

import os


def read_size(name: str, otherwise: int) -> int:
    """A size that the surroundings may set."""
    return int(os.environ.get(f"MIEDZA_TESTS_{name}", otherwise))


FIRST = read_size("FIRST", 0)
"""The first seed: a long run goes on where the one before it stopped."""


def list_seeds(batch: int, count: int, batches: int) -> range:
    """The seeds of one of several batches, of so many in all."""
    return range(FIRST + batch, FIRST + count, batches)
