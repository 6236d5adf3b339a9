"""Lines of a component: names, parameters and values, as far as they can be told apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from miedza.adapters.calendars.content import clean_line, unescape_text

if TYPE_CHECKING:
    from miedza.adapters.calendars.budget import Budget
    from miedza.adapters.calendars.components import Component

_NAMES = (
    "DTSTART|DTEND|DURATION|RRULE|EXRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS|TRANSP|SUMMARY|UID|"
    "FREEBUSY|X-MICROSOFT-CDO-BUSYSTATUS|TZID|TZOFFSETFROM|TZOFFSETTO"
)
_LINE = re.compile(rf"^[ \t]*({_NAMES})[ \t]*([;:].*)$", re.MULTILINE | re.IGNORECASE)
_PARAMETERS = re.compile(r'((?:;[^:;"]*(?:"[^"]*"[^:;"]*)*)*):')
_BEGINS_AS_DATE = re.compile(r"\s*\d{4}-?\d\d-?\d\d", re.ASCII)
_VALUES = {
    name: re.compile(rf';\s*{name}\s*=\s*("[^"]*"?|[^;]*)', re.IGNORECASE)
    for name in ("TZID", "VALUE", "FBTYPE", "RANGE")
}
_MOST_PARAMETERS = 2_000
_MOST_OF_A_VALUE = 2_000
"""More of a value is read only where it lists moments."""
_LISTING = ("RDATE", "EXDATE", "FREEBUSY")
_MOST_NAME = 200


class Line(NamedTuple):
    """One line."""

    parameters: str
    """As they stand, from the first semicolon on."""
    value: str

    def parameter(self, name: str) -> str:
        """The value of TZID, VALUE, FBTYPE or RANGE, without quotes; empty where there is none."""
        found = _VALUES[name].search(self.parameters) if self.parameters else None
        return found[1].strip('" ') if found else ""


class Lines(NamedTuple):
    """The lines of a component that matter here, by their names in capitals."""

    found: dict[str, list[Line]]

    def of(self, name: str) -> list[Line]:
        """The lines of a name, in order."""
        return self.found.get(name, [])

    def values(self, name: str) -> list[str]:
        """The values of the lines of a name, in order."""
        return [line.value for line in self.of(name)]

    def value(self, name: str) -> str:
        """The value of the first line of a name; empty where there is none."""
        lines = self.of(name)
        return lines[0].value if lines else ""

    def uid(self) -> str:
        """The identifier; empty where there is none."""
        return clean_line(unescape_text(self.value("UID")))

    def title(self) -> str:
        """What it is called, on one line and of a length that can be shown."""
        return " ".join(clean_line(unescape_text(self.value("SUMMARY"))).split())[:_MOST_NAME]

    def label(self) -> str:
        """By what somebody may know it: the title, or else the identifier."""
        return self.title() or self.uid()[:_MOST_NAME]


def read_lines(component: Component, budget: Budget) -> Lines:
    """Read the lines of a component.

    They are UTF-8, as the standard asks, or else taken for Latin-1, which any bytes are.
    """
    octets = component.text
    try:
        text = octets.decode()
    except UnicodeDecodeError:
        text = octets.decode("latin-1")
    found: dict[str, list[Line]] = {}
    for match in _LINE.finditer(text):
        budget.spend()
        name, line = match[1].upper(), _part(match[2])
        if len(line.value) > _MOST_OF_A_VALUE and name not in _LISTING:
            line = line._replace(value=line.value[:_MOST_OF_A_VALUE])
        found.setdefault(name, []).append(line)
    return Lines(found)


def _part(rest: str) -> Line:
    """A line after its name, parted into parameters and value."""
    if rest[0] == ":":
        return Line("", rest[1:])
    found = _PARAMETERS.match(rest, 0, _MOST_PARAMETERS)
    if found:
        parameters, value = found[1], rest[found.end() :]
        # A zone may be called "(UTC+01:00) Warsaw", and stand there without quotes.
        if "TZID=" not in parameters.upper() or _BEGINS_AS_DATE.match(value):
            return Line(parameters, value)
    parameters, _, value = rest.rpartition(":")
    return Line(parameters[:_MOST_PARAMETERS], value)
