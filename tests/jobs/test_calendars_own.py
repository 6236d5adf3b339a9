"""Our own meetings that come back from elsewhere are bookings already, not busy times."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.adapters.calendars.writing import write_feed
from miedza.bookings.actions import strike
from miedza.bookings.entries import list_entries, say_uid
from miedza.bookings.queries import list_shown
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
    list_waiting,
    running_provider,
    sync,
    write_all,
)
from tests.cast import BOOKED, MONDAY, Cast, book, tell
from tests.jobs.writing import keep, read_written, told

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from miedza.calendars.models import Source
    from tests.jobs.calendar_servers import Gate

pytestmark = pytest.mark.django_db

HOUR, DAY, TEN_MINUTES = timedelta(hours=1), timedelta(days=1), timedelta(minutes=10)
ALL = ["02-23 08:00", "02-23 09:00", "02-23 10:00", "03-02 08:00", "03-02 09:00", "03-02 10:00"]


def _go_round(cast: Cast, source: Source, first: int, rounds: int = 20) -> None:
    """Read and write in turns; after the first round nothing changes any more."""
    for number in range(first, first + rounds):
        now = BOOKED + number * TEN_MINUTES
        sync(source, now)
        write_all(now)
        assert (source.code, list_waiting(source)) == ("", [])
        if number == first:
            before = dump(cast.anna)
    assert dump(cast.anna) == before


def test_meeting_that_was_written_there_is_not_busy_when_it_is_read(cast: Cast, gate: Gate) -> None:
    offer(cast.anna)
    source = keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    write_all()
    mails = Mail.objects.count()

    _go_round(cast, source, 1)
    assert list_busy(source) == []
    assert free(cast.anna) == [hour for hour in ALL if hour != "03-02 09:00"]

    tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY - HOUR)
    write_all()
    _go_round(cast, source, 30)
    assert list_busy(source) == []
    assert free(cast.anna) == [hour for hour in ALL if hour != "03-02 08:00"]
    assert read_written(gate) == [told(booking, "03-02 08:00", 2, "O. Ż.")]

    tell(cast.anna, booking, "cancelled", "practitioner", BOOKED)
    write_all()
    _go_round(cast, source, 60)
    assert free(cast.anna) == ALL
    assert [seen.method for seen in gate.writes] == ["PUT", "PUT", "DELETE"]
    assert Mail.objects.count() == mails  # Ola has no address.


def test_calendar_that_held_our_meetings_alone_may_be_empty_again(cast: Cast, gate: Gate) -> None:
    source = keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    write_all()
    sync(source, BOOKED + HOUR)
    assert source.events == 1
    tell(cast.anna, booking, "cancelled", "practitioner", BOOKED)
    write_all()

    sync(source, BOOKED + 2 * HOUR)

    assert (source.code, source.events) == ("", 0)


def test_others_events_beside_ours_close_their_hours(cast: Cast, gate: Gate) -> None:
    offer(cast.anna)
    source = keep(gate, cast.anna)
    book(cast.anna, cast.ola, MONDAY - HOUR)
    write_all()
    gate.server.put(f"{gate.server.url}anna/work/a.ics", calendar(DENTIST))

    sync(source, BOOKED + HOUR)

    assert list_busy(source) == ["03-02 09:00-10:00 Dentystka"]
    assert free(cast.anna) == [hour for hour in ALL if hour[:5] == "02-23" or "10:" in hour]


def _export(cast: Cast) -> Reply:
    """Our feed as another provider gives it on, with lines of its own."""
    of = cast.anna.practice_id
    shown = list_shown(practice_id=of, since=BOOKED, practitioner_id=cast.anna.id)
    entries = list_entries(shown, practice_id=of, side="practitioner")
    text = write_feed(entries, name="Anna", zone="Europe/Warsaw")
    text = re.sub(r"\nDTSTAMP:\w*", "\nDTSTAMP:20260220T120000Z\nX-MINE:1", text)
    return Reply(200, text.replace("//Miedza//EN", "//Google Inc//EN").encode())


def test_feed_that_is_exported_elsewhere_and_read_again_is_not_busy(
    cast: Cast, settings: Settings
) -> None:
    offer(cast.anna)
    booking = book(cast.anna, cast.ola)
    with running_provider(settings) as provider:
        provider.reply = _export(cast)
        source = sync(add(cast.anna, provider.url))
        assert source.events == 1
        _go_round(cast, source, 1)
        tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY - HOUR)
        _go_round(cast, source, 30)  # The other provider is a day behind.
        assert free(cast.anna) == [hour for hour in ALL if hour != "03-02 08:00"]
        provider.reply = _export(cast)
        _go_round(cast, source, 60)
        tell(cast.anna, booking, "cancelled", "practitioner", BOOKED)
        _go_round(cast, source, 90)

    assert list_busy(source) == []
    assert free(cast.anna) == ALL


def test_struck_meeting_that_is_still_elsewhere_is_not_busy(cast: Cast, settings: Settings) -> None:
    booking = book(cast.anna, cast.ola)
    uid = say_uid(booking.id)
    strike(practice=cast.anna.practice, booking_id=booking.id, now=BOOKED)
    with running_provider(settings, event(uid, ":20260302T090000Z", ":20260302T100000Z")) as there:
        source = sync(add(cast.anna, there.url))

    assert (source.events, list_busy(source)) == (1, [])


@pytest.mark.parametrize("whose", ["another practice", "nobody", "another host", "no host", "none"])
def test_event_that_only_looks_like_ours_is_busy(
    cast: Cast, settings: Settings, whose: str
) -> None:
    offer(cast.anna)
    theirs, ours = book(cast.borys, cast.nastia), book(cast.anna, cast.ola, MONDAY + 5 * HOUR)
    uid = {
        "another practice": say_uid(theirs.id),
        "nobody": say_uid(uuid.UUID(int=7)),
        "another host": say_uid(ours.id).replace("@", "@evil."),
        "no host": str(ours.id),
        "none": "",
    }[whose]
    with running_provider(settings, event(uid, ":20260302T090000Z", ":20260302T100000Z")) as there:
        source = sync(add(cast.anna, there.url))

    assert list_busy(source) == ["03-02 09:00-10:00 "]
    assert "03-02 09:00" not in free(cast.anna)
