"""Thousands of spoilt documents: each is answered, or refused with faults; none breaks anything."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from miedza.cli.core import answer_line
from tests.cli.mutating import spoilt_line
from tests.sizes import list_seeds, read_size

COUNT = read_size("MUTATIONS", 10_000)
BATCHES = 10
ANSWERS = {
    "slots": {"slots"},
    "judge": {"rulings", "settlements"},
    "preview": {"rulings", "settlement", "refused"},
}
COMMANDS = list(ANSWERS)
FAULT = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+: [^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def is_sound(command: str, answer: dict[str, Any]) -> bool:
    """Whether it is a real answer, or faults of the form `path: what is wrong`."""
    if set(answer) == {"faults"}:
        faults = answer["faults"]
        return bool(faults) and all(FAULT.fullmatch(fault) for fault in faults)
    return set(answer) == ANSWERS[command]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_spoilt_document_is_answered_or_refused(batch: int) -> None:
    refused = 0
    for seed in list_seeds(batch, COUNT, BATCHES):
        command = COMMANDS[seed // BATCHES % 3]
        line = spoilt_line(Random(seed), command)

        answer = answer_line(command, line)

        assert is_sound(command, answer), f"seed {seed}: {json.dumps(answer)[:500]}"
        assert json.loads(json.dumps(answer, allow_nan=False)) == answer, f"seed {seed}"
        refused += "faults" in answer
    # Otherwise this would be no test of refusals, or of nothing else.
    assert 0 < refused < len(list_seeds(batch, COUNT, BATCHES))


def test_every_spoilt_line_has_one_answer() -> None:
    lines = [spoilt_line(Random(f"line {n}"), "judge") for n in range(1000)]
    given = [line for line in lines if line.strip()]

    ran = subprocess.run(
        [Path(sys.executable).with_name("miedza"), "judge", "--lines"],
        input=b"\n".join(lines), capture_output=True, timeout=300, check=False,
    )  # fmt: skip

    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert (ran.returncode, ran.stderr, len(answers)) == (0, b"", len(given))
    assert answers == [answer_line("judge", line) for line in given]
