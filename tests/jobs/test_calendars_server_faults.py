"""Whatever a calendar server answers, what it said before holds until it says something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.calendars.actions import read_again
from miedza.calendars.models import Source
from miedza.web.practitioner.calendars import TROUBLES
from tests.adapters.caldav_fakes import CALENDAR, HTML, MARK, one, tell
from tests.adapters.http_servers import Reply
from tests.bookings.offered import free, offer
from tests.calendars.providers import DENTIST, add, calendar, dump, event, list_busy, sync
from tests.cast import BOOKED, Cast
from tests.jobs.failing import DAY, HOUR, OPEN, TEN_MINUTES, assert_held

if TYPE_CHECKING:
    from collections.abc import Callable

    from miedza.calendars.models import Source
    from tests.adapters.http_servers import Seen
    from tests.jobs.calendar_servers import Gate

    Spoil = Callable[[Seen, Reply], Reply]

pytestmark = pytest.mark.django_db

OTHER = event("other@clinic.example", ":20260303T090000Z", ":20260303T100000Z")
HERE = tell(one("/anna/work/", CALENDAR + MARK))


def _always(reply: Reply) -> Spoil:
    return lambda _seen, _reply: reply


def _after_mark(reply: Reply) -> Spoil:
    """The calendar says that it has changed; and when it is asked what is in it, this."""
    return lambda seen, _reply: HERE if seen.headers.get("depth") == "0" else reply


def _half(seen: Seen, reply: Reply) -> Reply:
    return reply._replace(body=reply.body[: len(reply.body) // 2])


def _short(seen: Seen, reply: Reply) -> Reply:
    return reply._replace(headers={**reply.headers, "Content-Length": str(len(reply.body) + 9)})


def _without_events(seen: Seen, _reply: Reply) -> Reply:
    """All that is asked is answered, and there is nothing."""
    return HERE if seen.method == "PROPFIND" else tell()


BAD: dict[str, tuple[Spoil, str]] = {
    "password": (_always(Reply(401)), "wrong_password"),
    "forbidden": (_always(Reply(403)), "wrong_password"),
    "not there": (_always(Reply(404)), "not_found"),
    "gone": (_always(Reply(410)), "not_found"),
    "too many": (_always(Reply(429)), "busy"),
    "a fault": (_always(Reply(500)), "failing"),
    "busy": (_always(Reply(503)), "busy"),
    "a page": (_always(HTML), "not_caldav"),
    "half of the XML": (_half, "not_caldav"),
    "half by length": (_short, "unreachable"),
    "nothing": (_always(Reply(207, b"")), "not_caldav"),
    "silence": (_always(Reply(raw=[])), "unreachable"),
    "no calendar": (_always(tell(one("/anna/work/"))), "not_caldav"),
    "a sign in page": (_always(Reply(302, headers={"Location": "/login"})), "too_many_redirects"),
    "gone in between": (_after_mark(Reply(404)), "not_found"),
    "a fault in between": (_after_mark(Reply(500)), "failing"),
    "no events": (_without_events, "empty"),
    "no answers": (_after_mark(tell()), "failing"),
    "an event without text": (_after_mark(tell(one("/anna/work/a.ics"))), "failing"),
}


@pytest.fixture
def source(cast: Cast, gate: Gate) -> Source:
    """A calendar of two events that was read well once."""
    offer(cast.anna)
    url = gate.server.make_calendar()
    gate.server.put(url + "a.ics", calendar(DENTIST))
    gate.server.put(url + "b.ics", calendar(OTHER))
    source = add(
        cast.anna, f"{gate.http.url}/anna/work/", username="anna", password=gate.server.password
    )
    assert (sync(source).code, len(list_busy(source))) == ("", 2)
    return source


@pytest.mark.parametrize("bad", BAD)
def test_bad_answer_is_told_deletes_nothing_and_is_forgotten_when_it_is_over(
    cast: Cast, gate: Gate, source: Source, bad: str
) -> None:
    gate.after, code = BAD[bad]
    before = dump(cast.anna)["calendars.BusyTime"]

    for number in (1, 2):
        sync(source, source.fetch_at)
        assert_held(cast.anna, source, code, number)
    gate.after = lambda _seen, reply: reply
    now = source.fetch_at
    sync(source, now)

    assert (source.code, source.failures, source.fetch_at) == ("", 0, now + TEN_MINUTES)
    assert dump(cast.anna)["calendars.BusyTime"] == before
    assert gate.writes == []


@pytest.mark.parametrize("deed", ["deleted", "emptied"])
def test_calendar_that_is_really_emptied_is_believed_once_its_owner_says_so(
    cast: Cast, gate: Gate, source: Source, deed: str
) -> None:
    for name in ("a", "b"):
        gate.server.delete(f"{gate.server.url}anna/work/{name}.ics")
    if deed == "deleted":
        gate.server.ask("DELETE", "/anna/work/", user="keeper")
    for number in (1, 2):
        sync(source, source.fetch_at)
        assert_held(cast.anna, source, "empty" if deed == "emptied" else "not_found", number)
    if deed == "deleted":
        return

    read_again(source=source, now=BOOKED + DAY, forgets=True)
    sync(source, BOOKED + DAY)

    assert (source.code, source.events, list_busy(source)) == ("", 0, [])


def test_one_event_less_is_believed(cast: Cast, gate: Gate, source: Source) -> None:
    gate.server.delete(f"{gate.server.url}anna/work/a.ics")

    sync(source, source.fetch_at)

    assert (source.code, source.events) == ("", 1)
    assert "03-02 09:00" in free(cast.anna)


def test_server_is_asked_when_it_wants_to_be(cast: Cast, gate: Gate, source: Source) -> None:
    gate.after = _always(Reply(429, headers={"Retry-After": "7200"}))
    now = source.fetch_at

    sync(source, now)

    assert_held(cast.anna, source, "busy")
    assert source.fetch_at == now + 2 * HOUR


def test_calendar_that_cannot_be_opened_any_more_is_told(cast: Cast, source: Source) -> None:
    rows = Source.objects.of(source.practice_id).filter(id=source.id)
    rows.update(sealed_text=b"\x01 sealed with another key")

    sync(source, source.fetch_at)

    assert (source.code, source.failures) == ("sealed", 1)
    assert source.code in TROUBLES
    assert free(cast.anna) == OPEN
