"""Calendar files of other programs: when somebody is busy, whatever way it is written."""

from __future__ import annotations

import pytest

from miedza.core.calendars import Busy, Reading, UnreadableCalendar
from miedza.core.instants import parse_instant
from tests.adapters.calendar_files.asking import (
    AT_NINE,
    SINCE,
    UNTIL,
    ask,
    read_file,
    tell,
    write_calendar,
)
from tests.adapters.calendar_files.descriptions import describe_by_microsoft

NINE = "0302T09:00-10:00"


def test_reading_names_what_takes_time() -> None:
    data = write_calendar(
        "UID:b\nSUMMARY:Sesja\\, Anna\\; 2\\nŁódź\nDTSTART:20260302T080000Z\nDURATION:PT1H",
        "UID:a\nDTSTART:20260302T080000Z\nDTEND:20260302T090000Z",
        "UID:c\nSUMMARY:Long ago\nDTSTART:20160302T080000Z\nDTEND:20160302T090000Z",
        "UID:d\nSUMMARY:Never",
    )

    start = parse_instant("2026-03-02T08:00:00Z")
    assert read_file(data) == Reading(
        [
            Busy("a", start, start + 3600, ""),
            Busy("b", start, start + 3600, "Sesja, Anna; 2 Łódź"),
        ],
        4,
        ["Never"],
    )


@pytest.mark.parametrize(
    ("event", "busy"),
    [
        (AT_NINE, [NINE]),
        ("DTSTART:20260302T080000Z\nDTEND:20260302T090000Z", [NINE]),
        ("DTSTART:20260302T090000\nDTEND:20260302T100000", [NINE]),
        ("DTSTART:20260302T080000Z\nDURATION:PT1H", [NINE]),
        ("DTSTART:20260302T080000Z\nDURATION:PT60M0S", [NINE]),
        ("DTSTART:20260302T090000\nDURATION:P1D", ["0302T09:00-0303T09:00"]),
        ("DTSTART:20260302T090000\nDURATION:+P1W", ["0302T09:00-0309T09:00"]),
        ("DTSTART:20260328T090000\nDURATION:P1D", ["0328T09:00-0329T09:00"]),
        ("DTSTART:20260328T090000\nDURATION:PT24H", ["0328T09:00-0329T10:00"]),
        ("DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260303", ["0302T00:00-0303T00:00"]),
        ("DTSTART;VALUE=DATE:20260328\nDTEND;VALUE=DATE:20260330", ["0328T00:00-0330T00:00"]),
        ("DTSTART;VALUE=DATE:20260302", ["0302T00:00-0303T00:00"]),
        ("DTSTART:20260302", ["0302T00:00-0303T00:00"]),
        ("DTSTART;VALUE=DATE:20260302\nDURATION:P2D", ["0302T00:00-0304T00:00"]),
        ("DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260302", ["0302T00:00-0303T00:00"]),
        ("DTSTART;VALUE=DATE:20260302T000000\nDTEND;VALUE=DATE:20260303T000000",
         ["0302T00:00-0303T00:00"]),
        ("DTSTART:20260302T080000Z", []),
        ("DTSTART:20260302T080000Z\nDTEND:20260302T080000Z", []),
        ("DTSTART:20260329T023000\nDTEND:20260329T040000", ["0329T03:30-04:00"]),
        ("dtstart;tzid=Europe/Warsaw:20260302t090000\nDtEnd:20260302T090000z", [NINE]),
        ("DTSTART:2026-03-02T08:00:00Z\nDTEND:2026-03-02T10:00:00+01:00", [NINE]),
        ("DTSTART:20260302T133000+0530\nDTEND:20260302T030000-06:00", [NINE]),
        ("DTSTART:20260302T0900\nDTEND:20260302T10:00", [NINE]),
        ("DTSTART:20260302T090000.000\nDTEND:20260302T100000", [NINE]),
        ("DTSTART:20260302T230000\nDTEND:20260302T240000", ["0302T23:00-0303T00:00"]),
        ("DTSTART:20251201T080000Z\nDTEND:20271201T090000Z", ["1201T09:00-1201T10:00"]),
    ],
)  # fmt: skip
def test_time_of_an_event_is_read(event: str, busy: list[str]) -> None:
    assert ask(event) == busy


