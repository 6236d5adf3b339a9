"""Workers that die between two steps, and workers that work at once, write no meeting twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings.actions import strike
from miedza.calendars import actions, showing
from miedza.calendars.models import BusyTime, Shown, Source
from miedza.jobs import calendars
from tests.adapters.http_servers import Reply
from tests.bookings.racing import race
from tests.calendars.providers import (
    DENTIST,
    add,
    calendar,
    list_waiting,
    running_provider,
    write_all,
)
from tests.cast import BOOKED, MONDAY, Cast, book, tell
from tests.jobs.writing import keep, keep_at, read_written, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import Settings

    from tests.jobs.calendar_servers import Gate

pytestmark = pytest.mark.django_db

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEASE = 3 * MINUTE
AT_NINE = "03-02 09:00"


class WorkerDied(BaseException):
    """What no worker can catch."""


def _write_and_die(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write what is due; the worker dies before it has noted that."""

    def die(**_known: object) -> None:
        raise WorkerDied

    with monkeypatch.context() as patched:
        patched.setattr(calendars, "mark_shown", die)
        with pytest.raises(WorkerDied):
            calendars.write_one(now=BOOKED)


def _try_for_hours() -> None:
    """Let other workers do what is due in the next hours."""
    for minutes in range(0, 180, 5):
        write_all(BOOKED + minutes * MINUTE)


def test_worker_that_dies_after_writing_leaves_no_second_event(
    cast: Cast, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    _write_and_die(monkeypatch)
    assert list_waiting(source) == [(0, -1, "")]

    _try_for_hours()

    assert read_written(gate) == [told(booking, AT_NINE, 0, "O. Ż.")]
    assert list_waiting(source) == []


@pytest.mark.parametrize("is_first_tried_again", [True, False])
@pytest.mark.parametrize("deed", ["cancelled", "struck", "moved"])
def test_meeting_that_changes_after_a_worker_died_stands_as_it_last_was(
    cast: Cast, gate: Gate, monkeypatch: pytest.MonkeyPatch, deed: str, *,
    is_first_tried_again: bool,
) -> None:  # fmt: skip
    source = keep(gate, cast.anna)
    gate.server.put(f"{gate.server.url}anna/work/a.ics", calendar(DENTIST))
    booking = book(cast.anna, cast.ola)
    _write_and_die(monkeypatch)
    if is_first_tried_again:
        assert write_all(BOOKED + LEASE) == 1
        assert list_waiting(source) == [(0, -1, "changed")]

    if deed == "struck":
        strike(practice=cast.anna.practice, booking_id=booking.id, now=BOOKED)
    elif deed == "cancelled":
        tell(cast.anna, booking, "cancelled", "practitioner", BOOKED)
    else:
        tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY + DAY)
    _try_for_hours()

    meetings = [each for each in read_written(gate) if each[3] != "Dentystka"]
    assert meetings == ([told(booking, "03-03 09:00", 2, "O. Ż.")] if deed == "moved" else [])
    assert len(read_written(gate)) == len(meetings) + 1  # What is there of others stays.
    assert list_waiting(source) == []


def test_answer_that_is_lost_leaves_no_second_event(cast: Cast, gate: Gate) -> None:
    source = keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    gate.after = lambda _seen, _reply: Reply(raw=[])
    write_all()
    assert list_waiting(source) == [(0, -1, "unreachable")]
    gate.after = lambda _seen, reply: reply

    _try_for_hours()

    assert read_written(gate) == [told(booking, AT_NINE, 0, "O. Ż.")]


def test_claimed_meeting_is_left_to_its_worker_while_the_lease_lasts(
    cast: Cast, gate: Gate
) -> None:
    keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    claimed = showing.claim_shown(now=BOOKED)
    assert claimed is not None

    assert write_all(BOOKED + LEASE - MINUTE) == 0
    assert write_all(BOOKED + LEASE) == 1

    assert (claimed.attempts, claimed.meeting_id) == (1, booking.id)
    assert read_written(gate) == [told(booking, AT_NINE, 0, "O. Ż.")]


def test_what_changes_while_it_is_written_is_written_again(cast: Cast, gate: Gate) -> None:
    source = keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    claimed = showing.claim_shown(now=BOOKED)
    assert claimed is not None
    tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY + DAY)

    showing.mark_shown(shown=claimed, sequence=0, etag="", address="")

    assert list_waiting(source) == [(2, 0, "")]
    write_all()
    assert read_written(gate) == [told(booking, "03-03 09:00", 2, "O. Ż.")]


def test_meeting_that_is_struck_while_it_is_written_is_taken_away(
    cast: Cast, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)

    def mark(**known: Any) -> None:
        strike(practice=cast.anna.practice, booking_id=booking.id, now=BOOKED)
        showing.mark_shown(**known)

    with monkeypatch.context() as patched:
        patched.setattr(calendars, "mark_shown", mark)
        assert calendars.write_one(now=BOOKED)
    assert len(read_written(gate)) == 1
    write_all()

    assert read_written(gate) == []
    assert list_waiting(source) == []


def _remove_first(source: Source, then: Callable[..., None]) -> Callable[..., None]:
    """Somebody removes the calendar just before the next step."""

    def remove(**known: Any) -> None:
        actions.remove_source(source=source)
        then(**known)

    return remove


def test_calendar_that_is_removed_while_it_is_read_or_written_is_gone(
    cast: Cast, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = keep(gate, cast.anna)
    book(cast.anna, cast.ola)
    gate.server.put(f"{gate.server.url}anna/work/a.ics", calendar(DENTIST))

    def remove(**known: Any) -> Any:
        actions.remove_source(source=source)
        return known["learned"](
            **{name: value for name, value in known.items() if name != "learned"}
        )

    for name, step in (("learn", calendars.read_one), ("mark_shown", calendars.write_one)):
        removing = _remove_first(source, getattr(calendars, name))
        with monkeypatch.context() as patched:
            patched.setattr(calendars, name, removing)
            assert step(now=BOOKED + HOUR)
        of = cast.anna.practice_id
        assert [model.objects.of(of).count() for model in (Source, BusyTime, Shown)] == [0, 0, 0]
        source = keep_at(gate, cast.anna)


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_write_each_meeting_once(standing_cast: Cast, gate: Gate) -> None:
    source = keep(gate, standing_cast.anna)
    booked = [book(standing_cast.anna, standing_cast.ola, MONDAY + n * HOUR) for n in range(8)]

    assert race([write_all] * 3) == {"done": 3}

    assert len(gate.writes) == 8
    assert [uid for uid, *_rest in read_written(gate)] == sorted(
        told(each, AT_NINE, 0, "")[0] for each in booked
    )
    assert list_waiting(source) == []


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_read_each_calendar_once(standing_cast: Cast, settings: Settings) -> None:
    with running_provider(settings, DENTIST) as provider:
        for _ in range(5):
            add(standing_cast.anna, provider.url)

        assert race([_read_all] * 3) == {"done": 3}

    assert provider.methods == ["GET"] * 5
    assert BusyTime.objects.of(standing_cast.anna.practice_id).count() == 5


def _read_all() -> None:
    while calendars.read_one(now=BOOKED):
        pass
