"""`make demo`: an example practice in a folder of its own, then the server."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime


def build() -> int:
    """Build the example where there is none yet; say how to sign in."""
    import django

    django.setup()
    from django.core.management import call_command

    from miedza.cli.demo import SEED, build_demo, list_signs
    from miedza.cli.demo_casts import SCENES, TUTOR
    from miedza.practice.queries import find_user, is_new_installation

    call_command("migrate", verbosity=0, interactive=False)
    language = (os.environ.get("DEMO_LANGUAGE") or os.environ.get("LANG") or "en")[:2]
    if is_new_installation():
        build_demo(
            language=language if language in SCENES else "en",
            now=datetime.now(UTC),
            seed=int(os.environ.get("DEMO_SEED") or SEED),
        )
    tutor = find_user(email=TUTOR)
    if tutor is None or tutor.practice is None:
        print("This folder holds a practice of yours; the example is not put into it.")
        print("Choose another folder: MIEDZA_DATA=/path/to/folder make demo", file=sys.stderr)
        return 1
    print("\nThe example practices are ready. Sign in with one of these e-mails; the code is shown")
    print("here in the terminal, since no mail server is set.\n")
    for sign in list_signs(tutor.practice.language):
        print(f"  {sign.email:<38} {sign.name}, {sign.role}")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miedza.config.settings")
    os.environ.setdefault("MIEDZA_DATA", "data/demo")
    from miedza.config.environment import CannotKeepData, prepare_data_folder

    if "--build" in sys.argv:
        sys.exit(build())
    try:
        prepare_data_folder()
    except CannotKeepData as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(1)
    built = subprocess.run([sys.executable, "-m", "miedza.config.demo", "--build"], check=False)
    if built.returncode:
        sys.exit(built.returncode)
    os.execv(sys.executable, [sys.executable, "-m", "miedza.config.serve"])  # noqa: S606 - our own module.
