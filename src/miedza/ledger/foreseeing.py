"""What a step with a meeting would bring, before it is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miedza.core.history import Event
from miedza.core.instants import DAY
from miedza.core.preview import preview_step
from miedza.core.questions import Step
from miedza.ledger.facts import to_instant
from miedza.ledger.queries import find_case

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.core.ruling import Ruling
    from miedza.ledger.models import Meeting
    from miedza.ledger.queries import Case

_LAST_ID = "~"
"""Sorts after every id of the ledger: the step comes after all that is recorded."""


class Foresight:
    """What the rules would say of steps with one meeting."""

    def __init__(self, meeting: Meeting, side: str) -> None:
        """Read the case once, however many steps are asked about.

        Args:
            meeting: with which the steps would be taken.
            side: who asks. A client is told of no rules that they have not accepted.
        """
        self.meeting = meeting
        case = find_case(
            practice_id=meeting.practice_id, person_id=meeting.person_id, meeting_id=meeting.id
        )
        hidden = case is None or (side == "client" and not case.governing.agreed)
        self.case: Case | None = None if hidden else case

    def ask(
        self,
        kind: str,
        by: str,
        *,
        at: datetime,
        to_at: datetime | None = None,
        cause: str | None = None,
    ) -> Ruling | None:
        """What one step would bring; None where the rules say nothing of it.

        Args:
            kind: the type of the event.
            by: the side that takes the step.
            at: when it is taken.
            to_at: where a move goes; a day later where nothing is said.
            cause: the reason that is given, if one is.
        """
        if self.case is None:
            return None
        instant = to_instant(at)
        to = (instant + DAY if to_at is None else to_instant(to_at)) if kind == "moved" else None
        step = Step(str(self.meeting.id), Event(instant, _LAST_ID, kind, by, cause, to))
        rulings = preview_step(self.case.terms, self.case.history(instant), step).rulings
        return rulings[0] if rulings else None


def tell_cost(ruling: Ruling | None) -> str:
    """What a step costs, to be compared with what its page said before the button."""
    return "" if ruling is None else f"{ruling.verdict} {ruling.owed_by} {ruling.amount}"
