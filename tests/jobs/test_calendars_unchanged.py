"""Calendars that are as they were leave everything as it was, however often they are read."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from miedza.bookings.showing import show_ahead
from miedza.jobs import calendars
from miedza.messaging.models import Mail
from tests.bookings.offered import free, offer
from tests.calendars.providers import (
    DENTIST,
    Provider,
    add,
    calendar,
    dump,
    event,
    list_busy,
    list_waiting,
    running_provider,
    sync,
    write_all,
)
from tests.cast import Cast, book, moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pytest_django.fixtures import Settings

    from miedza.calendars.models import Source
    from tests.jobs.calendar_servers import Gate

pytestmark = pytest.mark.django_db

MORNING = moment("2026-02-20 06:00")
TEN_MINUTES = timedelta(minutes=10)
EVENTS = [
    DENTIST,
    event("lunch", ";TZID=Europe/Warsaw:20260101T130000", ";TZID=Europe/Warsaw:20260101T133000",
          "SUMMARY:Obiad", "RRULE:FREQ=WEEKLY"),
    event("days", ";VALUE=DATE:20260309", ";VALUE=DATE:20260311", "SUMMARY:Urlop"),
    event("doubtful", ":20260304T090000Z", ":20260304T100000Z", "RRULE:FREQ=NEVER"),
    event("hourly", ":20260219T000000Z", ":20260219T000100Z", "RRULE:FREQ=MINUTELY;COUNT=9"),
    event("free", ":20260305T090000Z", ":20260305T100000Z", "TRANSP:TRANSPARENT"),
    event("twice", ":20260306T090000Z", ":20260306T100000Z"),
    event("twice", ":20260306T090000Z", ":20260306T100000Z"),
    event("lost", ":whenever", ":whenever"),
]  # fmt: skip
"""Something of every kind."""


def _read_again_and_again(
    cast: Cast, source: Source, times: int, change: Callable[[int], None] = lambda _number: None
) -> None:
    """Read a calendar every ten minutes of a day; all but its own times stays as it is."""
    before, free_before, mails = dump(cast.anna), free(cast.anna), Mail.objects.count()
    for number in range(1, times + 1):
        change(number)
        now = MORNING + number * TEN_MINUTES
        sync(source, now)
        assert (source.fetched_at, source.fetch_at) == (now, now + TEN_MINUTES)
    assert dump(cast.anna) == before
    assert free(cast.anna) == free_before
    assert Mail.objects.count() == mails


def _stir(provider: Provider, seed: int) -> None:
    """Give the events in another order, each as if it were written anew."""
    stamp = f"DTSTAMP:20260220T{seed // 60 % 24:02}{seed % 60:02}00Z"
    events = [each.replace("DTSTAMP:20260101T000000Z", stamp) for each in EVENTS]
    random.Random(seed).shuffle(events)
    provider.give(*events)


def test_file_that_stays_changes_nothing_in_a_hundred_readings(
    cast: Cast, settings: Settings
) -> None:
    offer(cast.anna)
    book(cast.anna, cast.ola, moment("2026-03-02 08:00"))
    with running_provider(settings, *EVENTS) as provider:
        source = sync(add(cast.anna, provider.url, now=MORNING), MORNING)
        assert len(list_busy(source)) > 100
        _read_again_and_again(cast, source, 100)

    assert provider.methods == ["GET"] * 101


def test_file_that_is_written_anew_each_time_changes_nothing(
    cast: Cast, settings: Settings
) -> None:
    offer(cast.anna)
    with running_provider(settings, *EVENTS) as provider:
        source = sync(add(cast.anna, provider.url, now=MORNING), MORNING)
        _read_again_and_again(cast, source, 100, lambda number: _stir(provider, number))

    assert provider.methods == ["GET"] * 101


def test_readings_of_what_stays_only_write_when_they_were(cast: Cast, settings: Settings) -> None:
    statements: list[str] = []

    def listen(execute: Callable[..., object], sql: str, *rest: object) -> object:
        statements.append(sql)
        return execute(sql, *rest)

    with running_provider(settings, *EVENTS) as provider:
        source = sync(add(cast.anna, provider.url, now=MORNING), MORNING)
        with connection.execute_wrapper(listen):
            sync(source, MORNING + TEN_MINUTES)
        _stir(provider, 1)
        with connection.execute_wrapper(listen):
            sync(source, MORNING + 2 * TEN_MINUTES)

    written = [sql.split("SET")[0] for sql in statements if sql.startswith(("INS", "UPD", "DEL"))]
    assert written == ['UPDATE "calendars_source" '] * 4


def test_server_that_stays_is_only_asked_for_its_mark(cast: Cast, gate: Gate) -> None:
    offer(cast.anna)
    book(cast.anna, cast.ola, moment("2026-03-02 08:00"))
    server = gate.server
    url = server.make_calendar()
    for number, each in enumerate(EVENTS[:3]):
        server.put(f"{url}{number}.ics", calendar(each))
    source = _add_at(gate, cast)
    write_all(MORNING)
    for number in range(2):  # The second reading sees what was written.
        sync(source, MORNING + number * TEN_MINUTES)
    versions = {path: server.ask("GET", path)[1]["etag"] for path in server.list_objects(url)}
    assert len(versions) == 4
    gate.http.seen.clear()

    _read_again_and_again_after(cast, source, 100)

    assert gate.writes == []
    assert [seen.method for seen in gate.http.seen] == ["PROPFIND"] * 100
    assert {
        path: server.ask("GET", path)[1]["etag"] for path in server.list_objects(url)
    } == versions


def _add_at(gate: Gate, cast: Cast) -> Source:
    """Add the calendar behind the gate, to be read and written."""
    server = gate.server
    source = add(
        cast.anna, f"{gate.http.url}/anna/work/", now=MORNING, username=server.user,
        password=server.password, writes=True,
    )  # fmt: skip
    show_ahead(source=source, now=MORNING)
    return source


def _read_again_and_again_after(cast: Cast, source: Source, times: int) -> None:
    """The same, half an hour later; and nothing is found that waits to be written."""

    def write(number: int) -> None:
        assert not calendars.write_one(now=_when(number))

    def _when(number: int) -> datetime:
        return MORNING + number * TEN_MINUTES

    sync(source, _when(2))
    assert list_waiting(source) == []
    before = dump(cast.anna)
    for number in range(3, times + 2):
        write(number)
        sync(source, _when(number))
    assert dump(cast.anna) == before


def test_next_day_reads_all_anew_and_changes_but_the_edges(cast: Cast, settings: Settings) -> None:
    daily = event("a", ":20260101T120000Z", ":20260101T123000Z", "RRULE:FREQ=DAILY")
    with running_provider(settings, daily) as provider:
        source = sync(add(cast.anna, provider.url, now=MORNING), MORNING)
        before = list_busy(source)
        sync(source, MORNING + timedelta(days=1))

    after = list_busy(source)
    assert (len(after), after[:-1]) == (len(before), before[1:])
