"""No address that somebody types in leads into our own network, and none of them is even tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.adapters.fetching import NotFetched, Reach, request
from miedza.adapters.fetching_addresses import is_public, read_place
from tests.adapters.http_servers import Trap

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = {
    "feed.example": ["93.184.215.14"],
    "inner.example": ["127.0.0.1"],
    "both.example": ["93.184.215.14", "127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "cloud-data.example": ["169.254.169.254"],
    "office.example": ["10.1.2.3"],
    "carrier.example": ["100.64.0.1"],
    "zone.example": ["fe80::1%eth0"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "nonsense.example": ["localhost"],
    "127.0.0.1.nip.example": ["127.0.0.1"],
    "xn--kda4b0koi.example": ["192.168.1.1"],
    "my_cloud.example": ["172.16.0.9"],
}
"""What the names of the tests lead to, as somebody who has a name server may set it."""

PRIVATE = """
http://127.0.0.1:{port}/ http://127.0.0.1:{port} https://127.0.0.1:{port}/ webcal://127.0.0.1:{port}/
webcals://127.0.0.1:{port}/a.ics http://127.0.0.1.:{port}/ http://127.9.9.9:{port}/
http://0.0.0.0:{port}/ http://10.0.0.1:{port}/ http://172.16.0.1:{port}/ http://172.31.255.255/
http://192.168.0.1/ http://100.64.0.1/ http://100.127.255.255/ http://169.254.169.254/latest/meta-data/
http://169.254.170.2/ http://192.0.0.192/ http://198.18.0.1/ http://203.0.113.7/ http://224.0.0.1/
http://239.255.255.250:1900/ http://240.0.0.1/ http://255.255.255.255/
http://[::1]:{port}/ http://[::]:{port}/ http://[0:0:0:0:0:0:0:1]:{port}/
http://[::ffff:127.0.0.1]:{port}/ http://[::ffff:7f00:1]:{port}/ http://[::127.0.0.1]:{port}/
http://[fe80::1]:{port}/ http://[fec0::1]/ http://[fc00::1]/ http://[fd00:ec2::254]/ http://[ff02::1]/
http://[2002:7f00:1::]:{port}/ http://[2001:0:7f00:1::]/ http://[64:ff9b::7f00:1]:{port}/
http://[64:ff9b::a9fe:a9fe]/ http://[64:ff9b:1::7f00:1]/ http://[2001:db8::1]/ http://[100::1]/
http://localhost:{port}/ https://localhost:{port}/ http://LOCALHOST:{port}/ http://localhost.:{port}/
http://a.localhost:{port}/ http://ⓛocalhost:{port}/ http://local\u00adhost:{port}/
http://１２７.0.0.1:{port}/ http://127。0。0。1:{port}/ http://①②⑦.⓪.⓪.①:{port}/
http://inner.example:{port}/ https://INNER.example.:{port}/ http://both.example:{port}/
http://mapped.example:{port}/ http://cloud-data.example/latest/ http://office.example/
http://carrier.example/ http://zone.example:{port}/ http://nat64.example:{port}/
http://nonsense.example:{port}/ http://127.0.0.1.nip.example:{port}/ http://żółć.example:{port}/
http://my_cloud.example/ http://127.0.0.1:{port}?@feed.example/ http://127.0.0.1:{port}#@feed.example/
https://feed.example@127.0.0.1:{port}/ https://feed.example:80@inner.example:{port}/
https://a@feed.example@127.0.0.1:{port}/ https://feed.example%40127.0.0.1@127.0.0.1:{port}/
""".split()
"""Addresses that are understood, and lead where nobody may go."""

BAD = """
http://2130706433:{port}/ http://0x7f.1:{port}/ http://0x7f000001:{port}/ http://127.1:{port}/
http://017700000001:{port}/ http://0177.0.0.1:{port}/ http://127.0.0.01:{port}/ http://0:{port}/
http://127.0x0.0.1:{port}/ http://127.0.0.1..:{port}/ http://1.2.3.4.5:{port}/ http://256.0.0.1/
http://０x7f.1:{port}/ http://[fe80::1%25lo]:{port}/ http://[::1%lo]:{port}/ http://[::1:{port}/
http://::1:{port}/ http://127%2e0.0.1:{port}/ http://127.0.0.1%00.feed.example:{port}/
http://127.0.0.1:{port}\\@feed.example/ http://feed.example\\@127.0.0.1:{port}/
http:\\\\127.0.0.1:{port}\\
http://feed..example/ http://-feed.example/ http://feed.example:0/ http://feed.example:-1/
http://feed.example:65536/ http://feed.example:٨٠/ http://feed.example:80:80/ http://feed.example:x/
http://feed.example:22/ http://feed.example:25/ http://feed.example:6379/ https://feed.example:11211/
https://feed.example:5432/ http:/127.0.0.1:{port}/ http:127.0.0.1:{port} http:///127.0.0.1:{port}/
//127.0.0.1:{port}/ 127.0.0.1:{port}/ localhost:{port} feed.example/a.ics / file:///etc/passwd
file://127.0.0.1/etc/passwd ftp://127.0.0.1:{port}/ gopher://127.0.0.1:{port}/_%0d%0aHELO
dict://127.0.0.1:{port}/ ldap://127.0.0.1:{port}/ unix:///run/docker.sock jar:http://127.0.0.1:{port}!/
data:text/calendar,BEGIN:VCALENDAR javascript:alert(1) http+unix://%2frun%2fdocker.sock/
http://feed.example／@127.0.0.1:{port}/ http://℀.example/ https:// https://@/ https://:443/
""".split()
"""Addresses that are not understood, or that two readers may understand in two ways."""

BROKEN = [
    "",
    " ",
    "http://127.0.0.1 :{port}/",
    "http://127.0.0.1\t:{port}/",
    "ht\ntp://127.0.0.1:{port}/",
    "http://feed.example/\r\nHost: 127.0.0.1",
    "http://feed.example/a b",
    "http://feed.example/\x00",
    "http://feed.example\u2028.127.0.0.1/",
    "http://" + "a" * 64 + ".example/",
    "http://" + "a." * 127 + "example/",
    "http://feed.example/" + "a" * 5000,
]
"""The same, with what cannot be seen, and too long."""

INSECURE = """
http://anna:haslo@feed.example/ http://anna@feed.example/a.ics http://:@feed.example/
""".split()


@pytest.fixture
def trap() -> Iterator[Trap]:
    trap = Trap()
    yield trap
    trap.close()


def _look_up(host: str, port: int) -> list[str]:
    assert host.isascii(), host
    assert host == host.lower().rstrip("."), host
    return NAMES[host]


def _refuse(url: str, trap: Trap) -> str:
    """Fetch from a hostile address with the real way to connect; answer the code."""
    with pytest.raises(NotFetched) as refused:
        request(
            "GET", url.replace("{port}", str(trap.port)), reach=Reach(frozenset(), 5),
            resolve=_look_up,
        )  # fmt: skip
    return refused.value.code


@pytest.mark.parametrize("url", PRIVATE)
def test_address_of_our_own_network_is_refused_untried(url: str, trap: Trap) -> None:
    code = _refuse(url, trap)

    assert code == "private_address"
    assert not trap.was_touched()


@pytest.mark.parametrize("url", [*BAD, *BROKEN])
def test_address_that_is_none_is_refused_untried(url: str, trap: Trap) -> None:
    code = _refuse(url, trap)

    assert code == "bad_address"
    assert not trap.was_touched()


@pytest.mark.parametrize("url", INSECURE)
def test_password_is_not_sent_without_tls(url: str, trap: Trap) -> None:
    assert _refuse(url, trap) == "insecure"


@pytest.mark.parametrize("method", ["PROPFIND", "REPORT", "PUT", "DELETE", "POST"])
def test_only_reading_goes_without_tls(method: str) -> None:
    with pytest.raises(NotFetched, match="insecure"):
        request(method, "http://feed.example/", reach=Reach(), resolve=_look_up)


@pytest.mark.parametrize("header", ["Authorization", "COOKIE"])
def test_header_that_is_a_password_is_not_sent_without_tls(header: str) -> None:
    with pytest.raises(NotFetched, match="insecure"):
        request(
            "GET", "http://feed.example/", reach=Reach(), headers={header: "x"}, resolve=_look_up
        )


@pytest.mark.parametrize("host", ["localhost", "localhost.", "127.0.0.1", "[::1]", "127.0.0.1."])
def test_inner_address_tells_nothing_of_what_listens_there(host: str, trap: Trap) -> None:
    """With the system's own look-up: an open port and a closed one give the same answer."""
    codes = set()
    for port in (trap.port, 9999, 80, 443):
        with pytest.raises(NotFetched) as refused:
            request("GET", f"http://{host}:{port}/", reach=Reach(frozenset(), 5))
        codes.add(refused.value.code)

    assert codes == {"private_address"}
    assert not trap.was_touched()


