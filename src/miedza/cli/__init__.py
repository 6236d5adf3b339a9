"""The commands. `miedza slots`, `judge` and `preview` load nothing but the core."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

CORE_COMMANDS = ("slots", "judge", "preview")


def main() -> int:
    """Run the command named by the first argument.

    Returns:
        0 where all is well, 1 where it could not be done, 2 where the input was wrong.
    """
    arguments = sys.argv[1:]
    if arguments and arguments[0] in CORE_COMMANDS:
        _run_at_once(arguments)
    from miedza.cli.practice import run_practice_command

    return run_practice_command(arguments)


def _run_at_once(arguments: list[str]) -> NoReturn:
    """Run a command of the core and leave, without tidying memory that the system takes back.

    Collecting garbage while modules load, and taking the interpreter apart at the end, would be a
    fifth of the time such a command runs.
    """
    import gc

    gc.disable()
    from miedza.cli.core import run_core_command

    try:
        code = run_core_command(arguments[0], arguments[1:])
        if sys.stdout is not None:
            sys.stdout.flush()
        if sys.stderr is not None:
            sys.stderr.flush()
    except BrokenPipeError:
        code = 1  # Whoever read the answers has gone.
    except OSError as error:
        code = 1
        from contextlib import suppress

        with suppress(OSError):
            print(f"miedza: cannot write the answer: {error.strerror}", file=sys.stderr)
    os._exit(code)
