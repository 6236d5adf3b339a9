"""Hours on offer, and clients who may take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miedza.bookings import reserving
from miedza.bookings.hours import Limits, set_hours
from miedza.bookings.offering import list_free
from miedza.people.models import Person
from tests.agreements.agreeing import accept
from tests.cast import BOOKED

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Booking, OpenHours
    from miedza.practice.models import Practitioner

LIMITS = Limits(
    step_minutes=60, buffer_minutes=0, notice_minutes=0, horizon_days=14, max_per_day=None
)
MONDAYS = {"mon": [["09:00", "12:00"]]}


def offer(practitioner: Practitioner, weekly: Any = None, **limits: Any) -> OpenHours:
    """Open some hours: on Mondays from nine to twelve where nothing else is said."""
    chosen = MONDAYS if weekly is None else weekly
    return set_hours(practitioner=practitioner, weekly=chosen, limits=LIMITS._replace(**limits))


def free(
    practitioner: Practitioner, *, now: datetime = BOOKED, minutes: int = 60, **other: Any
) -> list[str]:
    """The starts on offer, in UTC: `03-02 09:00`."""
    starts = list_free(practitioner=practitioner, minutes=minutes, now=now, **other)
    return [f"{start:%m-%d %H:%M}" for start in starts]


def open_to(practitioner: Practitioner, *people: Person, **offered: Any) -> None:
    """Open hours, and let these people accept the rules."""
    offer(practitioner, **offered)
    for person in people:
        accept(practitioner, person)


def take(practitioner: Practitioner, person: Person, starts_at: datetime, **other: Any) -> Booking:
    """Book a time on offer."""
    person = Person.objects.of(practitioner.practice_id).get(id=person.id)
    told = {"now": BOOKED, "seen": (person.usual_minutes, person.usual_price_minor), **other}
    return reserving.book_offered(
        practice=practitioner.practice, practitioner=practitioner, person=person,
        starts_at=starts_at, **told,
    )  # fmt: skip
