"""Calendars are found on servers that are set up in other ways than the real one in the tests."""

from __future__ import annotations

import pytest

from miedza.adapters.caldav import CalDavRefused, FoundCalendar, find_calendars
from miedza.adapters.caldav_asking import join_href
from miedza.adapters.fetching import NotFetched, Reach
from tests.adapters.caldav_fakes import CALENDAR, HERE, HTML, one, running_fake, tell
from tests.adapters.http_servers import Reply, running_http
from tests.adapters.test_caldav_faults import _find

PRINCIPAL = "<current-user-principal><href>/p/anna/</href></current-user-principal>"
HOMES = "<C:calendar-home-set><href>/h/</href><href>/h2/</href></C:calendar-home-set>"
PERSON = {
    "PROPFIND0 /dav/": tell(one("/dav/", PRINCIPAL)),
    "PROPFIND0 /p/anna/": tell(one("/p/anna/", HOMES)),
    "PROPFIND1 /h/": tell(one("/h/"), one("/h/work/", f"{CALENDAR}<displayname/>")),
    "PROPFIND1 /h2/": tell(one("/h2/"), one("/h2/h%C3%B3me", CALENDAR)),
}


def test_calendars_of_several_homes_are_found_behind_a_redirect() -> None:
    moved = Reply(301, headers={"Location": "/dav/"})
    answers = {"PROPFIND /": HTML, "PROPFIND /.well-known/caldav": moved, **PERSON}
    with running_fake(answers) as server:
        found = _find(server)

    assert found == [
        FoundCalendar(f"{server.url}/h/work/", "work", can_write=True),
        FoundCalendar(f"{server.url}/h2/h%C3%B3me/", "hóme", can_write=True),
    ]
    assert all("authorization" in seen.headers for seen in server.seen)


def test_calendars_are_found_where_the_well_known_address_leads_out_of_reach() -> None:
    """Many servers behind a proxy redirect to an address that they alone know."""
    moved = Reply(301, headers={"Location": "ftp://inner/dav/"})
    answers = {
        "PROPFIND /.well-known/caldav": moved,
        "PROPFIND /": PERSON["PROPFIND0 /dav/"],
        **PERSON,
    }
    with running_fake(answers) as server:
        found = _find(server, "/somewhere")

    assert len(found) == 2


def test_calendars_are_found_where_a_server_tells_nothing_of_persons() -> None:
    listing = tell(one("/cals/"), one("/cals/a/", CALENDAR), one("/cals/b/"))
    answers = {"PROPFIND0 /cals/": tell(one("/cals/")), "PROPFIND1 /cals/": listing}
    with running_fake(answers) as server:
        assert [found.url for found in _find(server, "/cals/")] == [f"{server.url}/cals/a/"]


def test_server_of_files_alone_is_told() -> None:
    with (
        running_fake({"*": tell(one("/"), one("/file.txt"))}) as server,
        pytest.raises(CalDavRefused, match="not_caldav"),
    ):
        _find(server)


def test_somebody_whom_the_server_does_not_know_is_told() -> None:
    nobody = "<current-user-principal><unauthenticated/></current-user-principal>"
    with (
        running_fake({"*": tell(one("/", nobody))}) as server,
        pytest.raises(CalDavRefused, match="wrong_password"),
    ):
        _find(server)


@pytest.mark.parametrize("status", [401, 429, 503])
def test_server_that_refuses_is_not_asked_again(status: int) -> None:
    with running_fake({"*": Reply(status)}) as server, pytest.raises(CalDavRefused):
        _find(server, "/dav/")

    assert len(server.seen) == 1


def test_closed_door_tells_more_than_a_page_that_is_missing() -> None:
    with (
        running_fake({"PROPFIND /": Reply(403)}) as server,
        pytest.raises(CalDavRefused, match="wrong_password"),
    ):
        _find(server, "/dav/")

    assert [seen.path for seen in server.seen] == ["/dav/", "/.well-known/caldav", "/"]


def test_person_with_a_hundred_homes_is_refused() -> None:
    homes = "".join(f"<href>/{number}/</href>" for number in range(100))
    person = one("/", f"<C:calendar-home-set>{homes}</C:calendar-home-set>")
    with (
        running_fake({"*": tell(person)}) as server,
        pytest.raises(CalDavRefused, match="not_caldav"),
    ):
        _find(server)

    assert len(server.seen) == 3


