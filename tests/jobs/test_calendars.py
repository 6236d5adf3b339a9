"""What other calendars call busy cannot be booked here, and nothing else is closed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.calendars.models import BusyTime
from miedza.jobs import calendars
from miedza.practice.models import Practitioner
from tests.bookings.offered import free, offer
from tests.calendars.providers import (
    DENTIST,
    add,
    calendar,
    event,
    list_busy,
    running_provider,
    sync,
)
from tests.cast import BOOKED, Cast

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from tests.adapters.radicale import CalDavServer

pytestmark = pytest.mark.django_db

ALL = ["02-23 08:00", "02-23 09:00", "02-23 10:00", "03-02 08:00", "03-02 09:00", "03-02 10:00"]
"""What Anna offers: two Mondays from nine to twelve in Warsaw, in UTC."""
WEEKLY = event(
    "weekly@clinic.example", ";TZID=Europe/Warsaw:20260105T100000",
    ";TZID=Europe/Warsaw:20260105T110000", "RRULE:FREQ=WEEKLY",
)  # fmt: skip
"""Every Monday at ten in Warsaw, without end."""
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def _without(*hours: str) -> list[str]:
    """What is on offer but for some hours."""
    return [hour for hour in ALL if hour not in hours]


@pytest.fixture
def anna(cast: Cast) -> Practitioner:
    offer(cast.anna)
    assert free(cast.anna) == ALL
    return cast.anna


def _learn(anna: Practitioner, settings: Settings, *events: str) -> list[str]:
    """What is on offer, and what is known, after a calendar file was read."""
    with running_provider(settings, *events) as provider:
        source = sync(add(anna, provider.url))
    assert (source.code, source.fetched_at) == ("", BOOKED)
    return list_busy(source)


def test_event_at_an_address_closes_its_hour(anna: Practitioner, settings: Settings) -> None:
    assert _learn(anna, settings, DENTIST) == ["03-02 09:00-10:00 Dentystka"]

    assert free(anna) == _without("03-02 09:00")


def test_event_on_a_calendar_server_closes_its_hour(
    anna: Practitioner, server: CalDavServer
) -> None:
    url = server.make_calendar()
    server.put(url + "a.ics", calendar(DENTIST))

    source = sync(add(anna, url, username=server.user, password=server.password))

    assert (source.code, source.events) == ("", 1)
    assert list_busy(source) == ["03-02 09:00-10:00 Dentystka"]
    assert free(anna) == _without("03-02 09:00")


def test_event_that_touches_two_hours_closes_both(anna: Practitioner, settings: Settings) -> None:
    _learn(anna, settings, event("a", ":20260302T085900Z", ":20260302T090100Z"))

    assert free(anna) == _without("03-02 08:00", "03-02 09:00")


@pytest.mark.parametrize(
    "line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"]
)
def test_event_that_takes_no_time_closes_nothing(
    anna: Practitioner, settings: Settings, line: str
) -> None:
    assert _learn(anna, settings, event("a", ":20260302T090000Z", ":20260302T100000Z", line)) == []

    assert free(anna) == ALL


def test_event_that_was_cancelled_or_moved_opens_its_hour_again(
    anna: Practitioner, settings: Settings
) -> None:
    with running_provider(settings, DENTIST) as provider:
        source = sync(add(anna, provider.url))
        provider.give(DENTIST.replace("20260302T09", "20260302T08"))
        sync(source, BOOKED + HOUR)
        assert free(anna) == _without("03-02 08:00", "03-02 09:00")
        provider.give(DENTIST.replace("SUMMARY", "STATUS:CANCELLED\r\nSUMMARY"))
        sync(source, BOOKED + 2 * HOUR)

    assert list_busy(source) == []
    assert free(anna) == ALL


def test_whole_day_closes_the_day_of_the_practice(anna: Practitioner, settings: Settings) -> None:
    days = event("a", ";VALUE=DATE:20260302", ";VALUE=DATE:20260303", "SUMMARY:Urlop")

    assert _learn(anna, settings, days) == ["03-01 23:00-23:00 Urlop"]

    assert free(anna) == ALL[:3]


def test_whole_day_before_or_after_leaves_the_day_open(
    anna: Practitioner, settings: Settings
) -> None:
    offer(anna, {"mon": [["00:00", "02:00"], ["22:00", "24:00"]]})
    before = free(anna)

    _learn(
        anna, settings,
        event("a", ";VALUE=DATE:20260301", ";VALUE=DATE:20260302"),
        event("b", ";VALUE=DATE:20260303", ";VALUE=DATE:20260304"),
    )  # fmt: skip

    assert free(anna) == before


def test_weekly_event_keeps_its_clock_when_clocks_change(
    anna: Practitioner, settings: Settings
) -> None:
    offer(anna, horizon_days=60)
    before = free(anna)

    _learn(anna, settings, WEEKLY)

    closed = [hour for hour in before if hour not in free(anna)]
    assert closed == [
        "02-23 09:00", "03-02 09:00", "03-09 09:00", "03-16 09:00", "03-23 09:00",
        "03-30 08:00", "04-06 08:00", "04-13 08:00", "04-20 08:00",
    ]  # fmt: skip


def test_weekly_event_closes_all_that_can_ever_be_booked(
    anna: Practitioner, settings: Settings
) -> None:
    offer(anna, {"mon": [["10:00", "11:00"]]}, horizon_days=730)

    _learn(anna, settings, WEEKLY)

    assert free(anna) == []


def test_weekly_event_goes_on_in_a_calendar_that_never_changes(
    anna: Practitioner, settings: Settings
) -> None:
    offer(anna, {"mon": [["10:00", "11:00"]]}, horizon_days=365)
    with running_provider(settings, WEEKLY) as provider:
        source = sync(add(anna, provider.url))
        for years in (1, 2, 3):
            now = BOOKED + years * 365 * DAY
            sync(source, now)
            assert free(anna, now=now) == []


def test_series_on_a_server_goes_on_where_its_mark_never_changes(
    anna: Practitioner, server: CalDavServer
) -> None:
    offer(anna, {"mon": [["10:00", "11:00"]]}, horizon_days=365)
    url = server.make_calendar()
    server.put(url + "a.ics", calendar(WEEKLY))
    source = sync(add(anna, url, username=server.user, password=server.password))
    mark = source.mark
    now = BOOKED + 3 * 365 * DAY

    sync(source, now)

    assert source.mark == mark != ""
    assert free(anna, now=now) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("RRULE:FREQ=NEVER",),
        ("RDATE:whenever",),
        ("EXDATE:then",),
        ("DURATION:PT1H", "DURATION:PT2H", "DTEND:soon"),
    ],
)
def test_event_that_is_not_understood_closes_its_hour_and_is_marked(
    anna: Practitioner, settings: Settings, lines: tuple[str, ...]
) -> None:
    doubtful = event("a", ":20260302T090000Z", ":20260302T100000Z", "SUMMARY:Coś", *lines)

    assert _learn(anna, settings, doubtful) == ["03-02 09:00-10:00 Coś?"]

    assert "03-02 09:00" not in free(anna)


def test_event_without_a_time_is_counted(anna: Practitioner, settings: Settings) -> None:
    with running_provider(settings, DENTIST, event("a", ":nie wiem", ":nigdy")) as provider:
        source = sync(add(anna, provider.url))

    assert (source.code, source.events, source.unreadable) == ("", 2, 1)
    assert free(anna) == _without("03-02 09:00")


def test_event_in_the_calendars_of_two_closes_the_hour_of_both(
    cast: Cast, anna: Practitioner, settings: Settings
) -> None:
    colleague = Practitioner.across.create(
        practice=anna.practice, user=cast.borys.user, name="Celina", calendar_key=7
    )
    offer(colleague)
    offer(cast.borys, {"mon": [["11:00", "14:00"]]})
    with running_provider(settings, DENTIST) as provider:
        for each in (anna, colleague, cast.borys):
            sync(add(each, provider.url))

    assert free(anna) == free(colleague) == free(cast.borys) == _without("03-02 09:00")


def test_event_in_two_calendars_of_one_closes_its_hour_until_it_is_in_none(
    anna: Practitioner, settings: Settings
) -> None:
    with running_provider(settings, DENTIST) as one, running_provider(settings, DENTIST) as two:
        first, second = sync(add(anna, one.url)), sync(add(anna, two.url))
        other = event("b", ":20260101T090000Z", ":20260101T100000Z")
        one.give(other)
        sync(first, BOOKED + HOUR)
        sync(second, BOOKED + HOUR)
        assert free(anna) == _without("03-02 09:00")
        two.give(other)
        sync(first, BOOKED + 2 * HOUR)
        sync(second, BOOKED + 2 * HOUR)

    assert free(anna) == ALL


def test_calendars_of_others_close_nothing(
    cast: Cast, anna: Practitioner, settings: Settings
) -> None:
    with running_provider(settings, DENTIST) as provider:
        sync(add(cast.borys, provider.url))

    assert free(anna) == ALL
    assert not BusyTime.objects.of(anna.practice_id).exists()


def test_nothing_is_read_before_it_is_due(anna: Practitioner, settings: Settings) -> None:
    with running_provider(settings, DENTIST) as provider:
        sync(add(anna, provider.url))

        assert not calendars.read_one(now=BOOKED + timedelta(minutes=9))
        assert calendars.read_one(now=BOOKED + timedelta(minutes=10))
    assert provider.methods == ["GET", "GET"]
