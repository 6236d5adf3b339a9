"""A client is reminded of a meeting once, a day before, and never of one that is not to come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings import telling
from miedza.bookings.actions import strike
from miedza.bookings.judging import PUT_OFF
from miedza.bookings.models import Booking
from miedza.bookings.reminding import remind_due
from miedza.messaging.models import Letter, Mail
from miedza.messaging.queries import read_mail
from miedza.people.actions import relate
from tests.agreements.agreeing import accept
from tests.bookings.racing import RACES, race
from tests.cast import BOOKED, MONDAY, Cast, book, look, make_person, tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from miedza.people.models import Person

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
DUE, LATER = MONDAY - DAY, MONDAY + HOUR
OLA = "ola@miedza.example"


@pytest.fixture
def addressed(cast: Cast) -> Cast:
    """Everybody; Ola has an address."""
    return _name_address(cast)


def _name_address(cast: Cast) -> Cast:
    _address(cast.ola, OLA)
    return cast


def _address(person: Person, email: str) -> None:
    person.email, person.language = email, "en"
    person.save()


def _reminders() -> list[tuple[str, datetime]]:
    letters = Letter.across.filter(purpose="reminder").order_by("made_at", "to")
    return [(letter.to, letter.made_at) for letter in letters]


def test_client_is_reminded_a_day_before_with_the_rules(addressed: Cast) -> None:
    accept(addressed.anna, addressed.ola)
    booking = book(addressed.anna, addressed.ola)

    assert remind_due(now=DUE - SECOND) == 0
    assert remind_due(now=DUE) == 1

    letter = Letter.across.get(purpose="reminder")
    mail = Mail.objects.get(id=letter.mail_id)
    said = read_mail(mail)
    assert (letter.to, letter.meeting_id, mail.due_at) == (OLA, booking.id, DUE)
    assert said.subject == "We meet: Monday 2 March, 10:00"
    bare = said.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "I will wait 15 minutes for you" in bare
    assert "Should you need to cancel: until 1 Mar, 10:00 PLN100; later PLN200." in bare
    assert "Payment is due no later than 24 hours before the start" in bare


def test_rules_that_nobody_accepted_are_not_told(addressed: Cast) -> None:
    book(addressed.anna, addressed.ola)

    remind_due(now=DUE)

    said = read_mail(Mail.objects.get(id=Letter.across.get(purpose="reminder").mail_id)).text
    assert "Monday 2 March, 10:00" in said
    assert "PLN100" not in said
    assert "I will wait" not in said


def test_reminded_once_however_often_the_clock_looks(addressed: Cast) -> None:
    booking = book(addressed.anna, addressed.ola)

    assert [remind_due(now=DUE + HOUR * index) for index in range(4)] == [1, 0, 0, 0]

    assert _reminders() == [(OLA, DUE)]
    assert look(addressed.anna, booking.id).remind_at is None


def test_whoever_answers_for_the_person_is_reminded_too(addressed: Cast) -> None:
    ewa = make_person(addressed.anna, "Ewa")
    _address(ewa, "ewa@miedza.example")
    relate(
        practice=addressed.anna.practice, person=addressed.ola, other=ewa, kind="guardian",
        now=BOOKED,
    )  # fmt: skip
    book(addressed.anna, addressed.ola)

    assert remind_due(now=DUE) == 2
    assert _reminders() == [("ewa@miedza.example", DUE), (OLA, DUE)]


def test_without_an_address_nobody_is_reminded(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)

    assert remind_due(now=DUE) == 0
    assert look(cast.anna, booking.id).remind_at is None
    assert _reminders() == []


@pytest.mark.parametrize("before", [DAY, 23 * HOUR, HOUR])
def test_who_has_only_just_been_told_is_not_reminded(addressed: Cast, before: timedelta) -> None:
    book(addressed.anna, addressed.ola, now=MONDAY - before)

    assert remind_due(now=MONDAY - before) == 0
    assert remind_due(now=MONDAY - SECOND) == 0


def test_cancelled_or_struck_meeting_is_not_reminded_of(addressed: Cast) -> None:
    cancelled = book(addressed.anna, addressed.ola)
    tell(addressed.anna, cancelled, "cancelled", "client", BOOKED)
    struck = book(addressed.anna, addressed.ola)
    strike(practice=addressed.anna.practice, booking_id=struck.id, now=BOOKED)

    assert remind_due(now=DUE) == 0


def test_moved_meeting_is_reminded_of_at_its_new_time(addressed: Cast) -> None:
    booking = book(addressed.anna, addressed.ola)
    tell(addressed.anna, booking, "moved", "client", BOOKED, to_at=MONDAY + 3 * DAY)

    assert [remind_due(now=DUE + DAY * days) for days in range(4)] == [0, 0, 0, 1]


def test_meeting_moved_after_its_reminder_is_reminded_of_again(addressed: Cast) -> None:
    booking = book(addressed.anna, addressed.ola)
    remind_due(now=DUE)
    event = tell(addressed.anna, booking, "moved", "client", DUE, to_at=MONDAY + 3 * DAY)

    assert remind_due(now=DUE + 3 * DAY) == 1
    tell(
        addressed.anna, booking, "voided", "client", DUE + 3 * DAY, voids_id=event.id
    )  # fmt: skip
    assert remind_due(now=DUE + 4 * DAY) == 0
    assert _reminders() == [(OLA, DUE), (OLA, DUE + 3 * DAY)]


def test_cancelling_that_is_taken_back_in_time_is_reminded_of(addressed: Cast) -> None:
    booking = book(addressed.anna, addressed.ola)
    event = tell(addressed.anna, booking, "cancelled", "client", BOOKED)
    tell(addressed.anna, booking, "voided", "client", BOOKED + HOUR, voids_id=event.id)

    assert remind_due(now=DUE) == 1


def test_backlog_reminds_of_nothing_that_has_begun(addressed: Cast) -> None:
    for days in range(4):
        book(addressed.anna, addressed.ola, MONDAY + DAY * days)

    written = remind_due(now=MONDAY + 2 * DAY)

    assert written == 1
    assert Letter.across.get(purpose="reminder").meeting_id == (
        Booking.objects.of(addressed.anna.practice_id).get(starts_at=MONDAY + 3 * DAY).id
    )
    assert not Booking.across.filter(remind_at__isnull=False).exists()


def test_meeting_is_reminded_of_until_it_begins(addressed: Cast) -> None:
    book(addressed.anna, addressed.ola)
    book(addressed.anna, addressed.ola, MONDAY + HOUR)

    assert remind_due(now=MONDAY) == 1


def test_some_at_a_time_all_are_reminded(addressed: Cast) -> None:
    for days in range(3):
        book(addressed.anna, addressed.ola, MONDAY + HOUR * days)

    assert [remind_due(now=DUE + 3 * HOUR, most=2) for _ in range(3)] == [2, 1, 0]


def test_one_that_cannot_be_written_stops_no_other(addressed: Cast) -> None:
    _address(addressed.marek, "marek@miedza.example")
    addressed.marek.language = "pl"
    bad = book(addressed.anna, addressed.marek)
    book(addressed.anna, addressed.ola, MONDAY + HOUR)
    type(addressed.marek).objects.of(addressed.anna.practice_id).filter(
        id=addressed.marek.id
    ).update(name=" ")  # A name that no form takes.

    with pytest.raises(ExceptionGroup) as told:
        remind_due(now=DUE + HOUR)

    assert len(told.value.exceptions) == 1
    assert str(bad.id) in told.value.exceptions[0].__notes__[0]
    assert _reminders() == [(OLA, DUE + HOUR)]
    assert remind_due(now=DUE + HOUR) == 0


@pytest.fixture
def committed(standing_cast: Cast) -> Iterator[Cast]:
    """Everybody, committed, and no mail left behind."""
    yield _name_address(standing_cast)
    Mail.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_workers_at_once_remind_once(committed: Cast, number: int) -> None:
    for hours in range(3):
        book(committed.anna, committed.ola, MONDAY + HOUR * hours)
    written: list[int] = []

    answers = race([lambda: written.append(remind_due(now=DUE + 3 * HOUR))] * 4)

    assert answers == {"done": 4}
    assert (sum(written), len(_reminders())) == (3, 3)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_move_and_reminder_at_once_leave_one_reminder_of_each_time(
    committed: Cast, number: int
) -> None:
    booking = book(committed.anna, committed.ola)

    answers = race(
        [
            lambda: remind_due(now=DUE),
            lambda: tell(committed.anna, booking, "moved", "client", DUE, to_at=MONDAY + 3 * DAY),
        ]
    )
    remind_due(now=DUE + 3 * DAY)

    assert answers == {"done": 2}
    assert len(_reminders()) in (1, 2)
    assert _reminders()[-1] == (OLA, DUE + 3 * DAY)


def test_reminder_that_failed_is_tried_again_and_the_others_are_written(
    addressed: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = book(addressed.anna, addressed.ola), book(addressed.anna, addressed.ola, LATER)

    def fail(**told: Any) -> int:
        if told["booking"].id == broken.id:
            raise ValueError
        return telling.tell(**told)

    monkeypatch.setattr("miedza.bookings.reminding.tell", fail)
    with pytest.raises(ExceptionGroup, match="some reminders"):
        remind_due(now=DUE + HOUR)
    assert [letter.meeting_id for letter in Letter.across.filter(purpose="reminder")] == [sound.id]

    monkeypatch.undo()
    assert remind_due(now=DUE + HOUR) == 0
    assert remind_due(now=DUE + HOUR + PUT_OFF) == 1
