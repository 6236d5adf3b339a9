"""Tables of other calendars."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from miedza.db.relations import SamePractice, TenantLink, tenant_relation
from miedza.db.tenancy import SealedModel, TenantModel

SHOWN = ("names", "initials", "busy")
"""What a practitioner's feed tells of the people in it."""
KINDS = ("ics", "caldav")


class Feed(TenantModel):
    """An address at which other programs read a calendar: a practitioner's, or a client's own."""

    practitioner_id = models.UUIDField(null=True)
    practitioner = tenant_relation("practice.Practitioner", "practitioner")
    person_id = models.UUIDField(null=True)
    person = tenant_relation("people.Person", "person")
    shown = models.CharField(max_length=8, choices=[(each, each) for each in SHOWN])
    token_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """Since when the address answers nothing."""
    read_at = models.DateTimeField(null=True)
    """When it was read last, to the hour."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="feed_in_practice"),
            models.CheckConstraint(
                condition=Q(practitioner_id__isnull=False, person_id__isnull=True)
                | Q(practitioner_id__isnull=True, person_id__isnull=False),
                name="feed_of_one_side",
            ),
            models.CheckConstraint(condition=Q(shown__in=SHOWN), name="feed_shows_something"),
            SamePractice(
                column="practitioner_id", to="practice_practitioner", name="feed_of_practitioner"
            ),
            SamePractice(column="person_id", to="people_person", name="feed_of_person"),
        ]
        indexes = [
            models.Index(fields=["practice", "practitioner_id"], name="feed_by_practitioner"),
            models.Index(fields=["practice", "person_id"], name="feed_by_person"),
        ]

    def __str__(self) -> str:
        """What it tells."""
        return f"feed with {self.shown}"


class Source(SealedModel):
    """Another calendar of a practitioner. Sealed: its address, and how one signs in there."""

    practitioner_id = TenantLink()
    practitioner = tenant_relation("practice.Practitioner", "practitioner")
    kind = models.CharField(max_length=6, choices=[(kind, kind) for kind in KINDS])
    name = models.CharField(max_length=80)
    writes = models.BooleanField(default=False)
    """Whether meetings are written into it."""
    shown = models.CharField(
        max_length=8, choices=[(each, each) for each in SHOWN], default="initials"
    )
    """What is written there of the people in them."""
    fetch_at = models.DateTimeField()
    """When it is read next; while it is read, when the reader is given up."""
    fetched_at = models.DateTimeField(null=True)
    """When it was last read well."""
    failures = models.PositiveIntegerField(default=0)
    """How many times in a row it could not be read."""
    code = models.CharField(max_length=20, blank=True, default="")
    """Why; empty where all is well."""
    mark = models.CharField(max_length=400, blank=True, default="")
    """By which the server says that nothing has changed."""
    digest = models.CharField(max_length=64, blank=True, default="")
    """Of what it said last."""
    events = models.PositiveIntegerField(default=0)
    """How many events it had."""
    unreadable = models.PositiveIntegerField(default=0)
    """How many of them could not be read at all."""
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="source_in_practice"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="source_is_of_a_kind"),
            SamePractice(
                column="practitioner_id", to="practice_practitioner", name="source_of_practitioner"
            ),
        ]
        indexes = [
            models.Index(fields=["fetch_at"], name="source_due"),
            models.Index(fields=["practice", "practitioner_id"], name="source_by_practitioner"),
        ]

    def __str__(self) -> str:
        """What it is called."""
        return self.name


class BusyTime(SealedModel):
    """A span that another calendar calls busy. Sealed: what it is called there."""

    source_id = TenantLink()
    source = tenant_relation("calendars.Source", "source")
    practitioner_id = TenantLink()
    practitioner = tenant_relation("practice.Practitioner", "practitioner")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_doubtful = models.BooleanField(default=False)
    """Whether it could not be read in full, and counts as busy to be on the safe side."""
    digest = models.CharField(max_length=64)
    """Of its identity and its name: the same event, read again, is the same row."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="busy_in_practice"),
            models.UniqueConstraint(
                fields=["practice", "source_id", "starts_at", "ends_at", "digest"],
                name="busy_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="busy_takes_time"
            ),
            SamePractice(column="source_id", to="calendars_source", name="busy_of_source"),
            SamePractice(
                column="practitioner_id", to="practice_practitioner", name="busy_of_practitioner"
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "practitioner_id", "starts_at"], name="busy_by_time")
        ]

    def __str__(self) -> str:
        """From when."""
        return f"busy from {self.starts_at:%Y-%m-%d %H:%M}"


class Shown(SealedModel):
    """A meeting, or a date of a group, as it is, or is to be, written into another calendar.

    Sealed: what is written. The row is the queue: it waits until `due_at`, and says how far the
    other calendar knows.
    """

    source_id = TenantLink()
    source = tenant_relation("calendars.Source", "source")
    meeting_id = TenantLink(null=True)
    meeting = tenant_relation("ledger.Meeting", "meeting")
    group_id = models.UUIDField(null=True)
    """Of a group's date, which is one event there, however many come."""
    sequence = models.PositiveIntegerField()
    """Of what is to be written; greater with every change."""
    known_sequence = models.IntegerField(default=-1)
    """Of what the other calendar has; -1 before it has anything."""
    is_cancelled = models.BooleanField(default=False)
    etag = models.CharField(max_length=200, blank=True, default="")
    address = models.CharField(max_length=500, blank=True, default="")
    """Of the event there."""
    due_at = models.DateTimeField(null=True)
    """When it is tried next; null where the other calendar knows all."""
    attempts = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="shown_in_practice"),
            models.UniqueConstraint(
                fields=["practice", "source_id", "meeting_id"], name="shown_once"
            ),
            models.UniqueConstraint(
                fields=["practice", "source_id", "group_id"], name="shown_group_once"
            ),
            models.CheckConstraint(
                condition=Q(meeting_id__isnull=False, group_id__isnull=True)
                | Q(meeting_id__isnull=True, group_id__isnull=False),
                name="shown_is_one_thing",
            ),
            SamePractice(column="source_id", to="calendars_source", name="shown_in_source"),
            SamePractice(column="meeting_id", to="ledger_meeting", name="shown_meeting"),
        ]
        indexes = [models.Index(fields=["due_at"], name="shown_due")]

    def __str__(self) -> str:
        """How far it is known."""
        return f"shown {self.known_sequence} of {self.sequence}"
