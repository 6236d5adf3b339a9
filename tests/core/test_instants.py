"""Instants and dates: every form that is accepted, every form that is refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miedza.core.instants import format_instant, minutes_up, parse_date, parse_instant

_WRONG = "must be an instant like 2026-03-02T09:00:00+01:00, to the whole second"
_WRONG_DATE = "must be a date like 2026-03-02"
_YEARS = "must lie in the years 1900 to 2999"
EIGHT = 1772438400  # 2026-03-02T08:00:00Z
FIRST, LAST = -2_208_988_800, 32_503_679_999


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2026-03-02T09:00:00+01:00", EIGHT),
        ("2026-03-02T08:00:00Z", EIGHT),
        ("2026-03-02t08:00:00z", EIGHT),
        ("2026-03-02T08:00:00z", EIGHT),
        ("2026-03-02t09:00:00+01:00", EIGHT),
        ("2026-03-02T08:00:00+00:00", EIGHT),
        ("2026-03-02T08:00:00-00:00", EIGHT),
        ("2026-03-02T02:30:00-05:30", EIGHT),
        ("2026-03-03T07:59:00+23:59", EIGHT),
        ("2026-03-01T08:01:00-23:59", EIGHT),
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59Z", -1),
        ("2024-02-29T00:00:00Z", 1709164800),
        ("1900-01-01T00:00:00Z", FIRST),
        ("1900-01-01T01:00:00+01:00", FIRST),
        ("1899-12-31T23:00:00-01:00", FIRST),
        ("2999-12-31T23:59:59Z", LAST),
        ("3000-01-01T00:59:59+01:00", LAST),
    ],
)
def test_instant_is_accepted(text: str, seconds: int) -> None:
    assert parse_instant(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02 08:00:00Z", "2026-03-02_08:00:00Z", "2026-03-0208:00:00Z",
        "2026-03-02T08:00:00", "2026-03-02T08:00:00 Z", "2026-03-02T08:00:00+01",
        "2026-03-02T08:00:00+0100", "2026-03-02T08:00:00+1:00", "2026-03-02T08:00:00+01:0",
        "2026-03-02T08:00:00+24:00", "2026-03-02T08:00:00+01:60", "2026-03-02T08:00:00+01:00:00",
        "2026-03-02T08:00:00\u221201:00", "2026-03-02T08:00:00+\u0660\u0661:00",
        "2026-03-02T08:00:00UTC", "2026-03-02T08:00:00ZZ", "2026-03-02T08:00:00Z\n",
        "2026-03-02T08:00:00.0Z", "2026-03-02T08:00:00.5+01:00", "2026-03-02T08:00:00,5Z",
        "2026-03-02T08:00:60Z", "2026-06-30T23:59:60Z", "2026-03-02T24:00:00Z",
        "2026-03-02T25:00:00Z", "2026-03-02T08:60:00Z", "2026-02-29T08:00:00Z",
        "2026-13-02T08:00:00Z", "2026-00-02T08:00:00Z", "2026-03-00T08:00:00Z",
        "2026-03-32T08:00:00Z", "26-03-02T08:00:00Z", "02026-03-02T08:00:00Z",
        "0000-03-02T08:00:00Z", "2026-3-2T08:00:00Z", "20260302T080000Z", "2026-W10-1T08:00:00Z",
        "2026-W10T08:00:00Z", "2026-061T08:00:00Z", "2026-03-02T08:00Z", "2026-03-02T08Z",
        "2026-03-02T8:00:00Z", "2026-03-02T-8:00:00Z", "2026-03-02T+8:00:00Z", "2026-03-02",
        " 2026-03-02T08:00:00Z", "\u0662026-03-02T08:00:00Z", "2026-03-\ud800\ud800T08:00:00Z",
        "2026-03-02T08:00:00\0", "", "now", "T", "Z", "1772438400",
        None, True, EIGHT, 1772438400.0, b"2026-03-02T08:00:00Z", ["2026-03-02T08:00:00Z"], {},
    ],
    ids=ascii,
)  # fmt: skip
def test_instant_is_refused(text: Any) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(_WRONG)}$"):
        parse_instant(text)


@pytest.mark.parametrize(
    "text",
    [
        "1899-12-31T23:59:59Z", "1900-01-01T00:59:59+01:00", "0001-01-01T00:00:00Z",
        "3000-01-01T00:00:00Z", "2999-12-31T23:59:59-00:01", "9999-12-31T23:59:59-23:59",
    ],
)  # fmt: skip
def test_instant_outside_the_years_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(_YEARS)}$"):
        parse_instant(text)


@settings(deadline=None)
@given(st.integers(FIRST, LAST))
def test_written_instant_is_read_as_the_same(seconds: int) -> None:
    assert parse_instant(format_instant(seconds)) == seconds


@settings(deadline=None)
@given(st.integers(FIRST + 86_400, LAST - 86_400), st.integers(-1439, 1439))
def test_offset_does_not_change_an_instant(seconds: int, minutes: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)

    told = moment.astimezone(timezone(timedelta(minutes=minutes))).isoformat()

    assert parse_instant(told) == seconds


@settings(deadline=None)
@given(st.text() | st.from_regex(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d([Zz]|[+-]\d\d:\d\d)?"))
def test_any_text_is_an_instant_or_refused(text: str) -> None:
    told: int | str
    try:
        told = parse_instant(text)
    except ValueError as refusal:
        told = str(refusal)

    assert told in (_WRONG, _YEARS) or datetime.fromisoformat(text.upper()).timestamp() == told


@pytest.mark.parametrize("text", ["1900-01-01", "2026-03-02", "2024-02-29", "2999-12-31"])
def test_date_is_accepted(text: str) -> None:
    assert parse_date(text) == date(*map(int, text.split("-")))


@pytest.mark.parametrize(
    "text",
    [
        "2026-3-2", "20260302", "2026-W10-1", "2026-W1-01", "2026-02-29", "2026-13-01",
        "02-03-2026",
        "2026-03-02T00:00:00Z", "2026-03-02 ", "2026/03/02", "\u0662026-03-02", "", None, True,
        20260302, 1.0, ["2026-03-02"], {},
    ],
    ids=ascii,
)  # fmt: skip
def test_date_is_refused(text: Any) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(_WRONG_DATE)}$"):
        parse_date(text)


@pytest.mark.parametrize("text", ["1899-12-31", "3000-01-01", "0001-01-01", "9999-12-31"])
def test_date_outside_the_years_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(_YEARS)}$"):
        parse_date(text)


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(0, 0), (1, 1), (59, 1), (60, 1), (61, 2), (300, 5), (301, 6), (-59, 0), (-60, -1)],
)
def test_minutes_are_rounded_up(seconds: int, minutes: int) -> None:
    assert minutes_up(seconds) == minutes
