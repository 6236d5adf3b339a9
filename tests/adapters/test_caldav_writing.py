"""Events are written to a real server, and nobody else's change is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.adapters.caldav import (
    CalDavRefused,
    PutResult,
    delete_event,
    put_event,
    read_calendar,
)
from miedza.adapters.fetching import Reach
from tests.adapters.radicale import CalDavServer, make_event, running_radicale

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalDavServer]:
    with running_radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def server(running: CalDavServer) -> CalDavServer:
    running.clear()
    return running


def _reach(server: CalDavServer) -> Reach:
    return Reach(frozenset({server.place}), 10)


def _put(
    server: CalDavServer, url: str, uid: str, ics: bytes, etag: str | None = None
) -> PutResult:
    return put_event(
        url, server.user, server.password, reach=_reach(server), uid=uid, ics=ics, etag=etag
    )


def _delete(server: CalDavServer, href: str, etag: str | None = None) -> None:
    delete_event(href, server.user, server.password, reach=_reach(server), etag=etag)


def test_event_is_written_changed_and_deleted(server: CalDavServer) -> None:
    work = server.make_calendar()

    new = _put(server, work, "a@miedza.example", make_event("a@miedza.example"))
    changed = _put(
        server, work, "a@miedza.example", make_event("a@miedza.example", "SUMMARY:B"), new.etag
    )
    stored = server.get(new.href)
    _delete(server, changed.href, changed.etag)

    assert new.href == changed.href == f"{work}a@miedza.example.ics"
    assert new.etag != changed.etag
    assert b"SUMMARY:B" in (stored or b"")
    assert server.list_objects(work) == []


def test_etag_of_what_was_written_is_the_one_that_is_read(server: CalDavServer) -> None:
    work = server.make_calendar()

    put = _put(server, work, "a", make_event("a"))
    content = read_calendar(
        work, server.user, server.password, reach=_reach(server), since=0, until=1
    )

    assert [(one.href, one.etag) for one in content.objects] == [(put.href, put.etag)]


def test_change_by_somebody_else_is_not_overwritten(server: CalDavServer) -> None:
    work = server.make_calendar()
    mine = _put(server, work, "a", make_event("a", "SUMMARY:Moje"))
    server.put(mine.href, make_event("a", "SUMMARY:Cudze"))

    for act in (
        lambda: _put(server, work, "a", make_event("a", "SUMMARY:Nowe"), mine.etag),
        lambda: _put(server, work, "a", make_event("a", "SUMMARY:Nowe")),
        lambda: _delete(server, mine.href, mine.etag),
    ):
        with pytest.raises(CalDavRefused) as refused:
            act()
        assert (refused.value.code, refused.value.status) == ("changed", 412)

    assert b"SUMMARY:Cudze" in (server.get(mine.href) or b"")


def test_event_that_somebody_deleted_does_not_come_back(server: CalDavServer) -> None:
    work = server.make_calendar()
    mine = _put(server, work, "a", make_event("a"))
    server.delete(mine.href)

    with pytest.raises(CalDavRefused, match="changed"):
        _put(server, work, "a", make_event("a"), mine.etag)
    _delete(server, mine.href, mine.etag)
    _delete(server, mine.href)

    assert server.list_objects(work) == []


def test_event_that_is_there_under_another_name_is_not_doubled(server: CalDavServer) -> None:
    work = server.make_calendar()
    server.put(work + "other.ics", make_event("a"))

    with pytest.raises(CalDavRefused) as refused:
        _put(server, work, "a", make_event("a"))

    assert (refused.value.code, refused.value.status) == ("changed", 409)


def test_event_is_not_written_where_it_may_not_be(server: CalDavServer) -> None:
    read_only = server.make_calendar("read-only")
    with pytest.raises(CalDavRefused, match="wrong_password"):
        _put(server, read_only, "a", make_event("a"))
    with pytest.raises(CalDavRefused, match="not_found"):
        _put(server, f"{server.url}{server.user}/gone/", "a", make_event("a"))
    with pytest.raises(CalDavRefused, match="failing"):
        _put(server, server.make_calendar(), "a", b"no calendar")


@pytest.mark.parametrize(
    "uid",
    ["../../other/a", "/etc/passwd", "a/b", "..", ".", ".a", "a b", "a?b#c", "a%2fb", "żółć", "",
     "a\r\nHost: b", "a.ics/", "a..b", "040000008200E00074C5B7101A82E008" * 5],
)  # fmt: skip
def test_file_of_an_event_stays_in_its_calendar(server: CalDavServer, uid: str) -> None:
    work = server.make_calendar()

    put = _put(server, work.rstrip("/"), uid, make_event("a"))

    assert put == _put(server, work, uid, make_event("a"), put.etag)
    (path,) = server.list_objects(work)
    name = put.href.removeprefix(work)
    assert (path, name.isascii(), len(name)) == (f"/{server.user}/work/{name}", True, 68)
