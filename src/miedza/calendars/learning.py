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
    import uuid
    from collections.abc import Callable

    from miedza.core.calendars import Busy, Reading

    _Identity = tuple[datetime, datetime, str]

AHEAD = timedelta(days=740)
"""So far ahead another calendar is looked at: a little further than anything can be booked."""
BEHIND = timedelta(days=7)
"""So far back."""


@transaction.atomic
def learn(
    *,
    source: Source,
    reading: Reading,
    digest: str,
    mark: str,
    now: datetime,
    is_own: Callable[[str], bool],
    is_whole: bool = True,
) -> bool:
    """Take over what a calendar says; tell whether all of it was taken.

    A calendar that had events ahead and suddenly has none at all is not believed: nothing is
    deleted, and the page asks. Of one that breaks off, what it says is added and nothing is
    deleted. Our own events that come back are left out: they are bookings already.

    Args:
        source: the calendar, as it was when it was claimed.
        reading: what it says.
        digest: of the whole answer.
        mark: by which its server says that nothing has changed.
        now: the present instant.
        is_own: tells whether an event is one that was written or mailed from here.
        is_whole: whether its answer came to its end.
    """
    try:
        source.refresh_from_db()
    except Source.DoesNotExist:
        return False  # It was removed while it was read.
    if reading.events == 0 and source.events > 0 and _is_busy_after(source, now):
        mark_failed(source=source, code="empty", now=now)
        return False
    own = {uid for uid in {busy.uid for busy in reading.busy} if is_own(uid)}
    wanted = {_identify(busy): busy for busy in reading.busy if busy.uid not in own}
    known = _list_known(source)
    if wanted.keys() != known.keys():  # Else nothing of the practice changes.
        lock_practice(practice_id=source.practice_id)
        known = _list_known(source)
    _add(source, {key: wanted[key] for key in sorted(wanted.keys() - known.keys())})
    if not is_whole:
        mark_failed(source=source, code="failing", now=now)
        return False
    _drop(source, [known[key] for key in known.keys() - wanted.keys()])
    Source.objects.of(source.practice_id).filter(id=source.id).update(
        fetched_at=now, fetch_at=now + EVERY, failures=0, code="", digest=digest, mark=mark[:400],
        events=reading.events, unreadable=len(reading.unreadable),
    )  # fmt: skip
    return True


def learn_nothing_new(*, source: Source, now: datetime) -> None:
    """The calendar says what it said before."""
    Source.objects.of(source.practice_id).filter(id=source.id).update(
        fetched_at=now, fetch_at=now + EVERY, failures=0, code=""
    )


def _is_busy_after(source: Source, now: datetime) -> bool:
    """Whether a calendar said of any time ahead that it is taken.

    One that held no more than what was written there from here may be empty again at any time.
    """
    rows = BusyTime.objects.of(source.practice_id).filter(source_id=source.id)
    return rows.filter(ends_at__gt=now).exists()


def _list_known(source: Source) -> dict[_Identity, uuid.UUID]:
    """The rows that there are, each under what makes it the same."""
    rows = BusyTime.objects.of(source.practice_id).filter(source_id=source.id)
    return {
        (row.starts_at, row.ends_at, row.digest): row.id
        for row in rows.only("id", "starts_at", "ends_at", "digest", "practice_id")
    }


def _drop(source: Source, gone: list[uuid.UUID]) -> None:
    """Forget what the calendar says no more."""
    rows = BusyTime.objects.of(source.practice_id).filter(source_id=source.id)
    for start in range(0, len(gone), 500):
        rows.filter(id__in=gone[start : start + 500]).delete()


def _add(source: Source, found: dict[_Identity, Busy]) -> None:
    """Write down what the calendar says now for the first time."""
    key = source.practice.key
    new = []
    for (starts_at, ends_at, digest), busy in found.items():
        row = BusyTime(
            id=make_id(), practice_id=source.practice_id, source_id=source.id,
            practitioner_id=source.practitioner_id, starts_at=starts_at, ends_at=ends_at,
            is_doubtful=busy.is_doubtful, digest=digest,
        )  # fmt: skip
        row.seal_text(key, busy.name[:200])
        new.append(row)
    BusyTime.across.bulk_create(new, batch_size=500)


def _identify(busy: Busy) -> _Identity:
    """What makes an event the same when it is read again."""
    said = "\0".join((busy.uid, busy.name, str(busy.is_doubtful)))
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
    return datetime.fromtimestamp(busy.start, UTC), datetime.fromtimestamp(busy.end, UTC), digest
