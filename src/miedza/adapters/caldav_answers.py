"""What calendar servers answer, as values, and what it means where they refuse."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DAV = "{DAV:}"
CALDAV = "{urn:ietf:params:xml:ns:caldav}"
CALENDARSERVER = "{http://calendarserver.org/ns/}"

_MOST_ELEMENTS = 500_000
"""A calendar of 50,000 events needs fewer; more would fill the memory, each being so much larger
there than on the wire."""
_LONGEST_WAIT_SECONDS = 86_400


class CalDavRefused(ValueError):  # noqa: N818 - named for what happened.
    """A calendar server did not do what it was asked; `code` says why, for the page to say it.

    The codes are `wrong_password` (or not permitted), `not_found`, `changed` (by somebody else
    meanwhile), `busy`, `failing` and `not_caldav` (it does not speak this language).
    """

    def __init__(
        self, code: str, *, status: int = 0, retry_after_seconds: int | None = None
    ) -> None:
        """Take the code, the status of HTTP if there was one, and when the server may be asked."""
        super().__init__(code)
        self.code = code
        self.status = status
        self.retry_after_seconds = retry_after_seconds


class Resource(NamedTuple):
    """What a server says of one thing it has."""

    href: str
    """As the server wrote it: a path, or a whole address."""
    status: int
    """200, unless the server says that the thing is gone or is not given."""
    properties: Mapping[str, ET.Element]
    """Those that it has, by name with namespace."""

    def read_text(self, name: str) -> str:
        """The text of a property; empty where there is none."""
        found = self.properties.get(name)
        return (found.text or "").strip() if found is not None else ""

    def list_hrefs(self, name: str) -> Sequence[str]:
        """The addresses in a property."""
        found = self.properties.get(name)
        texts = [] if found is None else [href.text or "" for href in found.iter(f"{DAV}href")]
        return [text.strip() for text in texts if text.strip()]

    def has(self, name: str, kind: str) -> bool:
        """Whether a property holds an element of this kind."""
        found = self.properties.get(name)
        return found is not None and found.find(kind) is not None


class _PlainTree(ET.TreeBuilder):
    """Builds a tree of what holds no declarations: the entities of bombs stand in them."""

    _elements = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse a document type before anything in it is read."""
        raise ValueError(f"a document type, {name} {pubid} {system}")

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        """Begin an element, unless there are too many."""
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise ValueError("too many elements")
        return super().start(tag, attrs)


def read_multistatus(body: bytes) -> list[Resource]:
    """Read what a server says of many things at once.

    Source: RFC 4918, section 13.

    Raises:
        CalDavRefused: `not_caldav`, where this is something else.
    """
    # Expat fetches nothing from outside, and our tree refuses every declaration of an entity.
    parser = ET.XMLParser(target=_PlainTree())  # noqa: S314 - see above.
    try:
        parser.feed(body)
        root = parser.close()
    except (ET.ParseError, LookupError, ValueError) as error:
        raise CalDavRefused("not_caldav") from error
    if root.tag != f"{DAV}multistatus":
        raise CalDavRefused("not_caldav")
    return [_read_resource(response) for response in root.findall(f"{DAV}response")]


def _read_resource(response: ET.Element) -> Resource:
    """What is said of one thing; of its properties, those that were found."""
    status = response.findtext(f"{DAV}status")
    properties = {
        prop.tag: prop
        for propstat in response.findall(f"{DAV}propstat")
        if _read_status(propstat.findtext(f"{DAV}status") or "") == 200
        for found in propstat.findall(f"{DAV}prop")
        for prop in found
    }
    href = (response.findtext(f"{DAV}href") or "").strip()
    return Resource(href, 200 if status is None else _read_status(status), properties)


def _read_status(line: str) -> int:
    """The number in `HTTP/1.1 404 Not Found`; 500 where there is none."""
    _version, _space, rest = line.strip().partition(" ")
    return int(rest[:3]) if rest[:3].isdecimal() else 500


def refuse(status: int, headers: Mapping[str, str], body: bytes) -> CalDavRefused:
    """The refusal that a status of HTTP stands for.

    Source: RFC 4918, section 9.7.1, where 409 says that what it should be in does not exist; RFC
    4791, section 5.3.2.1, where some servers say so that another object has the same UID.
    """
    if status in (403, 409) and b"no-uid-conflict" in body:
        return CalDavRefused("changed", status=status)
    if status in (429, 503):
        return CalDavRefused("busy", status=status, retry_after_seconds=_read_wait(headers))
    codes = {401: "wrong_password", 403: "wrong_password", 404: "not_found", 410: "not_found",
             409: "not_found", 412: "changed", 405: "not_caldav", 501: "not_caldav"}  # fmt: skip
    code = codes.get(status, "failing" if status >= 400 else "not_caldav")
    return CalDavRefused(code, status=status)


def _read_wait(headers: Mapping[str, str]) -> int | None:
    """How many seconds a server asks to wait, from 0 to a day; it may also name a moment."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return min(int(text[:9]), _LONGEST_WAIT_SECONDS)
    moment = _read_moment(text)
    if moment is None:
        return None
    now = _read_moment(headers.get("date", "")) or datetime.datetime.now(datetime.UTC)
    return min(max(int((moment - now).total_seconds()), 0), _LONGEST_WAIT_SECONDS)


def _read_moment(text: str) -> datetime.datetime | None:
    """A moment as HTTP writes it."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None  # It is no moment, and the caller goes on without it.
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
