"""What is to be written into other calendars: the row of each event is its queue."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from django.db import connection, transaction
from django.db.models import F

from miedza.calendars.actions import LEASE, LONGEST_PAUSE
from miedza.calendars.models import Shown
from miedza.core.calendars import Entry
from miedza.db.encryption import SealBroken
from miedza.db.ids import make_id

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping
    from datetime import datetime

    from miedza.calendars.models import Source
    from miedza.practice.models import Practice


@transaction.atomic
def show_entries(
    *,
    practice: Practice,
    source: Source,
    of: Literal["meeting", "group"],
    entries: Mapping[uuid.UUID, Entry],
    now: datetime,
) -> None:
    """Have meetings, or dates of groups, by id, written into another calendar as they now stand.

    What never was to be written there and is cancelled needs no writing, nor does what is written
    already. Whatever the ledger counts, a version that is written is later than that before.
    """
    rows = Shown.objects.of(practice.id).filter(source_id=source.id)
    known = {
        getattr(row, f"{of}_id"): row for row in rows.filter(**{f"{of}_id__in": list(entries)})
    }
    for wanted, entry in entries.items():
        shown = known.get(wanted)
        if shown is None and entry.is_cancelled:
            continue
        if shown is None:
            shown = Shown(id=make_id(), practice=practice, source_id=source.id, sequence=-1)
            setattr(shown, f"{of}_id", wanted)
        elif _says(shown, practice, entry):
            continue
        shown.sequence = max(entry.sequence, shown.sequence + 1)
        shown.is_cancelled = entry.is_cancelled
        shown.due_at, shown.attempts, shown.code = now, 0, ""
        told = entry._replace(sequence=shown.sequence, organizer=None, guests=())
        shown.seal_text(practice.key, json.dumps(told._asdict()))
        # What the worker learns meanwhile of the version before it stays.
        shown.save(update_fields=_TO_WRITE if wanted in known else None)


_TO_WRITE = ("sequence", "is_cancelled", "due_at", "attempts", "code", "sealed_text")


def _says(shown: Shown, practice: Practice, entry: Entry) -> bool:
    """Whether what is written, or waits for it, is all that an entry says."""
    same: dict[str, Any] = {"sequence": 0, "changed_at": 0, "organizer": None, "guests": ()}
    try:
        before = Entry(**json.loads(shown.open_text(practice.key)))
    except SealBroken:  # It was sealed with another key, and is written anew with this one.
        return False
    return before._replace(**same, is_cancelled=shown.is_cancelled) == entry._replace(**same)


def claim_shown(*, now: datetime) -> Shown | None:
    """Take the next meeting that is to be written somewhere; no other worker takes it meanwhile."""
    due = Shown.across.filter(due_at__lte=now)
    if not due.exists():
        return None
    with transaction.atomic():
        rows = due.select_for_update(skip_locked=connection.vendor == "postgresql")
        shown = rows.order_by("due_at", "id").first()
        if shown is None:
            return None
        of = Shown.objects.of(shown.practice_id).filter(id=shown.id)
        of.update(due_at=now + LEASE, attempts=shown.attempts + 1)
        return of.select_related("practice", "source", "source__practice").first()


def mark_shown(*, shown: Shown, sequence: int, etag: str, address: str) -> None:
    """The other calendar knows a meeting as it was at a sequence; more may have happened since.

    What is too long to be kept is forgotten: the next time the event is written whatever its
    version, and is looked for where it is to be deleted.
    """
    rows = Shown.objects.of(shown.practice_id).filter(id=shown.id)
    rows.update(
        known_sequence=sequence, code="", attempts=0,
        etag=etag if len(etag) <= 200 else "", address=address if len(address) <= 500 else "",
    )  # fmt: skip
    rows.filter(sequence=sequence).update(due_at=None)


def mark_unshown(*, shown: Shown, code: str, now: datetime, retry_after: int | None = None) -> None:
    """It could not be written: try later and later, visibly.

    Where it is the server that takes nothing, all else that waits for it is put off as well: each
    would wait for the same silence, or show the same wrong password once more.
    """
    pause = min(timedelta(minutes=1) * 2 ** min(shown.attempts, 9), LONGEST_PAUSE)
    if retry_after is not None:
        pause = max(pause, timedelta(seconds=min(retry_after, 86_400)))
    rows = Shown.objects.of(shown.practice_id).filter(source_id=shown.source_id)
    rows.filter(id=shown.id).update(code=code, due_at=now + pause)
    if code in _OF_ANOTHER_VERSION:
        rows.filter(id=shown.id).update(etag="")
    if code in _OF_SERVER:
        # The others come first the next time, should it be this one alone that is not taken.
        rows.filter(id=shown.id).update(due_at=now + pause + timedelta(seconds=1))
        rows.filter(due_at__lte=now).update(due_at=now + pause, attempts=shown.attempts)


_OF_ANOTHER_VERSION = frozenset({"changed", "not_found"})
"""Why an event is not replaced: somebody changed or deleted it there. What is booked here is what
holds, so the next try asks for no version."""
_OF_SERVER = frozenset(
    {"bad_address", "bad_certificate", "busy", "choose", "insecure", "private_address", "sealed"}
    | {"too_many_redirects", "too_slow", "unreachable", "wrong_password"}
)
"""Why nothing at all is written."""


def hide_entries(*, practice: Practice, now: datetime, **which: Any) -> None:
    """Have what is no more taken out of the calendars it was written into: which, as a filter."""
    rows = Shown.objects.of(practice.id).filter(is_cancelled=False, **which)
    rows.update(is_cancelled=True, sequence=F("sequence") + 1, due_at=now, attempts=0)
