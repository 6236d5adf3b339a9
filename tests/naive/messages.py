"""The rule `messages`."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.naive.times import hours, instant, weekly_windows, written


def inside(terms: dict[str, Any], t: datetime) -> bool:
    """Whether an instant lies in a window, `[start, end)`."""
    zone = ZoneInfo(terms["time_zone"])
    first = t.astimezone(zone).date() - timedelta(days=3)
    near = weekly_windows(terms["rules"]["messages"]["windows"], first, 6, zone)
    return any(begin <= t < end for begin, end in near)


def promise(terms: dict[str, Any], t: datetime) -> datetime:
    """The first instant by which `reply_hours` of time inside the windows have passed since
    `t`. An instant that lies in two windows passes once."""
    rule = terms["rules"]["messages"]
    zone = ZoneInfo(terms["time_zone"])
    first = t.astimezone(zone).date() - timedelta(days=3)
    days = 20
    while True:
        missing = hours(rule["reply_hours"])
        now = t
        # Windows of the dates not looked at begin after this.
        last = datetime.combine(first + timedelta(days=days - 2), time(), UTC)
        for begin, end in weekly_windows(rule["windows"], first, days, zone):
            if begin >= last:
                break
            now = max(now, begin)
            if now >= end:
                continue
            if now + missing <= end:
                return now + missing
            missing -= end - now
            now = end
        days *= 4


def judge_messages(
    terms: dict[str, Any], messages: list[dict[str, Any]], as_of: datetime
) -> list[dict[str, Any]]:
    if "messages" not in terms["rules"]:
        return []
    rulings = []
    present = [m for m in messages if instant(m["at"]) <= as_of]
    for message in present:
        t = instant(message["at"])
        if message["type"] == "replied":
            # Any reply sent outside the windows: `replied_out_of_hours`, at its instant.
            if not inside(terms, t):
                rulings.append(ruling(message, t, "kept", "replied_out_of_hours"))
            continue
        promised = promise(terms, t)
        facts = {"promised_at": written(promised)}
        # Received outside the windows: `answer_later`, at `t`.
        if not inside(terms, t):
            rulings.append({**ruling(message, t, "kept", "answer_later"), "facts": facts})
        # The promise lies before `as_of`, and no answer came up to and including it.
        if promised < as_of and not answered(message, present, promised):
            late = ruling(message, promised, "crossed", "late_reply")
            rulings.append({**late, "facts": dict(facts)})
    return rulings


def answered(message: dict[str, Any], present: list[dict[str, Any]], promised: datetime) -> bool:
    """Its answer is the first reply (by instant, then id) that names it."""
    replies = [m for m in present if m["type"] == "replied" and m["to"] == message["id"]]
    if not replies:
        return False
    answer = min(replies, key=lambda m: (instant(m["at"]), m["id"]))
    return instant(answer["at"]) <= promised


def ruling(message: dict[str, Any], at: datetime, verdict: str, reason: str) -> dict[str, Any]:
    return {
        "rule": "messages",
        "by": "practitioner",
        "person": message["person"],
        "message": message["id"],
        "events": [message["id"]],
        "at": at,
        "verdict": verdict,
        "reason": reason,
        "minutes": 0,
        "amount": 0,
        "owed_by": None,
        "facts": {},
        "step": None,
    }
