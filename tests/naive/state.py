"""What is known of one booking while it is walked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.naive.times import hours, instant, minutes


class Booking:
    """`P` is the price, `L` the booked minutes, `S` the current start, `E = S + L` the end,
    `C = E + 24 h`. An open booking becomes closed with an outcome."""

    def __init__(
        self, rules: dict[str, Any], practitioner: dict[str, Any], document: dict[str, Any]
    ) -> None:
        self.rules = rules
        self.practitioner = practitioner
        self.document = document
        self.free: bool = document["kind"] == "free"
        # For `free` the price counts as 0.
        self.price: int = 0 if self.free else document["price"]
        self.length: int = document["minutes"]
        self.first_start: datetime = instant(document["start"])
        self.start: datetime = self.first_start
        self.outcome = "open"
        self.closed = False
        self.held_at: datetime | None = None
        self.there = {"client": False, "practitioner": False}
        self.practitioner_late = 0
        self.extensions: list[dict[str, Any]] = []
        self.notices: dict[str, list[timedelta]] = {"client": [], "practitioner": []}
        self.judged_moves: list[dict[str, Any]] = []
        self.requests = 0
        self.paid = 0
        self.due_passed = False
        self.end_passed = False  # C came for this start
        self.rulings: list[dict[str, Any]] = []

    def end(self) -> datetime:
        return self.start + minutes(self.length)

    def closing(self) -> datetime:
        return self.end() + hours(24)

    def both_there(self) -> bool:
        return self.there["client"] and self.there["practitioner"]

    def number(self, rule: str, field: str, side: str) -> Any:
        """An overridden number is read for the side whose doing is judged."""
        if side == "practitioner" and field in self.practitioner.get(rule, {}):
            return self.practitioner[rule][field]
        return self.rules[rule][field]

    def close(self, outcome: str, at: datetime) -> None:
        self.closed = True
        self.outcome = outcome
        if outcome == "held":
            self.held_at = at

    def rule(
        self,
        name: str,
        by: str | None,
        at: datetime,
        verdict: str,
        reason: str,
        event: dict[str, Any] | None = None,
        *,
        amount: int = 0,
        minutes: int = 0,
        more_events: tuple[str, ...] = (),
    ) -> None:
        """A rule that is absent gives no ruling. Whatever is owed, is owed by `by`."""
        if name not in self.rules:
            return
        self.rulings.append(
            {
                "rule": name,
                "by": by,
                "person": self.document["person"],
                "booking": self.document["id"],
                "events": sorted([e["id"] for e in [event] if e is not None] + [*more_events]),
                "at": at,
                "verdict": verdict,
                "reason": reason,
                "minutes": minutes,
                "amount": amount,
                "owed_by": by if amount != 0 else None,
                "facts": {},
                "step": None,
                "_cause": event.get("cause") if event is not None else None,
                "_event": event["id"] if event is not None else "",
            }
        )
