"""While people agree, decide and pay, the ledger, its sums and its counts stay one and the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings.judging import judge_due
from miedza.bookings.queries import read_starts
from miedza.ledger.balance import take_balance
from miedza.ledger.facts import to_instant
from miedza.ledger.measuring import read_measured, sum_measured
from miedza.ledger.queries import export_case, list_meetings, read_cases
from miedza.ledger.records import list_waiting, read_many, read_record
from tests.core.test_boundaries_counted import count_figures
from tests.ledger.chance_of_agreeing import ChanceOfAgreeing
from tests.ledger.comparing import assert_figures_hold, assert_only_added_to
from tests.sizes import read_size

if TYPE_CHECKING:
    from miedza.core.boundaries import Figures
    from miedza.ledger.records import Record
    from tests.cast import Cast

SEEDS = max(5, read_size("RACES", 0))
STEPS = 50


def _assert_counts(cast: Cast) -> Record:
    """What is counted by the database is what its rows come to one by one."""
    practice_id = cast.anna.practice_id
    record = read_many(practice_id=practice_id)
    waiting = [ruling for ruling in record.each_ruling() if record.is_waiting(ruling)]
    assert list_waiting(practice_id=practice_id).count() == len(waiting)
    whole = take_balance(record)
    parts = [take_balance(record, [meeting.id]) for meeting in record.meetings]
    assert tuple(whole) == tuple(map(sum, zip(*parts, strict=True))) if parts else (0, 0, 0, 0)
    assert whole == _sum_by_hand(record)
    return record


def _sum_by_hand(record: Record) -> tuple[int, ...]:
    """The balance, ruling by ruling."""
    sums: Counter[str] = Counter()
    for settlement in record.settlements.values():
        sums["client"] += settlement.client_minor
        sums["practitioner"] += settlement.practitioner_minor
        sums["paid"] += settlement.paid_minor
    for ruling in record.each_ruling():
        decision = record.decisions.get(ruling.id)
        fee = ruling.verdict == "crossed" and ruling.owed_by == "client"
        decided = decision is not None and decision.choice in ("apply", "leave")
        if ruling.id in record.waivers:
            sums[str(ruling.owed_by)] -= ruling.amount_minor
        elif fee and not decided:
            sums["client"] -= ruling.amount_minor
            sums["waiting"] += ruling.amount_minor
    return sums["client"], sums["practitioner"], sums["paid"], sums["waiting"]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_sums_and_counts_hold_after_every_step(cast: Cast, seed: int) -> None:
    chance = ChanceOfAgreeing(cast, seed)
    people = (cast.ola, cast.marek)

    for number in range(STEPS):
        act = chance.step()
        judge_due(now=chance.now)
        try:
            _assert_counts(cast)
            for person in people:
                assert_figures_hold(cast.anna.practice_id, person.id, chance.now)
        except AssertionError as error:
            error.add_note(f"step {number}, {act}")
            raise
    assert_only_added_to(cast.anna.practice_id)


def _judge_lines(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the command says of each exported case."""
    script = "from miedza.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", script, "judge", "--lines"], text=True, check=True,
        input="".join(json.dumps(line) + "\n" for line in lines), stdout=subprocess.PIPE,
    )  # fmt: skip
    return [json.loads(line) for line in run.stdout.splitlines()]


def _measure(record: Record, cast: Cast) -> Figures:
    starts = read_starts(practice_id=cast.anna.practice_id)
    return sum_measured(read_measured(record, starts)).figures


def _fold_gifts(record: Record) -> int:
    """By how much what is due differs from what the rules name."""
    balance = take_balance(record)
    named = sum(s.client_minor - s.practitioner_minor for s in record.settlements.values())
    return balance.client_minor - balance.practitioner_minor - named


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_the_exported_cases_judged_and_counted(cast: Cast, seed: int) -> None:
    chance = ChanceOfAgreeing(cast, seed + 100)
    for _ in range(STEPS):
        chance.step()
    judge_due(now=chance.now)
    record = read_many(practice_id=cast.anna.practice_id)
    exported = [
        export_case(case, now=_judged_at(cast, person.id, chance))
        for person in (cast.ola, cast.marek)
        for case in read_cases(practice_id=cast.anna.practice_id, person_id=person.id)
    ]
    starts = {
        str(meeting_id): to_instant(start)
        for meeting_id, start in read_starts(practice_id=cast.anna.practice_id).items()
    }

    judged = _judge_lines(exported)

    counted = count_figures(
        {
            "bookings": [b for each in exported for b in each["history"]["bookings"]],
            "rulings": [ruling for answer in judged for ruling in answer["rulings"]],
            "settlements": [s for answer in judged for s in answer["settlements"]],
        },
        starts,
    )
    figures = _measure(record, cast)
    assert figures == counted._replace(earned=counted.earned + _fold_gifts(record))
    assert sum(figures.kept) > 0
    assert sum(figures.crossed) > 0


def _judged_at(cast: Cast, person_id: Any, chance: ChanceOfAgreeing) -> Any:
    """The instant as of which a person was judged last."""
    meetings = list_meetings(practice_id=cast.anna.practice_id, person_id=person_id)
    record = read_record(practice_id=cast.anna.practice_id, meetings=meetings)
    return max(chance.now, record.last_written_at or chance.now)
