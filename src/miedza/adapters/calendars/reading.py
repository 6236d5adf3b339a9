"""Reading calendars: the times at which somebody is busy, from a file of any program.

Source: RFC 5545, and what programs make of it. Nothing is refused that can be understood, and what
cannot be read in full counts as busy. Time and size are bounded, since a file comes from outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from miedza.adapters.calendars.budget import Budget
from miedza.adapters.calendars.components import split_components, tidy_file
from miedza.adapters.calendars.event_reading import EventReader
from miedza.adapters.calendars.events import Event, Finder
from miedza.adapters.calendars.moments import ONE_HOUR, stretch
from miedza.adapters.calendars.sifting import Sieve
from miedza.adapters.calendars.time_zones import Zones
from miedza.core.calendars import Busy, Reading, UnreadableCalendar
from miedza.core.instants import parse_instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miedza.adapters.calendars.components import Component

_MOST_BYTES = 20_000_000
_MOST_BUSY = 20_000
_MOST_SECONDS = 1.4
"""Of work; what is left of two seconds is for the step that is under way when they end."""
_STEPS_OF_AN_EVENT = 20
_FIRST = parse_instant("1900-01-01T00:00:00Z")
_LAST = parse_instant("2999-12-31T23:59:59Z")
"""The core knows no instants beyond these."""


def read_busy(data: bytes, *, since: int, until: int, zone: str) -> Reading:
    """Read the times at which a calendar says that somebody is busy.

    Args:
        data: the file.
        since: the beginning of the span asked for, in seconds since 1970.
        until: its end, after the beginning.
        zone: a name of the tz database: whole days, and times without a zone, are meant in it.

    Returns:
        The busy times that meet the span, whole also where they reach beyond it.

    Raises:
        UnreadableCalendar: `no_calendar`, `too_large` or `too_slow`.
    """
    if len(data) > _MOST_BYTES:
        raise UnreadableCalendar("too_large")
    return _BusyReader(since, until, ZoneInfo(zone)).read(data)


class _BusyReader:
    """Reads one file."""

    def __init__(self, since: int, until: int, zone: ZoneInfo) -> None:
        """Take the span and the zone; the time that it may take begins here."""
        self._since = since
        self._until = until
        self._budget = Budget(_MOST_SECONDS)
        self._sieve = Sieve(since=since, until=until)
        self._zones = Zones(zone, since=since, until=until, budget=self._budget)
        self._finder = Finder(since=since, until=until, zone=zone, budget=self._budget)
        self._busy: list[Busy] = []
        self._unreadable: list[str] = []

    def read(self, data: bytes) -> Reading:
        """Read the file."""
        data = tidy_file(data)
        count, components = self._sift(data)
        if not count and b"\nEND:VCALENDAR" not in data.upper():
            # What breaks off before its first event says nothing of whether there are any.
            raise UnreadableCalendar("no_calendar")
        events = []
        for component in components:
            self._budget.spend(_STEPS_OF_AN_EVENT)
            reader = EventReader(component, self._zones, self._budget)
            if component.name == b"VFREEBUSY":
                self._add_times(reader)
            else:
                events += self._read_event(reader)
        self._add_events(events)
        busy = sorted(self._busy, key=lambda each: (each.start, each.end, each.uid))
        return Reading(busy, count, self._unreadable)

    def _sift(self, data: bytes) -> tuple[int, list[Component]]:
        """How many events there are, and those that must be read; zones are taken note of."""
        count = 0
        kept = []
        for component in split_components(data, self._budget):
            if component.name == b"VTIMEZONE":
                self._zones.add(component)
                continue
            count += 1
            if component.name == b"VFREEBUSY" or self._sieve.keeps(component):
                kept.append(component)
        return count, kept

    def _read_event(self, reader: EventReader) -> list[Event]:
        """The event, or nothing where no time of it is known; then it is named, unless free."""
        event = reader.read_event()
        if event is not None:
            return [event]
        if not reader.is_free:
            self._unreadable.append(reader.label)
        return []

    def _add_events(self, events: Sequence[Event]) -> None:
        """Note when events take place; each occurrence that others stand for is left to those.

        What stands for one, but cannot be read in full, may take less time than it should; then
        both are noted.
        """
        replaced: dict[str, list[Event]] = {}
        for event in events:
            if event.uid and event.instead_of and (event.is_free or not event.is_doubtful):
                replaced.setdefault(event.uid, []).append(event)
        for event in events:
            if event.is_free:
                continue
            others = [] if event.instead_of else replaced.get(event.uid, [])
            for start, end, is_doubtful in self._finder.find(event, others):
                self._add(event.uid, start, end, event.name, is_doubtful)

    def _add_times(self, reader: EventReader) -> None:
        """Note the times of a VFREEBUSY."""
        periods = reader.list_busy()
        if not reader.is_sound:  # There may be a time that nobody knows of.
            self._unreadable.append(reader.label)
        for moment, length in periods:
            start, end = moment.instant, stretch(moment, length or ONE_HOUR)
            if start < self._until and max(self._since, start) < end:
                is_doubtful = length is None or not reader.is_sound
                self._add(reader.uid, start, end, reader.title, is_doubtful)

    def _add(self, uid: str, start: int, end: int, name: str, is_doubtful: bool) -> None:  # noqa: FBT001 - a fact.
        """Note one busy time, cut to what the core knows.

        Raises:
            UnreadableCalendar: `too_large`, there are too many.
        """
        if len(self._busy) >= _MOST_BUSY:
            raise UnreadableCalendar("too_large")
        self._busy.append(Busy(uid, max(start, _FIRST), min(end, _LAST), name, is_doubtful))
