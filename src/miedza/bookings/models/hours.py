"""When a practitioner works: the week, single dates, time off."""

from __future__ import annotations

from django.db import models

from miedza.db.relations import SamePractice, TenantLink, tenant_relation
from miedza.db.tenancy import SealedModel, TenantModel


class OpenHours(TenantModel):
    """When clients may book a practitioner by themselves. A practitioner without a row: never."""

    practitioner_id = TenantLink()
    practitioner = tenant_relation("practice.Practitioner", "practitioner")
    weekly = models.JSONField()
    """Windows by day, as `miedza slots` reads them."""
    step_minutes = models.PositiveIntegerField(default=30)
    buffer_minutes = models.PositiveIntegerField(default=0)
    """Kept free after each meeting."""
    notice_minutes = models.PositiveIntegerField(default=24 * 60)
    horizon_days = models.PositiveIntegerField(default=60)
    max_per_day = models.PositiveIntegerField(null=True)
    max_per_week = models.PositiveIntegerField(null=True)
    holidays = models.CharField(max_length=12, blank=True, default="")
    """The country, perhaps with its part, on whose public holidays nothing is on offer: `PL`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="hours_in_practice"),
            models.UniqueConstraint(fields=["practice", "practitioner_id"], name="hours_once"),
            models.CheckConstraint(condition=models.Q(step_minutes__gte=1), name="hours_step"),
            SamePractice(
                column="practitioner_id", to="practice_practitioner", name="hours_of_practitioner"
            ),
        ]

    def __str__(self) -> str:
        """What they are."""
        return "open hours"


class DayHours(TenantModel):
    """The hours of one date, in the place of those of the week and of a holiday."""

    practitioner_id = TenantLink()
    practitioner = tenant_relation("practice.Practitioner", "practitioner")
    date = models.DateField()
    windows = models.JSONField()
    """As of one day of the week; an empty list: closed."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="dayhours_in_practice"),
            models.UniqueConstraint(
                fields=["practice", "practitioner_id", "date"], name="dayhours_once"
            ),
            SamePractice(
                column="practitioner_id", to="practice_practitioner", name="dayhours_practitioner"
            ),
        ]

    def __str__(self) -> str:
        """Of which date."""
        return f"hours of {self.date}"


class TimeOff(SealedModel):
    """A span in which a practitioner takes no bookings. Sealed: what for, for their own eyes."""

    practitioner_id = TenantLink()
    practitioner = tenant_relation("practice.Practitioner", "practitioner")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    wall_from = models.CharField(max_length=17, blank=True, default="")
    wall_until = models.CharField(max_length=17, blank=True, default="")
    zone = models.CharField(max_length=64, blank=True, default="")
    """On whose clocks: there they stay, whatever that zone does with its rules."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="timeoff_in_practice"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="timeoff_takes_time"
            ),
            SamePractice(
                column="practitioner_id", to="practice_practitioner", name="timeoff_practitioner"
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "practitioner_id", "starts_at"], name="timeoff_time")
        ]

    def __str__(self) -> str:
        """From when."""
        return f"time off from {self.starts_at:%Y-%m-%d %H:%M}"
