"""`miedza restore`: everything back from one file, row for row, or nothing at all."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from miedza.cli.terminal import CannotDo, count, count_things
from miedza.db.archive import Header, NewerFormat, Tally, open_archive, verify_archive
from miedza.db.envelope import DamagedFile, WrongKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

NOT_SENT = "Not sent: it was waiting when the backup was made from which the practice was restored."


def read_backup(path: Path, *, secret: str) -> Header:
    """Read a backup from end to end before anything is made of it.

    Raises:
        CannotDo: it does not open, is damaged or too new.
    """
    try:
        with path.open("rb") as file:
            return verify_archive(file, secret=secret)[0]
    except WrongKey:
        raise CannotDo(
            f"The recovery key does not open {path}. It may be the key of another practice, or the "
            "beginning of the file may be damaged; try another backup. Nothing was restored."
        ) from None
    except DamagedFile:
        raise CannotDo(
            f"{path} is damaged, cut short, or no backup of Miedza. Try another backup, or copy "
            "the file anew. Nothing was restored."
        ) from None
    except NewerFormat as newer:
        raise CannotDo(
            f"{path} was written by a newer version of Miedza, {newer}. Update this one to that "
            "version, and restore again. Nothing was restored."
        ) from None


def restore_backup(*, path: Path, secret: str, put_in_place: Callable[[], None]) -> int:
    """Load a backup into an empty database, and say how it stands.

    Args:
        path: the backup.
        secret: the recovery key.
        put_in_place: makes what was prepared the practice's own; nothing is kept before it.

    Returns:
        0 where everything holds; 1 where it is restored as it was, and something does not hold.

    Raises:
        CannotDo: with the reason; the database is as empty as before.
    """
    from django.db import Error, connection, transaction

    from miedza.agreements.accepting import let_no_link_enter
    from miedza.cli.check import Check
    from miedza.messaging.actions import give_up_waiting

    if connection.introspection.table_names():
        raise CannotDo(
            "The database is not empty, and a backup is restored into an empty one only. Make a "
            "new database, and name it in MIEDZA_DATABASE_URL."
        )
    now = datetime.now(UTC)
    is_postgresql = connection.vendor == "postgresql"
    whole: AbstractContextManager[Any] = transaction.atomic() if is_postgresql else nullcontext()
    try:
        with whole:
            header, loaded = _load(path, secret)
            mails = give_up_waiting(error=NOT_SENT, now=now)
            let_no_link_enter(now=now)
            check = Check(now=now)
            faults = list(check.find_faults())
            if is_postgresql:
                put_in_place()
        if not is_postgresql:
            connection.close()  # So that all is in one file.
            put_in_place()
    except Error as error:
        first = (str(error).splitlines() or [""])[0]
        raise CannotDo(f"The database refuses the backup: {first}. Nothing was restored.") from None
    print(
        f"Restored, row for row, as of {header.made_at}: {count_things(loaded)}.\n"
        f"Everybody is signed out. {count(mails, 'mail', 'mails')} that waited will not be sent."
    )
    return _tell_check(check, faults)


def _tell_check(check: Any, faults: list[str]) -> int:
    """Say whether what was restored holds."""
    if not faults:
        print(f"Everything holds: {check.tell_counts()}.\nStart it: miedza serve")
        return 0
    print("It is as it was, but this does not hold, and did not when the backup was made:")
    print("\n".join(faults))
    return 1


def _load(path: Path, secret: str) -> tuple[Header, dict[str, Tally]]:
    """Bring the database to the backup's version, load every row, compare, and go forward."""
    from django.db import connection, transaction

    from miedza.db.tables import list_models, reset_sequences
    from miedza.db.versions import NewerDatabase, find_apps, migrate_forward, migrate_to

    with path.open("rb") as file, open_archive(file, secret=secret) as archive:
        migrations = [(app, name) for app, name in archive.header.migrations]
        try:
            apps = find_apps(migrations)
        except NewerDatabase:
            raise CannotDo(
                f"{path} was written by a newer version of Miedza, {archive.header.version}. "
                "Update this one, and restore again. Nothing was restored."
            ) from None
        migrate_to(migrations)
        models = {model._meta.db_table: model for model in list_models(apps)}
        with transaction.atomic():
            _load_tables(archive, models)
            reset_sequences(list(models.values()))
            connection.check_constraints()
    _compare(archive.manifest, models)
    migrate_forward()
    return archive.header, archive.manifest


def _load_tables(archive: Any, models: dict[str, Any]) -> None:
    """Load every table of an archive."""
    from miedza.db.tables import load_rows

    for table in archive.read_tables():
        if table.name not in models:
            raise CannotDo(f"The backup has a table {table.name} that nobody knows.")
        load_rows(models[table.name], table.columns, table.rows)


def _compare(manifest: dict[str, Tally], models: dict[str, Any]) -> None:
    """See that the rows of the database are those of the backup."""
    from miedza.db.archive import count_rows
    from miedza.db.tables import read_rows

    there = {name: count_rows(read_rows(model)) for name, model in models.items()}
    other = sorted(name for name in there | manifest if there.get(name) != manifest.get(name))
    if other:
        raise CannotDo(
            f"The rows that were loaded into {', '.join(other)} are not those of the backup. "
            "Nothing was restored."
        )
