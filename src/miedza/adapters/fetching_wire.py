"""The wire of one request: to the very address that was checked, and not a moment too long."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import httpcore

from miedza.adapters.fetching_addresses import NotFetched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_PIECE = 65536


class Deadline:
    """The moment by which a whole exchange must be over."""

    def __init__(self, seconds: float) -> None:
        """Start to count."""
        self._ends_at = time.monotonic() + seconds

    def count_left(self) -> float:
        """How many seconds are left.

        Raises:
            NotFetched: `too_slow`, where none is.
        """
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise NotFetched("too_slow")
        return left


def find_name(host: str, port: int) -> Sequence[str]:
    """Ask the system for the IP addresses of a host; none where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()  # The caller says that the host cannot be reached.
    return tuple(dict.fromkeys(str(address[0]) for *_rest, address in found))


def open_socket(address: str, port: int, timeout: float) -> socket.socket:
    """Connect to an IP address."""
    return socket.create_connection((address, port), timeout)


def find_in_time(
    resolve: Callable[[str, int], Sequence[str]], host: str, port: int, deadline: Deadline
) -> Sequence[str]:
    """Look a host up, in a thread: the system's own look-up knows no time limit.

    Raises:
        NotFetched: `too_slow`.
    """
    future: Future[Sequence[str]] = Future()

    def look_up() -> None:
        try:
            future.set_result(resolve(host, port))
        except BaseException as error:  # noqa: BLE001 - it is handed to the one who waits.
            future.set_exception(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        return future.result(deadline.count_left())
    except TimeoutError as error:
        raise NotFetched("too_slow") from error


class Dialler(httpcore.NetworkBackend):
    """Connects to addresses that were checked, whatever name it is asked for."""

    def __init__(
        self,
        addresses: Sequence[str],
        connect: Callable[[str, int, float], socket.socket],
        deadline: Deadline,
    ) -> None:
        """Take the addresses, of which the first that answers is taken."""
        self._addresses = addresses
        self._connect = connect
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline is what counts.
        local_address: str | None = None,  # noqa: ARG002 - the system chooses.
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - none.
    ) -> Wire:
        """Connect, each address having its share of the time that is left."""
        reason: OSError = OSError(f"{host} has no address")
        for tried, address in enumerate(self._addresses):
            share = self._deadline.count_left() / (len(self._addresses) - tried)
            try:
                found = self._connect(address, port, share)
            except OSError as error:
                reason = error
                continue
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return Wire(found, host, self._deadline)
        code = "too_slow" if isinstance(reason, TimeoutError) else "unreachable"
        raise NotFetched(code) from reason


class Wire(httpcore.NetworkStream):
    """A connection of which every step must end before the deadline."""

    def __init__(self, connection: socket.socket, host: str, deadline: Deadline) -> None:
        """Take a connection that is open, and whose it should be."""
        self._socket = connection
        self._host = host
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - as above.
        """Read what has come."""
        self._socket.settimeout(self._deadline.count_left())
        try:
            return self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise NotFetched("too_slow") from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - as above.
        """Write all; the deadline counts for the whole, however slowly it is taken."""
        rest = memoryview(buffer)
        while rest:
            self._socket.settimeout(self._deadline.count_left())
            try:
                rest = rest[self._socket.send(rest[:_PIECE]) :]
            except TimeoutError as error:
                raise NotFetched("too_slow") from error
            except OSError as error:
                # The library then reads what a server said before it hung up.
                raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,  # noqa: ARG002 - it is known from the start.
        timeout: float | None = None,  # noqa: ARG002 - as above.
    ) -> Wire:
        """Speak TLS from here on, with a server that proves to be the host that was asked for."""
        try:
            self._socket.settimeout(self._deadline.count_left())
            secured = ssl_context.wrap_socket(self._socket, server_hostname=self._host)
        except ssl.SSLCertVerificationError as error:
            self.close()
            raise NotFetched("bad_certificate") from error
        except TimeoutError as error:
            self.close()
            raise NotFetched("too_slow") from error
        except (OSError, ValueError) as error:
            self.close()
            raise NotFetched("unreachable") from error
        return Wire(secured, self._host, self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ARG002 - nothing is told.
        """Tell nothing: what the library would ask is only of use to connections that are kept."""
        return
