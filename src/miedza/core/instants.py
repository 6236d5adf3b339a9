"""Instants: RFC 3339 texts in and out, whole seconds since 1970 inside.

Source: RFC 3339, section 5.6. A fraction of a second is refused, so that arithmetic stays exact.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

MINUTE = 60
HOUR = 3600
DAY = 86_400

_from_iso = datetime.fromisoformat
_DAWN = datetime(1970, 1, 1)  # noqa: DTZ001 - only differences to it are used, all in UTC.
_PUNCTUATION = ("--T::", "--t::")
_OFFSETS = {"Z": 0, "z": 0}
"""Seconds ahead of UTC, by the end of an instant's text; filled as offsets are met."""

_FIRST = -2_208_988_800  # 1900-01-01T00:00:00Z
_LAST = 32_503_679_999  # 2999-12-31T23:59:59Z

WRONG_INSTANT = "must be an instant like 2026-03-02T09:00:00+01:00, to the whole second"
WRONG_DATE = "must be a date like 2026-03-02"


def parse_instant(text: object) -> int:
    """Read an RFC 3339 instant.

    Returns:
        Seconds since 1970-01-01T00:00:00Z.

    Raises:
        ValueError: it is not an instant, holds a fraction of a second, or lies outside 1900–2999.

    >>> parse_instant("2026-03-02T09:00:00+01:00")
    1772438400
    """
    if not isinstance(text, str) or text[4:19:3] not in _PUNCTUATION:
        raise ValueError(WRONG_INSTANT)
    offset = _OFFSETS.get(text[19:])
    if offset is None:
        offset = _OFFSETS[text[19:]] = _parse_offset(text[19:])
    try:
        wall = _from_iso(text[:19]) - _DAWN
    except ValueError:
        raise ValueError(WRONG_INSTANT) from None
    instant = wall.days * DAY + wall.seconds - offset
    if not _FIRST <= instant <= _LAST:
        raise ValueError("must lie in the years 1900 to 2999")
    return instant


def _parse_offset(text: str) -> int:
    """Read the offset that ends an instant: `+01:00` is 3600 seconds ahead of UTC."""
    hours, minutes = text[1:3], text[4:6]
    punctuated = len(text) == 6 and text[0] in "+-" and text[3] == ":" and text.isascii()
    if punctuated and hours.isdigit() and minutes.isdigit() and hours < "24" and minutes < "60":
        seconds = int(hours) * HOUR + int(minutes) * MINUTE
        return seconds if text[0] == "+" else -seconds
    raise ValueError(WRONG_INSTANT)


def format_instant(instant: int) -> str:
    """Write an instant in UTC.

    >>> format_instant(1772438400)
    '2026-03-02T08:00:00Z'
    """
    return (_DAWN + timedelta(seconds=instant)).isoformat() + "Z"


def parse_date(text: object) -> date:
    """Read a date written as `2026-03-02`, in the years 1900 to 2999.

    Raises:
        ValueError: it is not a date.
    """
    if not isinstance(text, str) or len(text) != 10 or text[4::3] != "--":
        raise ValueError(WRONG_DATE)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(WRONG_DATE) from None
    if not 1900 <= day.year <= 2999:
        raise ValueError("must lie in the years 1900 to 2999")
    return day


def minutes_up(seconds: int) -> int:
    """Whole minutes, rounded up.

    >>> minutes_up(301)
    6
    """
    return -(-seconds // MINUTE)