@pytest.mark.parametrize(
    ("lines", "is_busy"),
    [
        ("", True),
        ("TRANSP:OPAQUE", True),
        ("TRANSP:TRANSPARENT", False),
        ("transp: Transparent ", False),
        ("STATUS:CANCELLED", False),
        ("STATUS:TENTATIVE", True),
        ("STATUS:CANCELED", True),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE\nTRANSP:OPAQUE", True),
        ("X-MICROSOFT-CDO-BUSYSTATUS:BUSY\nTRANSP:TRANSPARENT", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", True),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", True),
        ("X-MICROSOFT-CDO-INTENDEDSTATUS:FREE", True),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:me@a.example", True),
        ("CLASS:PRIVATE", True),
        ("TRANSP:TRANSPARENT\nTRANSP:OPAQUE", True),
        ("STATUS:CANCELLED\nSTATUS:CONFIRMED", True),
        ("BEGIN:VALARM\nTRANSP:TRANSPARENT\nSTATUS:CANCELLED\nEND:VALARM", True),
    ],
)
def test_free_is_only_what_says_so(lines: str, is_busy: bool) -> None:  # noqa: FBT001 - a case.
    assert ask(f"{AT_NINE}\n{lines}") == [NINE] * is_busy


@pytest.mark.parametrize(
    ("zone", "busy"),
    [
        ("Europe/Warsaw", NINE),
        ('"Europe/Warsaw"', NINE),
        ("/Europe/Warsaw", NINE),
        ("/freeassociation.sourceforge.net/Europe/Warsaw", NINE),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "0302T13:00-14:00"),
        ("America/New_York", "0302T15:00-16:00"),
        ("Eastern Standard Time", "0302T15:00-16:00"),
        ("Central European Standard Time", NINE),
        ('"tzone://Microsoft/Utc"', "0302T10:00-11:00"),
        ("tzone://Microsoft/Utc", "0302T10:00-11:00"),
        ("UTC", "0302T10:00-11:00"),
        ("(no TZ description)", NINE + "?"),
        ("Customized Time Zone", NINE + "?"),
        ("tzone://Microsoft/Custom", NINE + "?"),
        ("(UTC+01:00) Sarajevo, Skopje, Warsaw", NINE + "?"),
        ("", NINE),
        ('"', NINE),
        ("../../etc/passwd", NINE + "?"),
        ("Europe", NINE + "?"),
        ("\0", NINE + "?"),
        ("x" * 5000, NINE + "?"),
    ],
)
def test_zone_by_any_name_is_found_or_doubted(zone: str, busy: str) -> None:
    times = f"DTSTART;TZID={zone}:20260302T090000\nDTEND;TZID={zone}:20260302T100000"

    assert ask(times) == [busy]


@pytest.mark.parametrize("name", ["Customized Time Zone", "(no TZ description)", "EST", "a:b;c"])
def test_zone_that_the_file_describes_is_used(name: str) -> None:
    told = "\n".join(describe_by_microsoft("America/New_York", name)) + "\n"
    times = 'DTSTART;TZID="{0}":2026{1}T090000\nDTEND;TZID="{0}":2026{1}T100000'

    busy = ask(*(times.format(name, day) for day in ("0302", "0309", "0330")), more=told)

    # America changes its clocks on 8 March, Europe on the 29th.
    assert busy == ["0302T15:00-16:00", "0309T14:00-15:00", "0330T15:00-16:00"]


def test_zone_of_the_same_name_is_that_of_its_own_calendar() -> None:
    files = []
    for zone in ("America/New_York", "Europe/London"):
        told = "\n".join(describe_by_microsoft(zone, "Mine")) + "\n"
        times = "DTSTART;TZID=Mine:20260302T090000\nDTEND;TZID=Mine:20260302T100000"
        files.append(write_calendar(times, more=told))

    assert tell(read_file(b"".join(files))) == ["0302T10:00-11:00", "0302T15:00-16:00"]


@pytest.mark.parametrize(
    "told",
    [
        "",
        "BEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\n",
        "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nEND:STANDARD\nEND:VTIMEZONE\n",
        "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:x\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
        "END:STANDARD\nEND:VTIMEZONE\n",
        "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+9900\n"
        "TZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\n",
    ],
)
def test_zone_that_is_not_really_described_is_doubted(told: str) -> None:
    times = "DTSTART;TZID=x:20260302T090000\nDTEND;TZID=x:20260302T100000"

    assert ask(times, more=told) == [NINE + "?"]


