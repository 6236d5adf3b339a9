"""What is booked here stands in the calendar elsewhere: each meeting once, as it last was."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.bookings.actions import strike
from miedza.bookings.entries import say_uid
from miedza.bookings.judging import judge_due
from miedza.bookings.series import book_series
from miedza.calendars.actions import remove_source
from miedza.calendars.models import BusyTime, Shown, Source
from tests.adapters.strict_calendar import only_event
from tests.agreements.agreeing import accept
from tests.bookings.keeping import choose, serve
from tests.calendars.providers import DENTIST, add, calendar, list_waiting, sync, write_all
from tests.cast import ANNAS_TERMS, BOOKED, MONDAY, Cast, book, look, publish_rules, tell
from tests.jobs.writing import keep, read_written, told

if TYPE_CHECKING:
    from tests.jobs.calendar_servers import Gate

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_booked_meeting_is_written_once(cast: Cast, gate: Gate) -> None:
    source = keep(gate, cast.anna)

    booking = book(cast.anna, cast.ola)

    assert list_waiting(source) == [(0, -1, "")]
    assert (write_all(), write_all()) == (1, 0)
    assert read_written(gate) == [told(booking, "03-02 09:00", 0, "O. Ż.")]
    assert list_waiting(source) == []
    assert [seen.method for seen in gate.writes] == ["PUT"]


def test_meetings_ahead_are_written_into_a_calendar_that_is_added(cast: Cast, gate: Gate) -> None:
    over = book(cast.anna, cast.marek, BOOKED - 2 * HOUR, now=BOOKED - DAY)
    ahead = [book(cast.anna, cast.ola), book(cast.anna, cast.marek, MONDAY + HOUR)]
    gone = book(cast.anna, cast.marek, MONDAY + 2 * HOUR)
    tell(cast.anna, gone, "cancelled", "practitioner", BOOKED)
    assert look(cast.anna, over.id).ends_at < BOOKED

    keep(gate, cast.anna)

    assert write_all() == 2
    assert read_written(gate) == sorted(
        [told(ahead[0], "03-02 09:00", 0, "O. Ż."), told(ahead[1], "03-02 10:00", 0, "M. Ł.")]
    )


def test_moved_meeting_is_the_same_event_at_another_time(cast: Cast, gate: Gate) -> None:
    keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    write_all()

    for days in (1, 2, 3):
        tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY + days * DAY)
        write_all()

    assert read_written(gate) == [told(booking, "03-05 09:00", 6, "O. Ż.")]
    assert [seen.method for seen in gate.writes] == ["PUT"] * 4
    assert [seen.headers.get("if-none-match") for seen in gate.writes] == ["*", None, None, None]


def test_meeting_that_is_moved_before_it_is_written_is_written_once(cast: Cast, gate: Gate) -> None:
    keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY + DAY)

    assert write_all() == 1
    assert read_written(gate) == [told(booking, "03-03 09:00", 2, "O. Ż.")]


def test_cancelled_meeting_is_taken_away_and_comes_back_when_it_stands_again(
    cast: Cast, gate: Gate
) -> None:
    keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    write_all()

    cancelled = tell(cast.anna, booking, "cancelled", "practitioner", BOOKED)
    write_all()
    assert read_written(gate) == []

    tell(cast.anna, booking, "voided", "practitioner", BOOKED, voids_id=cancelled.id)
    write_all()
    assert read_written(gate) == [told(booking, "03-02 09:00", 4, "O. Ż.")]


def test_move_that_is_undone_is_undone_there(cast: Cast, gate: Gate) -> None:
    keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    moved = tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY + DAY)
    write_all()

    tell(cast.anna, booking, "voided", "practitioner", BOOKED, voids_id=moved.id)
    write_all()

    assert read_written(gate) == [told(booking, "03-02 09:00", 4, "O. Ż.")]


@pytest.mark.parametrize("is_written", [True, False])
def test_struck_meeting_is_taken_away(cast: Cast, gate: Gate, *, is_written: bool) -> None:
    source = keep(gate, cast.anna)
    booking, other = book(cast.anna, cast.ola), book(cast.anna, cast.marek, MONDAY + HOUR)
    if is_written:
        write_all()

    strike(practice=cast.anna.practice, booking_id=booking.id, now=BOOKED)
    write_all()

    assert read_written(gate) == [told(other, "03-02 10:00", 0, "M. Ł.")]
    assert list_waiting(source) == []


def test_released_meeting_is_taken_away_and_comes_back_when_it_was_paid(
    cast: Cast, gate: Gate
) -> None:
    payment = {**ANNAS_TERMS["rules"]["payment"], "unpaid": "release"}
    terms = {**ANNAS_TERMS, "rules": {**ANNAS_TERMS["rules"], "payment": payment}}
    publish_rules(cast.anna, terms, now=BOOKED)
    accept(cast.anna, cast.ola)
    keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    write_all()

    judge_due(now=MONDAY - DAY)
    assert look(cast.anna, booking.id).outcome == "released"
    write_all(MONDAY - DAY)
    assert read_written(gate) == []

    later = MONDAY - DAY + HOUR
    tell(cast.anna, booking, "paid", "client", BOOKED + HOUR, now=later, amount_minor=20_000)
    assert look(cast.anna, booking.id).outcome == "open"
    write_all(later)
    assert read_written(gate) == [told(booking, "03-02 09:00", 2, "O. Ż.")]


def test_series_is_written_whole(cast: Cast, gate: Gate) -> None:
    keep(gate, cast.anna)
    starts = [MONDAY + 7 * DAY * number for number in range(10)]
    booked = book_series(
        practitioner=cast.anna, person=cast.ola, choice=choose(cast.ola), starts=starts, now=BOOKED
    )

    assert write_all() == 10
    assert [uid for uid, *_rest in read_written(gate)] == sorted(
        told(each, "03-02 09:00", 0, "")[0] for each in booked
    )


@pytest.mark.parametrize(
    ("shown", "title", "unsaid"),
    [
        ("names", "Lekcja: Ola Żółć", []),
        ("initials", "Lekcja: O. Ż.", ["Ola", "Żółć", "Marek", "Łącki"]),
        ("busy", "Zajęte", ["Ola", "O.", "Lekcja", "Długa", "http", "DESCRIPTION", "LOCATION"]),
    ],
)
def test_calendar_tells_of_people_what_was_chosen(
    cast: Cast, gate: Gate, shown: str, title: str, unsaid: list[str]
) -> None:
    service = serve(cast.anna, name="Lekcja", where="ul. Długa 7, Gdańsk", place="room")
    keep(gate, cast.anna, shown=shown)
    book(cast.anna, cast.marek, MONDAY + DAY)
    (booking,) = book_series(
        practitioner=cast.anna, person=cast.ola, choice=choose(service), starts=[MONDAY],
        now=BOOKED,
    )  # fmt: skip
    write_all()

    events = [only_event(seen.body.decode()) for seen in gate.writes]
    (event,) = [each for each in events if each.text("UID") == say_uid(booking.id)]
    assert event.text("SUMMARY") == title
    assert ("Długa" in event.text("LOCATION")) == (shown != "busy")
    assert (str(booking.id) in event.text("DESCRIPTION")) == (shown != "busy")
    told_there = " ".join(str(line) for each in events for line in each.lines)
    assert not [word for word in unsaid if word in told_there]


def test_nothing_is_written_into_a_calendar_that_is_only_read(cast: Cast, gate: Gate) -> None:
    gate.server.make_calendar()
    source = add(
        cast.anna, f"{gate.http.url}/anna/work/", username="anna", password=gate.server.password
    )
    sync(source)

    book(cast.anna, cast.ola)

    assert write_all() == 0
    assert gate.writes == []


def test_meetings_of_others_are_not_written(cast: Cast, gate: Gate) -> None:
    keep(gate, cast.anna)

    book(cast.borys, cast.nastia)

    assert write_all() == 0


def test_calendar_that_is_removed_leaves_no_rows_here_and_all_there(cast: Cast, gate: Gate) -> None:
    source = keep(gate, cast.anna)
    booking = book(cast.anna, cast.ola)
    gate.server.put(f"{gate.server.url}anna/work/b.ics", calendar(DENTIST))
    write_all()
    sync(source, BOOKED + HOUR)
    book(cast.anna, cast.marek, MONDAY + 5 * HOUR)
    of = cast.anna.practice_id
    assert (BusyTime.objects.of(of).count(), Shown.objects.of(of).count()) == (1, 2)

    remove_source(source=source)

    assert [model.objects.of(of).count() for model in (Source, BusyTime, Shown)] == [0, 0, 0]
    assert write_all(BOOKED + HOUR) == 0
    assert told(booking, "03-02 09:00", 0, "O. Ż.") in read_written(gate)
