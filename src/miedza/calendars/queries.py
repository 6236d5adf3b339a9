"""What is asked about other calendars."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from miedza.calendars.models import BusyTime, Feed, Shown, Source
from miedza.db.tokens import derive_token, read_token

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import OuterRef, QuerySet

    from miedza.practice.models import Practitioner


class Account(NamedTuple):
    """Where another calendar is, and how one signs in there."""

    url: str
    username: str = ""
    password: str = ""
    is_found: bool = True
    """Whether the address is that of one calendar, not of a server that has some."""
    found: Sequence[Sequence[str]] = ()
    """The calendars to choose from, each with address, name and `w` where it can be written to."""


def read_account(source: Source) -> Account:
    """Open the address of another calendar.

    Raises:
        miedza.db.encryption.SealBroken: it was sealed with another key.
    """
    return Account(**json.loads(source.open_text(source.practice.key)))


def find_feed(token: str) -> Feed | None:
    """The feed that an address opens, with its practice and whose it is; None where it is none."""
    read = read_token(token)
    if read is None:
        return None
    feeds = Feed.objects.of(read.practice_id).filter(
        id=read.row_id, token_digest=read.digest, ended_at=None
    )
    return feeds.select_related("practice", "practitioner", "person").first()


def list_feeds(*, practice_id: uuid.UUID, **whose: uuid.UUID) -> list[Feed]:
    """The feeds that answer, of a practitioner or a person; the first made first."""
    feeds = Feed.objects.of(practice_id).filter(ended_at=None, **whose)
    return list(feeds.select_related("practice").order_by("made_at", "id"))


def say_feed_token(feed: Feed) -> str:
    """What stands in a feed's address."""
    return derive_token(feed.practice_id, feed.id, key=feed.practice.key)[0]


def list_sources(*, practitioner: Practitioner) -> list[Source]:
    """The other calendars of a practitioner, the first added first."""
    sources = Source.objects.of(practitioner.practice_id).filter(practitioner_id=practitioner.id)
    return list(sources.select_related("practice").order_by("made_at", "id"))


def find_source(*, practitioner: Practitioner, source_id: uuid.UUID) -> Source | None:
    """One other calendar of a practitioner, or None."""
    sources = Source.objects.of(practitioner.practice_id).filter(
        id=source_id, practitioner_id=practitioner.id
    )
    return sources.select_related("practice", "practitioner").first()


def list_busy(
    *, practitioner: Practitioner, since: datetime | OuterRef, until: datetime | OuterRef
) -> QuerySet[BusyTime]:
    """What other calendars say of a span, or of that of each row asked about; the first first."""
    busy = BusyTime.objects.of(practitioner.practice_id).filter(
        practitioner_id=practitioner.id, starts_at__lt=until, ends_at__gt=since
    )
    return busy.select_related("source").order_by("starts_at", "id")


def count_failing(*, practitioner: Practitioner) -> int:
    """How many of a practitioner's other calendars could not be read or written lately."""
    sources = Source.objects.of(practitioner.practice_id).filter(practitioner_id=practitioner.id)
    return sources.exclude(code="").count()


def list_writing(*, practice_id: uuid.UUID, practitioner_id: uuid.UUID) -> list[Source]:
    """The other calendars into which a practitioner's meetings are written."""
    sources = Source.objects.of(practice_id).filter(practitioner_id=practitioner_id, writes=True)
    return list(sources.select_related("practitioner__user").order_by("id"))


def count_unshown(*, source: Source) -> int:
    """How many meetings another calendar does not know as they are."""
    return (
        Shown.objects.of(source.practice_id)
        .filter(source_id=source.id)
        .exclude(due_at=None)
        .count()
    )
