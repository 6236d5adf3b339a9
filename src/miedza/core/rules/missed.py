"""Missed: a meeting that one side did not come to, or did not wait for.

The same share of the price is owed by whichever side missed it. Source: symmetry of consumer
contracts (Directive 93/13/EEC, annex 1 (d)).
"""

from __future__ import annotations

from miedza.core.faults import whole
from miedza.core.instants import MINUTE
from miedza.core.money import share

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from miedza.core.timeline import Walk

FIELDS = {"percent": (whole(0, 100), "the share of the price owed by whoever missed the meeting")}
MINE = ("percent",)


def is_lighter(field: str, mine: Any, theirs: Any) -> bool:  # noqa: ARG001 - one shape for all rules.
    """A smaller percent is a lighter duty."""
    return bool(mine < theirs)


def _miss(walk: Walk, by: str, reason: str, at: int, event_id: str) -> None:
    """Close the booking as missed by one side."""
    rule = walk.terms.of(by).get("missed")
    if rule is not None:
        percent = rule["percent"]
        amount = share(walk.price, percent)
        facts = {"percent": percent}
        walk.rule("missed", by, "crossed", reason, at, (event_id,), amount=amount, facts=facts)
    walk.close("missed", at)


def judge_absence(walk: Walk, by: str, event_id: str, at: int) -> None:
    """Somebody cancelled after the start, while not both were there."""
    _miss(walk, by, "missed", at, event_id)


def judge_leaving(walk: Walk, by: str, event_id: str, at: int) -> None:
    """Somebody stopped waiting for the other, who was not there."""
    lateness = walk.terms.rules.get("lateness")
    wait = walk.minutes
    if lateness is not None:
        wait = min(wait, lateness["wait_minutes"])
    if at >= walk.start + wait * MINUTE:
        other = "client" if by == "practitioner" else "practitioner"
        _miss(walk, other, "missed", at, event_id)
    else:
        _miss(walk, by, "did_not_wait", at, event_id)


def judge_silence(walk: Walk, at: int) -> None:
    """A day after the end nobody said what happened; that costs nobody anything."""
    if "missed" in walk.terms.rules:
        walk.rule("missed", None, "unclear", "attendance_unclear", at, ())
    walk.outcome = "unclear"
