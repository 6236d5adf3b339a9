"""No calendar file keeps anybody waiting, however large it is, and whatever it repeats.

The limit is two seconds on an idle machine; the times are printed (`pytest -rP`). The tests allow
more, and of the processor only, since a machine that does other work is no fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from time import perf_counter, thread_time

import pytest

from miedza.adapters.calendars import reading as reading_module
from miedza.core.calendars import Reading, UnreadableCalendar
from tests.adapters.calendar_files.asking import (
    AT_NINE,
    SINCE,
    UNTIL,
    WARSAW,
    read_file,
    write_calendar,
)

LIMIT_SECONDS = 2
FAR_TOO_LONG_SECONDS = 10
YEARS_AGO = datetime(2010, 1, 4, 9)  # noqa: DTZ001 - on the clock of a zone.


@pytest.fixture
def endless_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what is read, not of how fast: the machine may be busy."""
    monkeypatch.setattr(reading_module, "_MOST_SECONDS", 60)


def _measure(data: bytes) -> Reading | str:
    """What is read, or why it is refused; in time."""
    start, worked = perf_counter(), thread_time()
    answer: Reading | str
    try:
        answer = read_file(data)
    except UnreadableCalendar as refused:
        answer = refused.code
    took, worked = perf_counter() - start, thread_time() - worked
    told = answer if isinstance(answer, str) else f"{answer.events} events, {len(answer.busy)} busy"
    print(f"{len(data) / 1e6:.1f} MB in {took:.2f} s of {LIMIT_SECONDS}: {told}")
    assert worked < FAR_TOO_LONG_SECONDS
    return answer


def _write_events(count: int, *, hours: int, more: str = "") -> bytes:
    """So many events of an hour, so many hours apart."""
    return write_calendar(*_describe(count, hours, more))


def _describe(count: int, hours: int, more: str) -> Iterable[str]:
    for number in range(count):
        begin = YEARS_AGO + timedelta(hours=number * hours)
        end = begin + timedelta(hours=1)
        yield (
            f"UID:{number}@calendar.example\nDTSTAMP:20260101T000000Z\nSEQUENCE:0\n"
            f"DTSTART;TZID={WARSAW}:{begin:%Y%m%dT%H%M%S}\nDTEND;TZID={WARSAW}:"
            f"{end:%Y%m%dT%H%M%S}{more}"
        )


def _write_series(count: int, rule: str) -> bytes:
    """So many series that begin on the same day."""
    return _write_events(count, hours=0, more=f"\nRRULE:{rule}")


def test_hundred_thousand_events_are_read_or_refused() -> None:
    answer = _measure(_write_events(100_000, hours=3))

    if not isinstance(answer, str):
        assert (answer.events, len(answer.busy)) == (100_000, 488)
    else:
        assert answer == "too_slow"


@pytest.mark.usefixtures("endless_time")
def test_years_of_a_full_calendar_are_read() -> None:
    data = _write_events(20_000, hours=7, more="\nDESCRIPTION:" + "x" * 300)

    answer = _measure(data)

    assert isinstance(answer, Reading)
    assert (answer.events, answer.unreadable) == (20_000, [])


@pytest.mark.usefixtures("endless_time")
def test_twenty_megabytes_are_read() -> None:
    data = write_calendar(f"{AT_NINE}\nDESCRIPTION:{'x' * 19_999_000}")

    answer = _measure(data)

    assert isinstance(answer, Reading)
    assert (answer.events, len(answer.busy)) == (1, 1)


def test_more_than_twenty_megabytes_are_refused() -> None:
    assert _measure(b"BEGIN:VCALENDAR\r\n" + b"x" * 20_000_000) == "too_large"


@pytest.mark.usefixtures("endless_time")
def test_more_busy_times_than_anybody_has_are_refused() -> None:
    assert _measure(_write_series(400, "FREQ=DAILY")) == "too_large"


@pytest.mark.parametrize(
    ("rule", "busy"),
    [
        ("FREQ=SECONDLY", 1),
        ("FREQ=SECONDLY;INTERVAL=7;BYDAY=MO;BYSETPOS=-1", 1),
        ("FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", 1),
        ("FREQ=HOURLY", 1),
        ("FREQ=DAILY", 61),
        ("FREQ=DAILY;COUNT=999999999", 61),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 0),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", 0),
        ("FREQ=DAILY;BYSETPOS=2", 0),
        ("FREQ=MONTHLY;BYDAY=6MO", 0),
        ("FREQ=WEEKLY;INTERVAL=999999999", 0),
        ("FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11;BYMINUTE=0,10,20,30,40,50", 1),
    ],
)
@pytest.mark.parametrize("year", [1, 1604, 1970, 2010])
@pytest.mark.usefixtures("endless_time")
def test_endless_series_is_told_at_once(rule: str, busy: int, year: int) -> None:
    data = _write_series(1, rule).replace(b":2010", b":%04d" % year)

    answer = _measure(data)

    assert isinstance(answer, Reading)
    assert len(answer.busy) == busy


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY", "FREQ=DAILY;COUNT=999999999", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"]
)
def test_thousands_of_endless_series_are_read_or_refused(rule: str) -> None:
    answer = _measure(_write_series(5_000, rule).replace(b":2010", b":1970"))

    assert answer in ("too_large", "too_slow") or isinstance(answer, Reading)


