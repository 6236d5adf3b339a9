"""A practice behind the product's own server, and whoever fires at it."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from benchmarks.stage import KEYS
from tests.walks.serving import serving
from tools.on_postgresql import CAREFUL, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "s" * 32
"""Of the protection against forged forms: the same in the cookie and in the form."""
PATIENCE_SECONDS = 120


class House(NamedTuple):
    """A practice that is served."""

    url: str
    surroundings: dict[str, str]

    def ask(self, script: str, *words: str) -> Any:
        """Run a part of the stage beside the server; what it answers."""
        run = subprocess.run(
            [sys.executable, "-m", f"soak.{script}", *words], cwd=ROOT, check=True,
            env={**os.environ, **self.surroundings}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return json.loads(run.stdout.strip().rpartition("\n")[2])


@contextmanager
def open_house(folder: Path, database: str) -> Iterator[House]:
    """Serve an empty installation on a database of its own."""
    with open_database(folder, database) as more, serve(folder, more) as house:
        yield house


@contextmanager
def open_database(folder: Path, database: str) -> Iterator[dict[str, str]]:
    """An empty database and an empty folder; the surroundings that lead there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with running_server(CAREFUL) if database == "PostgreSQL" else nullcontext("") as address:
        yield {"MIEDZA_DATABASE_URL": address} if address else {}


@contextmanager
def serve(folder: Path, more: dict[str, str]) -> Iterator[House]:
    """Serve what is in a folder and its database."""
    keys = {name: value for name, value in KEYS.items() if name.startswith("MIEDZA_")}
    with serving(folder, **keys, **more) as server:
        around = {**KEYS, **more, "MIEDZA_DATA": str(server.folder)}
        yield House(server.url, {**around, "MIEDZA_PORT": str(server.port)})


class Shot(NamedTuple):
    """A form to be sent."""

    path: str
    fields: dict[str, Any]
    session: str
    """Of whoever sends it; empty for a stranger."""
    place: str = "127.0.0.1"
    """From which address it comes."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    location: str
    body: str


def fire(house: House, shots: list[Shot], *, at_once: int) -> list[Answer | None]:
    """Send forms, so many at once; None where nothing came back in two minutes."""
    answers: list[Answer | None] = [None] * len(shots)
    gate = threading.Barrier(min(at_once, len(shots)))

    def work(first: int) -> None:
        gate.wait()
        for number in range(first, len(shots), at_once):
            answers[number] = send(house, shots[number])

    threads = [threading.Thread(target=work, args=[n]) for n in range(gate.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def send(house: House, shot: Shot) -> Answer | None:
    """Send one form."""
    host, port = house.url.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(
        "127.0.0.1", int(port), timeout=PATIENCE_SECONDS, source_address=(shot.place, 0)
    )
    cookies = f"miedza_csrf={TOKEN}" + (f"; miedza_session={shot.session}" if shot.session else "")
    body = urlencode({**shot.fields, "csrfmiddlewaretoken": TOKEN}, doseq=True)
    try:
        connection.request("POST", shot.path, body, {
            "Host": f"{host}:{port}", "Cookie": cookies, "Accept-Language": "en",
            "Content-Type": "application/x-www-form-urlencoded",
        })  # fmt: skip
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers.get("Location", ""), answer.read().decode())
    except OSError:
        return None
    finally:
        connection.close()


def sign_once(secret: str, user: int | None, wanted: str) -> str:
    """The hidden id of a form, as the server hands it out to a reader."""
    from django.conf import settings
    from django.core.signing import Signer

    if not settings.configured:
        settings.configure(SECRET_KEY=secret)
    return Signer(key=secret, salt=f"once:{user}").sign(wanted)


def count(kinds: list[str]) -> dict[str, int]:
    """How often each kind came."""
    return dict(sorted(Counter(kinds).items()))
