"""The archive of a backup: lines of JSON, packed with gzip, locked in an envelope.

The first line says of which version it is, and holds the keys of the installation. Then each table
has a line with its name and columns, and a line for each row, an array. The last line is the
manifest: of each table the number of rows and the SHA-256 of their lines. Anybody with the key
reads it without Miedza: `age --decrypt -i key.txt FILE | gunzip`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, NamedTuple, TypeAlias

from miedza.db.envelope import DamagedFile, lock_into, unlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FORMAT = 1
Row: TypeAlias = list[Any]


class NewerFormat(ValueError):  # noqa: N818 - named for what is refused.
    """The archive was written by a version that knows more than this one."""


class Header(NamedTuple):
    """What an archive says before its rows."""

    version: str
    """Of Miedza, that wrote it."""
    made_at: str
    migrations: list[list[str]]
    """App and name of each migration that the database had."""
    keys: dict[str, str]
    """`master` and `secret`: the keys of the installation, without which no sealed text opens."""


class Tally(NamedTuple):
    """What is compared: how many rows a table has, and what they say."""

    rows: int
    sha256: str


class Table(NamedTuple):
    """A table in an archive; the rows can be read once, before the next table is."""

    name: str
    columns: list[str]
    rows: Iterator[Row]


class Counter:
    """Counts and hashes the rows of one table."""

    def __init__(self) -> None:
        """Begin with none."""
        self.rows = 0
        self.hash = hashlib.sha256()

    def take(self, line: bytes) -> None:
        """Count one row, as it stands in the archive."""
        self.rows += 1
        self.hash.update(line)

    @property
    def tally(self) -> Tally:
        """What was counted."""
        return Tally(self.rows, self.hash.hexdigest())


def write_line(value: object) -> bytes:
    """Write a value in its one form: keys sorted, no spaces."""
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode() + b"\n"


def count_rows(rows: Iterable[Row]) -> Tally:
    """Count and hash rows as an archive would."""
    counter = Counter()
    for row in rows:
        counter.take(write_line(row))
    return counter.tally


def write_archive(
    file: IO[bytes], *, recipients: Sequence[str], header: Header, tables: Iterable[Table]
) -> dict[str, Tally]:
    """Write an archive.

    Returns:
        Of each table, what was written.

    Raises:
        OSError: the file cannot be written.
    """
    manifest = {}
    with (
        lock_into(file, recipients) as stream,
        gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=6, mtime=0) as packed,
    ):
        packed.write(write_line({"miedza": "backup", "format": FORMAT, **header._asdict()}))
        for table in tables:
            packed.write(write_line({"table": table.name, "columns": table.columns}))
            counter = Counter()
            for row in table.rows:
                line = write_line(row)
                counter.take(line)
                packed.write(line)
            manifest[table.name] = counter.tally
        packed.write(write_line({"manifest": manifest}))
    return manifest


class Archive:
    """An archive that is being read, from its first line to its last."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        """Read the first line.

        Raises:
            DamagedFile: it is no archive.
            NewerFormat: this version cannot read it.
        """
        self._lines = lines
        self.manifest: dict[str, Tally] = {}
        with _as_written():
            first = json.loads(next(self._lines, b"null"))
            if first["miedza"] != "backup":
                raise DamagedFile("no backup of Miedza")
            if first["format"] > FORMAT:
                raise NewerFormat(str(first["version"]))
            self.header = Header(*(first[name] for name in Header._fields))

    def read_tables(self) -> Iterator[Table]:
        """Read all tables, in the order in which they can be loaded.

        Raises:
            DamagedFile: the rows are not those of the manifest.
        """
        counted: dict[str, Tally] = {}
        with _as_written():
            told = json.loads(next(self._lines, b"null"))
            while "table" in told:
                if told["table"] in counted:
                    raise DamagedFile("a table comes twice")
                counter = Counter()
                rest: list[Any] = []
                rows = self._read_rows(counter, rest)
                yield Table(told["table"], told["columns"], rows)
                for _row in rows:  # What the reader left.
                    pass
                counted[told["table"]] = counter.tally
                (told,) = rest
            self.manifest = {name: Tally(*said) for name, said in told["manifest"].items()}
            if counted != self.manifest or next(self._lines, None) is not None:
                raise DamagedFile("the rows are not those of the manifest")

    def _read_rows(self, counter: Counter, rest: list[Any]) -> Iterator[Row]:
        """The rows up to the next line that is none; that one goes into `rest`."""
        with _as_written():
            for line in self._lines:
                said = json.loads(line)
                if not isinstance(said, list):
                    rest.append(said)
                    return
                counter.take(line)
                yield said
            raise DamagedFile("it ends before its end")


@contextmanager
def _as_written() -> Iterator[None]:
    """Take what cannot be read for damage, whatever the reading stumbled over."""
    try:
        yield
    except (
        EOFError, gzip.BadGzipFile, zlib.error, json.JSONDecodeError, UnicodeDecodeError, KeyError,
        TypeError,
    ) as error:  # fmt: skip
        raise DamagedFile(f"it is not as it was written: {error!r}") from error


@contextmanager
def open_archive(file: IO[bytes], *, secret: str) -> Iterator[Archive]:
    """Read an archive within a block. What was read is to be trusted only after the block.

    Raises:
        miedza.db.envelope.WrongKey: the key does not open it.
        DamagedFile: it is cut or changed, or no archive.
        NewerFormat: this version cannot read it.
    """
    with unlock(file, secret) as stream, gzip.GzipFile(fileobj=stream, mode="rb") as packed:
        yield Archive(iter(packed))


def verify_archive(file: IO[bytes], *, secret: str) -> tuple[Header, dict[str, Tally]]:
    """Read an archive from end to end, and see that its rows are those of its manifest.

    Raises:
        miedza.db.envelope.WrongKey: the key does not open it.
        DamagedFile: it is cut or changed, or no archive.
        NewerFormat: this version cannot read it.
    """
    with open_archive(file, secret=secret) as archive:
        for table in archive.read_tables():
            for _row in table.rows:
                pass
    return archive.header, archive.manifest
