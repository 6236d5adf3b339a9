"""Broken calendar files: what may take time counts as taken, and what cannot be read is named."""

from __future__ import annotations

import pytest

from tests.adapters.calendar_files.asking import AT_NINE, ask, read_file, tell, write_calendar

NINE = "0302T09:00-10:00"
SOUND = write_calendar(
    f"UID:a\nSUMMARY:Łódź\n{AT_NINE}", f"UID:b\n{AT_NINE.replace('0302T', '0303T')}"
)
BOTH = [NINE, "0303T09:00-10:00"]


@pytest.mark.parametrize(
    ("event", "busy"),
    [
        ("DTSTART:20260302T090000\nDTEND:20260302T080000", "0302T09:00-10:00?"),
        ("DTSTART:20260302T090000\nDURATION:-PT1H", "0302T09:00-10:00?"),
        ("DTSTART:20260302T090000\nDTEND:tomorrow", "0302T09:00-10:00?"),
        ("DTSTART:20260302T090000\nDTEND:", "0302T09:00-10:00?"),
        ("DTSTART:20260302T090000\nDURATION:PT", "0302T09:00-10:00?"),
        ("DTSTART:20260302T090000\nDURATION:P1Y", "0302T09:00-10:00?"),
        ("DTSTART:20260302T090000\nDTEND:x\nDURATION:PT2H", "0302T09:00-11:00?"),
        ("DTSTART:20260302T090000\nDTEND:20260230T100000", "0302T09:00-10:00?"),
        ("DTSTART:20260302T090000\nDTEND;VALUE=DATE:20260303", "0302T09:00-0304T00:00?"),
        ("DTSTART;VALUE=DATE:20260302\nDTEND:20260302T100000", "0302T00:00-10:00?"),
        ("DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260301", "0302T00:00-0303T00:00?"),
        ("DTSTART:20260302T990000\nDTEND:20260302T100000", "0302T00:00-10:00?"),
        ("DTSTART:20260302T09\nDURATION:PT1H", "0302T00:00-01:00?"),
        ("DTSTART:20260302Tnine", "0302T00:00-0303T00:00?"),
        ("DTEND:20260302T100000", "0302T09:00-10:00?"),
        ("DTEND:20260302T003000", "0301T23:30-0302T00:30?"),
        ("DTEND;VALUE=DATE:20260303", "0302T00:00-0303T00:00?"),
        ("DTSTART:x\nDTEND:20260302T100000", "0302T09:00-10:00?"),
        ("RECURRENCE-ID:20260302T090000\nDURATION:PT1H", "0302T09:00-10:00?"),
        (f"{AT_NINE}\nRECURRENCE-ID:x", "0302T09:00-10:00?"),
        (f"{AT_NINE}\nRRULE:FREQ=NEVER", "0302T09:00-10:00?"),
        (f"{AT_NINE}\nRRULE:", "0302T09:00-10:00?"),
        (f"{AT_NINE}\nRRULE:W1 MO #0", "0302T09:00-10:00?"),
        (f"{AT_NINE}\nRRULE:FREQ=YEARLY;RSCALE=CHINESE", "0302T09:00-10:00?"),
        (f"{AT_NINE}\nEXRULE:FREQ=DAILY", "0302T09:00-10:00?"),
        (f"{AT_NINE}\nEXDATE:x", "0302T09:00-10:00?"),
        (f"{AT_NINE}\nDTEND:20260302T120000", "0302T09:00-12:00?"),
        (f"{AT_NINE}\n{AT_NINE}", "0302T09:00-10:00"),
    ],
)
def test_event_that_cannot_be_read_in_full_takes_time(event: str, busy: str) -> None:
    assert ask(event) == [busy]


