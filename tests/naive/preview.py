"""`preview`: what a step would cost, before it is taken."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.naive.judging import judge, walked
from tests.naive.times import instant


def preview(
    terms: dict[str, Any], history: dict[str, Any], what_if: dict[str, Any]
) -> dict[str, Any]:
    if "book" in what_if:
        refused = refusal(terms, history, what_if["book"])
        return {"rulings": [], "settlement": None, "refused": refused}
    booking, event = what_if["booking"], what_if["event"]
    new_id = last_id(history)
    # `as_of` becomes the event's instant.
    without = {**history, "as_of": event["at"]}
    answer = judge(terms, with_event(without, booking, {**event, "id": new_id}))
    if event["type"] == "voided":
        # The rulings of that booking that stand afterwards and did not before.
        before = judge(terms, without)["rulings"]
        mine = [r for r in answer["rulings"] if r.get("booking") == booking]
        rulings = [r for r in mine if r not in before]
    else:
        # The rulings that name the event of the question; they show no id for it.
        rulings = [r for r in answer["rulings"] if new_id in r["events"]]
        for r in rulings:
            r["events"] = [one for one in r["events"] if one != new_id]
    settlement = next(s for s in answer["settlements"] if s["booking"] == booking)
    return {"rulings": rulings, "settlement": settlement, "refused": None}


def last_id(history: dict[str, Any]) -> str:
    """At its instant the event comes after everything recorded."""
    ids: list[str] = [e["id"] for b in history["bookings"] for e in b["events"]]
    return max([*ids, ""]) + "~"


def with_event(history: dict[str, Any], booking: str, event: dict[str, Any]) -> dict[str, Any]:
    bookings = [
        {**b, "events": [*b["events"], event]} if b["id"] == booking else b
        for b in history["bookings"]
    ]
    return {**history, "bookings": bookings}


def refusal(terms: dict[str, Any], history: dict[str, Any], book: dict[str, Any]) -> str | None:
    """`free_per_person` (the person has had `per_person` free sessions, cancelled ones not
    counted) or `free_per_month` (as many starts in the local calendar month: that of the
    start as it now stands, in the zone of the terms)."""
    rule = terms["rules"].get("free_session")
    if book["kind"] != "free" or rule is None:
        return None
    zone = ZoneInfo(terms["time_zone"])

    def month(moment: datetime) -> tuple[int, int]:
        local = moment.astimezone(zone)
        return (local.year, local.month)

    free = [b for b in walked(terms, history) if b.free and b.outcome != "cancelled"]
    theirs = [b for b in free if b.document["person"] == book["person"]]
    if len(theirs) >= rule["per_person"]:
        return "free_per_person"
    wanted = month(instant(book["start"]))
    if len([b for b in free if month(b.start) == wanted]) >= rule["per_month"]:
        return "free_per_month"
    return None
