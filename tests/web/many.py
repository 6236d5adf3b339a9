"""Thousands of rows behind a page, made in a few statements."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from miedza.bookings.models import Booking, Taken
from miedza.db.ids import make_id
from miedza.ledger.models import Decision, Event, Meeting, Objection, Ruling, Settlement, Waiver
from miedza.people.models import Person
from tests.web.pages import present

if TYPE_CHECKING:
    from miedza.agreements.models import RulesVersion
    from miedza.practice.models import Practitioner


def add_meetings(
    practitioner: Practitioner, person: Person, rules: RulesVersion, number: int, *, first: int = 0
) -> None:
    """Add meetings of the past, each with an event, a fee and a kept word; some of it answered."""
    practice = practitioner.practice
    meetings, times, bookings, events, rulings, settlements = [], [], [], [], [], []
    answers: list[Waiver | Decision | Objection] = []
    for index in range(first, first + number):
        start = present() - timedelta(hours=3 + 2 * index)
        of: Any = {"practice": practice, "meeting_id": make_id()}
        meetings.append(Meeting(
            id=of["meeting_id"], practice=practice, person_id=person.id, rules_id=rules.id,
            booked_at=start - timedelta(days=9), start_at=start, minutes=60, price_minor=200,
            kind="paid",
        ))  # fmt: skip
        when: Any = {
            "id": of["meeting_id"], "practice": practice, "practitioner_id": practitioner.id,
            "calendar_key": practitioner.calendar_key, "starts_at": start,
            "ends_at": start + timedelta(hours=1), "occupies": False,
        }  # fmt: skip
        times.append(Taken(**when))
        bookings.append(Booking(**when, person_id=person.id, minutes=60, outcome="missed"))
        event = Event(**of, type="left", by="practitioner", at=start, recorded_at=start)
        events.append(event)
        rulings.extend(_make_rulings(of, event))
        settlements.append(Settlement(
            **of, edition=1, outcome="missed", client_minor=200, practitioner_minor=0,
            paid_minor=0, uses_session=True, made_at=start,
        ))  # fmt: skip
        answers.append(_make_answer(practitioner, rulings[-1], index))
    Meeting.across.bulk_create(meetings)
    Taken.across.bulk_create(times)
    Booking.across.bulk_create(bookings)
    Event.across.bulk_create(events)
    Ruling.across.bulk_create(rulings)
    Settlement.across.bulk_create(settlements)
    for answer in answers:
        answer.save(force_insert=True)


def _make_rulings(of: Any, event: Event) -> list[Ruling]:
    """A kept word of the practitioner, and the client's fee."""
    same: Any = {**of, "source": str(event.id), "events": [str(event.id)], "at": event.at}
    return [
        Ruling(
            **same, rule="lateness", reason="on_time", by="practitioner", verdict="kept",
            minutes=0, amount_minor=0, facts={}, edition=1, made_at=event.at,
        ),
        Ruling(
            **same, rule="missed", reason="missed", by="client", verdict="crossed", minutes=0,
            amount_minor=200, owed_by="client", facts={"percent": 100}, step="remind", edition=1,
            made_at=event.at,
        ),
    ]  # fmt: skip


def _make_answer(
    practitioner: Practitioner, ruling: Ruling, index: int
) -> Waiver | Decision | Objection:
    """What somebody said to a fee: a gift, a decision or another view, in turn."""
    of: Any = {"practice": practitioner.practice, "ruling_id": ruling.id}
    if index % 3 == 2:
        waiver = Waiver(**of, by="practitioner", at=ruling.at)
        waiver.seal_text(practitioner.practice.key, "a gift")
        return waiver
    if index % 3 == 1:
        return Decision(**of, edition=1, choice="apply", made_at=ruling.at)
    objection = Objection(**of, at=ruling.at)
    objection.seal_text(practitioner.practice.key, "otherwise")
    return objection
