"""`make soak`: run what is heavy until the time is up; what was run before goes on from there.

    python -m soak --minutes 60
    python -m soak --minutes 10 --only slot,keys
    python -m soak --only "pairs SQLite"          # those pieces whose name begins so
    python -m soak --report                       # what was found, as Markdown

What is found is kept for the program as it stands: once its source changes, all of it is run anew.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soak.units import list_units
from tools.ready import make_ready

if TYPE_CHECKING:
    from collections.abc import Iterable

    from soak.units import Unit

ROOT = Path(__file__).resolve().parent.parent


def find_version() -> str:
    """What is being run: the tree of the sources, and whether it was changed since."""

    def ask(*command: str) -> str:
        run = subprocess.run(
            ["git", *command], cwd=ROOT, capture_output=True, text=True, check=True
        )
        return run.stdout.strip()

    changed = ask("status", "--porcelain", "--", "src", "tests", "soak")
    return ask("rev-parse", "--short=12", "HEAD:src") + ("-changed" if changed else "")


def read_found(kept: Path) -> dict[str, dict[str, Any]]:
    """What was found before, by the name of its unit."""
    if not kept.exists():
        return {}
    lines = kept.read_text(encoding="utf-8").splitlines()
    return {found["unit"]: found for found in map(json.loads, lines)}


def run_until(deadline: float, units: Iterable[Unit], kept: Path) -> int:
    """Run units until the time is up; how many of them do not hold."""
    failed = 0
    done = {name for name, found in read_found(kept).items() if found["holds"]}
    for unit in units:
        if unit.name in done:
            continue
        if time.monotonic() >= deadline:
            print("The time is up; the next run goes on from here.")
            break
        began = time.monotonic()
        holds, figures = unit.run(kept.parent)
        found = {
            "unit": unit.name, "part": unit.part, "holds": holds,
            "seconds": round(time.monotonic() - began, 1), "figures": figures,
        }  # fmt: skip
        with kept.open("a", encoding="utf-8") as log:
            log.write(json.dumps(found) + "\n")
        print(f"{unit.name}: {'holds' if holds else 'FAILS'} ({found['seconds']} s) {figures}")
        failed += not holds
    return failed


def report(found: Iterable[dict[str, Any]]) -> str:
    """What was found, part by part, as a table."""
    sums: dict[str, Counter[str]] = {}
    for each in found:
        of_part = sums.setdefault(each["part"], Counter())
        of_part.update({"runs": 1, "failed": not each["holds"], "seconds": each["seconds"]})
        of_part.update(each["figures"])
    lines = ["| part | runs | failed | minutes | figures |", "|---|--:|--:|--:|---|"]
    for part, of_part in sums.items():
        runs, failed, seconds = (of_part.pop(name) for name in ("runs", "failed", "seconds"))
        said = ", ".join(f"{count:,} {name}" for name, count in of_part.items())
        lines.append(f"| {part} | {runs} | {failed} | {seconds / 60:.0f} | {said} |")
    return "\n".join(lines)


def main() -> int:
    """Run what is asked for; 1 where something does not hold."""
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=60, help="how long at most (60)")
    parser.add_argument("--only", default="", help="how names of pieces begin, by commas")
    parser.add_argument("--report", action="store_true", help="tell what was found before")
    said = parser.parse_args()
    kept = ROOT / ".cache" / "soak" / find_version() / "found.jsonl"
    kept.parent.mkdir(parents=True, exist_ok=True)
    wanted = tuple(filter(None, said.only.split(","))) or ("",)  # All names begin with nothing.
    failed = 0
    if not said.report:
        make_ready()
        units = [unit for unit in list_units() if unit.name.startswith(wanted)]
        failed = run_until(time.monotonic() + said.minutes * 60, units, kept)
    print(report(read_found(kept).values()))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
