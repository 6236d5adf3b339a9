"""A case, judged, as Boundaries measures it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miedza.core.boundaries import Span
from miedza.core.judgement import judge
from miedza.core.reading import read_history
from miedza.core.terms import read_terms

if TYPE_CHECKING:
    from miedza.core.ruling import Ruling


def judge_spans(terms: Any, history: Any) -> tuple[dict[str, Span], list[Ruling]]:
    """Meetings as they are measured, and all their rulings."""
    read = read_history(history)
    judgement = judge(read_terms(terms), read)
    minutes = {booking.id: booking.minutes for booking in read.bookings}
    spans = {
        each.booking: Span(
            judgement.starts[each.booking], minutes[each.booking], each.outcome,
            each.client - each.practitioner,
        )
        for each in judgement.settlements
    }  # fmt: skip
    return spans, list(judgement.rulings)
