"""Addresses that people typed in: what they say, and which of them lead to the open internet."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

_MOST_CHARACTERS = 4096
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SCHEMES = {"http": "http", "https": "https", "webcal": "https", "webcals": "https"}

_REFUSED_PORTS = frozenset(
    {1433, 1521, 2049, 3306, 3389, 4190, 5060, 5061, 5432, 5672, 5900, 6000, 6379, 6665, 6666, 6667}
    | {6668, 6669, 6697, 9092, 9200, 11211, 27017}
)
"""Databases, caches, queues, telephones, screens and chats.

Of the ports below 1024 only 80 and 443 are open: the others belong to old services that obey lines
of text, such as mail (25) and shells (22), and could take a request for orders. Calendars do live
on many ports above (8443, 5232, 2080, 5006), so there only what is known to be something else is
refused.
"""

_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\\\s]")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*\Z")
_NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)\Z")
_KEPT_IN_PATHS = "%/:=&?~+!$,;'@()*[]"

_NOT_PUBLIC = [
    ip_network(block)
    for block in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        # Teredo, ORCHID and their kin; examples; 6to4, which hides an address of the old kind.
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
]
_GLOBAL_UNICAST = ip_network("2000::/3")
"""Outside of it nothing is of the internet: `::1`, `fe80::`, `fc00::`, `::ffff:…`, `ff00::`."""
_NAT64 = ip_network("64:ff9b::/96")
"""Where a network of the new kind alone shows every address of the old kind: it is looked into."""


class NotFetched(ValueError):  # noqa: N818 - named for what did not happen.
    """Nothing was fetched; `code` says why, for the page to say it in words."""

    def __init__(self, code: str) -> None:
        """Take the code.

        It is `bad_address`, `private_address`, `insecure`, `unreachable`, `too_slow`, `too_large`,
        `too_many_redirects` or `bad_certificate`.
        """
        super().__init__(code)
        self.code = code


class Place(NamedTuple):
    """What an address says, read once, so that nobody after reads it in another way."""

    scheme: str
    """`http` or `https`."""
    host: str
    """A name in ASCII and lower case without a final dot, or an IP address without brackets."""
    port: int
    target: str
    """Path and query, in ASCII."""
    login: tuple[str, str] | None
    """Name and password, where the address held them."""

    @property
    def netloc(self) -> str:
        """Host and port as they stand in an address; the usual port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address without name and password."""
        return f"{self.scheme}://{self.netloc}{self.target}"

    @property
    def is_numeric(self) -> bool:
        """Whether the host is an IP address, which nobody needs to look up."""
        return ":" in self.host or _ends_in_number(self.host)

    def is_same_house(self, other: Place) -> bool:
        """Whether two addresses lead to one server, so that a password for one is for both."""
        usual = all(place.port == _DEFAULT_PORTS[place.scheme] for place in (self, other))
        return self.host == other.host and (self.port == other.port or usual)


def read_place(url: str) -> Place:
    """Read an address.

    Args:
        url: with `http`, `https`, or `webcal` and `webcals`, which are read as `https`.

    Raises:
        NotFetched: `bad_address`, where it has no host, another scheme, a port that is refused, or
            anything that two readers may take for two things.
    """
    text = url.strip()
    if len(text) > _MOST_CHARACTERS or _UNSEEN.search(text):
        raise NotFetched("bad_address")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise NotFetched("bad_address") from error
    scheme = _SCHEMES.get(parts.scheme)
    if scheme is None or not parts.hostname:
        raise NotFetched("bad_address")
    login = None
    if parts.username is not None:
        login = (unquote(parts.username), unquote(parts.password or ""))
    target = quote(parts.path or "/", safe=_KEPT_IN_PATHS)
    if parts.query:
        target += "?" + quote(parts.query, safe=_KEPT_IN_PATHS)
    port = _DEFAULT_PORTS[scheme] if port is None else port
    return Place(scheme, _read_host(parts.hostname), port, target, login)


def _read_host(text: str) -> str:
    """A host as it is looked up; a number must be written in the one way all agree upon."""
    try:
        if ":" in text and "%" not in text:
            return str(IPv6Address(text))
        if not text.isascii():
            import idna

            # What is written in full width or in circles is a plain digit after this.
            text = idna.encode(text, uts46=True).decode()
        host = text.lower().removesuffix(".")
        if _HOST.match(host):
            return str(IPv4Address(host)) if _ends_in_number(host) else host
    except ValueError as error:
        raise NotFetched("bad_address") from error
    raise NotFetched("bad_address")


def _ends_in_number(host: str) -> bool:
    """Whether a host is an IP address of the old kind, in any of its spellings."""
    return bool(_NUMBER.match(host.rpartition(".")[2]))


def is_allowed(place: Place, allowed_hosts: frozenset[str]) -> bool:
    """Whether the one who runs the installation has named this place.

    A host named without a port opens its ports 80 and 443 alone, lest people try all its others.
    """
    named = {host.strip().lower().removesuffix(".") for host in allowed_hosts}
    host = f"[{place.host}]" if ":" in place.host else place.host
    if f"{host}:{place.port}" in named:
        return True
    return place.port in _DEFAULT_PORTS.values() and bool({host, place.host} & named)


def check_port(port: int) -> None:
    """Refuse a port where no calendar lives.

    Raises:
        NotFetched: `bad_address`.
    """
    is_open = port in _DEFAULT_PORTS.values() or port >= 1024
    if not is_open or port in _REFUSED_PORTS:
        raise NotFetched("bad_address")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet.

    >>> [is_public(text) for text in ("9.9.9.9", "10.0.0.1", "169.254.169.254", "::ffff:9.9.9.9")]
    [True, False, False, False]
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False  # Nothing that can be read is nothing that can be trusted.
    if isinstance(found, IPv6Address):
        if found in _NAT64:
            return is_public(str(IPv4Address(int(found) & 0xFFFFFFFF)))
        if found not in _GLOBAL_UNICAST:
            return False
    return not any(found in block for block in _NOT_PUBLIC)
