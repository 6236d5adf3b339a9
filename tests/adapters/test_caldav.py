"""Calendars on a real server are found, read and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.adapters.caldav import (
    CalDavRefused,
    CalendarContent,
    FoundCalendar,
    delete_event,
    find_calendars,
    put_event,
    read_calendar,
)
from miedza.adapters.fetching import NotFetched, Reach
from tests.adapters.http_servers import Reply, running_http
from tests.adapters.radicale import CalDavServer, make_event, running_radicale

if TYPE_CHECKING:
    from collections.abc import Iterator

SINCE, UNTIL = 1_796_083_200, 1_798_761_600  # December of 2026.


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


def _find(server: CalDavServer, url: str) -> list[FoundCalendar]:
    return find_calendars(url, server.user, server.password, reach=_reach(server))


def _read(server: CalDavServer, url: str, known_mark: str = "") -> CalendarContent:
    return read_calendar(
        url, server.user, server.password, reach=_reach(server), since=SINCE, until=UNTIL,
        known_mark=known_mark,
    )  # fmt: skip


@pytest.mark.parametrize("path", ["", "anna", "anna/", ".well-known/caldav", "anna/work/a.ics"])
def test_calendars_are_found_from_anywhere_on_the_server(server: CalDavServer, path: str) -> None:
    work = server.make_calendar(name="Praca &amp; <![CDATA[<dom>]]>\n ż")
    server.make_calendar("tasks", holds="VTODO")
    read_only = server.make_calendar("read-only", name="Święta")
    server.put(work + "a.ics", make_event("a"))

    found = _find(server, server.url + path)

    assert sorted(found) == [
        FoundCalendar(read_only, "Święta", can_write=False),
        FoundCalendar(work, "Praca & <dom> ż", can_write=True),
    ]


def test_address_of_a_calendar_finds_it_alone(server: CalDavServer) -> None:
    work = server.make_calendar()
    server.make_calendar("home")

    assert _find(server, work) == [FoundCalendar(work, "Praca", can_write=True)]


def test_path_that_does_not_exist_leads_to_the_calendars_of_its_server(
    server: CalDavServer,
) -> None:
    work = server.make_calendar()

    found = _find(server, server.url + "index.php/apps/calendar")

    assert [calendar.url for calendar in found] == [work]


def test_somebody_without_calendars_has_none(server: CalDavServer) -> None:
    assert _find(server, server.url) == []


def test_wrong_password_is_told(server: CalDavServer) -> None:
    work = server.make_calendar()
    for call in (
        lambda: find_calendars(server.url, "anna", "inne", reach=_reach(server)),
        lambda: read_calendar(work, "anna", "inne", reach=_reach(server), since=SINCE, until=UNTIL),
        lambda: put_event(work, "anna", "inne", reach=_reach(server), uid="a", ics=make_event("a")),
        lambda: delete_event(work + "a.ics", "anna", "inne", reach=_reach(server)),
    ):
        with pytest.raises(CalDavRefused) as refused:
            call()
        assert (refused.value.code, refused.value.status) == ("wrong_password", 401)


def test_server_in_our_own_network_must_be_allowed(server: CalDavServer) -> None:
    with pytest.raises(NotFetched, match="insecure"):
        find_calendars(server.url, server.user, server.password, reach=Reach())


def test_calendars_behind_a_redirect_are_found(server: CalDavServer) -> None:
    """Another server gets no password that was meant for the first."""
    work = server.make_calendar()
    target = f"/{server.user}/"
    with running_http(lambda _seen: Reply(301, headers={"Location": server.url})) as first:
        reach = Reach(frozenset({server.place, first.place}), 10)
        with pytest.raises(CalDavRefused, match="wrong_password"):
            find_calendars(first.url + target, server.user, server.password, reach=reach)

    assert _find(server, f"{server.url}.well-known/caldav")[0].url == work


def test_calendar_is_read_whole_with_series_and_what_is_long_over(server: CalDavServer) -> None:
    work = server.make_calendar()
    files = {
        "old": make_event("old", "SUMMARY:Dawno", day="20200101"),
        "series": make_event("series", "RRULE:FREQ=WEEKLY;UNTIL=20261229T100000Z", day="20200101"),
        "new": make_event("new", "SUMMARY:Zażółć \\, <b>&amp\\; gęślą"),
    }
    etags = {name: server.put(f"{work}{name}.ics", ics) for name, ics in files.items()}

    content = _read(server, work)

    assert (content.is_unchanged, content.is_whole, bool(content.mark)) == (False, True, True)
    assert {one.href: one.etag for one in content.objects} == {
        f"{work}{name}.ics": etag for name, etag in etags.items()
    }
    for one in content.objects:
        expected = files[one.href.rpartition("/")[2].removesuffix(".ics")]
        assert sorted(one.ics.splitlines()) == sorted(expected.splitlines())


def test_calendar_that_has_not_changed_is_not_read_again(server: CalDavServer) -> None:
    work = server.make_calendar()
    server.put(work + "a.ics", make_event("a"))
    first = _read(server, work)

    again = [_read(server, work, first.mark) for _ in range(3)]
    server.put(work + "b.ics", make_event("b"))
    then = _read(server, work, first.mark)
    server.delete(work + "a.ics")
    last = _read(server, work, then.mark)

    unchanged = CalendarContent((), first.mark, is_unchanged=True, is_whole=True)
    assert again == [unchanged] * 3
    assert [len(one.objects) for one in (first, then, last)] == [1, 2, 1]
    assert len({first.mark, then.mark, last.mark}) == 3


def test_empty_calendar_is_empty(server: CalDavServer) -> None:
    work = server.make_calendar()
    server.put(work + "a.ics", make_event("a"))
    server.delete(work + "a.ics")

    content = _read(server, work)

    assert (content.objects, content.is_unchanged, content.is_whole) == ([], False, True)


def test_calendar_that_is_too_large_is_read_for_its_span_with_all_its_series(
    server: CalDavServer,
) -> None:
    work = server.make_calendar()
    padding = "DESCRIPTION:" + "x" * 2000
    for number in range(30):
        server.put(f"{work}old{number}.ics", make_event(f"old{number}", padding, day="20200101"))
    server.put(work + "new.ics", make_event("new"))
    server.put(work + "edge.ics", make_event("edge", day="20261130"))
    server.put(work + "series.ics", make_event("series", "RRULE:FREQ=DAILY", day="20200101"))
    server.put(work + "dates.ics", make_event("dates", "RDATE:20261205T100000Z", day="20200101"))

    content = read_calendar(
        work, server.user, server.password, since=SINCE, until=UNTIL,
        reach=Reach(frozenset({server.place}), 10, most_bytes=30_000),
    )  # fmt: skip

    names = {one.href.rpartition("/")[2] for one in content.objects}
    assert not content.is_whole
    assert names == {"new.ics", "edge.ics", "series.ics", "dates.ics"}


def test_calendar_that_is_gone_is_told(server: CalDavServer) -> None:
    server.make_calendar()
    with pytest.raises(CalDavRefused) as refused:
        _read(server, f"{server.url}{server.user}/gone/")

    assert (refused.value.code, refused.value.status) == ("not_found", 404)


def test_what_is_no_calendar_is_not_read(server: CalDavServer) -> None:
    server.make_calendar()
    with pytest.raises(CalDavRefused, match="not_caldav"):
        _read(server, f"{server.url}{server.user}/")
