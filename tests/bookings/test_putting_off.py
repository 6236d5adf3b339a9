"""A meeting that is put off by less than its length: what it does not have already is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.bookings import proposing
from miedza.bookings.taking import SlotTaken
from miedza.bookings.week import list_items
from tests.bookings.keeping import (
    DAY,
    HOUR,
    TEN,
    assert_sound,
    gather,
    propose,
    serve,
    spans,
    take_of,
)
from tests.bookings.offered import open_to
from tests.cast import BOOKED, MONDAY, Cast, book, look, tell

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Kept
    from miedza.ledger.models import Event


def _agree(cast: Cast, kept: Kept) -> Event | None:
    return proposing.agree(practice=cast.anna.practice, kept_id=kept.id, now=BOOKED)


@pytest.mark.parametrize(
    ("to_at", "also_taken"),
    [
        (MONDAY + HOUR / 2, "03-02 10:00"),
        (MONDAY - HOUR / 2, "03-02 08:30"),
        (MONDAY + HOUR, "03-02 10:00"),
        (MONDAY - HOUR, "03-02 08:00"),
    ],
)
def test_meeting_is_put_off_by_less_than_its_length(
    to_at: datetime, also_taken: str, cast: Cast
) -> None:
    booking = book(cast.anna, cast.ola)

    kept = propose(cast.anna, booking, to_at)

    assert sorted(spans(cast.anna)) == sorted(["03-02 09:00", also_taken])
    assert _agree(cast, kept) is not None
    assert look(cast.anna, booking.id).starts_at == to_at
    assert spans(cast.anna) == [f"{to_at:%m-%d %H:%M}"]
    assert_sound(cast.anna)


def test_part_of_a_proposal_beside_its_meeting_is_taken_by_nobody_else(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    book(cast.anna, cast.marek, TEN)

    with pytest.raises(SlotTaken):
        propose(cast.anna, booking, MONDAY + HOUR / 2)
    propose(cast.anna, booking, MONDAY - HOUR / 2)
    with pytest.raises(SlotTaken):
        book(cast.anna, cast.marek, MONDAY - HOUR)


def test_no_leaves_a_meeting_where_it_was(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    kept = propose(cast.anna, booking, MONDAY + HOUR / 2)

    proposing.refuse(practice=cast.anna.practice, kept_id=kept.id, now=BOOKED)

    assert spans(cast.anna) == ["03-02 09:00"]
    assert look(cast.anna, booking.id).starts_at == MONDAY


def test_week_shows_a_proposal_where_it_would_be(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)

    propose(cast.anna, booking, MONDAY + HOUR / 2)

    items = list_items(practitioner=cast.anna, since=MONDAY - DAY, until=MONDAY + DAY, now=BOOKED)
    (item,) = [each for each in items if each.kind == "proposal"]
    assert (item.starts_at, item.ends_at) == (MONDAY + HOUR / 2, MONDAY + 3 * HOUR / 2)


def test_who_has_left_a_group_is_put_off_by_less_than_their_length(cast: Cast) -> None:
    group = gather(cast.anna, MONDAY, seats=6)
    open_to(cast.anna, cast.ola)
    alone = take_of(cast.anna, group, cast.ola)
    tell(cast.anna, alone, "moved", "practitioner", BOOKED, to_at=MONDAY + DAY)

    kept = propose(cast.anna, look(cast.anna, alone.id), MONDAY + DAY + HOUR / 2)

    assert _agree(cast, kept) is not None
    assert_sound(cast.anna)


def test_seat_of_what_is_no_group_any_more_is_not_put_off_beside_it(cast: Cast) -> None:
    group = gather(cast.anna, MONDAY, seats=6)
    open_to(cast.anna, cast.ola)
    seat = take_of(cast.anna, group, cast.ola)
    serve(cast.anna, service_id=group.id, name="Group", seats=1)

    with pytest.raises(SlotTaken):
        propose(cast.anna, seat, MONDAY + HOUR / 2)
