"""The effect of rules on an example: what happens in an ordinary month, and what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miedza.core.history import Booking, Event, History
from miedza.core.instants import DAY, HOUR, MINUTE
from miedza.core.judgement import judge
from miedza.core.terms import read_terms
from miedza.messaging.saying import Said, say_ruling
from miedza.practice.formats import format_money

if TYPE_CHECKING:
    from miedza.core.terms import Terms
    from miedza.web.strip import Reader

START = 1_772_438_400  # 2 March 2026, 09:00 in Warsaw; any Monday would do.


class Line(NamedTuple):
    """One thing that happens, and what the rules say."""

    side: str
    """`client` or `practitioner`: whose doing it is."""
    what: str
    said: list[Said]
    before: list[Said] | None
    """What the rules in force say, where it is something else."""


def example_price(currency: str) -> int:
    """A round price in a currency, in minor units."""
    return {"RUB": 300_000, "UAH": 150_000, "KZT": 1_500_000}.get(currency, 20_000)


def _stories(minutes: int) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
    """Whose doing, what happened, and its events with their seconds from the start."""
    both = [("arrived", "practitioner", 0), ("arrived", "client", 0)]
    end = minutes * MINUTE
    late = ngettext("%(n)d minute late", "%(n)d minutes late", 12)
    mine = ngettext(
        "%(n)d minute late, and the end as planned",
        "%(n)d minutes late, and the end as planned",
        10,
    )
    more = ngettext("%(n)d minute more, not agreed", "%(n)d minutes more, not agreed", 35)
    return [
        ("client", late % {"n": 12}, [("arrived", "client", 12 * MINUTE)]),
        ("practitioner", mine % {"n": 10}, [
            ("arrived", "client", 0), ("arrived", "practitioner", 10 * MINUTE),
            ("ended", "practitioner", end),
        ]),
        ("client", _("cancellation 20 hours before"), [("cancelled", "client", -20 * HOUR)]),
        ("practitioner", _("cancellation 20 hours before"), [
            ("cancelled", "practitioner", -20 * HOUR),
        ]),
        ("client", _("a move 20 hours before"), [("moved", "client", -20 * HOUR)]),
        ("client", _("absence; you go after 20 minutes"), [
            ("arrived", "practitioner", 0), ("left", "practitioner", 20 * MINUTE),
        ]),
        ("practitioner", more % {"n": 35}, [*both, ("ended", "practitioner", end + 35 * MINUTE)]),
    ]  # fmt: skip


def show_example(
    reader: Reader, terms: dict[str, Any], in_force: dict[str, Any] | None
) -> dict[str, Any]:
    """Judge the example by terms, and beside it by those in force.

    Goodwill and hardship are left out, so that the rule itself is seen; the page says how often
    they forgive.
    """
    new = _without_goodwill(read_terms(terms))
    old = None if in_force is None else _without_goodwill(read_terms(in_force))
    price = example_price(new.currency)
    lines = []
    for side, what, events in _stories(new.rules["session"]["minutes"]):
        said = _judge_story(reader, new, price, events)
        before = said if old is None else _judge_story(reader, old, price, events)
        lines.append(Line(side, what, said, None if before == said else before))
    return {"lines": lines, "price": format_money(price, new.currency), "terms": terms["rules"]}


def _without_goodwill(terms: Terms) -> Terms:
    """The same terms, forgiving nothing."""
    rules = {name: rule for name, rule in terms.rules.items() if name != "goodwill"}
    return terms._replace(rules=rules)


def _judge_story(
    reader: Reader, terms: Terms, price: int, events: list[tuple[str, str, int]]
) -> list[Said]:
    """What the rules say about one story: what is crossed, or else the last that is kept."""
    told = [
        Event(START + at, f"e{index}", kind, by, None, START + DAY if kind == "moved" else None)
        for index, (kind, by, at) in enumerate(events)
    ]
    minutes = terms.rules["session"]["minutes"]
    booking = Booking("b", "p", START, minutes, price, False, None, None, told)
    last = max(event.at for event in told)
    rulings = judge(terms, History([booking], [], last)).rulings
    rulings = [ruling for ruling in rulings if ruling.rule != "payment"]
    matter = [ruling for ruling in rulings if ruling.verdict != "kept"] or rulings[-1:]
    return [
        say_ruling(ruling, language=reader.language, currency=terms.currency, zone=terms.time_zone)
        for ruling in matter
    ]
