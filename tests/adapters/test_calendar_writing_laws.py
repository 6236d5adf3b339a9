"""Any text in any field stays the text of that field, and the file one to the letter."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from miedza.adapters.calendars.writing import write_feed, write_invitation
from miedza.core.calendars import Entry, Guest
from tests.adapters.strict_calendar import only_event, read_strictly
from tests.hostile import HOSTILE

INJECTIONS = (
    "x\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM", "x\nATTENDEE:mailto:eve@evil.example",
    "END:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR", "x\\", "\\n\\N\\;\\,", "C:\\New\\notes",
       "\ud800", "\udfff x", "\0", "\x7f", "\x1b[2J", "x\x85y", "x\u2028y\u2029z", "\ufeffx",
    " leading", "trailing ", "\ttab\tin", "a  b", " " * 200, "x" * 74 + " y", "x" * 500, "ż" * 500,
    "\uffff", "👩‍🏫" * 60, "a\\,b",
    "\\" * 300, ";" * 300, "," * 75, '"', '"a"', 'a"b:c;d,e', "^n^'^^", "a^b", ":", ";",
    "mailto:eve@evil.example", "=?utf-8?q?a=0ABEGIN:VALARM?=", "RRULE:FREQ=SECONDLY", "%0D%0AX:y",
    "\r", "\n", "\r\n \r\n", "\r\n BEGIN:VEVENT", "\x0b\x0c", "a\r\rb", "\x1c\x1d\x1e",
)  # fmt: skip
FACTS = ["DTEND", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "SEQUENCE", "STATUS", "TRANSP", "UID"]


def _seen(text: str) -> str:
    """A text as it must come back: line breaks of every kind as one, nothing unseen."""
    text = re.sub("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]", "\n", text)
    return "".join(
        mark for mark in text
        if mark in "\n\t" or (unicodedata.category(mark) not in ("Cc", "Cs") and mark < "\ufffe")
        or mark > "\uffff"
    )  # fmt: skip


def _line(text: str) -> str:
    """A text of one line as it must come back."""
    return re.sub("[\n\t]", " ", _seen(text)).strip()


def _entries() -> st.SearchStrategy[Entry]:
    """Meetings with any text in any field; the least that must be said is said."""
    any_text = st.one_of(
        st.sampled_from([*HOSTILE, *INJECTIONS]),
        st.text(max_size=200),
        st.text("\r\n\t \\;,:\"^aż\u2028\ud800\0'", max_size=300),
    )
    said = any_text.filter(lambda text: bool(_line(text)))
    guest = st.builds(Guest, any_text, said)
    start = st.integers(0, 2**33)
    return st.builds(
        lambda begin, seconds, **more: Entry(starts_at=begin, ends_at=begin + seconds, **more),
        start, st.integers(1, 10**6), uid=said, sequence=st.integers(0, 10**6), changed_at=start,
        summary=any_text, description=any_text, location=any_text, link=any_text,
        is_cancelled=st.booleans(), is_tentative=st.booleans(), organizer=guest,
        guests=st.lists(guest, min_size=1, max_size=3),
    )  # fmt: skip


@settings(deadline=None)
@given(_entries())
def test_any_text_in_any_field_stays_the_text_of_that_field(entry: Entry) -> None:
    texts = {
        "SUMMARY": _line(entry.summary), "LOCATION": _line(entry.location),
        "DESCRIPTION": _seen(entry.description),
    }  # fmt: skip
    shown = {name: text for name, text in texts.items() if text.strip()}
    guests = ["ATTENDEE"] * len(entry.guests)
    url = ["URL"] * _line(entry.link).startswith(("http://", "https://"))

    text = write_invitation(entry)

    event = only_event(text)
    assert event.names() == sorted([*FACTS, *shown, *url, "ORGANIZER", *guests])
    assert {name: event.text(name) for name in shown} == shown
    assert event.text("UID") == _line(entry.uid)
    _assert_library_reads(text, entry, shown)


def _assert_library_reads(text: str, entry: Entry, shown: dict[str, str]) -> None:
    """Another reader, which is widely used, must find the same."""
    from icalendar import Calendar

    event: Any
    (event,) = Calendar.from_ical(text.encode()).walk("VEVENT")
    assert event.errors == []
    assert {name: str(event[name]) for name in shown} == shown
    assert event["UID"] == _line(entry.uid)
    assert int(event["DTSTART"].dt.timestamp()) == entry.starts_at
    found = event["ATTENDEE"]
    for guest, written in zip(
        entry.guests, found if isinstance(found, list) else [found], strict=True
    ):
        name = _line(guest.name).replace('"', "’").replace("\\", "∖").replace("^", "ˆ")
        assert written.params.get("CN", "") == name
        assert written.params["PARTSTAT"] in ("ACCEPTED", "NEEDS-ACTION")


@settings(deadline=None)
@given(st.lists(_entries(), max_size=4), st.text(), st.text())
def test_any_feed_is_a_calendar(entries: list[Entry], name: str, zone: str) -> None:
    feed = write_feed(entries, name=name, zone=zone)

    held = [entry for entry in entries if not entry.is_cancelled]
    calendar = read_strictly(feed.encode())
    events = [part for part in calendar.inside if part.name == "VEVENT"]
    assert [event.text("UID") for event in events] == [_line(entry.uid) for entry in held]
    assert calendar.text("NAME") == calendar.text("X-WR-CALNAME") == _line(name)
