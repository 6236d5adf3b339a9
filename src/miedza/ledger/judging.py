"""What follows from the ledger's events: rulings and settlements, judged and written down."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from miedza.core.judgement import judge
from miedza.ledger.facts import RULING_FIELDS, to_datetime, to_instant, to_ruling_fields
from miedza.ledger.models import (
    Decision,
    Meeting,
    Objection,
    Retraction,
    Ruling,
    Settlement,
    Waiver,
)
from miedza.ledger.queries import read_cases
from miedza.ledger.records import read_record
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.core.ruling import Ruling as CoreRuling
    from miedza.core.ruling import Settlement as CoreSettlement
    from miedza.practice.models import Practice


class Standing(NamedTuple):
    """How a meeting stands after judging."""

    outcome: str
    starts_at: datetime
    next_deadline_at: datetime | None
    """When it must be judged again though nothing happens; None where nothing is ahead."""


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
        _keep_answers(practice, before, ruling)


def _keep_answers(practice: Practice, before: list[Ruling], ruling: Ruling) -> None:
    """A gift and a decision stand when the same ruling comes anew and the same is owed.

    What the client sees differently stands in any case: it is about what happened.
    """
    if not before:
        return
    last = max(before, key=lambda old: old.edition)
    seen = Objection.objects.of(practice.id).filter(ruling_id=last.id)
    for objection in seen.order_by("at", "id"):
        again = Objection(practice=practice, ruling_id=ruling.id, at=objection.at)
        again.seal_text(practice.key, objection.open_text(practice.key))
        again.save(force_insert=True)
    same = [
        old.id
        for old in before
        if (old.owed_by, old.amount_minor) == (ruling.owed_by, ruling.amount_minor)
    ]
    given = Waiver.objects.of(practice.id).filter(ruling_id__in=same).order_by("at").first()
    if given is not None:
        write_waiver(practice, ruling, given.by, given.open_text(practice.key), given.at)
    decisions = Decision.objects.of(practice.id).filter(ruling_id__in=same)
    decided = decisions.order_by("made_at", "edition", "id").last()
    if decided is not None:
        Decision.across.create(
            practice=practice, ruling_id=ruling.id, edition=1, choice=decided.choice,
            made_at=decided.made_at,
        )  # fmt: skip


def write_waiver(practice: Practice, ruling: Ruling, by: str, reason: str, at: datetime) -> Waiver:
    """Write a gift down, its reason sealed."""
    waiver = Waiver(practice=practice, ruling_id=ruling.id, by=by, at=at)
    waiver.seal_text(practice.key, reason)
    waiver.save(force_insert=True)
    return waiver


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
