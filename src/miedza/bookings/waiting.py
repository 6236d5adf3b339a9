"""The waiting list: whoever waits is offered a time that is free for them, in order.

An offered time is kept until its deadline, so whoever is next never finds it gone; nobody is
offered the same time twice.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from miedza.agreements.queries import find_in_force
from miedza.bookings.choosing import Choice, choose_service, choose_usual
from miedza.bookings.groups import list_free_dates
from miedza.bookings.keeping import find_end, find_kept, keep
from miedza.bookings.limits import Blocked, NoMoreFree, TooManyAhead, check_person, is_due_before
from miedza.bookings.models import Kept, Taken, Waiting
from miedza.bookings.offering import list_free
from miedza.bookings.telling_of_times import tell_of_offer
from miedza.core.hours import DAYS
from miedza.db.ids import make_id
from miedza.ledger.facts import to_instant
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator
    from datetime import date, datetime

    from django.db.models import QuerySet

    from miedza.agreements.models import RulesVersion
    from miedza.bookings.models import Service
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner

LONGEST = timedelta(hours=24)
"""So long an offer waits at most; nearer to the meeting, half of what is left."""

SHORTEST = timedelta(minutes=30)
"""What leaves less than this to answer is not offered: it is on the page for everybody."""

MOST_WAITING = 5
"""So many entries one person may have in the waiting list."""


class WaitsEnough(ValueError):  # noqa: N818 - named for what is refused.
    """This person is in the waiting list often enough."""


class Free(NamedTuple):
    """A time that is free, with its group where it is a seat."""

    starts_at: datetime
    frame: Taken | None


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
    """Wait for a time that becomes free; said twice with one `id`, it is one entry.

    What is free already was theirs to take: it is not held for them, nor offered to them later.

    Raises:
        Blocked: the practice does not want it.
        WaitsEnough: they are in the list `MOST_WAITING` times.
    """
    practice = practitioner.practice
    lock_practice(practice_id=practice.id)
    entries = list_waiting(practice_id=practice.id, person_id=person.id)
    before = id and Waiting.objects.of(practice.id).filter(id=id).first()
    if before:
        return before
    person.refresh_from_db(fields=["blocked_at"])
    if person.blocked_at is not None:
        raise Blocked
    if entries.filter(last_date__gte=_today(practitioner, now)).count() >= MOST_WAITING:
        raise WaitsEnough
    service = wanted.service if wanted.frame is None else wanted.frame.service
    entry = Waiting(
        id=id or make_id(),
        practice=practice,
        person_id=person.id,
        practitioner_id=practitioner.id,
        service_id=service.id if service else None,
        frame_id=wanted.frame.id if wanted.frame else None,
        first_date=wanted.first_date,
        last_date=wanted.last_date,
        days=wanted.days,
        made_at=now,
    )
    free = _list_free(practitioner, entry, now) if wanted.frame is None else []
    entry.passed = [to_instant(each.starts_at) for each in free]
    entry.save(force_insert=True)
    offer_free(practitioner=practitioner, now=now)
    return entry


def list_waiting(*, practice_id: uuid.UUID, **narrowed: object) -> QuerySet[Waiting]:
    """Who waits, in order; `person_id=…` and the like narrow it."""
    entries = Waiting.objects.of(practice_id).filter(ended_at=None, **narrowed)
    return entries.select_related(
        "person", "service", "practitioner", "practitioner__practice", "practitioner__user", "frame"
    ).order_by("made_at", "id")


def offer_free(*, practitioner: Practitioner, now: datetime) -> list[Kept]:
    """Offer what is free in a calendar to those who wait for it, in their order.

    Who has an offer already is not offered another one, however often they are in the list.
    """
    return [
        _offer(practitioner, entry, free, now)
        for entry, free in _list_suiting(practitioner=practitioner, now=now)
    ]


def finds_free(*, practitioner: Practitioner, now: datetime) -> bool:
    """Tell whether something is free in a calendar for somebody who waits for it."""
    return any(True for _found in _list_suiting(practitioner=practitioner, now=now))


def _list_suiting(*, practitioner: Practitioner, now: datetime) -> Iterator[tuple[Waiting, Free]]:
    """Who waits for what is free, in their order; looked up anew after each."""
    practice_id = practitioner.practice_id
    rules = find_in_force(practice_id=practice_id, at=now)
    entries = list_waiting(practice_id=practice_id, practitioner_id=practitioner.id)
    for entry in entries.filter(last_date__gte=_today(practitioner, now)):
        before = Kept.objects.of(practice_id).filter(purpose="offer", person_id=entry.person_id)
        if before.filter(answer="").exists() or rules is None:
            continue
        known = Taken.objects.of(practice_id).filter(id__in=before.values("id"))
        passed = {to_instant(start) for start in known.values_list("starts_at", flat=True)}
        found = _find_first(practitioner, entry, passed.union(entry.passed or ()), now)
        if found is not None and _may_take(entry, found, rules, now):
            yield entry, found


def _may_take(entry: Waiting, free: Free, rules: RulesVersion, now: datetime) -> bool:
    """Whether somebody could book what would be offered to them."""
    choice = _find_choice(entry)
    if is_due_before(terms=rules.terms, choice=choice, starts_at=free.starts_at, now=now):
        return False
    try:
        check_person(
            practice=entry.practitioner.practice, person=entry.person, choice=choice,
            starts_at=free.starts_at, terms=rules.terms, now=now,
        )  # fmt: skip
    except (Blocked, TooManyAhead, NoMoreFree):
        return False
    return True


def _today(practitioner: Practitioner, now: datetime) -> date:
    return now.astimezone(ZoneInfo(practitioner.practice.time_zone)).date()


def _find_first(
    practitioner: Practitioner, entry: Waiting, passed: set[int], now: datetime
) -> Free | None:
    """The first free time that suits somebody and that they have not passed over before."""
    zone = ZoneInfo(practitioner.practice.time_zone)
    for free in _list_free(practitioner, entry, now):
        is_new = to_instant(free.starts_at) not in passed and _leaves_time(free.starts_at, now)
        if is_new and _suits(entry, free, free.starts_at.astimezone(zone).date()):
            return free
    return None


def _list_free(practitioner: Practitioner, entry: Waiting, now: datetime) -> list[Free]:
    """What is on offer of what somebody waits for: times, or seats of groups."""
    service = entry.service
    if service is not None and (not service.is_open or service.way == "on_request"):
        return []  # What is given on request is given by the practitioner, not by the clock.
    if service is None or not service.is_group:
        starts = list_free(
            practitioner=practitioner, minutes=_find_choice(entry).minutes, now=now,
            service=service, dates=(entry.first_date, entry.last_date),
        )  # fmt: skip
        return [Free(start, None) for start in starts]
    frames = list_free_dates(practitioner=practitioner, service=service, now=now)
    return [Free(frame.starts_at, frame) for frame in frames]


def _suits(entry: Waiting, free: Free, day: date) -> bool:
    """Whether somebody waits for a time: one group's alone, or any on dates and days they named."""
    if entry.frame_id is not None:
        return free.frame is not None and free.frame.id == entry.frame_id
    return entry.first_date <= day <= entry.last_date and DAYS[day.weekday()] in (
        entry.days or DAYS
    )


