"""What calendar servers do on a bad day, which the real one in the tests never has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.adapters.caldav import (
    CalDavRefused,
    CalendarContent,
    FoundCalendar,
    PutResult,
    delete_event,
    find_calendars,
    put_event,
    read_calendar,
)
from miedza.adapters.fetching import NotFetched, Reach
from tests.adapters.caldav_fakes import CALENDAR, HERE, HTML, ICS, event, one, running_fake, tell
from tests.adapters.http_servers import HttpServer, Reply, Seen

if TYPE_CHECKING:
    from tests.adapters.caldav_fakes import Answers


def _reach(server: HttpServer) -> Reach:
    return Reach(frozenset({server.place}), 10, 1_000_000)


def _read(server: HttpServer, known_mark: str = "") -> CalendarContent:
    return read_calendar(
        f"{server.url}/cal/", "anna", "haslo", reach=_reach(server), since=0, until=86_400,
        known_mark=known_mark,
    )  # fmt: skip


def _find(server: HttpServer, path: str = "/") -> list[FoundCalendar]:
    return find_calendars(server.url + path, "anna", "haslo", reach=_reach(server))


def _put(server: HttpServer, etag: str | None = None) -> PutResult:
    return put_event(
        f"{server.url}/cal/", "anna", "haslo", reach=_reach(server), uid="a", ics=ICS, etag=etag
    )


def _act(server: HttpServer, deed: str) -> None:
    """Do one of the things that one does with a calendar server."""
    if deed == "find":
        _find(server, "/cal/")
    elif deed == "read":
        _read(server)
    elif deed == "put":
        _put(server)
    else:
        delete_event(f"{server.url}/cal/a.ics", "anna", "haslo", reach=_reach(server))


@pytest.mark.parametrize("deed", ["find", "read", "put", "delete"])
@pytest.mark.parametrize(
    ("reply", "code", "wait"),
    [
        (Reply(401), "wrong_password", None),
        (Reply(403), "wrong_password", None),
        (Reply(412), "changed", None),
        (Reply(429, headers={"Retry-After": "120"}), "busy", 120),
        (Reply(503), "busy", None),
        (Reply(503, headers={"Retry-After": "99999999999999"}), "busy", 86_400),
        (Reply(503, headers={"Retry-After": "-5"}), "busy", None),
        (Reply(503, headers={"Retry-After": "soon"}), "busy", None),
        (Reply(503, headers={"Retry-After": "Wed, 01 Jan 2020 10:00:00 GMT"}), "busy", 0),
        (Reply(503, headers={"Retry-After": "Tue, 01 Jan 2999 10:00:00 GMT"}), "busy", 86_400),
        (Reply(500), "failing", None),
        (Reply(502, b"<html>"), "failing", None),
        (Reply(507), "failing", None),
        (Reply(423), "failing", None),
        (Reply(405), "not_caldav", None),
        (Reply(501), "not_caldav", None),
        (Reply(304), "not_caldav", None),
    ],
)
def test_refusal_is_told_by_its_code(deed: str, reply: Reply, code: str, wait: int | None) -> None:
    with running_fake({"*": reply}) as server, pytest.raises(CalDavRefused) as refused:
        _act(server, deed)

    assert (refused.value.code, refused.value.status) == (code, reply.status)
    assert refused.value.retry_after_seconds == wait


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_told_unless_it_was_to_be_deleted(status: int) -> None:
    with running_fake({"*": Reply(status)}) as server:
        for deed in ("find", "read", "put"):
            with pytest.raises(CalDavRefused, match="not_found"):
                _act(server, deed)
        _act(server, "delete")


@pytest.mark.parametrize("deed", ["find", "read", "put", "delete"])
def test_half_an_answer_is_none(deed: str) -> None:
    half = Reply(207, HERE.body, {"Content-Length": str(len(HERE.body) + 10)})
    with running_fake({"*": half}) as server, pytest.raises(NotFetched, match="unreachable"):
        _act(server, deed)


@pytest.mark.parametrize("deed", ["find", "read"])
@pytest.mark.parametrize(
    "reply",
    [HTML, HTML._replace(status=207), Reply(200, HERE.body), Reply(204), Reply(207), Reply(200),
     Reply(207, HERE.body[:-1]), Reply(207, b"<a/>"), Reply(207, b"{}")],
)  # fmt: skip
def test_what_is_no_calendar_server_is_told(deed: str, reply: Reply) -> None:
    with running_fake({"*": reply}) as server, pytest.raises(CalDavRefused, match="not_caldav"):
        _act(server, deed)


def test_empty_answer_to_everything_is_no_empty_calendar() -> None:
    with running_fake({"*": tell()}) as server:
        with pytest.raises(CalDavRefused, match="failing"):
            _read(server)
        with pytest.raises(CalDavRefused, match="not_caldav"):
            _find(server)


def test_empty_answer_to_the_question_for_events_is_not_believed() -> None:
    """Some servers answer nothing to what they do not understand."""
    listing = tell(one("/cal/", CALENDAR), one("/cal/a.ics"), one("/cal/b%20c.ics"))

    def report(seen: Seen) -> Reply:
        if b"multiget" not in seen.body:
            return tell()
        return tell(event("/cal/a.ics"), event("/cal/b c.ics"))

    answers: Answers = {"PROPFIND0 /cal/": HERE, "PROPFIND1 /cal/": listing, "REPORT /cal/": report}
    with running_fake(answers) as server:
        content = _read(server)

    assert [found.href.removeprefix(server.url) for found in content.objects] == [
        "/cal/a.ics", "/cal/b%20c.ics",
    ]  # fmt: skip
    assert content.objects[0].ics == ICS
    assert (content.mark, content.is_whole) == ("mark-1", True)


@pytest.mark.parametrize("listing", [tell(), Reply(500), Reply(404), HTML])
def test_empty_answer_without_a_list_is_no_empty_calendar(listing: Reply) -> None:
    answers: Answers = {"PROPFIND0 /cal/": HERE, "PROPFIND1 /cal/": listing, "REPORT /cal/": tell()}
    with running_fake(answers) as server, pytest.raises(CalDavRefused):
        _read(server)


@pytest.mark.parametrize(
    "answer",
    [
        tell(event("/cal/a.ics")),
        tell(event("/cal/a.ics"), one("/cal/b.ics")),
        tell(event("/cal/a.ics"), one("/cal/b.ics", "<C:calendar-data/>", 403)),
        tell(event("/cal/a.ics"), one("/cal/b.ics", "<C:calendar-data> </C:calendar-data>")),
        tell(
            event("/cal/a.ics"),
            "<response><href>/cal/b.ics</href><status>HTTP/1.1 500 Oh</status></response>",
        ),
        tell(event("/cal/a.ics"), "<response><href>/cal/b.ics</href><status/></response>"),
    ],
)
def test_event_that_is_listed_and_not_shown_is_no_free_time(answer: Reply) -> None:
    listing = tell(one("/cal/", CALENDAR), one("/cal/a.ics"), one("/cal/b.ics"))

    def report(seen: Seen) -> Reply:
        return answer if b"multiget" in seen.body else Reply(403)

    answers: Answers = {"PROPFIND0 /cal/": HERE, "PROPFIND1 /cal/": listing, "REPORT /cal/": report}
    with running_fake(answers) as server, pytest.raises(CalDavRefused, match="failing"):
        _read(server)


def test_event_deleted_while_it_is_read_is_left_out() -> None:
    gone = "<response><href>/cal/b.ics</href><status>HTTP/1.1 404 Not Found</status></response>"
    answers: Answers = {"PROPFIND0 /cal/": HERE, "REPORT /cal/": tell(event("/cal/a.ics"), gone)}
    with running_fake(answers) as server:
        assert len(_read(server).objects) == 1


@pytest.mark.parametrize("status", [207, 507])
def test_answer_that_was_cut_is_asked_for_by_its_span(status: int) -> None:
    cut = "<response><href>/cal/</href><status>HTTP/1.1 507 Too much</status></response>"
    whole = tell(event("/cal/a.ics"), cut) if status == 207 else Reply(507)

    def report(seen: Seen) -> Reply:
        if b"time-range" in seen.body:
            assert b'start="19691231T000000Z" end="19700103T000000Z"' in seen.body
            return tell(event("/cal/b.ics"))
        return tell(event("/cal/b.ics"), event("/cal/c.ics")) if b"RRULE" in seen.body else (
            tell() if b"RDATE" in seen.body else whole
        )  # fmt: skip

    with running_fake({"PROPFIND0 /cal/": HERE, "REPORT /cal/": report}) as server:
        content = _read(server)

    assert [found.href.removeprefix(server.url) for found in content.objects] == [
        "/cal/b.ics", "/cal/c.ics",
    ]  # fmt: skip
    assert not content.is_whole


def test_calendar_with_too_much_in_its_span_is_not_read() -> None:
    large = Reply(207, b" " * 1_000_001)
    with (
        running_fake({"PROPFIND0 /cal/": HERE, "REPORT /cal/": large}) as server,
        pytest.raises(NotFetched, match="too_large"),
    ):
        _read(server)


def test_calendar_without_a_mark_is_always_read() -> None:
    here = tell(one("/cal/", CALENDAR))
    answers: Answers = {"PROPFIND0 /cal/": here, "REPORT /cal/": tell(event("/cal/a.ics"))}
    with running_fake(answers) as server:
        content = _read(server, known_mark="")

    assert (content.mark, content.is_unchanged, len(content.objects)) == ("", False, 1)


@pytest.mark.parametrize(
    "href",
    ["https://evil.example/cal/a.ics", "//evil.example/a.ics", "http://127.0.0.2/cal/a.ics",
     "file:///etc/passwd", "http://[", "https://evil.icloud.com/a.ics",
     "//127.0.0.1@evil.example/"],
)  # fmt: skip
def test_address_on_another_host_is_refused(href: str) -> None:
    elsewhere = one("/", f"<current-user-principal><href>{href}</href></current-user-principal>")
    answers = {
        "PROPFIND0 /cal/": HERE,
        "REPORT /cal/": tell(event("/cal/b.ics"), event(href)),
        "*": tell(elsewhere),
    }
    with running_fake(answers) as server:
        with pytest.raises(CalDavRefused, match="not_caldav"):
            _read(server)
        with pytest.raises(CalDavRefused, match="not_caldav"):
            _find(server)


def test_etag_that_is_not_given_is_asked_for() -> None:
    answers = {
        "PUT /cal/a.ics": Reply(201),
        "PROPFIND0 /cal/a.ics": tell(one("/cal/a.ics", '<getetag>"7"</getetag>')),
    }
    with running_fake(answers) as server:
        put = _put(server)

    assert put == PutResult('"7"', f"{server.url}/cal/a.ics")
    assert server.seen[0].headers["if-none-match"] == "*"


def test_server_without_etags_is_written_to_without_them() -> None:
    answers = {"PUT /cal/a.ics": Reply(204), "PROPFIND0 /cal/a.ics": tell(one("/cal/a.ics"))}
    with running_fake(answers) as server:
        first = _put(server)
        _put(server, first.etag)
        _put(server, '"7"')

    puts = [seen.headers for seen in server.seen if seen.method == "PUT"]
    conditions = [(put.get("if-none-match"), put.get("if-match")) for put in puts]
    assert first.etag == ""
    assert conditions == [("*", None), (None, None), (None, '"7"')]


def test_etag_with_a_line_break_brings_no_header() -> None:
    with (
        running_fake({"*": Reply(204)}) as server,
        pytest.raises(NotFetched, match="bad_address"),
    ):
        _put(server, '"7"\r\nX: y')

    assert server.seen == []


def test_deletion_that_failed_in_part_is_told() -> None:
    with (
        running_fake({"*": tell(one("/cal/a.ics", status=423))}) as server,
        pytest.raises(CalDavRefused, match="failing"),
    ):
        _act(server, "delete")
