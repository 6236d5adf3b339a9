"""Starts as they stand on the clocks of a zone: as agreed, whatever becomes of its rules."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

CLOCK_RULES = version("tzdata")
"""The edition of the zone rules that this program knows."""
_AGAIN = "+"
"""Ends a wall time that occurs twice, where its second occurrence is meant."""


def say_wall(moment: datetime, zone: str) -> str:
    """The clocks of a zone at a moment.

    >>> say_wall(datetime(2026, 3, 2, 9, tzinfo=UTC), "Europe/Warsaw")
    '2026-03-02T10:00'
    """
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%dT%H:%M}{_AGAIN if local.fold else ''}"


def read_wall(wall: str, zone: str) -> datetime:
    """The moment at which the clocks of a zone show a time, in UTC.

    One that does not exist is moved forward by the gap.

    >>> read_wall("2026-10-25T02:30+", "Europe/Warsaw").isoformat()
    '2026-10-25T01:30:00+00:00'
    """
    local = datetime.fromisoformat(wall.removesuffix(_AGAIN))
    fold = 1 if wall.endswith(_AGAIN) else 0
    return local.replace(fold=fold, tzinfo=ZoneInfo(zone)).astimezone(UTC)
