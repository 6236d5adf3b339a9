"""Components: a calendar file cut into events, times of others, and time zones.

A file may hold a million lines, so it is cut by splitting bytes; only what matters is read further.
What is broken is mended where its meaning is plain: an event without an end, or without a
beginning, is an event, but not a whole one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from miedza.core.calendars import UnreadableCalendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miedza.adapters.calendars.budget import Budget

_WHOLES = frozenset(b"VCALENDAR VEVENT VTODO VJOURNAL VFREEBUSY VTIMEZONE VAVAILABILITY".split())
"""What stands in no other component but a calendar."""
_WANTED = frozenset([b"VEVENT", b"VFREEBUSY", b"VTIMEZONE"])
_BEFORE_LINES, _AFTER_LINES = len(b"VEVENT"), -len(b"\nEND:VEVENT")
_MOST_DEEP = 8
_MARK = re.compile(rb"\n(begin|end)[ \t]*:[ \t]*", re.IGNORECASE)
_CALENDAR = re.compile(rb"\nBEGIN:V(?:CALENDAR|EVENT|FREEBUSY)", re.IGNORECASE)
_INDENTED = re.compile(rb"\n[ \t]+BEGIN:V(?:EVENT|FREEBUSY)", re.IGNORECASE)


class Component:
    """What stands between a BEGIN and its END."""

    __slots__ = ("calendar", "is_whole", "lines", "name", "parts")

    def __init__(self, name: bytes, lines: bytes, calendar: int) -> None:
        """Take the name in capitals, and the lines."""
        self.name = name
        self.lines = [lines]
        """Its own lines, without those of what stands inside it: runs of them, each line after a
        line feed."""
        self.calendar = calendar
        """The number, in the file, of the calendar in which it stands."""
        self.parts: list[Component] = []
        """What stands inside it."""
        self.is_whole = True
        """Whether its beginning and its end were found."""

    @property
    def text(self) -> bytes:
        """Its own lines, each after a line feed."""
        return b"".join(self.lines) if len(self.lines) > 1 else self.lines[0]


def tidy_file(data: bytes) -> bytes:
    """The lines of a file, unfolded, each after one line feed.

    Unfolding is done before anything is decoded, since some programs fold inside a letter.

    Raises:
        UnreadableCalendar: `no_calendar`.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    # A carriage return ends a line only where there is no other end; elsewhere it is doubled, or
    # stands inside a text.
    data = data.replace(b"\r", b"") if b"\n" in data else data.replace(b"\r", b"\n")
    data = b"\n" + data
    if b"\nBEGIN:VEVENT" not in data and _INDENTED.search(data):
        # Some programs indent what stands inside; by the standard that would all be one line.
        data = re.sub(rb"\n[ \t]+", b"\n", data)
    else:
        data = data.replace(b"\n ", b"").replace(b"\n\t", b"")
    data = _write_marks_alike(data)
    if not _CALENDAR.search(data):
        raise UnreadableCalendar("no_calendar")
    return data


def _write_marks_alike(data: bytes) -> bytes:
    """BEGIN and END in capitals; looking whether they are is faster than rewriting them."""
    lower = data.lower()
    if all(lower.count(mark.lower()) == data.count(mark + b":") for mark in (b"\nBEGIN", b"\nEND")):
        return data
    return _MARK.sub(lambda found: b"\n" + found[1].upper() + b":", data)


def split_components(data: bytes, budget: Budget) -> Iterator[Component]:
    """The events, free/busy times and time zones of a tidy file, each when it is closed.

    Raises:
        UnreadableCalendar: `too_slow`.
    """
    calendar = 0
    open_: list[Component] = []
    for chunk in data.split(b"\nBEGIN:")[1:]:
        budget.spend()
        if _is_plain_event(chunk) and len(open_) == 1 and open_[0].name == b"VCALENDAR":
            yield Component(b"VEVENT", chunk[_BEFORE_LINES:_AFTER_LINES], calendar)
            continue
        head, *ends = chunk.split(b"\nEND:")
        name, _, lines = head.partition(b"\n")
        name = name.strip().upper()
        if name in _WHOLES:
            calendar += name == b"VCALENDAR"
            yield from _close_until(open_, b"" if name == b"VCALENDAR" else b"VCALENDAR")
        component = Component(name, b"\n" + lines, calendar)
        if open_ and name not in _WHOLES:
            open_[-1].parts.append(component)
        if len(open_) < _MOST_DEEP:
            open_.append(component)
        for end in ends:
            budget.spend()
            closed, _, rest = end.partition(b"\n")
            yield from _end(open_, closed.strip().upper())
            if rest and open_:
                open_[-1].lines.append(b"\n" + rest)
    yield from _close_until(open_, b"")


def _is_plain_event(chunk: bytes) -> bool:
    """Whether nothing stands inside an event or after it, as is mostly so."""
    return (
        chunk.startswith(b"VEVENT\n")
        and chunk.endswith(b"\nEND:VEVENT")
        and chunk.count(b"\nEND:") == 1
    )


def _close_until(open_: list[Component], name: bytes) -> Iterator[Component]:
    """Close what has no end of its own, up to a component of a name, or all of it."""
    while open_ and open_[-1].name != name:
        component = open_.pop()
        component.is_whole = False
        if component.name in _WANTED:
            yield component


def _end(open_: list[Component], name: bytes) -> Iterator[Component]:
    """Close the component of a name, and what stands open inside it."""
    if any(component.name == name for component in open_):
        yield from _close_until(open_, name)
        component = open_.pop()
        if name in _WANTED:
            yield component
    elif open_ and name == b"VEVENT":
        # Its beginning is lost, so its lines are among those of the calendar.
        holder = open_[-1]
        component = Component(name, holder.text, holder.calendar)
        component.is_whole = False
        holder.lines = [b""]
        yield component
    elif open_:
        open_[-1].is_whole = False
