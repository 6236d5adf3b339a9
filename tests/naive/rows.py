"""One function for each row of the table of rulings."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.naive.state import Booking
from tests.naive.times import OTHER, hours, instant, minutes, minutes_between, rounded

Event = dict[str, Any]


def percent_of_price(b: Booking, percent: int) -> int:
    """amount = rounded(P x percent / 100)"""
    return rounded(Fraction(b.price * percent, 100))


def cancelled_before_start(b: Booking, e: Event, t: datetime) -> None:
    """Notice `n` is the least of `S - t` and the notices that x gave at earlier moves of this
    booking (below 0 counts as 0). The first tier from the top with `n >= hours`. `percent` 0:
    kept, `cancelled_in_time`. Else crossed, `late_cancel`, owed by x. Closed, `cancelled`."""
    x = e["by"]
    if "cancellation" in b.rules:
        notice = max(min([b.start - t] + b.notices[x]), timedelta(0))
        tiers = b.number("cancellation", "tiers", x)
        tier = next(tier for tier in tiers if notice >= hours(tier["hours"]))
        if tier["percent"] == 0:
            b.rule("cancellation", x, t, "kept", "cancelled_in_time", e)
        else:
            amount = percent_of_price(b, tier["percent"])
            b.rule("cancellation", x, t, "crossed", "late_cancel", e, amount=amount)
    b.close("cancelled", t)


def cancelled_not_both_there(b: Booking, e: Event, t: datetime) -> None:
    """`cancelled` by x, `t >= S`, not both there: rule `missed`: crossed by x, `missed`,
    owed by x. Closed, `missed`."""
    missed(b, e, t, e["by"], "missed")


def missed(b: Booking, e: Event, t: datetime, crosser: str, reason: str) -> None:
    if "missed" in b.rules:
        amount = percent_of_price(b, b.number("missed", "percent", crosser))
        b.rule("missed", crosser, t, "crossed", reason, e, amount=amount)
    b.close("missed", t)


def moved(b: Booking, e: Event, t: datetime) -> None:
    """Notice `n = S - t`; the ruling needs the count over the engagement and is given later
    (`moves.py`). Then `S = to`; arrivals, lateness and agreed extensions are forgotten.
    A move makes an `unclear` booking `open` again, with new deadlines."""
    notice = b.start - t
    b.judged_moves.append({"booking": b, "event": e, "at": t, "notice": notice})
    b.notices[e["by"]].append(notice)
    b.start = instant(e["to"])
    b.there = {"client": False, "practitioner": False}
    b.practitioner_late = 0
    b.extensions = []
    b.outcome = "open"
    b.end_passed = False


def arrived(b: Booking, e: Event, t: datetime) -> None:
    """First `arrived` of x since S changed, `d` = minutes after S, at least 0. `d <= grace`:
    kept, `on_time`, minutes 0. Else crossed by x, `late`, `minutes = d`, amount 0."""
    x = e["by"]
    if b.there[x]:
        return
    b.there[x] = True
    if "lateness" not in b.rules:
        return
    d = minutes_between(b.start, t)
    if d <= b.number("lateness", "grace_minutes", x):
        b.rule("lateness", x, t, "kept", "on_time", e)
        return
    b.rule("lateness", x, t, "crossed", "late", e, minutes=d)
    if x == "practitioner":
        b.practitioner_late = d


def left_alone(b: Booking, e: Event, t: datetime) -> None:
    """`left` by x, the other not there (x counts as there): `t >= S + wait`: crossed by the
    other, `missed`. Earlier: crossed by x, `did_not_wait`. Owed by the one who crossed.
    `wait` is the smaller of `wait_minutes` and L (`lateness` absent: wait = L)."""
    x = e["by"]
    wait = b.length
    if "lateness" in b.rules:
        wait = min(b.rules["lateness"]["wait_minutes"], b.length)
    if t >= b.start + minutes(wait):
        missed(b, e, t, OTHER[x], "missed")
    else:
        missed(b, e, t, x, "did_not_wait")


def request_added(b: Booking, e: Event, t: datetime) -> None:
    """k-th `request_added` of the booking, whoever adds, `k > requests`: rule `session`: kept
    by whoever added it, `parked`. Without `session.requests` nothing is parked."""
    b.requests += 1
    if "requests" in b.rules["session"] and b.requests > b.rules["session"]["requests"]:
        b.rule("session", e["by"], t, "kept", "parked", e)


def incident(b: Booking, e: Event, t: datetime) -> None:
    """`incident` by x at any time: rule `conduct`: unclear, `by` the one who reports."""
    b.rule("conduct", e["by"], t, "unclear", "incident", e)


def deadline_c(b: Booking, t: datetime) -> None:
    """Deadline `C`: both there: rule `ending`: kept by the practitioner, `end_not_recorded`;
    closed, `held`. Else rule `missed`: unclear, `attendance_unclear`, `by` null; outcome
    `unclear`, still open."""
    b.end_passed = True
    if b.both_there():
        b.rule("ending", "practitioner", t, "kept", "end_not_recorded")
        b.close("held", t)
    else:
        b.rule("missed", None, t, "unclear", "attendance_unclear")
        b.outcome = "unclear"


def when_due(b: Booking) -> datetime | None:
    """Rule `payment`, only while P > 0, once a booking. `before_session`: due = the start as
    first booked - hours, or `booked_at` where that is later. `after_session`: only with the
    outcome `held`; due = E + hours, or the instant at which it became `held` where that is
    later. `at_booking`: none."""
    if "payment" not in b.rules or b.price == 0 or b.due_passed:
        return None
    payment = b.rules["payment"]
    if payment["due"] == "before_session":
        due = b.first_start - hours(payment["hours"])
        booked_at = b.document.get("booked_at")
        return due if booked_at is None else max(due, instant(booked_at))
    if payment["due"] == "after_session" and b.held_at is not None:
        return max(b.end() + hours(payment["hours"]), b.held_at)
    return None


def deadline_due(b: Booking, t: datetime) -> None:
    """Less than P paid by then: crossed by the client, `unpaid`, amount 0, `facts.missing`
    says how much. With `before_session` (only while the outcome is `open`) and `release` the
    booking closes, outcome `released`."""
    b.due_passed = True
    before = b.rules["payment"]["due"] == "before_session"
    if before and b.outcome != "open":
        return
    if b.paid >= b.price:
        return
    b.rule("payment", "client", t, "crossed", "unpaid")
    b.rulings[-1]["facts"]["missing"] = b.price - b.paid
    if before and b.rules["payment"]["unpaid"] == "release":
        b.close("released", t)
