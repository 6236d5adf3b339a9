"""Short ways to write terms and bookings by hand. S is 2026-03-02T09:00Z."""

from __future__ import annotations

from typing import Any

from tests.naive.judging import judge

RULES: dict[str, Any] = {
    "session": {"minutes": 60, "requests": 1},
    "lateness": {"grace_minutes": 5, "wait_minutes": 15},
    "ending": {"grace_minutes": 5, "rate_percent": 100},
    "missed": {"percent": 100},
    "cancellation": {"tiers": [{"hours": 24, "percent": 0}, {"hours": 0, "percent": 50}]},
    "rescheduling": {"hours": 24, "free_moves": 1, "percent": 50},
}


def terms(*leave_out: str, practitioner: Any = None, **more: Any) -> dict[str, Any]:
    rules = {name: rule for name, rule in RULES.items() if name not in leave_out}
    return {
        "terms": 1,
        "currency": "PLN",
        "time_zone": "Europe/Warsaw",
        "rules": {**rules, **more},
        "practitioner": practitioner or {},
    }


def on(clock: str) -> str:
    """`02T09:00` or `02T09:00:01`, of March 2026."""
    return f"2026-03-{clock}" + (":00Z" if len(clock) == 8 else "Z")


def event(name: str, kind: str, by: str, clock: str, **more: Any) -> dict[str, Any]:
    more = {key: on(value) if key == "to" else value for key, value in more.items()}
    return {"id": name, "type": kind, "by": by, "at": on(clock), **more}


def booking(*events: dict[str, Any], name: str = "b", **more: Any) -> dict[str, Any]:
    plain = {
        "id": name,
        "person": "p",
        "start": on("02T09:00"),
        "minutes": 60,
        "price": 101,
        "kind": "paid",
        "events": list(events),
    }
    return {**plain, **more}


def judged(terms: dict[str, Any], *bookings: dict[str, Any], as_of: str = "20T00:00") -> Any:
    return judge(terms, {"bookings": list(bookings), "as_of": on(as_of)})


def reasons(answer: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(r["by"], r["verdict"], r["reason"], r["amount"]) for r in answer["rulings"]]


def outcome(answer: dict[str, Any]) -> str:
    return str(answer["settlements"][0]["outcome"])
