"""A real calendar server for tests: Radicale, started as a program of its own."""

from __future__ import annotations

import base64
import http.client
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_CONFIGURATION = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/passwords
htpasswd_encryption = plain
delay = 0
[rights]
type = from_file
file = {folder}/rights
[storage]
filesystem_folder = {folder}/collections
[logging]
level = warning
"""
_RIGHTS = """
[keeper]
user: keeper
collection: .*
permissions: RWrw
[root]
user: .+
collection:
permissions: R
[read-only]
user: {user}
collection: {user}/read-only(/.*)?
permissions: r
[own]
user: {user}
collection: {user}(/.*)?
permissions: RWrw
"""
_MAKE_CALENDAR = """<?xml version="1.0" encoding="utf-8"?>
<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
<displayname>{name}</displayname>
<C:supported-calendar-component-set><C:comp name="{holds}"/></C:supported-calendar-component-set>
</prop></set></C:mkcalendar>
"""


def make_event(uid: str, *lines: str, day: str = "20261201") -> bytes:
    """A calendar file with one event."""
    return "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Miedza//Test//EN", "BEGIN:VEVENT",
        f"UID:{uid}", "DTSTAMP:20261101T100000Z", f"DTSTART:{day}T100000Z", f"DTEND:{day}T110000Z",
        *lines, "END:VEVENT", "END:VCALENDAR", "",
    ]).encode()  # fmt: skip


class CalDavServer:
    """A server that runs, with one user who has no calendar yet."""

    def __init__(self, folder: Path, port: int) -> None:
        """Remember where it listens and keeps its files."""
        self.folder = folder
        self.place = f"127.0.0.1:{port}"
        self.url = f"http://{self.place}/"
        self.user = "anna"
        self.password = "hasło: 7"

    def make_calendar(
        self, path: str = "work", *, name: str = "Praca", holds: str = "VEVENT"
    ) -> str:
        """Make a calendar of the user; answer its address. `read-only` is one they cannot write."""
        body = _MAKE_CALENDAR.format(name=name, holds=holds).encode()
        status, _headers, answer = self.ask(
            "MKCALENDAR", f"/{self.user}/{path}/", body, user="keeper"
        )
        assert status == 201, (status, answer)
        return f"{self.url}{self.user}/{path}/"

    def clear(self) -> None:
        """Delete everything that the user has."""
        assert self.ask("DELETE", f"/{self.user}/", user="keeper")[0] in (200, 404)
        self.ask("GET", "/")  # The server makes a home for whoever comes.

    def put(self, url: str, ics: bytes) -> str:
        """Write an object as another program would; answer its etag."""
        status, headers, body = self.ask("PUT", urlsplit(url).path, ics)
        assert status in (201, 204), (status, body)
        return headers["etag"]

    def get(self, url: str) -> bytes | None:
        """Read an object; none, where there is none."""
        status, _headers, body = self.ask("GET", urlsplit(url).path)
        return body if status == 200 else None

    def delete(self, url: str) -> None:
        """Delete an object as another program would."""
        assert self.ask("DELETE", urlsplit(url).path)[0] == 200

    def list_objects(self, url: str) -> list[str]:
        """The paths of the objects of a calendar, in order."""
        body = b'<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
        path = urlsplit(url).path
        status, _headers, answer = self.ask("PROPFIND", path, body, {"Depth": "1"})
        assert status == 207, status
        paths = re.findall(r"<href>([^<]*)</href>", answer.decode())
        return sorted(found for found in paths if found != path)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        user: str = "",
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask the server by plain HTTP; answer status, headers by name in lower case, and body."""
        pair = base64.b64encode(f"{user or self.user}:{self.password}".encode()).decode()
        connection = http.client.HTTPConnection(self.place, timeout=10)
        try:
            connection.request(
                method, path, body, {"Authorization": f"Basic {pair}"} | dict(headers or {})
            )
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, found, answer.read()
        finally:
            connection.close()


@contextmanager
def running_radicale(folder: Path) -> Iterator[CalDavServer]:
    """Run a server that keeps its files in an empty folder, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = CalDavServer(folder, port)
    users = f"{server.user}:{server.password}\nkeeper:{server.password}\n"
    (folder / "passwords").write_text(users, encoding="utf-8")
    (folder / "rights").write_text(_RIGHTS.format(user=server.user), encoding="utf-8")
    file = folder / "radicale.conf"
    file.write_text(_CONFIGURATION.format(port=port, folder=folder), encoding="utf-8")
    with (folder / "log").open("wb") as log:
        program = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(file)], stdout=log, stderr=log
        )
        try:
            _wait_for_answer(server, program)
            yield server
        finally:
            program.terminate()
            program.wait(20)


def _wait_for_answer(server: CalDavServer, program: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; where it does not start, show what it said."""
    for _ in range(600):
        try:
            server.ask("GET", "/")
        except OSError:
            assert program.poll() is None, (server.folder / "log").read_text(encoding="utf-8")
            time.sleep(0.1)
        else:
            return
    raise AssertionError((server.folder / "log").read_text(encoding="utf-8"))
