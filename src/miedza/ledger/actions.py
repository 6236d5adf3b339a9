"""What adds to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.db import transaction

from miedza.db.ids import derive_id, make_id
from miedza.ledger.facts import leave_out_voided
from miedza.ledger.judging import write_waiver
from miedza.ledger.models import Event, Meeting, Retraction, Shift, Strike, Waiver
from miedza.ledger.queries import find_standing, list_holding, list_standing
from miedza.ledger.records import read_record
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime
    from typing import Unpack

    from miedza.agreements.models import RulesVersion
    from miedza.people.models import Person
    from miedza.practice.models import Practice


class NotOwed(ValueError):  # noqa: N818 - named for what is refused.
    """Only the one who is owed may waive, and only what is owed and still holds."""


class CannotVoid(ValueError):  # noqa: N818 - named for what is refused.
    """Only an event of the same meeting can be corrected, once, and a correction never."""


class CannotStrike(ValueError):  # noqa: N818 - named for what is refused.
    """Only a meeting is struck to which nothing happened and with which its client did nothing."""


class Details(TypedDict, total=False):
    """What some types of events say beside who, what and when."""

    cause: str | None
    to_at: datetime | None
    """Where a move goes."""
    minutes: int | None
    """Of an extension."""
    agreed: bool
    """For an extension, whether both said yes before the planned end."""
    amount_minor: int | None
    """What was paid."""
    text: str | None
    """Of a request or incident; it is sealed."""
    voids_id: uuid.UUID | None
    """The event that a correction takes back."""


def record_meeting(
    *,
    practice: Practice,
    person: Person,
    rules: RulesVersion,
    start_at: datetime,
    minutes: int,
    price_minor: int,
    kind: str,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Meeting:
    """Write down what was agreed at booking; an `id` that is taken leads to another."""
    wanted = id or make_id()
    while Meeting.objects.of(practice.id).filter(id=wanted).exists():
        wanted = derive_id(wanted)
    return Meeting.across.create(
        id=wanted,
        practice=practice,
        person_id=person.id,
        rules_id=rules.id,
        booked_at=now,
        start_at=start_at,
        minutes=minutes,
        price_minor=price_minor,
        kind=kind,
    )


def shift_start(
    *, practice: Practice, meeting_id: uuid.UUID, was_at: datetime, to_at: datetime, now: datetime
) -> Shift:
    """Write down that a meeting begins at another instant, though the clocks there show the same.

    Args:
        practice: in which.
        meeting_id: of which meeting.
        was_at: its start until now, after all moves.
        to_at: its start from now on.
        now: the present instant.
    """
    events = list_standing(practice_id=practice.id, meeting_id=meeting_id)
    led_here = [event for event in events if event.type == "moved" and event.to_at == was_at]
    return Shift.across.create(
        practice=practice, meeting_id=meeting_id, event_id=led_here[-1].id if led_here else None,
        to_at=to_at, made_at=now,
    )  # fmt: skip


def strike_meeting(*, practice: Practice, meeting: Meeting, now: datetime) -> Strike:
    """Strike a meeting that was entered by mistake: it is judged as if it had never been there.

    Raises:
        CannotStrike: something happened to it, or it was struck before.
    """
    record = read_record(practice_id=practice.id, meetings=[meeting])
    events = record.events[meeting.id]
    if leave_out_voided(events) or any(event.entered_by == "client" for event in events):
        raise CannotStrike
    if Strike.objects.of(practice.id).filter(meeting_id=meeting.id).exists():
        raise CannotStrike
    for ruling in record.rulings[meeting.id]:  # Those of deadlines.
        Retraction.across.create(practice=practice, ruling_id=ruling.id, made_at=now)
    return Strike.across.create(practice=practice, meeting_id=meeting.id, at=now)


def record_event(
    *,
    practice: Practice,
    meeting: Meeting,
    type: str,  # noqa: A002 - the field's own name in the contract of the rules.
    by: str,
    at: datetime,
    now: datetime,
    entered_by: str = "practitioner",
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
    **details: Unpack[Details],
) -> Event:
    """Write down what happened. Judging is a step of its own.

    Said twice with one `id`, it is one event, unless it was taken back in between.

    Args:
        practice: whose ledger.
        meeting: what it happened with.
        type: one of `EVENT_FIELDS`.
        by: whose doing it was.
        at: when it happened.
        now: the present instant.
        entered_by: who writes it down.
        id: of the event, where one was handed out with a form.
        details: what events of this type say besides.

    Raises:
        CannotVoid: `voids_id` names no event that can be corrected.
    """
    if type == "voided":
        _check_voids(practice, meeting, details.get("voids_id"))
    text = details.pop("text", None)
    before, wanted = find_standing(practice_id=practice.id, event_id=id or make_id())
    if before is not None:
        return before
    event = Event(
        id=wanted,
        practice=practice,
        meeting_id=meeting.id,
        type=type,
        by=by,
        at=at.replace(microsecond=0),
        recorded_at=now,
        entered_by=entered_by,
        **details,
    )
    event.seal_text(practice.key, text)
    event.save(force_insert=True)
    return event


def _check_voids(practice: Practice, meeting: Meeting, voids_id: uuid.UUID | None) -> None:
    """Refuse a correction of nothing, of another meeting, of a correction, or a second one."""
    events = Event.objects.of(practice.id).filter(meeting_id=meeting.id)
    named = None if voids_id is None else events.filter(id=voids_id).first()
    if named is None or named.type == "voided" or events.filter(voids_id=voids_id).exists():
        raise CannotVoid


@transaction.atomic
def waive(
    *,
    practice: Practice,
    meeting_id: uuid.UUID,
    ruling_id: uuid.UUID,
    by: str,
    reason: str,
    now: datetime,
) -> Waiver:
    """Give away what a ruling says one is owed.

    Args:
        practice: whose ledger.
        meeting_id: the meeting the ruling is about.
        ruling_id: the ruling.
        by: the side that gives: the one who is owed.
        reason: why, in its own words.
        now: the present instant.

    Raises:
        NotOwed: the ruling owes this side nothing, no longer holds, or was waived before.
    """
    lock_practice(practice_id=practice.id)
    holding = list_holding(practice_id=practice.id)
    ruling = holding.filter(id=ruling_id, meeting_id=meeting_id).first()
    owed_by = {"practitioner": "client", "client": "practitioner"}[by]
    waived = Waiver.objects.of(practice.id).filter(ruling_id=ruling_id).exists()
    if ruling is None or ruling.owed_by != owed_by or waived:
        raise NotOwed
    return write_waiver(practice, ruling, by, reason, now)
