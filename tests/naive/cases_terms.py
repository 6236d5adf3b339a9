"""Random terms."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from tests.naive.cases_times import random_week, random_zone

CAUSES = ["illness", "emergency", "technical", "śnieg"]
LADDER = ["remind", "talk", "renegotiate", "end"]
FORGIVABLE = ["cancellation", "missed", "rescheduling", "lateness"]
PERCENTS = [0, 0, 1, 33, 50, 67, 99, 100, 100]
NOTICES = [0, 1, 1, 2, 3, 5, 23, 24, 24, 25, 48, 72]


def some(rng: Random, items: list[str]) -> list[str]:
    """A choice that is not empty, in order."""
    chosen = set(rng.sample(items, rng.randint(1, len(items))))
    return [item for item in items if item in chosen]


def random_terms(rng: Random) -> dict[str, Any]:
    rules: dict[str, Any] = {"session": {"minutes": rng.choice([1, 2, 3, 5, 20, 50, 60])}}
    if rng.random() < 0.8:
        rules["session"]["requests"] = rng.choice([1, 1, 2, 3])
    presence = rng.choice([0.5, 0.9, 0.9, 1.0])
    makers: list[tuple[str, Callable[[], dict[str, Any]]]] = [
        ("lateness", lambda: lateness(rng, rules["session"]["minutes"])),
        ("ending", lambda: ending(rng)),
        ("missed", lambda: {"percent": rng.choice(PERCENTS)}),
        ("cancellation", lambda: {"tiers": tiers(rng)}),
        ("rescheduling", lambda: rescheduling(rng)),
        ("payment", lambda: payment(rng)),
        ("messages", lambda: messages(rng)),
        ("hardship", lambda: hardship(rng)),
        ("goodwill", lambda: goodwill(rng)),
        ("free_session", lambda: free_session(rng)),
        ("conduct", lambda: {"end_after_incident": rng.random() < 0.5}),
    ]
    for name, make in makers:
        if rng.random() < presence:
            rules[name] = make()
    rules.update(silent_rules(rng))
    names = list(rules)
    rng.shuffle(names)
    return {
        "terms": 1,
        "currency": rng.choice(["PLN", "RUB", "USD", "JPY", "KWD"]),
        "time_zone": random_zone(rng),
        "rules": {name: rules[name] for name in names},
        "practitioner": overrides(rng, rules),
    }


def lateness(rng: Random, session_minutes: int) -> dict[str, Any]:
    wait = rng.choice([0, 1, session_minutes // 2, session_minutes])
    wait = min(wait, session_minutes)
    return {"grace_minutes": rng.choice([0, wait // 2, wait]), "wait_minutes": wait}


def ending(rng: Random) -> dict[str, Any]:
    rate = rng.choice([0, 1, 50, 100, 100, 150, 300])
    return {"grace_minutes": rng.choice([0, 1, 2, 5]), "rate_percent": rate}


def tiers(rng: Random) -> list[dict[str, int]]:
    count = rng.choice([1, 1, 2, 3, 4])
    notices = sorted(rng.sample([1, 2, 3, 5, 23, 24, 25, 48, 72], count - 1), reverse=True)
    percents = sorted(rng.choice(PERCENTS) for _ in range(count))
    both = zip([*notices, 0], percents, strict=True)
    return [{"hours": notice, "percent": percent} for notice, percent in both]


def rescheduling(rng: Random) -> dict[str, Any]:
    return {
        "hours": rng.choice(NOTICES),
        "free_moves": rng.choice([0, 1, 1, 2, 3]),
        "percent": rng.choice(PERCENTS),
    }


def payment(rng: Random) -> dict[str, Any]:
    due = rng.choice(["at_booking", "before_session", "before_session", "after_session"])
    rule = {"due": due, "hours": rng.choice(NOTICES), "unpaid": rng.choice(["release", "keep"])}
    if due == "after_session" and rng.random() < 0.5:
        del rule["unpaid"]
    if due == "at_booking" and rng.random() < 0.5:
        del rule["unpaid"], rule["hours"]
    return rule


def messages(rng: Random) -> dict[str, Any]:
    windows = random_week(rng, empty=False)
    return {"windows": windows, "reply_hours": rng.choice([1, 1, 2, 3, 8, 9, 24, 30])}


def hardship(rng: Random) -> dict[str, Any]:
    return {
        "causes": rng.sample(CAUSES, rng.choice([1, 2, 3])),
        "times": rng.choice([0, 1, 1, 2]),
        "days": rng.choice([1, 1, 2, 3, 180]),
    }


def goodwill(rng: Random) -> dict[str, Any]:
    rule = {
        "rules": some(rng, FORGIVABLE),
        "forgiven": rng.choice([0, 1, 1, 2]),
        "days": rng.choice([1, 1, 2, 3, 180]),
        "ladder": some(rng, LADDER),
    }
    if rng.random() < 0.4:
        del rule["rules"]
    return rule


def free_session(rng: Random) -> dict[str, Any]:
    minutes = rng.choice([1, 20, 30])
    return {
        "minutes": minutes,
        "per_person": rng.choice([0, 1, 1, 2]),
        "per_month": rng.choice([0, 1, 2, 3]),
        "invite_at_minute": rng.choice([0, minutes]),
    }


def silent_rules(rng: Random) -> dict[str, Any]:
    """Rules that judge nothing here."""
    every: dict[str, Any] = {
        "engagement": {
            "sessions": 10, "review_every": 3, "valid_days": 180, "closing_session": True,
        },
        "community": {"comments": "moderated", "direct_messages": "organisation_only"},
        "confidentiality": {"recording": "never"},
        "personal_data": {"retention_years": 5},
        "withdrawal": {"days": 14},
        "aftercare": {"check_in_days": [21, 90, 180, 365]},
    }  # fmt: skip
    return {name: rule for name, rule in every.items() if rng.random() < 0.2}


def overrides(rng: Random, rules: dict[str, Any]) -> dict[str, Any]:
    """What binds the practitioner differently: never to a lighter duty."""
    found: dict[str, dict[str, Any]] = {}
    if rng.random() < 0.4:
        return found

    def put(rule: str, field: str, value: Any) -> None:
        if rng.random() < 0.6:
            found.setdefault(rule, {})[field] = value

    if "lateness" in rules:
        put("lateness", "grace_minutes", rng.randint(0, rules["lateness"]["grace_minutes"]))
    if "missed" in rules:
        put("missed", "percent", rng.randint(rules["missed"]["percent"], 100))
    if "cancellation" in rules:
        put("cancellation", "tiers", heavier_tiers(rng, rules["cancellation"]["tiers"]))
    if "rescheduling" in rules:
        rule = rules["rescheduling"]
        put("rescheduling", "hours", rule["hours"] + rng.choice([0, 1, 24]))
        put("rescheduling", "free_moves", rng.randint(0, rule["free_moves"]))
        put("rescheduling", "percent", rng.randint(rule["percent"], 100))
    return found


def percent_at(steps: list[dict[str, int]], notice: int) -> int:
    return next(step["percent"] for step in steps if notice >= step["hours"])


def heavier_tiers(rng: Random, clients: list[dict[str, int]]) -> list[dict[str, int]]:
    """Tiers whose percent is at no notice smaller than the client's."""
    for _ in range(20):
        steps = tiers(rng)
        edges = [step["hours"] for step in [*steps, *clients]]
        if all(percent_at(steps, edge) >= percent_at(clients, edge) for edge in edges):
            return steps
    return [{**step, "percent": max(step["percent"], 99)} for step in clients]
