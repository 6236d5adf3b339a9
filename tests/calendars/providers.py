"""Calendars elsewhere: real servers that give a calendar file, and how such are read, in tests."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from miedza.calendars.actions import add_source
from miedza.calendars.models import BusyTime, Shown, Source
from miedza.calendars.queries import Account
from miedza.jobs import calendars
from tests.adapters.http_servers import HttpServer, Reply, Seen, running_http
from tests.cast import BOOKED
from tests.web.pages import dump_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pytest_django.fixtures import Settings

    from miedza.practice.models import Practitioner

TIMES = ("fetch_at", "fetched_at", "digest", "mark")
"""What a source notes of its own readings; all else is what they brought."""


def event(uid: str, start: str, end: str, *lines: str, stamp: str = "20260101T000000Z") -> str:
    """An event; `start` and `end` with their parameters, as `:20260302T090000Z`."""
    return "\r\n".join([
        "BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{stamp}", f"DTSTART{start}", f"DTEND{end}", *lines,
        "END:VEVENT", "",
    ])  # fmt: skip


def calendar(*events: str) -> bytes:
    """A calendar file."""
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Miedza//Test//EN\r\n"
    return f"{head}{''.join(events)}END:VCALENDAR\r\n".encode()


DENTIST = event(
    "dentist@clinic.example", ":20260302T090000Z", ":20260302T100000Z", "SUMMARY:Dentystka"
)
"""On Monday at ten in Warsaw, which is nine in UTC."""


class Provider:
    """A server that gives one file, and can be told to give another, or to fail."""

    def __init__(self, server: HttpServer, reply: Reply) -> None:
        """Take the server, and what it answers at first."""
        self.server = server
        self.reply = reply
        self.url = f"{server.url}/anna.ics"

    @property
    def methods(self) -> list[str]:
        """How it was asked, each time."""
        return [seen.method for seen in self.server.seen]

    def give(self, *events: str) -> None:
        """Answer with these events from now on."""
        self.reply = Reply(200, calendar(*events), {"Content-Type": "text/calendar"})


@contextmanager
def running_provider(settings: Settings, *events: str, **other: Any) -> Iterator[Provider]:
    """Run a server with some events, which the installation allows to be asked."""
    provider: Provider

    def answer(_seen: Seen) -> Reply:
        return provider.reply

    with running_http(answer, **other) as server:
        provider = Provider(server, Reply())
        provider.give(*events)
        settings.CALENDAR_HOSTS = [*settings.CALENDAR_HOSTS, server.place]
        yield provider


def add(practitioner: Practitioner, url: str, *, now: datetime = BOOKED, **account: Any) -> Source:
    """Read another calendar of somebody: a file, or one on a server where a name is given."""
    writes = account.pop("writes", False)
    shown = account.pop("shown", "initials")
    return add_source(
        practitioner=practitioner, kind="caldav" if "username" in account else "ics",
        name="Private", account=Account(url, **account), writes=writes, shown=shown, now=now,
    )  # fmt: skip


def sync(source: Source, now: datetime = BOOKED) -> Source:
    """Read what is due, which must be this calendar; answer it as it then stands."""
    assert calendars.read_one(now=now)
    source.refresh_from_db()
    return source


def write_all(now: datetime = BOOKED) -> int:
    """Write what is due; how many times that was tried."""
    tries = 0
    while calendars.write_one(now=now):
        tries += 1
        assert tries < 100
    return tries


def list_busy(source: Source) -> list[str]:
    """What a calendar is known to say, in UTC: `03-02 09:00-10:00 Dentystka`; `?` if doubtful."""
    rows = BusyTime.objects.of(source.practice_id).filter(source_id=source.id)
    key = source.practice.key
    return [
        f"{row.starts_at:%m-%d %H:%M}-{row.ends_at:%H:%M} {row.open_text(key)}"
        + "?" * row.is_doubtful
        for row in rows.order_by("starts_at", "ends_at", "digest")
    ]


def list_waiting(source: Source) -> list[tuple[int, int, str]]:
    """The meetings that wait to be written: what is to be known, what is known, and why."""
    rows = Shown.objects.of(source.practice_id).filter(source_id=source.id).exclude(due_at=None)
    return list(rows.order_by("id").values_list("sequence", "known_sequence", "code"))


def dump(practitioner: Practitioner) -> dict[str, list[dict[str, Any]]]:
    """All rows of a practice, but for when its calendars were read."""
    dumped = dump_rows(practitioner)
    dumped["calendars.Source"] = [
        {name: value for name, value in row.items() if name not in TIMES}
        for row in dumped["calendars.Source"]
    ]
    return dumped
