"""From a fresh clone to the first page, and the memory that one practice takes while it runs.

This part alone has limits in seconds and in MB, which are promises to whoever tries the product on
a small machine. An empty home stands for a machine on which nothing was ever installed or cached.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.processes import Process, find_running, find_tree, sum_memory
from benchmarks.report import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REPOSITORY = Path(__file__).parent.parent
COMMAND = ("make", "run")
MOST_SECONDS = 60.0
MOST_MEGABYTES = 350.0
PATIENCE = 600.0
"""Seconds after which a start is given up."""
STOPPING = 30.0
"""Seconds that a practice is given to stop."""
PAGES = 20
"""How many pages are asked for before memory is measured."""

_CACHES = ("PIP_CACHE_DIR", "UV_CACHE_DIR", "npm_config_cache")
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS")
_KEPT_BEGINNINGS = ("PIP_", "UV_", "npm_config_")


@dataclass(frozen=True)
class Run:
    """What one run of a practice came to; None where it did not come to a first page."""

    seconds: float | None = None
    """From the command to the first page."""
    megabytes: float | None = None
    """The memory of the whole process tree, after some pages."""
    processes: int | None = None
    """How many processes it ran."""
    left: int | None = None
    """How many of them were still there after it was told to stop."""


class NotStarted(Exception):  # noqa: N818 - named for what it says, as the refusals of the core.
    """No first page came; the message holds the last thing that was said instead."""


def measure(repository: Path = REPOSITORY, command: Sequence[str] = COMMAND) -> list[Finding]:
    """Clone what is committed into an empty place, run it there, and measure it."""
    run, note, broken = Run(), "", False
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        clone = ["git", "clone", "--quiet", "--depth", "1", repository.resolve().as_uri()]
        subprocess.run([*clone, str(place / "clone")], check=True, capture_output=True)
        (place / "home").mkdir()
        if command[0] == "make" and not (place / "clone" / "Makefile").exists():
            note = "what is committed has no Makefile"
        else:
            try:
                run = run_practice(command, place)
            except NotStarted as reason:
                note, broken = str(reason), True

    def find(
        what: str, peer: str, ours: float | None, theirs: float | None, unit: str, limit: float
    ) -> Finding:
        return Finding("footprint", what, peer, ours, theirs, unit, limit, note=note, broken=broken)

    return [
        find("make run to the first page", "the limit", run.seconds, MOST_SECONDS, "s", 1.0),
        find("memory of one practice", "the limit", run.megabytes, MOST_MEGABYTES, "MB", 1.0),
        find("left after Ctrl-C", "those that ran", run.left, run.processes, "processes", 0.0),
    ]


def run_practice(command: Sequence[str], place: Path) -> Run:
    """Run a practice to its first page, measure its memory, and stop it.

    Args:
        command: what starts it; it serves `/` at the port in `PORT`.
        place: a folder with the code in `clone`, and an empty `home`.

    Raises:
        NotStarted: no first page came.
    """
    port = _find_free_port()
    address = f"http://localhost:{port}/"
    environment = make_environment(os.environ, place, port)
    with (place / "log").open("wb") as log:
        began = time.monotonic()
        process = subprocess.Popen(
            command, cwd=place / "clone", env=environment, stdin=subprocess.DEVNULL, stdout=log,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        tree: set[Process] = set()
        try:
            while not _answers(address):
                if process.poll() is not None or time.monotonic() - began > PATIENCE:
                    raise NotStarted(_read_end(place / "log"))
                time.sleep(0.1)
            seconds = time.monotonic() - began
            for _ in range(PAGES):
                _answers(address)
            tree = find_tree(process.pid)
            megabytes = sum_memory(tree)
        finally:
            left = _stop(process, tree)
    return Run(seconds, megabytes, len(tree), left)


def make_environment(ours: Mapping[str, str], place: Path, port: int) -> dict[str, str]:
    """The environment of a fresh machine: the way to the registries, and nothing cached."""
    kept = {
        name: value
        for name, value in ours.items()
        if (name in _KEPT or name.startswith(_KEPT_BEGINNINGS) or name.lower().endswith("_proxy"))
        and name not in _CACHES
    }
    fresh = {"HOME": str(place / "home"), "PORT": str(port), "MIEDZA_DATA": str(place / "data")}
    return {**kept, **fresh}


def _find_free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _answers(address: str) -> bool:
    """Whether a page is there, redirects followed."""
    try:
        with urlopen(address, timeout=10) as page:
            return bool(page.status == 200)
    except (URLError, OSError):
        return False


def _stop(process: subprocess.Popen[bytes], tree: set[Process]) -> int:
    """Stop a practice as Ctrl-C does; kill what is left of it, and say how many that were."""
    tree = tree | find_tree(process.pid)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=STOPPING)
    time.sleep(0.5)
    left = find_running(tree) | find_tree(process.pid)
    for survivor in left:
        with suppress(ProcessLookupError):
            os.kill(survivor.pid, signal.SIGKILL)
    process.wait()
    return len(left)


def _read_end(log: Path) -> str:
    """The last lines of a log."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return "no first page came: " + " / ".join(lines[-3:])
