"""`judge`: what the rules say about what happened, and who owes what."""

from __future__ import annotations

from typing import Any

from tests.naive.forgiving import forgive
from tests.naive.messages import judge_messages
from tests.naive.moves import judge_moves
from tests.naive.state import Booking
from tests.naive.times import instant, written
from tests.naive.walk import walk


def judge(terms: dict[str, Any], history: dict[str, Any]) -> dict[str, Any]:
    as_of = instant(history["as_of"])
    bookings = walked(terms, history)
    rulings = [r for b in bookings for r in b.rulings]
    forgive(terms["rules"], rulings)
    rulings += judge_messages(terms, history.get("messages", []), as_of)
    # Rulings sorted by `at`, booking or message id, rule, reason, event ids;
    rulings.sort(key=order)
    # settlements by booking id.
    bookings.sort(key=lambda b: str(b.document["id"]))
    return {
        "rulings": [shown(r) for r in rulings],
        "settlements": [settlement(b, rulings) for b in bookings],
    }


def walked(terms: dict[str, Any], history: dict[str, Any]) -> list[Booking]:
    as_of = instant(history["as_of"])
    bookings = [walk(terms, document, as_of) for document in history["bookings"]]
    judge_moves(bookings)
    return bookings


def order(ruling: dict[str, Any]) -> tuple[Any, ...]:
    name = ruling["booking"] if "booking" in ruling else ruling["message"]
    return (ruling["at"], name, ruling["rule"], ruling["reason"], ruling["events"])


def shown(ruling: dict[str, Any]) -> dict[str, Any]:
    public = {key: value for key, value in ruling.items() if not key.startswith("_")}
    return {**public, "at": written(ruling["at"])}


def settlement(b: Booking, rulings: list[dict[str, Any]]) -> dict[str, Any]:
    """Held: the client owes P plus the client's ruling amounts; `uses_session`. Otherwise the
    client owes only the client's ruling amounts, and `uses_session` is true when it is at
    least P and P > 0. The practitioner owes the practitioner's ruling amounts."""
    mine = [r for r in rulings if r.get("booking") == b.document["id"]]
    client = sum(r["amount"] for r in mine if r["owed_by"] == "client")
    practitioner = sum(r["amount"] for r in mine if r["owed_by"] == "practitioner")
    if b.outcome == "held":
        client += b.price
        uses_session = True
    else:
        uses_session = b.price > 0 and client >= b.price
    return {
        "booking": b.document["id"],
        "outcome": b.outcome,
        "client": client,
        "practitioner": practitioner,
        "paid": b.paid,
        "uses_session": uses_session,
    }
