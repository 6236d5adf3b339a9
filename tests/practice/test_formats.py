"""Money, dates and times: as each language writes them, and as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from miedza.practice.formats import (
    format_money,
    from_local,
    parse_money,
    plain_money,
    say_date,
    say_full_date,
    say_short_date,
    say_time,
    to_local,
)
from tests.web.hostile import bad_money

if TYPE_CHECKING:
    from collections.abc import Iterator

NBSP = "\N{NO-BREAK SPACE}"
LANGUAGES = ("en", "pl", "ru")


def _plain(text: str) -> str:
    """The text with common spaces, for the eye of whoever reads this file."""
    return " ".join(text.split())


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize(
    ("minor", "currency", "en", "pl", "ru"),
    [
        (0, "PLN", "PLN0", "0 zł", "0 PLN"),
        (20_000, "PLN", "PLN200", "200 zł", "200 PLN"),
        (20_050, "PLN", "PLN200.50", "200,50 zł", "200,50 PLN"),
        (120_050, "PLN", "PLN1,200.50", "1 200,50 zł", "1 200,50 PLN"),
        (1_234_567_89, "PLN", "PLN1,234,567.89", "1 234 567,89 zł", "1 234 567,89 PLN"),
        (300_000, "RUB", "₽3,000", "3 000 ₽", "3 000 ₽"),
        (5, "RUB", "₽0.05", "0,05 ₽", "0,05 ₽"),
        (4_000, "EUR", "€40", "40 €", "40 €"),
        (4_001, "EUR", "€40.01", "40,01 €", "40,01 €"),
        (4_000, "GBP", "£40", "40 GBP", "40 £"),
        (-4_000, "GBP", "-£40", "-40 GBP", "-40 £"),
        (-4_050, "EUR", "-€40.50", "-40,50 €", "-40,50 €"),
        (4_000, "USD", "US$40", "40 USD", "40 $"),
    ],
)
def test_money_is_written_as_the_language_does(
    minor: int, currency: str, en: str, pl: str, ru: str
) -> None:
    for language, expected in (("en", en), ("pl", pl), ("ru", ru)):
        with translation.override(language):
            assert _plain(format_money(minor, currency)) == expected, language


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("200", 20_000), ("200,50", 20_050), ("200.50", 20_050), ("1 200,50", 120_050),
        ("1 200.50", 120_050), (f"1{NBSP}200,50", 120_050), ("1\u202f200,5", 120_050),
        ("1\u2009200", 120_000), ("0", 0), ("0,01", 1), ("0.1", 10), ("007", 700), ("5.", 500),
        ("5,", 500), (" 5 ", 500), ("10000000000", 10**12), ("9999999999,99", 10**12 - 1),
    ],
)  # fmt: skip
def test_money_is_read_as_people_type_it(text: str, minor: int, language: str) -> None:
    assert parse_money(text, "PLN") == minor


@pytest.mark.parametrize(
    "text", [*bad_money(), "1 200,505", "10000000001", "1,2,3", "zł", "\u0660", "1'200"]
)
def test_what_is_no_amount_is_refused(text: str, language: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the kind is all there is to it.
        parse_money(text, "PLN")


@pytest.mark.parametrize(
    ("language", "text", "refused"), [("en", "25.000", "25,000"), ("pl", "25,000", "25.000")]
)
def test_three_digits_are_decimals_only_after_the_mark_of_the_language(
    language: str, text: str, refused: str
) -> None:
    with translation.override(language):
        assert parse_money(text, "IQD") == 25_000
        with pytest.raises(ValueError, match=refused):
            parse_money(refused, "IQD")


@pytest.mark.parametrize("minor", [0, 1, 1_500, 12_345, 25_000])
def test_amount_of_three_decimals_is_read_back(minor: int, language: str) -> None:
    assert parse_money(plain_money(minor, "TND"), "TND") == minor


def test_currency_without_decimals_takes_none() -> None:
    assert parse_money("5", "JPY") == 5
    assert format_money(5, "JPY").endswith("5")
    with pytest.raises(ValueError, match="5,5"):
        parse_money("5,5", "JPY")


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (250_000, "RSD", "RSD2,500"), (250_050, "RSD", "RSD2,500.50"), (500, "ISK", "ISK500"),
        (12_345, "TND", "TND12.345"), (12_000, "TND", "TND12"), (19_990, "HUF", "HUF199.90"),
    ],
)  # fmt: skip
def test_minor_units_are_those_of_the_standard(minor: int, currency: str, written: str) -> None:
    with translation.override("en"):
        assert _plain(format_money(minor, currency)) == written
        assert parse_money(plain_money(minor, currency), currency) == minor


@pytest.mark.parametrize("minor", [0, 1, 10, 99, 100, 20_000, 20_050, 10**12, 10**12 - 1])
def test_amount_in_a_form_is_read_back(minor: int, language: str) -> None:
    assert parse_money(plain_money(minor, "PLN"), "PLN") == minor


@pytest.mark.parametrize(
    ("day", "en", "pl", "ru"),
    [
        (date(2026, 11, 27), "Friday 27 November", "piątek, 27 listopada", "пятница, 27 ноября"),
        (date(2026, 1, 1), "Thursday 1 January", "czwartek, 1 stycznia", "четверг, 1 января"),
        (date(2028, 2, 29), "Tuesday 29 February", "wtorek, 29 lutego", "вторник, 29 февраля"),
    ],
)
def test_date_is_said_as_people_say_it(day: date, en: str, pl: str, ru: str) -> None:
    for language, expected in (("en", en), ("pl", pl), ("ru", ru)):
        with translation.override(language):
            assert _plain(say_date(day)) == expected


@pytest.mark.parametrize(
    ("language", "with_year", "short", "of_another_year"),
    [
        ("en", "27 November 2026", "27 Nov", "27 Nov 2025"),
        ("pl", "27 listopada 2026", "27 lis", "27 lis 2025"),
        ("ru", "27 ноября 2026 года", "27 нояб.", "27 нояб. 2025 г."),
    ],
)
def test_date_says_its_year_where_it_is_another(
    language: str, with_year: str, short: str, of_another_year: str
) -> None:
    today = date(2026, 3, 2)
    with translation.override(language):
        assert _plain(say_full_date(date(2026, 11, 27))) == with_year
        assert _plain(say_short_date(date(2026, 11, 27), today=today)) == short
        other = say_short_date(date(2025, 11, 27), today=today)
        assert _plain(other) == of_another_year


def test_time_has_24_hours(language: str) -> None:
    assert say_time(datetime(2026, 3, 2, 17, 5, tzinfo=UTC)) == "17:05"
    assert say_time(datetime(2026, 3, 2, 0, 0, tzinfo=UTC)) == "00:00"


def test_unknown_language_is_written_as_english() -> None:
    with translation.override("de"):
        assert format_money(20_050, "EUR") == "€200.50"
    with translation.override(None):
        assert format_money(20_050, "EUR") == "€200.50"


@pytest.mark.parametrize(
    ("day", "clock", "zone", "utc"),
    [
        ("2026-03-02", "09:00", "Europe/Warsaw", "2026-03-02 08:00"),
        ("2026-07-02", "09:00", "Europe/Warsaw", "2026-07-02 07:00"),
        ("2026-03-29", "01:59", "Europe/Warsaw", "2026-03-29 00:59"),
        ("2026-03-29", "02:00", "Europe/Warsaw", "2026-03-29 01:00"),  # Skipped.
        ("2026-03-29", "02:30", "Europe/Warsaw", "2026-03-29 01:30"),  # Skipped.
        ("2026-03-29", "03:00", "Europe/Warsaw", "2026-03-29 01:00"),
        ("2026-10-25", "01:59", "Europe/Warsaw", "2026-10-24 23:59"),
        ("2026-10-25", "02:00", "Europe/Warsaw", "2026-10-25 00:00"),  # The first of two.
        ("2026-10-25", "02:59", "Europe/Warsaw", "2026-10-25 00:59"),  # The first of two.
        ("2026-10-25", "03:00", "Europe/Warsaw", "2026-10-25 02:00"),
        ("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03 15:45"),  # Half an hour.
        ("2026-04-24", "00:30", "Africa/Cairo", "2026-04-23 22:30"),  # There is no midnight.
        ("2026-03-02", "09:00", "Asia/Kathmandu", "2026-03-02 03:15"),
        ("2026-03-02", "09:00", "Pacific/Kiritimati", "2026-03-01 19:00"),
        ("2011-12-30", "12:00", "Pacific/Apia", "2011-12-30 22:00"),  # A day that was not.
        ("2000-01-01", "00:00", "UTC", "2000-01-01 00:00"),
        ("2199-12-31", "23:59", "America/New_York", "2200-01-01 04:59"),
    ],
)
def test_wall_time_is_one_moment(day: str, clock: str, zone: str, utc: str) -> None:
    found = from_local(date.fromisoformat(day), time.fromisoformat(clock), zone)

    assert f"{found:%Y-%m-%d %H:%M}" == utc
    assert found.tzinfo is UTC


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "Europe/Moscow", "America/St_Johns", "UTC"])
def test_moment_comes_back_from_the_wall(zone: str) -> None:
    for hour in range(24):
        moment = datetime(2026, 3, 29, hour, 30, tzinfo=UTC)
        local = to_local(moment, zone)
        assert from_local(local.date(), local.time(), zone) == moment
