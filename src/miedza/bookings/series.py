"""Series: "every Tuesday, ten times". All dates are looked at before anything is booked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from miedza.bookings import actions
from miedza.bookings.beside import find_first, list_beside
from miedza.bookings.models import Booking, Taken
from miedza.bookings.offering import list_free
from miedza.bookings.reserving import (
    NotOffered,
    PaymentDue,
    check_may_book,
    check_service,
    refuse_doubted,
)
from miedza.bookings.taking import SlotTaken, refusing_overlap
from miedza.bookings.telling import announce_series
from miedza.bookings.walls import read_wall, say_wall
from miedza.db.ids import derive_id, make_id
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime

    from miedza.bookings.choosing import Choice
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner

MOST = 52
"""So many meetings one series may have."""


class Date(NamedTuple):
    """One date of a series that is not booked yet."""

    starts_at: datetime
    conflict: str
    """`taken`, `off`, `busy` or `not_offered`; empty where nothing is in the way."""

    @property
    def can_be_booked(self) -> bool:
        """Whether the practitioner may book it all the same: only what is taken stays taken."""
        return self.conflict != "taken"


def list_starts(*, first: datetime, weeks: int, count: int, zone: str) -> list[datetime]:
    """The starts of a series: the same clock in a zone, whatever its clocks do in between.

    Args:
        first: the first start.
        weeks: how many weeks lie between two.
        count: how many there are, `MOST` at most.
        zone: whose clock stays the same.
    """
    wall = say_wall(first, zone).rstrip("+")
    day, clock = wall.split("T")
    begins = date.fromisoformat(day)
    dates = (begins + timedelta(weeks=weeks * number) for number in range(min(count, MOST)))
    return [read_wall(f"{each.isoformat()}T{clock}", zone) for each in dates]


def look_ahead(
    *, practitioner: Practitioner, choice: Choice, starts: Sequence[datetime], now: datetime
) -> list[Date]:
    """What is in the way of each date of a series."""
    if not starts:
        return []
    length = timedelta(minutes=choice.minutes)
    taken = list(
        Taken.objects.of(practitioner.practice_id)
        .filter(
            calendar_key=practitioner.calendar_key, occupies=True, first_seat=0,
            starts_at__lt=starts[-1] + length, ends_at__gt=starts[0],
        )
        .exclude(kept_until__lte=now)
        .values_list("starts_at", "ends_at")
    )  # fmt: skip
    beside = list_beside(practitioner=practitioner, since=starts[0], until=starts[-1] + length)
    spans = {"taken": taken, **beside}
    zone = practitioner.practice.time_zone
    days = [say_wall(start, zone)[:10] for start in (starts[0], starts[-1])]
    free = set(
        list_free(
            practitioner=practitioner, minutes=choice.minutes, now=now, service=choice.service,
            dates=(date.fromisoformat(days[0]), date.fromisoformat(days[1])),
        )
    )  # fmt: skip
    return [
        Date(
            start,
            find_first(spans, start, start + length) or ("" if start in free else "not_offered"),
        )
        for start in starts
    ]


@refusing_overlap()
@transaction.atomic
def book_series(
    *,
    practitioner: Practitioner,
    person: Person,
    choice: Choice,
    starts: Sequence[datetime],
    now: datetime,
    by: str = "practitioner",
    seen: tuple[int, int] | None = None,
    id: uuid.UUID | None = None,  # noqa: A002 - of the series.
) -> list[Booking]:
    """Book all dates of a series or none; said twice with one `id`, it is one series.

    Args:
        practitioner: with whom.
        person: who comes.
        choice: what.
        starts: when; those a client books by themselves have to be on offer.
        now: the present instant.
        by: who books.
        seen: for a client, the minutes and the price on the page that was read.
        id: of the series.

    Raises:
        SlotTaken: one of the dates is taken, or not on offer to a client; nothing is booked.
        Doubted: it is free, and has to be asked for, one at a time.
        NotOffered: a client has to ask for this service, or for its groups date by date.
        NotAccepted, ChangedMeanwhile, Blocked, TooManyAhead, NoMoreFree, PaymentDue: see
            `book_offered`.
    """
    practice = practitioner.practice
    lock_practice(practice_id=practice.id)
    series = id or make_id()
    before = list(list_series(practice_id=practice.id, series=series))
    if before:
        return before
    if by == "client":
        _check_offered(practitioner, choice, starts, now)
    booked = []
    for number, start in enumerate(starts):
        if by == "client":  # Those booked before it count, too.
            check_may_book(
                practice=practice, person=person, choice=choice, starts_at=start,
                seen=seen or choice.seen, now=now, more=len(starts) - number,
            )  # fmt: skip
            refuse_doubted(practice=practice, person=person, choice=choice)
        booking = actions.book(
            practice=practice, practitioner=practitioner, person=person, starts_at=start,
            minutes=choice.minutes, price_minor=choice.price_minor, kind=choice.kind,
            service=choice.service, series=series, by=by, now=now,
            id=derive_id(series, str(number)), tells=False,
        )  # fmt: skip
        if by == "client" and booking.outcome != "open":
            raise PaymentDue
        booked.append(booking)
    announce_series(practice=practice, bookings=booked, by=by, now=now)
    return booked


def _check_offered(
    practitioner: Practitioner, choice: Choice, starts: Sequence[datetime], now: datetime
) -> None:
    """Refuse what clients book no series of by themselves, and dates that are not on offer."""
    service = choice.service
    check_service(practitioner=practitioner, service=service)
    if service is not None and (service.is_group or service.way == "on_request"):
        raise NotOffered
    dates = look_ahead(practitioner=practitioner, choice=choice, starts=starts, now=now)
    if any(each.conflict for each in dates):
        raise SlotTaken


def list_series(*, practice_id: uuid.UUID, series: uuid.UUID) -> list[Booking]:
    """The meetings of a series, the first first."""
    bookings = Booking.objects.of(practice_id).filter(series=series)
    return list(bookings.select_related("person").order_by("starts_at", "id"))
