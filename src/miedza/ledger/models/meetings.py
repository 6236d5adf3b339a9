"""What was agreed, and what happened."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from miedza.core.faults import MOST, MOST_MONEY
from miedza.core.reading import KINDS
from miedza.core.reading_events import EVENT_FIELDS, SIDES
from miedza.db.relations import SamePractice, TenantLink, tenant_relation
from miedza.db.tenancy import SealedModel, TenantModel

_SIDES = [(side, side) for side in SIDES]


class Meeting(TenantModel):
    """What was agreed when a meeting was booked. Its id is the booking's id."""

    person_id = TenantLink()
    person = tenant_relation("people.Person", "person")
    rules_id = TenantLink()
    rules = tenant_relation("agreements.RulesVersion", "rules")
    engagement_id = models.UUIDField(null=True)
    booked_at = models.DateTimeField()
    start_at = models.DateTimeField()
    """The start as first booked; moves are events."""
    minutes = models.PositiveIntegerField()
    price_minor = models.BigIntegerField()
    kind = models.CharField(max_length=4, choices=[(kind, kind) for kind in KINDS])

    class Meta:
        constraints = [
            UniqueConstraint(fields=["practice", "id"], name="meeting_in_practice"),
            CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MOST)
                & Q(price_minor__gte=0, price_minor__lte=MOST_MONEY)
                & Q(kind__in=KINDS),
                name="meeting_can_be_judged",
            ),
            SamePractice(column="person_id", to="people_person", name="meeting_of_person"),
            SamePractice(column="rules_id", to="agreements_rulesversion", name="meeting_rules"),
        ]
        indexes = [models.Index(fields=["practice", "person_id", "start_at"], name="meeting_time")]

    def __str__(self) -> str:
        """When it was to begin."""
        return f"meeting of {self.start_at:%Y-%m-%d %H:%M}"


class Strike(TenantModel):
    """A meeting that was entered by mistake. It stays in the ledger, and nothing judges it."""

    meeting_id = TenantLink()
    meeting = tenant_relation("ledger.Meeting", "meeting", related_name="strikes")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["practice", "id"], name="strike_in_practice"),
            UniqueConstraint(fields=["practice", "meeting_id"], name="struck_once"),
            SamePractice(column="meeting_id", to="ledger_meeting", name="strike_of_meeting"),
        ]

    def __str__(self) -> str:
        """When."""
        return f"struck {self.at:%Y-%m-%d}"


def _only_of(field: str, kind: str, **within: int) -> models.CheckConstraint:
    """Events of one type have a field, within bounds; the others have it not."""
    has = Q(type=kind, **{f"{field}__isnull": False}, **within)
    has_not = ~Q(type=kind) & Q(**{f"{field}__isnull": True})
    return CheckConstraint(condition=has | has_not, name=f"event_{kind}_says_so")


class Event(SealedModel):
    """Something that happened, as somebody recorded it. Sealed: what was asked for, or felt."""

    meeting_id = TenantLink()
    meeting = tenant_relation("ledger.Meeting", "meeting", related_name="events")
    type = models.CharField(max_length=16)
    by = models.CharField(max_length=12, choices=_SIDES)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    cause = models.CharField(max_length=40, null=True)  # noqa: DJ001 - null says nobody gave one.
    to_at = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    agreed = models.BooleanField(default=False)
    amount_minor = models.BigIntegerField(null=True)
    voids_id = models.UUIDField(null=True)
    """For a correction, the event of the same meeting that was recorded by mistake."""

    entered_by = models.CharField(max_length=12, choices=_SIDES, null=True)  # noqa: DJ001 - unknown.
    """Who wrote it down: a practitioner also writes what the client did."""

    sealed_to = ("meeting_id",)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["practice", "id"], name="event_in_practice"),
            UniqueConstraint(
                fields=["practice", "voids_id"],
                condition=Q(voids_id__isnull=False),
                name="event_voided_once",
            ),
            CheckConstraint(
                condition=Q(type="voided", voids_id__isnull=False)
                | (~Q(type="voided") & Q(voids_id__isnull=True)),
                name="event_voids_something",
            ),
            _only_of("to_at", "moved"),
            _only_of("minutes", "extended", minutes__gte=1, minutes__lte=MOST),
            _only_of(
                "amount_minor", "paid", amount_minor__gte=-MOST_MONEY, amount_minor__lte=MOST_MONEY
            ),
            CheckConstraint(
                condition=Q(by__in=list(SIDES), type__in=list(EVENT_FIELDS)),
                name="event_can_be_judged",
            ),
            CheckConstraint(
                condition=Q(cause__isnull=True)
                | Q(type__in=[name for name in EVENT_FIELDS if "cause" in EVENT_FIELDS[name]])
                & ~Q(cause=""),
                name="event_has_such_a_cause",
            ),
            SamePractice(column="meeting_id", to="ledger_meeting", name="event_of_meeting"),
            SamePractice(column="voids_id", to="ledger_event", name="event_voids"),
        ]
        indexes = [models.Index(fields=["practice", "meeting_id", "at"], name="event_by_time")]

    def __str__(self) -> str:
        """What happened."""
        return f"{self.type} by {self.by}"


class Shift(TenantModel):
    """A start that is at another instant, since a zone changed its rules; its clocks show the same.

    Nobody moved the meeting, so no rule judges it.
    """

    meeting_id = TenantLink()
    meeting = tenant_relation("ledger.Meeting", "meeting", related_name="shifts")
    event_id = models.UUIDField(null=True)
    """The move that led to this start; null for the start as first booked."""
    event = tenant_relation("ledger.Event", "event")
    to_at = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["practice", "id"], name="shift_in_practice"),
            SamePractice(column="meeting_id", to="ledger_meeting", name="shift_of_meeting"),
            SamePractice(column="event_id", to="ledger_event", name="shift_of_move"),
        ]
        indexes = [models.Index(fields=["practice", "meeting_id", "made_at"], name="shift_by_time")]

    def __str__(self) -> str:
        """Where to."""
        return f"shifted to {self.to_at:%Y-%m-%d %H:%M}"
