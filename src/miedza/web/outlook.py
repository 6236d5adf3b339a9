"""What a step would cost, said before its button."""

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

    from miedza.ledger.models import Meeting
    from miedza.ledger.queries import Case
    from miedza.messaging.saying import Said
    from miedza.web.strip import Reader

_LAST_ID = "~"
"""Sorts after every id of the ledger: the step comes after all that is recorded."""


class Outlook:
    """What the rules would say of steps with one meeting, each taken now."""

    def __init__(self, reader: Reader, meeting: Meeting) -> None:
        """Read the case once, however many steps are asked about."""
        self.reader = reader
        self.meeting = meeting
        self.case: Case | None = find_case(
            practice_id=meeting.practice_id, person_id=meeting.person_id, meeting_id=meeting.id
        )

    def ask(
        self,
        kind: str,
        by: str,
        *,
        at: datetime | None = None,
        to_at: datetime | None = None,
        cause: str | None = None,
    ) -> Said | None:
        """What one step would bring; None where the rules say nothing of it.

        Args:
            kind: the type of the event.
            by: the side that takes the step.
            at: when it is taken; now where nothing is said.
            to_at: where a move goes; a day later where nothing is said.
            cause: of hardship, if any.
        """
        if self.case is None:
            return None
        instant = to_instant(at or self.reader.now)
        to = (instant + DAY if to_at is None else to_instant(to_at)) if kind == "moved" else None
        event = Event(instant, _LAST_ID, kind, by, cause, to)
        history = self.case.history(instant)
        step = Step(str(self.meeting.id), event)
        rulings = preview_step(self.case.terms, history, step).rulings
        return self.reader.say(rulings[0]) if rulings else None


def preview_steps(reader: Reader, meeting: Meeting, *, is_open: bool) -> dict[str, Said]:
    """What cancelling and moving now would bring, by `<type>_<side>`."""
    if not is_open:
        return {}
    outlook = Outlook(reader, meeting)
    outlooks: dict[str, Said] = {}
    for kind in ("cancelled", "moved"):
        for by in ("client", "practitioner"):
            said = outlook.ask(kind, by)
            if said is not None:
                outlooks[f"{kind}_{by}"] = said
    return outlooks
