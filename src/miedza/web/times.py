"""Free times as a page shows them: a week at a time, on the reader's clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from miedza.practice.formats import say_date, say_short_date, say_time, say_zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Ask = Callable[[tuple[date, date] | None], list[datetime]]
    """Answers the free times of some dates of the practice, or all there are."""

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class Clocks(NamedTuple):
    """The two zones that a time is shown in."""

    reader: str
    practice: str

    def describe(self, moment: datetime) -> dict[str, Any]:
        """A time as a page shows it: on the reader's clocks, and there where that is another."""
        local = moment.astimezone(ZoneInfo(self.reader))
        there = moment.astimezone(ZoneInfo(self.practice))
        differ = local.replace(tzinfo=None) != there.replace(tzinfo=None)
        said_there = say_time(there)
        if differ and there.date() != local.date():
            said_there = f"{say_short_date(there.date(), today=local.date())}, {said_there}"
        return {
            "at": int(moment.timestamp()),
            "text": say_time(local),
            "there": said_there if differ else "",
        }

    def name(self) -> dict[str, str]:
        """What the zones are called."""
        return {"zone": say_zone(self.reader), "zone_there": say_zone(self.practice)}


def read_moment(text: str) -> datetime | None:
    """A moment as an address carries it: whole seconds since 1970; None where it is none."""
    if not text.isascii() or not text.isdecimal() or len(text) > 11:
        return None
    return datetime.fromtimestamp(int(text), UTC)


def read_day(text: str) -> date | None:
    """A date as an address carries it; None where it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2199 else None


def show_week(*, ask: Ask, clocks: Clocks, asked: str, now: datetime) -> dict[str, Any]:
    """The free times of the week that an address asks for, or of the first one that has any.

    Args:
        ask: answers the free times.
        clocks: on which they are shown.
        asked: the date in the address; empty for the first week with times.
        now: the present instant.
    """
    today = now.astimezone(ZoneInfo(clocks.reader)).date()
    day = read_day(asked)
    free: list[datetime] = []
    if day is None:
        free = ask(None)
        day = _local(free[0], clocks) if free else today
    monday = max(day, today) - timedelta(days=max(day, today).weekday())
    in_week = free or ask((monday - _DAY, monday + _WEEK))
    days = list_days((at for at in in_week if 0 <= (_local(at, clocks) - monday).days < 7), clocks)
    later = None
    if not days:
        later = next((at for at in ask(None) if _local(at, clocks) >= monday + _WEEK), None)
    return {
        "days": days,
        "week_before": (monday - _WEEK).isoformat() if monday > today else "",
        "week_after": (monday + _WEEK).isoformat(),
        "later": later and {
            "date": say_date(_local(later, clocks)), "iso": _local(later, clocks).isoformat(),
        },
        "clocks_differ": any(time["there"] for each in days for time in each["times"]),
        **clocks.name(),
    }  # fmt: skip


def _local(moment: datetime, clocks: Clocks) -> date:
    return moment.astimezone(ZoneInfo(clocks.reader)).date()


def list_days(moments: Iterable[datetime], clocks: Clocks) -> list[dict[str, Any]]:
    """Times by the reader's local date, in order."""
    by_date: dict[date, list[dict[str, Any]]] = {}
    for moment in moments:
        by_date.setdefault(_local(moment, clocks), []).append(clocks.describe(moment))
    return [
        {"date": say_date(day), "iso": day.isoformat(), "times": times}
        for day, times in by_date.items()
    ]


def list_nearest(free: list[datetime], wanted: datetime, clocks: Clocks) -> list[dict[str, Any]]:
    """Some free times near one that is gone, by date."""
    return list_days(pick_nearest(free, wanted), clocks)


def pick_nearest(free: list[datetime], wanted: datetime) -> list[datetime]:
    """Some free times that are nearest to one that is gone, in order."""
    return sorted(sorted(free, key=lambda at: abs(at - wanted))[:6])
