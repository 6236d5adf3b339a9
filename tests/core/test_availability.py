"""Every field of an availability: missing, of the wrong type, out of bounds, unknown."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from miedza.core.availability import Availability, Taken, read_availability
from tests.core.refusals import (
    Field,
    absences,
    each,
    instant,
    number,
    right_values,
    wrong_values,
)
from tests.core.samples import AVAILABILITY, drop, faults_of, put

_AT = "2026-03-02T08:00:00Z"
_DATE = "must be a date like 2026-03-02"
_YEARS = "must lie in the years 1900 to 2999"
_ZONE = "must be a name of the tz database, like 'Europe/Warsaw'"
_WEEK = "must be an object with windows for days 'mon' to 'sun'"
_WINDOWS = "must be a list of windows like ['09:00', '17:00']"
_SPAN = "must not lie before from, nor 3700 days or more after it"
_NO_DATES = (
    *each(_DATE, "02-03-2026", "2026-02-29", "", _AT, 20260302, 1.0, True, None, [], {}),
    *each(_YEARS, "3000-01-01"),
)


def limit(path: str) -> Field:
    """A number or null, which is the same as none."""
    return number(path, 0, right=(0, 1_000_000, None), null=True, needed=False)


def no_lists(what: str = "must be a list") -> tuple[tuple[Any, str], ...]:
    return each(what, "x", 1, 1.0, True, None, {})


FIELDS = [
    Field(
        "time_zone",
        each(_ZONE, "Mars/Base", "", 1, 1.0, True, None, [], {}),
        ("UTC", "Asia/Kathmandu"),
    ),
    instant("now", _AT, "1900-01-01T00:00:00Z", "2999-12-31T23:59:59Z"),
    Field("from", _NO_DATES, ("2026-03-08", "2026-01-01")),
    Field("until", (*_NO_DATES, ("2026-03-01", _SPAN)), ("2026-03-02", "2036-04-17")),
    Field("weekly", each(_WEEK, "x", 1, 1.0, True, None, []), ({}, {"sun": [["00:00", "24:00"]]})),
    Field("exceptions", no_lists(), ([],), needed=False),
    Field("exceptions[0].date", _NO_DATES, ("2026-03-02", "1900-01-01", "2999-12-31")),
    Field("exceptions[0].windows", no_lists(_WINDOWS), ([], [["00:00", "24:00"]])),
    number("minutes", 1),
    number("step_minutes", 1),
    number("buffer_before", 0, needed=False),
    number("buffer_after", 0, needed=False),
    number("notice_minutes", 0, needed=False),
    limit("horizon_days"),
    limit("max_per_day"),
    limit("max_per_week"),
    Field("bookings", no_lists(), ([],), needed=False),
    instant("bookings[0].start", "1900-01-01T00:00:00Z"),
    instant("bookings[0].end", "2026-03-02T09:00:01Z"),
    number("bookings[0].buffer_before", 0, needed=False),
    number("bookings[0].buffer_after", 0, needed=False),
    Field("busy", no_lists(), ([],), needed=False),
    instant("busy[0].start", "1900-01-01T00:00:00Z"),
    instant("busy[0].end", "2026-03-02T15:00:01Z"),
]
_OBJECTS = ["exceptions[0]", "bookings[0]", "busy[0]"]


def test_table_names_every_field_of_an_availability() -> None:
    named = {field.path for field in FIELDS if "[" not in field.path}

    assert named == set(AVAILABILITY)


@pytest.mark.parametrize(("path", "value", "fault"), wrong_values(FIELDS))
def test_wrong_value_of_an_availability_is_refused(path: str, value: Any, fault: str) -> None:
    assert faults_of(read_availability, put(AVAILABILITY, path, value)) == [fault]


@pytest.mark.parametrize(("path", "value"), right_values(FIELDS))
def test_right_value_of_an_availability_is_accepted(path: str, value: Any) -> None:
    assert faults_of(read_availability, put(AVAILABILITY, path, value)) == []


@pytest.mark.parametrize(("path", "faults"), absences(FIELDS))
def test_missing_field_of_an_availability_is_refused_where_it_is_needed(
    path: str, faults: list[str]
) -> None:
    assert faults_of(read_availability, drop(AVAILABILITY, path)) == faults


@pytest.mark.parametrize(
    "path",
    [
        "colour", "weekly.monday", "exceptions[0].colour", "bookings[0].id", "busy[0].id",
        "busy[0].buffer_before",
    ],
)  # fmt: skip
def test_unknown_key_of_an_availability_is_refused(path: str) -> None:
    document = put(AVAILABILITY, path, 1)

    assert faults_of(read_availability, document) == [f"{path}: unknown key"]


@pytest.mark.parametrize("value", ["x", 1, 1.0, True, None, []], ids=repr)
@pytest.mark.parametrize("path", _OBJECTS)
def test_what_is_no_object_is_refused(path: str, value: Any) -> None:
    document = put(AVAILABILITY, path, value)

    assert faults_of(read_availability, document) == [f"{path}: must be an object"]


@pytest.mark.parametrize("value", ["x", 1, 1.0, True, None, []], ids=repr)
def test_availability_that_is_no_object_is_refused(value: Any) -> None:
    assert faults_of(read_availability, value) == ["document: must be an object"]


@pytest.mark.parametrize("path", ["bookings[0]", "busy[0]"])
@pytest.mark.parametrize("end", [_AT, "2026-03-02T07:59:59Z", "2026-03-02T09:00:00+01:00"])
def test_interval_that_is_empty_or_inverted_is_refused(path: str, end: str) -> None:
    document = put(AVAILABILITY, path, {"start": _AT, "end": end})

    assert faults_of(read_availability, document) == [f"{path}.end: must be after start"]


@pytest.mark.parametrize("until", ["2036-04-18", "2999-12-31"])
def test_span_of_too_many_days_is_refused(until: str) -> None:
    document = put(AVAILABILITY, "until", until)

    assert faults_of(read_availability, document) == [f"until: {_SPAN}"]


def test_two_exceptions_for_one_date_are_refused() -> None:
    same = [{"date": "2026-03-03", "windows": []}, {"date": "2026-03-03", "windows": []}]

    faults = faults_of(read_availability, put(AVAILABILITY, "exceptions", same))

    assert faults == ["exceptions[1].date: must not stand twice"]


@pytest.mark.parametrize(
    ("path", "windows", "fault"),
    [
        ("weekly.mon", [["10:00", "09:00"]], "[0]: must end after its start"),
        ("exceptions[0].windows", [["09:00"]], "[0]: must be a window like ['09:00', '17:00']"),
        (
            "weekly.sun",
            [["09:00", "11:00"], ["10:00", "12:00"]],
            "[1]: must not start before the window above it ends",
        ),
    ],
)
def test_wrong_window_is_refused_where_it_stands(path: str, windows: Any, fault: str) -> None:
    document = put(AVAILABILITY, path, windows)

    assert faults_of(read_availability, document) == [f"{path}{fault}"]


def test_every_fault_of_an_availability_is_told_at_once() -> None:
    document = {"minutes": 0, "now": "now", "busy": [{}], "weekly": {"mon": 1}, "until": 3}

    assert sorted(fault.partition(": ")[0] for fault in faults_of(read_availability, document)) == [
        "busy[0].end", "busy[0].start", "from", "minutes", "now", "step_minutes", "time_zone",
        "until", "weekly.mon",
    ]  # fmt: skip


def test_availability_is_read_whole() -> None:
    eight = 1772438400
    assert read_availability(AVAILABILITY) == Availability(
        zone=ZoneInfo("Europe/Warsaw"), now=eight - 20 * 3600,
        first=date(2026, 3, 2), last=date(2026, 3, 8),
        weekly={"mon": [(540, 780), (840, 1080)], "sun": []},
        exceptions={date(2026, 3, 3): [(540, 600)]},
        minutes=50, step_minutes=15, buffer_before=0, buffer_after=15, notice_minutes=120,
        horizon_days=60, max_per_day=6, max_per_week=20,
        bookings=[Taken(eight + 3600, eight + 6600, 0, 15)],
        busy=[(eight + 7 * 3600, eight + 8 * 3600)],
    )  # fmt: skip


def test_taken_interval_has_no_buffers_of_its_own_unless_given() -> None:
    assert Taken(1, 2) == Taken(1, 2, buffer_before=0, buffer_after=0)


def test_what_is_absent_is_nothing() -> None:
    needed = ("time_zone", "now", "from", "until", "weekly", "minutes", "step_minutes")
    read = read_availability({name: AVAILABILITY[name] for name in needed})

    assert read[6:] == (50, 15, 0, 0, 0, None, None, None, [], [])
