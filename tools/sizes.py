"""Files and functions stay small enough to be read at one sitting."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = {".py": 300, ".html": 120, ".css": 150, ".js": 120}
MOST_FUNCTION_LINES = 40


def find_long(names: list[str]) -> list[str]:
    """Files and functions that are too long, told in a line each."""
    long = []
    for name in names:
        path = ROOT / name
        most = MOST_LINES.get(path.suffix)
        if most is None or "migrations" in path.parts or not path.exists():
            continue
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > most:
            long.append(f"{name} has {lines} lines; at most {most}")
        if path.suffix == ".py":
            long.extend(_find_long_functions(name, text))
    return long


def _find_long_functions(name: str, text: str) -> list[str]:
    """Functions that are too long, docstrings not counted."""
    long = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if ast.get_docstring(node):
                first = node.body[0]
                lines -= (first.end_lineno or 0) - first.lineno + 1
            if lines > MOST_FUNCTION_LINES:
                long.append(f"{name}:{node.lineno} {node.name} has {lines} lines; "
                            f"at most {MOST_FUNCTION_LINES}")  # fmt: skip
    return long


if __name__ == "__main__":
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = find_long(listed.stdout.splitlines())
    print("\n".join(found) or "Nothing is too long.")
    sys.exit(1 if found else 0)
