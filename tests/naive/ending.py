"""How a session ended."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from tests.naive.state import Booking
from tests.naive.times import minutes_between, rounded


def ended(b: Booking, e: dict[str, Any], at: datetime, x: str, t: datetime) -> None:
    """Ended by x at `t`; each ruling is at the instant `at` of the event (for `held` that is
    not `t`). Closed, `held`."""
    if "ending" in b.rules:
        judge_ending(b, e, at, x, t)
    b.close("held", at)


def judge_ending(b: Booking, e: dict[str, Any], at: datetime, x: str, t: datetime) -> None:
    grace = b.rules["ending"]["grace_minutes"]
    rate = b.rules["ending"]["rate_percent"]
    # `late` = the minutes of the practitioner's lateness where it was beyond the grace, else 0.
    late = b.practitioner_late
    # `after` = minutes of t after E, `before` = minutes of t before E (0 otherwise).
    after = minutes_between(b.end(), t)
    before = minutes_between(t, b.end())
    # `made_up = min(after, late)`, `over = after - made_up`,
    made_up = min(after, late)
    over = after - made_up
    # `covered = min(over, agreed extensions so far)` (0 for a free session),
    covered = 0 if b.free else min(over, sum(one["minutes"] for one in b.extensions))
    # `rest = over - covered`, `owed = late - made_up`,
    rest = over - covered
    owed = late - made_up
    # plus `before` when the practitioner ended it and `before > grace`; never more than L.
    if x == "practitioner" and before > grace:
        owed += before
    owed = min(owed, b.length)

    if covered > 0:
        amount = rounded(Fraction(b.price * covered * rate, b.length * 100))
        agreed = tuple(one["id"] for one in b.extensions)
        b.rule(
            "ending", "client", at, "kept", "agreed_overtime", e,
            minutes=covered, amount=amount, more_events=agreed,
        )  # fmt: skip
    if rest > grace:
        reason = "free_overran" if b.free else "overran"
        b.rule("ending", "practitioner", at, "crossed", reason, e, minutes=rest)
    if owed > 0:
        amount = rounded(Fraction(b.price * owed, b.length))
        b.rule("ending", "practitioner", at, "crossed", "time_owed", e, minutes=owed, amount=amount)
    # None of them: kept by the practitioner, `ended_in_time`.
    if covered == 0 and rest <= grace and owed == 0:
        b.rule("ending", "practitioner", at, "kept", "ended_in_time", e)
