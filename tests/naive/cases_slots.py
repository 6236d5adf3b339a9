"""Random availabilities."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.naive.cases_times import (
    jitter,
    random_moment,
    random_week,
    random_windows,
    random_zone,
    spelled,
)
from tests.naive.slots import candidates, every_window
from tests.naive.times import minutes


def random_availability(rng: Random) -> dict[str, Any]:
    name = random_zone(rng)
    base = random_moment(rng, name)
    first = base.astimezone(ZoneInfo(name)).date() - timedelta(days=rng.choice([0, 0, 1, 1, 2]))
    span = rng.choice([0, 1, 2, 3, 4, 8, 15])
    step = rng.choice([5, 7, 10, 15, 15, 20, 30, 30, 45, 60, 90, 240])
    if span < 3 and rng.random() < 0.1:
        step = rng.choice([1, 2, 3])
    a: dict[str, Any] = {
        "time_zone": name,
        "from": first.isoformat(),
        "until": (first + timedelta(days=span)).isoformat(),
        "weekly": random_week(rng, empty=True),
        "minutes": rng.choice([1, 15, 30, 30, 50, 60, 90]),
        "step_minutes": step,
    }
    if rng.random() < 0.7:
        days = rng.sample(range(-1, span + 2), rng.randint(0, min(3, span + 3)))
        a["exceptions"] = [exception(rng, first + timedelta(days=day)) for day in days]
    add_limits(rng, a)
    edges = [edge for window in every_window(a) for edge in window]
    edges += [s for window in every_window(a) for s in candidates(a, window)][:200]
    edges = edges or [base]
    for key, most in [("bookings", 6), ("busy", 5)]:
        if rng.random() < 0.8:
            a[key] = [taken(rng, a, edges, key) for _ in range(rng.randint(0, most))]
    now = base - timedelta(days=3) if rng.random() < 0.5 else rng.choice(edges) + jitter(rng)
    a["now"] = spelled(rng, now - minutes(rng.choice([0, a.get("notice_minutes", 0)])))
    keys = list(a)
    rng.shuffle(keys)
    return {key: a[key] for key in keys}


def exception(rng: Random, day: Any) -> dict[str, Any]:
    windows = random_windows(rng, empty=True) if rng.random() < 0.7 else []
    return {"date": day.isoformat(), "windows": windows}


def add_limits(rng: Random, a: dict[str, Any]) -> None:
    for key, values in [
        ("buffer_before", [0, 0, 5, 15, 30]),
        ("buffer_after", [0, 0, 5, 10, 60]),
        ("notice_minutes", [0, 1, 120, 1440]),
    ]:
        if rng.random() < 0.7:
            a[key] = rng.choice(values)
    for key, limits in [
        ("horizon_days", [None, 0, 1, 3, 5, 60]),
        ("max_per_day", [None, 0, 1, 1, 2, 3]),
        ("max_per_week", [None, 0, 1, 2, 3, 5]),
    ]:
        if rng.random() < 0.4:
            a[key] = rng.choice(limits)


def taken(rng: Random, a: dict[str, Any], edges: list[datetime], key: str) -> dict[str, Any]:
    """An interval that touches, or nearly touches, what a candidate needs."""
    buffers = [0, 0, 5, 10, 15, 30, a.get("buffer_before", 0), a.get("buffer_after", 0)]
    start = rng.choice(edges) + minutes(rng.choice([*buffers, a["minutes"], -30])) + jitter(rng)
    start += minutes(rng.choice([0, a["minutes"] + rng.choice(buffers)]))
    length = minutes(rng.choice([1, 15, 30, a["minutes"], 60, 200])) + jitter(rng)
    end = start + max(length, timedelta(seconds=1))
    if key == "busy" and rng.random() < 0.1:
        end += timedelta(days=rng.choice([1, 2]))
    if rng.random() < 0.2:
        start, end = start - (end - start), start
    interval: dict[str, Any] = {"start": spelled(rng, start), "end": spelled(rng, end)}
    if key == "bookings":
        for buffer in ["buffer_before", "buffer_after"]:
            if rng.random() < 0.6:
                interval[buffer] = rng.choice([0, 5, 10, 15, 30])
    return interval
