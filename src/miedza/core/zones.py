"""Time zones of the tz database: wall times to instants, instants to local dates.

A wall time that does not exist is moved forward by the gap; one that occurs twice means its first
occurrence. Both are what `fold=0` of PEP 495 means.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from miedza.core.instants import DAY, MINUTE
from miedza.core.zone_names import ZONE_NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_ONE_DAY = timedelta(days=1)
_UNIX_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_NOT_ZONES = ("right/", "posix/", "posixrules", "localtime", "Factory")


def find_zone(name: object) -> ZoneInfo | None:
    """Find a zone by its name in the tz database, or None."""
    from zoneinfo import ZoneInfo

    if not isinstance(name, str) or not name or name.startswith(_NOT_ZONES):
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # Not a name, not a file, not in the database.
        return None


def is_zone(name: object) -> bool:
    """Tell whether the tz database has a zone; a known name costs no look at it."""
    return isinstance(name, str) and (name in ZONE_NAMES or find_zone(name) is not None)


def resolve_wall(day: date, minute: int, zone: ZoneInfo) -> int:
    """The instant of a wall time.

    Args:
        day: the local date.
        minute: minutes since its midnight, 0 to 1440; 1440 is the midnight that ends it.

    Returns:
        Seconds since 1970.
    """
    ordinal = day.toordinal()
    wall = datetime.fromordinal(ordinal) + timedelta(minutes=minute)
    seconds = (ordinal - _UNIX_EPOCH_ORDINAL) * DAY + minute * MINUTE
    return seconds - _as_seconds(zone.utcoffset(wall))


def resolve_midnight(day: date, zone: ZoneInfo) -> int | None:
    """The instant at which a date starts; None where its clock changes before the date ends.

    No zone changes its clock twice within a day, so looking at both midnights is enough.
    """
    ordinal = day.toordinal()
    midnight = datetime.fromordinal(ordinal)
    offset = zone.utcoffset(midnight)
    if zone.utcoffset(midnight + _ONE_DAY) != offset:
        return None
    return (ordinal - _UNIX_EPOCH_ORDINAL) * DAY - _as_seconds(offset)


def utc_offset(instant: int, zone: ZoneInfo) -> int:
    """Seconds that local time is ahead of UTC at an instant."""
    return _as_seconds(datetime.fromtimestamp(instant, zone).utcoffset())


def _as_seconds(offset: timedelta | None) -> int:
    """An offset from UTC in seconds."""
    return 0 if offset is None else offset.days * DAY + offset.seconds


def local_date(instant: int, zone: ZoneInfo) -> date:
    """The local date of an instant."""
    return datetime.fromtimestamp(instant, zone).date()


def local_ordinal(instant: int, offset: int) -> int:
    """The ordinal (days since 1 January of year 1, which is 1) of a local date, from the offset."""
    return _UNIX_EPOCH_ORDINAL + (instant + offset) // DAY
