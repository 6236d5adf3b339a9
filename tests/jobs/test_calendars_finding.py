"""Whoever gives any address of their server has its calendar found, or chooses among several."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.calendars.actions import settle_source
from miedza.calendars.queries import read_account
from tests.calendars.providers import (
    DENTIST,
    add,
    calendar,
    list_busy,
    list_waiting,
    sync,
    write_all,
)
from tests.cast import BOOKED, Cast, book
from tests.jobs.writing import keep_at, read_written, told

if TYPE_CHECKING:
    from miedza.calendars.models import Source
    from tests.adapters.radicale import CalDavServer
    from tests.jobs.calendar_servers import Gate

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
WAIT = timedelta(hours=6)


def _add(cast: Cast, server: CalDavServer, path: str = "") -> Source:
    """Add what somebody typed, of whom nobody knows yet where their calendar is."""
    return add(
        cast.anna, f"{server.url}{path}", username=server.user, password=server.password,
        is_found=False,
    )  # fmt: skip


@pytest.mark.parametrize("path", ["", "anna/", ".well-known/caldav", "anna/work/"])
def test_only_calendar_is_found_and_read(cast: Cast, server: CalDavServer, path: str) -> None:
    url = server.make_calendar()
    server.make_calendar("tasks", holds="VTODO")
    server.put(url + "a.ics", calendar(DENTIST))

    source = sync(_add(cast, server, path))
    assert (source.code, source.fetch_at, source.fetched_at) == ("", BOOKED, None)
    account = read_account(source)
    assert (account.url, account.is_found, list(account.found)) == (url, True, [])

    sync(source)
    assert list_busy(source) == ["03-02 09:00-10:00 Dentystka"]


def test_of_several_calendars_one_is_chosen(cast: Cast, server: CalDavServer) -> None:
    server.make_calendar()
    home = server.make_calendar("home", name="Dom")
    server.make_calendar("read-only", name="Święta")
    server.put(home + "a.ics", calendar(DENTIST))

    source = sync(_add(cast, server))
    assert (source.code, source.fetch_at) == ("choose", BOOKED + WAIT)
    account = read_account(source)
    assert sorted(map(list, account.found)) == [
        [home, "Dom", "w"],
        [f"{server.url}anna/read-only/", "Święta", ""],
        [f"{server.url}anna/work/", "Praca", "w"],
    ]
    sync(source, BOOKED + WAIT)
    assert source.code == "choose"

    chosen = account._replace(url=home, is_found=True, found=())
    settle_source(source=source, account=chosen, code="", now=BOOKED + HOUR)
    sync(source, BOOKED + HOUR)
    assert (source.code, source.events) == ("", 1)


def test_address_of_one_of_several_calendars_needs_no_choice(
    cast: Cast, server: CalDavServer
) -> None:
    server.make_calendar()
    home = server.make_calendar("home")

    source = sync(_add(cast, server, "anna/home"))

    assert (source.code, read_account(source).url) == ("", home)


def test_server_without_a_calendar_is_told_and_asked_again(
    cast: Cast, server: CalDavServer
) -> None:
    source = sync(_add(cast, server))
    assert (source.code, source.fetch_at) == ("no_calendar", BOOKED + WAIT)

    server.make_calendar()
    sync(source, BOOKED + WAIT)
    sync(source, BOOKED + WAIT)

    assert (source.code, source.fetched_at) == ("", BOOKED + WAIT)


@pytest.mark.parametrize("is_found", [True, False])
def test_wrong_password_is_told_and_tried_rarely(cast: Cast, gate: Gate, *, is_found: bool) -> None:
    gate.server.make_calendar()
    source = add(
        cast.anna, f"{gate.http.url}/anna/work/", username="anna", password="wrong",
        is_found=is_found,
    )  # fmt: skip

    asked = []
    for _ in range(4):
        gate.http.seen.clear()
        sync(source, source.fetch_at)
        asked.append(len(gate.http.seen))

    assert (source.code, source.failures, asked) == ("wrong_password", 4, [1, 1, 1, 1])


def test_nothing_is_written_before_it_is_known_where(cast: Cast, gate: Gate) -> None:
    gate.server.make_calendar()
    gate.server.make_calendar("home")
    booking = book(cast.anna, cast.ola)
    source = keep_at(gate, cast.anna, "", is_found=False)
    sync(source)

    for hours in range(9):
        write_all(BOOKED + hours * HOUR)
    assert gate.writes == []
    assert list_waiting(source) == [(0, -1, "choose")]

    (url,) = [url for url, _name, _can in read_account(source).found if url.endswith("work/")]
    account = read_account(source)._replace(url=url, is_found=True, found=())
    settle_source(source=source, account=account, code="", now=BOOKED + 9 * HOUR)
    assert write_all(BOOKED + 9 * HOUR) == 1
    assert read_written(gate) == [told(booking, "03-02 09:00", 0, "O. Ż.")]


def test_calendar_that_may_not_be_written_is_read_and_its_meetings_wait(
    cast: Cast, gate: Gate
) -> None:
    url = gate.server.make_calendar("read-only")
    gate.server.ask("PUT", "/anna/read-only/a.ics", calendar(DENTIST), user="keeper")
    source = keep_at(gate, cast.anna, "", is_found=False)
    book(cast.anna, cast.ola)
    sync(source)
    sync(source)
    assert (source.code, source.events) == ("", 1)

    for hours in range(3):
        write_all(BOOKED + hours * HOUR)

    assert list_waiting(source) == [(0, -1, "wrong_password")]
    assert gate.server.list_objects(url) == ["/anna/read-only/a.ics"]
