"""A strict reader of calendar files: RFC 5545 to the letter, written apart from what writes them.

It takes bytes, and asserts. What it lets through, any program that keeps to the standard reads.
"""

from __future__ import annotations

import re
from typing import NamedTuple

TEXTS = set("SUMMARY DESCRIPTION LOCATION UID NAME X-WR-CALNAME X-WR-TIMEZONE TZID".split())
INSTANTS = {"DTSTAMP", "LAST-MODIFIED"}
ADDRESSES = {"ORGANIZER", "ATTENDEE"}
ONCE = {
    "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "STATUS", "TRANSP",
    "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "ORGANIZER", "PRODID", "VERSION", "CALSCALE",
    "METHOD", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
    "TZID", "TZOFFSETFROM", "TZOFFSETTO",
}  # fmt: skip
NEEDED = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
}
KNOWN = {
    "VCALENDAR": {
        "PRODID", "VERSION", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE",
        "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
    },
    "VEVENT": {
        "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "STATUS", "TRANSP",
        "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "ORGANIZER", "ATTENDEE",
    },
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
}  # fmt: skip
INSIDE = {"VCALENDAR": {"VEVENT", "VTIMEZONE"}, "VEVENT": set(), "VTIMEZONE": {"STANDARD"}}
INSTANT = re.compile(r"(?!0000)\d{4}(0[1-9]|1[0-2])([0-2]\d|3[01])T([01]\d|2[0-3])[0-5]\d[0-5]\dZ")
VALUES = {
    "SEQUENCE": r"0|[1-9]\d{0,9}",
    "STATUS": "TENTATIVE|CONFIRMED|CANCELLED",
    "TRANSP": "OPAQUE|TRANSPARENT",
    "VERSION": r"2\.0",
    "CALSCALE": "GREGORIAN",
    "METHOD": "PUBLISH|REQUEST|CANCEL",
    "REFRESH-INTERVAL": r"PT[1-9]\d*M",
    "X-PUBLISHED-TTL": r"PT[1-9]\d*M",
    "URL": r"https?://([!#$&-;=?-Z\[\]_a-z~]|%[0-9A-Fa-f]{2})*",
    "TZOFFSETFROM": r"[+-]\d{4}",
    "TZOFFSETTO": r"[+-]\d{4}",
}
MAILTO = re.compile(r"mailto:([A-Za-z0-9@!$'*+._~-]|%[0-9A-F]{2})+")  # RFC 6068: no &, =, /, ?, #.
HEAD = re.compile(r"([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:\"[^\"]*\"|[^\",;:]*))*):(.*)", re.DOTALL)
PARAMETER = re.compile(r";([A-Z0-9-]+)=(?:\"([^\"]*)\"|([^\",;:]*))", re.DOTALL)
CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class Line(NamedTuple):
    """One content line."""

    name: str
    parameters: dict[str, str]
    value: str


class Component(NamedTuple):
    """What stands between a BEGIN and its END."""

    name: str
    lines: list[Line]
    inside: list[Component]

    def names(self) -> list[str]:
        """The names of its lines, sorted."""
        return sorted(line.name for line in self.lines)

    def of(self, name: str) -> list[Line]:
        """The lines of a name."""
        return [line for line in self.lines if line.name == name]

    def text(self, name: str) -> str:
        """The text of the only line of a name; empty where there is none."""
        lines = self.of(name)
        assert len(lines) <= 1, f"{name} stands {len(lines)} times"
        return unescape(lines[0].value) if lines else ""


def read_strictly(data: bytes) -> Component:
    """Read a whole file; a fault of any kind is an AssertionError."""
    open_: list[Component] = [Component("", [], [])]
    for text in unfold(data):
        line = read_line(text)
        if line.name == "BEGIN":
            assert line.value in INSIDE.get(open_[-1].name, {"VCALENDAR", "STANDARD"}), line
            component = Component(line.value, [], [])
            open_[-1].inside.append(component)
            open_.append(component)
        elif line.name == "END":
            closed = open_.pop()
            assert closed.name == line.value, f"{closed.name} is closed as {line.value}"
            check_component(closed)
        else:
            assert open_[-1].name, f"{line} stands outside"
            open_[-1].lines.append(line)
    assert len(open_) == 1, f"{open_[-1].name} is not closed"
    (calendar,) = open_[0].inside
    assert calendar.name == "VCALENDAR"
    assert calendar.inside, "a calendar holds at least one component (3.6)"
    check_method(calendar)
    return calendar


