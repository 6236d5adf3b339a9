"""Goodwill: the first crossings of a rule are forgiven; those after it have a step to take."""

from __future__ import annotations

from miedza.core.faults import some_of, whole

RULES = ("cancellation", "missed", "rescheduling", "lateness")
LADDER = ("remind", "talk", "renegotiate", "end")

FIELDS = {
    "rules": (some_of(*RULES), "the rules whose crossings are forgiven; without it, all four"),
    "forgiven": (whole(0), "how many crossings of each rule in the period"),
    "days": (whole(1), "how long the period is, in days of 24 hours, looking back"),
    "ladder": (some_of(*LADDER, ordered=True), "the steps to take when it stays crossed"),
}
OPTIONAL = ("rules",)
