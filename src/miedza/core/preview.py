"""Preview: what a step would cost, before it is taken."""

from __future__ import annotations

from miedza.core.judgement import judge
from miedza.core.values import NamedTuple
from miedza.core.zones import find_zone, local_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from miedza.core.history import History
    from miedza.core.questions import Request, Step
    from miedza.core.ruling import Ruling, Settlement
    from miedza.core.terms import Terms


class Preview(NamedTuple):
    """What the rules would say."""

    rulings: list[Ruling]
    """Those the step would bring at once."""
    settlement: Settlement | None
    """Of its booking, after it; None for a request."""
    refused: str | None
    """`free_per_person` or `free_per_month`, where a request cannot be granted."""

    def as_document(self) -> dict[str, Any]:
        """The preview as the commands and the API answer it."""
        settlement = self.settlement
        return {
            "rulings": [ruling.as_document() for ruling in self.rulings],
            "settlement": None if settlement is None else settlement.as_document(),
            "refused": self.refused,
        }


def preview_step(terms: Terms, history: History, step: Step) -> Preview:
    """Judge as if the step had been taken; the history ends at its instant."""
    event = step.event
    before = history._replace(as_of=event.at)
    bookings = [
        booking._replace(events=[*booking.events, event]) if booking.id == step.booking else booking
        for booking in before.bookings
    ]
    after = judge(terms, before._replace(bookings=bookings))
    settlement = next(s for s in after.settlements if s.booking == step.booking)
    if event.type == "voided":
        stood = [_what_it_says(r) for r in judge(terms, before).rulings]
        brought = [
            r for r in after.rulings if r.subject == step.booking and _what_it_says(r) not in stood
        ]
    else:
        brought = [r for r in after.rulings if event.id in r.events]
    rulings = [r._replace(events=tuple(e for e in r.events if e != event.id)) for r in brought]
    return Preview(rulings, settlement, None)


def _what_it_says(ruling: Ruling) -> Ruling:
    """A ruling without the numbers that only its sentence needs."""
    telling = ("excused_by", "forgiven", "missing")
    return ruling._replace(facts={name: ruling.facts.get(name) for name in telling})


def preview_request(terms: Terms, history: History, request: Request) -> Preview:
    """Tell whether a free session can be booked; whatever is paid for can be."""
    rule = terms.rules.get("free_session")
    if rule is None or not request.free:
        return Preview([], None, None)
    judgement = judge(terms, history)
    outcomes = {settlement.booking: settlement.outcome for settlement in judgement.settlements}
    counted = [b for b in history.bookings if b.free and outcomes[b.id] != "cancelled"]
    if sum(booking.person == request.person for booking in counted) >= rule["per_person"]:
        return Preview([], None, "free_per_person")
    zone = find_zone(terms.time_zone)
    assert zone is not None  # noqa: S101 - the terms were refused otherwise.
    month = local_date(request.start, zone).replace(day=1)
    starts = [local_date(judgement.starts[b.id], zone).replace(day=1) for b in counted]
    full = starts.count(month) >= rule["per_month"]
    return Preview([], None, "free_per_month" if full else None)
