"""Tables of messaging: what is said, and the mails that carry it."""

from __future__ import annotations

from django.db import models

from miedza.db.ids import make_id
from miedza.db.relations import SamePractice, TenantLink, tenant_relation
from miedza.db.tenancy import SealedModel
from miedza.practice.models import LANGUAGES

PURPOSES = (
    "agreement", "accepted", "booked", "moved", "cancelled", "reminder", "late", "differs",
    "stands", "released", "series", "wish", "no", "lapsed", "proposal", "refused", "offer",
    "clocks",
)  # fmt: skip
"""What a letter is for."""
WITHDRAWN = "Withdrawn before it went."
"""Why a mail was given up of which nobody tried anything."""


class Mail(models.Model):
    """A mail on its way, such as a sign-in code or a letter of a practice. A local table.

    All but its address is sealed while it waits, and forgotten once it is sent.
    """

    id = models.UUIDField(primary_key=True, default=make_id, editable=False)
    to = models.EmailField()
    sealed_text = models.BinaryField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """When it may be tried next; while a worker tries it, when that worker is given up."""
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="mail_due",
            )
        ]

    def __str__(self) -> str:
        """Where it goes."""
        return self.to


class Letter(SealedModel):
    """A letter of a practice to somebody: what was said, but for its secrets. The mail that carries
    it is another row.

    Sealed: its subject and its text.
    """

    person_id = TenantLink()
    person = tenant_relation("people.Person", "person")
    """Whom it is about."""
    meeting_id = TenantLink(null=True)
    meeting = tenant_relation("ledger.Meeting", "meeting")
    purpose = models.CharField(max_length=9, choices=[(name, name) for name in PURPOSES])
    language = models.CharField(max_length=2, choices=LANGUAGES)
    to = models.EmailField()
    dedupe_key = models.CharField(max_length=120)
    """What makes it one letter however often its cause is told."""
    made_at = models.DateTimeField()
    mail_id = models.UUIDField()
    """The mail that carries it; mails belong to no practice, so no key holds it."""

    sealed_to = ("person_id",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="letter_in_practice"),
            models.UniqueConstraint(fields=["practice", "dedupe_key"], name="letter_once"),
            models.CheckConstraint(
                condition=models.Q(purpose__in=PURPOSES), name="letter_has_a_purpose"
            ),
            SamePractice(column="person_id", to="people_person", name="letter_about_person"),
            SamePractice(column="meeting_id", to="ledger_meeting", name="letter_about_meeting"),
        ]
        indexes = [models.Index(fields=["practice", "person_id", "made_at"], name="letter_by_time")]

    def __str__(self) -> str:
        """What it is for."""
        return f"{self.purpose} of {self.made_at:%Y-%m-%d}"
