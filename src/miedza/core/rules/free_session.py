"""Free session: how long a free consultation is, how many there are, when giving stops."""

from __future__ import annotations

from miedza.core.faults import whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

FIELDS = {
    "minutes": (whole(1), "how long it is, in minutes"),
    "per_person": (whole(0), "how many one person can have, ever"),
    "per_month": (whole(0), "how many the practitioner gives in a calendar month"),
    "invite_at_minute": (whole(0), "at which minute giving stops and the invitation comes"),
}


def check_rule(rule: Mapping[str, Any], rules: Mapping[str, Any]) -> Iterator[tuple[str, str]]:  # noqa: ARG001 - one shape for all rules.
    """The invitation comes inside the session."""
    if rule["invite_at_minute"] > rule["minutes"]:
        yield "invite_at_minute", "must not be more than free_session.minutes"
