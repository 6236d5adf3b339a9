"""A calendar server for tests that answers whatever a test wants, as real ones do on a bad day."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.adapters.http_servers import HttpServer, Reply, Seen, running_http

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Answers = Mapping[str, Reply | Callable[[Seen], Reply]]
    """By method and path, or method, depth and path; `*` for all others."""

OPEN = '<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
CALENDAR = "<resourcetype><collection/><C:calendar/></resourcetype>"
MARK = "<sync-token>mark-1</sync-token>"
ICS = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nEND:VEVENT\nEND:VCALENDAR\n"
HTML = Reply(200, b"<!DOCTYPE html><html><body>Log in</body></html>", {"Content-Type": "text/html"})


def tell(*responses: str) -> Reply:
    """An answer of many things."""
    return Reply(207, f"{OPEN}{''.join(responses)}</multistatus>".encode())


def one(href: str, properties: str = "", status: int = 200) -> str:
    """What is said of one thing."""
    return (
        f"<response><href>{href}</href><propstat><prop>{properties}</prop>"
        f"<status>HTTP/1.1 {status} Whatever</status></propstat></response>"
    )


def event(href: str) -> str:
    """What is said of one event."""
    return one(
        href,
        f'<getetag>"{href}"</getetag><C:calendar-data>{ICS.decode()}</C:calendar-data>',
    )


HERE = tell(one("/cal/", CALENDAR + MARK))


@contextmanager
def running_fake(answers: Answers) -> Iterator[HttpServer]:
    """Run a server with a calendar at `/cal/`."""

    def answer(seen: Seen) -> Reply:
        depth = seen.headers.get("depth", "")
        for name in (f"{seen.method}{depth} {seen.path}", f"{seen.method} {seen.path}", "*"):
            found = answers.get(name)
            if found is not None:
                return found if isinstance(found, Reply) else found(seen)
        return Reply(404)

    with running_http(answer) as server:
        yield server
