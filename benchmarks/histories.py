"""Terms with every rule, and histories as a practice of many years has them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Warsaw")
FIRST_DAY = datetime(2016, 1, 4, tzinfo=ZONE)
HOURS = (9, 10, 12, 14, 16)

_OFFICE_HOURS = [["09:00", "12:00"], ["13:00", "17:00"]]

TERMS: dict[str, Any] = {
    "terms": 1,
    "currency": "PLN",
    "time_zone": "Europe/Warsaw",
    "rules": {
        "session": {"minutes": 50, "requests": 1},
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
        "payment": {"due": "before_session", "hours": 24, "unpaid": "keep"},
        "messages": {
            "windows": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), _OFFICE_HOURS),
            "reply_hours": 8,
        },
        "free_session": {"minutes": 30, "per_person": 1, "per_month": 4, "invite_at_minute": 20},
        "engagement": {
            "sessions": 10, "review_every": 3, "valid_days": 180, "closing_session": True,
        },
        "hardship": {"causes": ["illness", "emergency", "technical"], "times": 2, "days": 180},
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
    "practitioner": {"lateness": {"grace_minutes": 2}},
}  # fmt: skip


def make_history(count: int) -> dict[str, Any]:
    """Make a history of so many bookings, five each working day; the same one each time.

    Most are held, four or five events each; one in ten is cancelled, one in twelve moved, one in
    twenty missed; one in four has a message and its answer.
    """
    rng = random.Random(count)
    bookings: list[dict[str, Any]] = []
    messages: list[dict[str, Any]] = []
    start = FIRST_DAY
    for number in range(count):
        week, place = divmod(number, 5 * len(HOURS))
        day, hour = divmod(place, len(HOURS))
        start = FIRST_DAY + timedelta(days=7 * week + day, hours=HOURS[hour])
        bookings.append(_make_booking(rng, number, start))
        if number % 4 == 0:
            messages.extend(_make_messages(rng, number, start))
    as_of = start + timedelta(days=3)
    return {"bookings": bookings, "messages": messages, "as_of": as_of.isoformat()}


def _make_booking(rng: random.Random, number: int, start: datetime) -> dict[str, Any]:
    """One booking with what happened to it."""
    person = number % 30 + number // 600 * 30
    return {
        "id": f"b{number}",
        "person": f"p{person}",
        "engagement": f"e{person}",
        "booked_at": (start - timedelta(days=10)).isoformat(),
        "start": start.isoformat(),
        "minutes": 50,
        "price": 20000,
        "kind": "paid",
        "events": _make_events(rng, number, start),
    }


def _make_events(rng: random.Random, number: int, start: datetime) -> list[dict[str, Any]]:
    """The events of one booking."""
    events: list[dict[str, Any]] = []

    def add(kind: str, by: str, offset: int, **more: object) -> None:
        """Add an event so many minutes after the start."""
        at = (start + timedelta(minutes=offset)).isoformat()
        events.append({"id": f"x{number}-{len(events)}", "type": kind, "by": by, "at": at, **more})

    add("paid", "client", -60 * rng.choice((12, 48, 72)), amount=20000)
    chance = rng.random()
    if chance < 0.1:
        cause = {"cause": rng.choice(("illness", "work"))} if rng.random() < 0.5 else {}
        side = "client" if rng.random() < 0.8 else "practitioner"
        add("cancelled", side, -60 * rng.choice((3, 30, 60)), **cause)
        return events
    if chance < 0.18:
        moved_to = start + timedelta(days=1)
        add("moved", "client", -60 * rng.choice((10, 40)), to=moved_to.isoformat())
        start = moved_to
    add("arrived", "practitioner", rng.choice((-4, -1, 0, 0, 1, 3)))
    if chance > 0.95:
        add("left", "practitioner", 16)
        return events
    add("arrived", "client", rng.choice((-2, 0, 0, 1, 4, 12)))
    if rng.random() < 0.3:
        add("request_added", "client", 6, text="how to say no at work")
    if rng.random() < 0.08:
        add("extended", "client", 45, minutes=15, agreed=True)
    add("ended", "practitioner", rng.choice((49, 50, 50, 52, 63)))
    return events


def _make_messages(rng: random.Random, number: int, start: datetime) -> list[dict[str, Any]]:
    """A message and its answer."""
    received = start + timedelta(hours=rng.choice((2, 9, 14, 20)))
    replied = received + timedelta(hours=rng.choice((1, 5, 20)))
    person = f"p{number % 30 + number // 600 * 30}"
    return [
        {"id": f"m{number}", "person": person, "type": "received", "at": received.isoformat()},
        {
            "id": f"r{number}", "person": person, "type": "replied",
            "to": f"m{number}", "at": replied.isoformat(),
        },
    ]  # fmt: skip
