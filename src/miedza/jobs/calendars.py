"""The hand that speaks to other calendars: reads what is due, writes what waits.

It has a thread of its own in the worker's process, so that a calendar which answers slowly keeps no
letter waiting.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import Error, close_old_connections

from miedza.adapters import caldav
from miedza.adapters.caldav_answers import refuse
from miedza.adapters.calendars.reading import read_busy
from miedza.adapters.calendars.writing import write_event
from miedza.adapters.fetching import NotFetched, Reach, request
from miedza.bookings.entries import is_own_uid
from miedza.calendars.actions import claim_source, mark_failed, settle_source
from miedza.calendars.learning import AHEAD, BEHIND, learn, learn_nothing_new
from miedza.calendars.queries import read_account
from miedza.calendars.showing import claim_shown, mark_shown, mark_unshown
from miedza.core.calendars import Entry, Reading, UnreadableCalendar
from miedza.db.encryption import SealBroken

if TYPE_CHECKING:
    from collections.abc import Callable

    from miedza.calendars.models import Shown, Source
    from miedza.calendars.queries import Account

log = logging.getLogger("miedza.calendars")

PAUSE_SECONDS = 2.0
_FOLD = re.compile(rb"\r?\n[ \t]")


def reach() -> Reach:
    """What may be reached: public hosts, and those that the installation names."""
    return Reach(allowed_hosts=frozenset(settings.CALENDAR_HOSTS))


def run_calendars(*, stopping: Callable[[], bool]) -> None:
    """Take turns until told to stop; a turn that fails is told in the log and tried again."""
    while not stopping():
        close_old_connections()
        busy = False
        try:
            now = datetime.now(UTC)
            busy = read_one(now=now)
            busy = write_one(now=now) or busy
        except Error:
            log.exception("the database did not answer; trying again")
        except Exception:
            log.exception("a turn failed; the next one goes on")
        if not busy and not stopping():
            time.sleep(PAUSE_SECONDS)
    close_old_connections()


def read_one(*, now: datetime) -> bool:
    """Read the next calendar that is due; tell whether there was one."""
    source = claim_source(now=now)
    if source is None:
        return False
    try:
        _read(source, now)
    except (NotFetched, UnreadableCalendar) as refusal:
        mark_failed(source=source, code=refusal.code, now=now)
    except caldav.CalDavRefused as refusal:
        seconds = refusal.retry_after_seconds
        mark_failed(source=source, code=refusal.code, now=now, retry_after=seconds)
    except SealBroken:
        mark_failed(source=source, code="sealed", now=now)
    return True


def _read(source: Source, now: datetime) -> None:
    """Ask, read, and take over what is said.

    Raises:
        NotFetched, UnreadableCalendar, CalDavRefused: nothing can be taken over.
    """
    account = read_account(source)
    if not account.is_found:
        _find(source, account, now)
        return
    # The span moves on with the days, so once a day all is read anew, changed or not.
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    is_known = source.fetched_at is not None and source.fetched_at >= today
    since, until = int((today - BEHIND).timestamp()), int((today + AHEAD).timestamp())
    if source.kind == "caldav":
        content = caldav.read_calendar(
            account.url, account.username, account.password, reach=reach(), since=since,
            until=until, known_mark=source.mark if is_known else "",
        )  # fmt: skip
        if content.is_unchanged:
            learn_nothing_new(source=source, now=now)
            return
        texts, mark = [each.ics for each in content.objects], content.mark
    else:
        texts, mark = [_fetch(account)], ""
    digest = _digest(texts)
    if is_known and source.digest == digest and not source.code:
        learn_nothing_new(source=source, now=now)
        return
    readings = [
        read_busy(text, since=since, until=until, zone=source.practice.time_zone) for text in texts
    ]
    learn(
        source=source, reading=_join(readings), digest=digest, mark=mark, now=now,
        is_own=lambda uid: is_own_uid(practice_id=source.practice_id, uid=uid),
        is_whole=source.kind == "caldav" or all(map(_is_whole, texts)),
    )  # fmt: skip


def _find(source: Source, account: Account, now: datetime) -> None:
    """Look for the calendars at an address; one is taken, of several its owner chooses."""
    found = caldav.find_calendars(account.url, account.username, account.password, reach=reach())
    same = [each for each in found if each.url.rstrip("/") == account.url.rstrip("/")]
    if same or len(found) == 1:
        url = (same or found)[0].url
        settled = account._replace(url=url, is_found=True, found=())
        settle_source(source=source, account=settled, code="", now=now)
        return
    listed = [[each.url, each.name, "w" if each.can_write else ""] for each in found]
    offered = account._replace(found=listed)
    settle_source(
        source=source, account=offered, code="choose" if found else "no_calendar", now=now
    )


def _fetch(account: Account) -> bytes:
    """Fetch a calendar file.

    Raises:
        NotFetched: it cannot be had.
        CalDavRefused: its server answers with an error.
    """
    answer = request("GET", account.url, reach=reach())
    if answer.status == 200:
        return answer.body
    refusal = refuse(answer.status, answer.headers, answer.body)
    if refusal.code in ("changed", "not_caldav"):  # Which tell nothing of a file that is read.
        refusal = caldav.CalDavRefused("failing", status=answer.status)
    raise refusal


def _is_whole(text: bytes) -> bool:
    """Whether a file came to its end; what breaks off may hold but half of its events."""
    plain = text.replace(b"\0", b"").upper()  # In UTF-16 every other byte is a zero.
    return plain.rfind(b"END:VCALENDAR") > plain.rfind(b"BEGIN:")


def _digest(texts: list[bytes]) -> str:
    """What tells one answer from another, in whatever order its parts come."""
    parts = sorted(hashlib.sha256(text).digest() for text in texts)
    return hashlib.sha256(b"".join(parts)).hexdigest()


def _join(readings: list[Reading]) -> Reading:
    """Many small files as one."""
    return Reading(
        busy=[busy for reading in readings for busy in reading.busy],
        events=sum(reading.events for reading in readings),
        unreadable=[name for reading in readings for name in reading.unreadable],
    )


def write_one(*, now: datetime) -> bool:
    """Write the next meeting that waits into its calendar; tell whether there was one."""
    shown = claim_shown(now=now)
    if shown is None:
        return False
    try:
        _write(shown)
    except NotFetched as refusal:
        mark_unshown(shown=shown, code=refusal.code, now=now)
    except caldav.CalDavRefused as refusal:
        seconds = refusal.retry_after_seconds
        mark_unshown(shown=shown, code=refusal.code, now=now, retry_after=seconds)
    except SealBroken:
        mark_unshown(shown=shown, code="sealed", now=now)
    return True


def _write(shown: Shown) -> None:
    """Put a meeting, or take it away where it is cancelled.

    Raises:
        NotFetched, CalDavRefused: it is not known whether it was done, or it was not.
    """
    account = read_account(shown.source)
    if not account.is_found:
        raise caldav.CalDavRefused("choose")
    signed_in = (account.username, account.password)
    entry = Entry(**json.loads(shown.open_text(shown.practice.key)))
    if shown.is_cancelled:
        for address in [shown.address] if shown.address else _find_written(account, entry):
            caldav.delete_event(address, *signed_in, reach=reach())
        mark_shown(shown=shown, sequence=shown.sequence, etag="", address="")
        return
    is_there = shown.known_sequence >= 0 or shown.code == "changed"
    result = caldav.put_event(
        account.url, *signed_in, reach=reach(), uid=entry.uid,
        ics=write_event(entry).encode(), etag=shown.etag if is_there else None,
    )  # fmt: skip
    mark_shown(shown=shown, sequence=shown.sequence, etag=result.etag, address=result.href)


def _find_written(account: Account, entry: Entry) -> list[str]:
    """Where an event stands of which nobody noted that it was written: its writer may have died."""
    content = caldav.read_calendar(
        account.url, account.username, account.password, reach=reach(), since=entry.starts_at,
        until=entry.ends_at,
    )  # fmt: skip
    line = b"\nUID:" + entry.uid.encode()
    return [each.href for each in content.objects if line in _FOLD.sub(b"", b"\n" + each.ics)]
