"""One booking, walked along one timeline of its events and deadlines."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.naive import ending, rows
from tests.naive.state import Booking
from tests.naive.times import OTHER, instant


def events_that_exist(booking: dict[str, Any], as_of: datetime) -> list[dict[str, Any]]:
    """Events after `as_of` do not exist (nor do they void). `voided`: judging goes as if
    the event had never been there. At one instant events go in order of `id`."""
    present = [e for e in booking["events"] if instant(e["at"]) <= as_of]
    gone = [e["of"] for e in present if e["type"] == "voided"]
    kept = [e for e in present if e["type"] != "voided" and e["id"] not in gone]
    return sorted(kept, key=lambda e: (instant(e["at"]), e["id"]))


def walk(terms: dict[str, Any], document: dict[str, Any], as_of: datetime) -> Booking:
    """A booking is judged by walking one timeline of its events and deadlines, in order of
    instant; at one instant events come before deadlines, deadlines in the order `due`, `C`.
    The walk ends at `as_of`, included."""
    b = Booking(terms["rules"], terms["practitioner"], document)
    waiting = events_that_exist(document, as_of)
    while True:
        ahead: list[tuple[datetime, int]] = []
        if waiting:
            ahead.append((instant(waiting[0]["at"]), 0))
        due = rows.when_due(b)
        if due is not None:
            ahead.append((due, 1))
        if not b.closed and not b.end_passed:
            ahead.append((b.closing(), 2))
        if not ahead or min(ahead)[0] > as_of:
            return b
        at, what = min(ahead)
        if what == 0:
            take(b, waiting.pop(0), at)
        elif what == 1:
            rows.deadline_due(b, at)
        else:
            rows.deadline_c(b, at)


def take(b: Booking, e: dict[str, Any], t: datetime) -> None:
    """On a closed booking only `paid`, `incident` and the deadline of `after_session` count."""
    kind, x = e["type"], e["by"]
    if kind == "paid":
        b.paid += e["amount"]
    elif kind == "incident":
        rows.incident(b, e, t)
    elif b.closed:
        return
    elif kind == "cancelled" and t < b.start:
        rows.cancelled_before_start(b, e, t)
    elif kind == "cancelled" and not b.both_there():
        rows.cancelled_not_both_there(b, e, t)
    elif kind == "cancelled":
        ending.ended(b, e, t, x, t)  # as `ended` by x
    elif kind == "moved":
        rows.moved(b, e, t)
    elif kind == "arrived":
        rows.arrived(b, e, t)
    elif kind == "left" and b.there[OTHER[x]]:
        ending.ended(b, e, t, x, t)  # as `ended` by x
    elif kind == "left":
        rows.left_alone(b, e, t)
    elif kind == "ended":
        ending.ended(b, e, t, x, t)
    elif kind == "held":
        ending.ended(b, e, t, "practitioner", b.end())  # `ended` by the practitioner at t = E
    elif kind == "extended" and e["agreed"]:
        b.extensions.append(e)
    elif kind == "request_added":
        rows.request_added(b, e, t)
