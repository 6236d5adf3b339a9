"""Repeating: the days and times that a rule of repetition names.

Source: RFC 5545, section 3.3.10. A rule is asked of each period (day, week, month or year) in which
an answer is wanted, so that a rule without an end, or one that never occurs, costs no more than
any other. (dateutil looks for the next occurrence up to the year 9999: 0.6 s for 30 February each
year, 8 s for it each day, and nothing can stop it.)
"""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from miedza.adapters.calendars.budget import Budget
    from miedza.adapters.calendars.rules import Rule

    Wall: TypeAlias = tuple[int, int]
    """The ordinal of a date (1 January of year 1 is 1), and seconds since its midnight."""

_MOST_TIMES = 48
_LAST_ORDINAL = date.max.toordinal()


def expand_rule(
    rule: Rule, start: Wall, *, first: int, last: int, budget: Budget
) -> Iterator[Wall] | None:
    """The occurrences of a rule, in order.

    Args:
        rule: of a frequency of days, weeks, months or years; its UNTIL is for the caller to heed.
        start: where the series starts; it is itself among the answers only where the rule says so.
        first: the ordinal of the first date wanted.
        last: the ordinal of the last date wanted.

    Returns:
        The walls from the first date to the last, or None where they are too many in a day.
    """
    rule = _complete(rule, start[0])
    times = _list_times(rule, start[1])
    if times is None:
        return None
    last = min(last, _LAST_ORDINAL)
    if rule.times is not None and rule.times > (last - start[0] + 1) * len(times):
        rule = rule._replace(times=None)  # It cannot end before, so nothing need be counted.
    return _walk(rule, start, times, first, last, budget)


def _walk(
    rule: Rule, start: Wall, times: list[int], first: int, last: int, budget: Budget
) -> Iterator[Wall]:
    """Go through the periods, in order."""
    left = rule.times
    for days in _list_periods(rule, start[0], first if left is None else start[0], last):
        budget.spend(1 + len(days))
        walls = [(day, time) for day in days if _names_day(rule, day) for time in times]
        for wall in _pick_positions(rule, walls):
            if wall < start:
                continue
            if left is not None:
                left -= 1
            if first <= wall[0] <= last:
                yield wall
            if left == 0:
                return


def _complete(rule: Rule, start: int) -> Rule:
    """The rule with what is not said in it, but follows from its start."""
    lists, day = rule.lists, date.fromordinal(start)
    if rule.weekdays or rule.nth_weekdays or lists.keys() & {"BYWEEKNO", "BYYEARDAY", "BYMONTHDAY"}:
        return rule
    if rule.frequency == "WEEKLY":
        return rule._replace(weekdays=frozenset([day.weekday()]))
    if rule.frequency == "MONTHLY":
        return rule._replace(lists={**lists, "BYMONTHDAY": frozenset([day.day])})
    if rule.frequency == "YEARLY":
        same = {"BYMONTH": frozenset([day.month]), "BYMONTHDAY": frozenset([day.day])}
        return rule._replace(lists={**same, **lists})
    return rule


