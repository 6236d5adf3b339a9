"""Documents in which everything that can be said is said, and short ways to change them."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from miedza.core.documents import judge_document
from miedza.core.faults import InvalidDocument
from tests.naive.by_hand import on

TERMS: dict[str, Any] = {
    "terms": 1,
    "currency": "PLN",
    "time_zone": "Europe/Warsaw",
    "rules": {
        "session": {"minutes": 50, "requests": 1},
        "lateness": {"grace_minutes": 5, "wait_minutes": 15},
        "ending": {"grace_minutes": 5, "rate_percent": 100},
        "missed": {"percent": 50},
        "cancellation": {
            "tiers": [
                {"hours": 48, "percent": 0},
                {"hours": 24, "percent": 50},
                {"hours": 0, "percent": 80},
            ]
        },
        "rescheduling": {"hours": 24, "free_moves": 2, "percent": 50},
        "payment": {"due": "before_session", "hours": 24, "unpaid": "release"},
        "messages": {
            "windows": {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]},
            "reply_hours": 8,
        },
        "free_session": {
            "minutes": 30, "per_person": 1, "per_month": 4, "invite_at_minute": 20,
        },
        "engagement": {
            "sessions": 10, "review_every": 3, "valid_days": 180, "closing_session": True,
        },
        "hardship": {"causes": ["illness", "emergency"], "times": 2, "days": 180},
        "goodwill": {
            "rules": ["lateness", "cancellation"], "forgiven": 1, "days": 180,
            "ladder": ["remind", "talk", "renegotiate", "end"],
        },
        "conduct": {"end_after_incident": True},
        "community": {"comments": "moderated", "direct_messages": "organisation_only"},
        "confidentiality": {"recording": "never"},
        "personal_data": {"retention_years": 5},
        "withdrawal": {"days": 14},
        "aftercare": {"check_in_days": [21, 90, 180, 365]},
    },
    "practitioner": {},
}  # fmt: skip
"""Every rule with every field."""

EVENTS: dict[str, dict[str, Any]] = {
    "cancelled": {"cause": "illness"},
    "moved": {"to": "2026-03-09T09:00:00Z", "cause": "illness"},
    "arrived": {"cause": None},
    "left": {},
    "held": {},
    "extended": {"minutes": 10, "agreed": True},
    "ended": {},
    "request_added": {"text": "one more"},
    "incident": {"text": "harsh words"},
    "paid": {"amount": 20000},
    "voided": {"of": "x-cancelled"},
}
"""Each type of event with its own fields."""


def sample_event(kind: str) -> dict[str, Any]:
    """An event of a type, with every field it may have."""
    common = {"id": f"x-{kind}", "type": kind, "by": "client", "at": "2026-03-02T08:00:00Z"}
    return {**common, **EVENTS[kind]}


HISTORY: dict[str, Any] = {
    "bookings": [
        {
            "id": "b1", "person": "p1", "engagement": "e1", "booked_at": "2026-02-20T09:00:00Z",
            "start": "2026-03-02T09:00:00Z", "minutes": 50, "price": 20000, "kind": "paid",
            "events": [sample_event(kind) for kind in EVENTS],
        }
    ],
    "messages": [
        {"id": "m1", "person": "p1", "type": "received", "at": "2026-03-02T09:00:00Z"},
        {"id": "m2", "person": "p1", "type": "replied", "at": "2026-03-02T10:00:00Z", "to": "m1"},
    ],
    "as_of": "2026-03-10T00:00:00Z",
}  # fmt: skip
"""An event of every type; a message and its reply."""

AVAILABILITY: dict[str, Any] = {
    "time_zone": "Europe/Warsaw",
    "now": "2026-03-01T12:00:00Z",
    "from": "2026-03-02",
    "until": "2026-03-08",
    "weekly": {"mon": [["09:00", "13:00"], ["14:00", "18:00"]], "sun": []},
    "exceptions": [{"date": "2026-03-03", "windows": [["09:00", "10:00"]]}],
    "minutes": 50,
    "step_minutes": 15,
    "buffer_before": 0,
    "buffer_after": 15,
    "notice_minutes": 120,
    "horizon_days": 60,
    "max_per_day": 6,
    "max_per_week": 20,
    "bookings": [
        {
            "start": "2026-03-02T09:00:00Z", "end": "2026-03-02T09:50:00Z",
            "buffer_before": 0, "buffer_after": 15,
        }
    ],
    "busy": [{"start": "2026-03-02T15:00:00Z", "end": "2026-03-02T16:00:00Z"}],
}  # fmt: skip
"""An availability with every field."""


def _find_place(document: Any, path: str) -> tuple[Any, Any]:
    """What holds the value at `bookings[0].events[2].at`, and the last key of the path."""
    keys = [int(key) if key.isdigit() else key for key in re.findall(r"\w+", path)]
    for key in keys[:-1]:
        document = document[key]
    return document, keys[-1]


def put(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy with another value at a path."""
    copy = deepcopy(document)
    holder, key = _find_place(copy, path)
    holder[key] = value
    return copy


def drop(document: dict[str, Any], path: str) -> dict[str, Any]:
    """A copy without what stands at a path."""
    copy = deepcopy(document)
    holder, key = _find_place(copy, path)
    del holder[key]
    return copy


def faults_of(read: Callable[..., object], *documents: Any) -> list[str]:
    """The faults that reading finds; none where it accepts."""
    try:
        read(*documents)
    except InvalidDocument as refusal:
        return refusal.faults
    return []


def answer(terms: Any, *bookings: Any, as_of: str = "20T00:00", messages: Any = ()) -> Any:
    """What is judged of bookings up to an instant of March 2026."""
    history = {"bookings": list(bookings), "messages": list(messages), "as_of": on(as_of)}
    return judge_document(terms, history)


def ruled(terms: Any, *bookings: Any, as_of: str = "20T00:00", messages: Any = ()) -> Any:
    """The rulings alone."""
    return answer(terms, *bookings, as_of=as_of, messages=messages)["rulings"]


def settled(terms: Any, *bookings: Any, as_of: str = "20T00:00") -> Any:
    """The settlements alone."""
    return answer(terms, *bookings, as_of=as_of)["settlements"]


def ruling(
    rule: str, reason: str, by: str | None, at: str, *events: str, verdict: str = "kept",
    minutes: int = 0, amount: int = 0, facts: Any = None, step: str | None = None,
    subject: str = "b", person: str = "p",
) -> dict[str, Any]:  # fmt: skip
    """A whole ruling as it is answered; what is owed is owed by the one whose doing it was."""
    return {
        "rule": rule,
        "by": by,
        "person": person,
        "message" if rule == "messages" else "booking": subject,
        "events": list(events),
        "at": on(at),
        "verdict": verdict,
        "reason": reason,
        "minutes": minutes,
        "amount": amount,
        "owed_by": by if amount else None,
        "facts": facts or {},
        "step": step,
    }
