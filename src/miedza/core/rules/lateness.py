"""Lateness: how many minutes do not count, and how long each side waits for the other.

Whoever waits, waits: someone who comes after the waiting time is late, not absent.
"""

from __future__ import annotations

from miedza.core.faults import whole
from miedza.core.instants import minutes_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from miedza.core.timeline import Walk

FIELDS = {
    "grace_minutes": (whole(0), "minutes after the start that do not count as late"),
    "wait_minutes": (whole(0), "minutes after the start that each side waits for the other"),
}
MINE = ("grace_minutes",)


def check_rule(rule: Mapping[str, Any], rules: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Grace cannot be longer than the wait, nor the wait than the meeting."""
    if rule["grace_minutes"] > rule["wait_minutes"]:
        yield "grace_minutes", "must not be more than wait_minutes"
    if rule["wait_minutes"] > rules["session"]["minutes"]:
        yield "wait_minutes", "must not be more than session.minutes"


def is_lighter(field: str, mine: Any, theirs: Any) -> bool:  # noqa: ARG001 - one shape for all rules.
    """A longer grace is a lighter duty."""
    return bool(mine > theirs)


def judge_arrival(walk: Walk, by: str, event_id: str, at: int) -> None:
    """Somebody came for the first time since the start was set."""
    if by in walk.there:
        return
    walk.there.add(by)
    rule = walk.terms.of(by).get("lateness")
    if rule is None:
        return
    minutes = minutes_up(max(at - walk.start, 0))
    if minutes <= rule["grace_minutes"]:
        walk.rule("lateness", by, "kept", "on_time", at, (event_id,))
        return
    if by == "practitioner":
        walk.practitioner_late = minutes
    walk.rule("lateness", by, "crossed", "late", at, (event_id,), minutes=minutes)
