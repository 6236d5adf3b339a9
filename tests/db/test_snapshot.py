"""What is read is one moment, and who writes meanwhile waits for nobody."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from django.db import Error, connection

from miedza.db.snapshot import at_one_moment
from miedza.people.models import Person
from tests.bookings.racing import race
from tests.cast import make_person

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_written_meanwhile_is_not_seen_and_does_not_wait(standing_cast: Cast) -> None:
    practice_id = standing_cast.anna.practice_id

    with at_one_moment():
        before = Person.objects.of(practice_id).count()
        began = time.monotonic()
        answers = race([lambda: make_person(standing_cast.anna, "Zoe")] * 2)
        took = time.monotonic() - began
        seen = Person.objects.of(practice_id).count()

    assert answers == {"done": 2}
    assert (before, seen, Person.objects.of(practice_id).count()) == (2, 2, 4)
    assert took < 10  # A writer that waits is refused after twenty seconds.


def test_nothing_can_be_written_within_it_and_all_after_it(standing_cast: Cast) -> None:
    change = "UPDATE people_person SET name = 'stolen'"
    with pytest.raises(Error, match=r"read-?only"), at_one_moment():
        connection.cursor().execute(change)

    make_person(standing_cast.anna, "Zoe")

    people = Person.objects.of(standing_cast.anna.practice_id)
    assert not people.filter(name="stolen").exists()
    assert people.filter(name="Zoe").exists()
