"""The waiting list: whoever waits is offered a time that is free for them, in order.

An offered time is kept until its deadline, so whoever is next never finds it gone; nobody is
offered the same time twice.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from miedza.bookings.choosing import Choice, choose_service, choose_usual
from miedza.bookings.groups import count_seats
from miedza.bookings.keeping import find_end, find_kept, keep
from miedza.bookings.limits import Blocked
from miedza.bookings.models import Kept, Taken, Waiting
from miedza.bookings.offering import list_free
from miedza.bookings.taking import list_frames
from miedza.bookings.telling_of_times import tell_of_offer
from miedza.core.hours import DAYS
from miedza.db.ids import make_id
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import date, datetime

    from django.db.models import QuerySet

    from miedza.bookings.models import Service
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner

LONGEST = timedelta(hours=24)
"""So long an offer waits at most; nearer to the meeting, half of what is left."""

SHORTEST = timedelta(minutes=30)
"""What leaves less than this to answer is not offered: it is on the page for everybody."""

MOST_WAITING = 5
"""So many entries one person may have in the waiting list."""


class WaitsEnough(ValueError):  # noqa: N818 - named for what is refused.
    """This person is in the waiting list often enough."""


class Wanted(NamedTuple):
    """What somebody waits for."""

    service: Service | None
    """None for the person's usual meeting."""
    first_date: date
    last_date: date
    days: list[str]
    """The days of the week that suit; empty for all."""
    frame: Taken | None = None
    """The group in which a seat is waited for."""


@transaction.atomic
def wait(
    *,
    practitioner: Practitioner,
    person: Person,
    wanted: Wanted,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Waiting:
    """Wait for a time; said twice with one `id`, it is one entry.

    Raises:
        Blocked: the practice does not want it.
        WaitsEnough: they are in the list `MOST_WAITING` times.
    """
    practice = practitioner.practice
    lock_practice(practice_id=practice.id)
    entries = Waiting.objects.of(practice.id).filter(person_id=person.id, ended_at=None)
    before = id and Waiting.objects.of(practice.id).filter(id=id).first()
    if before:
        return before
    person.refresh_from_db(fields=["blocked_at"])
    if person.blocked_at is not None:
        raise Blocked
    if entries.count() >= MOST_WAITING:
        raise WaitsEnough
    entry = Waiting.across.create(
        id=id or make_id(),
        practice=practice,
        person_id=person.id,
        practitioner_id=practitioner.id,
        service_id=wanted.service.id if wanted.service else None,
        frame_id=wanted.frame.id if wanted.frame else None,
        first_date=wanted.first_date,
        last_date=wanted.last_date,
        days=wanted.days,
        made_at=now,
    )
    offer_free(practitioner=practitioner, now=now)
    return entry


@transaction.atomic
def stop_waiting(*, practice: Practice, waiting_id: uuid.UUID, now: datetime) -> bool:
    """Leave the waiting list; tell whether one was in it."""
    lock_practice(practice_id=practice.id)
    entries = Waiting.objects.of(practice.id).filter(id=waiting_id, ended_at=None)
    return entries.update(ended_at=now) > 0


def list_waiting(*, practice_id: uuid.UUID, **narrowed: object) -> QuerySet[Waiting]:
    """Who waits, in order; `person_id=…` and the like narrow it."""
    entries = Waiting.objects.of(practice_id).filter(ended_at=None, **narrowed)
    return entries.select_related(
        "person", "service", "practitioner", "practitioner__practice", "practitioner__user", "frame"
    ).order_by("made_at", "id")


def offer_free(*, practitioner: Practitioner, now: datetime) -> list[Kept]:
    """Offer what is free in a calendar to those who wait for it, in their order.

    Who has an offer already is not offered another one.
    """
    practice_id = practitioner.practice_id
    entries = list_waiting(practice_id=practice_id, practitioner_id=practitioner.id)
    offered = []
    for entry in entries.filter(last_date__gte=_today(practitioner, now)):
        before = Kept.objects.of(practice_id).filter(purpose="offer", waiting_id=entry.id)
        if before.filter(answer="").exists() or entry.person.blocked_at is not None:
            continue
        known = Taken.objects.of(practice_id).filter(id__in=before.values("id"))
        starts = set(known.values_list("starts_at", flat=True))
        start = _find_first(practitioner, entry, starts, now)
        if start is not None:
            offered.append(_offer(practitioner, entry, start, now))
    return offered


def _today(practitioner: Practitioner, now: datetime) -> date:
    return now.astimezone(ZoneInfo(practitioner.practice.time_zone)).date()


def _find_first(
    practitioner: Practitioner, entry: Waiting, known: set[datetime], now: datetime
) -> datetime | None:
    """The first free time that suits somebody and was not offered to them before."""
    zone = ZoneInfo(practitioner.practice.time_zone)
    if entry.frame_id is not None:
        frames = list_frames(entry.practice_id).filter(id=entry.frame_id, starts_at__gt=now)
        groups = count_seats(practice_id=entry.practice_id, frames=frames, now=now)
        starts = [group.frame.starts_at for group in groups if group.free]
        return starts[0] if starts and _leaves_time(starts[0], now) else None
    starts = list_free(
        practitioner=practitioner, minutes=_find_choice(entry).minutes, now=now,
        service=entry.service, dates=(entry.first_date, entry.last_date),
    )  # fmt: skip
    suits = entry.days or DAYS
    return next(
        (
            start
            for start in starts
            if start not in known
            and DAYS[start.astimezone(zone).weekday()] in suits
            and _leaves_time(start, now)
        ),
        None,
    )


def _leaves_time(start: datetime, now: datetime) -> bool:
    """Whether somebody can still answer before a time begins."""
    return find_end(starts_at=start, now=now, longest=LONGEST) - now >= SHORTEST


def _find_choice(entry: Waiting) -> Choice:
    """What somebody waits for, as it is now."""
    return choose_service(entry.service) if entry.service else choose_usual(entry.person)


def _offer(practitioner: Practitioner, entry: Waiting, start: datetime, now: datetime) -> Kept:
    """Keep a time for somebody who waits, and tell them."""
    kept, token = keep(
        practitioner=practitioner, purpose="offer", choice=_find_choice(entry), starts_at=start,
        until=find_end(starts_at=start, now=now, longest=LONGEST), now=now, person=entry.person,
        waiting=entry, frame=entry.frame,
    )  # fmt: skip
    found = find_kept(practice_id=entry.practice_id, kept_id=kept.id)
    if found is not None:
        tell_of_offer(kept=found, token=token, now=now)
    return kept


def list_practitioners_waited_for(*, most: int = 200) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """The practices and practitioners for whom somebody waits."""
    entries = Waiting.across.filter(ended_at=None).values_list("practice_id", "practitioner_id")
    return list(entries.distinct()[:most])
