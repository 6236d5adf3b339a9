"""Ending: what happens to the minutes after and before the agreed end.

Time the practitioner was late is first made up, then what was agreed as an extension is paid, and
the rest is time given away, whose worth only the ledger counts. Time cut short is owed back.
"""

from __future__ import annotations

from miedza.core.faults import whole
from miedza.core.instants import minutes_up
from miedza.core.money import rounded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.core.timeline import Walk

FIELDS = {
    "grace_minutes": (whole(0), "minutes around the end that do not count"),
    "rate_percent": (whole(0, 300), "what an agreed extra minute costs, of the usual rate"),
}


def judge_end(walk: Walk, by: str, event_id: str, at: int) -> None:
    """The meeting ended at an instant, or, for `held`, as planned."""
    rule = walk.terms.rules.get("ending")
    if rule is not None:
        _judge_minutes(walk, by, event_id, at, walk.end - at)
    walk.close("held", at)


def judge_held(walk: Walk, event_id: str, at: int) -> None:
    """The meeting was held as planned: ended by the practitioner at its end, said at `at`."""
    if "ending" in walk.terms.rules:
        _judge_minutes(walk, "practitioner", event_id, at, 0)
    walk.close("held", at)


def judge_open_end(walk: Walk, at: int) -> None:
    """A day after the end: both came, and nobody said when it ended."""
    if "ending" in walk.terms.rules:
        walk.rule("ending", "practitioner", "kept", "end_not_recorded", at, ())
    walk.close("held", at)


def _judge_minutes(walk: Walk, by: str, event_id: str, at: int, seconds_left: int) -> None:
    """Rule on the minutes of an end that lies so many seconds before the planned one."""
    rule = walk.terms.rules["ending"]
    grace, length, late = rule["grace_minutes"], walk.minutes, walk.practitioner_late
    after, before = minutes_up(max(-seconds_left, 0)), minutes_up(max(seconds_left, 0))
    made_up = min(after, late)
    over = after - made_up
    covered = 0 if walk.free else min(over, walk.extended_minutes)
    rest = over - covered
    owed = late - made_up
    if by == "practitioner" and before > grace:
        owed += before
    owed = min(owed, length)
    if covered:
        amount = rounded(walk.price * covered * rule["rate_percent"], length * 100)
        events = tuple(sorted((event_id, *walk.extensions)))
        walk.rule(
            "ending", "client", "kept", "agreed_overtime", at, events,
            minutes=covered, amount=amount,
        )  # fmt: skip
    if rest > grace:
        reason = "free_overran" if walk.free else "overran"
        facts = {"worth": rounded(walk.price * rest, length)}
        walk.rule(
            "ending", "practitioner", "crossed", reason, at, (event_id,), minutes=rest, facts=facts
        )
    if owed:
        amount = rounded(walk.price * owed, length)
        walk.rule(
            "ending", "practitioner", "crossed", "time_owed", at, (event_id,),
            minutes=owed, amount=amount,
        )  # fmt: skip
    if not covered and rest <= grace and not owed:
        walk.rule("ending", "practitioner", "kept", "ended_in_time", at, (event_id,))
