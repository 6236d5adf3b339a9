"""Fetching: HTTP to addresses that people typed in, which must not lead into our own network.

Whoever may type an address may try `http://127.0.0.1:6379/`, a name that leads there, or a page
that redirects there. So an address is read once, its host is looked up here, every IP address found
must be one of the open internet, and the connection goes to one of these very addresses: a name
that would lead elsewhere at a second look-up gets no second look-up. Every redirect is a new
address and goes the same way.
"""

from __future__ import annotations

import base64
import ssl
import zlib
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from miedza.adapters.fetching_addresses import (
    NotFetched,
    Place,
    check_port,
    is_allowed,
    is_public,
    read_place,
)

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from miedza.adapters.fetching_wire import Deadline

    Resolve = Callable[[str, int], Sequence[str]]
    """Host and port to IP addresses; none where the host is unknown."""
    Connect = Callable[[str, int, float], socket.socket]
    """IP address, port and seconds to an open connection."""

__all__ = ["Answer", "NotFetched", "Reach", "request"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_READING = frozenset({"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"})
"""Methods that change nothing; only these follow a redirect to another server."""
_FOR_ANYBODY = frozenset(
    {"accept", "content-type", "depth", "if-modified-since", "if-none-match", "prefer"}
)
"""Headers that may be shown to a server to which another has redirected."""


class Reach(NamedTuple):
    """How far a request may go."""

    allowed_hosts: frozenset[str] = frozenset()
    """Hosts, or hosts with a port, named by whoever runs the installation: a calendar server in
    their own network, say. They may be private and may be spoken to without TLS. Without a port, 80
    and 443 are meant."""
    timeout_seconds: float = 20
    """For everything together, redirects and the look-up of names included."""
    most_bytes: int = 20_000_000
    """Of the body, after it is unpacked."""


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case; where one came several times, its values are joined by commas."""
    body: bytes
    url: str
    """Where the answer came from, after redirects, without name and password."""


class _Asking(NamedTuple):
    """One request to one place."""

    method: str
    place: Place
    headers: Mapping[str, str]
    content: bytes
    login: tuple[str, str] | None


def request(
    method: str,
    url: str,
    *,
    reach: Reach,
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
    auth: tuple[str, str] | None = None,
    most_redirects: int = 3,
    resolve: Resolve | None = None,
    connect: Connect | None = None,
) -> Answer:
    """Ask a server for something.

    Args:
        method: of HTTP, or of WebDAV.
        url: as somebody typed it: `https`, `webcal`, `webcals`; plain `http` where the host is
            allowed, or to read something without a password. A name and password in it are used
            for Basic authentication, unless `auth` has others.
        reach: how far the request may go.
        headers: more headers.
        content: the body.
        auth: name and password. They are shown to the server of `url` and to no other.
        most_redirects: how many are followed.
        resolve: looks up a host; the system's way, if none.
        connect: opens a connection to an IP address; the system's way, if none.

    Returns:
        The answer, whatever its status.

    Raises:
        NotFetched: there is no answer; its code says why. Before anything is connected to, every
            private address gives the same code, whatever listens there.
    """
    from miedza.adapters.fetching_wire import Deadline

    place = read_place(url)
    given = {name.lower(): value for name, value in (headers or {}).items()}
    asking = _Asking(method.upper(), place, given, content, auth or place.login)
    deadline = Deadline(reach.timeout_seconds)
    for _ in range(most_redirects + 1):
        answer = _exchange(asking, reach, deadline, resolve, connect)
        location = answer.headers.get("location")
        if answer.status not in _REDIRECTS or not location:
            return answer
        asking = _follow(asking, location, answer.status)
    raise NotFetched("too_many_redirects")


def _follow(asking: _Asking, location: str, status: int) -> _Asking:
    """What to ask after a redirect; another server learns neither password nor what is written."""
    try:
        place = read_place(urljoin(asking.place.url, location))
    except ValueError as error:
        raise NotFetched("bad_address") from error
    place = place._replace(login=None)
    if asking.place.scheme == "https" and place.scheme == "http":
        raise NotFetched("insecure")
    asking, before = asking._replace(place=place), asking.place
    if status == 303 and asking.method != "HEAD":
        asking = asking._replace(method="GET", content=b"")
    if place.is_same_house(before):
        return asking
    if asking.method not in _READING:
        raise NotFetched("bad_address")
    shown = {name: value for name, value in asking.headers.items() if name in _FOR_ANYBODY}
    return asking._replace(headers=shown, login=None)


def _exchange(
    asking: _Asking,
    reach: Reach,
    deadline: Deadline,
    resolve: Resolve | None,
    connect: Connect | None,
) -> Answer:
    """Ask one place and take its answer, redirect or not."""
    import httpcore

    from miedza.adapters.fetching_wire import Dialler, open_socket

    place = asking.place
    addresses = _find_addresses(asking, reach, deadline, resolve)
    dialler = Dialler(addresses, connect or open_socket, deadline)
    # The system's own list of whom to trust, as for mail: an installation may have added to it.
    trust = ssl.create_default_context() if place.scheme == "https" else None
    address = httpcore.URL(
        scheme=place.scheme, host=place.host, port=place.port, target=place.target
    )
    # Neither this library nor we read from the environment, so no proxy is asked on the way.
    pool = httpcore.ConnectionPool(ssl_context=trust, network_backend=dialler)
    try:
        with (
            pool,
            pool.stream(
                asking.method, address, headers=_write_headers(asking),
                content=asking.content or None,
            ) as response,
        ):  # fmt: skip
            headers = _read_headers(response.headers)
            packing = headers.get("content-encoding", "").strip().lower()
            body = _read_body(response.iter_stream(), packing, reach.most_bytes)
            return Answer(response.status, headers, body, place.url)
    except httpcore.LocalProtocolError as error:
        raise NotFetched("bad_address") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise NotFetched("unreachable") from error


def _find_addresses(
    asking: _Asking, reach: Reach, deadline: Deadline, resolve: Resolve | None
) -> Sequence[str]:
    """The IP addresses to which a connection may go.

    One that is not of the open internet is enough to refuse: which is taken would be chance.
    """
    from miedza.adapters.fetching_wire import find_in_time, find_name

    place = asking.place
    allowed = is_allowed(place, reach.allowed_hosts)
    if not allowed:
        check_port(place.port)
        if place.scheme == "http" and _is_secret(asking):
            raise NotFetched("insecure")
        if place.host == "localhost" or place.host.endswith(".localhost"):
            raise NotFetched("private_address")
    if place.is_numeric:
        found: Sequence[str] = (place.host,)
    else:
        found = find_in_time(resolve or find_name, place.host, place.port, deadline)
    if not found:
        raise NotFetched("unreachable")
    if not allowed and not all(map(is_public, found)):
        raise NotFetched("private_address")
    return found


def _is_secret(asking: _Asking) -> bool:
    """Whether a request is none for an open wire: it holds a password, writes, or asks for more.

    A feed that its server gives to anybody without TLS is no safer for our refusing to read it.
    """
    holds = asking.login is not None or {"authorization", "cookie"} & set(asking.headers)
    return bool(holds) or asking.method not in ("GET", "HEAD") or bool(asking.content)


def _write_headers(asking: _Asking) -> list[tuple[bytes, bytes]]:
    """The headers of a request."""
    headers = {
        "host": asking.place.netloc,
        "user-agent": "Miedza",
        "accept": "*/*",
        # What is packed in any other way could not be unpacked by the piece.
        "accept-encoding": "gzip",
        **asking.headers,
    }
    if asking.login is not None:
        pair = base64.b64encode(":".join(asking.login).encode()).decode()
        headers["authorization"] = f"Basic {pair}"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _read_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by name; servers write theirs in UTF-8 or, as was once the rule, in Latin-1."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key = name.decode("latin-1").lower()
        try:
            text = value.decode()
        except UnicodeDecodeError:
            text = value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _read_body(pieces: Iterable[bytes], packing: str, most_bytes: int) -> bytes:
    """Read a body piece by piece, and unpack it so: a few bytes may hold thousands of millions."""
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise NotFetched("unreachable")  # Nobody asked for it like that, and nobody can read it.
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in packing else None
    body = bytearray()
    came = False
    for piece in pieces:
        came = came or bool(piece)
        body += piece if unpacker is None else _unpack(unpacker, piece, most_bytes - len(body))
        if len(body) > most_bytes:
            raise NotFetched("too_large")
    if unpacker is not None and came and not unpacker.eof:
        raise NotFetched("unreachable")  # Half a page must not pass for the whole.
    return bytes(body)


def _unpack(unpacker: zlib._Decompress, piece: bytes, room: int) -> bytes:
    """Unpack a piece, but not much more than there is room for."""
    try:
        unpacked = unpacker.decompress(piece, room + 1)
    except zlib.error as error:
        raise NotFetched("unreachable") from error
    if unpacker.unused_data:
        # What comes after the end would be heaped up unread, and no honest server sends it.
        raise NotFetched("unreachable")
    return unpacked
