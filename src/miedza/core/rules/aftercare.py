"""Aftercare: when, after the work has ended, there is a word; never with money in it."""

from __future__ import annotations

from itertools import pairwise


def check_days(value: object) -> str | None:
    """Check a list of days, strictly rising."""
    if not isinstance(value, list) or not value:
        return "must be a list of at least one"
    if not all(type(day) is int and 1 <= day <= 1_000_000 for day in value):
        return "must hold only whole numbers from 1 to 1000000"
    if any(later <= sooner for sooner, later in pairwise(value)):
        return "must be strictly rising"
    return None


FIELDS = {"check_in_days": (check_days, "how many days after the end there is a word")}
