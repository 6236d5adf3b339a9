"""The core is pure: no Django, no clock, no chance, no files, no logging; and it starts at once."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import miedza.core
from tests.core.samples import AVAILABILITY, HISTORY, TERMS
from tests.core.test_questions import BOOK

ROOT = Path(miedza.core.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
IMPORTS = {
    "django", "os", "io", "pathlib", "sys", "time", "random", "secrets", "uuid", "logging",
    "warnings", "socket", "subprocess", "threading", "asyncio", "http", "urllib", "tempfile",
}  # fmt: skip
CALLS = {"open", "print", "input", "exec", "eval", "breakpoint"}
CLOCKS = {"now", "utcnow", "today", "localtime", "gmtime"}


def find_impurities(source: str) -> Iterator[str]:
    """What a module imports or calls that a pure one would not, with its line."""
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in CALLS:
                yield f"{node.lineno}: {called.id}()"
            elif isinstance(called, ast.Attribute) and called.attr in CLOCKS:
                yield f"{node.lineno}: .{called.attr}()"
        impure = [name for name in names if name.split(".")[0] in IMPORTS]
        yield from (f"{getattr(node, 'lineno', 0)}: import {name}" for name in impure)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_of_the_core_is_pure(path: Path) -> None:
    assert list(find_impurities(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("import os.path", ["1: import os.path"]),
        ("def f():\n    from django.db import models", ["2: import django.db"]),
        ("from datetime import datetime\ndatetime.now()", ["2: .now()"]),
        ("import datetime\nx = datetime.date.today()", ["2: .today()"]),
        ("print(open('x'))", ["1: print()", "1: open()"]),
        ("from operator import itemgetter\nnow = 1\nf(now)", []),
    ],
)
def test_impurity_is_found(source: str, told: list[str]) -> None:
    assert list(find_impurities(source)) == told


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_of_the_core_imports_only_the_core(path: Path) -> None:
    names = [
        node.module
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("miedza")
    ]

    assert [name for name in names if not f"{name}.".startswith("miedza.core.")] == []


@pytest.mark.parametrize(
    ("command", "case"),
    [
        ("slots", AVAILABILITY),
        ("judge", {"terms": TERMS, "history": HISTORY}),
        ("preview", {"terms": TERMS, "history": HISTORY, "what_if": BOOK}),
    ],
)
def test_command_loads_neither_django_nor_typing(command: str, case: object) -> None:
    script = Path(sys.executable).with_name("miedza")
    told = subprocess.run(
        [sys.executable, "-X", "importtime", script, command, "--lines"],
        input=json.dumps(case).encode(), capture_output=True, timeout=60, check=True,
    )  # fmt: skip

    lines = told.stderr.decode().splitlines()
    loaded = {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}
    assert "faults" not in json.loads(told.stdout)
    assert {"miedza.core.documents", "miedza.cli.quick_json"} <= loaded
    heavy = (
        "django", "typing", "logging", "socket", "inspect", "dataclasses", "asyncio", "re", "enum",
        "json",
    )  # fmt: skip
    assert {name for name in loaded if name.split(".")[0] in heavy} == set()
