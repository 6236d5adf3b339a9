"""How long a command takes to start, answer a small case and leave, against a bare interpreter."""

from __future__ import annotations

import compileall
import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.histories import TERMS, make_history
from benchmarks.measuring import pair_ratios
from benchmarks.report import Finding

LIMIT = 2.5
ROUNDS = 60
SOURCES = Path(__file__).parent.parent / "src"
PEER = "python -c pass"

AVAILABILITY: dict[str, Any] = {
    "time_zone": "Europe/Warsaw", "now": "2026-03-01T12:00:00Z",
    "from": "2026-03-02", "until": "2026-05-01",
    "weekly": {"mon": [["09:00", "13:00"], ["14:00", "18:00"]], "thu": [["09:00", "18:00"]]},
    "exceptions": [{"date": "2026-04-06", "windows": []}],
    "minutes": 50, "step_minutes": 15, "buffer_after": 15, "notice_minutes": 120,
    "horizon_days": 60, "max_per_day": 6, "max_per_week": 20,
    "bookings": [
        {"start": "2026-03-05T09:00:00Z", "end": "2026-03-05T09:50:00Z", "buffer_after": 15}
    ],
    "busy": [{"start": "2026-03-09T11:00:00+01:00", "end": "2026-03-09T12:00:00+01:00"}],
}  # fmt: skip


def measure() -> list[Finding]:
    """Start each command in turns with the bare interpreter; the ratio is the median of pairs."""
    compileall.compile_dir(SOURCES, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        commands = _write_cases(Path(folder))
        spent = _time_in_turns({PEER: [sys.executable, "-c", "pass"], **commands})
    theirs = spent.pop(PEER)
    return [
        Finding(
            part="startup",
            what=name,
            peer=PEER,
            ours=median(ours),
            theirs=median(theirs),
            unit="ms",
            limit=LIMIT,
            paired=pair_ratios(ours, theirs),
        )
        for name, ours in spent.items()
    ]


def _write_cases(folder: Path) -> dict[str, list[str]]:
    """Write the documents of a small case with every rule; answer the commands that read them."""
    history = make_history(3)
    last = history["bookings"][-1]
    step = {"type": "cancelled", "by": "client", "at": last["booked_at"]}
    documents = {
        "availability": AVAILABILITY,
        "terms": TERMS,
        "history": history,
        "what-if": {"booking": last["id"], "event": step},
    }
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    command = str(Path(sys.executable).with_name("miedza"))
    files = {
        "judge": ("terms", "history"),
        "slots": ("availability",),
        "preview": ("terms", "history", "what-if"),
    }
    return {
        f"miedza {name}": [command, name, *(str(folder / f"{read}.json") for read in names)]
        for name, names in files.items()
    }


def _time_in_turns(commands: dict[str, list[str]]) -> dict[str, list[float]]:
    """Run each command once a round, in turns; answer the milliseconds of each round."""
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for counted in range(-3, ROUNDS):
        for name, arguments in commands.items():
            milliseconds = _time_command(arguments)
            if counted >= 0:
                spent[name].append(milliseconds)
    return spent


def _time_command(arguments: list[str]) -> float:
    """Run a command, its output thrown away, and answer the milliseconds it took."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    began = perf_counter()
    child = os.posix_spawn(arguments[0], arguments, os.environ, file_actions=quiet)
    _, status = os.waitpid(child, 0)
    took = perf_counter() - began
    if status:
        raise RuntimeError(f"{' '.join(arguments)} failed with status {status}")
    return took * 1000
