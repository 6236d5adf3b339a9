"""Payment: until when the price is paid, and what happens to a place that is not paid for."""

from __future__ import annotations

from miedza.core.faults import one_of, whole
from miedza.core.instants import HOUR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from miedza.core.timeline import Walk

FIELDS = {
    "due": (one_of("at_booking", "before_session", "after_session"), "when the price is due"),
    "hours": (whole(0), "how many hours before the start, or after the end"),
    "unpaid": (one_of("release", "keep"), "whether an unpaid place is given free again"),
}
OPTIONAL = ("hours", "unpaid")


def check_rule(rule: Mapping[str, Any], rules: Mapping[str, Any]) -> Iterator[tuple[str, str]]:  # noqa: ARG001 - one shape for all rules.
    """Hours are needed except at booking; `unpaid` only where something can be released."""
    if rule["due"] != "at_booking" and "hours" not in rule:
        yield "hours", "missing"
    if rule["due"] == "before_session" and "unpaid" not in rule:
        yield "unpaid", "missing"


def find_due_before(walk: Walk) -> int | None:
    """The deadline before the session, from the start as first booked; None where there is none."""
    rule = walk.terms.rules.get("payment")
    if rule is None or rule["due"] != "before_session" or not walk.price:
        return None
    due: int = walk.booking.start - rule["hours"] * HOUR
    booked_at = walk.booking.booked_at
    return due if booked_at is None else max(due, booked_at)


def find_due_after(walk: Walk, held_at: int) -> int | None:
    """The deadline after a session that became `held` at an instant; None where there is none."""
    rule = walk.terms.rules.get("payment")
    if rule is None or rule["due"] != "after_session" or not walk.price:
        return None
    due: int = walk.end + rule["hours"] * HOUR
    return max(due, held_at)


def judge_due(walk: Walk, at: int) -> None:
    """The deadline came: less than the price paid is `unpaid`, and may release the place."""
    missing = walk.price - walk.paid
    if missing <= 0:
        return
    walk.rule("payment", "client", "crossed", "unpaid", at, (), facts={"missing": missing})
    rule = walk.terms.rules["payment"]
    if rule["due"] == "before_session" and rule["unpaid"] == "release":
        walk.close("released", at)
