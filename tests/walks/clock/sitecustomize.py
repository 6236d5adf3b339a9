"""A clock that a walk can move: loaded by every process of a server whose `PYTHONPATH` leads here.

The file that `WALK_CLOCK` names holds the moment to travel to, in seconds since 1970; from there
time goes on. Whenever the file changes, all processes travel again.
"""

import os
import threading
from pathlib import Path
from typing import Any

_FILE = os.environ.get("WALK_CLOCK", "")
_journeys: list[Any] = []


def _travel(told: str) -> str:
    """Travel to the moment in the file, unless that was done; answer what stands there."""
    import time_machine

    now = Path(_FILE).read_text(encoding="ascii").strip()
    if now != told:
        while _journeys:
            _journeys.pop().stop()
        _journeys.append(time_machine.travel(float(now), tick=True))
        _journeys[-1].start()
    return now


def _follow(told: str) -> None:
    pause = threading.Event()
    while True:
        told = _travel(told)
        pause.wait(0.02)


def _begin() -> None:
    """Travel before anything else runs, then follow; a process that was forked follows anew."""
    threading.Thread(target=_follow, args=(_travel(""),), daemon=True).start()


if _FILE:
    _begin()
    os.register_at_fork(after_in_child=_begin)
