"""A watch beside each page: whatever the browser complains of fails the walk."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

HARMLESS = ("data", "blob", "about")


class Watch:
    """Collects what goes wrong on all pages of a browser context."""

    def __init__(self, context: BrowserContext, host: str) -> None:
        """Watch a context whose pages may speak to one host only."""
        self.host = host
        self.faults: list[str] = []
        self.answers: list[tuple[int, str]] = []
        """Refusals that the walk asked for: status and address."""
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.faults.append(f"page error: {error.error}"))
        context.on("request", self._see_request)
        context.on("response", self._see_response)

    def _hear(self, message: ConsoleMessage) -> None:
        """A refusal is judged by its response; everything else said in red is a fault."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _see_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in HARMLESS and parts.netloc != self.host:
            self.faults.append(f"a request to somebody else: {request.url}")

    def _see_response(self, response: Response) -> None:
        if response.status >= 400:
            self.answers.append((response.status, urlsplit(response.url).path))

    def expect(self, status: int) -> None:
        """The page has just been refused with this status, as the walk wanted."""
        assert self.answers, f"nothing was refused with {status}"
        assert self.answers.pop()[0] == status

    def check(self) -> None:
        """Fail where anything went wrong."""
        wrong = [*self.faults, *(f"{status} for {path}" for status, path in self.answers)]
        assert not wrong, "\n".join(wrong)
