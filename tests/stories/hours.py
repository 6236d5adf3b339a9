"""What was told of a calendar: sentences turned into an availability and its free times."""

import re
from collections.abc import Callable
from typing import TypeAlias
from zoneinfo import ZoneInfo

from .clock import WHEN, Clock, Json, NotUnderstoodError

Meaning: TypeAlias = Callable[[Json, re.Match[str], Clock], None]

_DATE = r"\d{4}-\d\d-\d\d"
_BUFFERS = r"(\d+) minutes before and (\d+) after"
_PLACE = re.compile(rf"in (\S+), now ({_DATE} {WHEN}), from ({_DATE}) to ({_DATE})")
_WINDOWS = r"(?:\d\d:\d\d-\d\d:\d\d)(?:, \d\d:\d\d-\d\d:\d\d)*"


def read_place(sentence: str) -> tuple[Json, Clock]:
    """Read the first sentence: where the practitioner is, what time it is, which dates."""
    match = _PLACE.fullmatch(sentence)
    if match is None:
        raise NotUnderstoodError(
            "a calendar begins with: in <zone>, now <time>, from <date> to <date>"
        )
    clock = Clock(ZoneInfo(match[1]))
    place: Json = {"time_zone": match[1], "now": clock.read(match[2]).isoformat()}
    return {**place, "from": match[3], "until": match[4], "weekly": {}}, clock


def hear_calendar(availability: Json, sentence: str, clock: Clock) -> None:
    """Add what one sentence tells of the calendar."""
    for pattern, meaning in _SENTENCES:
        if match := re.fullmatch(pattern, sentence):
            meaning(availability, match, clock)
            return
    raise NotUnderstoodError("nothing a calendar tells")


def read_free(sentence: str, clock: Clock) -> list[str]:
    """Read `2026-03-02 at 09:00, 09:15` as the instants in UTC that an answer lists."""
    day, _, times = sentence.partition(" at ")
    instants = (clock.read(f"{day} {time}") for time in times.split(", "))
    return [instant.astimezone(ZoneInfo("UTC")).isoformat() for instant in instants]


def _windows(words: str) -> list[list[str]]:
    return [window.split("-") for window in words.split(", ")]


def _weekly(availability: Json, match: re.Match[str], clock: Clock) -> None:
    for day in match[1].split(", "):
        availability["weekly"][day] = _windows(match[2])


def _exception(availability: Json, match: re.Match[str], clock: Clock) -> None:
    windows = [] if match[2] == "closed" else _windows(match[2])
    availability.setdefault("exceptions", []).append({"date": match[1], "windows": windows})


def _sessions(availability: Json, match: re.Match[str], clock: Clock) -> None:
    availability.update(minutes=int(match[1]), step_minutes=int(match[2]))
    if match[3]:
        availability.update(buffer_before=int(match[3]), buffer_after=int(match[4]))


def _limit(availability: Json, match: re.Match[str], clock: Clock) -> None:
    fields = {
        "minutes ahead": "notice_minutes",
        "days ahead": "horizon_days",
        "a day": "max_per_day",
        "a week": "max_per_week",
    }
    availability[fields[match[2].replace("day ahead", "days ahead")]] = int(match[1])


def _taken(availability: Json, match: re.Match[str], clock: Clock) -> None:
    start = clock.read(match[2])
    end = clock.on(start.date()).read(match[3])
    interval: Json = {"start": start.isoformat(), "end": end.isoformat()}
    if match[1] == "booked":
        before, after = int(match[4] or 0), int(match[5] or 0)
        interval.update(buffer_before=before, buffer_after=after)
    field = "bookings" if match[1] == "booked" else "busy"
    availability.setdefault(field, []).append(interval)


_DAYS = r"(?:mon|tue|wed|thu|fri|sat|sun)"
_SENTENCES: tuple[tuple[str, Meaning], ...] = (
    (rf"({_DAYS}(?:, {_DAYS})*) ({_WINDOWS})", _weekly),
    (rf"on ({_DATE}) (closed|{_WINDOWS})", _exception),
    (rf"sessions of (\d+) minutes every (\d+) minutes(?:, {_BUFFERS})?", _sessions),
    (r"at (?:least|most) (\d+) (minutes ahead|days? ahead|a day|a week)", _limit),
    (rf"(booked|busy) ({WHEN}) to ({WHEN})(?:, {_BUFFERS})?", _taken),
)
