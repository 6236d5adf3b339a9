"""The one-command server: prepares the database, then runs pages, worker and clock until Ctrl-C.

This process only supervises and loads no Django, so that a practice stays small in memory.
"""

from __future__ import annotations

import gettext
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from miedza.config import environment

if TYPE_CHECKING:
    from types import FrameType

STOP_SECONDS = 8
MOST_RESTARTS = 5

_language = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "en")[:2]
_ = gettext.translation(
    "django",
    Path(__file__).resolve().parent.parent / "locale",
    languages=[_language],
    fallback=True,
).gettext


def main() -> int:
    """Serve until told to stop.

    Returns:
        0 after a clean stop, 1 where it could not start or a part kept failing.
    """
    try:
        folder = environment.prepare_data_folder()
        port = environment.read_whole("PORT", 8000)
    except (environment.CannotKeepData, ImproperlyConfigured) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    host = environment.read("HOST", "127.0.0.1")
    if not _is_free(host, port):
        said = _("Port %(port)d is taken by another program. Choose another: PORT=8001 make run")
        print(said % {"port": port}, file=sys.stderr)
        return 1
    surroundings = {**os.environ, "MIEDZA_PORT": str(port)}
    prepared = subprocess.run(
        [sys.executable, "-m", "miedza.config.prepare"],
        env=surroundings, check=False, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    if prepared.returncode:
        print(_("Miedza could not make its database ready; see above."), file=sys.stderr)
        return 1
    is_new = prepared.stdout.strip().endswith("new")
    code = _setup_code(host) if is_new else ""
    if code:
        surroundings["MIEDZA_SETUP_CODE"] = code
    return Supervisor(host, port, surroundings).run(_greeting(port, folder, code, is_new=is_new))


def _is_free(host: str, port: int) -> bool:
    """Tell whether the port can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _setup_code(host: str) -> str:
    """A code for the first visit, where people from outside could make it; empty otherwise."""
    url = environment.read("URL")
    named = urlsplit(url).hostname if url else "localhost"
    is_local = host in ("127.0.0.1", "::1", "localhost") and named in ("localhost", "127.0.0.1")
    return "" if is_local else environment.read("SETUP_CODE") or secrets.token_hex(4)


def _greeting(port: int, folder: Path, code: str, *, is_new: bool) -> str:
    """What is printed once the pages answer."""
    url = environment.read("URL") or f"http://localhost:{port}"
    first = _("Open the address in a browser; the first visit creates your practice.")
    again = _("Open the address in a browser and sign in; your practice is as you left it.")
    lines = [
        "",
        _("Miedza is ready: %(url)s") % {"url": url},
        _("Your data lie in %(folder)s. Keep a copy of that folder.") % {"folder": folder},
        first if is_new else again,
    ]
    if code:
        lines.append(_("The first visit asks for this setup code: %(code)s") % {"code": code})
    lines += [_("Ctrl-C stops everything."), ""]
    return "\n".join(lines)


class Supervisor:
    """Keeps the pages and the worker running, and ends them together."""

    def __init__(self, host: str, port: int, surroundings: dict[str, str]) -> None:
        """Take where to listen and what the parts see around them."""
        self.address = (host, port)
        self.surroundings = surroundings
        web = [
            "-m", "miedza.config.pages", "--interface", "wsgi", "miedza.config.wsgi:application",
            "--host", host, "--port", str(port), "--workers", "1", "--blocking-threads", "4",
            "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
        ]  # fmt: skip
        self.commands = {"pages": web, "worker": ["-m", "miedza.config.worker"]}
        self.parts: dict[str, subprocess.Popen[bytes]] = {}
        self.restarts = 0
        self.told_to_stop = False

    def run(self, greeting: str) -> int:
        """Start the parts, greet, watch, and stop them when told."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        for name in self.commands:
            self._start(name)
        greeted = False
        while not self.told_to_stop:
            if not greeted and self._answers():
                print(greeting, flush=True)
                greeted = True
            if not self._mend():
                self._end()
                return 1
            time.sleep(0.1)
        self._end()
        print(_("Stopped. Everything is saved."), flush=True)
        return 0

    def _start(self, name: str) -> None:
        """Start a part in a group of its own, so that Ctrl-C reaches this process alone."""
        self.parts[name] = subprocess.Popen(  # noqa: S603 - our own modules.
            [sys.executable, *self.commands[name]],
            env={**self.surroundings, "MIEDZA_SUPERVISOR": str(os.getpid())},
            start_new_session=True,
        )

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.told_to_stop = True

    def _answers(self) -> bool:
        """Tell whether the pages can be reached."""
        try:
            socket.create_connection(self.address, timeout=1).close()
        except OSError:
            return False
        return True

    def _mend(self) -> bool:
        """Start again what has ended by itself; False where it keeps ending."""
        for name, part in self.parts.items():
            if part.poll() is None:
                continue
            self.restarts += 1
            if self.restarts > MOST_RESTARTS:
                said = _("The %(part)s part keeps ending by itself; Miedza stops.")
                print(
                    said % {"part": _("pages") if name == "pages" else _("worker")}, file=sys.stderr
                )
                return False
            _sweep(part)
            time.sleep(min(self.restarts, 5))
            self._start(name)
        return True

    def _end(self) -> None:
        """End every part with all its children, kindly at first."""
        for part in self.parts.values():
            if part.poll() is None:
                part.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for part in self.parts.values():
            with suppress(subprocess.TimeoutExpired):  # Then it is ended with its group.
                part.wait(timeout=max(deadline - time.monotonic(), 0.1))
            _sweep(part)


def _sweep(part: subprocess.Popen[bytes]) -> None:
    """End what is left of a part's group, such as the children of one that died."""
    with suppress(ProcessLookupError):  # Then nothing of it is left.
        os.killpg(part.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