def _leaves_time(start: datetime, now: datetime) -> bool:
    """Whether somebody can still answer before a time begins."""
    return find_end(starts_at=start, now=now, longest=LONGEST) - now >= SHORTEST


def _find_choice(entry: Waiting) -> Choice:
    """What somebody waits for, as it is now."""
    return choose_service(entry.service) if entry.service else choose_usual(entry.person)


def _offer(practitioner: Practitioner, entry: Waiting, free: Free, now: datetime) -> Kept:
    """Keep a time for somebody who waits, and tell them."""
    kept, token = keep(
        practitioner=practitioner, purpose="offer", choice=_find_choice(entry),
        starts_at=free.starts_at, now=now, person=entry.person, waiting=entry, frame=free.frame,
        until=find_end(starts_at=free.starts_at, now=now, longest=LONGEST),
    )  # fmt: skip
    found = find_kept(practice_id=entry.practice_id, kept_id=kept.id)
    if found is not None:
        tell_of_offer(kept=found, token=token, now=now)
    return kept


def end_over(*, practitioner: Practitioner, now: datetime) -> int:
    """End the waiting for dates that are over; how many entries it was."""
    entries = Waiting.objects.of(practitioner.practice_id).filter(
        practitioner_id=practitioner.id, ended_at=None, last_date__lt=_today(practitioner, now)
    )
    return entries.update(ended_at=now)


def list_practitioners_waited_for() -> list[tuple[uuid.UUID, uuid.UUID]]:
    """The practices and practitioners for whom somebody waits."""
    entries = Waiting.across.filter(ended_at=None).values_list("practice_id", "practitioner_id")
    return list(entries.distinct())
