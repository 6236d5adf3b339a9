"""A group is one thing in its practitioner's calendar, however many come to it, or nobody yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from miedza.bookings.actions import strike
from miedza.bookings.entries import is_own_uid, list_group_entries, say_uid
from miedza.bookings.grouping import close_group
from tests.bookings.keeping import DAY, HOUR, assert_sound, gather, list_dates, seat
from tests.cast import BOOKED, MONDAY, Cast, make_person, tell

if TYPE_CHECKING:
    from miedza.core.calendars import Entry

pytestmark = pytest.mark.django_db


def _list(cast: Cast, shown: str = "names") -> list[Entry]:
    groups = list_group_entries(
        practice=cast.anna.practice, practitioner=cast.anna, since=BOOKED, shown=shown
    )
    return list(groups.values())


def test_date_to_which_nobody_comes_yet_is_there(cast: Cast) -> None:
    (frame,) = list_dates(gather(cast.anna, MONDAY, seats=6))

    (entry,) = _list(cast)

    assert entry.uid == say_uid(frame.id)
    assert entry.summary.endswith(", 0 of 6 seats")
    assert (entry.starts_at, entry.ends_at - entry.starts_at) == (int(MONDAY.timestamp()), 3600)
    assert is_own_uid(practice_id=cast.anna.practice_id, uid=entry.uid)
    assert not is_own_uid(practice_id=cast.borys.practice_id, uid=entry.uid)


def test_who_comes_is_told_as_chosen(cast: Cast) -> None:
    (frame,) = list_dates(gather(cast.anna, MONDAY, seats=6))
    gone = seat(cast.anna, frame, cast.marek)
    seat(cast.anna, frame, cast.ola)
    before = _list(cast)[0]
    tell(cast.anna, gone, "cancelled", "practitioner", BOOKED + HOUR)

    (named,), (short,), (busy,) = (_list(cast, shown) for shown in ("names", "initials", "busy"))

    assert named.summary.endswith(", 1 of 6 seats")
    assert "Ola Żółć" in named.description
    assert "Marek" not in named.description
    assert named.sequence == before.sequence
    assert named.changed_at == before.changed_at + 3600
    assert "O. Ż." in short.description
    assert "Ola" not in short.description
    assert (busy.description, busy.location, busy.link) == ("", "", "")
    assert "Ola" not in busy.summary
    assert_sound(cast.anna)


def test_group_called_off_that_comes_back_is_still_ones_own(cast: Cast) -> None:
    (frame,) = list_dates(gather(cast.anna, MONDAY, seats=6))

    close_group(practice=cast.anna.practice, frame_id=frame.id, now=BOOKED)

    assert _list(cast) == []
    assert is_own_uid(practice_id=cast.anna.practice_id, uid=say_uid(frame.id))


def test_group_that_somebody_leaves_is_no_older_for_it(cast: Cast) -> None:
    first = list_dates(gather(cast.anna, MONDAY, MONDAY + DAY, seats=6))[0]
    moved, struck = (seat(cast.anna, first, each) for each in (cast.ola, cast.marek))
    versions = [_list(cast)[0]]

    tell(cast.anna, moved, "moved", "practitioner", BOOKED + HOUR, to_at=MONDAY + DAY)
    versions.append(_list(cast)[0])
    strike(practice=cast.anna.practice, booking_id=struck.id, now=BOOKED + 2 * HOUR)
    versions.append(_list(cast)[0])

    assert [each.summary[-12:] for each in versions] == [f"{n} of 6 seats" for n in (2, 1, 0)]
    changed = [each.changed_at for each in versions]
    assert changed == sorted(set(changed))


def test_many_groups_cost_no_more_questions_than_one(cast: Cast) -> None:
    frames = list_dates(gather(cast.anna, *(MONDAY + n * HOUR for n in range(5)), seats=6))
    counted = []
    for frame in frames:
        seat(cast.anna, frame, make_person(cast.anna, "Iga"))
        with CaptureQueriesContext(connection) as asked:
            assert len(_list(cast)) == 5
        counted.append(len(asked))

    assert len(set(counted)) == 1
