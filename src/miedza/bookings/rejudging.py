"""What clients did by themselves, judged otherwise than they were told: they are told."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from miedza.bookings.inviting import invite_to
from miedza.bookings.queries import find_booking
from miedza.bookings.telling import say_rulings_of, tell
from miedza.ledger.models import Event
from miedza.ledger.queries import find_meeting, find_terms, list_holding
from miedza.messaging.letters_of_corrections import say_act, tell_rejudged, tell_released

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.bookings.models import Booking
    from miedza.practice.models import Practice


class Deed(NamedTuple):
    """A move or a cancellation of a client, and what the rules say of it."""

    event: Event
    said: list[tuple[str, str | None, int]]
    """Verdicts, who owes, and how much in minor units."""


def read_deeds(
    *, practice: Practice, person_id: uuid.UUID, before: datetime
) -> dict[uuid.UUID, Deed]:
    """What a client did by themselves before an instant, but for what was taken back."""
    events = Event.objects.of(practice.id).filter(meeting__person_id=person_id)
    deeds = list(
        events.filter(
            entered_by="client", type__in=("cancelled", "moved"), recorded_at__lt=before
        ).exclude(id__in=events.filter(type="voided").values("voids_id"))
    )
    if not deeds:
        return {}
    said: dict[str, list[tuple[str, str | None, int]]] = defaultdict(list)
    holding = list_holding(practice_id=practice.id)
    rulings = holding.filter(source__in=[str(deed.id) for deed in deeds])
    for ruling in rulings.order_by("rule", "reason"):
        said[ruling.source].append((ruling.verdict, ruling.owed_by, ruling.amount_minor))
    return {deed.id: Deed(deed, said[str(deed.id)]) for deed in deeds}


def tell_changes(
    *, practice: Practice, before: dict[uuid.UUID, Deed], after: dict[uuid.UUID, Deed],
    now: datetime,
) -> None:  # fmt: skip
    """Tell a client of each of their deeds of which the rules now say something else."""
    for event_id, (event, said) in before.items():
        if event_id not in after or after[event_id].said == said:
            continue
        booking = find_booking(practice_id=practice.id, booking_id=event.meeting_id)
        meeting = find_meeting(practice_id=practice.id, meeting_id=event.meeting_id)
        if booking is not None and meeting is not None and find_terms(meeting) is not None:
            _tell_rejudged(practice, booking, event, now)


def _tell_rejudged(practice: Practice, booking: Booking, event: Event, now: datetime) -> None:
    tell(
        practice=practice, booking=booking, purpose="stands",
        write=lambda meeting: tell_rejudged(
            meeting, act=say_act(event.type), said=say_rulings_of(meeting, event)
        ),
        sides=("client",), key=f"{event.id}:{now:%Y%m%d%H%M%S%f}", now=now,
    )  # fmt: skip


def tell_of_release(*, practice: Practice, booking: Booking, now: datetime) -> None:
    """Tell both sides that a meeting ahead was not paid for in time."""
    found = find_booking(practice_id=practice.id, booking_id=booking.id)
    if found is not None:
        tell(
            practice=practice, booking=found, purpose="released", write=tell_released,
            sides=("client", "practitioner"), key=f"{booking.id}:{booking.starts_at:%Y%m%d%H%M}",
            now=now, invite=invite_to([found]),
        )  # fmt: skip
