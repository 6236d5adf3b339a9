"""Tables of bookings: what is on offer, what is taken, and what is kept for somebody."""

from miedza.bookings.models.bookings import FREE_AGAIN, OUTCOMES, Booking, LateNotice
from miedza.bookings.models.hours import DayHours, OpenHours, TimeOff
from miedza.bookings.models.keeping import ANSWERS, PURPOSES, Kept, Waiting
from miedza.bookings.models.services import PLACES, WAYS, WHO, Service, ServiceOf
from miedza.bookings.models.times import MOST_SEATS, Taken

__all__ = [
    "ANSWERS",
    "FREE_AGAIN",
    "MOST_SEATS",
    "OUTCOMES",
    "PLACES",
    "PURPOSES",
    "WAYS",
    "WHO",
    "Booking",
    "DayHours",
    "Kept",
    "LateNotice",
    "OpenHours",
    "Service",
    "ServiceOf",
    "Taken",
    "TimeOff",
    "Waiting",
]
