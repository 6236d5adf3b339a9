"""What the program finds around it in tests. Loaded before the settings are read."""

from __future__ import annotations

import atexit
import base64
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="miedza-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

for name in [name for name in os.environ if name.startswith("MIEDZA_")]:
    # What the developer's shell says must not change a test; what is the tests' own steers them.
    if name != "MIEDZA_DATABASE_URL" and not name.startswith("MIEDZA_TESTS_"):
        del os.environ[name]
os.environ["MIEDZA_DATA"] = str(_folder)
os.environ["MIEDZA_SECRET_KEY"] = "tests only"
os.environ["MIEDZA_MASTER_KEY"] = base64.b64encode(b"m" * 32).decode()
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # The browser driver runs a loop in this thread.
