"""How the commands of a practice take their arguments, say how it went, and refuse."""

from __future__ import annotations

import errno
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import FrameType

    from miedza.db.archive import Tally


class CannotDo(Exception):  # noqa: N818 - named for what is refused.
    """What was asked for cannot be done; the message says why, and what to do."""


def run(step: Callable[[], int]) -> int:
    """Take a step; where it cannot be done, say so in a sentence.

    Returns:
        What the step returns, or 1.
    """
    signal.signal(signal.SIGTERM, _stop)  # So that nothing half written is left behind.
    try:
        return step()
    except (CannotDo, ImproperlyConfigured) as refusal:
        said = str(refusal)
    except KeyboardInterrupt:
        said = "Stopped before the end."
    except OSError as error:
        said = tell_os_error(error)
    except Exception as error:
        from django.db import Error

        if not isinstance(error, Error):
            raise
        said = tell_database_error(error)
    print(said, file=sys.stderr)
    return 1


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def tell_os_error(error: OSError) -> str:
    """What the system would not do."""
    if error.errno == errno.ENOSPC:
        return "The disk is full. Make room, or name a file on another disk."
    where = f" {error.filename}" if error.filename else " the file"
    return f"The system does not give access to{where}: {error.strerror or error}."


def tell_database_error(error: Exception) -> str:
    """What the database would not do; of its words the first line only, which holds no row."""
    first = (str(error).splitlines() or ["no reason given"])[0]
    if "locked" in first:
        return "The database is locked by another program. Let it end, and try again."
    return f"The database does not answer as it should: {first}"


def read_file_name(command: str, arguments: list[str], about: str) -> Path:
    """Read the one argument of a command, the name of a file.

    Raises:
        SystemExit: with 0 after help, with 2 where the arguments are wrong.
    """
    lines = f"usage: miedza {command} FILE\n\n{about}"
    refuse_options(arguments, lines)
    if len(arguments) != 1:
        print(lines, file=sys.stderr)
        raise SystemExit(2)
    return Path(arguments[0]).expanduser().absolute()


def refuse_options(arguments: list[str], lines: str) -> None:
    """Show help where it is asked for, and take no other option for the name of a file.

    Raises:
        SystemExit: with 0 after help, with 2 after another option.
    """
    if arguments and arguments[0] in ("--help", "-h", "help"):
        print(lines)
        raise SystemExit(0)
    if arguments and arguments[0].startswith("-"):
        print(f"miedza: there is no option {arguments[0]}\n{lines}", file=sys.stderr)
        raise SystemExit(2)


THINGS = (
    ("practice_practice", "practice", "practices"),
    ("people_person", "person", "persons"),
    ("ledger_meeting", "meeting", "meetings"),
    ("ledger_event", "event", "events"),
    ("people_note", "note", "notes"),
)
"""What is counted by name, beside all rows."""


def count_things(tallies: Mapping[str, Tally]) -> str:
    """What a backup holds, in words."""
    counted = [
        count(tallies[table].rows, one, many) for table, one, many in THINGS if table in tallies
    ]
    rows = sum(tally.rows for tally in tallies.values())
    return f"{', '.join(counted)}; {count(rows, 'row', 'rows')} in all"


def count(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def tell_size(size: int) -> str:
    """A size as people say it."""
    if size < 1_000_000:
        return f"{max(size // 1000, 1)} kB"
    return f"{size / 1_000_000:,.1f} MB"