@pytest.mark.parametrize(
    ("rule", "least"),
    [
        ("FREQ=WEEKLY;UNTIL=never", 9),
        ("FREQ=WEEKLY;UNTIL=", 9),
        ("FREQ=WEEKLY;COUNT=x", 9),
        ("FREQ=WEEKLY;COUNT=0", 9),
        ("FREQ=WEEKLY;COUNT=-1", 9),
        ("FREQ=WEEKLY;INTERVAL=0", 9),
        ("FREQ=WEEKLY;BYDAY=XX", 9),
        ("FREQ=WEEKLY;BYDAY=MO,XX", 9),
        ("FREQ=WEEKLY;WKST=XX", 9),
        ("FREQ=WEEKLY;BYMONTH=3,4,13", 9),
        ("FREQ=WEEKLY;X-Y=Z", 9),
        ("FREQ=WEEKLY;FREQ=DAILY", 9),
        ("FREQ=WEEKLY;BYEASTER=1", 9),
        ("FREQ=MONTHLY;BYMONTHDAY=2,32", 2),
        ("FREQ=MONTHLY;BYSETPOS=0", 2),
    ],
)
def test_rule_of_which_a_part_cannot_be_read_still_repeats(rule: str, least: int) -> None:
    busy = ask(f"{AT_NINE}\nRRULE:{rule}")

    assert len(busy) >= least
    assert all(span.endswith("?") for span in busy)


@pytest.mark.parametrize(
    "line", ["EXDATE:20260302T99", "EXDATE:20260302T080000+", "EXDATE;VALUE=DATE:2026030"]
)
def test_half_a_date_leaves_no_day_out(line: str) -> None:
    assert ask(f"{AT_NINE}\nRRULE:FREQ=WEEKLY;COUNT=1\n{line}") == ["0302T09:00-10:00?"]


@pytest.mark.parametrize(
    ("other", "busy"),
    [
        ("RECURRENCE-ID:20260302T080000Z", ["0302T09:00-10:00?", "0302T09:00-11:00"]),
        ("RECURRENCE-ID:20260302T99\nSTATUS:CANCELLED", ["0302T09:00-11:00"]),
        ("RECURRENCE-ID:x\nSTATUS:CANCELLED", ["0302T09:00-11:00"]),
        ("RECURRENCE-ID:20260302T080000Z\nDTSTART:x\nDTEND:20260302T083000Z",
         ["0302T09:00-09:30?", "0302T09:00-11:00"]),
    ],
)  # fmt: skip
def test_occurrence_stays_taken_where_what_stands_for_it_is_broken(
    other: str, busy: list[str]
) -> None:
    series = "UID:s\nDTSTART:20260302T090000\nDURATION:PT2H\nRRULE:FREQ=DAILY;COUNT=1"

    assert ask(series, f"UID:s\n{other}") == busy


def test_two_starts_are_both_taken() -> None:
    assert ask(f"{AT_NINE}\nDTSTART:20260305T120000Z") == ["0302T09:00-10:00?", "0305T13:00-14:00?"]


@pytest.mark.parametrize(
    ("rule", "busy"),
    [
        ("FREQ=SECONDLY", ["0302T09:00-0501T02:00?"]),
        ("FREQ=MINUTELY;BYDAY=MO", ["0302T09:00-0501T02:00?"]),
        ("FREQ=HOURLY;UNTIL=20260303T080000Z", ["0302T09:00-10:00?", "0302T09:00-0303T10:00?"]),
        ("FREQ=HOURLY;COUNT=3", ["0302T09:00-10:00?", "0302T09:00-13:00?"]),
        ("FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(60))), ["0302T09:00-0501T02:00"]),
    ],
)
def test_what_repeats_all_the_time_takes_all_of_it(rule: str, busy: list[str]) -> None:
    told = ask(f"{AT_NINE}\nRRULE:{rule}")

    assert told[0].startswith("0302T09:00-")
    assert told[-1].rstrip("?") == busy[-1].rstrip("?")


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ("SUMMARY:Nobody knows", "Nobody knows"),
        ("SUMMARY:a\\, b\\nc\nDTSTART:soon", "a, b c"),
        ("UID:x@y\nDTSTART:20260230T090000Z\nDTEND:99999999", "x@y"),
        ("DTSTART:00000101T000000Z", ""),
        ("DTSTART", ""),
        ("SUMMARY:" + "x" * 5000, "x" * 200),
        ("SUMMARY:a\0b\x1bc\ud800", "abc"),
    ],
)
def test_event_without_any_time_is_named(event: str, name: str) -> None:
    data = write_calendar(event.encode("utf-8", "replace").decode(), AT_NINE)

    reading = read_file(data)

    assert [text.rstrip("?") for text in reading.unreadable] == [name]
    assert (tell(reading), reading.events) == ([NINE], 2)


