"""Rules to begin with, by profession. Every number is a suggestion that can be changed at once."""

from __future__ import annotations

import copy
from typing import Any

_LADDER = ["remind", "talk", "renegotiate", "end"]
_OFFICE = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}

_GENTLE: dict[str, Any] = {
    "lateness": {"grace_minutes": 10, "wait_minutes": 20},
    "ending": {"grace_minutes": 10, "rate_percent": 100},
    "missed": {"percent": 50},
    "cancellation": {"tiers": [{"hours": 24, "percent": 0}, {"hours": 0, "percent": 50}]},
    "rescheduling": {"hours": 12, "free_moves": 4, "percent": 0},
    "goodwill": {"forgiven": 2, "days": 180, "ladder": _LADDER},
}
_CLEAR: dict[str, Any] = {
    "lateness": {"grace_minutes": 5, "wait_minutes": 15},
    "ending": {"grace_minutes": 5, "rate_percent": 100},
    "missed": {"percent": 100},
    "cancellation": {
        "tiers": [
            {"hours": 48, "percent": 0},
            {"hours": 24, "percent": 50},
            {"hours": 0, "percent": 100},
        ]
    },
    "rescheduling": {"hours": 24, "free_moves": 2, "percent": 50},
    "goodwill": {"forgiven": 1, "days": 180, "ladder": _LADDER},
}
_FIRM: dict[str, Any] = {
    "lateness": {"grace_minutes": 0, "wait_minutes": 10},
    "ending": {"grace_minutes": 0, "rate_percent": 150},
    "missed": {"percent": 100},
    "cancellation": {"tiers": [{"hours": 72, "percent": 0}, {"hours": 0, "percent": 100}]},
    "rescheduling": {"hours": 48, "free_moves": 1, "percent": 100},
    "goodwill": {"forgiven": 0, "days": 365, "ladder": _LADDER},
}
_HARDSHIP = {"causes": ["illness", "emergency", "technical"], "times": 2, "days": 180}

TEMPLATES = {"gentle": _GENTLE, "clear": _CLEAR, "firm": _FIRM}
"""The three ways to begin. Psychologists are offered `gentle` first, others `clear`."""

MINUTES = {"tutor": 60, "psychologist": 50, "coach": 60, "mentor": 60, "consultant": 60}
"""The usual length of a meeting, by profession."""


def begin_terms(*, template: str, profession: str, currency: str, time_zone: str) -> dict[str, Any]:
    """Make the terms a practice begins with."""
    session = {"minutes": MINUTES.get(profession, 60), "requests": 1}
    rules = {
        "session": session,
        **copy.deepcopy(TEMPLATES[template]),  # What is changed later must not change these.
        "hardship": copy.deepcopy(_HARDSHIP),
        "messages": {"windows": copy.deepcopy(_OFFICE), "reply_hours": 8},
    }
    return {
        "terms": 1,
        "currency": currency,
        "time_zone": time_zone,
        "rules": rules,
        "practitioner": {},
    }
