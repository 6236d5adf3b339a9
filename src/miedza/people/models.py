"""Tables of people."""

from __future__ import annotations

from django.db import models

from miedza.db.relations import SamePractice, TenantLink, tenant_relation
from miedza.db.tenancy import SealedModel, TenantModel
from miedza.practice.models import LANGUAGES, User


class Person(SealedModel):
    """Someone the practice works with, or worked with. Sealed: what they come for."""

    name = models.CharField(max_length=120)
    search_name = models.CharField(max_length=240)
    """The name without case and accents, as it is searched on every database."""
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    usual_minutes = models.PositiveIntegerField()
    """Of the meetings that were agreed for them alone; 0 where none were: they book services."""
    usual_price_minor = models.BigIntegerField()
    created_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64, blank=True, default="")
    """On whose clocks they live, once they have said so; empty: those of the practice."""
    blocked_at = models.DateTimeField(null=True)
    """Since when they cannot book by themselves."""
    user = models.ForeignKey(
        User, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    """As whom they sign in, once they have a place of their own."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="person_in_practice"),
        ]
        indexes = [
            models.Index(fields=["practice", "search_name"], name="person_by_name"),
            models.Index(fields=["practice", "user"], name="person_by_user"),
        ]

    def __str__(self) -> str:
        """Their name."""
        return self.name


RELATIONS = ("guardian", "payer", "sponsor")
"""Who answers for somebody, who pays for them, who sends them."""


class Relation(TenantModel):
    """One person beside another: whoever answers for them, pays for them or sends them."""

    person_id = TenantLink()
    person = tenant_relation("people.Person", "person")
    """Who comes to the meetings."""
    other_id = TenantLink()
    other = tenant_relation("people.Person", "other")
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in RELATIONS])
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="relation_in_practice"),
            models.UniqueConstraint(
                fields=["practice", "person_id", "other_id", "kind"], name="relation_once"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=RELATIONS), name="relation_is_one"),
            models.CheckConstraint(
                condition=~models.Q(person_id=models.F("other_id")), name="relation_of_two"
            ),
            SamePractice(column="person_id", to="people_person", name="relation_of_person"),
            SamePractice(column="other_id", to="people_person", name="relation_to_person"),
        ]
        indexes = [models.Index(fields=["practice", "other_id"], name="relation_by_other")]

    def __str__(self) -> str:
        """Its kind."""
        return self.kind


class Note(SealedModel):
    """Something a practitioner wrote down about a person, for their own eyes."""

    practitioner_id = models.UUIDField(null=True)
    """Who wrote it, and alone reads it."""
    practitioner = tenant_relation("practice.Practitioner", "practitioner")
    person_id = TenantLink()
    person = tenant_relation("people.Person", "person")
    written_at = models.DateTimeField()

    sealed_to = ("person_id",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="note_in_practice"),
            SamePractice(column="person_id", to="people_person", name="note_of_person"),
            SamePractice(
                column="practitioner_id", to="practice_practitioner", name="note_by_practitioner"
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "person_id", "written_at"], name="note_by_time")
        ]

    def __str__(self) -> str:
        """When it was written; its text stays sealed."""
        return f"note of {self.written_at:%Y-%m-%d}"
