"""The commands that run a practice. Each hands over to a process of its own."""

from __future__ import annotations

import os
import sys

COMMANDS = {
    "serve": ("miedza.config.serve", "run the practice: pages, worker and clock"),
    "demo": ("miedza.config.demo", "fill an empty practice with an example"),
    "backup": ("miedza.config.backup", "save everything in one encrypted file, while it runs"),
    "restore": ("miedza.config.restore", "bring everything back from such a file"),
    "check": ("miedza.config.check", "see that every figure, link and sealed text holds"),
    "manage": ("miedza.config.manage", "Django's own commands"),
}


def run_practice_command(arguments: list[str]) -> int:
    """Run a command, or say which there are.

    Returns:
        0 after help, 2 where there is no such command; a command that runs does not come back.
    """
    if arguments and arguments[0] in COMMANDS:
        module, what = COMMANDS[arguments[0]]
        if arguments[0] in ("serve", "demo") and arguments[1:]:
            asked = arguments[1] in ("--help", "-h")
            said = f"usage: miedza {arguments[0]}\n\n{what}; it takes no arguments"
            print(said, file=sys.stdout if asked else sys.stderr)
            return 0 if asked else 2
        os.execv(sys.executable, [sys.executable, "-m", module, *arguments[1:]])  # noqa: S606 - our own interpreter.
    if arguments == ["--version"]:
        from miedza import __version__

        print(f"miedza {__version__}")
        return 0
    asked = not arguments or arguments[0] in ("help", "--help", "-h")
    lines = [
        "usage: miedza COMMAND",
        "",
        "  slots    which times are free",
        "  judge    what the rules say about what happened, and who owes what",
        "  preview  what a step would cost, before it is taken",
        *(f"  {name:<8} {what}" for name, (_module, what) in COMMANDS.items()),
    ]
    if not asked:
        lines.insert(0, f"miedza: there is no command {arguments[0]!r}")
    print("\n".join(lines), file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2
