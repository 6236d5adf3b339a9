"""What another calendar says becomes what is known of it; only differences are written."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from miedza.calendars.actions import EVERY, mark_failed
from miedza.calendars.models import BusyTime, Source
from miedza.db.ids import make_id
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from miedza.core.calendars import Busy, Reading

AHEAD = timedelta(days=400)
BEHIND = timedelta(days=7)
"""The span in which another calendar is looked at, around the present."""


@transaction.atomic
def learn(
    *,
    source: Source,
    reading: Reading,
    digest: str,
    mark: str,
    now: datetime,
    is_own: Callable[[str], bool],
) -> bool:
    """Take over what a calendar says; tell whether it was taken.

    A calendar that had events and suddenly has none is not believed: nothing is deleted, and the
    page asks. Its own events that come back are left out: they are bookings already.

    Args:
        source: the calendar, as it was when it was claimed.
        reading: what it says.
        digest: of the whole answer.
        mark: by which its server says that nothing has changed.
        now: the present instant.
        is_own: tells whether an event is one that was written or mailed from here.
    """
    lock_practice(practice_id=source.practice_id)
    source.refresh_from_db()
    if reading.events == 0 and source.events > 0:
        mark_failed(source=source, code="empty", now=now)
        return False
    _take_over(source, [busy for busy in reading.busy if not is_own(busy.uid)])
    Source.objects.of(source.practice_id).filter(id=source.id).update(
        fetched_at=now, fetch_at=now + EVERY, failures=0, code="", digest=digest, mark=mark[:400],
        events=reading.events, unreadable=len(reading.unreadable),
    )  # fmt: skip
    return True


@transaction.atomic
def learn_nothing_new(*, source: Source, now: datetime) -> None:
    """The calendar says what it said before."""
    lock_practice(practice_id=source.practice_id)
    Source.objects.of(source.practice_id).filter(id=source.id).update(
        fetched_at=now, fetch_at=now + EVERY, failures=0, code=""
    )


def _take_over(source: Source, said: Iterable[Busy]) -> None:
    """Add what is new, drop what is gone, leave alone what is as it was."""
    wanted = {_identify(busy): busy for busy in said}
    rows = BusyTime.objects.of(source.practice_id).filter(source_id=source.id)
    known = {
        (row.starts_at, row.ends_at, row.digest): row.id
        for row in rows.only("id", "starts_at", "ends_at", "digest", "practice_id")
    }
    gone = [known[key] for key in known.keys() - wanted.keys()]
    for start in range(0, len(gone), 500):
        rows.filter(id__in=gone[start : start + 500]).delete()
    key = source.practice.key
    new = []
    for identity in sorted(wanted.keys() - known.keys()):
        starts_at, ends_at, digest = identity
        row = BusyTime(
            id=make_id(), practice_id=source.practice_id, source_id=source.id,
            practitioner_id=source.practitioner_id, starts_at=starts_at, ends_at=ends_at,
            is_doubtful=wanted[identity].is_doubtful, digest=digest,
        )  # fmt: skip
        row.seal_text(key, wanted[identity].name[:200])
        new.append(row)
    BusyTime.across.bulk_create(new, batch_size=500)


def _identify(busy: Busy) -> tuple[datetime, datetime, str]:
    """What makes an event the same when it is read again."""
    said = "\0".join((busy.uid, busy.name, str(busy.is_doubtful)))
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
    return datetime.fromtimestamp(busy.start, UTC), datetime.fromtimestamp(busy.end, UTC), digest
