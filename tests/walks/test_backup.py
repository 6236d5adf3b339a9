"""A practice is saved while it runs, and served again from another folder. No browser."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING

import pytest

from miedza.cli.demo_casts import SCENES
from miedza.cli.demo_casts import TUTOR as EMAIL
from tests.walks.serving import MIEDZA, PATIENCE_SECONDS, serving, surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.walks.serving import Server

NOTE = SCENES["en"].casts[0].clients[0].note

pytestmark = [pytest.mark.walk, pytest.mark.usefixtures("ready")]


def _run(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command as people do."""
    return subprocess.run(
        [MIEDZA, *words], env=surroundings(data, 0, **more), capture_output=True, text=True,
        timeout=PATIENCE_SECONDS, check=False,
    )  # fmt: skip


def _type(data: Path, typed: str, *words: str) -> tuple[int, str]:
    """Run a command in a terminal and type one line; its exit code, and what the terminal shows."""
    terminal, theirs = pty.openpty()
    process = subprocess.Popen(
        [MIEDZA, *words], env=surroundings(data, 0), start_new_session=True,
        stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while b"not shown" not in shown:
        shown += os.read(terminal, 1000)
    os.write(terminal, typed.encode() + b"\n")
    while process.poll() is None or select.select([terminal], [], [], 0)[0]:
        try:
            shown += os.read(terminal, 1000)
        except OSError:  # The other side has ended.
            break
    os.close(terminal)
    return process.wait(timeout=PATIENCE_SECONDS), shown.decode()


class _Reader:
    """Reads pages and keeps its cookies."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, **form: str) -> str:
        """Read a page, or send a form with what the page of it holds."""
        data = None
        if form:
            token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', self.open(path))
            assert token is not None
            form["csrfmiddlewaretoken"] = token[1]
            data = urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(f"{self.server.url}{path}", data)
        with self.opener.open(request, timeout=PATIENCE_SECONDS) as answer:
            text: str = answer.read().decode()
        return text

    def sign_in(self) -> None:
        """Sign in with the code that the terminal shows."""
        self.open("/sign-in/", email=EMAIL)
        self.open("/sign-in/code/", code=self.server.wait_for_code(EMAIL))


def test_practice_is_saved_while_it_runs_and_served_from_another_folder(tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "backup.age", tmp_path / "elsewhere"
    with serving(tmp_path / "here", "demo") as server:
        reader = _Reader(server)
        reader.sign_in()
        people = _read_people(reader)
        saved = _run(server.folder, "backup", str(file))
        assert (saved.returncode, saved.stderr) == (0, "")
        assert "<h1>" in reader.open("/people/")  # It went on running.
    (secret,) = re.findall(r"AGE-SECRET-KEY-1\w+", saved.stdout)
    cookies = reader.opener

    refused = _run(server.folder, "restore", str(file), MIEDZA_RECOVERY_KEY=secret)
    code, shown = _type(elsewhere / "data", secret.lower(), "restore", str(file))

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"{server.folder} is not empty, ")
    assert code == 0, shown
    assert secret.lower() not in shown
    assert "Everything holds: 3 practices, 14 persons, " in shown
    checked = _run(elsewhere / "data", "check")
    assert checked.returncode == 0
    with serving(elsewhere) as again:
        reader = _Reader(again)
        reader.opener = cookies
        assert "/sign-in/" in _where(reader, "/people/")  # Nobody is signed in any more.
        reader = _Reader(again)
        reader.sign_in()
        assert _read_people(reader) == people
        assert [NOTE in notes for notes in people.values()].count(True) == 1
        assert "your practice is as you left it" in again.said()


def _where(reader: _Reader, path: str) -> str:
    """Where a page leads."""
    with reader.opener.open(f"{reader.server.url}{path}", timeout=PATIENCE_SECONDS) as answer:
        return str(answer.url)


def _read_people(reader: _Reader) -> dict[str, str]:
    """The notes about each person, as they are shown, by the address of the person."""
    addresses = re.findall(r'href="(/people/[0-9a-f-]{36}/)"', reader.open("/people/"))
    return {
        address: re.sub(r"<[^>]*>", "", reader.open(f"{address}notes/").partition("<main")[2])
        for address in sorted(set(addresses))
    }


@pytest.mark.parametrize("command", ["backup", "restore", "check"])
def test_help_names_the_command(tmp_path: Path, command: str) -> None:
    assert f"  {command:<8} " in _run(tmp_path, "help").stdout
    assert _run(tmp_path, command, "--help").stdout.startswith(f"usage: miedza {command}")
