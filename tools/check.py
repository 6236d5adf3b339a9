"""`make test`: everything that must hold, told step by step; two steps at a time, all of them."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest"]
ON_NOTHING = [
    "tests/core",
    "tests/cli",
    "tests/stories",
    "tests/naive",
    "tests/words",
    "tests/tools",
]
ON_DATABASE = ["tests/config", "tests/db", "tests/practice", "tests/people", "tests/agreements",
               "tests/ledger", "tests/bookings", "tests/messaging", "tests/calendars",
               "tests/jobs", "tests/adapters", "tests/web"]  # fmt: skip
IN_THE_BROWSER = ["tests/walks"]
_telling = threading.Lock()


def _tracked(*patterns: str) -> list[str]:
    """The files of the repository that match, those not yet committed included."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def list_steps() -> list[tuple[str, list[str], dict[str, str]]]:
    """The steps: what each is called, its command, what it adds to the environment."""
    templates = _tracked("src/miedza/*.html")
    scratch = {
        "MIEDZA_DATA": str(ROOT / ".cache" / "check"),
        "MIEDZA_SECRET_KEY": "checks only",
        "MIEDZA_MASTER_KEY": base64.b64encode(b"c" * 32).decode(),
    }
    return [
        ("style", [str(BIN / "ruff"), "check", "--quiet", "."], {}),
        ("format", [str(BIN / "ruff"), "format", "--quiet", "--check", "."], {}),
        ("types", [str(BIN / "mypy"), "--no-error-summary"], scratch),
        ("rooms", [str(BIN / "lint-imports"), "--no-logo"], {}),
        ("templates", [str(BIN / "djlint"), "--lint", "--quiet", *templates], {}),
        (
            "template style",
            [str(BIN / "djade"), "--target-version", "5.2", "--check", *templates],
            {},
        ),
        ("sizes", [sys.executable, "-m", "tools.sizes"], {}),
        ("sentences", [sys.executable, "-m", "tools.translations", "check"], {}),
        (
            "migrations",
            [
                sys.executable,
                "-m",
                "miedza.config.manage",
                "makemigrations",
                "--check",
                "--dry-run",
            ],
            scratch,
        ),
        ("tests of the core", [*PYTEST, *ON_NOTHING], {}),
        ("tests of the application", [*PYTEST, *ON_DATABASE, *IN_THE_BROWSER], {}),
        ("tests on PostgreSQL", [sys.executable, "-m", "tools.on_postgresql", *ON_DATABASE], {}),
    ]


def run_step(step: tuple[str, list[str], dict[str, str]]) -> bool:
    """Run one step and tell how it went, its output in one piece; answer whether it holds."""
    name, command, added = step
    started = time.monotonic()
    run = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **added}, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    holds = run.returncode == 0
    took = f"{'holds' if holds else 'FAILS'} ({time.monotonic() - started:.0f} s)"
    with _telling:
        print(f"── {name}: {took}\n{run.stdout.rstrip()}\n", flush=True)
    return holds


def main() -> int:
    """Run every step, two at a time; answer 1 where one failed."""
    steps = list_steps()
    with ThreadPoolExecutor(max_workers=2) as hands:
        failed = [
            step[0] for step, holds in zip(steps, hands.map(run_step, steps), strict=True)
            if not holds
        ]  # fmt: skip
    print("These do not hold: " + ", ".join(failed) if failed else "Everything holds.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
