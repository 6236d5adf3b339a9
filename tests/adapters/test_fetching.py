"""What is fetched comes from where it was asked for, in time, whole, and not too large."""

from __future__ import annotations

import base64
import gzip
import socket
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from miedza.adapters.fetching import Answer, NotFetched, Reach, request
from tests.adapters.http_servers import HttpServer, Reply, Seen, Trap, running_http
from tests.adapters.smtp import make_certificate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PUBLIC = "93.184.215.14"
FEED = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
ANNA = ("anna", "zażółć")
BASIC = "Basic " + base64.b64encode("anna:zażółć".encode()).decode()


def _feed(_seen: Seen) -> Reply:
    return Reply(body=FEED, headers={"Content-Type": "text/calendar", "ETag": '"1"'})


def _reach(server: HttpServer, *, seconds: float = 10, most_bytes: int = 100_000) -> Reach:
    return Reach(frozenset({server.place}), seconds, most_bytes)


class Net:
    """A network where every name leads to one public address, which is a server of this test."""

    def __init__(self, *servers: HttpServer) -> None:
        self._ports = {server.port: server.port for server in servers}
        self._only = servers[0].port
        self.asked: list[str] = []
        self.connected: list[tuple[str, int]] = []

    def resolve(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        return [PUBLIC]

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        self.connected.append((address, port))
        return socket.create_connection(("127.0.0.1", self._ports.get(port, self._only)), timeout)

    def get(self, url: str, *, reach: Reach | None = None, method: str = "GET") -> Answer:
        return request(
            method, url, reach=reach or Reach(timeout_seconds=10),
            resolve=self.resolve, connect=self.connect,
        )  # fmt: skip


def test_answer_comes_whole() -> None:
    with running_http(_feed) as server:
        answer = request("get", f"{server.url}/a.ics?b=1#c", reach=_reach(server))

    assert (answer.status, answer.body, answer.url) == (200, FEED, f"{server.url}/a.ics?b=1")
    assert (answer.headers["etag"], answer.headers["content-type"]) == ('"1"', "text/calendar")
    ((method, path, headers, body),) = server.seen
    assert (method, path, headers["host"], body) == ("GET", "/a.ics?b=1", server.place, b"")
    assert "authorization" not in headers


def test_what_is_written_arrives_with_its_headers_and_password() -> None:
    with running_http(lambda _seen: Reply(status=201)) as server:
        answer = request(
            "PUT", f"{server.url}/a", reach=_reach(server), headers={"If-None-Match": "*"},
            content=FEED, auth=ANNA,
        )  # fmt: skip

    assert (answer.status, answer.body) == (201, b"")
    ((method, _path, headers, body),) = server.seen
    assert (method, body) == ("PUT", FEED)
    assert (headers["if-none-match"], headers["authorization"]) == ("*", BASIC)


def test_password_in_an_address_is_used_and_shown_to_nobody() -> None:
    with running_http(_feed) as server:
        url = server.url.replace("//", "//anna:za%C5%BC%C3%B3%C5%82%C4%87@")
        answer = request("GET", url, reach=_reach(server))

    assert answer.url == f"{server.url}/"
    assert server.seen[0].headers["authorization"] == BASIC
    assert "anna" not in server.seen[0].path + server.seen[0].headers["host"]


@pytest.mark.parametrize("status", [204, 304, 401, 404, 410, 429, 500])
def test_status_is_an_answer_as_any_other(status: int) -> None:
    with running_http(lambda _seen: Reply(status, headers={"Retry-After": "7"})) as server:
        answer = request("GET", server.url, reach=_reach(server))

    assert (answer.status, answer.headers["retry-after"]) == (status, "7")


def test_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    trap = Trap()
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{trap.port}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with running_http(_feed) as server:
        answer = Net(server).get("http://feed.example/")

    assert (answer.body, trap.was_touched()) == (FEED, False)
    trap.close()


def test_connection_goes_to_the_address_that_was_checked() -> None:
    """A name that leads outside at the first look-up and inside at the second."""
    answers: Iterator[list[str]] = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    with running_http(_feed) as server:
        net = Net(server)
        answer = request(
            "GET", "http://feed.example/", reach=Reach(timeout_seconds=10),
            resolve=lambda _host, _port: next(answers), connect=net.connect,
        )  # fmt: skip

    assert (answer.body, net.connected) == (FEED, [(PUBLIC, 80)])
    assert server.seen[0].headers["host"] == "feed.example"


def test_redirect_to_the_same_name_is_looked_up_and_checked_anew() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    with running_http(lambda _seen: Reply(302, headers={"Location": "/again"})) as server:
        net = Net(server)
        with pytest.raises(NotFetched, match="private_address"):
            request(
                "GET", "http://feed.example/", reach=Reach(timeout_seconds=10),
                resolve=lambda _host, _port: next(answers), connect=net.connect,
            )  # fmt: skip

    assert (net.connected, len(server.seen)) == ([(PUBLIC, 80)], 1)


def test_second_address_is_tried_where_the_first_is_down() -> None:
    addresses = ["2606:2800:21f:cb07::1", PUBLIC]
    with running_http(_feed) as server:
        net = Net(server)

        def connect(address: str, port: int, timeout: float) -> socket.socket:
            if ":" in address:
                raise OSError("no such network")
            return net.connect(address, port, timeout)

        answer = request(
            "GET", "http://feed.example/", reach=Reach(timeout_seconds=10),
            resolve=lambda _host, _port: addresses, connect=connect,
        )  # fmt: skip

    assert (answer.body, net.connected) == (FEED, [(PUBLIC, 80)])


def test_certificate_is_checked_for_the_name_and_not_for_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, public = make_certificate(tmp_path, "feed.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with running_http(_feed, tls=context) as server:
        net = Net(server)
        answer = net.get("webcal://Feed.Example./a.ics")
        with pytest.raises(NotFetched, match="bad_certificate"):
            net.get("https://other.example/")

    assert (answer.body, answer.url) == (FEED, "https://feed.example/a.ics")
    assert (server.names, net.asked) == (
        ["feed.example", "other.example"], ["feed.example", "other.example"],
    )  # fmt: skip
    assert len(server.seen) == 1


def test_certificate_that_nobody_vouches_for_is_refused_even_where_a_host_is_allowed(
    tmp_path: Path,
) -> None:
    context, _public = make_certificate(tmp_path)
    with running_http(_feed, tls=context) as server:
        reach = Reach(frozenset({f"localhost:{server.port}"}), 10)
        with pytest.raises(NotFetched, match="bad_certificate"):
            request("GET", f"https://localhost:{server.port}/", reach=reach, auth=ANNA)

    assert server.seen == []


def test_host_that_is_down_or_unknown_is_unreachable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(NotFetched, match="unreachable"):
            request("GET", f"http://{place}/", reach=Reach(frozenset({place}), 5))
    with pytest.raises(NotFetched, match="unreachable"):
        request("GET", "https://feed.example/", reach=Reach(), resolve=lambda _host, _port: [])


@pytest.mark.parametrize(
    "raw",
    [
        [],
        [b"\r\n\r\n"],
        [b"SSH-2.0-OpenSSH_9.2\r\n"],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nBEGIN:VCALENDAR"],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nBEGIN\r\n"],
        [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(FEED)[:-9]],
        [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(FEED), b"x"],
        [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", FEED],
        [b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n", FEED],
        [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\n", FEED],
        [b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000],
    ],
)
def test_half_an_answer_is_none(raw: list[bytes]) -> None:
    with (
        running_http(lambda _seen: Reply(raw=raw)) as server,
        pytest.raises(NotFetched, match="unreachable"),
    ):
        request("GET", server.url, reach=_reach(server))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("size", [99_999, 100_000, 100_001, 50_000_000])
def test_body_ends_where_it_grows_too_large(size: int, packed: bool) -> None:  # noqa: FBT001 - a case.
    body = b"x" * size
    reply = Reply(body=body)
    if packed:
        reply = Reply(body=gzip.compress(body, 1), headers={"Content-Encoding": "gzip"})
    with running_http(lambda _seen: reply) as server:
        if size > 100_000:
            with pytest.raises(NotFetched, match="too_large"):
                request("GET", server.url, reach=_reach(server))
        else:
            assert request("GET", server.url, reach=_reach(server)).body == body


def test_bomb_is_unpacked_no_further_than_it_may_grow() -> None:
    """One piece from the wire, of 50 kB, holds 50 MB."""
    bomb = Reply(body=gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"})
    with running_http(lambda _seen: bomb) as server:
        tracemalloc.start()
        with pytest.raises(NotFetched, match="too_large"):
            request("GET", server.url, reach=_reach(server))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert most < 10_000_000


def _drip(start: bytes) -> Iterator[bytes]:
    """Bytes that never end, each before one would give up waiting for it."""
    yield start
    while True:
        time.sleep(0.02)
        yield b"x"


@pytest.mark.parametrize(
    "start",
    [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n"],
)  # fmt: skip
def test_answer_that_drips_is_left_in_the_end(start: bytes) -> None:
    with (
        running_http(lambda _seen: Reply(raw=_drip(start))) as server,
        pytest.raises(NotFetched, match="too_slow"),
    ):
        request("GET", server.url, reach=_reach(server, seconds=0.5))


def test_server_that_says_nothing_is_left_in_the_end() -> None:
    trap = Trap()
    place = f"127.0.0.1:{trap.port}"
    for scheme in ("http", "https"):
        for content in (b"", b"x" * 30_000_000):
            with pytest.raises(NotFetched, match="too_slow"):
                request(
                    "PUT", f"{scheme}://{place}/", reach=Reach(frozenset({place}), 0.5),
                    content=content,
                )  # fmt: skip
    trap.close()


def test_look_up_that_takes_for_ever_is_left_in_the_end() -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        time.sleep(2)
        return [PUBLIC]

    with pytest.raises(NotFetched, match="too_slow"):
        request("GET", "https://feed.example/", reach=Reach(timeout_seconds=0.2), resolve=resolve)
