"""A calendar server behind a gate: each request is seen, and a test may spoil any of them."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.adapters.http_servers import HttpServer, Reply, Seen, running_http

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.adapters.radicale import CalDavServer

_ASKED = ("authorization", "content-type", "depth", "if-match", "if-none-match")
_ANSWERED = ("etag", "content-type", "location", "dav")
READING = {"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"}


class Gate:
    """The gate: what went through, and what is to be spoiled."""

    def __init__(self, server: CalDavServer) -> None:
        """Stand before a server."""
        self.server = server
        self.http: HttpServer
        self.before: Callable[[Seen], Reply | None] = lambda _seen: None
        """Answers in the place of the server, where it answers."""
        self.after: Callable[[Seen, Reply], Reply] = lambda _seen, reply: reply
        """Changes what the server has answered, and done."""

    @property
    def writes(self) -> list[Seen]:
        """The requests that change something, in order."""
        return [seen for seen in self.http.seen if seen.method not in READING]

    def answer(self, seen: Seen) -> Reply:
        """Let one request through, or not."""
        spoiled = self.before(seen)
        if spoiled is not None:
            return spoiled
        headers = {name: seen.headers[name] for name in _ASKED if name in seen.headers}
        headers["Authorization"] = headers.pop("authorization", "Basic Og==")
        status, told, body = self.server.ask(seen.method, seen.path, seen.body, headers)
        kept = {name: told[name] for name in _ANSWERED if name in told}
        return self.after(seen, Reply(status, body, kept))


@contextmanager
def running_gate(server: CalDavServer) -> Iterator[Gate]:
    """Run a gate before a server."""
    gate = Gate(server)
    with running_http(gate.answer) as http:
        gate.http = http
        yield gate


def list_written(server: CalDavServer, url: str) -> list[tuple[str, str, int, str]]:
    """What stands in a calendar: uid, start, sequence and title of each event, in that order."""
    found = []
    for path in server.list_objects(url):
        text = (server.get(f"{server.url.rstrip('/')}{path}") or b"").decode()
        told = dict(re.findall(r"^([A-Z-]+)[^:\n]*:(.*?)\r?$", re.sub(r"\r?\n[ \t]", "", text),
                               re.MULTILINE))  # fmt: skip
        title = told.get("SUMMARY", "")
        found.append((told["UID"], told["DTSTART"], int(told.get("SEQUENCE", 0)), title))
    return sorted(found)
