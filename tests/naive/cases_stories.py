"""Random sessions that go roughly as sessions go, so that their ends have much to judge."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.naive.cases_times import jitter, spelled
from tests.naive.times import hours, minutes

SIDES = ["client", "practitioner"]
Event = dict[str, Any]


def event(rng: Random, kind: str, by: str, at: datetime, **more: Any) -> Event:
    return {"type": kind, "by": by, "at": spelled(rng, at), **more}


def story(rng: Random, rules: dict[str, Any], booking: Event, start: datetime) -> list[Event]:
    """Payment, moves, requests, arrivals, agreed extensions and an end, without ids."""
    found = []
    if rng.random() < 0.7:
        paid_at = start - hours(rng.choice([200, 100, 100, 48, 24]))
        found.append(event(rng, "paid", "client", paid_at, amount=booking["price"]))
    for _ in range(rng.choice([0, 0, 0, 1, 2, 3])):
        move, start = one_move(rng, rules, start)
        found.append(move)
    for _ in range(rng.choice([0, 0, 1, 2, 4])):
        at = start + minutes(rng.choice([-60, 0, 0, 1, booking["minutes"]]))
        found.append(event(rng, "request_added", rng.choice(SIDES), at, text="and this"))
    return found + session(rng, rules, booking, start)


def one_move(rng: Random, rules: dict[str, Any], start: datetime) -> tuple[Event, datetime]:
    notice = rules.get("rescheduling", {}).get("hours", 1)
    at = start - hours(rng.choice([notice, notice, notice + 1, 100])) + jitter(rng)
    to = start + hours(rng.choice([0, 1, 24, 24, -1]))
    to = max(to, at + timedelta(seconds=1))
    move = event(rng, "moved", rng.choice(SIDES), at, to=spelled(rng, to))
    if rng.random() < 0.2:
        move["cause"] = "illness"
    return move, to


def session(rng: Random, rules: dict[str, Any], booking: Event, start: datetime) -> list[Event]:
    found = []
    grace = rules.get("lateness", {}).get("grace_minutes", 5)
    over = rules.get("ending", {}).get("grace_minutes", 5)
    length = booking["minutes"]
    late = rng.choice([0, 0, grace, grace + 1, grace + 4, length, length + 2])
    arrivals = {"practitioner": late, "client": rng.choice([0, 0, grace, grace + 1])}
    for side, after in arrivals.items():
        if rng.random() < 0.9:
            found.append(event(rng, "arrived", side, start + minutes(after) + jitter(rng)))
    end = start + minutes(length)
    extra = 0
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        more, agreed = rng.choice([1, 2, 5, 10, 30]), rng.random() < 0.8
        extra += more if agreed else 0
        at = end - minutes(rng.choice([0, 1, 1])) - timedelta(seconds=rng.choice([0, 0, 1]))
        by = rng.choice(SIDES)
        found.append(event(rng, "extended", by, at, minutes=more, agreed=agreed))
    edges = [0, late, extra, late + extra, late + extra + over, late + extra + over + 1]
    edges += [over, over + 1, -over, -over - 1, late - 1, late + extra - 1, -length, 300]
    kind = rng.choice(["ended", "ended", "ended", "left", "held", "cancelled", ""])
    if kind:
        at = end + minutes(rng.choice(edges)) + jitter(rng)
        found.append(event(rng, kind, rng.choice(SIDES), at))
    if rng.random() < 0.3:
        at = end + hours(rng.choice([0, 1, 24, 48]))
        paid = rng.choice([booking["price"], -1, -booking["price"]])
        found.append(event(rng, "paid", "practitioner", at, amount=paid))
    return found
