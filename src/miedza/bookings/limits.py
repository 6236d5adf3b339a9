"""Whom the practice lets book by themselves, and how much."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from miedza.bookings.models import Booking, Kept
from miedza.bookings.queries import day_bounds, list_ahead
from miedza.ledger.models import Meeting
from miedza.people.queries import find_alike, list_charges, list_guardians

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from typing import Any

    from django.db.models import QuerySet

    from miedza.bookings.choosing import Choice
    from miedza.people.models import Person
    from miedza.practice.models import Practice


class Blocked(ValueError):  # noqa: N818 - named for what is refused.
    """This person does not book by themselves; they are not told so."""


class TooManyAhead(ValueError):  # noqa: N818 - named for what is refused.
    """So many meetings lie ahead that more are best agreed together."""


class NoMoreFree(ValueError):  # noqa: N818 - named for what is refused.
    """The rules give no further free session; `code` says which of their limits is reached."""

    def __init__(self, code: str) -> None:
        """Take the code, as the preview of the rules gives it."""
        super().__init__(code)
        self.code = code


MOST_AHEAD = 20
"""So many open meetings one person may have ahead when they book one more by themselves."""


def check_person(
    *,
    practice: Practice,
    person: Person,
    choice: Choice,
    starts_at: datetime,
    terms: dict[str, Any],
    now: datetime,
    more: int = 1,
) -> None:
    """Refuse what a person may not book by themselves.

    Args:
        practice: where.
        person: who would book.
        choice: what.
        starts_at: when it would begin.
        terms: the rules in force.
        now: the present instant.
        more: how many meetings would be booked.

    Raises:
        Blocked: the practice does not want it.
        TooManyAhead: they have enough ahead, of this service or of all.
        NoMoreFree: the rules give no further free session.
    """
    person.refresh_from_db(fields=["blocked_at"])
    if person.blocked_at is not None:
        raise Blocked
    ahead = list_ahead(practice_id=practice.id, now=now).filter(person_id=person.id)
    service = choice.service
    of_service = ahead.filter(service_id=service.id) if service is not None else ahead
    most = MOST_AHEAD if service is None or service.most_ahead is None else service.most_ahead
    if ahead.count() + more > MOST_AHEAD or of_service.count() + more > most:
        raise TooManyAhead
    rule = terms["rules"].get("free_session")
    if choice.kind == "free" and rule is not None:
        code = find_free_refusal(
            practice=practice, person_id=person.id, rule=rule, starts_at=starts_at
        )
        if code is not None:
            raise NoMoreFree(code)


class Doubted(ValueError):  # noqa: N818 - named for what is refused.
    """A free session of somebody who may be one known already: the practitioner is asked."""


def find_doubted(
    *,
    practice: Practice,
    person: Person,
    kind: str,
    email: str | None = None,
    phone: str | None = None,
    acting: Iterable[Person] = (),
) -> Person | None:
    """Somebody known who may be the same person, of whose free sessions one asks; or None.

    A parent and their children are known to be others; where one of them had a free session, one
    asks all the same.

    Args:
        practice: where.
        person: who would come.
        kind: of the meeting; of a paid one nobody is asked.
        email: by which they were reached, where that is not what is known of them.
        phone: the same.
        acting: who has shown that the address is theirs.
    """
    if kind != "free":
        return None
    guardians = list_guardians(practice_id=practice.id, person_id=person.id)
    family: dict[uuid.UUID, Person] = {each.id: each for each in (person, *guardians, *acting)}
    charges = list_charges(practice_id=practice.id, other_ids=list(family))
    family.update({each.person_id: each.person for each in charges if each.kind == "guardian"})
    sessions = _list_free_sessions(practice.id).exclude(person_id=person.id)
    had = sessions.filter(person_id__in=list(family)).values_list("person_id", flat=True).first()
    if had is not None:
        return family[had]
    alike: Person | None = find_alike(
        practice_id=practice.id, name=person.name, email=person.email if email is None else email,
        phone=person.phone if phone is None else phone, but=list(family),
    )  # fmt: skip
    return alike


def is_due_before(
    *, terms: dict[str, Any], choice: Choice, starts_at: datetime, now: datetime
) -> bool:
    """Whether a meeting would have to be paid for already, and would not hold its time unpaid."""
    payment = terms["rules"].get("payment", {})
    is_released = payment.get("due") == "before_session" and payment.get("unpaid") == "release"
    return bool(
        is_released and choice.price_minor and starts_at <= now + timedelta(hours=payment["hours"])
    )


def find_free_refusal(
    *,
    practice: Practice,
    person_id: uuid.UUID,
    rule: dict[str, Any],
    starts_at: datetime,
) -> str | None:
    """Why the rules give a person no further free session at a time; None where they give one.

    The same as the preview of the rules answers, counted by the database, and what is kept for the
    person counts as well.
    """
    held = _list_free_sessions(practice.id)
    kept = Kept.objects.of(practice.id).filter(person_id=person_id, kind="free", answer="")
    waiting = kept.filter(purpose="wish").exclude(id__in=held.values("id")).count()
    if held.filter(person_id=person_id).count() + waiting >= rule["per_person"]:
        return "free_per_person"
    return "free_per_month" if is_month_full(practice, rule, starts_at) else None


def is_month_full(practice: Practice, rule: Mapping[str, Any], starts_at: datetime) -> bool:
    """Whether the month of a time has all the free sessions that the rules give."""
    since, until = _month_bounds(month_of(starts_at, practice.time_zone), practice.time_zone)
    in_month = _list_free_sessions(practice.id).filter(starts_at__gte=since, starts_at__lt=until)
    return in_month.count() >= int(rule["per_month"])


def month_of(moment: datetime, zone: str) -> date:
    """The local month of a moment, as its first day."""
    return moment.astimezone(ZoneInfo(zone)).date().replace(day=1)


def _list_free_sessions(practice_id: uuid.UUID) -> QuerySet[Booking]:
    """The free sessions of a practice but those that were cancelled."""
    free = Meeting.objects.of(practice_id).filter(kind="free")
    bookings = Booking.objects.of(practice_id).filter(id__in=free.values("id"))
    return bookings.exclude(outcome="cancelled")


def _month_bounds(month: date, zone: str) -> tuple[datetime, datetime]:
    """The first instant of a local month, and that of the next."""
    following = (month.replace(day=28).toordinal() + 4) - month.toordinal()
    after = month.fromordinal(month.toordinal() + following).replace(day=1)
    return day_bounds(month, zone)[0], day_bounds(after, zone)[0]
