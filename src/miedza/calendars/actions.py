"""What changes what is known of other calendars. Nothing here speaks to them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction

from miedza.calendars.models import Feed, Shown, Source
from miedza.db.ids import make_id
from miedza.db.tokens import derive_token
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.calendars.queries import Account
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner

EVERY = timedelta(minutes=10)
"""So often other calendars are read."""
LEASE = timedelta(minutes=3)
"""A reader or writer that has not said how it went by then is taken to have died."""
LONGEST_PAUSE = timedelta(hours=6)


class TooManySources(ValueError):  # noqa: N818 - named for what is refused.
    """So many other calendars are read for one practitioner already."""


MOST_SOURCES = 10


@transaction.atomic
def open_feed(
    *,
    practice: Practice,
    now: datetime,
    practitioner: Practitioner | None = None,
    person: Person | None = None,
    shown: str = "names",
) -> Feed:
    """Make an address at which a calendar can be read; the one before ends."""
    lock_practice(practice_id=practice.id)
    whose = {
        "practitioner_id": practitioner.id if practitioner else None,
        "person_id": person.id if person else None,
    }
    Feed.objects.of(practice.id).filter(**whose, ended_at=None).update(ended_at=now)
    feed_id = make_id()
    digest = derive_token(practice.id, feed_id, key=practice.key)[1]
    return Feed.across.create(
        id=feed_id, practice=practice, shown=shown, token_digest=digest, made_at=now, **whose
    )


@transaction.atomic
def close_feeds(*, practice: Practice, now: datetime, **whose: uuid.UUID) -> None:
    """Let a calendar be read at no address any more."""
    lock_practice(practice_id=practice.id)
    Feed.objects.of(practice.id).filter(**whose, ended_at=None).update(ended_at=now)


def note_reading(*, feed: Feed, now: datetime) -> None:
    """Remember when a feed was read, to the hour: more would be a diary of its reader."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    if feed.read_at != hour:
        Feed.objects.of(feed.practice_id).filter(id=feed.id).update(read_at=hour)


@transaction.atomic
def add_source(
    *,
    practitioner: Practitioner,
    kind: str,
    name: str,
    account: Account,
    writes: bool,
    shown: str,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Source:
    """Read another calendar of a practitioner from now on; said twice with one `id`, it is one.

    Raises:
        TooManySources: `MOST_SOURCES` are read already.
    """
    practice = practitioner.practice
    lock_practice(practice_id=practice.id)
    sources = Source.objects.of(practice.id).filter(practitioner_id=practitioner.id)
    before = id and sources.filter(id=id).first()
    if before:
        return before
    if sources.count() >= MOST_SOURCES:
        raise TooManySources
    source = Source(
        id=id or make_id(), practice=practice, practitioner_id=practitioner.id, kind=kind,
        name=name, writes=writes and kind == "caldav", shown=shown, fetch_at=now, made_at=now,
    )  # fmt: skip
    source.seal_text(practice.key, json.dumps(account._asdict()))
    source.save(force_insert=True)
    return source


@transaction.atomic
def settle_source(*, source: Source, account: Account, code: str, now: datetime) -> None:
    """Keep what was found out about where a calendar is; it is read next, or waits for a choice.

    Once it is known where, the meetings that wait to be written there wait no longer.
    """
    lock_practice(practice_id=source.practice_id)
    source.seal_text(source.practice.key, json.dumps(account._asdict()))
    source.code = code
    source.fetch_at = now if account.is_found else now + LONGEST_PAUSE
    Source.objects.of(source.practice_id).filter(id=source.id).update(
        sealed_text=source.sealed_text, code=code, fetch_at=source.fetch_at
    )
    if account.is_found:
        waiting = Shown.objects.of(source.practice_id).filter(source_id=source.id)
        waiting.exclude(due_at=None).update(due_at=now, attempts=0)


@transaction.atomic
def remove_source(*, source: Source) -> None:
    """Read another calendar no more; what it said is forgotten, what was written there stays."""
    lock_practice(practice_id=source.practice_id)
    source.delete()


@transaction.atomic
def read_again(*, source: Source, now: datetime, forgets: bool = False) -> None:
    """Read another calendar at once; where it is empty indeed, forget what it said before."""
    lock_practice(practice_id=source.practice_id)
    source.fetch_at, source.digest, source.mark = now, "", ""
    if forgets:
        source.events = 0
    source.save(update_fields=["fetch_at", "digest", "mark", "events"])


@transaction.atomic
def read_all_again(*, practice: Practice, now: datetime) -> None:
    """Read all other calendars of a practice at once: its clocks are others now."""
    lock_practice(practice_id=practice.id)
    Source.objects.of(practice.id).update(fetch_at=now, digest="", mark="")


def claim_source(*, now: datetime) -> Source | None:
    """Take the next calendar that is to be read; no other worker takes it while the lease lasts."""
    due = Source.across.filter(fetch_at__lte=now)
    if not due.exists():  # Most of the time: a look takes no lock.
        return None
    with transaction.atomic():
        rows = due.select_for_update(skip_locked=connection.vendor == "postgresql")
        source = rows.order_by("fetch_at", "id").first()
        if source is not None:
            Source.objects.of(source.practice_id).filter(id=source.id).update(fetch_at=now + LEASE)
    return source and _with_practice(source)


def _with_practice(source: Source) -> Source | None:
    found = Source.objects.of(source.practice_id).filter(id=source.id)
    return found.select_related("practice", "practitioner").first()


def mark_failed(
    *, source: Source, code: str, now: datetime, retry_after: int | None = None
) -> None:
    """A calendar could not be read: keep what it said before, and say so on the page.

    Args:
        source: the calendar.
        code: why.
        now: the present instant.
        retry_after: in how many seconds its server wants to be asked again, where it says so.
    """
    failures = source.failures + 1
    pause = min(EVERY * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
    if retry_after is not None:
        pause = max(pause, timedelta(seconds=min(retry_after, 86_400)))
    Source.objects.of(source.practice_id).filter(id=source.id).update(
        code=code, failures=failures, fetch_at=now + pause
    )
