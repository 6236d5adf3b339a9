"""What the rules say of it, and what both sides make of that."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from miedza.core.reading_events import SIDES
from miedza.db.relations import SamePractice, TenantLink, tenant_relation
from miedza.db.tenancy import SealedModel, TenantModel

_SIDES = [(side, side) for side in SIDES]


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
