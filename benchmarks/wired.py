"""Free times with everything wired: from the database to JSON, against SQL and a sweep by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.calendars import BUFFER, CLOSES, MINUTES, OPENS, STEP, make_calendar
from benchmarks.measuring import pair_ratios, time_in_turns
from benchmarks.report import Finding
from benchmarks.stage import list_databases, run_part
from benchmarks.sweep import sweep

if TYPE_CHECKING:
    from collections.abc import Callable

    from miedza.practice.models import Practitioner

MEETINGS = 500
LIMIT = 4.0
_SQL = (
    "SELECT {starts}, {ends} FROM bookings_taken WHERE practice_id = %s AND calendar_key = %s "
    "AND occupies AND first_seat = 0 AND starts_at >= %s AND starts_at < %s"
)


def measure() -> list[Finding]:
    """Measure on both databases."""
    findings = []
    with list_databases() as databases:
        for name, surroundings in databases.items():
            found = run_part("wired", surroundings)
            findings.append(
                Finding(
                    "wired", f"{MEETINGS} meetings to JSON, {name}", "SQL + sweep + JSON",
                    median(found["ours"]), median(found["theirs"]), "ms", LIMIT,
                    paired=pair_ratios(found["ours"], found["theirs"]),
                )
            )  # fmt: skip
    return findings


def run() -> dict[str, Any]:
    """Measure in this process."""
    calendar = make_calendar(MEETINGS)
    practitioner = _set_stage(calendar.busy)
    now = datetime.fromtimestamp(calendar.now, UTC)
    ours, theirs = _make_sides(practitioner, calendar, now)
    assert json.loads(ours()) == json.loads(theirs())
    spent = time_in_turns({"ours": ours, "theirs": theirs}, rounds=30, times=5)
    return dict(spent)


def _set_stage(busy: list[tuple[int, int]]) -> Practitioner:
    """A practice with its hours and its calendar."""
    from miedza.bookings.hours import Limits, set_hours
    from miedza.bookings.models import Taken
    from tests.cast import ANNAS_TERMS, make_practitioner

    anna = make_practitioner("Anna Zielińska", terms=ANNAS_TERMS)
    hours = [[f"{OPENS:02}:00", f"{CLOSES:02}:00"]]
    set_hours(
        practitioner=anna, weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), hours),
        limits=Limits(STEP, BUFFER, 0, 80, None),
    )  # fmt: skip
    Taken.across.bulk_create(
        Taken(
            practice=anna.practice, practitioner_id=anna.id, calendar_key=anna.calendar_key + n,
            starts_at=datetime.fromtimestamp(start, UTC), ends_at=datetime.fromtimestamp(end, UTC),
            buffer_before=BUFFER,
        )
        for n, (start, end) in enumerate(busy)
    )  # fmt: skip
    # Many of them overlap, as no real ones could: the rule against that is left aside here.
    _put_together(anna.calendar_key)
    return anna


def _put_together(key: int) -> None:
    """Let all meetings be in one calendar."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER bookings_taken_overlap_update")
        else:
            cursor.execute("ALTER TABLE bookings_taken DROP CONSTRAINT bookings_taken_no_overlap")
        cursor.execute("UPDATE bookings_taken SET calendar_key = %s", [key])


def _make_sides(
    practitioner: Practitioner, calendar: Any, now: datetime
) -> tuple[Callable[[], str], Callable[[], str]]:
    """Both ways from the database to JSON."""
    from django.db import connection

    from miedza.bookings.offering import find_free
    from miedza.db.epochs import EPOCHS
    from miedza.db.statements import adapt

    epoch = EPOCHS[connection.vendor]
    sql = _SQL.format(starts=epoch.format("starts_at"), ends=epoch.format("ends_at"))
    around = timedelta(days=8)
    first = datetime.combine(calendar.first, datetime.min.time(), UTC) - around
    last = datetime.combine(calendar.last, datetime.min.time(), UTC) + around
    values = [
        adapt(practitioner.practice_id, connection), practitioner.calendar_key,
        *(connection.ops.adapt_datetimefield_value(each) for each in (first, last)),
    ]  # fmt: skip

    def ours() -> str:
        dates = (calendar.first, calendar.last)
        free = find_free(practitioner=practitioner, minutes=MINUTES, now=now, dates=dates)
        return json.dumps(free)

    def theirs() -> str:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            busy = cursor.fetchall()
        return json.dumps(sweep(type(calendar)(calendar.first, calendar.last, calendar.now, busy)))

    return ours, theirs
