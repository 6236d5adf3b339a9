"""A practice that is there already, for the commands that must not begin a new one."""

from __future__ import annotations

import os

from miedza.cli.terminal import CannotDo
from miedza.config import environment


def open_practice() -> None:
    """Make the practice's tables known to this process.

    Raises:
        CannotDo: there is none.
        django.core.exceptions.ImproperlyConfigured: a setting or a key is missing or wrong.
    """
    os.umask(0o077)  # What this process writes is for its owner alone.
    folder = environment.data_folder()
    if not environment.read("DATABASE_URL") and not (folder / "miedza.sqlite3").exists():
        raise CannotDo(
            f"There is no practice in {folder}. Name its folder: MIEDZA_DATA=/path/to/folder"
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miedza.config.settings")
    import django

    django.setup()
