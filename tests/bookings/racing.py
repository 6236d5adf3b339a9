"""Many who want the same at the same moment: threads, and processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.db import connection, connections

from tests.sizes import read_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RACES = read_size("RACES", 2)
"""How many races of each kind; `make soak` runs a hundred."""


def race(steps: Sequence[Callable[[], object]]) -> Counter[str]:
    """Take all steps at once, each in a thread with a connection of its own.

    Returns:
        How often each answer came: `done`, or the name of what was raised.
    """
    answers: list[str] = []
    gate = threading.Barrier(len(steps))

    def run(step: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            step()
            answers.append("done")
        except Exception as error:  # noqa: BLE001 - the race is judged by all its answers.
            answers.append(f"{type(error).__name__}: {error}".removesuffix(": "))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(answers)


def race_processes(script: str, arguments: Sequence[Sequence[str]]) -> Counter[str]:
    """Run a script in processes, all released at once; the last line each prints is its answer."""
    settings = connection.settings_dict
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "miedza.config.settings"}
    if connection.vendor == "postgresql":
        host = quote(str(settings["HOST"]), safe="")
        address = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={host}"
        surroundings["MIEDZA_DATABASE_URL"] = address
    root = Path(__file__).resolve().parent.parent.parent
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, *words], cwd=root, env=surroundings, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        for words in arguments
    ]  # fmt: skip
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=120)[0] for process in running]
    return Counter(lines.strip().rpartition("\n")[2] for lines in said)
