"""Documents: JSON-shaped questions in, JSON-shaped answers out."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given, settings

from miedza.core.documents import judge_document, preview_document, slots_document
from miedza.core.faults import InvalidDocument
from tests.core.chance import RANDOMS
from tests.core.samples import AVAILABILITY, HISTORY, TERMS, put
from tests.naive.cases import random_availability, random_case, random_what_if


def test_faults_of_terms_and_history_are_told_together() -> None:
    with pytest.raises(InvalidDocument) as refusal:
        judge_document({**TERMS, "terms": 2}, {**HISTORY, "as_of": "now"})

    assert [fault.partition(":")[0] for fault in refusal.value.faults] == ["terms", "as_of"]


def test_question_is_read_once_terms_and_history_are_sound() -> None:
    with pytest.raises(InvalidDocument) as refusal:
        preview_document(put(TERMS, "terms", 2), {**HISTORY, "as_of": "now"}, None)
    with pytest.raises(InvalidDocument) as then:
        preview_document(TERMS, HISTORY, None)

    assert [fault.partition(":")[0] for fault in refusal.value.faults] == ["terms", "as_of"]
    assert then.value.faults == ["document: must be an object"]


def test_free_times_of_a_week_are_answered_in_utc() -> None:
    monday = ["10:15", "10:30", "10:45", "11:00", "13:00", "13:15", "13:30", "13:45", "16:00"]

    answer = slots_document(AVAILABILITY)

    slots = [f"2026-03-02T{clock}:00Z" for clock in monday]
    assert answer == {"slots": [*slots, "2026-03-03T08:00:00Z"]}


@settings(deadline=None)
@given(RANDOMS)
def test_every_answer_can_be_written_as_json(rng: Random) -> None:
    terms, history = random_case(rng)
    answers = [
        judge_document(terms, history),
        preview_document(terms, history, random_what_if(rng, terms, history)),
        slots_document(random_availability(rng)),
    ]

    written = json.loads(json.dumps(answers, allow_nan=False))

    assert written == answers
