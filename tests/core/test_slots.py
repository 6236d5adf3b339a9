"""Slots: which times are free."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miedza.core.documents import slots_document
from miedza.core.instants import format_instant, parse_instant
from miedza.core.slots import local_ordinals, week_of
from miedza.core.zones import local_date
from tests.core.chance import RANDOMS
from tests.naive.cases import random_availability
from tests.naive.cases_times import random_moment, random_zone

PLAIN: dict[str, Any] = {
    "time_zone": "UTC", "now": "2026-03-01T00:00:00Z", "from": "2026-03-02", "until": "2026-03-02",
    "weekly": {"mon": [["09:00", "12:00"]], "tue": [["09:00", "10:00"]]},
    "minutes": 60, "step_minutes": 30,
}  # fmt: skip


def starts(**changes: Any) -> list[str]:
    """The free times of a day and their clock, `02T09:00`."""
    return [slot[8:16] for slot in slots_document({**PLAIN, **changes})["slots"]]


def span(start: str, end: str, **more: int) -> list[dict[str, Any]]:
    return [{"start": f"2026-03-02T{start}:00Z", "end": f"2026-03-02T{end}:00Z", **more}]


ALL = ["02T09:00", "02T09:30", "02T10:00", "02T10:30", "02T11:00"]


@pytest.mark.parametrize(
    ("changes", "free"),
    [
        ({}, ALL),
        ({"minutes": 180}, ["02T09:00"]),
        ({"minutes": 181}, []),
        ({"step_minutes": 50}, ["02T09:00", "02T09:50", "02T10:40"]),
        ({"weekly": {}}, []),
        ({"weekly": {"mon": [["09:00", "10:00"], ["10:00", "11:00"]]}}, ["02T09:00", "02T10:00"]),
        ({"weekly": {"mon": [["23:00", "24:00"]]}}, ["02T23:00"]),
        ({"exceptions": [{"date": "2026-03-02", "windows": []}]}, []),
        ({"exceptions": [{"date": "2026-03-02", "windows": [["20:00", "21:00"]]}]}, ["02T20:00"]),
        ({"exceptions": [{"date": "2026-03-03", "windows": []}]}, ALL),
        ({"busy": span("10:00", "10:30")}, ["02T09:00", "02T10:30", "02T11:00"]),
        ({"busy": span("10:00", "10:30"), "buffer_before": 30}, ["02T09:00", "02T11:00"]),
        ({"busy": span("10:00", "10:30"), "buffer_after": 1}, ["02T10:30", "02T11:00"]),
        ({"busy": span("08:00", "09:00"), "buffer_before": 1}, ALL[1:]),
        ({"bookings": span("10:00", "11:00")}, ["02T09:00", "02T11:00"]),
        ({"bookings": span("10:00", "11:00", buffer_after=1)}, ["02T09:00"]),
        ({"bookings": span("10:00", "11:00", buffer_before=1)}, ["02T11:00"]),
        (
            {"bookings": span("10:00", "10:30", buffer_after=15), "buffer_before": 30},
            ["02T09:00", "02T11:00"],
        ),
        ({"notice_minutes": 33 * 60}, ALL),
        ({"notice_minutes": 33 * 60 + 1}, ALL[1:]),
        ({"now": "2026-03-02T09:30:00Z"}, ALL[1:]),
        ({"now": "2026-03-02T09:30:01Z"}, ALL[2:]),
        ({"horizon_days": 0}, []),
        ({"horizon_days": 1}, ALL),
        ({"max_per_day": 0}, []),
        ({"max_per_day": 1, "bookings": span("20:00", "21:00")}, []),
        ({"max_per_day": 2, "bookings": span("20:00", "21:00")}, ALL),
        ({"max_per_day": 1, "busy": span("20:00", "21:00")}, ALL),
        ({"max_per_week": 0}, []),
        ({"max_per_week": 1, "bookings": span("20:00", "21:00")}, []),
        (
            {"until": "2026-03-03", "max_per_day": 1, "bookings": span("20:00", "21:00")},
            ["03T09:00"],
        ),
    ],
)  # fmt: skip
def test_free_times_are_found(changes: Any, free: list[str]) -> None:
    assert starts(**changes) == free


def test_start_that_two_windows_give_is_listed_once() -> None:
    """On that night 02:00–03:00 moves to 03:00–04:00."""
    weekly = {"sun": [["02:00", "03:30"], ["03:30", "05:00"], ["05:00", "06:00"]]}

    free = starts(
        **{"from": "2026-03-29", "until": "2026-03-29"}, time_zone="Europe/Warsaw", weekly=weekly
    )

    assert free == ["29T01:30", "29T02:00", "29T03:00"]


def test_session_over_a_change_of_clocks_has_its_elapsed_minutes() -> None:
    weekly = {"sun": [["01:00", "04:00"]]}

    free = starts(
        **{"from": "2026-10-25", "until": "2026-10-25"}, time_zone="Europe/Warsaw", weekly=weekly,
        minutes=120, step_minutes=60,
    )  # fmt: skip

    assert free == ["24T23:00", "25T00:00", "25T01:00"]


@settings(deadline=None)
@given(RANDOMS)
def test_busy_time_takes_free_times_and_gives_none(rng: Random) -> None:
    availability = random_availability(rng)
    busy = availability.pop("busy", [])
    # Only starts are dropped: candidates do not depend on what is taken.
    without = slots_document(availability)["slots"]

    assert set(slots_document({**availability, "busy": busy})["slots"]) <= set(without)


@settings(deadline=None)
@given(RANDOMS)
def test_free_times_rise_and_do_not_depend_on_the_order_of_what_is_taken(rng: Random) -> None:
    availability = random_availability(rng)
    slots = slots_document(availability)["slots"]

    for name in ("bookings", "busy", "exceptions"):
        rng.shuffle(availability.get(name, []))

    assert slots == sorted(set(slots)) == slots_document(availability)["slots"]


@settings(deadline=None)
@given(RANDOMS)
def test_booked_free_time_is_no_longer_free(rng: Random) -> None:
    availability = random_availability(rng)
    slots = slots_document(availability)["slots"]
    booked = rng.sample(slots, min(1, len(slots)))
    length = 60 * availability["minutes"]
    taken = [{"start": s, "end": format_instant(parse_instant(s) + length)} for s in booked]

    bookings = [*availability.get("bookings", []), *taken]
    then = slots_document({**availability, "bookings": bookings})["slots"]

    assert set(then) <= set(slots) - set(booked)


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2999, 1, 1)), st.integers(0, 14))
def test_week_is_that_of_iso_8601(day: date, later: int) -> None:
    other = day + timedelta(days=later)

    same = day.isocalendar()[:2] == other.isocalendar()[:2]

    assert (week_of(day.toordinal()) == week_of(other.toordinal())) == same


@settings(deadline=None)
@given(RANDOMS, st.sampled_from([1, 600, 5 * 3600, 90_000]))
def test_ordinals_of_rising_instants_are_those_of_their_dates(rng: Random, gap: int) -> None:
    name = random_zone(rng)
    zone = ZoneInfo(name)
    # Most bases lie within hours of a change of the clocks.
    bases = [int(random_moment(rng, name).timestamp()) - 12 * 3600 for _ in range(5)]
    instants = sorted(base + gap * n for base in bases for n in range(30))

    expected = [local_date(instant, zone).toordinal() for instant in instants]

    assert list(local_ordinals(instants, zone)) == expected


def test_ordinals_follow_a_change_of_the_clocks_within_hours() -> None:
    """In Apia a date was left out, from one second to the next."""
    zone = ZoneInfo("Pacific/Apia")
    instants = [parse_instant(f"2011-12-30T{clock}Z") for clock in ("09:00:00", "10:00:00")]

    assert list(local_ordinals(instants, zone)) == [734500, 734502]


def test_instant_of_a_slot_is_written_in_utc() -> None:
    answer = slots_document({**PLAIN, "time_zone": "Asia/Kathmandu"})

    first = answer["slots"][0]
    assert (first, parse_instant(first)) == ("2026-03-02T03:15:00Z", 1772421300)
