"""What a step would cost, said before its button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miedza.core.history import Event
from miedza.core.instants import DAY
from miedza.core.preview import preview_step
from miedza.core.questions import Step
from miedza.ledger.facts import to_instant
from miedza.ledger.queries import read_cases
from miedza.web.practitioner.saying import say_ruling

if TYPE_CHECKING:
    from miedza.ledger.models import Meeting
    from miedza.web.practitioner.saying import Said
    from miedza.web.practitioner.strip import Reader

_LAST_ID = "~"
"""Sorts after every id of the ledger: the step comes after all that is recorded."""


def preview_steps(reader: Reader, meeting: Meeting, *, is_open: bool) -> dict[str, Said]:
    """What cancelling and moving now would bring, by `<type>_<side>`."""
    if not is_open:
        return {}
    cases = read_cases(practice_id=meeting.practice_id, person_id=meeting.person_id)
    case = next(case for case in cases if case.rules.id == meeting.rules_id)
    at = to_instant(reader.now)
    history = case.history(at)
    outlooks: dict[str, Said] = {}
    for kind in ("cancelled", "moved"):
        for by in ("client", "practitioner"):
            event = Event(at, _LAST_ID, kind, by, None, at + DAY if kind == "moved" else None)
            preview = preview_step(case.terms, history, Step(str(meeting.id), event))
            if preview.rulings:
                outlooks[f"{kind}_{by}"] = say_ruling(
                    preview.rulings[0],
                    language=reader.language,
                    currency=case.terms.currency,
                    zone=case.terms.time_zone,
                )
    return outlooks
