"""What adds to the ledger."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from django.db import transaction

from miedza.core.judgement import judge
from miedza.db.encryption import seal
from miedza.db.ids import make_id
from miedza.ledger.facts import RULING_FIELDS, to_datetime, to_instant, to_ruling_fields
from miedza.ledger.models import Event, Meeting, Retraction, Ruling, Settlement, Strike, Waiver
from miedza.ledger.queries import read_cases, read_record, text_place
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime
    from typing import Unpack

    from miedza.agreements.models import RulesVersion
    from miedza.core.ruling import Ruling as CoreRuling
    from miedza.core.ruling import Settlement as CoreSettlement
    from miedza.people.models import Person
    from miedza.practice.models import Practice


class NotOwed(ValueError):  # noqa: N818 - named for what is refused.
    """Only the one who is owed may waive, and only what is owed and still holds."""


class CannotVoid(ValueError):  # noqa: N818 - named for what is refused.
    """Only an event of the same meeting can be corrected, once, and a correction never."""


class CannotStrike(ValueError):  # noqa: N818 - named for what is refused.
    """Only a meeting to which nothing has happened can be struck; the rest is corrected."""


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


class Standing(NamedTuple):
    """How a meeting stands after judging."""

    outcome: str
    starts_at: datetime
    next_deadline_at: datetime | None
    """When it must be judged again though nothing happens; None where nothing is ahead."""


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
) -> Meeting:
    """Write down what was agreed when a meeting was booked."""
    return Meeting.across.create(
        practice=practice,
        person_id=person.id,
        rules_id=rules.id,
        booked_at=now,
        start_at=start_at,
        minutes=minutes,
        price_minor=price_minor,
        kind=kind,
    )


def strike_meeting(*, practice: Practice, meeting: Meeting, now: datetime) -> Strike:
    """Strike a meeting that was entered by mistake: it is judged as if it had never been there.

    Raises:
        CannotStrike: something happened to it, or it was struck before.
    """
    record = read_record(practice_id=practice.id, meetings=[meeting])
    events = record.events[meeting.id]
    voided = {event.voids_id for event in events}
    if any(event.type != "voided" and event.id not in voided for event in events):
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
    **details: Unpack[Details],
) -> Event:
    """Write down what happened. Judging is a step of its own.

    Raises:
        CannotVoid: `voids_id` names no event that can be corrected.
    """
    if type == "voided":
        _check_voids(practice, meeting, details.get("voids_id"))
    text = details.pop("text", None)
    event = Event(
        id=make_id(),
        practice=practice,
        meeting_id=meeting.id,
        type=type,
        by=by,
        at=at.replace(microsecond=0),
        recorded_at=now,
        **details,
    )
    if text is not None:
        event.sealed_text = seal(practice.key, text, place=text_place(event))
    event.save(force_insert=True)
    return event


def _check_voids(practice: Practice, meeting: Meeting, voids_id: uuid.UUID | None) -> None:
    """Refuse a correction of nothing, of another meeting, of a correction, or a second one."""
    events = Event.objects.of(practice.id).filter(meeting_id=meeting.id)
    named = None if voids_id is None else events.filter(id=voids_id).first()
    if named is None or named.type == "voided" or events.filter(voids_id=voids_id).exists():
        raise CannotVoid


@transaction.atomic
def judge_person(
    *, practice: Practice, person_id: uuid.UUID, now: datetime
) -> dict[uuid.UUID, Standing]:
    """Judge everything between the practice and a person, and write down what is new.

    A ruling that a correction has taken away is retracted; it is never changed. What was judged
    once is not unjudged by somebody who looked at the clock before, and wrote after.

    Returns:
        How each meeting stands, by its id.
    """
    lock_practice(practice_id=practice.id)
    cases = read_cases(practice_id=practice.id, person_id=person_id)
    found: dict[uuid.UUID, list[CoreRuling]] = defaultdict(list)
    settled: dict[uuid.UUID, CoreSettlement] = {}
    standings: dict[uuid.UUID, Standing] = {}
    ids = {booking.id: booking for case in cases for booking in case.bookings}
    meetings = {str(m.id): m for m in Meeting.objects.of(practice.id).filter(id__in=list(ids))}
    record = read_record(practice_id=practice.id, meetings=meetings.values())
    now = max(now, record.last_written_at or now)
    for case in cases:
        judgement = judge(case.terms, case.history(to_instant(now)))
        for ruling in judgement.rulings:
            found[meetings[ruling.subject].id].append(ruling)
        for settlement in judgement.settlements:
            meeting = meetings[settlement.booking]
            settled[meeting.id] = settlement
            deadline = judgement.deadlines[settlement.booking]
            standings[meeting.id] = Standing(
                settlement.outcome,
                to_datetime(judgement.starts[settlement.booking]),
                None if deadline is None else to_datetime(deadline),
            )
    for meeting in record.meetings:
        _keep_rulings(practice, meeting, record.rulings[meeting.id], found[meeting.id], now)
        _keep_settlement(
            practice, meeting, record.settlements.get(meeting.id), settled[meeting.id], now
        )
    return standings


def _keep_rulings(
    practice: Practice,
    meeting: Meeting,
    held: list[Ruling],
    found: list[CoreRuling],
    now: datetime,
) -> None:
    """Add the rulings that are new; retract those that no longer hold."""
    wanted = [to_ruling_fields(ruling) for ruling in found]
    standing = [{name: getattr(ruling, name) for name in RULING_FIELDS} for ruling in held]
    for ruling, fields in zip(held, standing, strict=True):
        if fields not in wanted:
            Retraction.across.create(practice=practice, ruling_id=ruling.id, made_at=now)
    for fields in wanted:
        if fields in standing:
            continue
        same = {name: fields[name] for name in ("source", "rule", "reason", "at")}
        before = list(Ruling.objects.of(practice.id).filter(meeting_id=meeting.id, **same))
        ruling = Ruling.across.create(
            practice=practice, meeting_id=meeting.id, edition=len(before) + 1, made_at=now, **fields
        )
        _keep_waiver(practice, before, ruling)


def _keep_waiver(practice: Practice, before: list[Ruling], ruling: Ruling) -> None:
    """A gift stands when the same ruling comes anew and the same is owed."""
    same = [
        old.id
        for old in before
        if (old.owed_by, old.amount_minor) == (ruling.owed_by, ruling.amount_minor)
    ]
    given = Waiver.objects.of(practice.id).filter(ruling_id__in=same).order_by("at").first()
    if given is not None:
        Waiver.across.create(
            practice=practice, ruling_id=ruling.id, by=given.by, reason=given.reason, at=given.at
        )


def _keep_settlement(
    practice: Practice,
    meeting: Meeting,
    held: Settlement | None,
    found: CoreSettlement,
    now: datetime,
) -> None:
    """Add an edition of the settlement where it changed."""
    fields = {
        "outcome": found.outcome,
        "client_minor": found.client,
        "practitioner_minor": found.practitioner,
        "paid_minor": found.paid,
        "uses_session": found.uses_session,
    }
    if held is not None and all(getattr(held, name) == fields[name] for name in fields):
        return
    Settlement.across.create(
        practice=practice,
        meeting_id=meeting.id,
        edition=1 if held is None else held.edition + 1,
        made_at=now,
        **fields,
    )


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
    ruling = Ruling.objects.of(practice.id).filter(id=ruling_id, meeting_id=meeting_id).first()
    owed_by = {"practitioner": "client", "client": "practitioner"}[by]
    gone = Retraction.objects.of(practice.id).filter(ruling_id=ruling_id).exists()
    waived = Waiver.objects.of(practice.id).filter(ruling_id=ruling_id).exists()
    if ruling is None or ruling.owed_by != owed_by or gone or waived:
        raise NotOwed
    return Waiver.across.create(
        practice=practice, ruling_id=ruling.id, by=by, reason=reason, at=now
    )
