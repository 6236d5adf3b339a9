"""A practice that changes ten times a second, as long as this part runs."""

from __future__ import annotations

import time
from typing import NoReturn

PAUSE_SECONDS = 0.1


def run() -> NoReturn:
    """Change it until told to stop; one line says when that begins."""
    from django.db import transaction

    from miedza.practice.actions import lock_practice
    from miedza.practice.queries import find_by_slug

    practice = find_by_slug(slug="anna")
    if practice is None:
        raise RuntimeError("there is no practice to change")
    print("ready", flush=True)
    while True:
        with transaction.atomic():
            lock_practice(practice_id=practice.id)
        time.sleep(PAUSE_SECONDS)
