"""Reading a calendar on somebody's server: all of it, or what would otherwise look like free time.

What a calendar holds is asked for without a span of time. Servers skip series in such a filter: one
with an end date, one whose exceptions lie outside, one they cannot read; and a meeting that is not
told looks like a free hour. So all events are read, but only where something has changed since the
last time: a small question for the calendar's mark comes first. A calendar too large for that is
asked for the span, and beside it for every series, whatever its span.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from miedza.adapters.caldav_answers import CALDAV, CALENDARSERVER, DAV, CalDavRefused
from miedza.adapters.caldav_asking import (
    Access,
    Told,
    get_objects,
    join_href,
    list_properties,
    query_events,
)
from miedza.adapters.fetching import NotFetched, Reach

if TYPE_CHECKING:
    from collections.abc import Sequence

_OBJECTS_AT_ONCE = 50
_DAY = datetime.timedelta(days=1)
_NO_QUERY = frozenset({400, 403, 405, 415, 422, 501})
"""How servers refuse a question that they do not understand."""
_TOO_MUCH = 507
"""How servers say that they do not tell all (RFC 5323, section 5; RFC 6578, section 3.6)."""


class CalendarObject(NamedTuple):
    """One file of a calendar: an event, or a series with its exceptions."""

    href: str
    """Its whole address."""
    etag: str
    """Of this version; empty where the server gives none."""
    ics: bytes
    """In UTF-8; its lines may end in a line feed alone, as XML leaves them."""


class CalendarContent(NamedTuple):
    """What a calendar holds."""

    objects: Sequence[CalendarObject]
    """In the server's order; none, where nothing has changed."""
    mark: str
    """To be shown the next time; empty where the server has none."""
    is_unchanged: bool
    """Whether the calendar has the mark that was shown, so that all is as it was."""
    is_whole: bool
    """Whether these are all its events; if not, they are those of the span, and all series."""


def read_calendar(
    url: str,
    username: str,
    password: str,
    *,
    reach: Reach,
    since: int,
    until: int,
    known_mark: str = "",
) -> CalendarContent:
    """Read the events of a calendar, unless nothing has changed.

    An answer without any event is not believed at once: the calendar is then asked for the names of
    what it holds, and for each by its name.

    Source: RFC 4791, section 7; RFC 6578, section 4, for the mark.

    Args:
        url: of the calendar.
        username: of the person.
        password: of the person, or one made for this program alone.
        reach: how far the requests may go; `most_bytes` counts for the whole calendar.
        since: the start of the span that matters, in seconds since 1970.
        until: its end, after the start.
        known_mark: of the last reading; empty to read in any case.

    Raises:
        CalDavRefused: the server did not tell, or not all.
        NotFetched: it could not be reached, or even the span is too large.
    """
    access = Access(username, password, reach)
    told = list_properties(access, url, "d:resourcetype", "d:sync-token", "s:getctag", depth=0)
    if not told.resources:
        raise CalDavRefused("failing")
    here = told.resources[0]
    if not here.has(f"{DAV}resourcetype", f"{CALDAV}calendar"):
        raise CalDavRefused("not_caldav")
    # The mark comes before the events: what changes in between is read again the next time.
    mark = here.read_text(f"{DAV}sync-token") or here.read_text(f"{CALENDARSERVER}getctag")
    if mark and mark == known_mark:
        return CalendarContent((), mark, is_unchanged=True, is_whole=True)
    try:
        objects, is_whole = _read_whole(access, told.url), True
    except (CalDavRefused, NotFetched) as error:
        if not _is_too_much(error):
            raise
        objects, is_whole = _read_span(access, told.url, since, until), False
    return CalendarContent(objects, mark, is_unchanged=False, is_whole=is_whole)


def _is_too_much(error: CalDavRefused | NotFetched) -> bool:
    """Whether the server, or we, could not take so many events at once."""
    return error.code == "too_large" or getattr(error, "status", 0) == _TOO_MUCH


def _read_whole(access: Access, url: str) -> list[CalendarObject]:
    """All events of a calendar."""
    try:
        found = _take_objects(query_events(access, url))
    except CalDavRefused as error:
        if error.status not in _NO_QUERY:
            raise
        found = []
    return found or _read_by_name(access, url)


def _read_span(access: Access, url: str, since: int, until: int) -> list[CalendarObject]:
    """The events of a span and all series; a day more on both sides, for zones and whole days."""
    start, end = (
        (datetime.datetime.fromtimestamp(moment, datetime.UTC) + more).strftime("%Y%m%dT%H%M%SZ")
        for moment, more in ((since, -_DAY), (until, _DAY))
    )
    found: dict[str, CalendarObject] = {}
    for condition in (
        f'<c:time-range start="{start}" end="{end}"/>',
        '<c:prop-filter name="RRULE"/>',
        '<c:prop-filter name="RDATE"/>',
    ):
        told = query_events(access, url, condition=condition)
        found |= {one.href: one for one in _take_objects(told)}
    return list(found.values())


def _read_by_name(access: Access, url: str) -> list[CalendarObject]:
    """All objects of a calendar, first their names and then what they hold."""
    told = list_properties(access, url, "d:resourcetype", depth=1)
    if not told.resources:
        raise CalDavRefused("failing")  # The calendar itself must be among them.
    hrefs = [
        one.href
        for one in told.resources
        if one.status == 200 and not one.has(f"{DAV}resourcetype", f"{DAV}collection")
    ]
    found: list[CalendarObject] = []
    for first in range(0, len(hrefs), _OBJECTS_AT_ONCE):
        asked = hrefs[first : first + _OBJECTS_AT_ONCE]
        told = get_objects(access, told.url, asked)
        answered = {_name(told.url, one.href) for one in told.resources}
        if not {_name(told.url, href) for href in asked} <= answered:
            raise CalDavRefused("failing")
        found += _take_objects(told)
        if sum(len(one.ics) for one in found) > access.reach.most_bytes:
            raise NotFetched("too_large")
    return found


def _name(url: str, href: str) -> str:
    """The path of an object, however it was written."""
    return unquote(urlsplit(join_href(url, href)).path)


def _take_objects(told: Told) -> list[CalendarObject]:
    """The objects in an answer, of which none may be left out, lest a meeting look like free time.

    Raises:
        CalDavRefused: `failing`, where one is named but not shown.
    """
    found = []
    for one in told.resources:
        if one.status in (404, 410):
            continue  # It was deleted a moment ago.
        ics = one.read_text(f"{CALDAV}calendar-data")
        if one.status != 200 or not ics:
            raise CalDavRefused("failing", status=one.status)
        etag = one.read_text(f"{DAV}getetag")
        found.append(CalendarObject(join_href(told.url, one.href), etag, f"{ics}\n".encode()))
    return found
