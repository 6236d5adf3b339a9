"""Hardship: causes that are forgiven, so many times in so many days, on both sides."""

from __future__ import annotations

from miedza.core.faults import some_of, whole

FIELDS = {
    "causes": (some_of(), "the causes that are forgiven, in the practice's own words"),
    "times": (whole(0), "how many times in the period"),
    "days": (whole(1), "how long the period is, in days of 24 hours, looking back"),
}
