"""What there is to run, cut into pieces of a minute or a few."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from soak import keys, slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("SQLite", "PostgreSQL")
WAYS = 7


class Unit(NamedTuple):
    """One piece."""

    part: str
    name: str
    run: Callable[[Path], tuple[bool, dict[str, int]]]
    """Takes the folder of this version; answers whether it holds, and figures to be summed."""


def _run_tests(
    _folder: Path, *, paths: list[str], counted: str, count: int, on: str = "", **steer: int
) -> tuple[bool, dict[str, int]]:
    """Run tests with other sizes; those that passed are counted."""
    runner = ["-m", "tools.on_postgresql"] if on == "PostgreSQL" else ["-m", "pytest"]
    env = {**os.environ, **{f"MIEDZA_TESTS_{name}": str(value) for name, value in steer.items()}}
    run = subprocess.run(
        [sys.executable, *runner, "-p", "no:cacheprovider", *paths],
        cwd=ROOT, env=env, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if run.returncode:
        print(run.stdout[-6000:])
    passed = re.search(r"(\d+) passed", run.stdout)
    return run.returncode == 0, {"tests": int(passed[1]) if passed else 0, counted: count}


def list_units() -> Iterator[Unit]:
    """All pieces, those of different parts by turns, so that a short run sees something of each."""
    parts = [
        [*_of_slot()], [*_of_keys()], [*_of_races()], [*_of_pairs()], [*_of_calendars()],
        [*_of_core()],
    ]  # fmt: skip
    for row in itertools.zip_longest(*parts):
        yield from (unit for unit in row if unit is not None)


def _of_slot() -> Iterator[Unit]:
    """One slot, ten thousand attempts by every way, two hundred at a time, over HTTP (R1)."""
    for database in DATABASES:
        yield Unit("slot", f"slot {database}", partial(slot.run_wave, database=database))


def _of_keys() -> Iterator[Unit]:
    """A thousand forms, each sent twenty times, fifty at once, over HTTP (R3)."""
    for number, database in itertools.product(range(keys.BATCHES), DATABASES):
        run = partial(keys.run_batch, database=database, number=number)
        yield Unit("keys", f"keys {database} {number}", run)


def _of_races() -> Iterator[Unit]:
    """A hundred rounds of every race but those of the pairs."""
    paths = ["tests/bookings/test_races.py", "tests/bookings/test_limits_race.py",
             "tests/bookings/test_waiting.py"]  # fmt: skip
    for number, database in itertools.product(range(20), DATABASES):
        run = partial(_run_tests, paths=paths, counted="rounds", count=5, on=database, RACES=5)
        yield Unit("races", f"races {database} {number}", run)


def _of_pairs() -> Iterator[Unit]:
    """A hundred rounds of a hundred attempts for every pair of ways (R1), two rounds a piece."""
    paths, count = ["tests/bookings/test_ways_race.py"], 2 * WAYS * (WAYS + 1) // 2 * 100
    for number, database in itertools.product(range(50), DATABASES):
        run = partial(
            _run_tests, paths=paths, counted="attempts", count=count, on=database, RACES=2,
            ATTEMPTS=100,
        )  # fmt: skip
        yield Unit("pairs", f"pairs {database} {number:02}", run)


def _of_calendars() -> Iterator[Unit]:
    """Ten thousand mutated calendars beside those that are written by hand (R11)."""
    for number in range(10):
        run = partial(
            _run_tests, paths=["tests/adapters/test_calendar_files.py"], MUTATIONS=1000,
            counted="mutated calendars", count=1000, FIRST=1000 * number,
        )  # fmt: skip
        yield Unit("calendars", f"calendars {number}", run)


def _of_core() -> Iterator[Unit]:
    """The core against its naive twin, in every zone at every change of its clocks (R8, R9)."""
    for number in range(10):
        run = partial(
            _run_tests, paths=["tests/core", "tests/cli"], counted="rounds", count=20_000,
            ROUNDS=20_000, MUTATIONS=20_000, FIRST=20_000 * number,
        )  # fmt: skip
        yield Unit("core", f"core {number}", run)
