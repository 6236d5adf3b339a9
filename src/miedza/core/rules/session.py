"""Session: how long a meeting is, and with how many requests.

Source: ICF competency 3.06, "identify or reconfirm what to achieve in this session".
"""

from __future__ import annotations

from miedza.core.faults import whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.core.timeline import Walk

FIELDS = {
    "minutes": (whole(1), "how long a meeting is, in minutes"),
    "requests": (whole(1), "how many requests one meeting works with; without it, any number"),
}
OPTIONAL = ("requests",)


def judge_request(walk: Walk, by: str, event_id: str, at: int) -> None:
    """A request was added: from the one after the agreed number on, it is parked, not lost."""
    walk.requests += 1
    most = walk.terms.rules["session"].get("requests")
    if most is not None and walk.requests > most:
        walk.rule("session", by, "kept", "parked", at, (event_id,), facts={"requests": most})
