"""Installations of their own, on either database; the commands are run on them as by people."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings

from miedza.db.archive import Header, Tally, open_archive, verify_archive

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent.parent
ON_POSTGRESQL = "postgresql" in settings.DATABASES["default"]["ENGINE"]
KIND = "postgresql" if ON_POSTGRESQL else "sqlite"
KINDS = ("sqlite", "postgresql") if ON_POSTGRESQL else ("sqlite",)
"""Without a server there is one kind."""
CANARY = "kanarek-канарейка"
STEPS = 60
FILL = f"""
import sys
from miedza.config.environment import prepare_data_folder
prepare_data_folder()
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
call_command("createcachetable", verbosity=0)
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from miedza.bookings.actions import strike
from miedza.ledger.judging import write_waiver
from miedza.ledger.models import Ruling
from miedza.bookings.agreeing import ask
from miedza.bookings.lateness import say_late
from miedza.ledger.actions import shift_start
from miedza.ledger.deciding import decide, object_to
from miedza.messaging.actions import claim_mail, mark_sent, queue_mail
from miedza.messaging.envelopes import Envelope
from miedza.people.actions import find_or_add, relate
from tests.web.clients import open_hours, sign_agreement
from miedza.people.actions import write_note
from miedza.practice.actions import note_form
from miedza.practice.joining import ask_to_join
from miedza.web.signin.sessions import SessionStore
from tests.cast import BOOKED, MONDAY, book, make_cast, make_person, tell
from tests.db.stage_of_calendars import OtherCalendars
from tests.db.stage_of_times import Times
from tests.ledger.chance import Chance

cast = make_cast()
make_person(cast.anna, "{CANARY}-person")
ask_to_join(practice=cast.anna.practice, name="Ida", email="ida@miedza.example", now=BOOKED)
for text in ("{CANARY}-note-1", "{CANARY}-note-2"):
    write_note(practitioner=cast.anna, person=cast.ola, text=text, now=BOOKED)
