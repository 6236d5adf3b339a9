"""Finding the calendars of somebody who gave any address of their calendar server."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote, urljoin

from miedza.adapters.caldav_answers import CALDAV, DAV, CalDavRefused, Resource
from miedza.adapters.caldav_asking import Access, Told, join_href, list_properties
from miedza.adapters.fetching import NotFetched, Reach
from miedza.adapters.fetching_addresses import read_place

_MOST_HOMES = 10
_MOST_LETTERS = 200
_DESCRIPTION = (
    *("d:resourcetype", "d:displayname", "d:current-user-privilege-set"),
    "c:supported-calendar-component-set",
)
_AT_ONCE = frozenset({"busy", "private_address", "insecure"})
"""Codes after which asking elsewhere on the same server would be of no use, or of harm."""


class FoundCalendar(NamedTuple):
    """A calendar that may be read, and perhaps written."""

    url: str
    """Without name and password, with a slash at the end."""
    name: str
    """As its owner calls it; of at most 200 letters, in one line."""
    can_write: bool
    """What the server says; where it says nothing, it is taken for granted until it refuses."""


def find_calendars(url: str, username: str, password: str, *, reach: Reach) -> list[FoundCalendar]:
    """Find the calendars that somebody has on a server.

    From the address the way goes to the one who asks (`current-user-principal`), from there to
    where their calendars are (`calendar-home-set`), and from there to the calendars. Where the
    address leads nowhere, `/.well-known/caldav` and `/` of the same host are tried.

    Source: RFC 5397; RFC 4791, section 6.2.1; RFC 6764, section 6.

    Args:
        url: of the server, of a person on it, of where their calendars are, or of one calendar,
            which is then the only one found.
        username: of the person.
        password: of the person, or one made for this program alone.
        reach: how far the requests may go.

    Returns:
        The calendars for events, in the server's order; none, where there is none yet.

    Raises:
        CalDavRefused: there is no way to them.
        NotFetched: the server could not be reached.
    """
    access = Access(username, password, reach)
    start = read_place(url).url
    failures: list[CalDavRefused | NotFetched] = []
    for way in ("", "/.well-known/caldav", "/"):
        try:
            found = _find_from(access, urljoin(start, way))
        except CalDavRefused as error:
            if error.status == 401 or error.code in _AT_ONCE:
                raise  # More attempts with a wrong password would lock somebody out.
            failures.append(error)
        except NotFetched as error:
            if not way or error.code in _AT_ONCE:
                raise
            failures.append(error)
        else:
            if found is not None:
                return found
    raise _choose(failures)


def _choose(failures: list[CalDavRefused | NotFetched]) -> CalDavRefused | NotFetched:
    """The failure that tells most: that something is closed, or else the first."""
    closed = [failure for failure in failures if failure.code == "wrong_password"]
    return next(iter([*closed, *failures]), CalDavRefused("not_caldav"))


def _find_from(access: Access, url: str) -> list[FoundCalendar] | None:
    """The calendars to which an address leads; nothing, where it leads to none."""
    told = list_properties(
        access, url, *_DESCRIPTION, "d:current-user-principal", "c:calendar-home-set", depth=0
    )
    here = _take_one(told)
    if _is_for_events(here):
        return [_describe(told, here)]
    if here.has(f"{DAV}current-user-principal", f"{DAV}unauthenticated"):
        raise CalDavRefused("wrong_password")
    homes = _list_homes(told, here)
    for principal in here.list_hrefs(f"{DAV}current-user-principal")[:1]:
        if not homes:
            person = list_properties(
                access, join_href(told.url, principal), "c:calendar-home-set", depth=0
            )
            homes = _list_homes(person, _take_one(person))
    if homes:
        return [calendar for home in homes for calendar in _list_calendars(access, home)]
    return _list_calendars(access, told.url) or None


def _take_one(told: Told) -> Resource:
    """The one thing that was asked for."""
    if not told.resources:
        raise CalDavRefused("not_caldav")
    return told.resources[0]


def _list_homes(told: Told, person: Resource) -> list[str]:
    """Where the calendars of a person are."""
    homes = [join_href(told.url, href) for href in person.list_hrefs(f"{CALDAV}calendar-home-set")]
    if len(homes) > _MOST_HOMES:
        raise CalDavRefused("not_caldav")  # Each costs a request, and nobody has so many.
    return list(dict.fromkeys(homes))


def _list_calendars(access: Access, home: str) -> list[FoundCalendar]:
    """The calendars for events in one place."""
    told = list_properties(access, home, *_DESCRIPTION, depth=1)
    return [_describe(told, found) for found in told.resources if _is_for_events(found)]


def _is_for_events(found: Resource) -> bool:
    """Whether this is a calendar, and not one for tasks alone."""
    if not found.has(f"{DAV}resourcetype", f"{CALDAV}calendar"):
        return False
    holds = found.properties.get(f"{CALDAV}supported-calendar-component-set")
    names = [] if holds is None else [kind.get("name", "").upper() for kind in holds]
    return not names or "VEVENT" in names


def _describe(told: Told, found: Resource) -> FoundCalendar:
    """A calendar as the caller sees it."""
    url = join_href(told.url, found.href)
    url = url if url.endswith("/") else f"{url}/"
    name = found.read_text(f"{DAV}displayname") or unquote(url.rstrip("/").rpartition("/")[2])
    return FoundCalendar(url, " ".join(name.split())[:_MOST_LETTERS], _can_write(found))


def _can_write(found: Resource) -> bool:
    """Whether events may be added, changed and removed.

    Source: RFC 3744, section 3.
    """
    rights = found.properties.get(f"{DAV}current-user-privilege-set")
    if rights is None:
        return True
    names = {kind.tag for right in rights for kind in right}
    parts = {f"{DAV}bind", f"{DAV}unbind", f"{DAV}write-content"}
    return bool(names & {f"{DAV}write", f"{DAV}all"}) or parts <= names
