"""Backups as an older version would have written them, of what there is now."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from miedza.db.archive import Table, open_archive, write_archive
from miedza.db.envelope import find_recipient
from miedza.db.tables import list_columns, list_models
from miedza.db.versions import find_apps
from tests.config.installing import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.config.conftest import Saved

NOT_WRITTEN_THEN = ("series", "wish", "no", "lapsed", "proposal", "refused", "offer")
"""The purposes of letters that an older version did not know."""


def write_as_of(saved: Saved, file: Path, migrations: list[tuple[str, str]]) -> Path:
    """Write a backup again, with the tables and the columns that there were after some migrations.

    Args:
        saved: the backup.
        file: the one to be written.
        migrations: app and name of each.
    """
    rows = read_rows(saved.file, saved.secret)
    rows["messaging_letter"] = [
        row for row in rows["messaging_letter"] if row["purpose"] not in NOT_WRITTEN_THEN
    ]

    def tables() -> Iterator[Table]:
        for model in list_models(find_apps(migrations)):
            name = model._meta.db_table
            columns = [field.attname for field in list_columns(model)]
            kept = iter([[row[column] for column in columns] for row in rows[name]])
            yield Table(name, columns, kept)

    locked = io.BytesIO(saved.file.read_bytes())
    with open_archive(locked, secret=saved.secret) as archive, file.open("wb") as out:
        header = archive.header._replace(migrations=[list(each) for each in migrations])
        write_archive(
            out, recipients=[find_recipient(saved.secret)], header=header, tables=tables()
        )
    return file
