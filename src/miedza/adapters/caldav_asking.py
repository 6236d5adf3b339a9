"""Asking a calendar server: requests with a password, and answers that come from the same house."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from miedza.adapters.caldav_answers import CalDavRefused, Resource, read_multistatus, refuse
from miedza.adapters.fetching import Answer, Reach, request
from miedza.adapters.fetching_addresses import Place, read_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SPREAD = (".icloud.com",)
"""Whose servers send one account from host to host (`caldav.` to `p34-caldav.`)."""
_NAMESPACES = (
    'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/"'
)


class Access(NamedTuple):
    """With what a server is asked."""

    username: str
    password: str
    reach: Reach


class Told(NamedTuple):
    """What a server told of many things."""

    url: str
    """Where it was asked in the end, after redirects."""
    resources: list[Resource]


def ask(
    access: Access,
    method: str,
    url: str,
    *,
    content: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Ask for something that is done or not.

    Raises:
        CalDavRefused: it was not done.
        NotFetched: there is no answer.
    """
    answer = request(
        method, url, reach=access.reach, headers=headers, content=content,
        auth=(access.username, access.password),
    )  # fmt: skip
    if 200 <= answer.status < 300:
        return answer
    raise refuse(answer.status, answer.headers, answer.body)


def list_properties(access: Access, url: str, *names: str, depth: int) -> Told:
    """Ask for properties of a thing, and with depth 1 of those in it.

    Args:
        access: with what to ask.
        url: of the thing.
        names: with the prefix `d`, `c` or `s` of DAV, CalDAV and Calendar Server.
        depth: 0 or 1.
    """
    wanted = "".join(f"<{name}/>" for name in names)
    body = f"<d:propfind {_NAMESPACES}><d:prop>{wanted}</d:prop></d:propfind>"
    return _ask_of_many(access, "PROPFIND", url, body, depth)


def query_events(access: Access, url: str, *, condition: str = "") -> Told:
    """Ask for the events of a calendar that meet a condition; all of them, without one.

    Source: RFC 4791, section 7.8.
    """
    body = (
        f"<c:calendar-query {_NAMESPACES}><d:prop><d:getetag/><c:calendar-data/></d:prop>"
        '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">'
        f"{condition}</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"
    )
    return _ask_of_many(access, "REPORT", url, body, 1)


def get_objects(access: Access, url: str, hrefs: Iterable[str]) -> Told:
    """Ask for objects of a calendar by their names, as the server wrote them.

    Source: RFC 4791, section 7.9.
    """
    wanted = "".join(f"<d:href>{escape(href)}</d:href>" for href in hrefs)
    body = (
        f"<c:calendar-multiget {_NAMESPACES}><d:prop><d:getetag/><c:calendar-data/></d:prop>"
        f"{wanted}</c:calendar-multiget>"
    )
    return _ask_of_many(access, "REPORT", url, body, 1)


def _ask_of_many(access: Access, method: str, url: str, body: str, depth: int) -> Told:
    """Send a question in XML and read the answer, which must be of many things."""
    answer = ask(
        access, method, url, content=f'<?xml version="1.0" encoding="utf-8"?>\n{body}'.encode(),
        headers={"Content-Type": "application/xml; charset=utf-8", "Depth": str(depth)},
    )  # fmt: skip
    if answer.status != 207:
        raise CalDavRefused("not_caldav", status=answer.status)
    return Told(answer.url, read_multistatus(answer.body))


def join_href(url: str, href: str) -> str:
    """The whole address of what a server names.

    Servers behind a proxy often name themselves with `http` or an inner port, so of an address on
    the same host only the path is taken: how to reach the host is known.

    Raises:
        CalDavRefused: `not_caldav`, where it is none, or leads to another host, to which the
            password must not go.
    """
    here = read_place(url)
    try:
        # Some servers leave spaces as they are, which no address may hold.
        there = read_place(urljoin(here.url, href.replace(" ", "%20")))
    except ValueError as error:
        raise CalDavRefused("not_caldav") from error
    if there.host == here.host:
        return there._replace(scheme=here.scheme, port=here.port).url
    if _is_spread(here, there):
        return there.url
    raise CalDavRefused("not_caldav")


def _is_spread(here: Place, there: Place) -> bool:
    """Whether two hosts are of one known house that spreads its accounts, both in TLS."""
    in_tls = here.scheme == there.scheme == "https" and here.port == there.port
    return in_tls and any(
        here.host.endswith(house) and there.host.endswith(house) for house in _SPREAD
    )