def only_event(text: str) -> Component:
    """The only event of a file, read strictly."""
    (event,) = read_strictly(text.encode()).inside
    assert event.name == "VEVENT"
    return event


def unfold(data: bytes) -> list[str]:
    """The content lines of a file (3.1)."""
    assert data.endswith(b"\r\n"), "the last line has no end"
    texts: list[str] = []
    for raw in data[:-2].split(b"\r\n"):
        assert raw, "an empty line"
        assert len(raw) <= 75, f"{len(raw)} octets in {raw!r}"
        part = raw.decode("utf-8", "strict")  # Each part by itself: no letter is broken in two.
        assert not CONTROLS.search(part), f"a control character in {part!r}"
        if part[0] in " \t":
            assert texts, "the first line continues nothing"
            assert part[0] == " "
            assert len(part) > 1, "a part with nothing in it"
            texts[-1] += part[1:]
        else:
            texts.append(part)
    return texts


def read_line(text: str) -> Line:
    """The name, parameters and value of a line."""
    found = HEAD.fullmatch(text)
    assert found, f"no content line: {text!r}"
    name, parameters, value = found.groups()
    assert value != "", f"{name} is empty"
    pairs = [(key, quoted or plain) for key, quoted, plain in PARAMETER.findall(parameters)]
    assert len(dict(pairs)) == len(pairs), f"a parameter stands twice in {text!r}"
    assert all(value != "" for _, value in pairs), f"an empty parameter in {text!r}"
    line = Line(name, dict(pairs), value)
    check_value(line)
    return line


def check_value(line: Line) -> None:
    """Whether the value is one of its kind (3.3)."""
    name, value = line.name, line.value
    if name in TEXTS:
        assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value), f"not escaped: {value!r}"
        assert not re.search(r"\\(?![\\;,nN])", value.replace("\\\\", "")), f"bad escape: {value!r}"
        assert not line.parameters
    elif name in INSTANTS:
        assert INSTANT.fullmatch(value), line
    elif name in ADDRESSES:
        assert MAILTO.fullmatch(value), line
    elif name in VALUES:
        assert re.fullmatch(VALUES[name], value), line


def check_component(component: Component) -> None:
    """What must stand in it, what may, and how often (3.6)."""
    names = component.names()
    kind = component.name
    assert set(names) >= NEEDED[kind], f"{kind} lacks {NEEDED[kind] - set(names)}"
    assert set(names) <= KNOWN[kind], f"{kind} has {set(names) - KNOWN[kind]}"
    for name in ONCE:
        assert names.count(name) <= 1, f"{name} stands {names.count(name)} times"
    if kind == "VEVENT":
        (start,), (end,) = component.of("DTSTART"), component.of("DTEND")
        assert INSTANT.fullmatch(start.value), start
        assert INSTANT.fullmatch(end.value), end
        assert start.parameters == end.parameters == {}
        assert start.value < end.value
    for line in component.of("REFRESH-INTERVAL"):
        assert line.parameters == {"VALUE": "DURATION"}  # RFC 7986, 5.7.


def check_method(calendar: Component) -> None:
    """What each method asks for (RFC 5546, 3.2)."""
    method = calendar.text("METHOD")
    events = [part for part in calendar.inside if part.name == "VEVENT"]
    people = [line for event in events for line in event.lines if line.name in ADDRESSES]
    if method not in ("REQUEST", "CANCEL"):
        assert people == []
        return
    (event,) = events
    assert len(event.of("ORGANIZER")) == 1
    assert len(event.of("ATTENDEE")) >= 1
    assert len(event.of("SEQUENCE")) == 1
    assert (event.text("STATUS") == "CANCELLED") == (method == "CANCEL")
    for guest in event.of("ATTENDEE"):
        assert guest.parameters.get("PARTSTAT") in ("ACCEPTED", "NEEDS-ACTION")
        assert guest.parameters.get("RSVP") == "FALSE"


def unescape(value: str) -> str:
    """The text of an escaped value."""
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), value)
