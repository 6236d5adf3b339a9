"""Whoever comes at the same moment: one is booked, the others are told that it is taken."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from miedza.bookings.actions import close_day
from miedza.bookings.judging import judge_due
from miedza.bookings.models import Booking
from miedza.db.ids import make_id
from miedza.ledger.models import Event, Meeting, Ruling, Settlement
from miedza.people.actions import write_note
from miedza.people.models import Note
from tests.bookings.racing import RACES, race, race_processes
from tests.cast import BOOKED, MONDAY, book, look, make_person, tell

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("number", range(RACES)),
]
MANY = 8
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _assert_sound(cast: Cast) -> None:
    """Nobody is in two meetings at once, and no meeting stands in the ledger alone."""
    for practice_id in (cast.anna.practice_id, cast.borys.practice_id):
        bookings = list(Booking.objects.of(practice_id).order_by("starts_at"))
        taken = [booking for booking in bookings if booking.occupies]
        assert all(a.ends_at <= b.starts_at for a, b in itertools.pairwise(taken))
        meetings = set(Meeting.objects.of(practice_id).values_list("id", flat=True))
        assert meetings == {booking.id for booking in bookings}


def test_one_of_many_gets_the_slot(standing_cast: Cast, number: int) -> None:
    anna = standing_cast.anna
    people = [make_person(anna, f"Pupil {index}") for index in range(MANY)]

    answers = race([partial(book, anna, person) for person in people])

    assert answers == Counter({"done": 1, "SlotTaken": MANY - 1})
    _assert_sound(standing_cast)


def test_one_of_many_gets_it_though_all_are_one_person(standing_cast: Cast, number: int) -> None:
    anna, ola = standing_cast.anna, standing_cast.ola

    answers = race([lambda: book(anna, ola)] * MANY)

    assert answers == Counter({"done": 1, "SlotTaken": MANY - 1})
    _assert_sound(standing_cast)


def test_of_overlapping_slots_only_those_apart_are_booked(standing_cast: Cast, number: int) -> None:
    anna = standing_cast.anna
    people = [make_person(anna, f"Pupil {index}") for index in range(MANY)]
    starts = [MONDAY + 25 * MINUTE * index for index in range(MANY)]

    answers = race(
        [partial(book, anna, person, start) for person, start in zip(people, starts, strict=True)]
    )

    assert set(answers) == {"done", "SlotTaken"}
    assert 2 <= answers["done"] <= 3
    _assert_sound(standing_cast)


def test_two_practices_book_the_same_hour_at_once(standing_cast: Cast, number: int) -> None:
    steps = [
        lambda: book(standing_cast.anna, standing_cast.ola),
        lambda: book(standing_cast.borys, standing_cast.nastia),
    ]

    assert race(steps) == Counter({"done": 2})
    _assert_sound(standing_cast)


def test_of_moves_to_one_slot_one_stands(standing_cast: Cast, number: int) -> None:
    anna, ola = standing_cast.anna, standing_cast.ola
    bookings = [book(anna, ola, MONDAY + DAY * index) for index in range(MANY)]
    free = MONDAY + 3 * HOUR

    answers = race(
        [
            partial(tell, anna, booking, "moved", "client", BOOKED, to_at=free)
            for booking in bookings
        ]
    )

    assert answers == Counter({"done": 1, "SlotTaken": MANY - 1})
    assert Event.objects.of(anna.practice_id).count() == 1
    assert Booking.objects.of(anna.practice_id).filter(starts_at=free).count() == 1
    _assert_sound(standing_cast)


def test_bookings_race_with_moves(standing_cast: Cast, number: int) -> None:
    anna, ola, marek = standing_cast.anna, standing_cast.ola, standing_cast.marek
    bookings = [book(anna, ola, MONDAY + DAY * index) for index in range(MANY // 2)]
    free = MONDAY + 3 * HOUR
    moves = [
        partial(tell, anna, booking, "moved", "client", BOOKED, to_at=free) for booking in bookings
    ]

    answers = race([*moves, *[lambda: book(anna, marek, free + 30 * MINUTE)] * (MANY // 2)])

    assert answers == Counter({"done": 1, "SlotTaken": MANY - 1})
    _assert_sound(standing_cast)


def test_corrections_race_with_a_booking_of_the_time_they_want_back(
    standing_cast: Cast, number: int
) -> None:
    anna = standing_cast.anna
    booking = book(anna, standing_cast.ola)
    mistake = tell(anna, booking, "cancelled", "client", BOOKED)
    later = BOOKED + HOUR

    answers = race(
        [
            lambda: tell(anna, booking, "voided", "client", later, voids_id=mistake.id),
            lambda: tell(anna, booking, "voided", "client", later, voids_id=mistake.id),
            lambda: book(anna, standing_cast.marek),
            lambda: book(anna, standing_cast.marek),
        ]
    )

    assert answers["done"] == 1
    assert set(answers) <= {"done", "SlotTaken", "CannotVoid"}
    _assert_sound(standing_cast)


def test_day_closed_in_two_windows_is_closed_once(standing_cast: Cast, number: int) -> None:
    anna, over = standing_cast.anna, MONDAY + 5 * HOUR
    ids = [book(anna, standing_cast.ola, MONDAY + HOUR * index).id for index in range(3)]

    answers = race(
        [lambda: close_day(practice=anna.practice, booking_ids=ids, now=over)] * (MANY // 2)
    )

    assert answers == Counter({"done": MANY // 2})
    assert Event.objects.of(anna.practice_id).filter(type="held").count() == 3
    assert {look(anna, one).outcome for one in ids} == {"held"}


def test_clocks_judge_what_is_due_once(standing_cast: Cast, number: int) -> None:
    anna, people = standing_cast.anna, [standing_cast.ola, standing_cast.marek]
    for index, person in enumerate(people * 2):
        book(anna, person, MONDAY + DAY * index)
    late = MONDAY + 30 * DAY
    judged: list[int] = []

    answers = race([lambda: judged.append(judge_due(now=late))] * (MANY // 2))

    assert answers == Counter({"done": MANY // 2})
    assert sum(judged) == 2
    rulings = Ruling.objects.of(anna.practice_id)
    assert Counter(rulings.values_list("reason", "edition")) == Counter(
        {("attendance_unclear", 1): 4, ("unpaid", 1): 4}
    )
    assert Settlement.objects.of(anna.practice_id).count() == 8


def test_people_record_while_the_clock_judges(standing_cast: Cast, number: int) -> None:
    anna, ola = standing_cast.anna, standing_cast.ola
    bookings = [book(anna, ola, MONDAY + DAY * index) for index in range(MANY // 2)]
    late = MONDAY + 30 * DAY
    told = [
        partial(tell, anna, booking, "incident", "client", late, text="…") for booking in bookings
    ]

    answers = race([*told, *[lambda: judge_due(now=late)] * (MANY // 2)])

    assert answers == Counter({"done": MANY})
    assert not Booking.objects.of(anna.practice_id).filter(judge_again_at__lte=late).exists()
    assert not Ruling.objects.of(anna.practice_id).filter(edition__gt=1).exists()


SCRIPT = """
import sys, uuid, django
django.setup()
from miedza.bookings.taking import SlotTaken
from miedza.people.models import Person
from miedza.practice.models import Practitioner
from tests.cast import book
practice, person = map(uuid.UUID, sys.argv[1:])
anna = Practitioner.objects.of(practice).select_related("practice").get()
ola = Person.objects.of(practice).get(id=person)
print("ready", flush=True)
sys.stdin.readline()
try:
    book(anna, ola)
