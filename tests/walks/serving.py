"""The server under the walks: started as people start it, stopped by Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MIEDZA = Path(sys.executable).with_name("miedza")
ROOT = Path(__file__).resolve().parent.parent.parent
GREETED = "Ctrl-C stops everything."
LAST_LINE = "Stopped. Everything is saved."
PATIENCE_SECONDS = 60
_LETTER = re.compile(r"letter to (\S+) is shown here ---\n(.*?)\n---\n", re.DOTALL)
_CODE = re.compile(r"^([A-Z0-9]{3,6}-?[A-Z0-9]{3,6})$", re.MULTILINE)


def find_free_port() -> int:
    """A port on which nobody listens at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def surroundings(folder: Path, port: int, **more: str) -> dict[str, str]:
    """What the program sees around it: nothing of the tests, and no language of the terminal."""
    alien = ("MIEDZA_", "DJANGO_", "LANG", "LC_", "DEMO_", "PYTEST_", "COVERAGE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(alien)}
    return {**kept, "MIEDZA_DATA": str(folder), "MIEDZA_PORT": str(port), **more}


def list_processes(folder: Path) -> dict[int, str]:
    """All processes that work on a data folder, by id, with their command line."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            around = (entry / "environ").read_bytes().split(b"\0")
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # It has ended meanwhile, or is somebody else's.
        if f"MIEDZA_DATA={folder}".encode() in around and command:
            found[int(entry.name)] = command
    return found


class Server:
    """A running `miedza serve`."""

    def __init__(self, folder: Path, command: str = "serve", **more: str) -> None:
        """Start it; `wait` waits until it greets."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder / "data"
        self.port = find_free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = folder / f"terminal-{self.port}.txt"
        with self.log.open("wb") as terminal:
            self.process = subprocess.Popen(
                [MIEDZA, command], cwd=folder, stdout=terminal, stderr=subprocess.STDOUT,
                env=surroundings(self.folder, self.port, **more),
            )  # fmt: skip

    def said(self) -> str:
        """What stands in its terminal."""
        return self.log.read_text(encoding="utf-8")

    def wait_for(self, words: str) -> str:
        """Wait until the terminal shows some words; answer all it shows."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in self.said():
            assert self.process.poll() is None, f"it ended by itself:\n{self.said()}"
            assert time.monotonic() < deadline, f"{words!r} never came:\n{self.said()}"
            time.sleep(0.05)
        return self.said()

    def wait_for_code(self, email: str, *, after: int = 0) -> str:
        """The newest sign-in code for an address that the terminal shows.

        Args:
            email: to whom the letter goes.
            after: how many codes for it have been read before.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            letters = [text for to, text in _LETTER.findall(self.said()) if to == email]
            codes = [found[1] for text in letters if (found := _CODE.search(text))]
            if len(codes) > after:
                return str(codes[-1])
            assert time.monotonic() < deadline, f"no code came:\n{self.said()}"
            time.sleep(0.05)

    def list_processes(self) -> dict[int, str]:
        """Its processes, by id, with their command line."""
        return list_processes(self.folder)

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """Press Ctrl-C, or send another signal, and see that everything ends as promised."""
        self.process.send_signal(number)
        code = self.process.wait(timeout=PATIENCE_SECONDS)
        assert code == 0, self.said()
        assert self.said().rstrip().splitlines()[-1] == LAST_LINE
        assert self.list_processes() == {}

    def kill(self) -> None:
        """End what is left of it, where a walk has failed before its end."""
        for process in self.list_processes():
            os.kill(process, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(folder: Path, command: str = "serve", **more: str) -> Iterator[Server]:
    """Serve for the time of a block; at its end Ctrl-C stops everything, cleanly."""
    server = Server(folder, command, **more)
    try:
        server.wait_for(GREETED)
        yield server
        if server.process.poll() is None:
            server.stop()
    finally:
        server.kill()
