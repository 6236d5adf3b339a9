"""What is taken in the calendars: the one table in which no two rows meet."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from miedza.db.relations import SamePractice, TenantLink, tenant_relation
from miedza.db.tenancy import TenantModel

MOST_SEATS = 1000
"""No group is larger; whoever meets one-to-one takes all seats at once."""

_ALONE = Q(frame_id__isnull=True, first_seat=0, last_seat=MOST_SEATS, seats=1)
_FRAME = Q(frame_id__isnull=True, first_seat=0, last_seat=0, seats__gte=1, seats__lt=MOST_SEATS)
_SEAT = Q(frame_id__isnull=False, first_seat__gte=1, last_seat=F("first_seat")) & Q(
    last_seat__lte=F("seats")
)


class Taken(TenantModel):
    """A time that is taken in a practitioner's calendar, whatever for.

    It is of a booking, of a group, of one seat in a group, or kept for somebody until an instant.
    A calendar is thought of as seats side by side: who meets one-to-one takes them all, a group as
    such takes seat 0, and each who comes to it one seat more. So one rule of the database refuses
    every double booking: no two rows meet both in time and in a seat.
    """

    practitioner_id = TenantLink()
    practitioner = tenant_relation("practice.Practitioner", "practitioner")
    calendar_key = models.BigIntegerField()
    """Of the practitioner."""
    service_id = models.UUIDField(null=True)
    service = tenant_relation("bookings.Service", "service")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    wall = models.CharField(max_length=17, blank=True, default="")
    """The start on the clocks of `zone`: it stays where that zone changes its rules."""
    zone = models.CharField(max_length=64, blank=True, default="")
    """That of the practice when the time was taken."""
    buffer_before = models.PositiveIntegerField(default=0)
    """Minutes kept free before it."""
    buffer_after = models.PositiveIntegerField(null=True)
    """Minutes kept free after it; null: as the practitioner's hours say."""
    occupies = models.BooleanField(default=True)
    kept_until = models.DateTimeField(null=True)
    """Until when it is kept for somebody who has not said yes; null where it stands."""
    frame_id = models.UUIDField(null=True)
    """For a seat, the group that it is of."""
    frame = tenant_relation("bookings.Taken", "frame")
    seats = models.PositiveIntegerField(default=1)
    """How many may come; the same in a group and in each of its seats."""
    first_seat = models.PositiveIntegerField(default=0)
    last_seat = models.PositiveIntegerField(default=MOST_SEATS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="taken_in_practice"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="taken_takes_time"
            ),
            models.CheckConstraint(condition=_ALONE | _FRAME | _SEAT, name="taken_has_its_seats"),
            SamePractice(
                column="practitioner_id", to="practice_practitioner", name="taken_practitioner"
            ),
            SamePractice(column="service_id", to="bookings_service", name="taken_of_service"),
            SamePractice(column="frame_id", to="bookings_taken", name="taken_in_frame"),
        ]
        indexes = [
            models.Index(fields=["practice", "calendar_key", "starts_at"], name="taken_calendar"),
            models.Index(fields=["practice", "calendar_key", "ends_at"], name="taken_ending"),
            models.Index(
                fields=["practice", "calendar_key", "kept_until"],
                condition=Q(kept_until__isnull=False),
                name="taken_kept",
            ),
            models.Index(fields=["practice", "service_id", "starts_at"], name="taken_service"),
            models.Index(fields=["practice", "frame_id"], name="taken_frame"),
        ]

    @property
    def is_frame(self) -> bool:
        """Whether it is a group as such."""
        return self.frame_id is None and self.last_seat == 0

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    def __str__(self) -> str:
        """When it begins."""
        return f"taken from {self.starts_at:%Y-%m-%d %H:%M}"
