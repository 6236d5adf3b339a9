"""A file that only the holder of a key opens, in the age format (age-encryption.org/v1).

Both ways are streams: a thread does the cryptography, and a pipe of the system lies between, so
that a file of any size takes the same memory.
"""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

import pyrage
from pyrage import x25519

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


RECIPIENT_FILE = "recovery.pub"
"""In the data folder: the public part of the recovery key, which locks and does not open."""


class WrongKey(ValueError):  # noqa: N818 - named for what is refused.
    """The key does not open the file."""


class DamagedFile(ValueError):  # noqa: N818 - named for what is refused.
    """The file is cut short, or not as it was written, or was never such a file."""


class NotAKey(ValueError):  # noqa: N818 - named for what is refused.
    """The text is no key; perhaps a letter is mistyped."""


def make_secret() -> str:
    """Make a new key, `AGE-SECRET-KEY-1…`."""
    return str(x25519.Identity.generate())


def read_secret(typed: str) -> str:
    """Read a key as somebody typed it: the case of letters and spaces do not matter.

    Raises:
        NotAKey: it is none.
    """
    try:
        return str(x25519.Identity.from_str("".join(typed.split()).upper()))
    except pyrage.IdentityError:
        raise NotAKey("no AGE-SECRET-KEY-1…") from None


def find_recipient(secret: str) -> str:
    """The public part of a key, `age1…`: whoever has it can lock, and cannot open."""
    return str(x25519.Identity.from_str(secret).to_public())


def read_recipient(text: str) -> str:
    """Read the public part of a key.

    Raises:
        NotAKey: it is none.
    """
    try:
        return str(x25519.Recipient.from_str(text.strip()))
    except pyrage.RecipientError:
        raise NotAKey("no age1…") from None


@contextmanager
def lock_into(file: IO[bytes], recipients: Sequence[str]) -> Iterator[IO[bytes]]:
    """Encrypt what is written in a block; each of the recipients can open it.

    Raises:
        OSError: the file could not be written.
    """
    keys = [x25519.Recipient.from_str(recipient) for recipient in recipients]
    source, inlet = _open_pipe()
    sink = _Sink(file)
    beside = _Beside(lambda: pyrage.encrypt_io(source, sink, keys), source)
    try:
        with inlet:
            yield inlet
    except BrokenPipeError:
        beside.join()
        if beside.error is None:
            raise
    finally:
        with suppress(OSError):
            inlet.close()
        beside.join()
    if beside.error is not None:
        raise sink.error or beside.error


@contextmanager
def unlock(file: IO[bytes], secret: str) -> Iterator[IO[bytes]]:
    """Decrypt a file while a block reads. What was read is to be trusted only after the block.

    Raises:
        WrongKey: the key does not open it.
        DamagedFile: it is cut or changed, which can show after much of it was read.
    """
    key = x25519.Identity.from_str(secret)
    outlet, drain = _open_pipe()
    beside = _Beside(lambda: pyrage.decrypt_io(file, drain, [key]), drain)
    try:
        with outlet:
            yield outlet
    finally:
        outlet.close()
        beside.join()
        # Where the reader left early, the thread found nobody to write to, and nothing is wrong.
        if beside.error is not None and not isinstance(beside.error, BrokenPipeError):
            raise _say(beside.error) from None


def _say(error: BaseException) -> BaseException:
    """What an error of the library means for who wants to read."""
    if isinstance(error, OSError) and error.errno is not None:
        return error  # The disk, not the file.
    if "No matching keys" in str(error):
        return WrongKey("the key does not open the file")
    return DamagedFile(str(error))


def _open_pipe() -> tuple[IO[bytes], IO[bytes]]:
    """Where one reads what another writes."""
    out, into = os.pipe()
    return os.fdopen(out, "rb"), os.fdopen(into, "wb")


class _Sink:
    """A file that remembers why it could not be written; the library would forget the number."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write on."""
        try:
            return self.file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        """The file's owner does so."""


class _Beside(threading.Thread):
    """A step taken in a thread; its error is kept, and its end of the pipe closed at the end."""

    def __init__(self, step: Callable[[], None], end: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self.step, self.end = step, end
        self.error: BaseException | None = None
        self.start()

    def run(self) -> None:
        """Take the step."""
        try:
            self.step()
            self.end.close()
        except BaseException as error:  # noqa: BLE001 - told by whoever waits for the thread.
            self.error = error
        finally:
            with suppress(OSError):  # Then nobody reads any more.
                self.end.close()