@pytest.mark.parametrize(
    ("rights", "can_write"),
    [
        ("<read/>", False),
        ("", False),
        ("<all/>", True),
        ("<read/></privilege><privilege><write/>", True),
        ("<write-content/>", False),
        ("<write-content/><bind/><unbind/>", True),
        ("<C:read-free-busy/>", False),
    ],
)
def test_right_to_write_is_read(rights: str, can_write: bool) -> None:  # noqa: FBT001 - a case.
    told = (
        f"{CALENDAR}<current-user-privilege-set><privilege>{rights}</privilege>"
        "</current-user-privilege-set>"
    )
    with running_fake({"*": tell(one("/cal/", told))}) as server:
        assert [found.can_write for found in _find(server, "/cal/")] == [can_write]


@pytest.mark.parametrize(
    ("holds", "count"),
    [('<C:comp name="VEVENT"/><C:comp name="VTODO"/>', 1), ('<C:comp name="vevent"/>', 1), ("", 1)],
)
def test_calendar_that_may_hold_events_is_found(holds: str, count: int) -> None:
    told = (
        f"{CALENDAR}<C:supported-calendar-component-set>{holds}"
        "</C:supported-calendar-component-set>"
    )
    with running_fake({"*": tell(one("/cal/", told))}) as server:
        assert len(_find(server, "/cal/")) == count


def test_name_of_a_calendar_is_one_line_that_is_not_too_long() -> None:
    told = f"{CALENDAR}<displayname>\n a &lt;b&gt;\t{'x' * 500}</displayname>"
    with running_fake({"*": tell(one("/cal/", told))}) as server:
        ((_url, name, _can_write),) = _find(server, "/cal/")

    assert (name[:8], len(name)) == ("a <b> xx", 200)


def test_password_in_the_address_goes_no_further() -> None:
    with running_fake({"*": HERE}) as server:
        url = server.url.replace("//", "//eve:inne@")
        reach = Reach(frozenset({server.place}), 10)
        found = find_calendars(f"{url}/cal/", "anna", "haslo", reach=reach)

    assert [calendar.url for calendar in found] == [f"{server.url}/cal/"]


def test_server_that_is_down_is_told() -> None:
    with running_http(lambda _seen: HTML) as server:
        pass
    with pytest.raises(NotFetched, match="unreachable"):
        _find(server)


@pytest.mark.parametrize(
    ("url", "href", "meant"),
    [
        ("https://cloud.example/dav/", "/dav/a b.ics", "https://cloud.example/dav/a%20b.ics"),
        ("https://cloud.example/dav/", "a.ics", "https://cloud.example/dav/a.ics"),
        ("https://cloud.example:8443/", "http://cloud.example/a", "https://cloud.example:8443/a"),
        ("https://cloud.example/", "http://Cloud.example:8080/a", "https://cloud.example/a"),
        ("https://cloud.example/", "https://eve:x@cloud.example/a", "https://cloud.example/a"),
        (
            "https://caldav.icloud.com/",
            "https://p34-caldav.icloud.com:443/1/calendars/",
            "https://p34-caldav.icloud.com/1/calendars/",
        ),
    ],
)
def test_address_in_an_answer_is_read_as_it_was_meant(url: str, href: str, meant: str) -> None:
    assert join_href(url, href) == meant


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://cloud.example/", "https://other.example/"),
        ("https://cloud.example/", "https://cloud.example.evil.example/"),
        ("https://caldav.icloud.com/", "http://p34-caldav.icloud.com/"),
        ("https://caldav.icloud.com/", "https://p34-caldav.icloud.com:8443/"),
        ("https://caldav.icloud.com/", "https://evil-icloud.com/"),
        ("https://cloud.example/", "https://p34-caldav.icloud.com/"),
        ("https://cloud.example/", "data:text/plain,a"),
    ],
)
def test_address_in_an_answer_leads_to_no_other_house(url: str, href: str) -> None:
    with pytest.raises(CalDavRefused, match="not_caldav"):
        join_href(url, href)
