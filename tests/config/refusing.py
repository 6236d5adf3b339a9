"""Restoring what cannot be restored, and backups that are not as they were written."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

from miedza.db.archive import Table, open_archive, write_archive
from miedza.db.envelope import find_recipient
from tests.config.installing import KIND, make_installation, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.config.conftest import Saved
    from tests.config.installing import Installation

OTHER_KEY = base64.b64encode(b"m" * 32).decode()


def _is_untouched(target: Installation) -> bool:
    """Tell whether nothing at all was made of it."""
    if target.url:
        keys = {"MIEDZA_SECRET_KEY": "x", "MIEDZA_MASTER_KEY": OTHER_KEY}
        counted = target.run("-c", _COUNT, **keys)
        assert counted.said == "0\n", counted.refused
    return not target.data.exists()


_COUNT = """
import django
django.setup()
from django.db import connection
print(len(connection.introspection.table_names()))
"""


def refuse(saved: Saved, tmp_path: Path, file: Path, secret: str, **more: str) -> str:
    """Restore what cannot be restored; the sentence. Nothing may be left of it."""
    target = make_installation(KIND, tmp_path / "new" / "data")

    ended = target.restore(file, secret, **more)

    assert (ended.code, ended.said) == (1, "")
    assert ended.refused.count("\n") == 1
    assert saved.secret not in ended.refused
    assert _is_untouched(target)
    return ended.refused


def rewrite(
    saved: Saved, file: Path, change: Callable[[str, list[dict[str, Any]]], list[dict[str, Any]]],
    **header: Any,
) -> Path:  # fmt: skip
    """Write the backup again, with other rows or another header."""
    locked = io.BytesIO(saved.file.read_bytes())
    rows = read_rows(saved.file, saved.secret)

    def tables() -> Iterator[Table]:
        for table in archive.read_tables():
            changed = change(table.name, rows[table.name])
            yield Table(table.name, table.columns, iter([list(row.values()) for row in changed]))

    with open_archive(locked, secret=saved.secret) as archive, file.open("wb") as out:
        write_archive(
            out, recipients=[find_recipient(saved.secret)],
            header=archive.header._replace(**header), tables=tables(),
        )  # fmt: skip
    return file
