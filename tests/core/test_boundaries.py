"""Boundaries: the figures are those that whoever has the rulings counts by hand."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miedza.core.boundaries import (
    SIDED,
    Figures,
    Sides,
    Span,
    is_behind,
    measure,
    read_side,
    read_value,
)
from miedza.core.ruling import Ruling
from tests.core.chance import RANDOMS
from tests.core.measuring import judge_spans
from tests.naive.cases import random_case
from tests.naive.test_naive_worked_example import HISTORY, TERMS

law = settings(deadline=None, max_examples=150)


def _measure_day(day: int) -> Figures:
    spans, rulings = judge_spans(TERMS, HISTORY)
    name = f"b{day:02}"
    return measure({name: spans[name]}, rulings)


def test_fifth_of_october_brought_her_four_hundred_an_hour() -> None:
    figures = _measure_day(5)

    assert figures == Figures(
        kept=Sides(practitioner=1),
        crossed=Sides(practitioner=1),
        excused=Sides(client=1),
        waited=Sides(practitioner=120),
        given=240,
        worth=800_000,
        spent=300,
        earned=200_000,
    )
    assert figures.hour == 40_000


def test_other_days_of_october() -> None:
    assert [_measure_day(day) for day in (12, 19, 26)] == [
        Figures(
            kept=Sides(1, 1), crossed=Sides(client=1), waited=Sides(practitioner=22), spent=90,
            earned=300_000,
        ),
        Figures(
            crossed=Sides(client=1), waited=Sides(practitioner=15), empty=Sides(client=60),
            spent=60, earned=200_000,
        ),
        Figures(
            kept=Sides(client=1), crossed=Sides(practitioner=1), excused=Sides(practitioner=1),
            waited=Sides(client=10), spent=60, earned=180_000,
        ),
    ]  # fmt: skip


def test_whole_october() -> None:
    figures = measure(*judge_spans(TERMS, HISTORY))

    assert figures == Figures(
        kept=Sides(2, 2),
        crossed=Sides(2, 2),
        excused=Sides(1, 1),
        waited=Sides(client=10, practitioner=157),
        empty=Sides(client=60),
        given=240,
        worth=800_000,
        spent=510,
        earned=880_000,
    )
    assert figures.hour == 103_529  # 8,800.00 for eight hours and a half.


def _ruling(reason: str, **more: Any) -> Ruling:
    """A ruling about the booking `b`, crossed by the client where nothing else is said."""
    said = {
        "at": 0, "subject": "b", "rule": "missed", "reason": reason, "events": ("x",),
        "by": "client", "person": "p", "verdict": "crossed", "minutes": 0, "amount": 0,
        "owed_by": None, "facts": {}, **more,
    }  # fmt: skip
    return Ruling(**said)


HOUR_LONG = Span(start=10_000, minutes=60, outcome="missed", earned=0)


@pytest.mark.parametrize(
    ("figure", "ruling", "value"),
    [
        ("waited", _ruling("late", minutes=12), Sides(practitioner=12)),
        ("waited", _ruling("late", minutes=12, by="practitioner"), Sides(client=12)),
        ("waited", _ruling("missed", at=10_000), Sides()),
        ("waited", _ruling("missed", at=10_001), Sides(practitioner=1)),
        ("waited", _ruling("missed", at=10_901), Sides(practitioner=16)),
        ("waited", _ruling("missed", at=9_000), Sides()),
        ("waited", _ruling("did_not_wait", at=10_901), Sides()),
        ("empty", _ruling("missed"), Sides(client=60)),
        ("empty", _ruling("late_cancel", by="practitioner"), Sides(practitioner=60)),
        ("empty", _ruling("cancelled_in_time", verdict="kept"), Sides()),
        ("kept", _ruling("attendance_unclear", verdict="unclear", by=None), Sides()),
        ("forgiven", _ruling("late_cancel", verdict="excused", facts={"forgiven": 7}), Sides(7)),
        ("forgiven", _ruling("late", verdict="excused", facts={"forgiven": 0}), Sides()),
        ("forgiven", _ruling("late_cancel", facts={"forgiven": 7}), Sides()),
        ("crossed", _ruling("unpaid"), Sides(client=1)),
    ],
)
def test_figure_counts_a_ruling(figure: str, ruling: Ruling, value: Sides) -> None:
    figures = measure({"b": HOUR_LONG}, [ruling])

    assert getattr(figures, figure) == value


@pytest.mark.parametrize(
    ("ruling", "outcome", "spent", "given"),
    [
        (_ruling("agreed_overtime", verdict="kept", minutes=30), "held", 90, 0),
        (_ruling("overran", by="practitioner", minutes=9), "held", 69, 9),
        (_ruling("free_overran", by="practitioner", minutes=9), "held", 69, 9),
        (_ruling("time_owed", by="practitioner", minutes=9), "held", 60, 0),
        (_ruling("missed"), "missed", 60, 0),
        (_ruling("missed", by="practitioner"), "missed", 0, 0),
        (_ruling("did_not_wait"), "missed", 0, 0),
        (_ruling("late_cancel"), "cancelled", 0, 0),
    ],
)
def test_time_that_is_spent(ruling: Ruling, outcome: str, spent: int, given: int) -> None:
    figures = measure({"b": HOUR_LONG._replace(outcome=outcome)}, [ruling])

    assert (figures.spent, figures.given) == (spent, given)


def test_rulings_of_other_meetings_and_of_messages_are_left_out() -> None:
    message = _ruling("late_reply", rule="messages", subject="m1", by="practitioner")
    namesake = message._replace(subject="b")

    others = [message, namesake, _ruling("missed", subject="c")]

    assert measure({"b": HOUR_LONG}, others) == Figures()


@pytest.mark.parametrize(
    ("earned", "spent", "hour"),
    [
        (200_000, 300, 40_000), (1, 120, 1), (1, 121, 0), (-1, 120, -1), (-1, 121, 0),
        (-200_001, 120, -100_001), (0, 1, 0), (5, 0, None), (0, 0, None), (10**15, 7, None),
    ],
)  # fmt: skip
def test_hour_is_rounded_half_up_away_from_nothing(
    earned: int, spent: int, hour: int | None
) -> None:
    if earned == 10**15:
        hour = (2 * earned * 60 + spent) // (2 * spent)  # Exact, where a float is not.

    assert Figures(earned=earned, spent=spent).hour == hour


@given(st.integers(-(10**14), 10**14), st.integers(1, 10**6))
def test_hour_and_its_debt_are_as_large(earned: int, spent: int) -> None:
    hour = Figures(earned=earned, spent=spent).hour
    debt = Figures(earned=-earned, spent=spent).hour

    assert hour is not None
    assert debt == -hour
    assert abs(2 * hour * spent - 2 * earned * 60) <= spent


def _add(one: Figures, other: Figures) -> Figures:
    """Two figures as one; sides side by side."""
    added: dict[str, Any] = {}
    for name, mine in one._asdict().items():
        theirs: Any = getattr(other, name)
        is_sided = isinstance(mine, Sides)
        if is_sided:
            theirs = Sides(mine.client + theirs.client, mine.practitioner + theirs.practitioner)
        added[name] = theirs if is_sided else mine + theirs
    return Figures(**added)


@law
@given(RANDOMS)
def test_figures_add_up_however_the_meetings_are_split(rng: Random) -> None:
    spans, rulings = judge_spans(*random_case(rng))
    part = {name: span for name, span in spans.items() if rng.random() < 0.5}
    rest = {name: span for name, span in spans.items() if name not in part}
    shuffled = rng.sample(rulings, len(rulings))
    gifts = [ruling for ruling in rulings if is_behind("gifts", ruling) and rng.random() < 0.5]

    whole = _add(measure(part, shuffled, gifts), measure(rest, rulings, gifts))
    assert whole == measure(spans, rulings, gifts)


@law
@given(RANDOMS)
def test_gifts_of_a_side_are_what_the_other_owed(rng: Random) -> None:
    spans, rulings = judge_spans(*random_case(rng))
    gifts = [r for r in rulings if r.owed_by and r.rule != "messages" and rng.random() < 0.5]

    figures = measure(spans, rulings, gifts)

    owed = {side: sum(r.amount for r in gifts if r.owed_by == side) for side in Sides._fields}
    assert figures.gifts == (owed["practitioner"], owed["client"])
    assert figures._replace(gifts=Sides()) == measure(spans, rulings)
    for side in Sides._fields:
        assert getattr(figures.gifts, side) == _sum_rulings("gifts", side, spans, gifts)


def _sum_rulings(figure: str, side: str, spans: dict[str, Span], rulings: list[Ruling]) -> int:
    """What the rulings that a page lists under a figure come to."""
    return sum(
        read_value(figure, ruling, spans[ruling.subject])
        for ruling in rulings
        if ruling.subject in spans
        and ruling.rule != "messages"
        and is_behind(figure, ruling)
        and read_side(figure, ruling) == side
    )


@law
@given(RANDOMS)
def test_each_figure_is_the_sum_of_the_rulings_behind_it(rng: Random) -> None:
    spans, rulings = judge_spans(*random_case(rng))

    figures = measure(spans, rulings)

    for figure in SIDED:
        sides = [_sum_rulings(figure, side, spans, rulings) for side in Sides._fields]
        assert getattr(figures, figure) == Sides(*sides)
    assert figures.given == _sum_rulings("given", "practitioner", spans, rulings)
