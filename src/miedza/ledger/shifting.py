"""Starts that a zone's new rules have put at other instants, read in place of the old ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miedza.ledger.models import Shift

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

    from miedza.ledger.models import Event, Meeting


def put_shifted(
    *,
    practice_id: uuid.UUID,
    meetings: Iterable[Meeting] = (),
    events: Iterable[Event] = (),
    **scope: Any,
) -> None:
    """Let meetings and moves that were read say the instants at which they now stand.

    Args:
        practice_id: of which practice.
        meetings: as they were booked.
        events: as they were recorded.
        scope: of which meetings, as a question for rows that name one.
    """
    meetings, moves = list(meetings), [event for event in events if event.to_at is not None]
    if not meetings and not moves:
        return
    shifts = Shift.objects.of(practice_id).filter(**scope).order_by("made_at", "id")
    stands = {shift.event_id or shift.meeting_id: shift.to_at for shift in shifts}
    for meeting in meetings:
        meeting.start_at = stands.get(meeting.id, meeting.start_at)
    for move in moves:
        move.to_at = stands.get(move.id, move.to_at)
