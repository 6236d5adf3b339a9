"""Conduct: what is felt as hurtful is written down; people, not the software, judge it."""

from __future__ import annotations

from miedza.core.faults import truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.core.timeline import Walk

FIELDS = {"end_after_incident": (truth, "whether an incident may end the work at once")}


def judge_incident(walk: Walk, by: str, event_id: str, at: int) -> None:
    """Somebody reports an incident: a person must say what it was."""
    if "conduct" in walk.terms.rules:
        walk.rule("conduct", by, "unclear", "incident", at, (event_id,))
