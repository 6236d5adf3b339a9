"""The rule `rescheduling`: moves are counted over all bookings of an engagement."""

from __future__ import annotations

from typing import Any

from tests.naive.rows import percent_of_price
from tests.naive.state import Booking
from tests.naive.times import hours


def same_engagement(one: Booking, two: Booking) -> bool:
    """Without an engagement the booking is alone."""
    if one is two:
        return True
    mine, other = one.document.get("engagement"), two.document.get("engagement")
    return mine is not None and mine == other


def judge_moves(bookings: list[Booking]) -> None:
    every = [move for b in bookings for move in b.judged_moves]
    for move in every:
        judge_move(move, every)


def judge_move(move: dict[str, Any], every: list[dict[str, Any]]) -> None:
    """It is x's k-th judged move in the engagement (by instant, then event id, over all its
    bookings). `n >= hours` and `k <= free_moves`: kept, `moved_in_time`. Else crossed,
    `late_move` (too short, whatever k) or `too_many_moves`, owed by x."""
    b, e, at = move["booking"], move["event"], move["at"]
    if "rescheduling" not in b.rules:
        return
    x = e["by"]
    k = 0
    for other in every:
        not_later = (other["at"], other["event"]["id"]) <= (at, e["id"])
        if other["event"]["by"] == x and not_later and same_engagement(b, other["booking"]):
            k += 1
    in_time = move["notice"] >= hours(b.number("rescheduling", "hours", x))
    if in_time and k <= b.number("rescheduling", "free_moves", x):
        b.rule("rescheduling", x, at, "kept", "moved_in_time", e)
        return
    reason = "too_many_moves" if in_time else "late_move"
    amount = percent_of_price(b, b.number("rescheduling", "percent", x))
    b.rule("rescheduling", x, at, "crossed", reason, e, amount=amount)
