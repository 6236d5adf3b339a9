"""Make the database and the static files ready. Run before the server, in a process of its own."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miedza.config.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)

    from miedza.db.encryption import SealBroken
    from miedza.practice.queries import read_any_key

    try:
        is_known = read_any_key()
    except SealBroken:
        sys.exit(
            "The key master.key is not the one that sealed this practice, and opens none of its "
            "notes. Bring the right key back from the backup."
        )
    print("known" if is_known else "new")
