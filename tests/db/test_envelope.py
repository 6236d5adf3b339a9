"""Only the key opens the file, and no bit of it can be other than it was written."""

from __future__ import annotations

import errno
import io
import threading
from typing import IO

import pytest

from miedza.db.envelope import (
    DamagedFile,
    NotAKey,
    WrongKey,
    find_recipient,
    lock_into,
    make_secret,
    read_recipient,
    read_secret,
    unlock,
)

SECRET = make_secret()
TEXT = "заметка " * 20_000
"""More than one of the format's chunks, and more than a pipe holds."""


def _lock(data: bytes, *secrets: str) -> bytes:
    file = io.BytesIO()
    with lock_into(file, [find_recipient(secret) for secret in secrets or (SECRET,)]) as stream:
        stream.write(data)
    return file.getvalue()


def _open(locked: bytes, secret: str = SECRET) -> bytes:
    with unlock(io.BytesIO(locked), secret) as stream:
        return stream.read()


@pytest.mark.parametrize("data", [b"", b"a", TEXT.encode()])
def test_what_was_locked_opens_with_each_of_its_keys(data: bytes) -> None:
    other = make_secret()

    locked = _lock(data, SECRET, other)

    assert [_open(locked), _open(locked, other)] == [data, data]
    assert locked.startswith(b"age-encryption.org/v1\n")
    assert len(data) < 16 or data[:16] not in locked


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(WrongKey):
        _open(_lock(b"text"), make_secret())


def test_no_bit_can_be_changed() -> None:
    locked = _lock(b"text" * 10)
    opened = []

    for index in range(len(locked) * 8):
        changed = bytearray(locked)
        changed[index // 8] ^= 1 << index % 8
        try:
            opened.append((index, _open(bytes(changed))))
        except (WrongKey, DamagedFile):
            continue

    assert opened == []


def test_no_end_can_be_cut_off_and_nothing_added() -> None:
    locked = _lock(b"text" * 10)

    for size in range(len(locked)):
        with pytest.raises(DamagedFile):
            _open(locked[:size])
    with pytest.raises(DamagedFile):
        _open(locked + b"\0")


def test_file_cut_between_its_chunks_is_refused() -> None:
    locked = _lock(TEXT.encode())
    body = locked.index(b"\n", locked.index(b"---")) + 1 + 16  # The header, then a nonce.

    with pytest.raises(DamagedFile):
        _open(locked[: body + 65_536 + 16])


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04", b"\0" * 5_000, b"SQLite format 3\0" * 99])
def test_what_is_no_such_file_is_refused(file: bytes) -> None:
    with pytest.raises(DamagedFile):
        _open(file)


def test_reader_that_leaves_early_waits_for_nobody() -> None:
    with unlock(io.BytesIO(_lock(TEXT.encode())), SECRET) as stream:
        assert stream.read(14).decode() == "заметка"

    assert threading.active_count() == 1


def test_error_of_the_writer_is_its_own() -> None:
    with pytest.raises(KeyError), lock_into(io.BytesIO(), [find_recipient(SECRET)]):
        raise KeyError

    assert threading.active_count() == 1


class _FullDisk(io.RawIOBase):
    """Takes a little, and then nothing."""

    def __init__(self) -> None:
        self.taken = 0

    def write(self, data: object) -> int:
        size = len(bytes(data))  # type: ignore[call-overload] # Bytes, as the library gives them.
        self.taken += size
        if self.taken > 100_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return size


def _write_to(disk: IO[bytes], times: int) -> None:
    with lock_into(disk, [find_recipient(SECRET)]) as stream:
        for _ in range(times):
            stream.write(TEXT.encode())


@pytest.mark.parametrize("times", [1, 100])
def test_full_disk_is_told_by_its_number(times: int) -> None:
    disk: IO[bytes] = _FullDisk()  # type: ignore[assignment] # As far as it is used here.

    with pytest.raises(OSError, match="No space left") as told:
        _write_to(disk, times)

    assert told.value.errno == errno.ENOSPC
    assert threading.active_count() == 1


def test_key_is_read_however_it_was_typed() -> None:
    typed = f"  {SECRET[:20].lower()} {SECRET[20:40]}\n{SECRET[40:].lower()}\n"

    assert read_secret(typed) == SECRET
    assert read_recipient(f" {find_recipient(SECRET)}\n") == find_recipient(SECRET)


def test_mistyped_key_is_none() -> None:
    last = "Q" if SECRET[-1] != "Q" else "P"
    for typed in (SECRET[:-1] + last, SECRET[:-1], "", "hunter2", find_recipient(SECRET)):
        with pytest.raises(NotAKey):
            read_secret(typed)
    for typed in (find_recipient(SECRET)[:-1], "", SECRET, "anna@miedza.example"):
        with pytest.raises(NotAKey):
            read_recipient(typed)
