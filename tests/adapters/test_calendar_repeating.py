"""Rules of repetition name the days that dateutil names, and never keep anybody waiting."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from random import Random

import pytest
from hypothesis import given, settings

from miedza.adapters.calendars.budget import Budget
from miedza.adapters.calendars.repeating import expand_rule
from miedza.adapters.calendars.rules import read_rule
from miedza.core.calendars import UnreadableCalendar
from tests.core.chance import RANDOMS

DAYS = "MO TU WE TH FR SA SU".split()
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _expand(text: str, start: datetime, first: date, last: date) -> list[datetime]:
    rule, is_sound = read_rule(text)
    assert rule is not None
    assert is_sound
    wall = (start.toordinal(), start.hour * 3600 + start.minute * 60)
    walls = expand_rule(
        rule, wall, first=first.toordinal(), last=last.toordinal(), budget=Budget(60)
    )
    assert walls is not None
    dawn = datetime(1, 1, 1, tzinfo=UTC)
    return [dawn + timedelta(days=day - 1, seconds=second) for day, second in walls]


def _choose_rule(rng: Random) -> str:
    """A rule that occurs sooner or later: dateutil would look for others up to the year 9999."""
    frequency = rng.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    interval = rng.choice([1, 1, 2, 3])
    parts = [f"FREQ={frequency};INTERVAL={interval}"]
    if rng.random() < 0.3:
        parts.append(f"COUNT={rng.choice([1, 2, 5, 30, 400])}")
    if rng.random() < 0.3:
        parts.append("WKST=" + rng.choice(["MO", "SU", "TH"]))
    if interval == 1 and rng.random() < 0.3:
        parts.append(_list("BYMONTH", rng, range(1, 13)))
    if rng.random() < 0.4:
        parts.append(_choose_days(rng, frequency))
    elif frequency in ("MONTHLY", "YEARLY") and rng.random() < 0.5:
        parts.append(_list("BYMONTHDAY", rng, [1, 2, 15, 28, -1, -2, -28]))
    elif frequency == "YEARLY" and interval == 1 and "BYMONTH" not in "".join(parts):
        parts.append(
            _list("BYYEARDAY", rng, [1, 60, 100, 365, -1, -365])
            if rng.random() < 0.5
            else _list("BYWEEKNO", rng, [2, 20, 33, 51])
        )
    if rng.random() < 0.2:
        parts.append(_list("BYHOUR", rng, [0, 9, 23]))
    # In weeks, dateutil counts from the start on, where that is in the middle of the first one.
    if frequency != "WEEKLY" and "BY" in "".join(parts) and rng.random() < 0.3:
        parts.append("BYSETPOS=" + rng.choice(["1", "-1", "1,-1"]))
    return ";".join(parts)


def _list(name: str, rng: Random, numbers: list[int] | range) -> str:
    return f"{name}=" + ",".join(map(str, rng.sample(list(numbers), rng.randint(1, 3))))


def _choose_days(rng: Random, frequency: str) -> str:
    """Days, all counted or none: of both together, dateutil wants both at once."""
    days = rng.sample(DAYS, rng.randint(1, 3))
    if frequency in ("MONTHLY", "YEARLY") and rng.random() < 0.6:
        days = [f"{rng.choice([1, 2, 4, -1, -2])}{day}" for day in days]
    return "BYDAY=" + ",".join(days)


@settings(deadline=None)
@given(RANDOMS)
def test_rule_names_what_dateutil_names(rng: Random) -> None:
    text = _choose_rule(rng)
    year = rng.choice([1999, 2024, 2025])
    start = datetime(year, 1, 1, 9, 30, tzinfo=UTC) + timedelta(days=rng.randint(0, 365))
    first = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=rng.randint(-400, 400))
    last = first + timedelta(days=rng.choice([0, 30, 400]))

    named = _expand(text, start, first, last)

    rule = import_module("dateutil.rrule").rrulestr(text, dtstart=start)
    assert named == rule.between(first, last + timedelta(hours=23, minutes=59), inc=True), text


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ("FREQ=MONTHLY;BYDAY=2MO,FR", ["03-06", "03-09", "03-13", "03-20", "03-27"]),
        ("FREQ=WEEKLY;BYDAY=1MO,-1FR", ["03-02", "03-06", "03-09", "03-13", "03-16", "03-20",
                                        "03-23", "03-27", "03-30"]),
        ("FREQ=YEARLY;BYWEEKNO=10;BYDAY=TU,SU", ["03-03", "03-08"]),
        ("FREQ=YEARLY;BYWEEKNO=10;BYMONTHDAY=2,3,9", ["03-02", "03-03"]),
        ("FREQ=YEARLY;BYWEEKNO=-43;BYDAY=TU", ["03-10"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["03-31"]),
        ("FREQ=DAILY;BYSETPOS=2", []),
    ],
)  # fmt: skip
def test_rule_names_days_in_march(rule: str, named: list[str]) -> None:
    days = _expand(rule, START, date(2026, 3, 1), date(2026, 3, 31))

    assert [f"{day:%m-%d}" for day in days] == named


def test_numbers_of_weeks_are_those_of_iso_8601() -> None:
    for year in range(1990, 2060):
        for number in (1, 52, 53):
            days = _expand(
                f"FREQ=YEARLY;BYWEEKNO={number}", datetime(1980, 1, 1, tzinfo=UTC),
                date(year, 1, 1), date(year, 12, 31),
            )  # fmt: skip

            every = [date(year, 1, 1) + timedelta(days=each) for each in range(365)]
            expected = [day for day in every if day.isocalendar().week == number]
            assert [day.date() for day in days if day.timetuple().tm_yday < 366] == expected


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=DAILY;BYSETPOS=2", "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=6",
    ],
)  # fmt: skip
def test_rule_that_never_occurs_names_nothing(rule: str) -> None:
    """dateutil looks for an occurrence for up to ten seconds, and nothing can stop it."""
    assert _expand(rule, START, date(2026, 3, 1), date(2027, 3, 1)) == []


def test_rule_that_must_be_counted_from_long_ago_keeps_to_its_budget() -> None:
    rule, _ = read_rule("FREQ=DAILY;COUNT=3000000")
    assert rule is not None
    last = date(9000, 1, 1).toordinal()

    with pytest.raises(UnreadableCalendar, match="too_slow"):
        list(expand_rule(rule, (1, 0), first=last, last=last, budget=Budget(0.05)) or ())
