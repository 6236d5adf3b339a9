"""What a step would cost, said before its button."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from miedza.ledger.foreseeing import Foresight, tell_cost

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.ledger.models import Meeting
    from miedza.messaging.saying import Said
    from miedza.web.strip import Reader


class Foreseen(NamedTuple):
    """What a step would bring."""

    said: Said | None
    """In words; None where the rules say nothing of it."""
    cost: str
    """To be sent back with the step, and compared."""
    excused: Said | None
    """In words, where that was asked, what a reason would change; None where it changes nothing."""


class Outlook:
    """What the rules would say of steps with one meeting, each taken now."""

    def __init__(self, reader: Reader, meeting: Meeting) -> None:
        """Read the case once, however many steps are asked about."""
        self.reader = reader
        self.foresight = Foresight(meeting, reader.side)

    def ask(
        self,
        kind: str,
        by: str,
        *,
        at: datetime | None = None,
        to_at: datetime | None = None,
        reasons: bool = False,
    ) -> Foreseen:
        """What one step would bring.

        Args:
            kind: the type of the event.
            by: the side that takes the step.
            at: when it is taken; now where nothing is said.
            to_at: where a move goes; a day later where nothing is said.
            reasons: whether to ask, too, what a reason would change.
        """
        ask = partial(self.foresight.ask, kind, by, at=at or self.reader.now, to_at=to_at)
        ruling, other = ask(), ask(cause="illness") if reasons else None
        if tell_cost(other) == tell_cost(ruling):
            other = None
        said, excused = (each and self.reader.say(each) for each in (ruling, other))
        return Foreseen(said, tell_cost(ruling), excused)


def preview_steps(reader: Reader, meeting: Meeting, *, is_open: bool) -> dict[str, Foreseen]:
    """What cancelling and moving now would bring, by `<type>_<side>`."""
    if not is_open:
        return {}
    outlook = Outlook(reader, meeting)
    asked = {
        f"{kind}_{by}": outlook.ask(kind, by, reasons=True)
        for kind in ("cancelled", "moved")
        for by in ("client", "practitioner")
    }
    return {key: foreseen for key, foreseen in asked.items() if foreseen.said is not None}
