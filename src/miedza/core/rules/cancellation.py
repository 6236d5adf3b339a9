"""Cancellation: what it costs, by how long before the start it is said.

One table for both sides. A move does not make the notice longer: what counts is the least of the
notices given for this booking by the one who cancels.
"""

from __future__ import annotations

from itertools import pairwise

from miedza.core.faults import check_fields, read_object, whole
from miedza.core.instants import HOUR, MINUTE
from miedza.core.money import share

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from miedza.core.timeline import Walk


def check_tiers(value: object) -> str | None:
    """Check a table of notice and price: hours strictly falling to 0, percents never falling."""
    if not isinstance(value, list) or not value:
        return "must be a list of tiers like {'hours': 24, 'percent': 50}"
    faults: list[str] = []
    for index, tier in enumerate(value):
        read_object(tier, f"[{index}]", faults, needed=TIER, optional=())
        if isinstance(tier, dict):
            check_fields(tier, f"[{index}]", faults, TIER)
    if faults:
        return "\n".join(faults)
    hours = [tier["hours"] for tier in value]
    percents = [tier["percent"] for tier in value]
    if any(later >= sooner for sooner, later in pairwise(hours)):
        return "must have strictly falling hours"
    if any(later < sooner for sooner, later in pairwise(percents)):
        return "must have percents that never fall"
    if hours[-1] != 0:
        return "must end with a tier for 0 hours"
    return None


TIER = {
    "hours": (whole(0), "how many hours before the start, at least"),
    "percent": (whole(0, 100), "the share of the price owed from there on"),
}
FIELDS = {"tiers": (check_tiers, "hours of notice and the share of the price owed from there on")}
MINE = ("tiers",)


def find_percent(tiers: Sequence[Mapping[str, int]], notice: int) -> int:
    """The share of the price owed at a notice in seconds, 0 or more.

    >>> find_percent([{"hours": 24, "percent": 50}, {"hours": 0, "percent": 100}], 86_400)
    50
    """
    return next(tier["percent"] for tier in tiers if notice >= tier["hours"] * HOUR)


def list_costs(
    tiers: Sequence[Mapping[str, int]], start: int, price: int, notice: int | None = None
) -> list[tuple[int, int]]:
    """What cancelling one meeting costs, until when.

    Args:
        tiers: as in the terms.
        start: of the meeting, in seconds since 1970.
        price: in minor units.
        notice: the least notice that the same side gave at earlier moves, in seconds: what
            cancelling costs is never less than by that notice.

    Returns:
        The last instant of each step and its amount in minor units, in order of time; the last
        step lasts until the start. Neighbours that cost the same are one step.

    >>> list_costs([{"hours": 1, "percent": 0}, {"hours": 0, "percent": 50}], 7200, 1000)
    [(3600, 0), (7200, 500)]
    """
    least = 0 if notice is None else find_percent(tiers, max(notice, 0))
    steps: list[tuple[int, int]] = []
    for tier in tiers:
        step = (start - tier["hours"] * HOUR, share(price, max(tier["percent"], least)))
        if steps and steps[-1][1] == step[1]:
            steps.pop()
        steps.append(step)
    return steps


def is_lighter(field: str, mine: Any, theirs: Any) -> bool:  # noqa: ARG001 - one shape for all rules.
    """A smaller percent at any notice is a lighter duty."""
    notices = {tier["hours"] * HOUR for tier in (*mine, *theirs)}
    return any(find_percent(mine, n) < find_percent(theirs, n) for n in notices)


def judge_cancelling(walk: Walk, by: str, event_id: str, at: int) -> None:
    """Somebody cancelled before the start."""
    rule = walk.terms.of(by).get("cancellation")
    if rule is not None:
        notice = max(min(walk.start - at, walk.notices.get(by, walk.start - at)), 0)
        percent = find_percent(rule["tiers"], notice)
        facts = {"notice_minutes": notice // MINUTE, "percent": percent}
        if percent == 0:
            walk.rule("cancellation", by, "kept", "cancelled_in_time", at, (event_id,), facts=facts)
        else:
            amount = share(walk.price, percent)
            walk.rule(
                "cancellation", by, "crossed", "late_cancel", at, (event_id,),
                amount=amount, facts=facts,
            )  # fmt: skip
    walk.close("cancelled", at)
