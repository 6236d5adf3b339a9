"""Chance for laws: a seeded generator for the makers of random cases."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

RANDOMS = st.integers(0, 2**32 - 1).map(Random)
"""Unlike `st.randoms()`, whose every draw Hypothesis chooses, mostly the first of what there is."""
