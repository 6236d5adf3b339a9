"""Time zones of a file: what its names of zones mean.

A name like Europe/Warsaw means the zone of the tz database, whatever the file says of it: files
often describe one year of it only. Other names mean what the file says of them, then what the tz
database or Windows means by them. A name that means nothing makes the time doubtful, and it is read
in the zone of whoever asks.
"""

from __future__ import annotations

import io
import re
import struct
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from miedza.adapters.calendars.lines import read_lines
from miedza.adapters.calendars.moments import UTC, read_moment, resolve
from miedza.adapters.calendars.repeating import expand_rule
from miedza.adapters.calendars.rules import read_rule
from miedza.core.instants import DAY, HOUR, MINUTE
from miedza.core.zones import find_zone, local_date

if TYPE_CHECKING:
    from miedza.adapters.calendars.budget import Budget
    from miedza.adapters.calendars.components import Component
    from miedza.adapters.calendars.lines import Lines

_OFFSET = re.compile(r"([+-]?)(\d\d):?(\d\d)(?::?(\d\d))?", re.ASCII)
_MOST_OFFSETS = 200
_MOST_CHANGES = 10_000
_DAYS_BEFORE = 800
"""A change of clocks is looked for so long before the span; a yearly one is among them."""
_DAYS_AFTER = 400
_UTC_NAMES = ("tzone://microsoft/utc", "coordinated universal time", "z")
_STEPS_TO_FIND = 500
"""To learn that the tz database has no such name takes as long as so many steps."""


class Zones:
    """The zones of one file, each worked out once, when it is first asked for."""

    def __init__(self, zone: ZoneInfo, *, since: int, until: int, budget: Budget) -> None:
        """Take the zone of whoever asks, and the span for which zones must be right."""
        self.zone = zone
        self._first = local_date(since, UTC).toordinal() - _DAYS_BEFORE
        self._last = local_date(until, UTC).toordinal() + _DAYS_AFTER
        self._budget = budget
        self._told: dict[tuple[int, str], Component] = {}
        self._known: dict[tuple[int, str], tuple[ZoneInfo, bool]] = {}

    def add(self, component: Component) -> None:
        """Take a VTIMEZONE."""
        name = read_lines(component, self._budget).value("TZID").strip().strip('"')
        self._told.setdefault((component.calendar, name), component)

    def find(self, name: str, calendar: int) -> tuple[ZoneInfo, bool]:
        """The zone that a name means in a calendar of the file, and whether that is doubtful."""
        key = (calendar, name)
        if key not in self._known:
            zone = self._find(key)
            self._known[key] = (self.zone, True) if zone is None else (zone, False)
        return self._known[key]

    def _find(self, key: tuple[int, str]) -> ZoneInfo | None:
        """The zone that a name means, or None."""
        name = key[1]
        self._budget.spend(_STEPS_TO_FIND)
        told = self._told.get(key)
        # "EST" has no summer time in the tz database, but mostly has where a file describes it.
        ways = [self._find_known, self._find_told]
        for way in ways if "/" in name else reversed(ways):
            zone = way(name, told)
            if zone is not None:
                return zone
        if name.lower() in _UTC_NAMES:
            return UTC
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

        return find_zone(WINDOWS_TO_OLSON.get(name))

    def _find_known(self, name: str, _: Component | None) -> ZoneInfo | None:
        """A zone of the tz database: "/mozilla.org/20050126_1/Europe/Warsaw" is Europe/Warsaw."""
        parts = name.strip("/").split("/")
        names = ("/".join(parts[-count:]) for count in (len(parts), 3, 2))
        return next((zone for each in names if (zone := find_zone(each))), None)

    def _find_told(self, _: str, told: Component | None) -> ZoneInfo | None:
        """The zone that the file describes."""
        return None if told is None else self._work_out(told)

    def _work_out(self, told: Component) -> ZoneInfo | None:
        """The zone that a VTIMEZONE describes, or None where it describes none."""
        changes: dict[int, tuple[int, int]] = {}
        for part in told.parts:
            if part.name not in (b"STANDARD", b"DAYLIGHT"):
                continue
            lines = read_lines(part, self._budget)
            before = _read_offset(lines.value("TZOFFSETFROM"))
            after = _read_offset(lines.value("TZOFFSETTO"))
            if before is None or after is None:
                return None
            for instant in self._list_changes(lines, before):
                changes[instant] = (before, after)
                if len(changes) > _MOST_CHANGES:
                    return None
        ordered = sorted(changes.items())
        if not ordered:
            return None
        return _make_zone(ordered[0][1][0], [(instant, after) for instant, (_, after) in ordered])

    def _list_changes(self, lines: Lines, before: int) -> list[int]:
        """The instants at which the clocks change to a part of a VTIMEZONE."""
        start = read_moment(lines.value("DTSTART"), UTC, day_zone=UTC)
        if start is None:
            return []
        walls = [(start.ordinal, start.second or 0)]
        for text in lines.values("RDATE"):
            for item in text.split(","):
                self._budget.spend()
                moment = read_moment(item.partition("/")[0], UTC, day_zone=UTC)
                if moment is not None:
                    walls.append((moment.ordinal, moment.second or 0))
        for text in lines.values("RRULE"):
            rule, _ = read_rule(text)
            if rule is None or rule.frequency not in ("YEARLY", "MONTHLY"):
                continue  # No clocks change so often; the first change is known at least.
            end = read_moment(rule.until, UTC, day_zone=UTC) if rule.until else None
            last = self._last if end is None else min(self._last, end.ordinal + 1)
            found = expand_rule(
                rule, walls[0], first=min(self._first, last - _DAYS_BEFORE), last=last,
                budget=self._budget,
            )  # fmt: skip
            # Ends are written in any zone; no clocks change again within two days.
            latest = None if end is None else end.instant + 2 * DAY
            walls += [
                wall for wall in found or () if latest is None or resolve(*wall, UTC) < latest
            ]
        return [resolve(*wall, UTC) - before for wall in walls]


def _read_offset(text: str) -> int | None:
    """Seconds ahead of UTC: `+0130` is 5400."""
    found = _OFFSET.fullmatch(text.strip())
    if not found or int(found[2]) > 23 or int(found[3]) > 59 or int(found[4] or 0) > 59:
        return None
    seconds = int(found[2]) * HOUR + int(found[3]) * MINUTE + int(found[4] or 0)
    return -seconds if found[1] == "-" else seconds


def _make_zone(before: int, changes: list[tuple[int, int]]) -> ZoneInfo | None:
    """A zone, written as a file of the tz database (RFC 8536) and read by the standard library.

    Args:
        before: the offset before the first change, in seconds.
        changes: instants in order, and the offset from each on.
    """
    offsets = list(dict.fromkeys([before, *(offset for _, offset in changes)]))
    if len(offsets) > _MOST_OFFSETS:
        return None
    head = b"TZif2" + bytes(15)
    counts = struct.pack(">6l", 0, 0, 0, len(changes), len(offsets), 1)
    body = struct.pack(f">{len(changes)}q", *(instant for instant, _ in changes))
    body += bytes(offsets.index(offset) for _, offset in changes)
    body += b"".join(struct.pack(">lbb", offset, 0, 0) for offset in offsets) + b"\0"
    # The first part is for readers of 32 bits, and empty; the last line has no rule for the future.
    return ZoneInfo.from_file(io.BytesIO(head + bytes(24) + head + counts + body + b"\n\n"))
