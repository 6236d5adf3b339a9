"""What is asked about the ledger."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from miedza.core.history import Booking as CoreBooking
from miedza.core.history import History
from miedza.core.terms import read_terms
from miedza.ledger.facts import to_core_booking, to_instant, write_history
from miedza.ledger.models import Event, Meeting, Retraction, Ruling, Settlement, Strike, Waiver

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime

    from miedza.agreements.models import RulesVersion
    from miedza.core.terms import Terms


class Record(NamedTuple):
    """All that the ledger holds about some meetings, each list in order of time."""

    meetings: list[Meeting]
    events: dict[uuid.UUID, list[Event]]
    """By meeting."""
    rulings: dict[uuid.UUID, list[Ruling]]
    """By meeting; only those that hold."""
    settlements: dict[uuid.UUID, Settlement]
    """By meeting; the last edition."""
    waivers: dict[uuid.UUID, Waiver]
    """By ruling."""

    @property
    def last_written_at(self) -> datetime | None:
        """When anything of this was written last."""
        events = (event.recorded_at for group in self.events.values() for event in group)
        rulings = (ruling.made_at for group in self.rulings.values() for ruling in group)
        settlements = (settlement.made_at for settlement in self.settlements.values())
        return max((*events, *rulings, *settlements), default=None)


def read_record(*, practice_id: uuid.UUID, meetings: Iterable[Meeting]) -> Record:
    """Read what the ledger holds about some meetings, in five questions however many they are."""
    meetings = sorted(meetings, key=lambda meeting: (meeting.start_at, meeting.id))
    ids = [meeting.id for meeting in meetings]
    events: dict[uuid.UUID, list[Event]] = defaultdict(list)
    for event in Event.objects.of(practice_id).filter(meeting_id__in=ids).order_by("at", "id"):
        events[event.meeting_id].append(event)
    retracted = set(
        Retraction.objects.of(practice_id)
        .filter(ruling__practice_id=practice_id, ruling__meeting_id__in=ids)
        .values_list("ruling_id", flat=True)
    )
    rulings: dict[uuid.UUID, list[Ruling]] = defaultdict(list)
    for ruling in Ruling.objects.of(practice_id).filter(meeting_id__in=ids).order_by("at", "id"):
        if ruling.id not in retracted:
            rulings[ruling.meeting_id].append(ruling)
    newest = Settlement.objects.of(practice_id).filter(meeting_id__in=ids).order_by("edition")
    waivers = Waiver.objects.of(practice_id).filter(
        ruling__practice_id=practice_id, ruling__meeting_id__in=ids
    )
    return Record(
        meetings,
        events,
        rulings,
        {settlement.meeting_id: settlement for settlement in newest},
        {waiver.ruling_id: waiver for waiver in waivers},
    )


def list_meetings(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> list[Meeting]:
    """All meetings booked with a person but those struck, with the rules they were booked under."""
    struck = Strike.objects.of(practice_id).values("meeting_id")
    meetings = Meeting.objects.of(practice_id).filter(person_id=person_id).exclude(id__in=struck)
    return list(meetings.select_related("rules").order_by("start_at", "id"))


def find_meeting(*, practice_id: uuid.UUID, meeting_id: uuid.UUID) -> Meeting | None:
    """One meeting with its rules, or None; a struck one is none."""
    struck = Strike.objects.of(practice_id).values("meeting_id")
    meetings = Meeting.objects.of(practice_id).filter(id=meeting_id).exclude(id__in=struck)
    return meetings.select_related("rules", "person").first()


class Case(NamedTuple):
    """The meetings of one person under one version of the rules: what is judged together."""

    rules: RulesVersion
    terms: Terms
    bookings: list[CoreBooking]

    def history(self, as_of: int) -> History:
        """The case as the core judges it, up to an instant."""
        return History(self.bookings, [], as_of)

    def document(self, as_of: int) -> dict[str, Any]:
        """The history as `miedza judge` reads it."""
        return write_history(self.bookings, as_of)


def read_cases(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> list[Case]:
    """The cases of a person, one for each version of the rules they have booked under.

    A meeting is judged by the version in force when it was booked, whatever came later.
    """
    meetings = list_meetings(practice_id=practice_id, person_id=person_id)
    events: dict[uuid.UUID, list[Event]] = defaultdict(list)
    ids = [meeting.id for meeting in meetings]
    for event in Event.objects.of(practice_id).filter(meeting_id__in=ids).order_by("at", "id"):
        events[event.meeting_id].append(event)
    by_rules: dict[uuid.UUID, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        by_rules[meeting.rules_id].append(meeting)
    return [
        Case(
            rules=group[0].rules,
            terms=read_terms(group[0].rules.terms),
            bookings=[to_core_booking(meeting, events[meeting.id]) for meeting in group],
        )
        for group in by_rules.values()
    ]


def export_case(case: Case, *, now: datetime) -> dict[str, Any]:
    """Terms and history as one line for `miedza judge --lines`."""
    return {"terms": case.rules.terms, "history": case.document(to_instant(now))}
