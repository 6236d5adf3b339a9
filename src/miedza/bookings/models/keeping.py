"""Times that are kept for somebody until a yes or a no, and those who wait for one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from miedza.core.faults import MOST_MONEY
from miedza.core.reading import KINDS
from miedza.db.relations import SamePractice, TenantLink, tenant_relation
from miedza.db.tenancy import SealedModel, TenantModel

PURPOSES = ("hold", "wish", "proposal", "offer")
"""For a visitor who fills in the form, for somebody who has asked, for a move that the practitioner
proposes, for whoever is next on the waiting list."""
ANSWERS = ("yes", "no", "withdrawn", "lapsed")


class Kept(SealedModel):
    """A time that is kept for somebody. Its id is that of the time, and of the booking it becomes.

    Sealed: what was said with it; for a hold, what the visitor has filled in.
    """

    purpose = models.CharField(max_length=8, choices=[(each, each) for each in PURPOSES])
    person_id = models.UUIDField(null=True)
    """For whom; null while a visitor has not said who they are."""
    person = tenant_relation("people.Person", "person")
    service_id = models.UUIDField(null=True)
    service = tenant_relation("bookings.Service", "service")
    booking_id = models.UUIDField(null=True)
    """For a proposal, the meeting that would be moved."""
    booking = tenant_relation("bookings.Booking", "booking")
    to_at = models.DateTimeField(null=True)
    """For a proposal, where the meeting would begin: what is taken is what it lacks."""
    waiting_id = models.UUIDField(null=True)
    """For an offer, the entry in the waiting list."""
    waiting = tenant_relation("bookings.Waiting", "waiting")
    kind = models.CharField(max_length=4, choices=[(kind, kind) for kind in KINDS])
    minutes = models.PositiveIntegerField()
    price_minor = models.BigIntegerField()
    token_digest = models.CharField(max_length=64, blank=True, default="")
    """Of the secret in its link."""
    code_digest = models.CharField(max_length=64, blank=True, default="")
    """Of the code that was mailed to a visitor."""
    wrong_codes = models.PositiveIntegerField(default=0)
    alike_id = models.UUIDField(null=True)
    alike = tenant_relation("people.Person", "alike")
    """Somebody known who may be the same person under another address."""
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(
        max_length=9, choices=[(each, each) for each in ANSWERS], blank=True, default=""
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="kept_in_practice"),
            models.CheckConstraint(
                condition=Q(purpose="hold", booking_id__isnull=True, waiting_id__isnull=True)
                | Q(purpose="wish", person_id__isnull=False, waiting_id__isnull=True)
                & Q(booking_id__isnull=True)
                | Q(purpose="proposal", person_id__isnull=False, booking_id__isnull=False)
                | Q(purpose="offer", person_id__isnull=False, waiting_id__isnull=False),
                name="kept_for_a_purpose",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__in=ANSWERS, answered_at__isnull=False),
                name="kept_is_answered_once",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, price_minor__gte=0, price_minor__lte=MOST_MONEY)
                & Q(kind__in=KINDS),
                name="kept_can_be_booked",
            ),
            SamePractice(column="id", to="bookings_taken", name="kept_takes_its_time"),
            SamePractice(column="person_id", to="people_person", name="kept_for_person"),
            SamePractice(column="alike_id", to="people_person", name="kept_for_one_alike"),
            SamePractice(column="service_id", to="bookings_service", name="kept_of_service"),
            SamePractice(column="booking_id", to="bookings_booking", name="kept_to_move"),
            SamePractice(column="waiting_id", to="bookings_waiting", name="kept_for_waiting"),
        ]
        indexes = [
            models.Index(fields=["practice", "purpose", "made_at"], name="kept_by_purpose"),
            models.Index(fields=["practice", "person_id"], name="kept_by_person"),
            models.Index(fields=["practice", "booking_id"], name="kept_by_booking"),
        ]

    def __str__(self) -> str:
        """What for."""
        return self.purpose


class Waiting(TenantModel):
    """Somebody waits for a time: any of a span of dates, or a seat in one group."""

    person_id = TenantLink()
    person = tenant_relation("people.Person", "person")
    service_id = models.UUIDField(null=True)
    """Null for their usual meeting."""
    service = tenant_relation("bookings.Service", "service")
    practitioner_id = TenantLink()
    practitioner = tenant_relation("practice.Practitioner", "practitioner")
    frame_id = models.UUIDField(null=True)
    """The group in which a seat is waited for."""
    frame = tenant_relation("bookings.Taken", "frame")
    first_date = models.DateField()
    last_date = models.DateField()
    days = models.JSONField(default=list)
    """The days of the week that suit, `mon` to `sun`; empty for all."""
    passed = models.JSONField(null=True)
    """When what was free already began, in seconds since 1970; they did not choose any of it."""
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="waiting_in_practice"),
            models.CheckConstraint(
                condition=Q(last_date__gte=models.F("first_date")), name="waiting_for_some_date"
            ),
            SamePractice(column="person_id", to="people_person", name="waiting_of_person"),
            SamePractice(column="service_id", to="bookings_service", name="waiting_for_service"),
            SamePractice(
                column="practitioner_id", to="practice_practitioner", name="waiting_practitioner"
            ),
            SamePractice(column="frame_id", to="bookings_taken", name="waiting_for_seat"),
        ]
        indexes = [
            models.Index(
                fields=["practice", "practitioner_id", "ended_at", "made_at"], name="waiting_order"
            ),
            models.Index(fields=["practice", "person_id"], name="waiting_by_person"),
        ]

    def __str__(self) -> str:
        """Since when."""
        return f"waiting since {self.made_at:%Y-%m-%d}"