def test_zone_that_gave_up_changing_its_clocks_keeps_its_last_time() -> None:
    """As in Moscow: the rules ended in 2010, and winter time came in 2014."""
    part = "BEGIN:{0}\nDTSTART:{1}\nTZOFFSETFROM:{2}\nTZOFFSETTO:{3}\n{4}END:{0}\n"
    rule = "RRULE:FREQ=YEARLY;BYMONTH={};BYDAY=-1SU;UNTIL={}\n"
    autumn, spring = rule.format(10, "20101030T230000Z"), rule.format(3, "20110326T230000Z")
    told = "BEGIN:VTIMEZONE\nTZID:Mine\n"
    told += part.format("STANDARD", "19961027T030000", "+0400", "+0300", autumn)
    told += part.format("DAYLIGHT", "19930328T020000", "+0300", "+0400", spring)
    told += part.format("STANDARD", "20141026T020000", "+0400", "+0300", "") + "END:VTIMEZONE\n"

    times = "DTSTART;TZID=Mine:20260302T090000\nDTEND;TZID=Mine:20260302T100000"

    assert ask(times, more=told) == ["0302T07:00-08:00"]


def test_free_busy_times_are_read() -> None:
    data = (
        b"BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nBEGIN:VFREEBUSY\r\nUID:f\r\n"
        b"DTSTART:20260301T000000Z\r\nDTEND:20260501T000000Z\r\n"
        b"FREEBUSY:20200302T080000Z/PT1H,20260302T080000Z/PT1H,20260303T080000Z/20260303T083000Z\r\n"
        b"FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260304T080000Z/PT1H\r\n"
        b"FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260305T080000Z/PT1H\r\n"
        b"FREEBUSY;FBTYPE=X-OOF:20260306T080000Z/PT1H\r\nFREEBUSY;FBTYPE=FREE:20260307T080000Z/PT1H"
        b"\r\nEND:VFREEBUSY\r\nEND:VCALENDAR\r\n"
    )

    reading = read_file(data)

    assert tell(reading) == [
        NINE, "0303T09:00-09:30", "0304T09:00-10:00", "0305T09:00-10:00", "0306T09:00-10:00",
    ]  # fmt: skip
    assert (reading.events, {busy.uid for busy in reading.busy}) == (1, {"f"})


def test_only_what_meets_the_span_is_told_and_told_whole() -> None:
    day = 86_400
    times = [
        (SINCE - day, SINCE),
        (SINCE - 1, SINCE + 1),
        (UNTIL - 1, UNTIL + day),
        (UNTIL, UNTIL + 1),
    ]
    events = [_write_span(start, end) for start, end in times]

    reading = read_file(write_calendar(*events))

    assert [(busy.start, busy.end) for busy in reading.busy] == times[1:3]
    assert reading.events == 4


def _write_span(start: int, end: int) -> str:
    from datetime import UTC, datetime

    begin, close = (datetime.fromtimestamp(each, UTC) for each in (start, end))
    return f"DTSTART:{begin:%Y%m%dT%H%M%SZ}\nDTEND:{close:%Y%m%dT%H%M%SZ}"


@pytest.mark.parametrize(
    "zone", ["Europe/Warsaw", "America/New_York", "Asia/Kolkata", "Pacific/Apia"]
)
def test_whole_day_is_a_day_of_whoever_asks(zone: str) -> None:
    days = "DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260303"

    assert ask(days, zone=zone) == ["0302T00:00-0303T00:00"]


def test_calendar_without_events_is_a_calendar() -> None:
    assert read_file(write_calendar()) == Reading([], 0, [])


@pytest.mark.parametrize(
    "data",
    [
        b"", b" ", b"\r\n\r\n", b"\0" * 100, b"<!DOCTYPE html><html><body>Sign in</body></html>",
        b'{"error": "BEGIN:VCALENDAR"}', b"BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n",
        b"x BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04",
        # What breaks off before the first event would else make everything look free.
        b"BEGIN:VCALENDAR", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x",
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableCalendar, match="no_calendar"):
        read_file(data)
