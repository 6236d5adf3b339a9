"""What was told: sentences of a story turned into a history, or into an availability."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from .clock import SUM, WHEN, Clock, Json, NotUnderstoodError, read_sum

Deed: TypeAlias = Callable[[re.Match[str], Clock], Json]

_BOOKING = re.compile(
    r"(?P<kind>lesson|session|free session) (?P<id>\w+) of (?P<person>\w+)"
    rf" on (?P<date>\d{{4}}-\d\d-\d\d) at (?P<time>{WHEN}), (?P<minutes>\d+) minutes"
    rf"(?: for (?P<price>{SUM}))?(?:, in (?P<engagement>\w+))?(?:, booked (?P<booked>{WHEN}))?"
)
_EVENT = re.compile(
    rf"(?P<when>{WHEN}) (?P<by>client|practitioner) (?P<deed>.+?)"
    r"(?:, because of (?P<cause>\w+))?(?: \((?P<id>\w+)\))?"
)
_WROTE = re.compile(rf"(?P<when>{WHEN}) (?P<person>\w+) wrote (?P<id>\w+)")
_ANSWERED = re.compile(rf"(?P<when>{WHEN}) practitioner answered (?P<to>\w+) in (?P<id>\w+)")
_IF_BOOKED = re.compile(
    r"(?P<person>\w+) books a (?P<kind>free|paid) session"
    r" on (?P<date>\d{4}-\d\d-\d\d) at (?P<time>\d\d:\d\d)"
)
_IF_DONE = re.compile(r"(?P<booking>[a-z]\w*), (?P<event>.+)")

_DEEDS: tuple[tuple[str, Deed], ...] = (
    (r"arrived", lambda m, c: {"type": "arrived"}),
    (r"cancelled", lambda m, c: {"type": "cancelled"}),
    (r"left", lambda m, c: {"type": "left"}),
    (r"ended", lambda m, c: {"type": "ended"}),
    (r"noted it was held as planned", lambda m, c: {"type": "held"}),
    (rf"moved to ({WHEN})", lambda m, c: {"type": "moved", "to": c.read(m[1]).isoformat()}),
    (
        r"asked for (\d+) minutes more, (not )?agreed",
        lambda m, c: {"type": "extended", "minutes": int(m[1]), "agreed": m[2] is None},
    ),
    (r'added the request "(.+)"', lambda m, c: {"type": "request_added", "text": m[1]}),
    (r'reported "(.+)"', lambda m, c: {"type": "incident", "text": m[1]}),
    (
        rf"(?:paid ({SUM})|recorded ({SUM}) as paid)",
        lambda m, c: {"type": "paid", "amount": read_sum(m[1] or m[2])},
    ),
    (rf"refunded ({SUM})", lambda m, c: {"type": "paid", "amount": -read_sum(m[1])}),
    (r"struck (\w+), recorded by mistake", lambda m, c: {"type": "voided", "of": m[1]}),
)


class Telling:
    """A history, heard sentence by sentence; the events follow their booking."""

    def __init__(self, zone: ZoneInfo, by: datetime) -> None:
        self.clock = Clock(zone, by.date())
        self.history: Json = {"bookings": [], "messages": [], "as_of": by.isoformat()}
        self.clocks: dict[str, Clock] = {}  # by id of a booking or message: its own day
        self._ids = 0

    def hear(self, sentence: str) -> None:
        """Add what one sentence tells: a booking, a message, or an event of the last booking."""
        if match := _BOOKING.fullmatch(sentence):
            self._add_booking(match)
        elif match := _WROTE.fullmatch(sentence):
            self._add_message(match, {"type": "received", "person": match["person"]})
        elif match := _ANSWERED.fullmatch(sentence):
            asked = self.message(match["to"])
            self._add_message(
                match, {"type": "replied", "person": asked["person"], "to": match["to"]}
            )
        else:
            if not self.history["bookings"]:
                raise NotUnderstoodError("an event before any booking")
            booking = self.history["bookings"][-1]
            event = read_event(sentence, self.clocks[booking["id"]])
            self._ids += 1
            booking["events"].append({"id": f"x{self._ids:02}", **event})

    def message(self, named: str) -> Json:
        """The message with that id."""
        return self._find("messages", named)

    def booking(self, named: str) -> Json:
        """The booking with that id."""
        return self._find("bookings", named)

    def imagine(self, sentence: str) -> Json:
        """Turn the sentence of a question, what if, into its document."""
        if match := _IF_BOOKED.fullmatch(sentence):
            start = self.clock.read(f"{match['date']} {match['time']}").isoformat()
            return {"book": {"person": match["person"], "start": start, "kind": match["kind"]}}
        match = _IF_DONE.fullmatch(sentence)
        if match is None:
            raise NotUnderstoodError("no such question")
        booking = self.booking(match["booking"])["id"]
        event = read_event(match["event"], self.clocks[booking])
        if "id" in event:
            raise NotUnderstoodError("what has not happened yet has no id")
        return {"booking": booking, "event": event}

    def _find(self, kind: str, named: str) -> Json:
        rows: list[Json] = self.history[kind]
        for row in rows:
            if row["id"] == named:
                return row
        raise NotUnderstoodError(f"nothing was told of {named}")

    def _add_booking(self, match: re.Match[str]) -> None:
        clock = self.clock
        start = clock.read(f"{match['date']} {match['time']}")
        booking: Json = {
            "id": match["id"],
            "person": match["person"],
            "start": start.isoformat(),
            "minutes": int(match["minutes"]),
            "price": read_sum(match["price"] or "0.00"),
            "kind": "free" if match["kind"] == "free session" else "paid",
            "events": [],
        }
        if match["engagement"]:
            booking["engagement"] = match["engagement"]
        if match["booked"]:
            booking["booked_at"] = clock.on(start.date()).read(match["booked"]).isoformat()
        self.history["bookings"].append(booking)
        self.clocks[match["id"]] = clock.on(start.date())

    def _add_message(self, match: re.Match[str], said: Json) -> None:
        at = self.clock.read(match["when"])
        self.history["messages"].append({"id": match["id"], "at": at.isoformat(), **said})
        self.clocks[match["id"]] = self.clock.on(at.date())


def read_event(sentence: str, clock: Clock) -> Json:
    """Read `15:12 client arrived, because of illness (x7)`; the id only where it is said."""
    match = _EVENT.fullmatch(sentence)
    if match is None:
        raise NotUnderstoodError("neither a booking, nor a message, nor an event")
    event: Json = {"by": match["by"], "at": clock.read(match["when"]).isoformat()}
    if match["cause"]:
        event["cause"] = match["cause"]
    if match["id"]:
        event["id"] = match["id"]
    for pattern, meaning in _DEEDS:
        if deed := re.fullmatch(pattern, match["deed"]):
            return {**event, **meaning(deed, clock)}
    raise NotUnderstoodError(f"{match['deed']!r} is nothing that happens")
