"""Writing calendars: meetings as text for mail, for feeds and for servers.

Sources: RFC 5545 (the text), RFC 5546 (invitations), RFC 4791 (servers), RFC 7986 (feeds). All
times are in UTC, so that no description of a time zone is needed, and none can be wrong.

No file holds an alarm: whether to be woken is for the owner of a calendar to say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from miedza.adapters.calendars.content import (
    clean_line,
    clean_text,
    escape_text,
    fold_line,
    quote_name,
)
from miedza.core.instants import format_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from miedza.core.calendars import Entry, Guest

_PRODUCT = "-//Miedza//Miedza//EN"
_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_MAILBOX = "@!$'*+-._~"
"""What stands in the address of a mailbox as it is; all else but letters and digits is encoded."""
_NO_EVENTS = (
    "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip
"""A calendar must hold something: without this, strict readers refuse a feed with no meetings."""


def write_invitation(entry: Entry) -> str:
    """An invitation to a meeting, or word that it is cancelled, to be mailed.

    The part of the mail is `text/calendar; charset=utf-8; method=REQUEST` (or `CANCEL`): programs
    refuse it where the method of the part is not that of the text.

    Args:
        entry: with an organizer and guests; if cancelled, its sequence is greater than that of the
            last invitation, and its uid, organizer and guests are the same.

    Returns:
        The text of the file, with CRLF at line ends.

    Raises:
        ValueError: nobody invites, nobody is invited, an address is empty, or there is no uid.
    """
    if entry.organizer is None or not entry.guests:
        raise ValueError("an invitation needs somebody who invites and somebody who is invited")
    method = "CANCEL" if entry.is_cancelled else "REQUEST"
    people = [_name("ORGANIZER", entry.organizer)]
    answer = "NEEDS-ACTION" if entry.is_tentative else "ACCEPTED"
    role = f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};RSVP=FALSE"
    people += [_name(role, guest) for guest in entry.guests]
    return _write([f"METHOD:{method}"], _describe(entry, people))


def write_feed(entries: Iterable[Entry], *, name: str, zone: str, refresh_minutes: int = 60) -> str:
    """A calendar to which other programs subscribe.

    It names no organizer and no guests: it is read by one person, whose program would else offer
    to answer, or write to the guests.

    Args:
        entries: those that are cancelled are left out.
        name: what the calendar is called.
        zone: a name of the tz database, in which programs may show it.
        refresh_minutes: how often programs should look again.

    Returns:
        The text of the file, with CRLF at line ends.

    Raises:
        ValueError: an entry has no uid.
    """
    title, place = escape_text(clean_line(name)), escape_text(clean_line(zone))
    heads = ["METHOD:PUBLISH"]
    if title:
        heads += [f"NAME:{title}", f"X-WR-CALNAME:{title}"]
    if place:
        heads.append(f"X-WR-TIMEZONE:{place}")
    heads.append(f"REFRESH-INTERVAL;VALUE=DURATION:PT{refresh_minutes}M")
    heads.append(f"X-PUBLISHED-TTL:PT{refresh_minutes}M")  # Outlook reads no other.
    # A subscriber takes the whole feed anew, and drops what is no longer in it. With
    # STATUS:CANCELLED, Google hides the meeting as well, Thunderbird, Nextcloud and Apple show it
    # struck out, and some programs show it as if it were to be held, so it is left out.
    held = [line for entry in entries if not entry.is_cancelled for line in _describe(entry)]
    return _write(heads, held or list(_NO_EVENTS))


def write_event(entry: Entry) -> str:
    """A meeting as an object on a CalDAV server, where it stands without a method (RFC 4791, 4.1).

    It names no organizer and no guests: a server that finds them sends invitations of its own,
    and not every server obeys the word that says it must not (SCHEDULE-AGENT of RFC 6638).

    Returns:
        The text of the file, with CRLF at line ends.

    Raises:
        ValueError: the entry has no uid.
    """
    return _write([], _describe(entry))


def _write(heads: list[str], lines: list[str]) -> str:
    """A whole file, from lines that are not folded yet."""
    first = ["BEGIN:VCALENDAR", f"PRODID:{_PRODUCT}", "VERSION:2.0", "CALSCALE:GREGORIAN"]
    return "".join(map(fold_line, [*first, *heads, *lines, "END:VCALENDAR"]))


def _describe(entry: Entry, people: Sequence[str] = ()) -> list[str]:
    """The lines of a meeting and its people; what is empty is left out."""
    uid = clean_line(entry.uid)
    if not uid:
        raise ValueError("an entry needs a uid, by which programs know it again")
    status = "TENTATIVE" if entry.is_tentative else "CONFIRMED"
    changed = _write_instant(entry.changed_at)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape_text(uid)}",
        # There is no clock here, and a file that has not changed must be the same text again.
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTART:{_write_instant(entry.starts_at)}",
        f"DTEND:{_write_instant(entry.ends_at)}",
        f"STATUS:{'CANCELLED' if entry.is_cancelled else status}",
        "TRANSP:OPAQUE",
    ]
    texts = {
        "SUMMARY": clean_line(entry.summary),
        "DESCRIPTION": clean_text(entry.description),
        "LOCATION": clean_line(entry.location),
    }
    lines += [f"{name}:{escape_text(text)}" for name, text in texts.items() if text.strip()]
    return [*lines, *_write_link(entry.link), *people, "END:VEVENT"]


def _write_link(link: str) -> list[str]:
    """The address of a page as an ASCII URI; nothing else is an address of a page."""
    link = _PERCENT.sub("%25", clean_line(link))
    if not link.startswith(("https://", "http://")):
        return []
    return [f"URL:{quote(link, safe=':/?#[]@!$&()*+,;=%-._~')}"]


def _name(role: str, guest: Guest) -> str:
    """The line that names somebody; the address is a URI (RFC 6068), so nothing hides in it."""
    address = "".join(clean_line(guest.email).split())
    if not address:
        raise ValueError("whoever invites or is invited needs an address")
    name = clean_line(guest.name)
    known_as = f";CN={quote_name(name)}" if name else ""
    return f"{role}{known_as}:mailto:{quote(address, safe=_MAILBOX)}"


def _write_instant(instant: int) -> str:
    """An instant in UTC: `20260302T080000Z`."""
    return format_instant(instant).replace("-", "").replace(":", "")
