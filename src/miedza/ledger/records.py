"""What the ledger holds about some meetings, read at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import OuterRef, Q, Subquery

from miedza.ledger.models import (
    Decision,
    Event,
    Meeting,
    Objection,
    Retraction,
    Ruling,
    Settlement,
    Strike,
    Waiver,
)
from miedza.ledger.queries import list_holding
from miedza.ledger.shifting import put_shifted

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from django.db.models import QuerySet


class Record(NamedTuple):
    """All that the ledger holds about some meetings, each list in order of time."""

    meetings: list[Meeting]
    events: dict[uuid.UUID, list[Event]]
    """By meeting; none where they were not asked for."""
    rulings: dict[uuid.UUID, list[Ruling]]
    """By meeting; only those that hold."""
    settlements: dict[uuid.UUID, Settlement]
    """By meeting; the last edition."""
    waivers: dict[uuid.UUID, Waiver]
    """By ruling."""
    decisions: dict[uuid.UUID, Decision]
    """By ruling; the last edition."""
    objections: dict[uuid.UUID, list[Objection]]
    """By ruling."""

    @property
    def last_written_at(self) -> datetime | None:
        """When anything of this was written last."""
        events = (event.recorded_at for group in self.events.values() for event in group)
        rulings = (ruling.made_at for ruling in self.each_ruling())
        settlements = (settlement.made_at for settlement in self.settlements.values())
        return max((*events, *rulings, *settlements), default=None)

    def each_ruling(self) -> Iterator[Ruling]:
        """All rulings that hold, meeting by meeting."""
        for group in self.rulings.values():
            yield from group

    def is_waiting(self, ruling: Ruling) -> bool:
        """Whether a crossing waits to be decided: it has a fee or a step, and no decision."""
        if ruling.verdict != "crossed" or ruling.id in self.waivers:
            return False
        if not ruling.is_fee and ruling.step is None:
            return False
        decision = self.decisions.get(ruling.id)
        return decision is None or decision.choice in ("talk", "open")

    def is_due(self, ruling: Ruling) -> bool:
        """Whether what a ruling owes is to be paid: not given away and, for a fee, decided."""
        if ruling.owed_by is None or ruling.id in self.waivers:
            return False
        return not (ruling.is_fee and self.is_waiting(ruling))


def read_record(*, practice_id: uuid.UUID, meetings: Iterable[Meeting]) -> Record:
    """Read what the ledger holds about some meetings; as many questions however many they are."""
    meetings = sorted(meetings, key=lambda meeting: (meeting.start_at, meeting.id))
    ids = [meeting.id for meeting in meetings]
    events = Event.objects.of(practice_id).filter(meeting_id__in=ids)
    return _read(practice_id, meetings, {"meeting_id__in": ids}, events)


def read_many(*, practice_id: uuid.UUID, among: QuerySet[Any] | None = None) -> Record:
    """Read the record of all meetings of a practice, or of many, which a question names.

    Events are left out: what they brought stands in the rulings.

    Args:
        practice_id: of which practice.
        among: a question for the ids of the meetings that count; None for all.
    """
    struck = Strike.objects.of(practice_id).values("meeting_id")
    meetings = Meeting.objects.of(practice_id).exclude(id__in=struck)
    scope: dict[str, Any] = {"meeting__practice_id": practice_id}
    if among is not None:
        meetings, scope["meeting_id__in"] = meetings.filter(id__in=among), among
    listed = list(meetings.select_related("person", "rules").order_by("start_at", "id"))
    return _read(practice_id, listed, scope, Event.objects.of(practice_id).none())


def _read(
    practice_id: uuid.UUID, meetings: list[Meeting], scope: dict[str, Any], events: QuerySet[Event]
) -> Record:
    """Read all that belongs to some meetings, which the scope names."""
    of_rulings = {f"ruling__{name}": value for name, value in scope.items()}
    of_rulings["ruling__practice_id"] = practice_id
    by_event: dict[uuid.UUID, list[Event]] = defaultdict(list)
    told = list(events.order_by("at", "id"))
    put_shifted(practice_id=practice_id, meetings=meetings, events=told, **scope)
    for event in told:
        by_event[event.meeting_id].append(event)
    retractions = Retraction.objects.of(practice_id).filter(**of_rulings)
    retracted = set(retractions.values_list("ruling_id", flat=True))
    rulings: dict[uuid.UUID, list[Ruling]] = defaultdict(list)
    known = {meeting.id for meeting in meetings}
    for ruling in Ruling.objects.of(practice_id).filter(**scope).order_by("at", "id"):
        if ruling.id not in retracted and ruling.meeting_id in known:
            rulings[ruling.meeting_id].append(ruling)
    newest = Settlement.objects.of(practice_id).filter(**scope).order_by("edition")
    waivers = Waiver.objects.of(practice_id).filter(**of_rulings)
    decisions = Decision.objects.of(practice_id).filter(**of_rulings).order_by("edition")
    objections: dict[uuid.UUID, list[Objection]] = defaultdict(list)
    for objection in Objection.objects.of(practice_id).filter(**of_rulings).order_by("at", "id"):
        objections[objection.ruling_id].append(objection)
    return Record(
        meetings,
        by_event,
        rulings,
        {each.meeting_id: each for each in newest if each.meeting_id in known},
        {waiver.ruling_id: waiver for waiver in waivers},
        {decision.ruling_id: decision for decision in decisions},
        objections,
    )


def list_waiting(*, practice_id: uuid.UUID) -> QuerySet[Ruling]:
    """The crossings of a practice that wait to be decided, the newest first.

    Those for which `Record.is_waiting` is true, without reading the whole ledger.
    """
    of = practice_id
    struck = Strike.objects.of(of).values("meeting_id")
    given = Waiver.objects.of(of).values("ruling_id")
    last = Decision.objects.of(of).filter(ruling_id=OuterRef("id")).order_by("-edition")
    crossed = list_holding(practice_id=of).filter(verdict="crossed")
    standing = crossed.exclude(meeting_id__in=struck).exclude(id__in=given)
    with_consequence = standing.filter(Q(owed_by="client") | Q(step__isnull=False))
    decided = with_consequence.annotate(choice=Subquery(last.values("choice")[:1]))
    # Asked for what it is not, a ruling without a decision would be left out: SQL's NULL.
    waiting = decided.filter(Q(choice=None) | Q(choice__in=("talk", "open")))
    return waiting.order_by("-at", "-id")