def _list_times(rule: Rule, second: int) -> list[int] | None:
    """The seconds since midnight at which it occurs on a day, or None where they are too many."""
    hours = rule.lists.get("BYHOUR", [second // 3600])
    minutes = rule.lists.get("BYMINUTE", [second // 60 % 60])
    seconds = rule.lists.get("BYSECOND", [second % 60])
    if len(hours) * len(minutes) * len(seconds) > _MOST_TIMES:
        return None
    # A minute has sixty seconds here, as for most programs.
    return sorted({h * 3600 + m * 60 + min(s, 59) for h in hours for m in minutes for s in seconds})


def _names_day(rule: Rule, ordinal: int) -> bool:
    """Whether a rule names a date of one of its periods."""
    day, lists = date.fromordinal(ordinal), rule.lists
    if day.month not in lists.get("BYMONTH", (day.month,)):
        return False
    if (rule.weekdays or rule.nth_weekdays) and not _names_weekday(rule, day):
        return False
    if "BYMONTHDAY" in lists:
        from_end = day.day - monthrange(day.year, day.month)[1] - 1
        if lists["BYMONTHDAY"].isdisjoint((day.day, from_end)):
            return False
    if "BYYEARDAY" in lists:
        number, length = _place_in_year(day)
        if lists["BYYEARDAY"].isdisjoint((number, number - length - 1)):
            return False
    if "BYWEEKNO" in lists:
        return not lists["BYWEEKNO"].isdisjoint(_number_weeks(ordinal, rule.week_start))
    return True


def _names_weekday(rule: Rule, day: date) -> bool:
    """Whether BYDAY names a date: the second Monday is that of the month, or of the year."""
    weekday = day.weekday()
    if weekday in rule.weekdays or not rule.nth_weekdays:
        return weekday in rule.weekdays
    if rule.frequency == "MONTHLY" or "BYMONTH" in rule.lists:
        number, length = day.day, monthrange(day.year, day.month)[1]
    else:
        number, length = _place_in_year(day)
    nth, nth_from_end = (number - 1) // 7 + 1, -((length - number) // 7 + 1)
    return not rule.nth_weekdays.isdisjoint(((nth, weekday), (nth_from_end, weekday)))


def _place_in_year(day: date) -> tuple[int, int]:
    """The number of a date in its year, and the days of that year."""
    return day.toordinal() - date(day.year, 1, 1).toordinal() + 1, 365 + isleap(day.year)


def _number_weeks(ordinal: int, week_start: int) -> tuple[int, int]:
    """The number of a date's week, and the same counted from the end of the year.

    A week belongs to the year in which its fourth day lies.
    """
    begin = _week_number(ordinal, week_start) * 7 + 1 + week_start
    number, length = _place_in_year(date.fromordinal(min(max(begin + 3, 1), _LAST_ORDINAL)))
    return (number - 1) // 7 + 1, -((length - number) // 7 + 1)


def _pick_positions(rule: Rule, walls: list[Wall]) -> list[Wall]:
    """What BYSETPOS leaves of the occurrences of one period."""
    if "BYSETPOS" not in rule.lists:
        return walls
    places = {place - 1 if place > 0 else len(walls) + place for place in rule.lists["BYSETPOS"]}
    return [wall for place, wall in enumerate(walls) if place in places]


def _list_periods(rule: Rule, start: int, first: int, last: int) -> Iterator[Sequence[int]]:
    """The periods from the one of the start on that a rule names, as the ordinals of their days."""
    number_of, days_of = _COUNTED[rule.frequency]
    shift = rule.week_start
    begin = number_of(start, shift)
    skipped = max(0, number_of(max(first, start), shift) - begin) // rule.interval
    months = sorted(rule.lists.get("BYMONTH", ()))
    for number in range(begin + skipped * rule.interval, number_of(last, shift) + 1, rule.interval):
        if rule.frequency == "YEARLY" and months:  # The other months need not be looked through.
            yield [day for month in months for day in _month_days(number * 12 + month - 1, 0)]
        else:
            yield days_of(number, shift)


def _week_number(ordinal: int, week_start: int) -> int:
    """The number of a week since the beginning of all; ordinal 1 is a Monday."""
    return (ordinal - 1 - week_start) // 7


def _week_days(number: int, week_start: int) -> range:
    """The days of a week."""
    begin = number * 7 + 1 + week_start
    return range(max(begin, 1), min(begin + 7, _LAST_ORDINAL + 1))


def _month_number(ordinal: int, _: int) -> int:
    """Months since year 0."""
    day = date.fromordinal(ordinal)
    return day.year * 12 + day.month - 1


def _month_days(number: int, _: int) -> range:
    """The days of a month."""
    begin = date(number // 12, number % 12 + 1, 1)
    return range(begin.toordinal(), begin.toordinal() + monthrange(begin.year, begin.month)[1])


def _year_days(year: int, _: int) -> range:
    """The days of a year."""
    begin = date(year, 1, 1).toordinal()
    return range(begin, begin + 365 + isleap(year))


_COUNTED: dict[str, tuple[Callable[[int, int], int], Callable[[int, int], range]]] = {
    "DAILY": (lambda ordinal, _: ordinal, lambda ordinal, _: range(ordinal, ordinal + 1)),
    "WEEKLY": (_week_number, _week_days),
    "MONTHLY": (_month_number, _month_days),
    "YEARLY": (lambda ordinal, _: date.fromordinal(ordinal).year, _year_days),
}
"""For each frequency: the number of the period of a date, and the dates of a period."""
