"""Telling the year of one practice: what was agreed, what happened, what was decided."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from miedza.agreements.accepting import Evidence, accept, invite, show_agreement
from miedza.agreements.queries import find_in_force
from miedza.bookings.agreeing import find_asked
from miedza.bookings.entering import enter
from miedza.bookings.judging import judge_person
from miedza.cli.demo_year import FREE_WEEKS, THE_TUTORS_STORY, draw_meeting
from miedza.ledger.actions import record_event, waive
from miedza.ledger.deciding import decide, object_to
from miedza.ledger.queries import find_agreed
from miedza.ledger.records import read_many

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

    from miedza.agreements.models import Invitation
    from miedza.cli.demo_casts import Cast, Client, Scene
    from miedza.cli.demo_year import Told
    from miedza.ledger.models import Meeting, Ruling
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner


class Stage(NamedTuple):
    """One practice while its year is told."""

    scene: Scene
    cast: Cast
    practitioner: Practitioner
    chance: Random
    monday: datetime
    """This week's Monday, at midnight on the clocks of the practice, in UTC."""
    now: datetime

    def at(self, weeks_ago: int, days: int, hour: int) -> datetime:
        """An hour of a day, so many weeks ago, on the clocks of the practice."""
        zone = ZoneInfo(self.scene.zone)
        monday = self.monday.astimezone(zone).date()
        day = monday - timedelta(weeks=weeks_ago) + timedelta(days=days)
        return datetime.combine(day, time(hour), zone).astimezone(UTC)


def tell_year(stage: Stage, client: Client, person: Person, index: int) -> None:
    """Tell all meetings with a client, week by week; each has a day and an hour of their own."""
    first, last = client.weeks
    hour = 10 if index % 2 else 15
    story = len(THE_TUTORS_STORY) if client.temper == "forgets" else 0
    if client.accepts and not story:
        agree(stage, person, stage.at(first + 1, index, 12))
    for week in range(first, last, -1):
        if story and week == story - FREE_WEEKS + 1:
            _introduce(stage, person, stage.at(week, 0, 0))
        start = stage.at(week, index, hour)
        if week > story:
            told: Sequence[Told] = draw_meeting(stage.chance, client.temper, person.usual_minutes)
        else:
            told = THE_TUTORS_STORY[story - week]
        _tell(stage, person, start, told)
    judge_person(
        practice=stage.practitioner.practice, person_id=person.id, now=stage.now, tells=False
    )


def agree(stage: Stage, person: Person, at: datetime, invitation: Invitation | None = None) -> None:
    """Let somebody accept the rules in force, or whoever answers for them."""
    practice = stage.practitioner.practice
    rules = find_in_force(practice_id=practice.id, at=at)
    assert rules is not None  # noqa: S101 - they were published when the practice was founded.
    by = find_asked(practice=practice, person=person)
    text = show_agreement(
        practice=practice, person=person, rules=rules, language=person.language,
        invitation=invitation, now=at,
    )  # fmt: skip
    accept(
        practice=practice, person=person, accepted_by=by, language=person.language,
        text_digest=text.digest, typed_name=by.name,
        evidence=Evidence("link", "192.0.2.1", "Mozilla/5.0", by.email),
        invitation=invitation, now=at,
    )  # fmt: skip


def _introduce(stage: Stage, person: Person, holds_at: datetime) -> None:
    """Introduce the rules into work that already runs, with a date from which they hold."""
    practice = stage.practitioner.practice
    written = holds_at - timedelta(days=4)
    asked = find_asked(practice=practice, person=person)
    invitation, _token = invite(
        practice=practice, person=person, asked=asked, holds_at=holds_at,
        words=stage.scene.introduction, mailed_to=asked.email, now=written,
    )  # fmt: skip
    agree(stage, person, written + timedelta(hours=30), invitation)


