"""An archive is read as it was written, or not at all."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from miedza.db.archive import (
    FORMAT,
    Header,
    NewerFormat,
    Table,
    Tally,
    open_archive,
    verify_archive,
    write_archive,
)
from miedza.db.envelope import DamagedFile, find_recipient, lock_into, make_secret, unlock

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = make_secret()
HEADER = Header("0.1.0", "2026-03-02T09:00:00+00:00", [["people", "0001"]], {"master": "bQ=="})
ROWS: dict[str, list[list[Any]]] = {
    "people_person": [["1", "Żółć\n", None, {"b": [1, 2.5], "a": "ё"}], ["2", "", True, []]],
    "people_note": [],
    "ledger_event": [[1], [2], [3]],
}


def _tables() -> Iterator[Table]:
    for name, rows in ROWS.items():
        yield Table(name, ["id"], iter(rows))


def _write() -> tuple[bytes, dict[str, Tally]]:
    file = io.BytesIO()
    recipients = [find_recipient(SECRET)]
    tallies = write_archive(file, recipients=recipients, header=HEADER, tables=_tables())
    return file.getvalue(), tallies


def _pack(lines: list[bytes]) -> io.BytesIO:
    """An archive with these lines, as a stranger might write it who knows the public key."""
    file = io.BytesIO()
    with lock_into(file, [find_recipient(SECRET)]) as stream:
        stream.write(gzip.compress(b"".join(lines)))
    file.seek(0)
    return file


def _unpack(locked: bytes) -> list[bytes]:
    with unlock(io.BytesIO(locked), SECRET) as stream:
        return gzip.decompress(stream.read()).splitlines(keepends=True)


def test_archive_is_read_as_it_was_written() -> None:
    locked, tallies = _write()

    with open_archive(io.BytesIO(locked), secret=SECRET) as archive:
        read = {table.name: list(table.rows) for table in archive.read_tables()}

    assert read == ROWS
    assert (archive.header, archive.manifest) == (HEADER, tallies)
    assert verify_archive(io.BytesIO(locked), secret=SECRET) == (HEADER, tallies)


def test_manifest_counts_and_hashes_the_lines() -> None:
    locked, tallies = _write()
    lines = _unpack(locked)

    rows = b"".join(lines[2:4])
    assert json.loads(lines[2]) == ROWS["people_person"][0]
    assert lines[3] == b'["2","",true,[]]\n'
    assert tallies == {
        "people_person": Tally(2, hashlib.sha256(rows).hexdigest()),
        "people_note": Tally(0, hashlib.sha256(b"").hexdigest()),
        "ledger_event": Tally(3, hashlib.sha256(b"[1]\n[2]\n[3]\n").hexdigest()),
    }


def test_rows_that_nobody_reads_are_counted_all_the_same() -> None:
    locked, tallies = _write()

    with open_archive(io.BytesIO(locked), secret=SECRET) as archive:
        names = [table.name for table in archive.read_tables()]

    assert names == list(ROWS)
    assert archive.manifest == tallies


@pytest.mark.parametrize("line", range(1, 10))
@pytest.mark.parametrize("change", ["gone", "twice", "other"])
def test_archive_with_a_changed_line_is_refused(line: int, change: str) -> None:
    lines = _unpack(_write()[0])
    assert len(lines) == 10
    kept = lines[line]
    lines[line : line + 1] = {
        "gone": [], "twice": [kept, kept], "other": [kept.replace(b"1", b"7").replace(b"2", b"8")],
    }[change]  # fmt: skip
    if lines[line : line + 1] == [kept] and change == "other":
        lines[line] = b"{}\n"

    with pytest.raises(DamagedFile):
        verify_archive(_pack(lines), secret=SECRET)


@pytest.mark.parametrize(
    "lines",
    [
        [], [b"\n"], [b"{"], [b"null\n"], [b"[]\n"], [b"{}\n"], [b'{"miedza":"backup"}\n'],
        [b'{"miedza":"other"}\n'], [b"\xff\n"], [b'"backup"\n'],
    ],
)  # fmt: skip
def test_what_is_no_archive_is_refused(lines: list[bytes]) -> None:
    with pytest.raises(DamagedFile):
        verify_archive(_pack(lines), secret=SECRET)


def test_locked_file_that_is_not_packed_is_refused() -> None:
    file = io.BytesIO()
    with lock_into(file, [find_recipient(SECRET)]) as stream:
        stream.write(b"a letter")
    file.seek(0)

    with pytest.raises(DamagedFile):
        verify_archive(file, secret=SECRET)


def test_archive_of_a_newer_format_says_its_version() -> None:
    lines = _unpack(_write()[0])
    lines[0] = lines[0].replace(b'"format":%d' % FORMAT, b'"format":%d' % (FORMAT + 1))
    lines[0] = lines[0].replace(b"0.1.0", b"9.9.9")

    with pytest.raises(NewerFormat, match=r"9\.9\.9"):
        verify_archive(_pack(lines), secret=SECRET)


def test_memory_does_not_grow_with_the_archive() -> None:
    def rows(number: int) -> Iterator[list[Any]]:
        for index in range(number):
            yield [index, hashlib.sha256(str(index).encode()).hexdigest() * 4]

    peaks = []
    for number in (2_000, 40_000):
        tables = [Table("people_note", ["id", "text"], rows(number))]
        tracemalloc.start()
        with Path(os.devnull).open("wb") as nowhere:
            write_archive(
                nowhere, recipients=[find_recipient(SECRET)], header=HEADER, tables=tables
            )
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < 2 * peaks[0]
