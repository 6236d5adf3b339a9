"""What is taken in a calendar, read in one question.

Free times are looked for on every page that offers them, so this is written in SQL: the same as
three questions of the ORM, at a third of their cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from miedza.core.availability import Taken
from miedza.db.epochs import EPOCHS
from miedza.db.statements import adapt

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from miedza.practice.models import Practitioner

_SQL = """
SELECT {starts}, {ends}, buffer_before, COALESCE(buffer_after, -1) FROM bookings_taken
WHERE practice_id = %s AND calendar_key = %s AND occupies AND first_seat = 0
AND (kept_until IS NULL OR kept_until > %s) AND starts_at >= %s AND starts_at < %s{without}
UNION ALL SELECT {starts}, {ends}, -1, 0 FROM bookings_timeoff
WHERE practice_id = %s AND practitioner_id = %s AND starts_at < %s AND ends_at > %s
UNION ALL SELECT {starts}, {ends}, -1, 0 FROM calendars_busytime
WHERE practice_id = %s AND practitioner_id = %s AND starts_at < %s AND ends_at > %s
"""
_BUSY = -1
"""Stands for the buffer of what is no meeting: time off, and what other calendars say."""


class Spans(NamedTuple):
    """What is in a calendar, in seconds since 1970."""

    bookings: Sequence[Taken]
    busy: Sequence[tuple[int, int]]


def read_spans(
    *,
    practitioner: Practitioner,
    since: datetime,
    until: datetime,
    now: datetime,
    buffer_after: int,
    without: Collection[uuid.UUID] = (),
) -> Spans:
    """Read what is taken in a calendar.

    Args:
        practitioner: whose calendar.
        since: meetings that begin at or after it count, and what else ends after it.
        until: what begins before it counts.
        now: the present instant; what was kept until now counts no more.
        buffer_after: the minutes kept free after meetings that say nothing of it.
        without: what is left out.
    """
    here = connections[DEFAULT_DB_ALIAS]  # Once: to find it takes as long as to adapt a value.
    practice, leader, first, last, present, *left_out = (
        adapt(each, here)
        for each in (practitioner.practice_id, practitioner.id, since, until, now, *without)
    )
    marks = ", ".join(["%s"] * len(left_out))
    epoch = EPOCHS[here.vendor]
    sql = _SQL.format(
        starts=epoch.format("starts_at"),
        ends=epoch.format("ends_at"),
        without=f" AND id NOT IN ({marks})" if left_out else "",
    )
    off: list[Any] = [practice, leader, last, first]
    taken = [practice, practitioner.calendar_key, present, first, last, *left_out]
    with here.cursor() as cursor:
        cursor.execute(sql, [*taken, *off, *off])
        rows = cursor.fetchall()
    return Spans(
        [
            Taken(start, end, before, buffer_after if after < 0 else after)
            for start, end, before, after in rows
            if before != _BUSY
        ],
        [(start, end) for start, end, before, _after in rows if before == _BUSY],
    )
