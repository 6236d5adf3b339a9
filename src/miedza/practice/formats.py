"""Numbers, money, dates and times as the reader's language writes them, and as people type them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.numbers import format_currency, get_decimal_symbol
from django.utils.translation import get_language

from miedza.core.money import minor_places
from miedza.core.zones import resolve_wall

if TYPE_CHECKING:
    from datetime import time


def locale_name() -> str:
    """The reader's locale; English is written as in Europe: 21 November, 17:00."""
    language = get_language() or "en"
    return {"en": "en_GB", "pl": "pl_PL", "ru": "ru_RU"}.get(language[:2], "en_GB")


def format_money(amount_minor: int, currency: str) -> str:
    """Money as the language writes it; whole amounts without decimals.

    Args:
        amount_minor: in minor units.
        currency: ISO 4217.
    """
    places = minor_places(currency)
    amount = Decimal(amount_minor).scaleb(-places)
    locale = Locale.parse(locale_name())
    decimals = "" if amount == amount.to_integral_value() else "." + "0" * places
    pattern = locale.currency_formats["standard"].pattern.replace(".00", decimals)
    written = format_currency(
        amount, currency, format=pattern, locale=locale, currency_digits=False
    )
    if currency == "RUB":  # The national sign is known to everybody who reads these languages.
        written = written.replace("RUB", "₽")
    return written


_MOST_MINOR = 10**12
_AMOUNT = re.compile(r"([0-9]{1,15})(?:([.,])([0-9]*))?")


def _decimal_mark() -> str:
    """What stands before decimals in the reader's language."""
    return get_decimal_symbol(locale_name())


def parse_money(text: str, currency: str) -> int:
    """Read money as people type it: `200`, `200,50`, `1 200.50`.

    Returns:
        Minor units.

    Raises:
        ValueError: it is no amount, is negative, too big, or has too many decimals.
    """
    written = _AMOUNT.fullmatch("".join(text.split()))
    places = minor_places(currency)
    # Three digits after a mark are thousands to one reader and a fraction to another: refused,
    # but where a currency has three and the mark is the one the language writes them with.
    if written is None or len(written[3] or "") > places:
        raise ValueError(text)
    if len(written[3] or "") == 3 and written[2] != _decimal_mark():
        raise ValueError(text)
    amount = int(written[1] + (written[3] or "").ljust(places, "0"))
    if amount > _MOST_MINOR:
        raise ValueError(text)
    return amount


def plain_money(amount_minor: int, currency: str) -> str:
    """Money as it stands in a form: `200`, `200.50` or `200,50`, no sign of the currency."""
    amount = Decimal(amount_minor).scaleb(-minor_places(currency))
    if amount == amount.to_integral_value():
        return f"{int(amount)}"
    return f"{amount:f}".replace(".", _decimal_mark())


def to_local(moment: datetime, zone: str) -> datetime:
    """The moment on the clocks of a zone."""
    return moment.astimezone(ZoneInfo(zone))


def from_local(day: date, clock: time, zone: str) -> datetime:
    """The moment of a wall time; one that is skipped moves forward, one that repeats is first."""
    minutes = clock.hour * 60 + clock.minute
    return datetime.fromtimestamp(resolve_wall(day, minutes, ZoneInfo(zone)), UTC)


def say_full_date(day: date) -> str:
    """A date with its year, in the case that "from" asks for: "27 November 2026"."""
    pattern = "d MMMM y 'года'" if locale_name() == "ru_RU" else "d MMMM y"
    return format_date(day, pattern, locale=locale_name())


def say_date(day: date) -> str:
    """A date as people say it: "Friday 27 November"."""
    # A skeleton would shorten the Polish weekday: Babel finds no longer one.
    pattern = "EEEE d MMMM" if locale_name() == "en_GB" else "EEEE, d MMMM"
    return format_date(day, pattern, locale=locale_name())


def say_short_date(day: date, *, today: date) -> str:
    """A date in few words: "27 Nov", with the year where it is another one."""
    skeleton = "MMMd" if day.year == today.year else "yMMMd"
    return format_skeleton(
        skeleton, datetime(day.year, day.month, day.day, tzinfo=UTC), locale=locale_name()
    )


def say_time(moment: datetime) -> str:
    """A time of day: 17:00."""
    return format_time(moment.time(), "HH:mm", locale=locale_name())


def say_moment(moment: datetime, zone: str) -> str:
    """A moment on the clocks of a zone, in few words: "5 Oct 2026, 17:00"."""
    local = to_local(moment, zone)
    written = format_skeleton("yMMMd", local, locale=locale_name())
    return f"{written}, {say_time(local)}"


def say_span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """A span on the clocks of a zone: whole days by their dates, one day's hours by its date."""
    begins, ends = to_local(starts_at, zone), to_local(ends_at, zone)
    if not any((begins.hour, begins.minute, ends.hour, ends.minute)):
        last = ends.date() - timedelta(days=1)
        if last == begins.date():
            return say_date(last)
        return f"{say_date(begins.date())} – {say_date(last)}"
    if begins.date() == ends.date():
        return f"{say_date(begins.date())}, {say_time(begins)}–{say_time(ends)}"
    return f"{say_meeting_time(starts_at, zone)} – {say_meeting_time(ends_at, zone)}"


def say_zone(zone: str) -> str:
    """A time zone as people call it: by its city."""
    if zone == "UTC":
        return zone
    return get_timezone_location(zone, locale=locale_name(), return_city=True)


def say_meeting_time(moment: datetime, zone: str) -> str:
    """When a meeting begins, in full: "Friday 27 November, 17:00"."""
    local = to_local(moment, zone)
    return f"{say_date(local.date())}, {say_time(local)}"


def say_language(code: str) -> str:
    """A language as the reader's language calls it."""
    try:
        return Locale.parse(code).get_language_name(locale_name()) or code
    except (UnknownLocaleError, ValueError):
        return code
