"""In which order things can have happened with a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miedza.ledger.facts import to_instant
from miedza.ledger.queries import list_standing

if TYPE_CHECKING:
    from miedza.ledger.models import Meeting


class NotBegun(ValueError):  # noqa: N818 - named for what is refused.
    """Nobody holds, ends or stops waiting for a meeting that has not begun."""


class Overtaken(ValueError):  # noqa: N818 - named for what is refused.
    """The client has cancelled or moved it since; that is taken back first, and they are told."""


def check_order(meeting: Meeting, type: str, at: int, entered_by: str) -> None:  # noqa: A002 - the field's own name.
    """Refuse what could not be so then, and what would undo a client's deed behind their back.

    Raises:
        NotBegun: it would have been held, or waited for, before it began.
        Overtaken: the client has cancelled or moved it since.
    """
    if type not in ("held", "ended", "left", "cancelled", "moved"):
        return
    start, overtaken = to_instant(meeting.start_at), False
    for event in list_standing(practice_id=meeting.practice_id, meeting_id=meeting.id):
        if event.type == "moved" and event.to_at is not None and to_instant(event.at) <= at:
            start = to_instant(event.to_at)
        deed = event.entered_by == "client" and event.type in ("cancelled", "moved")
        overtaken = overtaken or (deed and to_instant(event.at) >= at)
    if overtaken and entered_by == "practitioner":
        raise Overtaken
    if type in ("held", "ended", "left") and at < start:
        raise NotBegun
