"""What is asked about the ledger."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Max

from miedza.agreements.models import RulesVersion
from miedza.agreements.queries import read_holding
from miedza.core.history import Booking as CoreBooking
from miedza.core.history import History
from miedza.core.terms import read_terms
from miedza.db.ids import derive_id
from miedza.ledger.facts import leave_out_voided, to_core_booking, to_instant, write_history
from miedza.ledger.governing import Governing, find_governing, list_judged
from miedza.ledger.models import Event, Meeting, Retraction, Ruling, Strike
from miedza.ledger.shifting import put_shifted

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from miedza.core.terms import Terms
    from miedza.people.models import Person


def list_meetings(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> list[Meeting]:
    """All meetings booked with a person but those struck, with the rules they were booked under."""
    struck = Strike.objects.of(practice_id).values("meeting_id")
    meetings = Meeting.objects.of(practice_id).filter(person_id=person_id).exclude(id__in=struck)
    listed = list(meetings)
    _join_rules(practice_id, listed)
    put_shifted(practice_id=practice_id, meetings=listed, meeting__person_id=person_id)
    return sorted(listed, key=lambda meeting: (meeting.start_at, meeting.id))


def _join_rules(practice_id: uuid.UUID, meetings: list[Meeting]) -> None:
    """Give many meetings the few versions of the rules that they were booked under."""
    versions = RulesVersion.objects.of(practice_id).in_bulk({each.rules_id for each in meetings})
    for meeting in meetings:
        meeting.rules = versions[meeting.rules_id]


def find_meeting(*, practice_id: uuid.UUID, meeting_id: uuid.UUID) -> Meeting | None:
    """One meeting with its rules, or None; a struck one is none."""
    struck = Strike.objects.of(practice_id).values("meeting_id")
    meetings = Meeting.objects.of(practice_id).filter(id=meeting_id).exclude(id__in=struck)
    found = meetings.select_related("rules", "person").first()
    if found is not None:
        put_shifted(practice_id=practice_id, meetings=[found], meeting_id=meeting_id)
    return found


def list_holding(*, practice_id: uuid.UUID) -> QuerySet[Ruling]:
    """The rulings of a practice that hold: those that nothing has retracted."""
    gone = Retraction.objects.of(practice_id).values("ruling_id")
    return Ruling.objects.of(practice_id).exclude(id__in=gone)


def list_standing(*, practice_id: uuid.UUID, meeting_id: uuid.UUID) -> list[Event]:
    """The events of a meeting that were not taken back, in order of time."""
    events = Event.objects.of(practice_id).filter(meeting_id=meeting_id)
    standing = leave_out_voided(events.order_by("at", "id"))
    put_shifted(practice_id=practice_id, events=standing, meeting_id=meeting_id)
    return standing


def find_standing(*, practice_id: uuid.UUID, event_id: uuid.UUID) -> tuple[Event | None, uuid.UUID]:
    """The event that stands under an id, or under one that followed from it; its id, or a free one.

    An event that was taken back leaves its id to those that say the same anew.
    """
    events = Event.objects.of(practice_id)
    while (event := events.filter(id=event_id).first()) is not None:
        if not events.filter(voids_id=event_id).exists():
            break
        event_id = derive_id(event_id)
    return event, event_id


def find_event(*, practice_id: uuid.UUID, event_id: uuid.UUID) -> Event | None:
    """One event, or None."""
    return Event.objects.of(practice_id).filter(id=event_id).first()


def find_least_notice(meeting: Meeting, *, by: str) -> int | None:
    """The least notice that a side gave when it moved a meeting, in seconds; None if it never did.

    A move does not make the notice of a later cancellation longer.
    """
    start, notices = meeting.start_at, []
    for event in list_standing(practice_id=meeting.practice_id, meeting_id=meeting.id):
        if event.type != "moved" or event.to_at is None:
            continue
        if event.by == by:
            notices.append(to_instant(start) - to_instant(event.at))
        start = event.to_at
    return min(notices, default=None)


class Case(NamedTuple):
    """The meetings of one person under one version of the rules: what is judged together."""

    governing: Governing
    terms: Terms
    bookings: list[CoreBooking]

    def history(self, as_of: int) -> History:
        """The case as the core judges it, up to an instant."""
        return History(self.bookings, [], as_of)

    def document(self, as_of: int) -> dict[str, Any]:
        """The history as `miedza judge` reads it."""
        return write_history(self.bookings, as_of)


def read_cases(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> list[Case]:
    """The cases of a person, one for each version of the rules their meetings are judged by."""
    meetings = list_meetings(practice_id=practice_id, person_id=person_id)
    events: dict[uuid.UUID, list[Event]] = defaultdict(list)
    ids = [meeting.id for meeting in meetings]
    told = list(Event.objects.of(practice_id).filter(meeting_id__in=ids).order_by("at", "id"))
    put_shifted(practice_id=practice_id, events=told, meeting__person_id=person_id)
    for event in told:
        events[event.meeting_id].append(event)
    holding = read_holding(practice_id=practice_id, person_ids=[person_id])[person_id]
    cases: dict[tuple[uuid.UUID, bool], Case] = {}
    for meeting in meetings:
        governing = find_governing(meeting, events[meeting.id], holding)
        key = (governing.rules.id, governing.holds)
        if key not in cases:
            cases[key] = Case(governing, read_terms(governing.terms), [])
        judged = list_judged(meeting, events[meeting.id], governing)
        booking = to_core_booking(meeting, judged, governing.booked_at)
        cases[key].bookings.append(booking)
    return list(cases.values())


def find_case(
    *, practice_id: uuid.UUID, person_id: uuid.UUID, meeting_id: uuid.UUID
) -> Case | None:
    """The case to which a meeting belongs, or None where it was struck."""
    cases = read_cases(practice_id=practice_id, person_id=person_id)
    wanted = str(meeting_id)
    return next((case for case in cases if any(b.id == wanted for b in case.bookings)), None)


def find_terms(meeting: Meeting) -> Terms | None:
    """By which terms a meeting is judged; None where its client has not accepted them."""
    practice_id, person_id = meeting.practice_id, meeting.person_id
    events = Event.objects.of(practice_id).filter(meeting_id=meeting.id).order_by("at", "id")
    holding = read_holding(practice_id=practice_id, person_ids=[person_id])[person_id]
    governing = find_governing(meeting, events, holding)
    return read_terms(governing.terms) if governing.agreed else None


def find_terms_ahead(
    *, person: Person, rules: RulesVersion, start_at: datetime, now: datetime
) -> Terms | None:
    """By which terms a meeting booked now would be judged; None where nothing would hold."""
    practice_id = person.practice_id
    meeting = Meeting(rules=rules, booked_at=now, start_at=start_at)
    holding = read_holding(practice_id=practice_id, person_ids=[person.id])[person.id]
    governing = find_governing(meeting, [], holding)
    return read_terms(governing.terms) if governing.holds else None


def find_agreed(*, practice_id: uuid.UUID, meetings: Iterable[Meeting]) -> set[uuid.UUID]:
    """Which of some meetings are judged by rules that their client has accepted."""
    meetings = list(meetings)
    events: dict[uuid.UUID, list[Event]] = defaultdict(list)
    ids = [meeting.id for meeting in meetings]
    for event in Event.objects.of(practice_id).filter(meeting_id__in=ids):
        events[event.meeting_id].append(event)
    persons = {meeting.person_id for meeting in meetings}
    holding = read_holding(practice_id=practice_id, person_ids=persons)
    return {
        meeting.id
        for meeting in meetings
        if find_governing(meeting, events[meeting.id], holding[meeting.person_id]).agreed
    }


def export_case(case: Case, *, now: datetime) -> dict[str, Any]:
    """Terms and history as one line for `miedza judge --lines`."""
    return {"terms": case.governing.terms, "history": case.document(to_instant(now))}


def find_last_change(*, practice_id: uuid.UUID) -> datetime | None:
    """When the ledger of a practice was last added to; None while it is empty. It never falls."""
    times = (
        Meeting.objects.of(practice_id).aggregate(last=Max("booked_at")),
        Event.objects.of(practice_id).aggregate(last=Max("recorded_at")),
        Strike.objects.of(practice_id).aggregate(last=Max("at")),
    )
    return max((each["last"] for each in times if each["last"] is not None), default=None)
