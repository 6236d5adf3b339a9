"""A redirect is a new address: checked like the first, and told no secret of the first."""

from __future__ import annotations

import pytest

from miedza.adapters.fetching import NotFetched, Reach, request
from tests.adapters.http_servers import HttpServer, Reply, Seen, Trap, running_http
from tests.adapters.smtp import make_certificate
from tests.adapters.test_fetching import ANNA, BASIC, FEED, Net, _feed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _send_to(location: str, status: int = 302) -> Callable[[Seen], Reply]:
    return lambda _seen: Reply(status, headers={"Location": location})


def _between(*servers: HttpServer) -> Reach:
    return Reach(frozenset(server.place for server in servers), 10)


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://127.0.0.1:{port}/", "private_address"),
        ("//127.0.0.1:{port}/", "private_address"),
        ("http://localhost:{port}/", "private_address"),
        ("http://[::ffff:127.0.0.1]:{port}/", "private_address"),
        ("http://169.254.169.254/latest/meta-data/", "private_address"),
        ("http://2130706433:{port}/", "bad_address"),
        ("http://127.1:{port}/", "bad_address"),
        ("http://127.0.0.1:{port}\\@feed.example/", "bad_address"),
        ("//[::1", "bad_address"),
        ("file:///etc/passwd", "bad_address"),
        ("gopher://127.0.0.1:{port}/", "bad_address"),
        ("http://feed.example:22/", "bad_address"),
    ],
)
def test_redirect_into_our_own_network_is_not_followed(location: str, code: str) -> None:
    trap = Trap()
    with (
        running_http(_send_to(location.replace("{port}", str(trap.port)))) as server,
        pytest.raises(NotFetched) as refused,
    ):
        Net(server).get("http://feed.example/")

    assert (refused.value.code, len(server.seen), trap.was_touched()) == (code, 1, False)
    trap.close()


def test_redirect_from_an_allowed_host_opens_no_other() -> None:
    trap = Trap()
    with (
        running_http(_send_to(f"http://127.0.0.1:{trap.port}/")) as server,
        pytest.raises(NotFetched, match="private_address"),
    ):
        request("GET", server.url, reach=_between(server))

    assert not trap.was_touched()
    trap.close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["/b.ics", "b.ics", "./b.ics", "http://feed.example/b.ics"])
def test_redirect_is_followed(status: int, location: str) -> None:
    def answer(seen: Seen) -> Reply:
        return _feed(seen) if seen.path == "/b.ics" else _send_to(location, status)(seen)

    with running_http(answer) as server:
        found = Net(server).get("http://feed.example/a.ics")

    assert (found.body, found.url) == (FEED, "http://feed.example/b.ics")


@pytest.mark.parametrize("status", [300, 304, 305, 306])
def test_answer_that_is_no_redirect_is_not_followed(status: int) -> None:
    with running_http(_send_to("/b.ics", status)) as server:
        assert Net(server).get("http://feed.example/").status == status

    assert len(server.seen) == 1


def test_redirect_to_nowhere_is_an_answer() -> None:
    with running_http(lambda _seen: Reply(302)) as server:
        assert Net(server).get("http://feed.example/").status == 302


def test_redirects_that_go_round_end() -> None:
    with (
        running_http(_send_to("/")) as server,
        pytest.raises(NotFetched, match="too_many_redirects"),
    ):
        Net(server).get("http://feed.example/")

    assert len(server.seen) == 4


def test_no_redirect_is_followed_where_none_is_wanted() -> None:
    with (
        running_http(_send_to("/b")) as server,
        pytest.raises(NotFetched, match="too_many_redirects"),
    ):
        request("GET", server.url, reach=_between(server), most_redirects=0)

    assert len(server.seen) == 1


def test_password_stays_with_the_server_it_is_for() -> None:
    with running_http(_feed) as other, running_http(_send_to(f"{other.url}/b")) as server:
        request(
            "PROPFIND", server.url, reach=_between(server, other), auth=ANNA, content=b"<a/>",
            headers={"Depth": "0", "Cookie": "a=b", "X-Token": "secret"},
        )  # fmt: skip

    assert server.seen[0].headers["authorization"] == BASIC
    ((method, path, headers, body),) = other.seen
    assert (method, path, body, headers["depth"]) == ("PROPFIND", "/b", b"<a/>", "0")
    assert not {"authorization", "cookie", "x-token"} & set(headers)


def test_password_goes_on_to_another_path_of_its_server() -> None:
    def answer(seen: Seen) -> Reply:
        return _feed(seen) if seen.path == "/b" else _send_to("/b", 301)(seen)

    with running_http(answer) as server:
        request("PROPFIND", server.url, reach=_between(server), auth=ANNA, headers={"Depth": "1"})

    assert [(seen.method, seen.headers["authorization"]) for seen in server.seen] == [
        ("PROPFIND", BASIC), ("PROPFIND", BASIC),
    ]  # fmt: skip
    assert server.seen[1].headers["depth"] == "1"


def test_redirect_brings_no_password_of_its_own() -> None:
    with running_http(_feed) as other:
        location = other.url.replace("//", "//eve:haslo@")
        with running_http(_send_to(location)) as server:
            request("GET", server.url, reach=_between(server, other))

    assert "authorization" not in other.seen[0].headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_what_is_written_goes_to_no_other_server(method: str) -> None:
    with (
        running_http(_feed) as other,
        running_http(_send_to(other.url, 307)) as server,
        pytest.raises(NotFetched, match="bad_address"),
    ):
        request(method, server.url, reach=_between(server, other), content=FEED, auth=ANNA)

    assert other.seen == []


def test_see_other_is_read() -> None:
    def answer(seen: Seen) -> Reply:
        return _feed(seen) if seen.path == "/b" else _send_to("/b", 303)(seen)

    with running_http(answer) as server:
        request("PUT", server.url, reach=_between(server), content=FEED)

    assert [(seen.method, seen.body) for seen in server.seen] == [("PUT", FEED), ("GET", b"")]


def test_redirect_out_of_tls_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, public = make_certificate(tmp_path, "feed.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    trap = Trap()
    with (
        running_http(_send_to(f"http://127.0.0.1:{trap.port}/"), tls=context) as server,
        pytest.raises(NotFetched, match="insecure"),
    ):
        Net(server).get(
            "https://feed.example/", reach=Reach(frozenset({f"127.0.0.1:{trap.port}"}), 10)
        )

    assert not trap.was_touched()
    trap.close()


def test_redirect_into_tls_keeps_the_password_of_its_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, public = make_certificate(tmp_path, "cloud.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with (
        running_http(_feed, tls=context) as secured,
        running_http(_send_to("https://cloud.example/")) as server,
    ):
        net = Net(server)
        net._ports |= {80: server.port, 443: secured.port}
        request(
            "GET", "http://cloud.example/", reach=Reach(frozenset({"cloud.example"}), 10),
            auth=ANNA, resolve=lambda _host, _port: ["10.0.0.7"], connect=net.connect,
        )  # fmt: skip

    assert net.connected == [("10.0.0.7", 80), ("10.0.0.7", 443)]
    assert secured.seen[0].headers["authorization"] == BASIC
