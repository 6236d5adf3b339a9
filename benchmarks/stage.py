"""A practice for the benchmarks, in a database of its own, as the product keeps it.

Run as `python -m benchmarks.stage PART` in a process with the surroundings of a practice; what it
finds is printed as one line of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEYS = {
    "MIEDZA_SECRET_KEY": "of-a-benchmark-that-keeps-no-secret-for-anybody-at-all",
    "MIEDZA_MASTER_KEY": "Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2M=",
    "DJANGO_SETTINGS_MODULE": "miedza.config.settings",
}


@contextmanager
def list_databases() -> Iterator[dict[str, Mapping[str, str]]]:
    """The databases to measure on, as the product runs them, with the surroundings of each."""
    from tools.on_postgresql import CAREFUL, running_server

    with tempfile.TemporaryDirectory() as folder, running_server(CAREFUL) as url:
        yield {
            "SQLite": {**KEYS, "MIEDZA_DATA": folder},
            "PostgreSQL": {**KEYS, "MIEDZA_DATA": folder, "MIEDZA_DATABASE_URL": url},
        }


def run_part(part: str, surroundings: Mapping[str, str]) -> dict[str, Any]:
    """Run a part in a process of its own; what it found."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.stage", part],
        cwd=Path(__file__).parent.parent, env={**os.environ, **surroundings}, check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.strip().rpartition("\n")[2])
    return found


def set_up() -> None:
    """Make the database of this process ready."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


if __name__ == "__main__":
    set_up()
    print(json.dumps(import_module(f"benchmarks.{sys.argv[1]}").run()))