tell(cast.borys, book(cast.borys, cast.nastia), "incident", "client", MONDAY, text="{CANARY}-felt")
missed = book(cast.borys, cast.nastia, MONDAY + timedelta(days=1))
tell(cast.borys, missed, "left", "practitioner", missed.ends_at)
ruling = Ruling.objects.of(missed.practice_id).get(reason="missed")
parent = find_or_add(
    practice=cast.borys.practice, name="{CANARY}-parent", email="p@miedza.example",
    like=cast.nastia, now=BOOKED,
)
relate(
    practice=cast.borys.practice, person=cast.nastia, other=parent, kind="guardian", now=BOOKED
)
said = dict(practice=cast.borys.practice, person=cast.nastia, words="{CANARY}-words")
ask(holds_at=None, by_mail=True, now=BOOKED, **said)
decide(practice=cast.borys.practice, ruling_id=ruling.id, choice="talk", now=missed.ends_at)
object_to(
    practice=cast.borys.practice, meeting_id=missed.id, ruling_id=ruling.id,
    text="{CANARY}-seen", now=missed.ends_at,
)
write_waiver(cast.borys.practice, ruling, "practitioner", "{CANARY}-gift", missed.ends_at)
sign_agreement(cast.borys, cast.nastia, missed.ends_at)
open_hours(cast.borys)
near = book(cast.borys, cast.nastia, MONDAY + timedelta(days=3))
say_late(
    practice=cast.borys.practice, booking_id=near.id, by="client", minutes=5, now=near.starts_at
)
mistake = book(cast.borys, cast.nastia, MONDAY + timedelta(days=2))
strike(practice=cast.borys.practice, booking_id=mistake.id, now=MONDAY)
Authenticator.objects.create(user=cast.anna.user, type="webauthn", data={{"b": [1], "a": None}})
EmailAddress.objects.create(user=cast.anna.user, email="anna@miedza.example")
chance = Chance(cast, int(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    chance.step()
ahead = book(
    cast.borys, cast.nastia, chance.now + timedelta(days=1), now=chance.now
)  # Nobody judges it.
Times(
    practitioner=cast.borys, client=cast.nastia, other=cast.nastia, ahead=ahead, now=chance.now,
    words="{CANARY}-times",
)
OtherCalendars(
    practitioner=cast.borys, person=cast.nastia, now=chance.now, words="{CANARY}-elsewhere"
)
note_form(form_id=ahead.id, digest="0", now=chance.now)
there = ahead.starts_at
shift_start(
    practice=cast.borys.practice, meeting_id=ahead.id, was_at=there, to_at=there, now=chance.now
)
for number in range(3):
    queue_mail(to="ola@miedza.example", envelope=Envelope("Kod", "{CANARY}-mail"), now=BOOKED)
mark_sent(mail=claim_mail(now=BOOKED), now=BOOKED)
SessionStore().create()
cache.set("limit", "{CANARY}-limit")
"""
"""Two practices to which much happened, mails of which two wait at least, somebody signed in."""

CHANGE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "miedza.config.settings"
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(sys.argv[1])
    print(repr(cursor.fetchall() if cursor.description else cursor.rowcount))
"""


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    said: str
    refused: str


class Installation(NamedTuple):
    """A data folder, and on PostgreSQL a database beside it."""

    data: Path
    url: str

    def run(self, *words: str, command: str = "", **more: str) -> Ended:
        """Run a module of ours with words, in surroundings that hold nothing of the tests."""
        module = ["-m", f"miedza.config.{command}"] if command else []
        ended = subprocess.run(
            [sys.executable, *module, *words], cwd=ROOT, env=self.surroundings(**more), text=True,
            capture_output=True, timeout=120, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert "Traceback" not in ended.stderr, ended.stderr
        return Ended(ended.returncode, ended.stdout, ended.stderr)

    def surroundings(self, **more: str) -> dict[str, str]:
        """What its programs see around them."""
        kept = {name: value for name, value in os.environ.items() if name[:7] != "MIEDZA_"}
        kept |= {"MIEDZA_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "miedza.config.settings"}
        return {**kept, **({"MIEDZA_DATABASE_URL": self.url} if self.url else {}), **more}

    def fill(self, *, seed: int = 1, steps: int = STEPS) -> None:
        """Let much happen in it."""
        ended = self.run("-c", FILL, str(seed), str(steps))
        assert ended.code == 0, ended.refused

    def back_up(self, file: Path, **more: str) -> Ended:
        """`miedza backup`."""
        return self.run(str(file), command="backup", **more)

    def restore(self, file: Path, secret: str, **more: str) -> Ended:
        """`miedza restore`."""
        around = {"MIEDZA_RECOVERY_KEY": secret} if secret else {}
        return self.run(str(file), command="restore", **around, **more)

    def check(self) -> Ended:
        """`miedza check`."""
        return self.run(command="check")

    def change(self, sql: str) -> str:
        """Run one statement behind its back; what it answers."""
        ended = self.run("-c", CHANGE, sql)
        assert ended.code == 0, ended.refused
        return ended.said.strip()

    def copy(self, data: Path) -> Installation:
        """Another one with the same rows and keys, elsewhere."""
        shutil.copytree(self.data, data)
        return Installation(data, make_database(like=self.url) if self.url else "")


def make_database(*, like: str = "") -> str:
    """Make a database on the server of the tests; its address."""
    import psycopg

    address = os.environ["MIEDZA_DATABASE_URL"]
    name = f"own_{uuid.uuid4().hex}"
    template = re.sub(r".*/(\w+)\?.*", r"\1", like) or "template0"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    return re.sub(r"/\w+\?", f"/{name}?", address)


def make_installation(kind: str, data: Path) -> Installation:
    """An installation with nothing in it."""
    return Installation(data, make_database() if kind == "postgresql" else "")


def read_key(said: str) -> str:
    """The recovery key that the first backup shows."""
    (secret,) = re.findall(r"AGE-SECRET-KEY-1\w+", said)
    return str(secret)


def read_tallies(file: Path, secret: str) -> tuple[Header, dict[str, Tally]]:
    """What a backup says of its tables, once it is read from end to end."""
    with file.open("rb") as opened:
        return verify_archive(opened, secret=secret)


def read_rows(file: Path, secret: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of a backup, by table."""
    with file.open("rb") as opened, open_archive(opened, secret=secret) as archive:
        return {
            table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
            for table in archive.read_tables()
        }


def list_all(folder: Path) -> list[str]:
    """Everything in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def without(tallies: dict[str, Tally], names: Iterable[str]) -> dict[str, Tally]:
    """The tables but some."""
    return {name: tally for name, tally in tallies.items() if name not in names}
