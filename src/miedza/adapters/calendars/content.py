"""Content lines: the lines of a calendar file, and the text inside them.

Source: RFC 5545, sections 3.1, 3.2 and 3.3.11.

The icalendar library could write them too; these few functions do it because the library turns
a backslash before a capital N into a line break (`C:\\New`), writes quotes in names as RFC 6868 has
it, which Outlook shows as they are, lets control characters through, and needs 0.7 ms an event.
"""

from __future__ import annotations

import re

_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"\\([\\;,:\"nN])")
_MOST_OCTETS = 75


def clean_text(text: str) -> str:
    """A text without what no calendar file can hold.

    Returns:
        Every kind of line break as a line feed; no other control character but the tab, and no
        lone surrogate.
    """
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))


def clean_line(text: str) -> str:
    """A text on one line; spaces stand where it broke."""
    return clean_text(text).replace("\n", " ").replace("\t", " ").strip()


def escape_text(text: str) -> str:
    r"""A clean text as the value of a property.

    >>> escape_text("Anna, Ola; 2\n")
    'Anna\\, Ola\\; 2\\n'
    """
    text = text.replace("\\", "\\\\").replace(";", "\\;")
    return text.replace(",", "\\,").replace("\n", "\\n")


def unescape_text(value: str) -> str:
    r"""The text of a value; a backslash before anything else stays, as in `C:\Windows`.

    >>> unescape_text("Anna\\, Ola\\; 2\\n")
    'Anna, Ola; 2\n'
    """
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def quote_name(name: str) -> str:
    """A name as the value of a parameter, in quotes.

    The quotes stand even where the standard asks for none: some programs drop a name with letters
    beyond ASCII without them (ical4j). What programs read in different ways inside a parameter is
    written as its typographic twin: a quote, which nothing can escape there, a backslash, which
    some take for an escape, and a caret, which is one in RFC 6868 alone.
    """
    name = clean_line(name).replace('"', "’").replace("\\", "∖").replace("^", "ˆ")
    return f'"{name}"'


def fold_line(line: str) -> str:
    """A line, broken so that no part has more than 75 octets, with the line end after it.

    It is broken neither inside a letter, where some readers lose it, nor inside an escape, nor
    before a space, since some readers take every space that a part begins with.
    """
    octets = line.encode()
    parts = []
    start, room = 0, _MOST_OCTETS
    while len(octets) - start > room:
        end = _find_break(octets, start, start + room)
        parts.append(octets[start:end])
        start, room = end, _MOST_OCTETS - 1  # The space before the part counts.
    parts.append(octets[start:])
    return b"\r\n ".join(parts).decode() + "\r\n"


def _find_break(octets: bytes, start: int, end: int) -> int:
    """Where to break a line, at the latest before the octet at `end`."""
    least = start + _MOST_OCTETS // 2
    while octets[end] in b" \t" and end > least:
        end -= 1
    while octets[end] & 0xC0 == 0x80:  # Inside a letter of several octets.
        end -= 1
    slashes = 0
    while slashes < end - start and octets[end - 1 - slashes] == ord("\\"):
        slashes += 1
    return end - slashes % 2
