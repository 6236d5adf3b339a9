"""`miedza restore FILE`: everything back from one file, into an empty folder or database."""

from __future__ import annotations

import getpass
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from miedza.cli.terminal import CannotDo, read_file_name, run
from miedza.config import environment
from miedza.db import envelope

if TYPE_CHECKING:
    from miedza.db.archive import Header

ABOUT = """\
Restores a backup into an empty data folder (MIEDZA_DATA) or an empty PostgreSQL database
(MIEDZA_DATABASE_URL). Asks for the recovery key; it may also stand in MIEDZA_RECOVERY_KEY, or in a
file that MIEDZA_RECOVERY_KEY_FILE names."""
KEY_FILES = {"master": ("MASTER_KEY", "master.key"), "secret": ("SECRET_KEY", "secret.key")}


def main() -> int:
    """Restore; answer 0 where everything is back and holds."""
    path = read_file_name("restore", sys.argv[1:], ABOUT)
    os.umask(0o077)  # What this process writes is for its owner alone.
    folder = environment.data_folder()
    _refuse_full(folder)
    from miedza.cli.restore import read_backup, restore_backup

    if not path.is_file():
        raise CannotDo(f"There is no file {path}.")
    secret = _ask_key()
    header = read_backup(path, secret=secret)
    with NewFolder(folder) as new:
        _write_keys(new.workshop, header, secret)
        _look_at(new.workshop)
        return restore_backup(path=path, secret=secret, put_in_place=new.keep)


def _refuse_full(folder: Path) -> None:
    """Refuse to put anything among what is there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotDo(
            f"{folder} is not empty, and a backup is restored into an empty folder only, so that "
            "nothing is lost. Name another: MIEDZA_DATA=/path/to/folder"
        )


def _ask_key() -> str:
    """Read the recovery key from the settings or the terminal."""
    typed = environment.read("RECOVERY_KEY")
    if not typed and not sys.stdin.isatty():
        raise CannotDo(
            "Restoring needs the recovery key, and there is no terminal to type it on. Write it "
            "into a file, and name that in MIEDZA_RECOVERY_KEY_FILE."
        )
    try:
        return envelope.read_secret(typed or getpass.getpass("Recovery key (not shown): "))
    except envelope.NotAKey:
        raise CannotDo(
            "That is no recovery key: it begins with AGE-SECRET-KEY-1, and a letter may be "
            "mistyped or missing. Nothing was restored."
        ) from None


def _write_keys(workshop: Path, header: Header, secret: str) -> None:
    """Put the keys of the installation where the settings look for them."""
    for name, (setting, file_name) in KEY_FILES.items():
        given = environment.read(setting)
        if given and given != header.keys[name]:
            raise CannotDo(
                f"MIEDZA_{setting} is another key than the one in the backup, and would open "
                "nothing. Take it out of the settings, and restore again. Nothing was restored."
            )
        if not given:
            (workshop / file_name).write_text(header.keys[name], encoding="ascii")
    public = envelope.find_recipient(secret)
    (workshop / envelope.RECIPIENT_FILE).write_text(public + "\n", encoding="ascii")


def _look_at(workshop: Path) -> None:
    """Let the settings find the workshop in the place of the data folder."""
    os.environ.pop("MIEDZA_DATA_FILE", None)
    os.environ["MIEDZA_DATA"] = str(workshop)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miedza.config.settings")
    import django

    django.setup()


class NewFolder:
    """A data folder in the making: what was prepared within it is moved up at the end, or gone."""

    def __init__(self, folder: Path) -> None:
        """Take where the data shall lie."""
        self.folder = folder
        self.is_ours = not folder.exists()
        self.moved: list[Path] = []

    def __enter__(self) -> NewFolder:
        """Make the folder, and the workshop within, on the same disk."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.workshop = Path(tempfile.mkdtemp(prefix=".restoring-", dir=self.folder))
        return self

    def keep(self) -> None:
        """Move everything up; the database last, since with it the practice is there."""
        for file in sorted(self.workshop.iterdir(), key=lambda file: file.suffix == ".sqlite3"):
            target = self.folder / file.name
            file.rename(target)
            self.moved.append(target)

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        """Leave nothing half restored."""
        shutil.rmtree(self.workshop, ignore_errors=True)
        if kind is not None:
            for file in self.moved:
                file.unlink(missing_ok=True)
            if self.is_ours:
                with suppress(OSError):  # Then somebody else put something there meanwhile.
                    self.folder.rmdir()


if __name__ == "__main__":
    sys.exit(run(main))
