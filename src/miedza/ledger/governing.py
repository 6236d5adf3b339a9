"""By which rules a meeting is judged: those that both sides had agreed to.

A meeting booked under rules that its client had accepted is judged by them. One that was booked
before, begins after they hold, and to which nothing had happened by then, comes under them with the
acceptance. Before rules hold that were introduced into running work, nothing is judged. Where a
person was never asked, the rules in force at booking say what they would say; nobody has agreed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from miedza.ledger.facts import leave_out_voided

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from miedza.agreements.models import Acceptance, RulesVersion
    from miedza.agreements.queries import Holding
    from miedza.ledger.models import Event, Meeting

_CHANGES_NOTHING = ("paid", "request_added", "incident")
"""Events after which a meeting can still come under rules: they are no deed that rules judge."""


class Governing(NamedTuple):
    """What a meeting is judged by."""

    rules: RulesVersion
    """The version; where nothing holds, the one whose currency and clock are used."""
    holds: bool
    """Whether its rules judge; else only the price counts."""
    agreed: bool
    """Whether the client had accepted it: a fee that nobody agreed to is not charged."""
    booked_at: datetime
    """When the meeting came under these rules."""

    @property
    def terms(self) -> dict[str, Any]:
        """The terms as `miedza judge` reads them."""
        terms: dict[str, Any] = self.rules.terms
        if self.holds:
            return terms
        bare = {"session": {"minutes": terms["rules"]["session"]["minutes"]}}
        return {**terms, "rules": bare, "practitioner": {}}


def find_governing(meeting: Meeting, events: Iterable[Event], holding: Holding) -> Governing:
    """Find by what a meeting is judged.

    Args:
        meeting: with the rules in force when it was booked.
        events: all of the meeting.
        holding: what its person has agreed to.
    """
    before = [
        each
        for each in holding.acceptances
        if each.accepted_at <= meeting.booked_at and each.holds_at <= meeting.start_at
    ]
    if before:
        return Governing(before[-1].rules, True, True, meeting.booked_at)
    deeds = _list_deeds(events)
    for each in holding.acceptances:
        if _comes_under(meeting, deeds, each):
            return Governing(each.rules, True, True, max(meeting.booked_at, each.holds_at))
    judged = not (holding.acceptances or holding.introduced)
    return Governing(meeting.rules, judged, False, meeting.booked_at)


def list_judged(meeting: Meeting, events: Iterable[Event], governing: Governing) -> list[Event]:
    """The events of a meeting that its rules may judge: no request from before they held."""
    events = list(events)
    if governing.booked_at == meeting.booked_at:
        return events
    early = {e.id for e in events if e.type == "request_added" and e.at < governing.booked_at}
    return [e for e in events if e.id not in early and e.voids_id not in early]


def _list_deeds(events: Iterable[Event]) -> list[Event]:
    """What was done and not taken back."""
    return [event for event in leave_out_voided(events) if event.type not in _CHANGES_NOTHING]


def _comes_under(meeting: Meeting, deeds: list[Event], acceptance: Acceptance) -> bool:
    """Tell whether a meeting that was booked before comes under accepted rules."""
    holds_at = acceptance.holds_at
    known = [deed for deed in deeds if deed.recorded_at <= holds_at]
    if meeting.start_at < holds_at or any(deed.at < holds_at for deed in known):
        return False  # What is written down later, with an earlier date, takes nothing back.
    payment = acceptance.rules.terms["rules"].get("payment", {})
    if payment.get("due") != "before_session":
        return True
    return bool(meeting.start_at - timedelta(hours=payment["hours"]) >= holds_at)
