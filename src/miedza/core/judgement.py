"""Judgement: what the rules say about a whole history, and who owes what."""

from __future__ import annotations

from miedza.core.ruling import Ruling, Settlement, settle
from miedza.core.standing import apply_standing
from miedza.core.timeline import walk_booking
from miedza.core.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from miedza.core.history import History
    from miedza.core.terms import Terms


class Judgement(NamedTuple):
    """All that the rules say about a history."""

    rulings: list[Ruling]
    """Sorted by instant, booking or message, rule, reason, events."""
    settlements: list[Settlement]
    """One for each booking, sorted by its id."""
    starts: dict[str, int]
    """The start of each booking as it now stands, moves counted; seconds since 1970."""
    deadlines: dict[str, int | None]
    """The next deadline of each booking: when it is judged again though nothing happens."""

    def as_document(self) -> dict[str, Any]:
        """The judgement as the commands and the API answer it."""
        return {
            "rulings": [ruling.as_document() for ruling in self.rulings],
            "settlements": [settlement.as_document() for settlement in self.settlements],
        }


def judge(terms: Terms, history: History) -> Judgement:
    """Judge a history by one version of the rules. Nothing a person did makes this raise."""
    walks = [walk_booking(terms, booking, history.as_of) for booking in history.bookings]
    rulings = [ruling for walk in walks for ruling in walk.rulings]
    moves = [move for walk in walks for move in walk.moves]
    if moves:
        from miedza.core.rules.rescheduling import number_moves

        rulings.extend(number_moves(terms, moves))
    if history.messages:
        from miedza.core.rules.messages import judge_messages

        rulings.extend(judge_messages(terms, history.messages, history.as_of))
    causes = {
        event.id: event.cause
        for booking in history.bookings
        for event in booking.events
        if event.cause is not None
    }
    rulings = apply_standing(terms, rulings, causes)
    owed: dict[tuple[str, str], int] = {}
    for ruling in rulings:
        if ruling.owed_by is not None:
            key = (ruling.subject, ruling.owed_by)
            owed[key] = owed.get(key, 0) + ruling.amount
    settlements = [
        settle(
            walk.booking.id,
            walk.outcome,
            walk.price,
            walk.paid,
            client=owed.get((walk.booking.id, "client"), 0),
            practitioner=owed.get((walk.booking.id, "practitioner"), 0),
        )
        for walk in walks
    ]
    settlements.sort()
    starts = {walk.booking.id: walk.start for walk in walks}
    deadlines = {walk.booking.id: walk.next_deadline() for walk in walks}
    return Judgement(rulings, settlements, starts, deadlines)
