"""Finding what an address names, within the practice of who has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from miedza.bookings.queries import find_booking
from miedza.people.queries import find_person

if TYPE_CHECKING:
    import uuid

    from miedza.bookings.models import Booking
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner


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