except SlotTaken:
    print("SlotTaken")
else:
    print("done")
"""


def test_one_of_many_processes_gets_the_slot(standing_cast: Cast, number: int) -> None:
    if number:
        pytest.skip("one race of processes is enough; they take long to start")
    anna = standing_cast.anna
    people = [make_person(anna, f"Pupil {index}") for index in range(4)]

    answers = race_processes(SCRIPT, [[str(anna.practice_id), str(p.id)] for p in people])

    assert answers == Counter({"done": 1, "SlotTaken": 3})
    _assert_sound(standing_cast)


def test_what_is_sent_twice_at_once_is_kept_once(standing_cast: Cast, number: int) -> None:
    anna, ola = standing_cast.anna, standing_cast.ola
    booking_id, event_id, note_id = make_id(), make_id(), make_id()

    answers = race([partial(book, anna, ola, id=booking_id)] * MANY)
    pay = partial(tell, anna, look(anna, booking_id), "paid", "client", MONDAY, amount_minor=100)
    answers += race([partial(pay, id=event_id)] * MANY)
    write = partial(write_note, practitioner=anna, person=ola, text="Shy.", now=BOOKED)
    answers += race([partial(write, id=note_id)] * MANY)

    assert answers == Counter({"done": 3 * MANY})
    assert [event.id for event in Event.objects.of(anna.practice_id)] == [event_id]
    assert [note.id for note in Note.objects.of(anna.practice_id)] == [note_id]
    assert [meeting.id for meeting in Meeting.objects.of(anna.practice_id)] == [booking_id]
    _assert_sound(standing_cast)
