"""Tables of the ledger. Every one refuses UPDATE and DELETE; a mistake is answered by a new row."""

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


class Ruling(TenantModel):
    """What a rule says about an event or a deadline, as it was judged."""

    meeting_id = TenantLink()
    meeting = tenant_relation("ledger.Meeting", "meeting", related_name="rulings")
    source = models.CharField(max_length=36)
    """The id of the event that brought it, or `deadline`."""
    events = models.JSONField()
    rule = models.CharField(max_length=20)
    reason = models.CharField(max_length=24)
    by = models.CharField(max_length=12, choices=_SIDES, null=True)  # noqa: DJ001 - nobody's doing.
    at = models.DateTimeField()
    verdict = models.CharField(max_length=8)
    minutes = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    owed_by = models.CharField(max_length=12, choices=_SIDES, null=True)  # noqa: DJ001 - nobody owes.
    facts = models.JSONField()
    step = models.CharField(max_length=12, null=True)  # noqa: DJ001 - null says there is no step.
    edition = models.PositiveIntegerField()
    """1; more where a correction brought the same ruling anew."""
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["practice", "id"], name="ruling_in_practice"),
            UniqueConstraint(
                fields=["practice", "meeting_id", "source", "rule", "reason", "at", "edition"],
                name="ruling_once",
            ),
            CheckConstraint(
                condition=Q(amount_minor=0, owed_by__isnull=True)
                | Q(amount_minor__gt=0, owed_by__isnull=False),
                name="ruling_owed_by_somebody",
            ),
            SamePractice(column="meeting_id", to="ledger_meeting", name="ruling_of_meeting"),
        ]
        indexes = [models.Index(fields=["practice", "meeting_id", "at"], name="ruling_by_time")]

    @property
    def is_fee(self) -> bool:
        """Whether it owes a fee of the client that somebody has to decide about."""
        return self.verdict == "crossed" and self.owed_by == "client"

    def __str__(self) -> str:
        """What it says."""
        return f"{self.rule}: {self.verdict} {self.reason}"


class Retraction(TenantModel):
    """A ruling that no longer holds, since an event it rested on was voided."""

    ruling_id = TenantLink()
    ruling = tenant_relation("ledger.Ruling", "ruling", related_name="retractions")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["practice", "id"], name="retraction_in_practice"),
            UniqueConstraint(fields=["practice", "ruling_id"], name="retracted_once"),
            SamePractice(column="ruling_id", to="ledger_ruling", name="retraction_of_ruling"),
        ]

    def __str__(self) -> str:
        """When."""
        return f"retracted {self.made_at:%Y-%m-%d}"


class Settlement(TenantModel):
    """What a meeting comes to for both sides; the last edition holds."""

    meeting_id = TenantLink()
    meeting = tenant_relation("ledger.Meeting", "meeting", related_name="settlements")
    edition = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10)
    client_minor = models.BigIntegerField()
    practitioner_minor = models.BigIntegerField()
    paid_minor = models.BigIntegerField()
    uses_session = models.BooleanField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["practice", "id"], name="settlement_in_practice"),
            UniqueConstraint(
                fields=["practice", "meeting_id", "edition"], name="settlement_edition"
            ),
            SamePractice(column="meeting_id", to="ledger_meeting", name="settlement_of_meeting"),
        ]

    def __str__(self) -> str:
        """How the meeting ended."""
        return f"{self.outcome}: {self.client_minor} / {self.practitioner_minor}"


class Waiver(SealedModel):
    """A gift of the one who is owed: it will not be asked for. Sealed: why, in their own words."""

    ruling_id = TenantLink()
    ruling = tenant_relation("ledger.Ruling", "ruling", related_name="waivers")
    by = models.CharField(max_length=12, choices=_SIDES)
    at = models.DateTimeField()

    sealed_to = ("ruling_id",)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["practice", "id"], name="waiver_in_practice"),
            UniqueConstraint(fields=["practice", "ruling_id"], name="waived_once"),
            SamePractice(column="ruling_id", to="ledger_ruling", name="waiver_of_ruling"),
        ]

    def __str__(self) -> str:
        """Whose gift."""
        return f"gift of the {self.by}"


CHOICES = ("apply", "talk", "leave", "open")
"""What is done about a crossing: stand by it, speak first, leave it be, or undecided again."""


class Decision(TenantModel):
    """What was decided about a ruling; no fee is charged before that. The last edition holds."""

    ruling_id = TenantLink()
    ruling = tenant_relation("ledger.Ruling", "ruling", related_name="decisions")
    edition = models.PositiveIntegerField()
    choice = models.CharField(max_length=5, choices=[(choice, choice) for choice in CHOICES])
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["practice", "id"], name="decision_in_practice"),
            UniqueConstraint(fields=["practice", "ruling_id", "edition"], name="decision_edition"),
            CheckConstraint(condition=Q(choice__in=CHOICES), name="decision_is_a_choice"),
            SamePractice(column="ruling_id", to="ledger_ruling", name="decision_of_ruling"),
        ]

    def __str__(self) -> str:
        """What was chosen."""
        return self.choice


class Objection(SealedModel):
    """The client sees a ruling differently. It stands beside the ruling and changes nothing of it.

    Sealed: how they see it.
    """

    ruling_id = TenantLink()
    ruling = tenant_relation("ledger.Ruling", "ruling", related_name="objections")
    at = models.DateTimeField()

    sealed_to = ("ruling_id",)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["practice", "id"], name="objection_in_practice"),
            SamePractice(column="ruling_id", to="ledger_ruling", name="objection_to_ruling"),
        ]
        indexes = [models.Index(fields=["practice", "ruling_id", "at"], name="objection_by_time")]

    def __str__(self) -> str:
        """When."""
        return f"objection of {self.at:%Y-%m-%d}"
