"""What a practice offers, and who of it leads what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from miedza.bookings.models.times import MOST_SEATS
from miedza.core.faults import MOST_MONEY
from miedza.core.reading import KINDS
from miedza.db.relations import SamePractice, TenantLink, tenant_relation
from miedza.db.tenancy import SealedModel, TenantModel

PLACES = ("room", "telephone", "video")
WHO = ("anyone", "invited", "clients")
"""Who may book: whoever opens the public page, whoever has the service's link, clients only."""
WAYS = ("at_once", "on_request")
"""Whether a free time is booked at once, or asked for and given by the practitioner."""


class Service(SealedModel):
    """Something that can be booked. Sealed: where it takes place, told to those who come."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, allow_unicode=False, db_index=False)
    about = models.TextField(max_length=2000, blank=True, default="")
    kind = models.CharField(max_length=4, choices=[(kind, kind) for kind in KINDS])
    minutes = models.PositiveIntegerField()
    price_minor = models.BigIntegerField()
    seats = models.PositiveIntegerField(default=1)
    """How many come together; 1 for one-to-one."""
    place = models.CharField(max_length=9, choices=[(place, place) for place in PLACES])
    languages = models.JSONField(default=list)
    """In which languages it is led, as codes."""
    who = models.CharField(max_length=7, choices=[(who, who) for who in WHO])
    way = models.CharField(max_length=10, choices=[(way, way) for way in WAYS])
    link_digest = models.CharField(max_length=64, blank=True, default="")
    """Of the secret in the link by which those who are invited come."""
    buffer_before = models.PositiveIntegerField(default=0)
    buffer_after = models.PositiveIntegerField(null=True)
    """Here and below, null: as the practitioner's hours say."""
    notice_minutes = models.PositiveIntegerField(null=True)
    horizon_days = models.PositiveIntegerField(null=True)
    step_minutes = models.PositiveIntegerField(null=True)
    max_per_day = models.PositiveIntegerField(null=True)
    """Of this service, beside the limit that the hours set for all together."""
    max_per_week = models.PositiveIntegerField(null=True)
    most_ahead = models.PositiveIntegerField(null=True)
    """So many meetings of it one person may have ahead."""
    is_open = models.BooleanField(default=True)
    rank = models.PositiveIntegerField(default=0)
    """Its place among the others."""
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="service_in_practice"),
            models.UniqueConstraint(fields=["practice", "slug"], name="service_by_slug"),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=24 * 60)
                & Q(price_minor__gte=0, price_minor__lte=MOST_MONEY)
                & Q(seats__gte=1, seats__lt=MOST_SEATS)
                & Q(kind__in=KINDS, place__in=PLACES, who__in=WHO, way__in=WAYS),
                name="service_can_be_booked",
            ),
            models.CheckConstraint(
                condition=Q(step_minutes__isnull=True) | Q(step_minutes__gte=1), name="service_step"
            ),
        ]

    @property
    def is_group(self) -> bool:
        """Whether several come together."""
        return self.seats > 1

    def __str__(self) -> str:
        """Its name."""
        return self.name


class ServiceOf(TenantModel):
    """A practitioner leads a service."""

    service_id = TenantLink()
    service = tenant_relation("bookings.Service", "service", related_name="led_by")
    practitioner_id = TenantLink()
    practitioner = tenant_relation("practice.Practitioner", "practitioner")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="leading_in_practice"),
            models.UniqueConstraint(
                fields=["practice", "service_id", "practitioner_id"], name="leading_once"
            ),
            SamePractice(column="service_id", to="bookings_service", name="leading_of_service"),
            SamePractice(
                column="practitioner_id", to="practice_practitioner", name="leading_practitioner"
            ),
        ]

    def __str__(self) -> str:
        """Which."""
        return f"{self.practitioner_id} leads {self.service_id}"