@pytest.mark.usefixtures("endless_time")
def test_five_hundred_series_of_a_working_life_are_read() -> None:
    answer = _measure(_write_series(500, "FREQ=WEEKLY;BYDAY=MO"))

    assert isinstance(answer, Reading)
    assert len(answer.busy) == 500 * 9


SLOW: dict[str, Callable[[], bytes]] = {
    "events": lambda: b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 700_000,
    "ends": lambda: b"BEGIN:VCALENDAR\n" + b"END:X\n" * 3_000_000,
    "beginnings": lambda: b"BEGIN:VCALENDAR\n" + b"BEGIN:A\n" * 2_000_000,
    "empty lines": lambda: b"BEGIN:VCALENDAR" + b"\n" * 19_000_000,
    "folds": lambda: b"BEGIN:VCALENDAR" + b"\n " * 9_000_000,
    "indents": lambda: b"BEGIN:VCALENDAR" + b"\n  begin:VEVENT" * 1_000_000,
    "dates": lambda: write_calendar(f"{AT_NINE}\nRDATE:" + "20260302T080000Z," * 1_000_000),
    "lines": lambda: write_calendar(AT_NINE + "\nEXDATE:20260302T080000Z" * 600_000),
    "quotes": lambda: write_calendar("DTSTART;X=" + '"a"b' * 4_000_000 + ":20260302T080000Z"),
    "parameters": lambda: write_calendar("DTSTART" + ";X" * 9_000_000 + ":20260302T080000Z"),
    "rule": lambda: write_calendar(f"{AT_NINE}\nRRULE:FREQ=DAILY;BYDAY=" + "MO," * 6_000_000),
    "name": lambda: write_calendar(f"{AT_NINE}\nSUMMARY:" + "\\n" * 9_000_000),
    "zones": lambda: write_calendar(
        *(f"DTSTART;TZID=A/b{number}:20260302T080000" for number in range(100_000))
    ),
    "changes of clocks": lambda: write_calendar(
        "DTSTART;TZID=x:20260302T080000",
        more="BEGIN:VTIMEZONE\nTZID:x\n"
        + "BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
        "RRULE:FREQ=MONTHLY\nEND:STANDARD\n" * 150_000 + "END:VTIMEZONE\n",
    ),
}
"""Made when they are needed: together they are large."""


@pytest.mark.parametrize("name", SLOW)
def test_file_made_to_be_slow_is_read_or_refused(name: str) -> None:
    _measure(SLOW[name]())


@pytest.mark.usefixtures("endless_time")
def test_series_that_occurs_thousands_of_times_is_one_long_time() -> None:
    hours = ",".join(map(str, range(24)))
    often = f"{AT_NINE}\nRRULE:FREQ=DAILY;BYHOUR={hours};BYMINUTE=0,30"

    (busy,) = read_file(write_calendar(often), until=UNTIL + 100 * 86_400).busy

    assert (busy.start, busy.end, busy.is_doubtful) == (SINCE, UNTIL + 100 * 86_400, True)


@pytest.mark.usefixtures("endless_time")
def test_event_that_lists_more_dates_than_anybody_has_is_refused() -> None:
    assert (
        _measure(write_calendar(f"{AT_NINE}\nRDATE:" + "20260302T080000Z," * 21_000)) == "too_large"
    )


@pytest.mark.usefixtures("endless_time")
def test_zone_that_changes_its_clocks_all_the_time_is_doubted() -> None:
    part = "BEGIN:STANDARD\nDTSTART:{}0101\nTZOFFSETFROM:+0000\nTZOFFSETTO:+{:04}\n{}END:STANDARD\n"
    offsets = [100 * (number // 60) + number % 60 for number in range(300)]
    many = "".join(part.format(1700 + at, offset, "") for at, offset in enumerate(offsets))
    dates = ((YEARS_AGO + timedelta(days=number)).strftime("%Y%m%d") for number in range(11_000))
    often = part.format(2000, 100, f"RDATE:{','.join(dates)}\n")
    for told in (many, often):
        more = f"BEGIN:VTIMEZONE\nTZID:x\n{told}END:VTIMEZONE\n"
        times = "DTSTART;TZID=x:20260302T090000\nDTEND;TZID=x:20260302T100000"

        (busy,) = read_file(write_calendar(times, more=more)).busy

        assert busy.is_doubtful


def test_file_is_refused_when_its_time_is_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "_MOST_SECONDS", 0.001)

    with pytest.raises(UnreadableCalendar, match="too_slow"):
        read_file(_write_series(500, "FREQ=DAILY"))
