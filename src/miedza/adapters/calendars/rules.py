"""Rules of repetition, as they stand in a file.

Source: RFC 5545, section 3.3.10.
"""

from __future__ import annotations

import re
from typing import NamedTuple

SHORT_FREQUENCIES = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600}
"""Their seconds; what repeats so often counts as one long span."""
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY", *SHORT_FREQUENCIES)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_LISTS = {
    "BYMONTH": (1, 12), "BYWEEKNO": (1, 53), "BYYEARDAY": (1, 366), "BYMONTHDAY": (1, 31),
    "BYHOUR": (0, 23), "BYMINUTE": (0, 59), "BYSECOND": (0, 60), "BYSETPOS": (1, 366),
}  # fmt: skip
"""The numbers that each may hold."""
_FROM_THE_END = ("BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYSETPOS")
"""These may also be counted from the end: -1 is the last."""


class Rule(NamedTuple):
    """A rule of repetition."""

    frequency: str
    interval: int
    times: int | None
    """After how many occurrences it ends."""
    until: str
    """As it stands in the file; empty where the rule has no end."""
    week_start: int
    """0 for Monday."""
    weekdays: frozenset[int]
    """Every such day; 0 for Monday."""
    nth_weekdays: frozenset[tuple[int, int]]
    """`(2, 0)` for the second Monday of a month or year, `(-1, 4)` for the last Friday."""
    lists: dict[str, frozenset[int]]
    """The other BY parts that it has."""


def read_rule(text: str) -> tuple[Rule | None, bool]:
    """Read a rule as it stands in a file.

    What cannot be read is left out, mostly so that the rule names more days, not fewer.

    Returns:
        The rule, None where not even a frequency is known; and whether all of it was read.
    """
    parts: dict[str, str] = {}
    is_sound = True
    for part in text.upper().replace(" ", "").strip(";").split(";"):
        key, _, value = part.partition("=")
        is_sound &= key not in parts and bool(value)
        parts.setdefault(key, value)
    frequency = parts.pop("FREQ", "")
    if frequency not in _FREQUENCIES or "RSCALE" in parts:
        return None, False
    interval = _read_number(parts.pop("INTERVAL", "1"), least=1)
    count_text = parts.pop("COUNT", None)
    count = None if count_text is None else _read_number(count_text, least=1)
    week_start = parts.pop("WKST", "MO")
    until = parts.pop("UNTIL", "")
    weekdays, nth_weekdays, days_sound = _read_days(parts.pop("BYDAY", None), frequency)
    lists, lists_sound = _read_lists(parts)
    is_sound &= interval is not None and (count is None) == (count_text is None)
    is_sound &= week_start in _DAYS and days_sound and lists_sound
    rule = Rule(
        frequency, interval or 1, count, until,
        _DAYS.index(week_start) if week_start in _DAYS else 0, weekdays, nth_weekdays, lists,
    )  # fmt: skip
    return rule, is_sound


def _read_number(text: str, *, least: int) -> int | None:
    """A number that is not below the least, or None."""
    number = int(text) if _NUMBER.fullmatch(text) else least - 1
    return number if number >= least else None


def _read_days(
    text: str | None, frequency: str
) -> tuple[frozenset[int], frozenset[tuple[int, int]], bool]:
    """The days of BYDAY: every such day, the nth such day, and whether all of it was read."""
    items = [] if text is None else text.split(",")
    found = [match for item in items if (match := _DAY.fullmatch(item))]
    every, nth = set(), set()
    for match in found:
        number = int(match[1] or 0) if frequency in ("MONTHLY", "YEARLY") else 0
        weekday = _DAYS.index(match[2])
        if number:
            nth.add((number, weekday))
        else:
            every.add(weekday)
    return frozenset(every), frozenset(nth), len(found) == len(items)


def _read_lists(parts: dict[str, str]) -> tuple[dict[str, frozenset[int]], bool]:
    """The other BY parts, and whether all was read; parts that nobody knows are left out."""
    lists: dict[str, frozenset[int]] = {}
    is_sound = True
    for key, text in parts.items():
        least, most = _LISTS.get(key, (1, 0))
        items = text.split(",")
        numbers = {int(item) for item in items if _NUMBER.fullmatch(item)}
        if key in _FROM_THE_END:
            good = {number for number in numbers if least <= abs(number) <= most}
        else:
            good = {number for number in numbers if least <= number <= most}
        is_sound &= bool(good) and len(good) == len(items)
        if good:
            lists[key] = frozenset(good)
    return lists, is_sound
