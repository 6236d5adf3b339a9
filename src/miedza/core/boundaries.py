"""Boundaries: what was kept and crossed on both sides, and what bending them cost.

Everything is counted from rulings and settlements alone, so whoever has them can count it again.
"""

from __future__ import annotations

from miedza.core.instants import MINUTE
from miedza.core.money import rounded
from miedza.core.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from miedza.core.ruling import Ruling


class Span(NamedTuple):
    """One meeting, as it is measured."""

    start: int
    """As it now stands, in seconds since 1970."""
    minutes: int
    """As booked."""
    outcome: str
    """As in its settlement."""
    earned: int
    """What it brings the practitioner, in minor units: what is due from the client less what is due
    to them."""


class Sides(NamedTuple):
    """A number for each side."""

    client: int = 0
    practitioner: int = 0

    def plus(self, side: str, value: int) -> Sides:
        """The same with more for one side."""
        if side == "client":
            return Sides(self.client + value, self.practitioner)
        return Sides(self.client, self.practitioner + value)


class Figures(NamedTuple):
    """What some meetings come to."""

    kept: Sides = Sides()
    """Rulings by whose doing they were."""
    crossed: Sides = Sides()
    excused: Sides = Sides()
    waited: Sides = Sides()
    """Minutes that a side waited for the other."""
    empty: Sides = Sides()
    """Minutes that were kept free for nothing, by whose doing."""
    forgiven: Sides = Sides()
    """What rules have forgiven a side, in minor units."""
    gifts: Sides = Sides()
    """What a side was owed by the rules and gave away by its own word, in minor units."""
    given: int = 0
    """Minutes that the practitioner gave beyond the end."""
    worth: int = 0
    """Their worth at the price of the meeting, in minor units."""
    spent: int = 0
    """Minutes that the meetings took: those held with all that was added, and those for which the
    client did not come."""
    earned: int = 0
    """What the meetings bring, in minor units."""

    @property
    def hour(self) -> int | None:
        """What an hour really brings, in minor units; None where no time was spent."""
        if not self.spent:
            return None
        hour = rounded(abs(self.earned) * 60, self.spent)
        return hour if self.earned >= 0 else -hour


def is_behind(figure: str, ruling: Ruling) -> bool:
    """Whether a ruling is one of those that a figure counts.

    Args:
        figure: `kept`, `crossed`, `excused`, `waited`, `empty`, `forgiven`, `gifts` or `given`.
        ruling: any; for `gifts`, one whose amount was given away.
    """
    if figure in ("kept", "crossed", "excused"):
        return ruling.by is not None and ruling.verdict == figure
    if figure == "forgiven":
        return ruling.verdict == "excused" and bool(ruling.facts.get("forgiven"))
    if figure == "gifts":
        return ruling.owed_by is not None
    return ruling.reason in _REASONS[figure] and ruling.by is not None


_REASONS = {
    "waited": ("late", "missed"),
    "empty": ("missed", "late_cancel"),
    "given": ("overran", "free_overran"),
}
_OTHER = {"client": "practitioner", "practitioner": "client"}


def read_side(figure: str, ruling: Ruling) -> str:
    """Under which side a figure counts a ruling: who waited or gave, or else whose doing it was."""
    if figure == "gifts":
        return _OTHER[ruling.owed_by or "client"]
    by = ruling.by or "practitioner"
    return _OTHER[by] if figure == "waited" else by


def read_value(figure: str, ruling: Ruling, span: Span) -> int:
    """What a ruling adds to a figure: 1, minutes, or minor units."""
    if figure in ("kept", "crossed", "excused"):
        return 1
    if figure == "forgiven":
        return int(ruling.facts["forgiven"])
    if figure == "gifts":
        return ruling.amount
    if figure == "empty":
        return span.minutes
    if figure == "waited" and ruling.reason == "missed":
        return max(0, -((span.start - ruling.at) // MINUTE))
    return ruling.minutes


SIDED = ("kept", "crossed", "excused", "waited", "empty", "forgiven")
"""The figures that are counted for each side from all rulings; `gifts` are a choice among them."""


def measure(
    spans: Mapping[str, Span], rulings: Iterable[Ruling], gifts: Iterable[Ruling] = ()
) -> Figures:
    """Measure some meetings.

    Args:
        spans: the meetings by id.
        rulings: about these meetings; those about others and about messages are left out.
        gifts: those whose amounts were given away by the side that was owed them.
    """
    figures = Figures(
        spent=sum(span.minutes for span in spans.values() if span.outcome == "held"),
        earned=sum(span.earned for span in spans.values()),
    )
    for ruling, span in _list_spanned(spans, rulings):
        for figure in SIDED:
            if is_behind(figure, ruling):
                figures = _count(figures, figure, ruling, span)
        figures = figures._replace(spent=figures.spent + _add_time(ruling, span))
        if is_behind("given", ruling):
            figures = figures._replace(
                given=figures.given + ruling.minutes,
                worth=figures.worth + int(ruling.facts.get("worth", 0)),
            )
    for ruling, span in _list_spanned(spans, gifts):
        figures = _count(figures, "gifts", ruling, span)
    return figures


def _list_spanned(
    spans: Mapping[str, Span], rulings: Iterable[Ruling]
) -> list[tuple[Ruling, Span]]:
    """The rulings about these meetings. A message may have the id of one."""
    return [
        (ruling, spans[ruling.subject])
        for ruling in rulings
        if ruling.subject in spans and ruling.rule != "messages"
    ]


def _count(figures: Figures, figure: str, ruling: Ruling, span: Span) -> Figures:
    """The same figures with one ruling more in one of them."""
    sides: Sides = getattr(figures, figure)
    more: Any = {figure: sides.plus(read_side(figure, ruling), read_value(figure, ruling, span))}
    return figures._replace(**more)


def _add_time(ruling: Ruling, span: Span) -> int:
    """Minutes that a ruling adds to those of the meetings held."""
    if ruling.reason in ("agreed_overtime", *_REASONS["given"]):
        return ruling.minutes
    if ruling.reason == "missed" and ruling.by == "client":
        return span.minutes
    return 0
