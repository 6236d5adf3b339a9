"""The commands that run a practice say what they are, and take nothing they would ignore."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MIEDZA = Path(sys.executable).with_name("miedza")


def _run(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [MIEDZA, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_all_commands_are_listed() -> None:
    code, said, wrong = _run("--help")

    assert (code, wrong) == (0, "")
    for name in ("slots", "judge", "preview", "serve", "demo", "backup", "restore", "check"):
        assert f"  {name} " in said


def test_command_that_is_none_is_named() -> None:
    code, said, wrong = _run("bookings")

    assert (code, said) == (2, "")
    assert wrong.startswith("miedza: there is no command 'bookings'\nusage: miedza COMMAND")


@pytest.mark.parametrize("command", ["serve", "demo"])
@pytest.mark.parametrize(("argument", "code"), [("--help", 0), ("-h", 0), ("--port=1", 2)])
def test_what_takes_no_arguments_says_so_and_starts_nothing(
    command: str, argument: str, code: int
) -> None:
    answer, *said = _run(command, argument)

    assert answer == code
    assert said[code // 2].startswith(f"usage: miedza {command}\n")
    assert said[code // 2].endswith("; it takes no arguments\n")
    assert said[1 - code // 2] == ""
