"""`miedza check`: whether every figure, link and sealed text of the practice holds."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from itertools import islice

from miedza.cli.terminal import CannotDo, refuse_options, run
from miedza.config.practice import open_practice

ABOUT = """\
usage: miedza check

Judges everything anew and compares it with what is stored, adds up every sum, follows every link,
opens every sealed text, and asks the database about itself. It changes nothing, and Miedza may run
meanwhile. It ends with 0 where everything holds, with 1 where something does not."""
MOST_TOLD = 100


def main() -> int:
    """Check; answer 0 where everything holds."""
    arguments = sys.argv[1:]
    refuse_options(arguments, ABOUT)
    if arguments:
        print(ABOUT, file=sys.stderr)
        return 2
    open_practice()
    from django.db import connection

    from miedza.cli.check import Check
    from miedza.db.snapshot import at_one_moment
    from miedza.db.versions import is_up_to_date

    check = Check(now=datetime.now(UTC))
    with at_one_moment():
        if "practice_practice" not in connection.introspection.table_names():
            raise CannotDo("There is no practice here yet, so there is nothing to check.")
        if not is_up_to_date():
            raise CannotDo(
                "The database is of another version than this program. `miedza serve` brings an "
                "older one up to date; for a newer one, update Miedza."
            )
        faults = check.find_faults()
        told = list(islice(faults, MOST_TOLD))
        more = sum(1 for _fault in faults)
    if not told and not check.practices:
        raise CannotDo("There is no practice here yet, so there is nothing to check.")
    lines = told + ([f"And {more:,} more."] if more else [])
    said = "The above does not hold. Looked at" if told else "Everything holds"
    lines.append(f"{said}: {check.tell_counts()}.")
    print("\n".join([*lines, *filter(None, [check.tell_due()])]))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(run(main))
