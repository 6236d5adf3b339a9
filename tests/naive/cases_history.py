"""Random histories."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.naive.cases_stories import SIDES, story
from tests.naive.cases_times import jitter, near, random_moment, spelled
from tests.naive.messages import promise
from tests.naive.times import hours, instant, minutes, wall

BOOKING_IDS = ["b1", "b10", "b2", "B", "a", "ż", "b-1", "e3", "zz", "1"]
TYPES = {
    "arrived": 9, "ended": 4, "held": 2, "left": 3, "cancelled": 4, "moved": 5, "extended": 4,
    "paid": 3, "request_added": 2, "incident": 1, "voided": 2,
}  # fmt: skip
Edges = dict[str, list[datetime]]


class Names:
    """Ids whose order as texts says nothing of the order in which they were given."""

    def __init__(self, rng: Random) -> None:
        self.left = [f"{rng.choice(['x', 'X', 'e', 'ż', '', 'x1'])}{n}" for n in range(120)]
        self.left = sorted(set(self.left))
        rng.shuffle(self.left)

    def take(self) -> str:
        return self.left.pop()


def edges_of(rules: dict[str, Any], booking: dict[str, Any], start: datetime) -> Edges:
    """The interesting instants of a start, by the type of event for which they matter."""
    length = booking["minutes"]
    end = start + minutes(length)
    late = rules.get("lateness", {"grace_minutes": 0, "wait_minutes": length})
    grace, wait = late["grace_minutes"], min(late["wait_minutes"], length)
    over = rules.get("ending", {}).get("grace_minutes", 1)
    tiers = rules.get("cancellation", {}).get("tiers", [])
    notices = [tier["hours"] for tier in tiers] + [rules.get("rescheduling", {}).get("hours", 1)]
    before = [start - hours(notice) for notice in notices]
    pay = hours(rules.get("payment", {}).get("hours", 1))
    closing = end + hours(24)
    arrivals = [start, start - minutes(1), start + minutes(grace), start + minutes(grace + 1)]
    arrivals += [start + minutes(wait), end]
    endings = [end, end, end + minutes(over), end + minutes(over + 1), end - minutes(over)]
    endings += [end - minutes(over + 1), end + minutes(length), end + minutes(7), start, closing]
    return {
        "arrived": arrivals,
        "ended": endings,
        "held": [end, end, end + hours(2), closing, closing + hours(1), start - hours(1)],
        "left": [start + minutes(wait), start + minutes(wait), start, end, start - minutes(1)],
        "cancelled": [*before, *before, start, end, closing],
        "moved": [*before, *before, start, start - hours(30), end, closing],
        "extended": [start, end - minutes(1), end],
        "paid": [start - pay, end + pay, start, closing],
        "any": [start, end, closing, start - pay, end + pay, *before, start + minutes(wait)],
    }


def random_event(
    rng: Random, rules: dict[str, Any], booking: dict[str, Any], edges: Edges, pool: list[datetime]
) -> tuple[dict[str, Any], datetime]:
    """An event without id, and its instant."""
    kind = rng.choices(list(TYPES), weights=list(TYPES.values()))[0]
    chance = rng.random()
    if chance < 0.75:
        at = near(rng, edges.get(kind, edges["any"]))
    elif chance < 0.85:
        at = near(rng, pool + edges["any"])
    elif chance < 0.95 and pool:
        days = [rules[name]["days"] for name in ["goodwill", "hardship"] if name in rules]
        at = near(rng, pool) + rng.choice([-1, 1, 0]) * hours(24 * rng.choice([*days, 1]))
    else:
        at = rng.choice(edges["any"]) + timedelta(seconds=rng.randint(-100_000, 100_000))
    event: dict[str, Any] = {"type": kind, "by": rng.choice(SIDES), "at": spelled(rng, at)}
    voidable = [e["id"] for e in booking["events"] if e["type"] != "voided"]
    if kind == "voided" and not voidable:
        kind = event["type"] = "held"
    if kind in ["arrived", "cancelled", "moved"] and rng.random() < 0.4:
        event["cause"] = rng.choice(["illness", "emergency", "technical", "śnieg", "sloth", None])
    if kind == "moved":
        event["to"] = spelled(rng, destination(rng, at, edges, pool))
    elif kind == "extended":
        event["minutes"] = rng.choice([1, 2, 5, 10, 30])
        event["agreed"] = rng.random() < 0.75
    elif kind in ["request_added", "incident"]:
        event["text"] = rng.choice(["one more thing", "łódź"])
    elif kind == "paid":
        price = booking["price"]
        event["amount"] = rng.choice([price, price, price - 1, price + 1, 1, -price, -1, 0])
    elif kind == "voided":
        event["of"] = rng.choice(voidable)
    return event, at


def destination(rng: Random, at: datetime, edges: Edges, pool: list[datetime]) -> datetime:
    """A new start, after the instant of the move; sometimes the start that it had."""
    wanted = [edges["arrived"][0], edges["any"][0] + hours(24), at + hours(1), at + hours(25)]
    wanted += [at + timedelta(seconds=1), at + hours(49), *rng.sample(pool, min(2, len(pool)))]
    to = rng.choice(wanted)
    return to if to > at else at + hours(rng.choice([1, 24, 26]))


def random_booking(
    rng: Random,
    rules: dict[str, Any],
    base: datetime,
    name: str,
    names: Names,
    pool: list[datetime],
) -> dict[str, Any]:
    start = base + rng.choice([0, 0, 1, 2, 24, 24, 48, 72, -24]) * hours(1)
    start += rng.choice([0, 0, 0, 1, -1, 30]) * timedelta(seconds=1)
    usual = rules["session"]["minutes"]
    booking: dict[str, Any] = {
        "id": name,
        "person": rng.choice(["p1", "p1", "p1", "p2", "p0"]),
        "start": spelled(rng, start),
        "minutes": rng.choice([usual, usual, usual, 1, 3, 7, 50]),
        "price": rng.choice([0, 1, 3, 7, 7, 100, 19999, 19999, 20000, 33333]),
        "kind": "free" if rng.random() < 0.2 else "paid",
        "events": [],
    }
    if rng.random() < 0.8:
        booking["engagement"] = rng.choice(["e1", "e1", "e1", "e2", None])
    if rng.random() < 0.7:
        gap = hours(rng.choice([100, 72, 48, 24, 2, 1, 0, 0, -1, -30]))
        booking["booked_at"] = spelled(rng, start - gap + jitter(rng))
    if rng.random() < 0.05:
        booking["booked_at"] = None
    add_events(rng, rules, booking, start, names, pool)
    rng.shuffle(booking["events"])
    return booking


def add_events(
    rng: Random,
    rules: dict[str, Any],
    booking: dict[str, Any],
    start: datetime,
    names: Names,
    pool: list[datetime],
) -> None:
    starts, count = [start], rng.choice([0, 1, 2, 3, 4, 5, 6, 8, 10])
    if rng.random() < 0.4:
        for told in story(rng, rules, booking, start):
            booking["events"].append({"id": names.take(), **told})
            pool.append(instant(told["at"]))
        starts += [instant(e["to"]) for e in booking["events"] if e["type"] == "moved"]
        count = rng.choice([0, 0, 0, 1, 2])
    for _ in range(count):
        edges = edges_of(rules, booking, starts[-1] if rng.random() < 0.8 else starts[0])
        event, at = random_event(rng, rules, booking, edges, pool)
        booking["events"].append({"id": names.take(), **event})
        pool.append(at)
        if event["type"] == "moved":
            starts.append(instant(event["to"]))
    pool += [start, *edges_of(rules, booking, starts[-1])["any"]]


def random_history(rng: Random, terms: dict[str, Any]) -> dict[str, Any]:
    rules = terms["rules"]
    base = random_moment(rng, terms["time_zone"])
    names, pool = Names(rng), [base]
    bookings = [
        random_booking(rng, rules, base, name, names, pool)
        for name in rng.sample(BOOKING_IDS, rng.choice([0, 1, 1, 2, 2, 3, 4, 5]))
    ]
    history: dict[str, Any] = {"bookings": bookings}
    if rng.random() < 0.6:
        history["messages"] = random_messages(rng, terms, base, pool)
    chance = rng.random()
    if chance < 0.5:
        as_of = max(pool) + hours(rng.choice([0, 1, 24, 49, 200]))
    elif chance < 0.95:
        as_of = near(rng, pool)
    else:
        as_of = base + timedelta(seconds=rng.randint(-200_000, 200_000))
    history["as_of"] = spelled(rng, as_of)
    return history


def random_messages(
    rng: Random, terms: dict[str, Any], base: datetime, pool: list[datetime]
) -> list[dict[str, Any]]:
    """Messages on the edges of the windows; replies at the promise and beside it."""
    zone = ZoneInfo(terms["time_zone"])
    rule = terms["rules"].get("messages")
    clocks = ["02:30", "09:00"]
    if rule is not None:
        clocks = [end for pairs in rule["windows"].values() for pair in pairs for end in pair]

    def moment() -> datetime:
        day = (base + timedelta(days=rng.randint(-2, 3))).astimezone(zone).date()
        return wall(day, rng.choice(clocks), zone) + jitter(rng)

    found: list[dict[str, Any]] = []
    names = rng.sample(["m1", "m10", "m2", "a", "b1", "ż", "M", "0", "zz", "x", "m", "q"], 12)
    for _ in range(rng.choice([0, 1, 2, 2, 3])):
        at = moment() if rng.random() < 0.8 else near(rng, pool)
        person, name = rng.choice(["p1", "p2"]), names.pop()
        message = {"id": name, "person": person, "type": "received", "at": spelled(rng, at)}
        found.append(message)
        pool.append(at)
        goals = [at, at + hours(1), moment()]
        if rule is not None:
            goals += [promise(terms, at)] * 3
            pool.append(goals[-1])
        for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
            sent = near(rng, goals) if found[-1]["type"] == "received" or rng.random() < 0.6 else at
            reply = {"id": names.pop(), "person": person, "type": "replied", "to": name}
            found.append({**reply, "at": spelled(rng, sent)})
            pool.append(sent)
    rng.shuffle(found)
    return found
