"""Series in calendar files: rules, dates added and left out, occurrences moved and cancelled."""

from __future__ import annotations

import pytest

from tests.adapters.calendar_files.asking import AT_NINE, ask, read_file, tell, write_calendar

WEEKLY = f"UID:s\n{AT_NINE}\nRRULE:FREQ=WEEKLY"
FIRST = ["0302T09:00-10:00", "0309T09:00-10:00", "0316T09:00-10:00"]


def _name_nine(date: str) -> str:
    return f";TZID=Europe/Warsaw:{date}T090000"


@pytest.mark.parametrize(
    ("rule", "busy"),
    [
        ("FREQ=WEEKLY;COUNT=3", FIRST),
        ("COUNT=3;FREQ=WEEKLY", FIRST),
        ("freq=weekly;count=3;", FIRST),
        ("FREQ=WEEKLY; COUNT=3", FIRST),
        ("FREQ=WEEKLY;COUNT=2;BYDAY=MO,WE", ["0302T09:00-10:00", "0304T09:00-10:00"]),
        ("FREQ=DAILY;COUNT=2", ["0302T09:00-10:00", "0303T09:00-10:00"]),
        ("FREQ=DAILY;INTERVAL=30", ["0302T09:00-10:00", "0401T09:00-10:00"]),
        ("FREQ=MONTHLY;BYDAY=1MO", ["0302T09:00-10:00", "0406T09:00-10:00"]),
        ("FREQ=MONTHLY;BYDAY=-1TU", ["0302T09:00-10:00", "0331T09:00-10:00", "0428T09:00-10:00"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
         ["0302T09:00-10:00", "0331T09:00-10:00", "0430T09:00-10:00"]),
        ("FREQ=YEARLY;BYWEEKNO=14;BYDAY=MO", ["0302T09:00-10:00", "0330T09:00-10:00"]),
        ("FREQ=YEARLY;BYYEARDAY=100", ["0302T09:00-10:00", "0410T09:00-10:00"]),
        ("FREQ=YEARLY", ["0302T09:00-10:00"]),
        ("FREQ=DAILY;COUNT=1;BYHOUR=9,15", ["0302T09:00-10:00"]),
        ("FREQ=DAILY;COUNT=2;BYHOUR=9,15", ["0302T09:00-10:00", "0302T15:00-16:00"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", ["0302T09:00-10:00"]),
    ],
)  # fmt: skip
def test_rule_names_its_occurrences(rule: str, busy: list[str]) -> None:
    assert ask(f"{AT_NINE}\nRRULE:{rule}") == busy


@pytest.mark.parametrize(
    "until",
    [
        "20260316T080000Z",  # To the letter.
        "20260316T225959Z",  # The end of the day.
        "20260316T090000",  # Apple: a time without a zone where the start has one (ics-py 388).
        "20260316",  # Google: a date (icalevents 71).
        "20260316T235959",
        "20260322T230000Z",
        " 20260316",
    ],
)
def test_last_occurrence_is_kept_however_the_end_is_written(until: str) -> None:
    """With the library alone, the day of a date is lost, and looks free."""
    assert ask(f"{WEEKLY};UNTIL={until}") == FIRST


@pytest.mark.parametrize("until", ["20260309T080000Z", "20260315", "20260316T075959Z"])
def test_occurrence_after_the_end_is_none(until: str) -> None:
    assert ask(f"{WEEKLY};UNTIL={until}") == FIRST[:2]


@pytest.mark.parametrize(
    "until",
    [
        "20260304",
        "20260304T000000",
        "20260304T000000Z",
        "20260303T230000Z",  # The midnight of Warsaw (Etar 779, OutlookGoogleCalendarSync 1360).
        "20260304T050000Z",  # That of New York.
        "20260303T150000Z",  # That of Tokyo.
        "20260304T235959Z",
    ],
)
def test_last_whole_day_is_kept_however_the_end_is_written(until: str) -> None:
    days = f"DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;UNTIL={until}"

    assert ask(days) == [
        "0302T00:00-0303T00:00", "0303T00:00-0304T00:00", "0304T00:00-0305T00:00",
    ]  # fmt: skip


def test_series_in_utc_that_ends_on_a_date_lasts_to_the_end_of_it_everywhere() -> None:
    evening = "DTSTART:20260302T020000Z\nDURATION:PT30M\nRRULE:FREQ=DAILY;UNTIL=20260303"

    assert ask(evening, zone="America/New_York") == [
        "0301T21:00-21:30", "0302T21:00-21:30", "0303T21:00-21:30",
    ]  # fmt: skip


def test_series_follows_the_clock_of_its_zone() -> None:
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20260407T000000Z"
    new_york = "DTSTART;TZID=America/New_York:20260302T090000\nDURATION:PT1H"

    assert ask(f"{new_york}\n{rule}") == [
        "0302T15:00-16:00", "0309T14:00-15:00", "0316T14:00-15:00", "0323T14:00-15:00",
        "0330T15:00-16:00", "0406T15:00-16:00",
    ]  # fmt: skip


def test_occurrence_that_the_clocks_skip_is_an_hour_later() -> None:
    night = "DTSTART;TZID=Europe/Warsaw:20260328T023000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3"

    assert ask(night) == ["0328T02:30-03:30", "0329T03:30-04:30", "0330T02:30-03:30"]


@pytest.mark.parametrize(
    "line",
    [
        "EXDATE" + _name_nine("20260309"),
        "EXDATE:20260309T080000Z",
        "EXDATE:20260309T090000",
        "EXDATE;VALUE=DATE:20260309",
        "EXDATE:20260309",
        "EXDATE:20260105T080000Z,20260309T080000Z",
        "EXDATE:20260105T080000Z\nEXDATE:20260309T080000Z",
        "EXDATE;TZID=America/New_York:20260309T040000",
    ],
)
def test_occurrence_that_is_left_out_takes_no_time(line: str) -> None:
    assert ask(f"{WEEKLY};COUNT=3\n{line}") == [FIRST[0], FIRST[2]]


@pytest.mark.parametrize("line", ["EXDATE:20260309T090000Z", "EXDATE:20260310", "EXDATE:x"])
def test_what_is_no_occurrence_leaves_none_out(line: str) -> None:
    assert [span.rstrip("?") for span in ask(f"{WEEKLY};COUNT=3\n{line}")] == FIRST


@pytest.mark.parametrize(
    ("line", "busy"),
    [
        ("RDATE" + _name_nine("20260305"), [*FIRST[:1], "0305T09:00-10:00"]),
        ("RDATE:20260305T080000Z,20260306T080000Z",
         [*FIRST[:1], "0305T09:00-10:00", "0306T09:00-10:00"]),
        ("RDATE;VALUE=PERIOD:20260305T080000Z/PT2H", [*FIRST[:1], "0305T09:00-11:00"]),
        ("RDATE;VALUE=PERIOD:20260305T080000Z/20260305T083000Z", [*FIRST[:1], "0305T09:00-09:30"]),
        ("RDATE;VALUE=PERIOD:20260305T080000Z/x", ["0302T09:00-10:00?", "0305T09:00-10:00?"]),
        ("RDATE:20260302T080000Z", FIRST[:1]),
        ("RRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=2",
         ["0302T09:00-10:00", "0303T09:00-10:00", "0309T09:00-10:00"]),
    ],
)  # fmt: skip
def test_dates_are_added(line: str, busy: list[str]) -> None:
    assert ask(f"{AT_NINE}\n{line}") == busy


@pytest.mark.parametrize(
    "named",
    [
        _name_nine("20260309"), ":20260309T080000Z", ":20260309T090000", ";VALUE=DATE:20260309",
        ";TZID=America/New_York:20260309T040000", ':20260309T080000Z\nX-Y;Z="a":b',
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("change", "busy"),
    [
        ("DTSTART:20260310T100000Z\nDTEND:20260310T103000Z", ["0310T11:00-11:30"]),
        ("DTSTART:20270310T100000Z\nDTEND:20270310T103000Z", []),
        (f"{AT_NINE}\nSTATUS:CANCELLED", []),
        (f"{AT_NINE}\nTRANSP:TRANSPARENT", []),
        ("STATUS:CANCELLED", []),
    ],
)
def test_occurrence_that_another_event_stands_for_is_left_to_it(
    named: str, change: str, busy: list[str]
) -> None:
    other = f"UID:s\nRECURRENCE-ID{named}\n{change}"

    expected = sorted([FIRST[0], *busy, FIRST[2]])
    assert ask(f"{WEEKLY};COUNT=3", other) == ask(other, f"{WEEKLY};COUNT=3") == expected


def test_whole_day_of_a_series_is_moved_however_it_is_named() -> None:
    days = "UID:s\nDTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;COUNT=2"
    for named in (";VALUE=DATE:20260303", ":20260302T230000Z", ";TZID=Asia/Tokyo:20260303T000000"):
        assert ask(days, f"UID:s\nRECURRENCE-ID{named}\nSTATUS:CANCELLED") == [
            "0302T00:00-0303T00:00"
        ]


def test_event_of_another_uid_changes_nothing() -> None:
    other = "UID:t\nRECURRENCE-ID:20260309T080000Z\nSTATUS:CANCELLED"

    assert ask(f"{WEEKLY};COUNT=3", other) == FIRST
    assert ask(f"{WEEKLY};COUNT=3".replace("UID:s\n", ""), other[6:]) == FIRST


def test_change_from_an_occurrence_on_moves_the_rest() -> None:
    other = "UID:s\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260309T080000Z\n"

    later = ask(f"{WEEKLY};COUNT=3", other + "DTSTART:20260310T100000Z\nDURATION:PT30M")
    gone = ask(f"{WEEKLY};COUNT=3", other + "STATUS:CANCELLED")

    assert later == [FIRST[0], "0310T11:00-11:30", "0317T11:00-11:30"]
    assert gone == FIRST[:1]


def test_change_from_an_occurrence_on_may_move_the_rest_far() -> None:
    """What is named long before the span comes into it, and what is named in it goes out."""
    series = "UID:s\nDTSTART:20251201T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=10"
    other = "UID:s\nRECURRENCE-ID;RANGE=THISANDFUTURE:20251211T080000Z\n"

    later = ask(series, f"{other}DTSTART:20260311T080000Z\nDURATION:PT1H")
    earlier = ask(series, f"{other}DTSTART:20240311T080000Z\nDURATION:PT1H")

    assert [span[:4] for span in later] == ["0311", "0321", "0331", "0410", "0420", "0430"]
    assert [span[:4] for span in earlier] == [
        "0301",
        "0311",
        "0321",
        "0331",
        "0410",
        "0420",
        "0430",
    ]


def test_occurrence_without_its_series_stands_alone() -> None:
    lone = f"UID:s\nRECURRENCE-ID:20260101T080000Z\n{AT_NINE}"

    assert ask(lone) == FIRST[:1]


def test_same_series_in_two_calendars_of_a_file_is_told_twice() -> None:
    data = write_calendar(f"{WEEKLY};COUNT=3")

    reading = read_file(data + data)

    assert tell(reading) == sorted(FIRST * 2)
    assert reading.events == 2


def test_series_that_began_long_ago_is_found() -> None:
    """Birthdays are written from 1604 on, where the year is not known (Apple)."""
    birthday = "DTSTART;VALUE=DATE:16040315\nRRULE:FREQ=YEARLY"

    assert ask(birthday) == ["0315T00:00-0316T00:00"]


def test_long_occurrence_that_began_before_the_span_is_found() -> None:
    leave = "DTSTART;VALUE=DATE:20250901\nDTEND;VALUE=DATE:20260310\nRRULE:FREQ=YEARLY;COUNT=5"

    assert ask(leave) == ["0901T00:00-0310T00:00"]
