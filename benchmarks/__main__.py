"""`python -m benchmarks`: measure, print a table, and fail where a limit does not hold."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module

from benchmarks.report import Finding, format_table, write_json

PARTS = ("startup", "judging", "slots", "wired", "pages", "commits", "footprint")


def main() -> int:
    """Run the parts asked for.

    Returns:
        0 where every limit measured holds, 1 where one fails.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", metavar="PARTS", help=f"some of {','.join(PARTS)}")
    parser.add_argument("--json", metavar="FILE", help="write the findings to this file too")
    arguments = parser.parse_args()
    parts = arguments.only.split(",") if arguments.only else list(PARTS)
    if strange := [part for part in parts if part not in PARTS]:
        parser.error(f"no such part: {', '.join(strange)}; there are {', '.join(PARTS)}")
    findings: list[Finding] = []
    for part in parts:
        print(f"measuring {part} …", file=sys.stderr, flush=True)
        findings.extend(import_module(f"benchmarks.{part}").measure())
    today = datetime.now(UTC).date()
    print(f"{today}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print(format_table(findings))
    if arguments.json:
        write_json(findings, arguments.json)
    failed = [finding for finding in findings if finding.verdict == "fails"]
    unmeasured = [finding for finding in findings if finding.verdict == "not measured"]
    print(f"\n{len(failed)} fail, {len(unmeasured)} not measured")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
