"""The ledger beside what the core says about the exported case: they must be one and the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miedza.bookings.models import FREE_AGAIN, Booking
from miedza.core.documents import judge_document
from miedza.core.instants import format_instant, parse_instant
from miedza.core.judgement import judge
from miedza.ledger.facts import to_datetime, to_instant
from miedza.ledger.models import Retraction, Ruling
from miedza.ledger.queries import export_case, list_meetings, read_cases
from miedza.ledger.records import read_record

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.ledger.models import Meeting, Settlement


def assert_figures_hold(practice_id: uuid.UUID, person_id: uuid.UUID, now: datetime) -> None:
    """Every ruling and settlement stored is what the exported case brings, and so is the calendar.

    Args:
        practice_id: whose ledger.
        person_id: of whom.
        now: when the person was judged last.
    """
    meetings = list_meetings(practice_id=practice_id, person_id=person_id)
    record = read_record(practice_id=practice_id, meetings=meetings)
    as_of = max(now, record.last_written_at or now)
    by_id = {str(meeting.id): meeting for meeting in meetings}
    said: list[dict[str, Any]] = []
    settled: list[dict[str, Any]] = []
    for case in read_cases(practice_id=practice_id, person_id=person_id):
        document = export_case(case, now=as_of)
        answer = judge_document(document["terms"], document["history"])
        said += answer["rulings"]
        settled += answer["settlements"]
        judgement = judge(case.terms, case.history(to_instant(as_of)))
        for booking_id, start in judgement.starts.items():
            _assert_calendar(by_id[booking_id], start, judgement.deadlines[booking_id], record)
    stored = [
        _write_ruling(by_id[str(meeting_id)], ruling)
        for meeting_id, rulings in record.rulings.items()
        for ruling in rulings
    ]
    assert sorted(stored, key=_order) == sorted(said, key=_order)
    kept = [_write_settlement(one) for one in record.settlements.values()]
    assert sorted(kept, key=_booking) == sorted(settled, key=_booking)


def _assert_calendar(meeting: Meeting, start: int, deadline: int | None, record: Any) -> None:
    """The booking's row says what the judgement says."""
    booking = Booking.objects.of(meeting.practice_id).get(id=meeting.id)
    outcome = record.settlements[meeting.id].outcome
    assert booking.starts_at == to_datetime(start)
    assert booking.judge_again_at == (None if deadline is None else to_datetime(deadline))
    assert (booking.outcome, booking.occupies) == (outcome, outcome not in FREE_AGAIN)


def assert_only_added_to(practice_id: uuid.UUID) -> None:
    """Editions follow each other, and of each ruling only the last may hold."""
    gone = set(Retraction.objects.of(practice_id).values_list("ruling_id", flat=True))
    editions: dict[tuple[Any, ...], list[Ruling]] = {}
    for ruling in Ruling.objects.of(practice_id).order_by("edition"):
        key = (ruling.meeting_id, ruling.source, ruling.rule, ruling.reason, ruling.at)
        editions.setdefault(key, []).append(ruling)
    for rulings in editions.values():
        assert [ruling.edition for ruling in rulings] == list(range(1, len(rulings) + 1))
        assert all(ruling.id in gone for ruling in rulings[:-1])


def _order(ruling: dict[str, Any]) -> tuple[Any, ...]:
    return (
        parse_instant(ruling["at"]), ruling["booking"], ruling["rule"], ruling["reason"],
        ruling["events"],
    )  # fmt: skip


def _booking(settlement: dict[str, Any]) -> str:
    return str(settlement["booking"])


def _write_ruling(meeting: Meeting, ruling: Ruling) -> dict[str, Any]:
    return {
        "rule": ruling.rule,
        "by": ruling.by,
        "person": str(meeting.person_id),
        "booking": str(meeting.id),
        "events": ruling.events,
        "at": format_instant(to_instant(ruling.at)),
        "verdict": ruling.verdict,
        "reason": ruling.reason,
        "minutes": ruling.minutes,
        "amount": ruling.amount_minor,
        "owed_by": ruling.owed_by,
        "facts": ruling.facts,
        "step": ruling.step,
    }


def _write_settlement(settlement: Settlement) -> dict[str, Any]:
    return {
        "booking": str(settlement.meeting_id),
        "outcome": settlement.outcome,
        "client": settlement.client_minor,
        "practitioner": settlement.practitioner_minor,
        "paid": settlement.paid_minor,
        "uses_session": settlement.uses_session,
    }
