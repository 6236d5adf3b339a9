"""Meetings made by chance, and when they take place: worked out day by day, on the clocks of zones.

Nothing here is shared with what reads calendars.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

SINCE = int(datetime(2026, 2, 1, tzinfo=UTC).timestamp())
UNTIL = int(datetime(2026, 11, 15, tzinfo=UTC).timestamp())
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = (
    "Lunch", "Sesja z Anną", "Встреча, обсуждение", "Zajęte", "1:1; plan", "Dentysta 🦷", "Busy",
    "Überprüfung: Łódź — ćwiczenia z grupą zaawansowaną, sala 12; proszę zabrać materiały",
    "C:\\Work", 'Call "A"', "休み",
)  # fmt: skip


class Repetition(NamedTuple):
    """How a meeting repeats."""

    frequency: str
    interval: int
    weekdays: tuple[int, ...] = ()
    """For weeks: every such day."""
    nth: int = 0
    """For months: the nth such day, where it is not 0; -1 is the last."""
    times: int = 0
    """How often it takes place, where it is not 0."""
    until: date | None = None
    """The last date, where there is one."""
    week_start: int = 0


class Meeting(NamedTuple):
    """A meeting, or a series."""

    uid: str
    name: str
    day: date
    minute: int | None
    """Since midnight; None for whole days."""
    minutes: int
    """How long it lasts; whole days are 1440 each."""
    zone: str
    repetition: Repetition | None = None
    free_by: str = ""
    """`transparent`, `cancelled` or `status`: why it takes no time; empty where it does."""
    left_out: frozenset[date] = frozenset()
    """Dates that do not take place."""
    moved: tuple[tuple[date, date, int], ...] = ()
    """Dates of the series, and the date and minute at which each takes place instead."""
    gone: frozenset[date] = frozenset()
    """Dates that are there, each by itself, as cancelled."""


def list_dates(meeting: Meeting) -> list[date]:
    """The dates that the rule of a meeting names, up to the end of the span."""
    repetition = meeting.repetition
    if repetition is None:
        return [meeting.day]
    last = datetime.fromtimestamp(UNTIL, UTC).date() + timedelta(days=3)
    dates = []
    for day in _days(meeting.day, last):
        if repetition.until and day > repetition.until:
            break
        if _takes_place(day, meeting.day, repetition):
            dates.append(day)
        if repetition.times and len(dates) == repetition.times:
            break
    return dates


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _takes_place(day: date, first: date, repetition: Repetition) -> bool:
    """Whether a rule that begins on a date names another."""
    months = (day.year - first.year) * 12 + day.month - first.month
    if repetition.frequency == "DAILY":
        return (day - first).days % repetition.interval == 0
    if repetition.frequency == "WEEKLY":
        weeks = (_week_begin(day, repetition) - _week_begin(first, repetition)).days // 7
        return weeks % repetition.interval == 0 and day.weekday() in repetition.weekdays
    if repetition.frequency == "YEARLY":
        same = (day.month, day.day) == (first.month, first.day)
        return same and (day.year - first.year) % repetition.interval == 0
    if months % repetition.interval:
        return False
    if not repetition.nth:
        return day.day == first.day
    if day.weekday() != repetition.weekdays[0]:
        return False
    if repetition.nth < 0:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 == repetition.nth - 1


def _week_begin(day: date, repetition: Repetition) -> date:
    return day - timedelta(days=(day.weekday() - repetition.week_start) % 7)


def list_spans(meeting: Meeting) -> list[tuple[int, int]]:
    """When a meeting takes time within the span, in seconds since 1970."""
    if meeting.free_by:
        return []
    absent = meeting.left_out | meeting.gone | {day for day, _, _ in meeting.moved}
    walls = [(day, meeting.minute) for day in list_dates(meeting) if day not in absent]
    walls += [(day, minute) for _, day, minute in meeting.moved]
    spans = [place(day, minute, meeting.minutes, meeting.zone) for day, minute in walls]
    return [(start, end) for start, end in spans if start < UNTIL and end > SINCE]


def place(day: date, minute: int | None, minutes: int, zone: str) -> tuple[int, int]:
    """The start and the end of a meeting; whole days end at a midnight, others after minutes."""
    begin = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    if minute is None:
        return int(begin.timestamp()), int((begin + timedelta(minutes=minutes)).timestamp())
    start = int((begin + timedelta(minutes=minute)).timestamp())
    return start, start + minutes * 60


def make_meeting(rng: Random, number: int, zone: str) -> Meeting:
    """A meeting around the span: before it, in it or after."""
    day = date(2026, 2, 1) + timedelta(days=rng.randint(-40, 310))
    is_day = rng.random() < 0.25
    minute = None if is_day else rng.choice([0, 90, 120, 150, 9 * 60, 615, 14 * 60, 22 * 60 + 30])
    minutes = 1440 * rng.choice([1, 1, 2, 7]) if is_day else rng.choice([15, 30, 50, 60, 90, 600])
    meeting = Meeting(
        f"{number}-{rng.getrandbits(48):x}@calendar.example", rng.choice(NAMES), day, minute,
        minutes, zone, free_by=rng.choice([""] * 7 + ["transparent", "cancelled", "status"]),
    )  # fmt: skip
    return _repeat(rng, meeting) if rng.random() < 0.45 else meeting


def _repeat(rng: Random, meeting: Meeting) -> Meeting:
    """A series, some dates of which are left out, moved or cancelled."""
    meeting = meeting._replace(
        day=meeting.day - timedelta(days=rng.choice([0, 7, 100, 1000])),
        minutes=min(meeting.minutes, 1440),
    )
    repetition = _choose_repetition(rng, meeting.day)
    ending = rng.random()
    if ending < 0.3:
        repetition = repetition._replace(times=rng.choice([1, 2, 5, 10, 40]))
    elif ending < 0.7:
        dates = list_dates(meeting._replace(repetition=repetition)) or [meeting.day]
        repetition = repetition._replace(until=rng.choice(dates))
    meeting = meeting._replace(repetition=repetition)
    dates = list_dates(meeting)
    chosen = rng.sample(dates, min(len(dates), rng.choice([0, 0, 1, 3])))
    kinds = [rng.choice(["left_out", "moved", "gone"]) for _ in chosen]
    pairs = list(zip(chosen, kinds, strict=True))
    moved = [
        (day, day + timedelta(days=rng.choice([0, 1, 30])), rng.choice([60, 480, 1000]))
        for day, kind in pairs
        if kind == "moved" and meeting.minute is not None
    ]
    return meeting._replace(
        left_out=frozenset(day for day, kind in pairs if kind == "left_out"),
        gone=frozenset(day for day, kind in pairs if kind == "gone"), moved=tuple(moved),
    )  # fmt: skip


def _choose_repetition(rng: Random, day: date) -> Repetition:
    """A rule that names the date on which it begins."""
    frequency = rng.choice(["DAILY", "WEEKLY", "WEEKLY", "WEEKLY", "MONTHLY", "YEARLY"])
    interval = rng.choice([1, 1, 1, 2, 3])
    if frequency == "WEEKLY":
        days = {day.weekday(), *rng.sample(range(7), rng.choice([0, 1, 3]))}
        return Repetition(frequency, interval, tuple(sorted(days)), week_start=rng.choice([0, 6]))
    if frequency == "MONTHLY" and rng.random() < 0.6:
        is_last = (day + timedelta(days=7)).month != day.month
        nth = -1 if is_last else (day.day - 1) // 7 + 1
        return Repetition(frequency, interval, (day.weekday(),), nth)
    return Repetition(frequency, 1 if frequency == "YEARLY" else interval)
