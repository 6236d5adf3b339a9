"""What cannot be written elsewhere waits, is seen to wait, and is written in the end, once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.calendars.models import Shown
from miedza.calendars.queries import count_unshown
from miedza.jobs import calendars
from tests.adapters.http_servers import Reply
from tests.calendars.providers import list_waiting, write_all
from tests.cast import BOOKED, MONDAY, Cast, book, tell
from tests.jobs.writing import keep, read_written, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from miedza.bookings.models import Booking
    from miedza.calendars.models import Source
    from tests.jobs.calendar_servers import Gate

pytestmark = pytest.mark.django_db

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATER = MONDAY - DAY
AT_NINE = "03-02 09:00"


def _due(source: Source) -> list[float]:
    """In how many minutes after `BOOKED` each meeting is tried again, the first first."""
    rows = Shown.objects.of(source.practice_id).filter(source_id=source.id).exclude(due_at=None)
    return sorted((row.due_at - BOOKED) / MINUTE for row in rows if row.due_at)


def _address(gate: Gate, booking: Booking) -> str:
    """Where a meeting stands on the server."""
    return f"{gate.server.url}anna/work/{told(booking, AT_NINE, 0, '')[0]}.ics"


def _change_there(gate: Gate, booking: Booking) -> None:
    """Somebody drags the meeting to another time, there."""
    address = _address(gate, booking)
    text = gate.server.get(address)
    assert text is not None
    gate.server.put(address, text.replace(b"T090000Z", b"T093000Z"))


def _delete_there(gate: Gate, booking: Booking) -> None:
    gate.server.delete(_address(gate, booking))


def _rename_there(gate: Gate, booking: Booking) -> None:
    """Some servers keep an event under a name of their own."""
    text = gate.server.get(_address(gate, booking))
    assert text is not None
    gate.server.delete(_address(gate, booking))
    gate.server.put(f"{gate.server.url}anna/work/renamed.ics", text)


@pytest.mark.parametrize("change", [_change_there, _delete_there])
def test_meeting_that_was_changed_there_is_written_again(
    cast: Cast, gate: Gate, change: Callable[[Gate, Booking], None]
) -> None:
    source = keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    write_all()
    change(gate, booking)

    tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY + DAY)
    assert write_all() == 1
    assert list_waiting(source) == [(2, 0, "changed")]
    assert _due(source) == [2]
    assert write_all(BOOKED + 2 * MINUTE) == 1

    assert read_written(gate) == [told(booking, "03-03 09:00", 2, "O. Ż.")]
    assert list_waiting(source) == []


@pytest.mark.parametrize("change", [_change_there, _delete_there])
def test_meeting_that_was_changed_there_is_taken_away(
    cast: Cast, gate: Gate, change: Callable[[Gate, Booking], None]
) -> None:
    source = keep(gate, cast.anna)
    booking, other = book(cast.anna, cast.ola), book(cast.anna, cast.marek, MONDAY + HOUR)
    write_all()
    change(gate, booking)

    tell(cast.anna, booking, "cancelled", "practitioner", BOOKED)
    assert write_all() == 1

    assert read_written(gate) == [told(other, "03-02 10:00", 0, "M. Ł.")]
    assert list_waiting(source) == []


def test_server_that_does_not_know_what_is_replaced_is_given_it_anew(
    cast: Cast, gate: Gate
) -> None:
    source = keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    write_all()
    _delete_there(gate, booking)
    gate.after = lambda _seen, reply: Reply(404) if reply.status == 412 else reply

    tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY + DAY)
    write_all()
    assert list_waiting(source) == [(2, 0, "not_found")]
    write_all(LATER)

    assert read_written(gate) == [told(booking, "03-03 09:00", 2, "O. Ż.")]


def test_event_of_the_same_uid_under_another_name_is_tried_later_and_later(
    cast: Cast, gate: Gate
) -> None:
    source = keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    write_all()
    _rename_there(gate, booking)
    tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY + DAY)

    minutes = []
    for _ in range(6):
        now = BOOKED + (_due(source)[0]) * MINUTE
        assert write_all(now) == 1
        minutes.append(_due(source)[0] - (now - BOOKED) / MINUTE)

    assert minutes == [2, 4, 8, 16, 32, 64]
    assert count_unshown(source=source) == 1
    tell(cast.anna, booking, "cancelled", "practitioner", BOOKED)
    gate.server.delete(f"{gate.server.url}anna/work/renamed.ics")
    write_all(LATER)
    assert read_written(gate) == []


_DOWN = {
    "silence": (Reply(raw=[]), "unreachable"),
    "a fault": (Reply(500), "failing"),
    "busy": (Reply(503), "busy"),
    "full": (Reply(507), "failing"),
    "wrong password": (Reply(401), "wrong_password"),
    "no rights": (Reply(403), "wrong_password"),
    "no parent": (Reply(409), "not_found"),
    "a page": (Reply(302, headers={"Location": "/login"}), "too_many_redirects"),
    "no CalDAV": (Reply(405), "not_caldav"),
    "locked": (Reply(423), "failing"),
}


@pytest.mark.parametrize("is_cancelled", [False, True])
@pytest.mark.parametrize("down", _DOWN)
def test_meetings_wait_while_the_server_takes_none_and_none_is_lost(
    cast: Cast, gate: Gate, down: str, *, is_cancelled: bool
) -> None:
    reply, code = _DOWN[down]
    source = keep(gate, cast.anna)
    booking, other = book(cast.anna, cast.ola), book(cast.anna, cast.marek, MONDAY + HOUR)
    write_all()
    if is_cancelled:
        tell(cast.anna, booking, "cancelled", "practitioner", BOOKED)
    else:
        tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY + DAY)
    new = book(cast.anna, cast.marek, MONDAY + 2 * HOUR)
    gate.before = lambda seen: reply if seen.method in ("PUT", "DELETE") else None

    for hours in range(3):
        write_all(BOOKED + hours * HOUR)
        assert count_unshown(source=source) == 2
    assert code in {why for _sequence, _known, why in list_waiting(source)}
    assert len(read_written(gate)) == 2

    gate.before = lambda _seen: None
    write_all(LATER)
    write_all(LATER + 4 * MINUTE)
    stands = [told(other, "03-02 10:00", 0, "M. Ł."), told(new, "03-02 11:00", 0, "M. Ł.")]
    if not is_cancelled:
        stands.append(told(booking, "03-03 09:00", 2, "O. Ż."))
    assert read_written(gate) == sorted(stands)
    assert list_waiting(source) == []


def test_pauses_grow_to_six_hours_and_no_further(cast: Cast, gate: Gate) -> None:
    source = keep(gate, cast.anna)
    book(cast.anna, cast.ola)
    gate.before = lambda _seen: Reply(500)
    pauses, now = [], BOOKED
    for _ in range(14):
        assert calendars.write_one(now=now)
        due = BOOKED + _due(source)[0] * MINUTE
        pauses.append((due - now) / MINUTE)
        now = due

    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360, 360, 360, 360]


@pytest.mark.parametrize(("status", "pause"), [(429, 60), (503, 60), (401, 2), (403, 2)])
def test_server_that_takes_nothing_is_asked_once_for_all(
    cast: Cast, gate: Gate, status: int, pause: int
) -> None:
    source = keep(gate, cast.anna)
    for hours in range(5):
        book(cast.anna, cast.ola, MONDAY + hours * HOUR)
    gate.before = lambda _seen: Reply(status, headers={"Retry-After": "3600"})

    assert write_all() == 1
    assert write_all(BOOKED + (pause - 0.1) * MINUTE) == 0
    assert count_unshown(source=source) == 5
    assert write_all(BOOKED + (pause + 1) * MINUTE) == 1
    assert len(gate.writes) == 2


def test_event_that_alone_is_not_taken_holds_up_no_other(cast: Cast, gate: Gate) -> None:
    source = keep(gate, cast.anna)
    poor = book(cast.anna, cast.ola)
    others = [book(cast.anna, cast.marek, MONDAY + hours * HOUR) for hours in (1, 2, 3)]
    name = told(poor, AT_NINE, 0, "")[0]
    gate.before = lambda seen: Reply(403) if name in seen.path else None

    for hours in range(5):
        write_all(BOOKED + hours * HOUR)

    assert {uid for uid, *_rest in read_written(gate)} == {
        told(other, AT_NINE, 0, "")[0] for other in others
    }
    assert [code for *_sequences, code in list_waiting(source)] == ["wrong_password"]
