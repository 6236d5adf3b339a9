"""CalDAV: calendars on other people's servers: found, read, and written one event at a time."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple
from urllib.parse import urljoin

from miedza.adapters.caldav_answers import DAV, CalDavRefused
from miedza.adapters.caldav_asking import Access, ask, list_properties
from miedza.adapters.caldav_finding import FoundCalendar, find_calendars
from miedza.adapters.caldav_reading import CalendarContent, CalendarObject, read_calendar
from miedza.adapters.fetching import Reach

__all__ = [
    "CalDavRefused",
    "CalendarContent",
    "CalendarObject",
    "FoundCalendar",
    "PutResult",
    "delete_event",
    "find_calendars",
    "put_event",
    "read_calendar",
]

_PLAIN_UID = re.compile(r"[A-Za-z0-9][A-Za-z0-9@_-]*(?:\.[A-Za-z0-9@_-]+)*\Z")
_MOST_LETTERS = 120


class PutResult(NamedTuple):
    """An event that was written."""

    etag: str
    """Of the version that the server now has; empty where the server gives none."""
    href: str
    """Its whole address."""


def put_event(
    url: str,
    username: str,
    password: str,
    *,
    reach: Reach,
    uid: str,
    ics: bytes,
    etag: str | None = None,
) -> PutResult:
    """Write an event, so that nobody else's change is lost.

    Source: RFC 4791, section 5.3.2.

    Args:
        url: of the calendar.
        username: of the person.
        password: of the person, or one made for this program alone.
        reach: how far the requests may go.
        uid: of the event; its file is named after it, always the same.
        ics: the whole file.
        etag: of the version that is replaced; none for an event that is new there. Empty, for one
            whose server gave no etag, replaces whatever there is.

    Raises:
        CalDavRefused: it was not written; `changed`, where another version is there, or none.
        NotFetched: the server could not be reached, and it is not known whether it was written.
    """
    access = Access(username, password, reach)
    href = urljoin(url if url.endswith("/") else f"{url}/", _name_file(uid))
    headers = {"Content-Type": "text/calendar; charset=utf-8"}
    if etag is None:
        headers["If-None-Match"] = "*"
    elif etag:
        headers["If-Match"] = etag
    answer = ask(access, "PUT", href, content=ics, headers=headers)
    given = answer.headers.get("etag", "")
    # A server that has altered what it was given must not say the etag in its answer.
    return PutResult(given or _read_etag(access, href), href)


def _read_etag(access: Access, href: str) -> str:
    """The etag of what the server has now; empty where it gives none."""
    told = list_properties(access, href, "d:getetag", depth=0)
    return told.resources[0].read_text(f"{DAV}getetag") if told.resources else ""


def _name_file(uid: str) -> str:
    """The name of the file of an event.

    >>> _name_file("0199-a@miedza.example")
    '0199-a@miedza.example.ics'
    """
    if len(uid) <= _MOST_LETTERS and _PLAIN_UID.match(uid):
        return f"{uid}.ics"
    return f"{hashlib.sha256(uid.encode()).hexdigest()}.ics"


def delete_event(
    href: str, username: str, password: str, *, reach: Reach, etag: str | None = None
) -> None:
    """Delete an event; one that is gone already counts as deleted.

    Args:
        href: the whole address of the event.
        username: of the person.
        password: of the person, or one made for this program alone.
        reach: how far the requests may go.
        etag: of the version that is deleted; without one, whatever there is.

    Raises:
        CalDavRefused: it was not deleted; `changed`, where another version is there.
        NotFetched: the server could not be reached.
    """
    headers = {"If-Match": etag} if etag else {}
    try:
        answer = ask(Access(username, password, reach), "DELETE", href, headers=headers)
    except CalDavRefused as error:
        if error.status not in (404, 410):
            raise
        return
    if answer.status == 207:  # With many answers, one says that it failed.
        raise CalDavRefused("failing", status=answer.status)
