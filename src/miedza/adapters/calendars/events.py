"""Events: what was read of them, and when they take place."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from miedza.adapters.calendars.moments import (
    UTC,
    Length,
    Moment,
    make_moment,
    read_moment,
    resolve,
    stretch,
)
from miedza.adapters.calendars.repeating import expand_rule
from miedza.adapters.calendars.rules import SHORT_FREQUENCIES
from miedza.core.instants import DAY, HOUR, MINUTE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from miedza.adapters.calendars.budget import Budget
    from miedza.adapters.calendars.repeating import Wall
    from miedza.adapters.calendars.rules import Rule

_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_EARLIEST_MIDNIGHT = 14 * HOUR
"""No clock is further ahead of UTC."""
_MOST_OF_A_SERIES = 5_000
"""What occurs more often in the span asked for counts as one long time."""


class Marks:
    """Occurrences that are named: by their instants, or by their dates."""

    def __init__(self) -> None:
        """None yet."""
        self.instants: set[int] = set()
        self.ordinals: set[int] = set()

    def add(self, moment: Moment, *, of_days: bool) -> None:
        """Name an occurrence; `of_days` says that those of the series are whole days.

        A date names what begins on it, also where the series has times: some programs write no
        more. Midnight is a date where a series has whole days, whatever its zone.
        """
        self.instants.add(moment.instant)
        if moment.second is None or (of_days and moment.second == 0):
            self.ordinals.add(moment.ordinal)

    def holds(self, moment: Moment) -> bool:
        """Whether an occurrence is among them."""
        return moment.ordinal in self.ordinals or moment.instant in self.instants


class Event(NamedTuple):
    """An event, or a series of them."""

    uid: str
    name: str
    is_free: bool
    """Whether it takes no time: cancelled, or said to be transparent."""
    is_doubtful: bool
    """Whether something of it could not be read."""
    start: Moment
    length: Length
    rules: Sequence[Rule]
    more: Sequence[tuple[Moment, Length | None]]
    """Occurrences named one by one, with a length where it is another than that of the event."""
    but: Marks
    """Occurrences that do not take place."""
    instead_of: Moment | None
    """The occurrence of a series that this one stands for."""
    is_from_then_on: bool
    """Whether it stands for those after that, too."""


class Found(NamedTuple):
    """One occurrence."""

    start: int
    """Seconds since 1970."""
    end: int
    """Seconds since 1970, after the start."""
    is_doubtful: bool


class Finder:
    """Finds what of an event meets a span."""

    def __init__(self, *, since: int, until: int, zone: ZoneInfo, budget: Budget) -> None:
        """Take the span, in seconds since 1970, and the zone of whoever asks."""
        self._since = since
        self._until = until
        self._zone = zone
        self._budget = budget
        self._first = _ordinal_of(since) - 2
        self._last = _ordinal_of(until) + 2

    def find(self, event: Event, replaced: Sequence[Event]) -> Collection[Found]:
        """The occurrences of an event that meet the span, in no order.

        Args:
            event: one that takes time.
            replaced: events that stand for some of its occurrences.
        """
        marks = Marks()
        for other in replaced:
            marks.add(other.instead_of or other.start, of_days=event.start.second is None)
        changes = sorted((other for other in replaced if other.is_from_then_on), key=_begin_of)
        found: set[Found] = set()
        listed: list[Iterable[tuple[Moment, Length | None]]] = [[(event.start, None)], event.more]
        for rule in event.rules:
            end = _find_end(rule, event.start, self._zone)
            walls = self._expand(rule, event, end, changes)
            if walls is None:
                found |= self._fill(rule, event, end)
            else:
                listed.append(_as_moments(event.start, walls, end))
        for moment, length in chain(*listed):
            self._budget.spend()
            if event.but.holds(moment) or marks.holds(moment):
                continue
            start, end = _place(event, moment, length, changes)
            found |= self._meet(start, end, event.is_doubtful)
            if len(found) > _MOST_OF_A_SERIES:
                return [Found(self._since, self._until, True)]
        return found

    def _meet(self, start: int, end: int, is_doubtful: bool) -> set[Found]:  # noqa: FBT001 - a fact.
        """The occurrence, where it takes time and meets the span."""
        meets = start < self._until and end > self._since and end > start
        return {Found(start, end, is_doubtful)} if meets else set()

    def _expand(
        self, rule: Rule, event: Event, end: int | None, changes: Sequence[Event]
    ) -> Iterator[Wall] | None:
        """The occurrences of a rule near the span, or None where they are too many in a day."""
        if rule.frequency in SHORT_FREQUENCIES:
            return None
        last = self._last if end is None else min(self._last, _ordinal_of(end) + 2)
        longest = max(_count_days(length) for length in (event.length, *map(_length_of, changes)))
        moved = max((abs(_shift_of(change)) // DAY + 1 for change in changes), default=0)
        return expand_rule(
            rule, (event.start.ordinal, event.start.second or 0),
            first=self._first - longest - moved, last=last + moved, budget=self._budget,
        )  # fmt: skip

    def _fill(self, rule: Rule, event: Event, end: int | None) -> set[Found]:
        """One long time in place of occurrences that are too many in a day."""
        start, last = event.start.instant, self._until if end is None else end
        seconds = SHORT_FREQUENCIES.get(rule.frequency)
        if seconds and rule.times and not (rule.weekdays or rule.lists):
            last = min(last, start + rule.times * rule.interval * seconds)
        last = min(stretch(event.start, event.length) - start + last, self._until)
        return self._meet(max(start, self._since), last, True)


def _find_end(rule: Rule, start: Moment, zone: ZoneInfo) -> int | None:
    """The last instant at which an occurrence may start, or None where a rule has no end.

    What is meant by an end of another kind than the start is read so that nothing is lost: Google
    writes a date where the start has a time (icalevents 71), others a time where it has none, which
    is a midnight on some clock (Etar 779), or the last second of the day.
    """
    end = read_moment(rule.until, start.zone, day_zone=start.zone) if rule.until else None
    if end is None:
        return None
    if start.second is None:
        ordinal = end.ordinal
        if end.second is not None and end.zone is UTC and end.second % MINUTE != 59:
            ordinal += (end.second + _EARLIEST_MIDNIGHT) // DAY
        return resolve(ordinal, 0, start.zone)
    if end.second is None:
        return max(resolve(end.ordinal + 1, 0, place) for place in (start.zone, zone)) - 1
    return end.instant


def _as_moments(
    start: Moment, walls: Iterator[Wall], end: int | None
) -> Iterator[tuple[Moment, None]]:
    """Occurrences of a rule up to its end, as moments of the kind of the start."""
    for ordinal, second in walls:
        moment = make_moment(ordinal, None if start.second is None else second, start.zone)
        if end is None or moment.instant <= end:
            yield moment, None


def _place(
    event: Event, moment: Moment, length: Length | None, changes: Sequence[Event]
) -> tuple[int, int]:
    """When an occurrence takes place, after what was changed from some occurrence on."""
    start = moment.instant
    change = next((change for change in reversed(changes) if _begin_of(change) < start), None)
    if change is None:
        return start, stretch(moment, length or event.length)
    if change.is_free:
        return start, start
    duration = stretch(change.start, change.length) - change.start.instant
    start += _shift_of(change)
    return start, start + duration


def _begin_of(change: Event) -> int:
    """The instant of the occurrence from which on a series is changed."""
    return (change.instead_of or change.start).instant


def _shift_of(change: Event) -> int:
    """Seconds by which occurrences are moved from then on."""
    return change.start.instant - _begin_of(change)


def _length_of(event: Event) -> Length:
    """How long an event lasts."""
    return event.length


def _count_days(length: Length) -> int:
    """Days that a length may touch."""
    return length.days + length.seconds // DAY + 1


def _ordinal_of(instant: int) -> int:
    """The date of an instant in UTC."""
    return _EPOCH_ORDINAL + instant // DAY
