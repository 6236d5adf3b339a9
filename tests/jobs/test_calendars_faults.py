"""Whatever another calendar answers, what it said before holds until it says something else."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.calendars.actions import read_again
from miedza.jobs import calendars
from miedza.messaging.models import Mail
from tests.adapters.http_servers import Reply
from tests.bookings.offered import free, offer
from tests.calendars.providers import (
    DENTIST,
    add,
    calendar,
    dump,
    event,
    list_busy,
    running_provider,
    sync,
)
from tests.cast import BOOKED, Cast
from tests.jobs.failing import DAY, FILE, HOUR, OPEN, TEN_MINUTES, assert_held, cut, know

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from miedza.practice.models import Practitioner

pytestmark = pytest.mark.django_db

PAGE = b"<!DOCTYPE html><html><body>Please sign in</body></html>"
AWAY = {"Location": "https://127.0.0.1/"}


BAD: dict[str, tuple[Reply, str]] = {
    "nothing": (Reply(200, b""), "no_calendar"),
    "a page": (Reply(200, PAGE, {"Content-Type": "text/html"}), "no_calendar"),
    "no events": (Reply(200, calendar()), "empty"),
    "no content": (Reply(204), "failing"),
    "not modified": (Reply(304), "failing"),
    "bad request": (Reply(400), "failing"),
    "password": (Reply(401), "wrong_password"),
    "forbidden": (Reply(403), "wrong_password"),
    "not there": (Reply(404), "not_found"),
    "not allowed": (Reply(405), "failing"),
    "gone": (Reply(410), "not_found"),
    "precondition": (Reply(412), "failing"),
    "too many": (Reply(429), "busy"),
    "a fault": (Reply(500, PAGE), "failing"),
    "a gateway": (Reply(502, FILE), "failing"),
    "busy": (Reply(503), "busy"),
    "too slow a gateway": (Reply(504), "failing"),
    "half by length": (Reply(200, FILE[:300], {"Content-Length": str(len(FILE))}), "unreachable"),
    "half by its end": (Reply(raw=cut(FILE[: FILE.index(b"UID:other")])), "failing"),
    "half, between events": (Reply(raw=cut(FILE[: FILE.rindex(b"BEGIN:VEVENT")])), "failing"),
    "half before any": (Reply(raw=cut(FILE[:60])), "no_calendar"),
    "half packed": (
        Reply(200, gzip.compress(FILE)[:-9], {"Content-Encoding": "gzip"}), "unreachable",
    ),
    "no HTTP": (Reply(raw=[b"220 mail.example ESMTP\r\n"]), "unreachable"),
    "silence": (Reply(raw=[]), "unreachable"),
    "round and round": (Reply(302, headers={"Location": "/anna.ics"}), "too_many_redirects"),
    "into our network": (Reply(302, headers=AWAY), "private_address"),
    "to another scheme": (Reply(302, headers={"Location": "file:///etc/passwd"}), "bad_address"),
}  # fmt: skip


@pytest.fixture
def anna(cast: Cast) -> Practitioner:
    offer(cast.anna)
    return cast.anna


@pytest.mark.parametrize("bad", BAD)
def test_bad_answer_is_told_deletes_nothing_and_is_forgotten_when_it_is_over(
    anna: Practitioner, settings: Settings, bad: str
) -> None:
    reply, code = BAD[bad]
    with running_provider(settings) as provider:
        source = know(anna, provider)
        before = dump(anna)["calendars.BusyTime"]
        for number, minutes in enumerate((10, 20, 40, 80), start=1):
            provider.reply = reply
            now = source.fetch_at
            sync(source, now)
            assert_held(anna, source, code, number)
            assert source.fetch_at == now + timedelta(minutes=minutes)
            assert not calendars.read_one(now=source.fetch_at - timedelta(seconds=1))

        provider.reply = Reply(200, FILE)
        now = source.fetch_at
        sync(source, now)

    told = (source.code, source.failures, source.fetched_at, source.fetch_at)
    assert told == ("", 0, now, now + TEN_MINUTES)
    assert dump(anna)["calendars.BusyTime"] == before
    assert not Mail.objects.exists()


def test_half_a_file_closes_what_is_new_in_it(anna: Practitioner, settings: Settings) -> None:
    new = calendar(event("new", ":20260223T090000Z", ":20260223T100000Z"), DENTIST)
    with running_provider(settings) as provider:
        source = know(anna, provider)
        provider.reply = Reply(raw=cut(new[: new.rindex(b"BEGIN:VEVENT")]))
        sync(source, source.fetch_at)

    assert source.code == "failing"
    assert free(anna) == [hour for hour in OPEN if hour != "02-23 09:00"]


@pytest.mark.parametrize(
    "text",
    [
        FILE.decode().encode("utf-16"), FILE.lower().replace(b"z", b"Z"), FILE.rstrip(),
        FILE.replace(b"\r\n", b"\n"), FILE + b"\r\n<!-- made in 3 ms -->", FILE + calendar(),
    ],
)  # fmt: skip
def test_whole_file_is_whole_however_it_is_written(
    anna: Practitioner, settings: Settings, text: bytes
) -> None:
    with running_provider(settings) as provider:
        provider.reply = Reply(200, text)
        source = sync(add(anna, provider.url))

    assert (source.code, len(list_busy(source))) == ("", 2)


@pytest.mark.parametrize(
    ("wait", "pause"),
    [
        ("3600", HOUR), ("0", TEN_MINUTES), ("60", TEN_MINUTES), ("9" * 30, DAY),
        ("-5", TEN_MINUTES),
        ("soon", TEN_MINUTES),
        ("Tue, 01 Jan 2999 10:00:00 GMT", DAY),
        ("Wed, 01 Jan 2020 10:00:00 GMT", TEN_MINUTES),
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [429, 503])
def test_server_is_asked_when_it_wants_to_be(
    anna: Practitioner, settings: Settings, status: int, wait: str, pause: timedelta
) -> None:
    with running_provider(settings) as provider:
        source = know(anna, provider)
        provider.reply = Reply(status, headers={"Retry-After": wait})
        now = source.fetch_at
        sync(source, now)

    assert_held(anna, source, "busy", 1)
    assert source.fetch_at == now + pause


def test_pauses_grow_to_six_hours_and_no_further(anna: Practitioner, settings: Settings) -> None:
    pauses = []
    with running_provider(settings) as provider:
        source = know(anna, provider)
        provider.reply = Reply(500)
        for _ in range(20):
            now = source.fetch_at
            sync(source, now)
            pauses.append(int((source.fetch_at - now).total_seconds()) // 60)

    assert pauses == [10, 20, 40, 80, 160, 320, *[360] * 14]
    assert len(provider.methods) == 21


def test_empty_calendar_is_believed_once_its_owner_says_so(
    anna: Practitioner, settings: Settings
) -> None:
    with running_provider(settings) as provider:
        source = know(anna, provider)
        provider.give()
        for _ in range(3):
            sync(source, source.fetch_at)
            assert source.code == "empty"
        read_again(source=source, now=source.fetch_at, forgets=True)
        assert len(list_busy(source)) == 2
        sync(source, source.fetch_at)
        provider.give(DENTIST)
        sync(source, source.fetch_at)
        assert list_busy(source) == ["03-02 09:00-10:00 Dentystka"]
        provider.give()
        sync(source, source.fetch_at)

    assert (source.code, len(list_busy(source))) == ("empty", 1)


def test_calendar_that_is_read_again_is_not_believed_to_be_empty(
    anna: Practitioner, settings: Settings
) -> None:
    with running_provider(settings) as provider:
        source = know(anna, provider)
        provider.give()
        read_again(source=source, now=BOOKED + HOUR)
        sync(source, BOOKED + HOUR)

    assert_held(anna, source, "empty", 1)


def test_calendar_whose_events_are_over_may_be_empty(
    anna: Practitioner, settings: Settings
) -> None:
    with running_provider(settings) as provider:
        source = know(anna, provider)
        provider.give()
        sync(source, BOOKED + 30 * DAY)

    assert (source.code, source.events, list_busy(source)) == ("", 0, [])


def test_calendar_that_never_had_events_is_no_trouble(
    anna: Practitioner, settings: Settings
) -> None:
    with running_provider(settings) as provider:
        source = sync(add(anna, provider.url))
        sync(source, source.fetch_at)

    assert (source.code, source.events, source.fetched_at) == ("", 0, BOOKED + TEN_MINUTES)