def _tell(stage: Stage, person: Person, start: datetime, told: Iterable[Told]) -> None:
    """Book a meeting a week ahead, and let happen what is told."""
    practice = stage.practitioner.practice
    meeting = _enter(stage, person, start, start - timedelta(days=7, hours=2))
    happened = [each for each in told if start + timedelta(minutes=each.minutes) <= stage.now]
    for each in happened:
        at = start + timedelta(minutes=each.minutes)
        to = None if each.to_minutes is None else start + timedelta(minutes=each.to_minutes)
        record_event(
            practice=practice, meeting=meeting, type=each.type, by=each.by, at=at, now=at,
            to_at=to, minutes=each.extended, agreed=each.extended is not None, cause=each.cause,
        )  # fmt: skip
    if happened and happened[-1].type in ("ended", "held") and stage.chance.random() < 0.9:
        paid_at = min(start + timedelta(days=1), stage.now)
        record_event(
            practice=practice, meeting=meeting, type="paid", by="client", at=paid_at, now=paid_at,
            amount_minor=meeting.price_minor,
        )  # fmt: skip


def _enter(stage: Stage, person: Person, start: datetime, at: datetime) -> Meeting:
    """Book a meeting at the usual length and price; it is judged with all others at the end."""
    return enter(
        practice=stage.practitioner.practice, practitioner=stage.practitioner, person=person,
        starts_at=start, minutes=person.usual_minutes, price_minor=person.usual_price_minor,
        kind="paid", now=at,
    )  # fmt: skip


def book_this_week(stage: Stage, people: Sequence[Person]) -> None:
    """Meetings of today, before and after this hour, and one of tomorrow, with a request."""
    practice = stage.practitioner.practice
    zone = ZoneInfo(stage.scene.zone)
    hour = stage.now.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    for index, hours in enumerate((-2, 1, 25)):
        start = (hour + timedelta(hours=hours)).astimezone(UTC)
        person = people[index % len(people)]
        booked_at = stage.now if hours > 0 else stage.now - timedelta(days=7)
        meeting = _enter(stage, person, start, booked_at)  # Booked now: nobody needs reminding.
        if hours > 0:
            asked_at = stage.now - timedelta(hours=3)
            record_event(
                practice=practice, meeting=meeting, type="request_added", by="client",
                at=asked_at, now=asked_at, text=stage.cast.asks,
            )  # fmt: skip
    for person in people:
        judge_person(practice=practice, person_id=person.id, now=stage.now, tells=False)


def decide_what_waits(stage: Stage) -> None:
    """Decide about what is older than two weeks; the newest is left to whoever looks."""
    practice = stage.practitioner.practice
    record = read_many(practice_id=practice.id)
    agreed = find_agreed(practice_id=practice.id, meetings=record.meetings)
    waiting = [ruling for ruling in record.each_ruling() if record.is_waiting(ruling)]
    waiting.sort(key=lambda ruling: (ruling.at, ruling.rule, ruling.reason))
    given = objected = False
    for ruling in waiting:
        at = ruling.at + timedelta(days=2)
        if ruling.at > stage.now - timedelta(weeks=2):
            if ruling.owed_by == "client" and not objected:
                objected = True
                _object(stage, ruling)
        elif ruling.owed_by == "client" and not given:
            given = True
            waive(
                practice=practice, meeting_id=ruling.meeting_id, ruling_id=ruling.id,
                by="practitioner", reason=stage.scene.gift, now=at,
            )  # fmt: skip
        elif ruling.owed_by != "client" or ruling.meeting_id in agreed:
            decide(practice=practice, ruling_id=ruling.id, choice="apply", now=at)


def _object(stage: Stage, ruling: Ruling) -> None:
    """The client sees a fee of these days differently."""
    object_to(
        practice=stage.practitioner.practice, meeting_id=ruling.meeting_id, ruling_id=ruling.id,
        text=stage.scene.objection, now=min(ruling.at + timedelta(hours=5), stage.now),
    )  # fmt: skip
