"""Rulings and settlements: what the rules say, as values."""

from __future__ import annotations

from miedza.core.instants import format_instant
from miedza.core.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Ruling(NamedTuple):
    """What a rule says about one thing that somebody did, or did not.

    Rulings sort as they are answered: by instant, booking or message, rule, reason, events.
    """

    at: int
    """When it came about: the instant of the event, or of the deadline."""
    subject: str
    """The id of the booking, or, for the rule `messages`, of the message."""
    rule: str
    """The rule's name in the terms."""
    reason: str
    """A code; its sentences are in `words`."""
    events: tuple[str, ...]
    """The ids of the events that brought it, sorted; none for a deadline."""
    by: str | None
    """Whose doing it was, `client` or `practitioner`; None where a person must say."""
    person: str
    """The person the booking or message belongs to."""
    verdict: str
    """`kept`, `crossed`, `excused` (crossed, and forgiven) or `unclear`."""
    minutes: int
    """Minutes, rounded up; 0 where the reason has none."""
    amount: int
    """What is owed, in minor units."""
    owed_by: str | None
    """Who owes it; None where the amount is 0."""
    facts: dict[str, Any]
    """The numbers that the sentence needs beside these."""
    step: str | None = None
    """The step of the goodwill ladder, for a penalty that stayed crossed."""

    def as_document(self) -> dict[str, Any]:
        """The ruling as the commands and the API answer it."""
        return {
            "rule": self.rule,
            "by": self.by,
            "person": self.person,
            "message" if self.rule == "messages" else "booking": self.subject,
            "events": list(self.events),
            "at": format_instant(self.at),
            "verdict": self.verdict,
            "reason": self.reason,
            "minutes": self.minutes,
            "amount": self.amount,
            "owed_by": self.owed_by,
            "facts": self.facts,
            "step": self.step,
        }


class Settlement(NamedTuple):
    """What a booking comes to for both sides, before what was paid."""

    booking: str
    outcome: str
    """`open`, `held`, `cancelled`, `missed`, `released` or `unclear`."""
    client: int
    """What the client owes, in minor units."""
    practitioner: int
    """What the practitioner owes."""
    paid: int
    """What the client has paid, refunds taken off."""
    uses_session: bool
    """Whether it uses one session of a package."""

    def as_document(self) -> dict[str, Any]:
        """The settlement as the commands and the API answer it."""
        return {
            "booking": self.booking,
            "outcome": self.outcome,
            "client": self.client,
            "practitioner": self.practitioner,
            "paid": self.paid,
            "uses_session": self.uses_session,
        }


def settle(
    booking: str, outcome: str, price: int, paid: int, *, client: int, practitioner: int
) -> Settlement:
    """Settle a booking from what its rulings come to.

    Held, the client owes the price and the fees. Otherwise a fee stands in the place of the price.

    Args:
        booking: its id.
        outcome: how it ended, or how it stands.
        price: in minor units; 0 for a free session.
        paid: in minor units.
        client: the sum of the rulings the client owes.
        practitioner: the sum of the rulings the practitioner owes.
    """
    held = outcome == "held"
    return Settlement(
        booking=booking,
        outcome=outcome,
        client=price + client if held else client,
        practitioner=practitioner,
        paid=paid,
        uses_session=held or client >= price > 0,
    )
