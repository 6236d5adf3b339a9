"""The one command: what it says, what it refuses, how it ends. No browser."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.walks.serving import (
    MIEDZA,
    PATIENCE_SECONDS,
    ROOT,
    find_free_port,
    list_processes,
    serving,
    surroundings,
)

if TYPE_CHECKING:
    from tests.walks.serving import Server

pytestmark = [pytest.mark.walk, pytest.mark.usefixtures("ready")]


def _read(server: Server, path: str) -> str:
    """What the server answers at a path."""
    with urllib.request.urlopen(f"{server.url}{path}", timeout=PATIENCE_SECONDS) as answer:
        text: str = answer.read().decode()
    return text


def _serve(folder: Path, port: int) -> subprocess.CompletedProcess[str]:
    """Start where it cannot start; answer how it ended."""
    around = surroundings(folder, port)
    return subprocess.run(
        [MIEDZA, "serve"], env=around, capture_output=True, text=True, timeout=60, check=False
    )


def _find_part(server: Server, module: str) -> int | None:
    """The id of a part of the server, by its module; None where it does not run."""
    running = server.list_processes().items()
    return next((number for number, command in running if module in command), None)


def test_serve_greets_with_address_folder_and_next_step(server: Server) -> None:
    said = server.said()

    assert said == (
        f"\nMiedza is ready: {server.url}\n"
        f"Your data lie in {server.folder}. Keep a copy of that folder.\n"
        "Open the address in a browser; the first visit creates your practice.\n"
        "Ctrl-C stops everything.\n\n"
    )
    assert "<h1>" in _read(server, "/")


def test_serve_keeps_its_folder_to_its_owner(server: Server) -> None:
    keys = [server.folder / name for name in ("secret.key", "master.key")]

    assert server.folder.stat().st_mode & 0o077 == 0
    assert [key.stat().st_mode & 0o077 for key in keys] == [0, 0]


def test_serve_keeps_its_database_to_its_owner(server: Server) -> None:
    files = [path for path in server.folder.iterdir() if path.name.startswith("miedza.sqlite3")]

    assert files
    assert [path.stat().st_mode & 0o077 for path in files] == [0] * len(files)


def test_serve_refuses_a_key_that_sealed_something_else(tmp_path: Path) -> None:
    with serving(tmp_path, "demo") as server:
        pass
    (server.folder / "master.key").write_bytes(base64.b64encode(bytes(32)))

    ended = _serve(server.folder, find_free_port())

    assert ended.returncode == 1
    assert ended.stderr == (
        "The key master.key is not the one that sealed this practice, and opens none of its "
        "notes. Bring the right key back from the backup.\n"
        "Miedza could not make its database ready; see above.\n"
    )


def test_serve_says_that_the_port_is_taken(server: Server, tmp_path: Path) -> None:
    ended = _serve(tmp_path / "data", server.port)

    said = f"Port {server.port} is taken by another program. Choose another: PORT=8001 make run\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", said)


def test_serve_says_that_the_folder_cannot_be_written(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder", encoding="utf-8")

    ended = _serve(file / "data", find_free_port())

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"Miedza cannot write to its data folder {file / 'data'} (Not a directory). "
        "Choose another with MIEDZA_DATA=/path/to/folder, or make this one yours.\n"
    )
    assert list_processes(file / "data") == {}


def test_serve_says_that_the_port_is_no_number(tmp_path: Path) -> None:
    around = {**surroundings(tmp_path / "data", 0), "MIEDZA_PORT": "eighty"}

    ended = subprocess.run(
        [MIEDZA, "serve"], env=around, capture_output=True, text=True, timeout=60, check=False
    )

    said = "MIEDZA_PORT must be a whole number, not 'eighty'.\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", said)


def test_serve_keeps_data_from_start_to_start(tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        database = first.folder / "miedza.sqlite3"
        keys = {key.name: key.read_bytes() for key in first.folder.glob("*.key")}
        assert "welcome" in urllib.request.urlopen(first.url, timeout=PATIENCE_SECONDS).url
    written = database.stat().st_ino

    with serving(tmp_path) as second:
        assert "<h1>" in _read(second, "/welcome/")
        assert database.stat().st_ino == written
        assert {key.name: key.read_bytes() for key in second.folder.glob("*.key")} == keys
        assert len(keys) == 2


def test_serve_brings_back_a_part_that_died(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        for module in ("miedza.config.worker", "miedza.config.pages"):
            dead = _find_part(server, module)
            assert dead is not None
            os.kill(dead, signal.SIGKILL)
            deadline = time.monotonic() + PATIENCE_SECONDS
            while _find_part(server, module) in (None, dead):
                assert time.monotonic() < deadline, f"{module} did not come back"
                time.sleep(0.1)
        assert "<h1>" in _read_when_back(server)


def _read_when_back(server: Server) -> str:
    """The first page, as soon as it is answered again."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return _read(server, "/welcome/")
        except OSError:
            assert time.monotonic() < deadline, server.said()
            time.sleep(0.1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_serve_ends_with_its_service_manager_and_with_its_window(
    tmp_path: Path, number: signal.Signals
) -> None:
    with serving(tmp_path) as server:
        server.stop(number)


def test_serve_leaves_nothing_behind_when_it_is_killed(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        server.process.kill()
        server.process.wait()

        deadline = time.monotonic() + PATIENCE_SECONDS
        while server.list_processes():
            assert time.monotonic() < deadline, server.list_processes()
            time.sleep(0.1)


def test_make_run_serves_on_the_port_that_is_asked_for() -> None:
    probe = "include Makefile\nprobe:\n\t@echo $$MIEDZA_PORT\n"
    make = ["make", "-f", "-", "probe"]
    own = ("PORT", "MIEDZA_PORT", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")  # Of a make around this one.
    around = {name: value for name, value in os.environ.items() if name not in own}

    told = [
        subprocess.run(
            command, cwd=ROOT, env=more, input=probe, capture_output=True, text=True, check=True
        ).stdout.strip()
        for command, more in (
            (make, around),
            ([*make, "PORT=8123"], around),
            (make, {**around, "PORT": "8124"}),
        )
    ]
    recipe = subprocess.run(
        ["make", "-n", "run", "PORT=8123"],
        cwd=ROOT, env=around, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert told == ["8000", "8123", "8124"]
    assert recipe.stdout.rstrip().splitlines()[-1].endswith("miedza serve")


def test_make_run_says_that_python_is_too_old(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    old = tmp_path / "python3.9"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)

    ended = subprocess.run(
        ["make", "run", f"PYTHON={old}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    said = (
        "Miedza needs Python 3.11 or newer; this is Python 3.9.2. Try PYTHON=python3.12 make run.\n"
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith(said)
    assert not (tmp_path / ".venv").exists()
