"""Finding what an address names, within the practice of who has come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.utils.timezone import now
from django.utils.translation import gettext_lazy

from miedza.agreements.queries import find_in_force
from miedza.bookings.beside import find_first, list_beside
from miedza.bookings.offering import list_free
from miedza.bookings.queries import find_booking
from miedza.people.queries import find_person
from miedza.practice.formats import say_meeting_time, to_local
from miedza.web.times import pick_nearest

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.http import HttpRequest

    from miedza.bookings.beside import Spans
    from miedza.bookings.models import Booking
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner


def get_booking(practitioner: Practitioner, booking_id: uuid.UUID) -> Booking:
    """The booking, if it belongs to this practice; to everybody else it does not exist."""
    booking = find_booking(practice_id=practitioner.practice_id, booking_id=booking_id)
    if booking is None:
        raise Http404
    return booking


def get_person(practitioner: Practitioner, person_id: uuid.UUID) -> Person:
    """The person, if they belong to this practice; to everybody else they do not exist."""
    person = find_person(practice_id=practitioner.practice_id, person_id=person_id)
    if person is None:
        raise Http404
    return person


def find_ordinary_minutes(practice: Practice) -> int:
    """How long a meeting is where nothing else is said: as the rules have it, else an hour."""
    rules = find_in_force(practice_id=practice.id, at=now())
    return 60 if rules is None else int(rules.terms["rules"]["session"]["minutes"])


def say_beside(
    reader: Practitioner,
    practitioner: Practitioner,
    starts: Sequence[datetime],
    minutes: int,
    beside: Mapping[str, Spans] | None = None,
) -> list[str]:
    """What else of a practitioner's own is at some times, the first first, said once each.

    Args:
        reader: to whom it is said.
        practitioner: whose times.
        starts: when they begin, in order.
        minutes: how long each is.
        beside: what is known of the whole span already; else it is asked.
    """
    length = timedelta(minutes=minutes)
    ahead = [start for start in starts if start + length > now()]
    if not ahead:
        return []
    if beside is None:
        beside = list_beside(practitioner=practitioner, since=ahead[0], until=ahead[-1] + length)
    found = {find_first(beside, start, start + length) for start in ahead}
    words = BESIDE if practitioner == reader else BESIDE_OTHER
    return [str(words[kind]) % {"name": practitioner.name} for kind in words if kind in found]


def warn_of_beside(
    request: HttpRequest,
    reader: Practitioner,
    practitioner: Practitioner,
    starts: Sequence[datetime],
    minutes: int,
) -> None:
    """Say of times that were just entered what else of the practitioner's own is there."""
    for said in say_beside(reader, practitioner, starts, minutes):
        messages.warning(request, said)


BESIDE = {
    "off": gettext_lazy("You have time off then; it stays."),
    "busy": gettext_lazy("Another calendar of yours says that you are busy then."),
}
"""What is beside a meeting, in words to whoever leads it."""
BESIDE_OTHER = {
    "off": gettext_lazy("%(name)s has time off then; it stays."),
    "busy": gettext_lazy("Another calendar of %(name)s says that they are busy then."),
}
"""The same to a colleague."""


def list_nearest(
    practitioner: Practitioner, wanted: datetime, minutes: int
) -> list[dict[str, str]]:
    """The free times on offer that are nearest to one that is taken, for the same form."""
    zone = practitioner.practice.time_zone
    day = to_local(wanted, zone).date()
    free = list_free(
        practitioner=practitioner, minutes=minutes, now=now(),
        dates=(day - timedelta(days=3), day + timedelta(days=11)),
    )  # fmt: skip
    return [
        {
            "when": say_meeting_time(at, zone),
            "query": f"day={to_local(at, zone):%Y-%m-%d}&clock={to_local(at, zone):%H:%M}",
        }
        for at in pick_nearest(free, wanted)
    ]
