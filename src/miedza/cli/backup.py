"""`miedza backup`: everything in one file that only the recovery key opens, and that is read back.

The archive is locked twice: for the recovery key, and for a key made for this run, with which it is
read back and which is forgotten then.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.db import connection

from miedza import __version__
from miedza.cli.terminal import CannotDo, count_things, tell_size
from miedza.db import envelope
from miedza.db.archive import Header, Table, Tally, verify_archive, write_archive
from miedza.db.snapshot import at_one_moment
from miedza.db.tables import list_columns, list_models, read_rows
from miedza.db.versions import NewerDatabase, find_apps, read_migrations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.apps.registry import Apps

NEW_KEY = """\
This is the recovery key. With a backup and this key everything can be restored, on any computer.
Without it nothing can, by nobody. It is shown this once and kept nowhere, so please write it down
now, on paper or in your password manager, and keep it apart from the backups:

    {secret}

It opens this backup and all that follow.
"""


def back_up(*, path: Path, folder: Path, keys: dict[str, str], recipient: str) -> str:
    """Save everything in one encrypted file.

    Args:
        path: the file; it must not exist yet.
        folder: where the public part of the recovery key is kept.
        keys: of the installation, `master` and `secret`.
        recipient: the public part of another recovery key; empty for the one of the folder.

    Returns:
        What was saved, in words.

    Raises:
        CannotDo: with the reason.
    """
    _refuse_file(path)
    with at_one_moment():
        migrations = read_migrations()
        try:
            apps = find_apps(migrations)
        except NewerDatabase as newer:
            raise CannotDo(
                f"This practice was written by a newer version of Miedza ({newer}). "
                "Back it up with that version, or update this one."
            ) from newer
        _refuse_empty(apps)
        named = _read_recipient(recipient) if recipient else _find_recipient(folder)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        header = Header(__version__, now, [list(names) for names in migrations], keys)
        with _written_whole(path) as file:
            saved = _write_and_read_back(file, named, header, apps)
    size = tell_size(path.stat().st_size)
    return f"Saved and read back: {count_things(saved)}. {path} has {size}."


def _refuse_file(path: Path) -> None:
    """Refuse a file that cannot be made, before anything is done."""
    if not path.parent.is_dir():
        raise CannotDo(f"There is no folder {path.parent}. Make it, or name a file elsewhere.")
    if path.exists() or path.is_symlink():
        raise CannotDo(
            f"There is {path} already, and a backup never takes the place of another. "
            "Name another file, with the date in it for example."
        )


def _refuse_empty(apps: Apps) -> None:
    """Refuse to save nothing."""
    tables = connection.introspection.table_names()
    if "practice_practice" in tables:
        practices = apps.get_model("practice", "Practice")
        if practices._base_manager.exists():
            return
    raise CannotDo("There is no practice here yet, so there is nothing to save.")


def _read_recipient(text: str) -> str:
    """Read the recipient that the settings name."""
    try:
        return envelope.read_recipient(text)
    except envelope.NotAKey:
        raise CannotDo(
            "MIEDZA_BACKUP_RECIPIENT must be the public part of an age key, which begins with "
            "age1. A letter may be mistyped."
        ) from None


def _find_recipient(folder: Path) -> str:
    """Find the folder's recipient; at the first backup make a recovery key, and show it once."""
    file = folder / envelope.RECIPIENT_FILE
    with suppress(FileNotFoundError):
        try:
            return envelope.read_recipient(file.read_text(encoding="ascii"))
        except ValueError:
            raise CannotDo(
                f"{file} holds no public part of a recovery key, which begins with age1. Bring it "
                "back, or take the file away: the next backup makes a new recovery key."
            ) from None
    secret = envelope.make_secret()
    recipient = envelope.find_recipient(secret)
    try:
        with file.open("x", encoding="ascii") as new:
            new.write(recipient + "\n")
    except FileExistsError:  # Another backup was faster; its key holds.
        return _find_recipient(folder)
    try:
        print(NEW_KEY.format(secret=secret), flush=True)
    except OSError:
        file.unlink()  # Nobody has seen the key.
        raise
    return recipient


@contextmanager
def _written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Write a file that is there whole or not at all, for its owner alone."""
    descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
        _give_name(Path(draft), path)
    finally:
        Path(draft).unlink(missing_ok=True)


def _give_name(draft: Path, path: Path) -> None:
    """Give a file its name, unless somebody else took it meanwhile."""
    try:
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:  # A disk that knows no second names, such as a stick.
            path.touch(mode=0o600, exist_ok=False)
            draft.replace(path)
    except FileExistsError:
        _refuse_file(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_and_read_back(
    file: IO[bytes], recipient: str, header: Header, apps: Apps
) -> dict[str, Tally]:
    """Write the archive to the disk, and see that what stands there is what was read."""
    for_this_run = envelope.make_secret()
    written = write_archive(
        file,
        recipients=[recipient, envelope.find_recipient(for_this_run)],
        header=header,
        tables=_read_tables(apps),
    )
    file.flush()
    os.fsync(file.fileno())
    file.seek(0)
    try:
        is_same = verify_archive(file, secret=for_this_run) == (header, written)
    except ValueError:
        is_same = False
    if not is_same:
        raise CannotDo(
            "What was written to the disk is not what was read back, so nothing was kept. The disk "
            "may be failing: name a file on another one."
        )
    return written


def _read_tables(apps: Apps) -> Iterator[Table]:
    """All tables, as they are now."""
    for model in list_models(apps):
        columns = [field.attname for field in list_columns(model)]
        yield Table(model._meta.db_table, columns, read_rows(model))