def test_free_busy_time_that_cannot_be_read_is_named() -> None:
    data = (
        b"BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nSUMMARY:Anna\nFREEBUSY:x/PT1H,20260302T080000Z/PT1H,"
        b"20260303T080000Z/x,20260304T080000Z\nEND:VFREEBUSY\nEND:VCALENDAR\n"
    )

    reading = read_file(data)

    assert tell(reading) == ["0302T09:00-10:00?", "0303T09:00-10:00?", "0304T09:00-10:00?"]
    assert reading.unreadable == ["Anna"]


def test_free_event_without_any_time_is_not_named() -> None:
    reading = read_file(write_calendar("SUMMARY:x\nSTATUS:CANCELLED"))

    assert (reading.unreadable, reading.events) == ([], 1)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + SOUND,
        SOUND.replace(b"\r\n", b"\n"),
        SOUND.replace(b"\r\n", b"\r"),
        SOUND.replace(b"\r\n", b"\r\r\n"),
        SOUND.replace(b"\r\n", b"\r\n\r\n"),
        SOUND.replace(b"\r\n", b"\n\r\n"),
        SOUND.decode().encode("utf-16"),
        SOUND.lower().replace(b"europe/warsaw", b"Europe/Warsaw"),
        SOUND.replace(b"BEGIN:VEVENT", b"Begin:vEvent"),
        SOUND.replace(b"VEVENT", b"VEVENT "),
        SOUND.replace(b"\nBEGIN:VEVENT", b"\n  BEGIN:VEVENT").replace(b"\nDT", b"\n  DT"),
        SOUND.replace(b"2026", b"\r\n 2026"),
        SOUND.replace(b"2026", b"\r\n\t2026"),
        SOUND.replace("ó".encode(), b"\xc3\r\n \xb3"),
        SOUND + b"</html>\r\n\0\0\0",
        b"\r\n\r\n" + SOUND,
        b"Content-Type: text/calendar\r\n\r\n" + SOUND,
        SOUND.replace(b"SUMMARY", b'X-JUNK;="::\r\nSUMMARY'),
        SOUND.replace(b"END:VEVENT", b"BEGIN:VALARM\r\nDURATION:PT5M\r\nEND:VALARM\r\nEND:VEVENT"),
        SOUND.replace(
            b"END:VEVENT", b"BEGIN:VALARM\r\nDTSTART:19700101\r\nEND:VALARM\r\nEND:VEVENT"
        ),
        SOUND.replace(
            b"BEGIN:VEVENT", b"BEGIN:VTODO\r\nDTSTART:20260304\r\nEND:VTODO\r\nBEGIN:VEVENT", 1
        ),
    ],
)
def test_file_that_is_written_oddly_is_read_as_if_it_were_not(data: bytes) -> None:
    assert tell(read_file(data)) == BOTH


@pytest.mark.parametrize(
    "data",
    [
        SOUND.replace(b"END:VEVENT\r\n", b"").replace(b"END:VCALENDAR\r\n", b""),  # Office 365.
        SOUND.replace(b"BEGIN:VEVENT\r\n", b""),
        SOUND.replace(b"BEGIN:VCALENDAR\r\n", b""),
        SOUND.replace(b"END:VCALENDAR\r\n", b""),
        SOUND.replace(b"END:VEVENT", b"BEGIN:VALARM\r\nDURATION:PT5M\r\nEND:VEVENT"),
        SOUND.replace(b"END:VEVENT", b"END:VALARM\r\nEND:VEVENT"),
        SOUND.replace(b"END:VEVENT", b"END:EVENT", 1),
        SOUND[: SOUND.rindex(b"END:VEVENT")],
        SOUND.replace(b"END:VEVENT\r\nBEGIN:VEVENT", b"BEGIN:VEVENT"),
    ],
)
def test_time_is_taken_where_marks_are_missing(data: bytes) -> None:
    """Office 365 left out every END for a while (nextcloud/calendar 5620)."""
    assert [span.rstrip("?") for span in tell(read_file(data))] == BOTH


def test_name_in_latin_1_is_read_beside_one_in_utf_8() -> None:
    data = write_calendar(f"SUMMARY:Łódź\n{AT_NINE}", f"SUMMARY:caf@\n{AT_NINE}")

    reading = read_file(data.replace(b"caf@", b"caf\xe9"))

    assert sorted(busy.name for busy in reading.busy) == ["café", "Łódź"]


def test_letter_that_is_folded_in_two_is_whole_again() -> None:
    data = SOUND.replace("ź".encode(), b"\xc5\r\n \xba")

    assert read_file(data).busy[0].name == "Łódź"
