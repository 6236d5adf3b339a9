"""Real servers of HTTP for tests, which answer what each test wants, right or wrong."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Iterator, Mapping


class Seen(NamedTuple):
    """A request as the server saw it."""

    method: str
    path: str
    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes


class Reply(NamedTuple):
    """What the server answers."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {}
    """The length of the body is told beside them, unless they tell another."""
    raw: Iterable[bytes] | None = None
    """Bytes that go to the wire as they come, instead of everything else."""


class HttpServer:
    """A server that runs, and what it was asked."""

    def __init__(self, port: int, scheme: str) -> None:
        """Remember where it listens."""
        self.port = port
        self.url = f"{scheme}://127.0.0.1:{port}"
        self.place = f"127.0.0.1:{port}"
        self.seen: list[Seen] = []
        self.names: list[str | None] = []
        """The names that were asked for in TLS."""


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: that a client hangs up on a bad server is what many tests want."""


@contextmanager
def running_http(
    answer: Callable[[Seen], Reply], *, tls: ssl.SSLContext | None = None
) -> Iterator[HttpServer]:
    """Run a server on a free port, in threads."""
    server: HttpServer

    class Handler(BaseHTTPRequestHandler):
        def __getattr__(self, name: str) -> Any:
            if name.startswith("do_"):
                return self.answer
            raise AttributeError(name)

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            seen = Seen(self.command, self.path, headers, self.rfile.read(length))
            server.seen.append(seen)
            _write(self, answer(seen))

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    running = _Quiet(("127.0.0.1", 0), Handler)
    server = HttpServer(running.server_address[1], "https" if tls else "http")
    if tls is not None:
        tls.sni_callback = lambda _socket, name, _context: server.names.append(name)
        running.socket = tls.wrap_socket(
            running.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=running.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        running.shutdown()
        thread.join()
        running.server_close()


def _write(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    """Send a reply."""
    if reply.raw is not None:
        for piece in reply.raw:
            handler.wfile.write(piece)
            handler.wfile.flush()
        return
    handler.send_response(reply.status)
    for name, value in ({"Content-Length": str(len(reply.body))} | dict(reply.headers)).items():
        handler.send_header(name, value)
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(reply.body)


class Trap:
    """A port on this machine on which nobody may knock."""

    def __init__(self) -> None:
        """Listen."""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.port: int = self._socket.getsockname()[1]

    def was_touched(self) -> bool:
        """Whether somebody has connected."""
        try:
            connection, _from = self._socket.accept()
        except BlockingIOError:
            return False
        connection.close()
        return True

    def close(self) -> None:
        """Stop to listen."""
        self._socket.close()
