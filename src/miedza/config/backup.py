"""`miedza backup FILE`: everything in one encrypted file, while the server runs."""

from __future__ import annotations

import sys

from miedza.cli.terminal import read_file_name, run
from miedza.config import environment
from miedza.config.practice import open_practice

ABOUT = """\
Saves everything, the keys of the installation too, in one new file, while Miedza runs.
The first backup shows the recovery key, once; only that key opens the file.
MIEDZA_BACKUP_RECIPIENT=age1... locks it for another key."""


def main() -> int:
    """Back up; answer 0 where the file is there and was read back."""
    path = read_file_name("backup", sys.argv[1:], ABOUT)
    open_practice()
    from miedza.cli.backup import back_up

    print(
        back_up(
            path=path,
            folder=environment.data_folder(),
            keys={
                "master": environment.read_key("MASTER_KEY", "master.key"),
                "secret": environment.read_key("SECRET_KEY", "secret.key"),
            },
            recipient=environment.read("BACKUP_RECIPIENT"),
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
