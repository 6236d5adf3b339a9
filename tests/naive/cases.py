"""Random valid inputs that provoke the hard places of the rules."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from tests.naive.cases_history import edges_of, random_event, random_history
from tests.naive.cases_slots import random_availability
from tests.naive.cases_stories import SIDES
from tests.naive.cases_terms import random_terms
from tests.naive.cases_times import near, random_moment, spelled
from tests.naive.times import instant

__all__ = [
    "random_availability",
    "random_case",
    "random_history",
    "random_terms",
    "random_what_if",
]


def random_case(rng: Random) -> tuple[dict[str, Any], dict[str, Any]]:
    terms = random_terms(rng)
    return terms, random_history(rng, terms)


def random_what_if(rng: Random, terms: dict[str, Any], history: dict[str, Any]) -> dict[str, Any]:
    bookings = history["bookings"]
    pool = [instant(e["at"]) for b in bookings for e in b["events"]]
    pool += [instant(b["start"]) for b in bookings] + [instant(history["as_of"])]
    if not bookings or rng.random() < 0.25:
        days = rng.choice([0, 0, 1, -1, 15, 31, -31])
        start = near(rng, [*pool, random_moment(rng, terms["time_zone"])]) + timedelta(days=days)
        return {
            "book": {
                "person": rng.choice(["p1", "p1", "p2", "p0", "p9"]),
                "start": spelled(rng, start),
                "kind": rng.choice(["free", "free", "free", "paid"]),
            }
        }
    booking = rng.choice(bookings)
    moves = [instant(e["to"]) for e in booking["events"] if e["type"] == "moved"]
    start = rng.choice([instant(booking["start"]), *moves])
    edges = edges_of(terms["rules"], booking, start)
    voidable = [e["id"] for e in booking["events"] if e["type"] != "voided"]
    if voidable and rng.random() < 0.15:
        event: dict[str, Any] = {
            "type": "voided",
            "by": rng.choice(SIDES),
            "at": spelled(rng, near(rng, [*pool, *edges["any"], max(pool), max(pool)])),
            "of": rng.choice(voidable),
        }
    else:
        event, _ = random_event(rng, terms["rules"], booking, edges, pool)
    return {"booking": booking["id"], "event": event}
