"""Whether the ledger says what follows from its events. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from miedza.core.judgement import judge
from miedza.ledger.facts import RULING_FIELDS, to_datetime, to_instant, to_ruling_fields
from miedza.ledger.judging import Standing
from miedza.ledger.models import Meeting, Retraction, Ruling, Settlement, Strike
from miedza.ledger.queries import list_meetings, read_cases
from miedza.ledger.records import Record, read_record

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator
    from datetime import datetime

    from miedza.core.ruling import Settlement as CoreSettlement
    from miedza.ledger.models import Event


class Replay(NamedTuple):
    """What the ledger holds about a person, and what judging its events anew brings."""

    record: Record
    rulings: dict[uuid.UUID, list[dict[str, Any]]]
    """By meeting, as columns."""
    settlements: dict[uuid.UUID, CoreSettlement]
    """By meeting."""
    standings: dict[uuid.UUID, Standing]
    """By meeting."""


def list_booked(*, practice_id: uuid.UUID) -> list[uuid.UUID]:
    """The ids of the persons with whom a meeting was ever agreed."""
    meetings = Meeting.objects.of(practice_id).order_by("person_id")
    return list(meetings.values_list("person_id", flat=True).distinct())


def replay(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> Replay:
    """Judge anew what happened with a person, as of the instant at which it was judged last.

    Deadlines that passed since then are not in it: nobody has judged them yet.

    Raises:
        miedza.core.faults.InvalidDocument: the terms a meeting was booked under cannot be read.
    """
    meetings = {m.id: m for m in list_meetings(practice_id=practice_id, person_id=person_id)}
    record = read_record(practice_id=practice_id, meetings=meetings.values())
    as_of = find_last_judged(practice_id=practice_id, person_id=person_id, record=record)
    by_name = {str(meeting_id): meeting_id for meeting_id in meetings}
    found = Replay(record, defaultdict(list), {}, {})
    for case in read_cases(practice_id=practice_id, person_id=person_id):
        judgement = judge(case.terms, case.history(0 if as_of is None else to_instant(as_of)))
        for ruling in judgement.rulings:
            found.rulings[by_name[ruling.subject]].append(to_ruling_fields(ruling))
        for settlement in judgement.settlements:
            name, deadline = settlement.booking, judgement.deadlines[settlement.booking]
            found.settlements[by_name[name]] = settlement
            found.standings[by_name[name]] = Standing(
                settlement.outcome,
                to_datetime(judgement.starts[name]),
                None if deadline is None else to_datetime(deadline),
            )
    return found


def find_last_judged(
    *, practice_id: uuid.UUID, person_id: uuid.UUID, record: Record
) -> datetime | None:
    """When what stands about a person was judged last, as far as it left anything; or None."""
    ids = [meeting.id for meeting in record.meetings]
    retractions = Retraction.objects.of(practice_id).filter(
        ruling__practice_id=practice_id, ruling__meeting_id__in=ids
    )
    strikes = Strike.objects.of(practice_id).filter(
        meeting__practice_id=practice_id, meeting__person_id=person_id
    )
    written = [
        record.last_written_at,
        retractions.order_by("-made_at").values_list("made_at", flat=True).first(),
        strikes.order_by("-at").values_list("at", flat=True).first(),
    ]
    return max((at for at in written if at is not None), default=None)


def find_false_rulings(played: Replay) -> Iterator[str]:
    """Rulings and settlements that stand and do not follow, or follow and do not stand."""
    for meeting in played.record.meetings:
        stored = [
            {name: getattr(ruling, name) for name in RULING_FIELDS}
            for ruling in played.record.rulings[meeting.id]
        ]
        found = played.rulings[meeting.id]
        for ruling in stored:
            if ruling not in found:
                yield f"Meeting {meeting.id}: {_tell(ruling)} stands, and does not follow."
        for ruling in found:
            if ruling not in stored:
                yield f"Meeting {meeting.id}: {_tell(ruling)} follows, and does not stand."
        if len(stored) != len({str(ruling) for ruling in stored}):
            yield f"Meeting {meeting.id}: a ruling stands twice."
        yield from _compare_settlement(
            meeting, played.record.settlements.get(meeting.id), played.settlements[meeting.id]
        )


def _tell(ruling: dict[str, Any]) -> str:
    """A ruling in a few words."""
    owed = (
        f", {ruling['amount_minor']} owed by the {ruling['owed_by']}," if ruling["owed_by"] else ""
    )
    at = f"{ruling['at']:%Y-%m-%d %H:%M}"
    return f"the ruling {ruling['rule']} {ruling['reason']} ({ruling['verdict']}) of {at}{owed}"


def _compare_settlement(
    meeting: Meeting, held: Settlement | None, found: CoreSettlement
) -> Iterator[str]:
    """Where a settlement is not what follows."""
    if held is None:
        yield f"Meeting {meeting.id} has no settlement."
        return
    fields = {
        "outcome": found.outcome,
        "client_minor": found.client,
        "practitioner_minor": found.practitioner,
        "paid_minor": found.paid,
        "uses_session": found.uses_session,
    }
    for name, value in fields.items():
        stands = getattr(held, name)
        if stands != value:
            yield f"Meeting {meeting.id}: its settlement says {name} {stands}, judging {value}."


def find_false_sums(record: Record) -> Iterator[str]:
    """Settlements that are not the sum of their rulings and payments, added up without judging."""
    for meeting in record.meetings:
        held = record.settlements.get(meeting.id)
        if held is None:
            continue
        owed = {"client": 0, "practitioner": 0}
        for ruling in record.rulings[meeting.id]:
            if ruling.owed_by is not None:
                owed[ruling.owed_by] += ruling.amount_minor
        price = 0 if meeting.kind == "free" else meeting.price_minor
        sums = {
            "client_minor": owed["client"] + (price if held.outcome == "held" else 0),
            "practitioner_minor": owed["practitioner"],
            "paid_minor": _add_payments(record.events[meeting.id]),
        }
        for name, value in sums.items():
            stands = getattr(held, name)
            if stands != value:
                yield f"Meeting {meeting.id}: {name} is {stands}, its parts add up to {value}."


def _add_payments(events: list[Event]) -> int:
    """What was paid and not taken back."""
    voided = {event.voids_id for event in events}
    return sum(
        event.amount_minor or 0
        for event in events
        if event.type == "paid" and event.id not in voided
    )


def find_false_editions(*, practice_id: uuid.UUID) -> Iterator[str]:
    """Editions that do not follow each other, and rulings that hold beside a later edition."""
    gone = set(Retraction.objects.of(practice_id).values_list("ruling_id", flat=True))
    same = ("meeting_id", "source", "rule", "reason", "at")
    rulings = Ruling.objects.of(practice_id).order_by(*same, "edition")
    rows = rulings.values_list(*same, "edition", "id").iterator(chunk_size=2000)
    for (meeting_id, _source, rule, reason, _at), found in groupby(rows, key=lambda row: row[:5]):
        editions = list(found)
        told = f"Meeting {meeting_id}: the ruling {rule} {reason}"
        if [edition for *_same, edition, _id in editions] != list(range(1, len(editions) + 1)):
            yield f"{told} has editions that do not follow each other."
        if any(ruling_id not in gone for *_same, ruling_id in editions[:-1]):
            yield f"{told} holds in an edition that is not the last."
    settlements = Settlement.objects.of(practice_id).order_by("meeting_id", "edition")
    pairs = settlements.values_list("meeting_id", "edition").iterator(chunk_size=2000)
    for meeting_id, settled in groupby(pairs, key=lambda pair: pair[0]):
        numbers = [edition for _meeting_id, edition in settled]
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"Meeting {meeting_id}: its settlements do not follow each other."
