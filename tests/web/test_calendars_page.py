"""Other calendars: added and read later, in clear words what is wrong; a feed of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.calendars.actions import MOST_SOURCES, mark_failed
from miedza.calendars.models import Source
from miedza.calendars.queries import Account, read_account
from miedza.jobs import calendars
from tests.web.hostile import UNSEEN, bad_text
from tests.web.offers import NOTHING, PASSWORD, SECRET_ADDRESS, add_calendar
from tests.web.pages import dump_rows, follow, present, read, typed
from tests.web.refusing import check_refused

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

PAGE = reverse("calendars")
ICS = {
    "which": "source", "name": "Phone", "url": "https://calendar.example/mine.ics", "username": "",
    "password": "", "shown": "initials",
}  # fmt: skip
CALDAV = {**ICS, "username": "anna", "password": PASSWORD, "writes": "on", "shown": "busy"}


def _sources(cast: Cast) -> list[Source]:
    sources = Source.objects.of(cast.anna.practice_id).select_related("practice")
    return list(sources.order_by("made_at", "id"))


def _address(source: Source) -> str:
    return reverse("change_source", args=[source.id])


def test_address_is_added_and_waits_to_be_read(cast: Cast, anna: Client) -> None:
    said = follow(anna, anna.post(PAGE, ICS))

    assert "Added. It is read within a minute; look here how it goes." in said
    assert "Not read yet; it takes a minute." in said
    (source,) = _sources(cast)
    assert (source.kind, source.name, source.writes, source.shown) == (
        "ics", "Phone", False, "initials",
    )  # fmt: skip
    assert read_account(source) == Account("https://calendar.example/mine.ics", found=[])
    assert source.fetched_at is None


def test_caldav_account_is_kept_sealed_and_shown_to_nobody(cast: Cast, anna: Client) -> None:
    page = follow(anna, anna.post(PAGE, {**CALDAV, "url": " calendar.example/dav/ "}))

    (source,) = _sources(cast)
    assert (source.kind, source.writes, source.shown) == ("caldav", True, "busy")
    assert read_account(source) == Account(
        "https://calendar.example/dav/", "anna", PASSWORD, is_found=False, found=[]
    )
    assert PASSWORD not in page
    assert PASSWORD not in str(dump_rows())
    assert "calendar.example" not in str(dump_rows())


def test_form_sent_twice_adds_one_calendar(cast: Cast, anna: Client) -> None:
    body = {**ICS, "once": typed(anna.get(PAGE), "once")[0]}

    for _time in range(2):
        follow(anna, anna.post(PAGE, body))

    assert len(_sources(cast)) == 1


@pytest.mark.parametrize(
    ("field", "label", "bad"),
    [
        ("name", "What you call it", bad_text(80)),
        ("url", "Address", bad_text(1000)),
        ("username", "Name there, for CalDAV", bad_text(200, required=False)),
        ("shown", "What it tells of people", {"xx": "Select a valid choice."}),
    ],
)
def test_bad_field_is_named_and_nothing_typed_is_lost(
    field: str, label: str, bad: dict[str, str], anna: Client
) -> None:
    good = {name: value for name, value in ICS.items() if name != "password"}

    check_refused(anna, PAGE, good, field, label, bad)


def test_password_that_is_refused_is_not_sent_back(cast: Cast, anna: Client) -> None:
    response = anna.post(PAGE, {**CALDAV, "password": f"{PASSWORD}\0"})

    assert response.status_code == 422
    assert UNSEEN in read(response)
    assert PASSWORD not in response.content.decode()
    assert typed(response, "username") == ["anna"]
    assert _sources(cast) == []


def test_calendar_without_a_name_cannot_be_written(cast: Cast, anna: Client) -> None:
    response = anna.post(PAGE, {**ICS, "writes": "on"})

    assert response.status_code == 422
    assert "To write into a calendar, your name there is needed." in read(response)
    assert typed(response, "url") == [ICS["url"]]
    assert typed(response, "writes") == ["on"]
    assert _sources(cast) == []


def test_so_many_calendars_are_read_and_no_more(cast: Cast, anna: Client) -> None:
    for _number in range(MOST_SOURCES):
        add_calendar(cast.anna)

    response = anna.post(PAGE, ICS)

    assert response.status_code == 422
    assert "So many calendars are read already. Remove one first." in read(response)
    assert typed(response, "url") == [ICS["url"]]
    assert len(_sources(cast)) == MOST_SOURCES


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://127.0.0.1/mine.ics", "The address leads into a private network."),
        ("https://192.168.1.1/mine.ics", "The address leads into a private network."),
        ("https://[::1]/mine.ics", "The address leads into a private network."),
        ("https://169.254.169.254/latest/", "The address leads into a private network."),
        ("https://0x7f000001/", "This is no address that can be read."),
        ("javascript:alert(1)", "This is no address that can be read."),
        ("https://calendar.example:25/", "This is no address that can be read."),
    ],
)
def test_address_that_is_not_read_is_said_to_be(
    url: str, said: str, cast: Cast, anna: Client
) -> None:
    follow(anna, anna.post(PAGE, {**ICS, "url": url}))
    (source,) = _sources(cast)

    calendars.read_one(now=source.fetch_at)

    page = read(anna.get(PAGE))
    assert said in page
    assert "/etc/passwd" not in page


@pytest.mark.parametrize("url", ["my calendar", "file:///etc/passwd", "https://"])
def test_what_is_no_address_is_refused_at_once(url: str, cast: Cast, anna: Client) -> None:
    response = anna.post(PAGE, {**ICS, "url": url})

    assert response.status_code == 422
    assert "This is no address that can be read." in read(response)
    assert _sources(cast) == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("wrong_password", "The name or the password is not accepted there."),
        ("unreachable", "The server does not answer. It is tried again."),
        ("empty", "The calendar was suddenly empty."),
        ("no_calendar", "There is no calendar at this address."),
    ],
)
def test_trouble_is_said_in_words(code: str, said: str, cast: Cast, anna: Client) -> None:
    mark_failed(source=add_calendar(cast.anna), code=code, now=present())

    page = read(anna.get(PAGE))

    assert said in page
    assert ("Yes, it is empty" in page) == (code == "empty")


def test_calendar_is_read_again_and_removed(cast: Cast, anna: Client) -> None:
    source = add_calendar(cast.anna)
    mark_failed(source=source, code="unreachable", now=present())

    assert "It is read within a minute." in follow(anna, anna.post(_address(source), {"again": ""}))
    assert _sources(cast)[0].fetch_at < present().replace(year=present().year + 1)

    said = follow(anna, anna.post(_address(source), {"remove": "1"}))

    assert "Removed. What it said is forgotten." in said
    assert _sources(cast) == []
    assert anna.post(_address(source), {"remove": "1"}).status_code == 404


def test_one_of_those_found_is_chosen(cast: Cast, anna: Client) -> None:
    found = (("https://calendar.example/a/", "Work", "w"), ("https://calendar.example/b/", "", "w"))
    account = Account(SECRET_ADDRESS, "anna", PASSWORD, is_found=False, found=found)
    source = add_calendar(cast.anna, account=account)
    mark_failed(source=source, code="choose", now=present())
    page = read(anna.get(PAGE))
    assert "Several calendars are there. Choose one." in page
    assert "Work" in page

    anna.post(_address(source), {"choose": "https://evil.example/"})
    assert read_account(_sources(cast)[0]).url == SECRET_ADDRESS
    anna.post(_address(source), {"choose": "https://calendar.example/b/"})

    chosen = read_account(_sources(cast)[0])
    assert (chosen.url, chosen.is_found) == ("https://calendar.example/b/", True)
    assert "Choose one." not in read(anna.get(PAGE))


def test_calendar_of_another_is_not_there(cast: Cast, anna: Client, borys: Client) -> None:
    theirs = add_calendar(cast.borys)
    before = dump_rows()

    for address in (_address(theirs), reverse("change_source", args=[NOTHING])):
        for body in ({"remove": "1"}, {"again": "1"}, {"choose": SECRET_ADDRESS}):
            assert anna.post(address, body).status_code == 404
    assert dump_rows() == before
