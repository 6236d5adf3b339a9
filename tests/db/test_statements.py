"""Rows that are written without the ORM are those the ORM would write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from miedza.bookings.models import Taken
from miedza.bookings.walls import say_wall
from miedza.db.ids import make_id
from miedza.db.statements import insert, insert_if_allowed

if TYPE_CHECKING:
    from tests.cast import Cast

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def _row(cast: Cast, hours: int = 0) -> Taken:
    start = START + timedelta(hours=hours)
    zone = cast.anna.practice.time_zone
    return Taken(
        id=make_id(), practice_id=cast.anna.practice_id, practitioner_id=cast.anna.id,
        calendar_key=cast.anna.calendar_key, starts_at=start, ends_at=start + timedelta(hours=1),
        wall=say_wall(start, zone), zone=zone, kept_until=start,
    )  # fmt: skip


def test_row_that_is_inserted_is_as_if_it_were_saved(cast: Cast) -> None:
    ours, saved = _row(cast), _row(cast, hours=1)

    insert(ours)
    saved.save(force_insert=True)

    for row in (ours, saved):
        read = Taken.objects.of(row.practice_id).get(id=row.id)
        assert model_to_dict(read) == model_to_dict(row)
        assert (read.starts_at, read.wall, read.occupies) == (row.starts_at, row.wall, True)
    ours.occupies = False
    ours.save(update_fields=["occupies"])
    assert not Taken.objects.of(ours.practice_id).get(id=ours.id).occupies


def test_row_that_a_constraint_refuses_leaves_the_transaction_alive(cast: Cast) -> None:
    with transaction.atomic():
        assert insert_if_allowed(_row(cast))
        assert not insert_if_allowed(_row(cast))
        assert insert_if_allowed(_row(cast, hours=1))
    assert Taken.objects.of(cast.anna.practice_id).count() == 2


def test_row_that_a_constraint_refuses_is_not_inserted(cast: Cast) -> None:
    insert(_row(cast))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(_row(cast))
    assert Taken.objects.of(cast.anna.practice_id).count() == 1
