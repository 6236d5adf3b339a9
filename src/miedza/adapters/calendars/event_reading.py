"""Reading events: from the lines of a component to what they mean.

Whatever cannot be read makes an event doubtful, and is read so that the event takes more time, not
less: nobody should be offered a time that a calendar may say is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from miedza.adapters.calendars.events import Event, Marks
from miedza.adapters.calendars.lines import read_lines
from miedza.adapters.calendars.moments import (
    NOTHING,
    ONE_DAY,
    ONE_HOUR,
    UTC,
    Length,
    Moment,
    make_moment,
    measure,
    read_length,
    read_moment,
)
from miedza.adapters.calendars.rules import SHORT_FREQUENCIES, read_rule
from miedza.core.calendars import UnreadableCalendar
from miedza.core.instants import DAY, HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from miedza.adapters.calendars.budget import Budget
    from miedza.adapters.calendars.components import Component
    from miedza.adapters.calendars.lines import Line
    from miedza.adapters.calendars.rules import Rule
    from miedza.adapters.calendars.time_zones import Zones

_MOST_LISTED = 20_000
"""No event lists more moments."""


class EventReader:
    """Reads one component, once."""

    def __init__(self, component: Component, zones: Zones, budget: Budget) -> None:
        """Take the component, and the zones of its file."""
        self._lines = read_lines(component, budget)
        self._calendar = component.calendar
        self._zones = zones
        self._budget = budget
        self._is_sound = component.is_whole
        self._listed = 0
        self.uid = self._lines.uid()
        self.title = self._lines.title()
        self.label = self._lines.label()

    def read_event(self) -> Event | None:
        """Read an event, or None where not even a time of it is known."""
        home = self._zones.zone
        starts = self._list_moments("DTSTART", home)
        # What says no zone in an event with one is meant in that.
        zone = starts[0].zone if starts and starts[0].second is not None else home
        # A series has a clock, so one that was moved to a time in UTC tells nothing of it.
        replaced = self._list_moments("RECURRENCE-ID", home if zone is UTC else zone)
        start = next(iter(starts or replaced or self._guess_starts()), None)
        if start is None:
            return None
        self._is_sound &= len(set(starts)) == 1 and not self._lines.of("EXRULE")
        length = self._read_length(start)
        but = Marks()
        for moment in self._list_moments("EXDATE", zone):
            if not moment.is_doubtful:  # Else a whole day would be free for half a time.
                but.add(moment, of_days=start.second is None)
        # Where two starts are written, either may be meant.
        others = [(moment, None) for moment in starts[1:]]
        more = [*others, *self._list_periods(self._lines.of("RDATE"), zone)]
        rules = self._read_rules()
        ranges = {line.parameter("RANGE").upper() for line in self._lines.of("RECURRENCE-ID")}
        return Event(
            self.uid, self.title, self.is_free, not self._is_sound, start, length, rules, more,
            but, replaced[0] if replaced and not replaced[0].is_doubtful else None,
            is_from_then_on=bool(replaced) and "THISANDFUTURE" in ranges,
        )  # fmt: skip

    def list_busy(self) -> list[tuple[Moment, Length | None]]:
        """The busy times of a VFREEBUSY, all that can be read."""
        lines = self._lines.of("FREEBUSY")
        return self._list_periods(
            [line for line in lines if line.parameter("FBTYPE").upper() != "FREE"], UTC
        )

    @property
    def is_sound(self) -> bool:
        """Whether all could be read so far."""
        return self._is_sound

    @property
    def is_free(self) -> bool:
        """Whether the event takes no time; where lines contradict each other, it takes some."""
        states, shows, busy = (
            {value.strip().upper() for value in self._lines.values(name)}
            for name in ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
        )
        if states == {"CANCELLED"}:
            return True
        return shows == {"TRANSPARENT"} or (not shows and busy == {"FREE"})

    def _list_moments(self, name: str, zone: ZoneInfo) -> list[Moment]:
        """The moments of all lines of a name."""
        return [moment for moment, _ in self._list_periods(self._lines.of(name), zone)]

    def _list_periods(
        self, lines: list[Line], zone: ZoneInfo
    ) -> list[tuple[Moment, Length | None]]:
        """The moments that lines list, and the lengths of those that are periods."""
        return [period for line in lines for period in self._read_periods(line, zone)]

    def _read_periods(self, line: Line, zone: ZoneInfo) -> Iterator[tuple[Moment, Length | None]]:
        """What a line lists."""
        name, is_unknown = line.parameter("TZID"), False
        if name:
            zone, is_unknown = self._zones.find(name, self._calendar)
        is_day = line.parameter("VALUE").upper() == "DATE"
        for item in line.value.split(","):
            self._budget.spend()
            self._listed += 1
            if self._listed > _MOST_LISTED:
                raise UnreadableCalendar("too_large")
            text, _, end = item.partition("/")
            moment = read_moment(text, zone, day_zone=self._zones.zone)
            if moment is None:
                self._is_sound = False
                continue
            if is_day and moment.second == 0:  # Said to be a date, but written with a midnight.
                moment = make_moment(moment.ordinal, None, self._zones.zone)
            is_unknown_here = is_unknown and moment.second is not None and moment.zone is zone
            self._is_sound &= not (moment.is_doubtful or is_unknown_here)
            yield moment, self._read_period_end(moment, end, zone) if end else None

    def _read_period_end(self, start: Moment, text: str, zone: ZoneInfo) -> Length:
        """The length of a period, from its duration or its end; an hour where neither is known."""
        length = read_length(text)
        if length is None:
            end = read_moment(text, zone, day_zone=self._zones.zone)
            length = measure(start, end) if end else None
        self._is_sound &= length is not None
        return length or ONE_HOUR

    def _guess_starts(self) -> Iterator[Moment]:
        """An hour before the end: then, at least, it was taking place."""
        for end in self._list_moments("DTEND", self._zones.zone):
            if end.second is None:
                yield make_moment(end.ordinal - 1, None, end.zone)
            else:
                earlier = end.ordinal - (end.second < HOUR)
                yield make_moment(earlier, (end.second - HOUR) % DAY, end.zone)

    def _read_length(self, start: Moment) -> Length:
        """How long it lasts: an hour, or the day, where that cannot be read."""
        ends = self._list_moments("DTEND", start.zone)
        durations = self._lines.values("DURATION")
        lengths = [measure(start, end) for end in ends]
        self._is_sound &= len(set(ends)) <= 1
        self._is_sound &= all((end.second is None) == (start.second is None) for end in ends)
        if not ends:
            lengths = [read_length(text) for text in durations[:1]]
            if not durations and self._is_sound:
                lengths = [ONE_DAY if start.second is None else NOTHING]
        known = [length for length in lengths if length is not None]
        if not known or len(known) < len(lengths):
            self._is_sound = False
            known.append(ONE_DAY if start.second is None else ONE_HOUR)
        length = max(known, key=lambda each: each.days * DAY + each.seconds)
        return length if any(length) or start.second is not None else ONE_DAY

    def _read_rules(self) -> list[Rule]:
        """The rules of repetition that can be read."""
        rules = []
        for text in self._lines.values("RRULE"):
            self._budget.spend()
            rule, is_sound = read_rule(text)
            self._is_sound &= is_sound
            if rule is not None:
                self._is_sound &= rule.frequency not in SHORT_FREQUENCIES
                if rule.until:
                    self._is_sound &= read_moment(rule.until, UTC, day_zone=UTC) is not None
                rules.append(rule)
        return rules
