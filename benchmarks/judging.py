"""Judging whole histories, against parsing the text of the same history with the C parser."""

from __future__ import annotations

import json

from benchmarks.histories import TERMS, make_history
from benchmarks.measuring import time_in_turns
from benchmarks.report import Finding
from miedza.core.documents import judge_document
from miedza.core.judgement import judge
from miedza.core.reading import read_history
from miedza.core.terms import read_terms

LIMIT = 4.0
ROUNDS = {100: 60, 1_000: 30, 10_000: 9}
PEER = "json.loads"


def measure() -> list[Finding]:
    """Judge histories of three sizes. Each figure is the least of its rounds."""
    return [finding for count in ROUNDS for finding in _measure_size(count)]


def _measure_size(count: int) -> list[Finding]:
    """Judge a history of one size."""
    document = make_history(count)
    text = json.dumps(document)
    terms, history = read_terms(TERMS), read_history(document)
    assert len(judge(terms, history).settlements) == count
    spent = time_in_turns(
        {
            PEER: lambda: json.loads(text),
            "judge": lambda: judge(terms, history),
            "read": lambda: read_history(document),
            "read, judge, write as a document": lambda: judge_document(TERMS, document),
        },
        rounds=ROUNDS[count],
    )
    theirs = min(spent.pop(PEER))
    return [
        Finding(
            part="judging",
            what=f"{name}, {count:,} bookings",
            peer=PEER,
            ours=min(milliseconds),
            theirs=theirs,
            unit="ms",
            limit=LIMIT if name == "judge" else None,
        )
        for name, milliseconds in spent.items()
    ]
