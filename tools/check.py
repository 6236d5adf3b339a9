"""`make test`: everything that must hold, told step by step; stops at the end, not at the first."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest"]
ON_POSTGRESQL = ["tests/db", "tests/practice", "tests/people", "tests/agreements", "tests/ledger",
                 "tests/bookings", "tests/messaging", "tests/web"]  # fmt: skip


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
        ("rooms", [str(BIN / "lint-imports"), "--no-timing"], {}),
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
        ("tests", PYTEST, {}),
        ("tests on PostgreSQL", [sys.executable, "-m", "tools.on_postgresql", *ON_POSTGRESQL], {}),
    ]


def main() -> int:
    """Run every step; answer 1 where one failed."""
    failed = []
    for name, command, added in list_steps():
        print(f"── {name}", flush=True)
        started = time.monotonic()
        code = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **added}, check=False
        ).returncode
        print(
            f"   {'holds' if code == 0 else 'FAILS'} ({time.monotonic() - started:.0f} s)",
            flush=True,
        )
        if code:
            failed.append(name)
    if failed:
        print("These do not hold: " + ", ".join(failed))
        return 1
    print("Everything holds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
