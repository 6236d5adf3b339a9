"""Calendar files spoilt in the ways in which files are spoilt."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

from tests.adapters.calendar_files.vendors import VENDORS
from tests.adapters.calendar_files.writing import make_file

VALUES = [
    b"", b" ", b"0", b"-1", b"99999999999999999999999", b"9" * 5_000, b"-" * 300, b"20260230",
    b"00000000", b"99991231", b"00010101T000000Z", b"99991231T235959Z", b"20260302T250000",
    b"20260302T240000", b"20260302T0900", b"2026-03-02T09:00:00+01:00", b"20260302T090060Z", b"\0",
    b"16010101T000000", b"20260302T090000Z/PT1H", b"20260302T090000Z/20260302T080000Z", b"PT",
    b"P", b"-PT1H", b"P99999999D", b"PT999999999H", b"P1Y", b"P1W", b"TRUE", b"\xed\xa0\x80",
    b"\xff\xfe", b"20260302,20260303,x", b"FREQ=SECONDLY", b"FREQ=DAILY;COUNT=1000000000",
    b"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", b"FREQ=DAILY;INTERVAL=0", b"FREQ=NEVER", b"FREQ=",
    b"FREQ=WEEKLY;BYDAY=XX", b"FREQ=MONTHLY;BYDAY=-9MO,6TU", b"FREQ=DAILY;UNTIL=x", b";;;=;",
    b"FREQ=DAILY;BYSETPOS=-1;BYHOUR=1,2,3,99", b"FREQ=YEARLY;BYWEEKNO=53,-53;WKST=SU",
    b"FREQ=YEARLY;BYYEARDAY=366,-366", b"FREQ=DAILY;BYHOUR=0,1;BYMINUTE=" + b"1," * 300,
    b"FREQ=YEARLY;INTERVAL=999999999", b"RSCALE=CHINESE;FREQ=YEARLY", b"CANCELLED", b"FREE", b'"',
    b"Europe", b"../UTC", b"/etc/passwd", b"Europe/Warsaw", b"(no TZ description)", b"+9999",
]  # fmt: skip
NAMES = [
    b"DTSTART", b"DTEND", b"DURATION", b"RRULE", b"RDATE", b"EXDATE", b"RECURRENCE-ID", b"EXRULE",
    b"STATUS", b"TRANSP", b"UID", b"TZOFFSETTO", b"TZOFFSETFROM", b"TZID", b"FREEBUSY", b"SUMMARY",
    b"DTSTART;VALUE=DATE", b"DTSTART;TZID=x", b'DTEND;TZID="', b"RECURRENCE-ID;RANGE=THISANDFUTURE",
    b"RDATE;VALUE=PERIOD", b"END", b"BEGIN", b"begin", b"Dtstart",
]  # fmt: skip
COMPONENTS = [
    b"VCALENDAR", b"VEVENT", b"VTIMEZONE", b"VALARM", b"STANDARD", b"VFREEBUSY", b"VTODO", b"X",
]  # fmt: skip
BYTES = [
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\r", b"\n", b"\r\r\n", b"\n ", b"\n\t",
    b'"', b":", b";", b",", b"\xe2\x80\xa8", b"\x85", b"\\", b"9" * 400, b"\xf4\x8f\xbf\xbf",
    b"T", b"Z",
]  # fmt: skip
_SOUND_FILES = 12
Lines = list[bytes]


def drop(rng: Random, lines: Lines) -> None:
    del lines[rng.randrange(len(lines))]


def double(rng: Random, lines: Lines) -> None:
    at = rng.randrange(len(lines))
    lines[at:at] = [lines[at]] * rng.choice([1, 1, 50])


def move(rng: Random, lines: Lines) -> None:
    lines.insert(rng.randrange(len(lines) + 1), lines.pop(rng.randrange(len(lines))))


def give_value(rng: Random, lines: Lines) -> None:
    """Another value, from the list above."""
    at = rng.randrange(len(lines))
    lines[at] = lines[at].partition(b":")[0] + b":" + rng.choice(VALUES)


def swap_values(rng: Random, lines: Lines) -> None:
    """The value of another line, mostly of one of the same name."""
    at = rng.randrange(len(lines))
    name, _, _ = lines[at].partition(b":")
    others = [line for line in lines if line.startswith(name)] if rng.random() < 0.7 else lines
    lines[at] = name + b":" + rng.choice(others).partition(b":")[2]


def add_line(rng: Random, lines: Lines) -> None:
    at = rng.randrange(len(lines) + 1)
    lines.insert(at, rng.choice(NAMES) + b":" + rng.choice(VALUES))


def add_mark(rng: Random, lines: Lines) -> None:
    mark = rng.choice([b"BEGIN:", b"END:"]) + rng.choice(COMPONENTS)
    lines.insert(rng.randrange(len(lines) + 1), mark)


def rename(rng: Random, lines: Lines) -> None:
    at = rng.randrange(len(lines))
    lines[at] = rng.choice(NAMES) + b":" + lines[at].partition(b":")[2]


def change_case(rng: Random, lines: Lines) -> None:
    at = rng.randrange(len(lines))
    lines[at] = lines[at].swapcase()


def spoil_bytes(rng: Random, lines: Lines) -> None:
    """Flip, delete, repeat or insert a few bytes of a line."""
    at = rng.randrange(len(lines))
    line = bytearray(lines[at])
    for _ in range(rng.choice([1, 1, 3])):
        place = rng.randrange(len(line) + 1)
        way = rng.randrange(4)
        if way == 0 and place < len(line):
            line[place] ^= 1 << rng.randrange(8)
        elif way == 1:
            del line[place : place + rng.choice([1, 2, 20])]
        elif way == 2:
            line[place:place] = line[place : place + rng.choice([1, 4, 40])] * rng.choice([1, 20])
        else:
            line[place:place] = rng.choice(BYTES)
    lines[at] = bytes(line)


WAYS: list[Callable[[Random, Lines], None]] = [
    drop, drop, double, move, give_value, give_value, give_value, swap_values, add_line, add_line,
    add_mark, rename, change_case, spoil_bytes, spoil_bytes,
]  # fmt: skip


@cache
def _make_sound_file(vendor: str, seed: int) -> bytes:
    """Making a file takes longer than spoiling it."""
    return make_file(vendor, seed).data


def spoil_file(seed: int) -> bytes:
    """A file, spoilt in one way or a few; always the same one for the same seed."""
    rng = Random(f"spoilt {seed}")
    data = _make_sound_file(rng.choice(list(VENDORS)), rng.randrange(_SOUND_FILES))
    lines = data.split(b"\n") if rng.random() < 0.5 else data.split(b"\r\n")
    for _ in range(rng.choice([1, 1, 2, 5, 40])):
        rng.choice(WAYS)(rng, lines)
        lines = lines or [b""]
    data = rng.choice([b"\r\n", b"\r\n", b"\n", b"\r"]).join(lines)
    if rng.random() < 0.1:
        data = data[: rng.randrange(len(data) + 1)]
    if rng.random() < 0.03:
        data = data.decode("utf-8", "replace").encode(rng.choice(["utf-16", "latin-1"]), "replace")
    return data
