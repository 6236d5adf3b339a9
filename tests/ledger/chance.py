"""A practice to which things happen by chance: the same for the same seed."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from miedza.bookings.actions import (
    MovesBack,
    NoSuchBooking,
    close_day,
    strike,
)
from miedza.bookings.judging import judge_due
from miedza.bookings.models import Booking
from miedza.bookings.ordering import NotBegun
from miedza.bookings.taking import SlotTaken
from miedza.ledger.actions import CannotStrike, CannotVoid, NotOwed, waive
from miedza.ledger.models import Event, Ruling
from tests.cast import ANNAS_TERMS, BORYSS_TERMS, MONDAY, Cast, book, publish_rules, tell

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

REFUSALS = (SlotTaken, MovesBack, NoSuchBooking, CannotStrike, CannotVoid, NotOwed)
KINDS = (
    "cancelled", "moved", "arrived", "arrived", "arrived", "left", "held", "extended", "ended",
    "request_added", "incident", "paid", "paid",
)  # fmt: skip
SIDES = ("client", "practitioner")


class Chance:
    """Lets one thing after another happen in Anna's practice."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.anna, self.practice = cast, cast.anna, cast.anna.practice
        self.random = Random(seed)
        self.now: datetime = MONDAY
        self.refused = 0

    def step(self) -> str:
        """Let time pass, and one thing happen; what it was."""
        self.now += timedelta(minutes=self.random.choice((0, 1, 20, 60, 400, 2000)))
        acts: list[Callable[[], object]] = [
            self._book, self._tell, self._tell, self._tell, self._tell, self._void, self._close,
            self._waive, self._judge, self._strike, self._publish,
        ]  # fmt: skip
        act = self.random.choices(acts, [4, 4, 4, 4, 4, 3, 1, 2, 2, 1, 0.4])[0]
        try:
            act()
        except REFUSALS:
            self.refused += 1
        return act.__name__

    def _moment(self) -> datetime:
        """Now, or a while ago; sometimes an instant at which something else happened."""
        ago = self.random.choice((0, 0, 0, 1, 10, 90, 1500, 4000))
        return self.now - timedelta(minutes=ago)

    def _clock(self) -> datetime:
        """The clock as somebody read it who then stood in line for a while."""
        return self.now - timedelta(seconds=self.random.choice((0, 0, 30, 600)))

    def _any(self, rows: Any) -> Any:
        found = list(rows)
        return self.random.choice(found) if found else None

    def _booking(self) -> Booking | None:
        chosen: Booking | None = self._any(Booking.objects.of(self.practice.id).order_by("id"))
        return chosen

    def _book(self) -> None:
        start = self.now + timedelta(minutes=30 * self.random.randint(-60, 200))
        book(
            self.anna,
            self.random.choice((self.cast.ola, self.cast.ola, self.cast.marek)),
            start.replace(minute=0),
            now=self._clock(),
            minutes=self.random.choice((30, 50, 60)),
            price_minor=self.random.choice((0, 1, 9_999, 20_000)),
            kind=self.random.choice(("paid", "paid", "paid", "free")),
        )

    def _tell(self) -> None:
        booking = self._booking()
        if booking is None:
            return
        kind = self.random.choice(KINDS)
        near = booking.starts_at + timedelta(minutes=self.random.randint(-10, 90))
        at = min(near, self.now) if self.random.random() < 0.6 else self._moment()
        with suppress(NotBegun):
            tell(
                self.anna, booking, kind, self.random.choice(SIDES), at,
                now=max(at, self._clock()), **self._details(kind, at),
            )  # fmt: skip

    def _details(self, kind: str, at: datetime) -> Any:
        chance = self.random
        cause = chance.choice((None, None, "illness", "mood"))
        return {
            "moved": {"to_at": at + timedelta(minutes=chance.randint(-60, 9000)), "cause": cause},
            "cancelled": {"cause": cause},
            "arrived": {"cause": cause},
            "extended": {"minutes": chance.randint(1, 60), "agreed": chance.random() < 0.7},
            "paid": {"amount_minor": chance.choice((20_000, 9_999, 1, -500))},
            "request_added": {"text": "…"},
        }.get(kind, {})

    def _void(self) -> None:
        event = self._any(Event.objects.of(self.practice.id).order_by("id"))
        booking = self._booking()
        if event is None or booking is None:
            return
        own = Booking.objects.of(self.practice.id).filter(id=event.meeting_id).first()
        chosen = own if own is not None and self.random.random() < 0.9 else booking
        at = self._moment()
        tell(
            self.anna, chosen, "voided", "practitioner", at, now=max(at, self._clock()),
            voids_id=event.id,
        )  # fmt: skip

    def _close(self) -> None:
        ids = Booking.objects.of(self.practice.id).values_list("id", flat=True)
        close_day(practice=self.practice, booking_ids=list(ids), now=self._clock())

    def _waive(self) -> None:
        ruling = self._any(Ruling.objects.of(self.practice.id).exclude(owed_by=None).order_by("id"))
        if ruling is not None:
            by = self.random.choice(SIDES)
            waive(
                practice=self.practice, meeting_id=ruling.meeting_id, ruling_id=ruling.id, by=by,
                reason="…", now=self._clock(),
            )  # fmt: skip

    def _judge(self) -> None:
        judge_due(now=self._clock())

    def _strike(self) -> None:
        booking = self._booking()
        if booking is not None:
            strike(practice=self.practice, booking_id=booking.id, now=self._clock())

    def _publish(self) -> None:
        rules = self.random.choice((ANNAS_TERMS, BORYSS_TERMS))["rules"]
        payment = self.random.choice(
            (
                {"due": "before_session", "hours": 24, "unpaid": "release"},
                {"due": "before_session", "hours": 2, "unpaid": "keep"},
                {"due": "after_session", "hours": 48, "unpaid": "keep"},
                {"due": "at_booking", "hours": 0, "unpaid": "keep"},
            )
        )
        terms = {**ANNAS_TERMS, "rules": {**rules, "payment": payment}}
        publish_rules(self.anna, terms, now=self._clock())
