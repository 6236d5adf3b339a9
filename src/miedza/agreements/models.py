"""Tables of agreements: what the rules say, who was asked to accept them, who did."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

from django.db import models

from miedza.db.relations import SamePractice, TenantLink, tenant_relation
from miedza.db.tenancy import SealedModel, TenantModel
from miedza.practice.models import LANGUAGES

ENTER_VALID = timedelta(days=7)
"""How long a mailed link lets somebody into their place, once; after that they ask for a code."""
WAYS = ("link", "handed", "in_person", "place")
"""How one accepts: by a link that was mailed or handed over, on the practitioner's screen, in one's
own place."""


class RulesVersion(TenantModel):
    """One version of the rules: a draft until it is published, unchangeable from then on."""

    number = models.PositiveIntegerField()
    """1, 2, 3, …; the draft has the number it will be published under."""
    terms = models.JSONField()
    """The terms as `miedza judge` reads them."""
    published_at = models.DateTimeField(null=True)
    """When it came into force for bookings made from then on; null for the draft."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="rules_in_practice"),
            models.UniqueConstraint(fields=["practice", "number"], name="rules_number"),
            models.UniqueConstraint(
                fields=["practice"],
                condition=models.Q(published_at__isnull=True),
                name="rules_one_draft",
            ),
        ]

    @property
    def digest(self) -> str:
        """What tells these terms from all others."""
        written = json.dumps(self.terms, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()

    def __str__(self) -> str:
        """Its number."""
        return f"rules {self.number}"


class Invitation(SealedModel):
    """A person asked to accept the rules. Sealed: the practitioner's own words to them."""

    person_id = TenantLink()
    person = tenant_relation("people.Person", "person")
    """Whose agreement it is."""
    asked_id = TenantLink()
    asked = tenant_relation("people.Person", "asked")
    """Who is to accept: the person, or whoever answers for them."""
    holds_at = models.DateTimeField(null=True)
    """For work that already runs, from when the rules hold; null: from acceptance."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    token_digest = models.CharField(max_length=64)
    """SHA-256 of the secret in the link."""
    mailed_to = models.EmailField(blank=True, default="")
    """Where the link was sent, which proves who opens it; empty where it was handed over."""
    entered_at = models.DateTimeField(null=True)
    """When the link let somebody into their place, which it does once, or when that was closed."""
    withdrawn_at = models.DateTimeField(null=True)

    sealed_to = ("person_id", "asked_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="invitation_in_practice"),
            models.UniqueConstraint(
                fields=["practice", "person_id"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
            SamePractice(column="person_id", to="people_person", name="invitation_of_person"),
            SamePractice(column="asked_id", to="people_person", name="invitation_to_person"),
        ]
        indexes = [
            models.Index(fields=["practice", "person_id", "made_at"], name="invitation_by_time")
        ]

    def can_enter(self, now: datetime) -> bool:
        """Whether the link still lets somebody in: mailed, not long ago, and not used for it."""
        return bool(self.mailed_to) and self.entered_at is None and now < self.made_at + ENTER_VALID

    @property
    def reaches_asked(self) -> bool:
        """Whether whoever reads the mail it went to is still the one who is asked."""
        return self.mailed_to.lower() in ("", self.asked.email.lower())

    def __str__(self) -> str:
        """When it was made."""
        return f"invitation of {self.made_at:%Y-%m-%d}"


class Acceptance(SealedModel):
    """A version of the rules, accepted: the evidence. Sealed: the exact text that was accepted."""

    person_id = TenantLink()
    person = tenant_relation("people.Person", "person")
    accepted_by_id = TenantLink()
    accepted_by = tenant_relation("people.Person", "accepted_by")
    """The person, or whoever answers for them."""
    rules_id = TenantLink()
    rules = tenant_relation("agreements.RulesVersion", "rules")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    text_digest = models.CharField(max_length=64)
    """SHA-256 of the exact text in UTF-8."""
    typed_name = models.CharField(max_length=120)
    way = models.CharField(max_length=9, choices=[(way, way) for way in WAYS])
    mailed_to = models.EmailField(max_length=254, blank=True, default="")
    """Where the link was mailed by which it was accepted; empty where it was another way."""
    holds_at = models.DateTimeField()
    """Meetings that begin earlier are not judged by it."""
    accepted_at = models.DateTimeField()
    address = models.CharField(max_length=45)
    """The IP address from which it was accepted."""
    agent = models.CharField(max_length=300)
    """What the browser said it was."""

    sealed_to = ("person_id", "rules_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="acceptance_in_practice"),
            models.CheckConstraint(condition=models.Q(way__in=WAYS), name="acceptance_way"),
            models.UniqueConstraint(
                fields=["practice", "person_id", "rules_id"], name="accepted_once"
            ),
            SamePractice(column="person_id", to="people_person", name="acceptance_of_person"),
            SamePractice(column="accepted_by_id", to="people_person", name="acceptance_by_person"),
            SamePractice(column="rules_id", to="agreements_rulesversion", name="acceptance_rules"),
        ]

    def __str__(self) -> str:
        """When it was accepted."""
        return f"acceptance of {self.accepted_at:%Y-%m-%d}"
