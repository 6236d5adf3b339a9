"""Nobody is in two meetings at once: the database refuses it, whatever the code does."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from miedza.bookings.entering import NoRules
from miedza.bookings.models import FREE_AGAIN, Booking, Taken
from miedza.bookings.taking import SlotTaken
from miedza.ledger.models import Event, Meeting, Ruling, Settlement
from miedza.practice.models import Practitioner
from tests.cast import BOOKED, FOUNDED, MONDAY, Cast, book, look, tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

HOUR = timedelta(hours=1)


@contextmanager
def _overlap_refused() -> Iterator[None]:
    """The database itself refuses what is done here."""
    with pytest.raises(IntegrityError, match="no_overlap"), transaction.atomic():
        yield


def _insert(cast: Cast, starts_at: datetime, minutes: int = 60, **fields: Any) -> Taken:
    """Put a row into the table, past every lock and rule of the code."""
    row = {
        "practice": cast.anna.practice, "practitioner_id": cast.anna.id,
        "calendar_key": cast.anna.calendar_key, "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=minutes), **fields,
    }  # fmt: skip
    return Taken.across.create(**row)


OVERLAPS = [
    pytest.param(0, 60, id="the same"),
    pytest.param(-30, 60, id="into its beginning"),
    pytest.param(30, 60, id="out of its end"),
    pytest.param(10, 20, id="within"),
    pytest.param(-10, 90, id="around"),
    pytest.param(59, 1, id="its last minute"),
    pytest.param(-59, 60, id="its first minute"),
]
TOUCHES = [
    pytest.param(-60, 60, id="until it begins"),
    pytest.param(60, 60, id="from its end"),
    pytest.param(-24 * 60, 60, id="the day before"),
]


@pytest.mark.parametrize(("minutes_after", "minutes"), OVERLAPS)
def test_database_refuses_to_insert_an_overlap(
    cast: Cast, minutes_after: int, minutes: int
) -> None:
    book(cast.anna, cast.ola)

    with _overlap_refused():
        _insert(cast, MONDAY + timedelta(minutes=minutes_after), minutes)


@pytest.mark.parametrize(("minutes_after", "minutes"), OVERLAPS)
def test_database_refuses_to_move_into_an_overlap(
    cast: Cast, minutes_after: int, minutes: int
) -> None:
    book(cast.anna, cast.ola)
    moved = _insert(cast, MONDAY + timedelta(days=1), minutes)
    moved.starts_at = MONDAY + timedelta(minutes=minutes_after)
    moved.ends_at = moved.starts_at + timedelta(minutes=minutes)

    with _overlap_refused():
        moved.save()


@pytest.mark.parametrize(("minutes_after", "minutes"), TOUCHES)
def test_touching_is_no_overlap(cast: Cast, minutes_after: int, minutes: int) -> None:
    book(cast.anna, cast.ola)

    _insert(cast, MONDAY + timedelta(minutes=minutes_after), minutes)

    assert Taken.objects.of(cast.anna.practice_id).count() == 2


def test_database_refuses_to_occupy_a_time_again_that_was_given_away(cast: Cast) -> None:
    book(cast.anna, cast.ola)
    free = _insert(cast, MONDAY, occupies=False)
    free.occupies = True

    with _overlap_refused():
        free.save()


def test_what_is_taken_takes_time(cast: Cast) -> None:
    book(cast.anna, cast.ola)

    with pytest.raises(IntegrityError), transaction.atomic():
        _insert(cast, MONDAY + 5 * HOUR, ends_at=MONDAY + 5 * HOUR)


@pytest.mark.parametrize(("minutes_after", "minutes"), OVERLAPS)
def test_booking_an_overlap_says_that_it_is_taken_and_leaves_nothing(
    cast: Cast, minutes_after: int, minutes: int
) -> None:
    book(cast.anna, cast.ola)
    models = (Meeting, Settlement, Booking, Taken)
    before = [list(model.across.order_by("id").values()) for model in models]

    with pytest.raises(SlotTaken):
        book(cast.anna, cast.marek, MONDAY + timedelta(minutes=minutes_after), minutes=minutes)

    assert [list(model.across.order_by("id").values()) for model in models] == before


def test_two_practices_and_two_practitioners_do_not_disturb_each_other(cast: Cast) -> None:
    colleague = Practitioner.across.create(
        practice=cast.anna.practice, user=cast.borys.user, name="Celina", calendar_key=7
    )

    ids = {
        book(cast.anna, cast.ola).id,
        book(colleague, cast.marek).id,
        book(cast.borys, cast.nastia).id,
    }

    assert len(ids) == 3


def test_another_practice_with_the_same_calendar_key_does_not_disturb(cast: Cast) -> None:
    Practitioner.across.filter(id=cast.borys.id).update(calendar_key=cast.anna.calendar_key)
    cast.borys.refresh_from_db()

    book(cast.anna, cast.ola)

    assert book(cast.borys, cast.nastia).starts_at == MONDAY


@pytest.mark.parametrize(
    ("kind", "outcome", "at"),
    [
        ("cancelled", "cancelled", MONDAY - HOUR),
        ("cancelled", "missed", MONDAY + HOUR / 4),
        ("left", "missed", MONDAY + HOUR / 2),
    ],
)
def test_what_is_over_frees_the_time(cast: Cast, kind: str, outcome: str, at: datetime) -> None:
    first = book(cast.anna, cast.ola)
    tell(cast.anna, first, kind, "practitioner", at)

    second = book(cast.anna, cast.marek, now=MONDAY + HOUR)

    assert outcome in FREE_AGAIN
    assert (look(cast.anna, first.id).outcome, second.starts_at) == (outcome, MONDAY)


@pytest.mark.parametrize(("kind", "outcome"), [("held", "held"), ("arrived", "open")])
def test_what_was_held_or_is_open_keeps_the_time(cast: Cast, kind: str, outcome: str) -> None:
    first = book(cast.anna, cast.ola)
    tell(cast.anna, first, kind, "practitioner", MONDAY + HOUR)

    with pytest.raises(SlotTaken):
        book(cast.anna, cast.marek, now=MONDAY + HOUR)

    assert look(cast.anna, first.id).outcome == outcome


@pytest.mark.parametrize("kind", ["cancelled", "moved"])
def test_correction_into_a_time_given_away_is_refused_and_changes_nothing(
    cast: Cast, kind: str
) -> None:
    first = book(cast.anna, cast.ola)
    to_at = MONDAY + timedelta(days=7) if kind == "moved" else None
    mistake = tell(cast.anna, first, kind, "client", BOOKED, to_at=to_at)
    book(cast.anna, cast.marek)
    models = (Event, Meeting, Ruling, Settlement, Booking, Taken)
    before = [list(model.across.order_by("id").values()) for model in models]

    with pytest.raises(SlotTaken):
        tell(cast.anna, first, "voided", "practitioner", BOOKED + HOUR, voids_id=mistake.id)

    assert [list(model.across.order_by("id").values()) for model in models] == before


def test_correction_takes_the_time_back_while_it_is_free(cast: Cast) -> None:
    first = book(cast.anna, cast.ola)
    mistake = tell(cast.anna, first, "cancelled", "client", BOOKED)

    tell(cast.anna, first, "voided", "practitioner", BOOKED + HOUR, voids_id=mistake.id)

    assert (look(cast.anna, first.id).outcome, look(cast.anna, first.id).occupies) == ("open", True)
    with pytest.raises(SlotTaken):
        book(cast.anna, cast.marek, now=BOOKED + HOUR)


def test_move_into_another_meeting_is_refused(cast: Cast) -> None:
    first, second = book(cast.anna, cast.ola), book(cast.anna, cast.marek, MONDAY + 2 * HOUR)

    with pytest.raises(SlotTaken):
        tell(cast.anna, second, "moved", "client", BOOKED, to_at=MONDAY + HOUR / 2)
    tell(cast.anna, second, "moved", "client", BOOKED, to_at=MONDAY + HOUR)

    starts = [look(cast.anna, booking.id).starts_at for booking in (first, second)]
    assert starts == [MONDAY, MONDAY + HOUR]


def test_nothing_is_booked_before_rules_are_in_force(cast: Cast) -> None:
    with pytest.raises(NoRules):
        book(cast.anna, cast.ola, now=FOUNDED - HOUR)

    assert not Meeting.across.exists()
