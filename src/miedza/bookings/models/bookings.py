"""The calendar as it now stands. The ledger knows how it came to be."""

from __future__ import annotations

from django.db import models

from miedza.core.reading_events import SIDES
from miedza.db.relations import SamePractice, TenantLink, tenant_relation
from miedza.db.tenancy import TenantModel

OUTCOMES = ("open", "held", "cancelled", "missed", "released", "unclear")
FREE_AGAIN = ("cancelled", "missed", "released")
"""Outcomes after which the time is free for somebody else."""


class Booking(TenantModel):
    """One meeting in a practitioner's calendar.

    Its id is that of the meeting in the ledger, and of the time that it takes.
    """

    person_id = TenantLink()
    person = tenant_relation("people.Person", "person")
    practitioner_id = TenantLink()
    practitioner = tenant_relation("practice.Practitioner", "practitioner")
    calendar_key = models.BigIntegerField()
    """Of the practitioner."""
    service_id = models.UUIDField(null=True)
    """What it is a meeting of; null for the usual one of its person."""
    service = tenant_relation("bookings.Service", "service")
    series = models.UUIDField(null=True)
    """Shared by those that were booked in one series."""
    starts_at = models.DateTimeField()
    """The start as it now stands."""
    ends_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    occupies = models.BooleanField(default=True)
    """Whether its time is its own; the same in the row of `Taken`."""
    outcome = models.CharField(
        max_length=10, choices=[(outcome, outcome) for outcome in OUTCOMES], default="open"
    )
    judge_again_at = models.DateTimeField(null=True)
    """The next deadline at which the rules say something though nothing happens."""
    remind_at = models.DateTimeField(null=True)
    """When its client is to be reminded; null where there is nothing to remind of any more."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="booking_in_practice"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="booking_takes_time"
            ),
            SamePractice(column="id", to="ledger_meeting", name="booking_of_meeting"),
            SamePractice(column="id", to="bookings_taken", name="booking_takes_its_time"),
            SamePractice(column="service_id", to="bookings_service", name="booking_of_service"),
            SamePractice(column="person_id", to="people_person", name="booking_of_person"),
            SamePractice(
                column="practitioner_id", to="practice_practitioner", name="booking_practitioner"
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "calendar_key", "starts_at"], name="booking_calendar"),
            models.Index(fields=["practice", "person_id", "starts_at"], name="booking_person"),
            models.Index(fields=["practice", "series"], name="booking_series"),
            models.Index(fields=["judge_again_at"], name="booking_due"),
            models.Index(fields=["remind_at"], name="booking_remind"),
        ]

    def __str__(self) -> str:
        """When it begins."""
        return f"booking of {self.starts_at:%Y-%m-%d %H:%M}"


class LateNotice(TenantModel):
    """A side said that it would be late. No rule judges that: the arrival itself is judged."""

    booking_id = TenantLink()
    booking = tenant_relation("bookings.Booking", "booking")
    by = models.CharField(max_length=12, choices=[(side, side) for side in SIDES])
    minutes = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    """When the meeting was to begin: said of another hour, it says nothing of this one."""
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="late_in_practice"),
            models.CheckConstraint(
                condition=models.Q(by__in=SIDES, minutes__gte=1), name="late_is_said_by_a_side"
            ),
            SamePractice(column="booking_id", to="bookings_booking", name="late_of_booking"),
        ]
        indexes = [models.Index(fields=["practice", "booking_id", "made_at"], name="late_by_time")]

    def __str__(self) -> str:
        """How late."""
        return f"{self.minutes} minutes late"
