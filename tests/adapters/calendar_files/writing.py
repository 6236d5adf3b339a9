"""Files: meetings written in the manner of a program."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.adapters.calendar_files.meetings import (
    DAYS,
    Meeting,
    list_spans,
    make_meeting,
)
from tests.adapters.calendar_files.vendors import VENDORS, Vendor


class File(NamedTuple):
    """A calendar file, and what it means."""

    data: bytes
    zone: str
    """Of whoever reads it."""
    busy: list[tuple[int, int, str, str]]
    """Start, end, uid and name of what takes time in the span, in order."""
    events: int


def make_file(vendor_name: str, seed: int) -> File:
    """A file of a program, always the same one for the same seed."""
    rng = Random(f"{vendor_name} {seed}")
    vendor = VENDORS[vendor_name]
    home = vendor.zones[0]
    meetings = []
    for number in range(rng.randint(1, 12)):
        meeting = make_meeting(rng, number, rng.choice(vendor.zones))
        meetings.append(_fit(meeting, vendor, home))
    blocks = [block for meeting in meetings for block in _write_meeting(meeting, vendor)]
    rng.shuffle(blocks)
    zones = sorted({meeting.zone for meeting in meetings})
    told = [line for zone in zones for line in vendor.describe(zone, vendor.name_zone(zone))]
    head = ["BEGIN:VCALENDAR", f"PRODID:{vendor.product}", "VERSION:2.0", *vendor.head]
    lines = [*head, *told, *(line for block in blocks for line in block), "END:VCALENDAR"]
    busy = sorted(
        (start, end, meeting.uid, " ".join(meeting.name.split()))
        for meeting in meetings
        for start, end in list_spans(meeting)
    )
    return File(_encode(lines, vendor, rng), home, busy, len(blocks))


def _fit(meeting: Meeting, vendor: Vendor, home: str) -> Meeting:
    """The meeting as the program can say it."""
    if vendor.times == "days":
        days = max(1, meeting.minutes // 1440)
        meeting = meeting._replace(minute=None, minutes=days * 1440, moved=())
    if meeting.minute is None:
        meeting = meeting._replace(zone=home)
    if vendor.times == "floating":
        meeting = meeting._replace(zone=home)
    return meeting


def _write_meeting(meeting: Meeting, vendor: Vendor) -> list[list[str]]:
    """Its event, and one for each occurrence that is moved or cancelled."""
    first = [
        *_write_times(meeting, meeting.day, meeting.minute, vendor),
        *_write_rule(meeting, vendor),
    ]
    blocks = [_write_event(meeting, vendor, first)]
    for day, new_day, minute in meeting.moved:
        lines = _write_times(meeting, new_day, minute, vendor)
        blocks.append(
            _write_event(meeting, vendor, [_name_occurrence(meeting, day, vendor), *lines])
        )
    for day in sorted(meeting.gone):
        lines = _write_times(meeting, day, meeting.minute, vendor)
        lines.append(_name_occurrence(meeting, day, vendor))
        blocks.append(_write_event(meeting._replace(free_by="status"), vendor, lines))
    return blocks


def _write_event(meeting: Meeting, vendor: Vendor, lines: list[str]) -> list[str]:
    name = meeting.name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    shown = {
        "": vendor.busy, "transparent": (vendor.free,), "cancelled": ("STATUS:CANCELLED",),
        "status": (*vendor.busy, "STATUS:CANCELLED"),
    }[meeting.free_by]  # fmt: skip
    if not meeting.free_by:
        shown = (*shown, "STATUS:CONFIRMED")
    return [
        "BEGIN:VEVENT", "DTSTAMP:20251201T100000Z", *lines, f"UID:{meeting.uid}",
        f"SUMMARY:{name}", *vendor.extra, *shown, *vendor.alarms, "END:VEVENT",
    ]  # fmt: skip


def _write_times(meeting: Meeting, day: date, minute: int | None, vendor: Vendor) -> list[str]:
    """Its start and its end."""
    start = _write_moment("DTSTART", meeting, day, minute, vendor)
    if minute is None:
        days = meeting.minutes // 1440
        if vendor.end == "omitted" and days == 1:
            return [start]
        if vendor.end == "DURATION":
            return [start, f"DURATION:P{days}D"]
        return [start, f"DTEND;VALUE=DATE:{day + timedelta(days=days):%Y%m%d}"]
    if vendor.end != "DTEND":
        hours, minutes = divmod(meeting.minutes, 60)
        return [start, f"DURATION:PT{hours}H{minutes}M" if hours else f"DURATION:PT{minutes}M"]
    end = _begin(day, minute, meeting.zone).timestamp() + meeting.minutes * 60
    wall = datetime.fromtimestamp(end, ZoneInfo(meeting.zone))
    if wall.fold or _is_utc(meeting, vendor):  # A second 02:30 can be written in UTC only.
        return [start, f"DTEND:{datetime.fromtimestamp(end, UTC):%Y%m%dT%H%M%SZ}"]
    moment = _write_moment("DTEND", meeting, wall.date(), wall.hour * 60 + wall.minute, vendor)
    return [start, moment]


def _is_utc(meeting: Meeting, vendor: Vendor) -> bool:
    """Whether its times are in UTC: never those of a series, which follows a clock."""
    return vendor.times == "utc" and meeting.repetition is None


def _begin(day: date, minute: int, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(minutes=minute)


def _write_moment(
    name: str, meeting: Meeting, day: date, minute: int | None, vendor: Vendor
) -> str:
    """A line with a date or a time."""
    if minute is None:
        return f"{name};VALUE=DATE:{day:%Y%m%d}"
    begin = _begin(day, minute, meeting.zone)
    if _is_utc(meeting, vendor):
        return f"{name}:{begin.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    form = (
        ""
        if vendor.times == "floating"
        else vendor.zone_form.format(vendor.name_zone(meeting.zone))
    )
    return f"{name}{form}:{begin:%Y%m%dT%H%M%S}"


def _name_occurrence(meeting: Meeting, day: date, vendor: Vendor) -> str:
    """The line that says for which occurrence an event stands."""
    if vendor.moved_in_utc and meeting.minute is not None:
        begin = _begin(day, meeting.minute, meeting.zone).astimezone(UTC)
        return f"RECURRENCE-ID:{begin:%Y%m%dT%H%M%SZ}"
    return _write_moment("RECURRENCE-ID", meeting, day, meeting.minute, vendor)


def _write_rule(meeting: Meeting, vendor: Vendor) -> list[str]:
    """Its rule, and the dates that are left out."""
    repetition = meeting.repetition
    if repetition is None:
        return []
    parts = [f"FREQ={repetition.frequency}"]
    parts += [f"INTERVAL={repetition.interval}"] if repetition.interval > 1 else []
    parts += [f"COUNT={repetition.times}"] if repetition.times else []
    parts += (
        [f"UNTIL={_write_until(meeting, repetition.until, vendor)}"] if repetition.until else []
    )
    if repetition.weekdays:
        nth = str(repetition.nth) if repetition.nth else ""
        parts.append("BYDAY=" + ",".join(nth + DAYS[day] for day in repetition.weekdays))
    parts += ["WKST=SU"] if repetition.week_start == 6 else []
    lines = [f"RRULE:{';'.join(parts)}"]
    return lines + [
        _write_moment("EXDATE", meeting, day, meeting.minute, vendor)
        for day in sorted(meeting.left_out)
    ]


def _write_until(meeting: Meeting, day: date, vendor: Vendor) -> str:
    """The end of a series, which takes place on that date for the last time."""
    if vendor.until == "date" or (meeting.minute is None and vendor.until != "utc"):
        return f"{day:%Y%m%d}"
    begin = _begin(day, meeting.minute or 0, meeting.zone)
    if vendor.until == "naive" or vendor.times == "floating":
        return f"{begin:%Y%m%dT%H%M%S}"
    if vendor.until == "day_end":
        begin = _begin(day, 1439, meeting.zone) + timedelta(seconds=59)
    return f"{begin.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _encode(lines: list[str], vendor: Vendor, rng: Random) -> bytes:
    """The bytes of a file: some begin with a mark, some are folded inside letters."""
    inside_letters = rng.random() < 0.3
    folded = []
    for line in lines:
        octets = line.encode()
        parts = [octets]
        while vendor.fold and len(parts[-1]) > 74:
            end = 74
            while not inside_letters and parts[-1][end] & 0xC0 == 0x80:
                end -= 1
            parts[-1:] = [parts[-1][:end], vendor.fold.encode() + parts[-1][end:]]
        folded += parts
    mark = b"\xef\xbb\xbf" if rng.random() < 0.2 else b""
    return mark + b"".join(part + vendor.line_end.encode() for part in folded)
