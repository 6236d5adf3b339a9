"""Time zones as programs describe them: VTIMEZONE in several manners."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

WINDOWS_NAMES = {
    "Europe/Warsaw": "Central European Standard Time",
    "Europe/London": "GMT Standard Time",
    "America/New_York": "Eastern Standard Time",
    "Europe/Moscow": "Russian Standard Time",
    "Asia/Kolkata": "India Standard Time",
}
RULES = {
    "Europe/Warsaw": (
        "+0100",
        "+0200",
        "02",
        "03",
        "BYMONTH=3;BYDAY=-1SU",
        "BYMONTH=10;BYDAY=-1SU",
    ),
    "Europe/London": (
        "+0000",
        "+0100",
        "01",
        "02",
        "BYMONTH=3;BYDAY=-1SU",
        "BYMONTH=10;BYDAY=-1SU",
    ),
    "America/New_York": (
        "-0500",
        "-0400",
        "02",
        "02",
        "BYMONTH=3;BYDAY=2SU",
        "BYMONTH=11;BYDAY=1SU",
    ),
    "Europe/Moscow": ("+0300", "+0300", "00", "00", "", ""),
    "Asia/Kolkata": ("+0530", "+0530", "00", "00", "", ""),
}
"""Winter, summer, the hours of the two changes and their rules; as the law is in 2026."""


def describe_by_microsoft(zone: str, name: str) -> list[str]:
    """In the manner of Exchange: rules that begin in 1601, on a date that they do not name."""
    winter, summer, early, late, spring, autumn = RULES[zone]
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}", "BEGIN:STANDARD", f"DTSTART:16010101T{late}0000"]
    lines += [f"TZOFFSETFROM:{summer}", f"TZOFFSETTO:{winter}"]
    if spring:
        lines += [f"RRULE:FREQ=YEARLY;INTERVAL=1;{autumn}", "END:STANDARD", "BEGIN:DAYLIGHT"]
        lines += [f"DTSTART:16010101T{early}0000", f"TZOFFSETFROM:{winter}"]
        lines += [f"TZOFFSETTO:{summer}", f"RRULE:FREQ=YEARLY;INTERVAL=1;{spring}", "END:DAYLIGHT"]
    else:
        lines.append("END:STANDARD")
    return [*lines, "END:VTIMEZONE"]


def describe_since_1970(zone: str, name: str) -> list[str]:
    """In the manner of Google and many others."""
    winter, summer, early, late, spring, autumn = RULES[zone]
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}", f"X-LIC-LOCATION:{zone}"]
    if spring:
        lines += ["BEGIN:DAYLIGHT", f"TZOFFSETFROM:{winter}", f"TZOFFSETTO:{summer}", "TZNAME:S"]
        lines += [f"DTSTART:19700329T{early}0000", f"RRULE:FREQ=YEARLY;{spring}", "END:DAYLIGHT"]
    lines += ["BEGIN:STANDARD", f"TZOFFSETFROM:{summer}", f"TZOFFSETTO:{winter}", "TZNAME:W"]
    lines.append(f"DTSTART:19701025T{late}0000")
    lines += [f"RRULE:FREQ=YEARLY;{autumn}"] if autumn else []
    return [*lines, "END:STANDARD", "END:VTIMEZONE"]


def describe_each_change(zone: str, name: str) -> list[str]:
    """In the manner of Thunderbird and Yandex: every change by itself."""
    return ["BEGIN:VTIMEZONE", f"TZID:{name}", *_list_changes(zone), "END:VTIMEZONE"]


@cache
def _list_changes(zone: str) -> list[str]:
    """The changes of ten years, looked for hour by hour."""
    clock = ZoneInfo(zone)
    at = datetime(2018, 1, 1, tzinfo=ZoneInfo("UTC"))
    offset = at.astimezone(clock).utcoffset()
    lines = _part("STANDARD", "20180101T000000", offset, offset)
    while at.year < 2028:
        at += timedelta(hours=1)
        now = at.astimezone(clock).utcoffset()
        if now != offset:
            wall = (at + (offset or timedelta(0))).strftime("%Y%m%dT%H%M%S")
            is_later = (now or timedelta(0)) > (offset or timedelta(0))
            lines += _part("DAYLIGHT" if is_later else "STANDARD", wall, offset, now)
            offset = now
    return lines


def _part(kind: str, wall: str, before: timedelta | None, after: timedelta | None) -> list[str]:
    return [
        f"BEGIN:{kind}", f"TZOFFSETFROM:{_offset(before)}", f"TZOFFSETTO:{_offset(after)}",
        f"DTSTART:{wall}", f"RDATE:{wall}", f"END:{kind}",
    ]  # fmt: skip


def _offset(offset: timedelta | None) -> str:
    minutes = int((offset or timedelta(0)).total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def describe_one_year(zone: str, name: str) -> list[str]:
    """In the manner of some: one year long past, without rules. The name alone can be trusted."""
    winter, summer, early, late, _, _ = RULES[zone]
    return [
        "BEGIN:VTIMEZONE", f"TZID:{name}",
        "BEGIN:STANDARD", f"DTSTART:20151025T{late}0000", f"TZOFFSETFROM:{summer}",
        f"TZOFFSETTO:{winter}", "END:STANDARD",
        "BEGIN:DAYLIGHT", f"DTSTART:20150329T{early}0000", f"TZOFFSETFROM:{winter}",
        f"TZOFFSETTO:{summer}", "END:DAYLIGHT", "END:VTIMEZONE",
    ]  # fmt: skip


def describe_nothing(zone: str, name: str) -> list[str]:
    """In the manner of those who trust the name."""
    return []