def test_allowed_host_opens_neither_its_neighbours_nor_its_other_ports(trap: Trap) -> None:
    reach = Reach(frozenset({"inner.example", "office.example:8443", "127.0.0.1:1"}), 5)
    for url in (
        f"http://inner.example:{trap.port}/",
        f"http://127.0.0.1:{trap.port}/",
        "https://office.example/",
        "https://a.inner.example:8443/",
        "http://office.example.inner.example:80/",
    ):
        with pytest.raises(NotFetched, match="private_address"):
            request("GET", url, reach=reach, resolve=lambda _host, _port: ["127.0.0.1"])

    assert not trap.was_touched()


@pytest.mark.parametrize(
    "address",
    ["9.9.9.9", "93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::909:909", "2a00:1450::1"],
)
def test_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("webcal://feed.example/a.ics", "https://feed.example/a.ics"),
        ("  https://Feed.Example.:443/a?b#c\n", "https://feed.example/a?b"),
        ("HTTP://feed.example", "http://feed.example/"),
        ("https://anna:h%40slo@feed.example:8443/ż", "https://feed.example:8443/%C5%BC"),
        ("https://[2606:2800:021F::1]/", "https://[2606:2800:21f::1]/"),
        ("https://żółć.example/%7Ea?b=%20", "https://xn--kda4b0koi.example/%7Ea?b=%20"),
    ],
)
def test_address_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert read_place(typed).url == meant
