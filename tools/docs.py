"""Documents made from the program itself: the rulebook, and the map of the rooms.

`python -m tools.docs build` writes them; `check` fails where they are stale.
"""

from __future__ import annotations

import ast
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from miedza.core.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "miedza"
STORIES = ROOT / "tests" / "stories"

FLOORS = (
    ("", ("config",)),
    ("doors", ("web", "api", "jobs", "cli")),
    ("hands", ("adapters",)),
    ("apps", ("bookings", "messaging", "calendars", "ledger", "agreements", "people", "practice")),
    ("foundations", ("db", "words", "core")),
)
"""The rooms from top to bottom; imports go down only."""


def write_rulebook() -> str:
    """The rulebook: each rule in its own words, its numbers, and its stories."""
    lines = [
        "# The rulebook",
        "",
        "What can be set, what it means, and stories that show how it is judged. Made from the",
        "program by `python -m tools.docs build`; the tests fail where it differs.",
        "Where the rules leave a choice, [choices](choices.md) says what Miedza does and why.",
        "",
    ]
    lines += [f"- [{rule}](#{rule})" for rule in RULES]
    for rule in RULES:
        lines += ["", f"## {rule}", "", *_describe_rule(rule), *_tell_stories(rule)]
    for name in ("settlements", "voided", "timeline", "preview", "slots"):
        if (STORIES / f"{name}.yaml").exists():
            lines += ["", f"## {name}", *_tell_stories(name)]
    return "\n".join(lines) + "\n"


def _describe_rule(rule: str) -> list[str]:
    """A rule's docstring and its fields as a table."""
    module: Any = import_module(f"miedza.core.rules.{rule}")
    optional = getattr(module, "OPTIONAL", ())
    lines = [(module.__doc__ or "").strip(), "", "| field | meaning | |", "|---|---|---|"]
    for field, (_check, meaning) in module.FIELDS.items():
        notes = []
        if field in optional:
            notes.append("may be left out")
        if field in getattr(module, "MINE", ()):
            notes.append("the practitioner may bind themselves more strictly")
        lines.append(f"| `{field}` | {meaning} | {'; '.join(notes)} |")
    return lines


def _tell_stories(name: str) -> list[str]:
    """The stories of a file, as they are written."""
    path = STORIES / f"{name}.yaml"
    if not path.exists():
        return []
    lines = ["", "### Stories"]
    for story in yaml.safe_load(path.read_text(encoding="utf-8")):
        lines += ["", f"**{story['story']}**", "", "```yaml"]
        told = {key: value for key, value in story.items() if key != "story"}
        dumped = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=100)
        lines += [*dumped.rstrip().splitlines(), "```"]
    return lines


def find_arrows() -> dict[str, set[str]]:
    """Which room imports which, as the code now stands."""
    rooms = {room for _floor, names in FLOORS for room in names}
    arrows: dict[str, set[str]] = {room: set() for room in rooms}
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0]
        if room not in rooms:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in [module or "", *names]:
                parts = name.split(".")
                if parts[0] == "miedza" and len(parts) > 1 and parts[1] in rooms - {room}:
                    arrows[room].add(parts[1])
    return arrows


def draw_map() -> str:
    """The rooms as a drawing: a floor a row, what each room uses under its name."""
    arrows = find_arrows()
    order = [room for _floor, names in FLOORS for room in names]
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 640" role="img" '
        'font-family="Georgia, serif">',
        "<title>The rooms of Miedza: imports go down only</title>",
        '<rect width="960" height="640" fill="#fbfaf6"/>',
        '<rect x="477" y="20" width="6" height="600" rx="3" fill="#d8e4d2"/>',
    ]
    top = 24
    for floor, names in FLOORS:
        width = 860 / len(names)
        parts.append(f'<text x="20" y="{top + 58}" font-size="13" fill="#5d675f">{floor}</text>')
        for index, room in enumerate(names):
            left = 90 + index * width
            uses = sorted(arrows[room], key=order.index)
            parts.append(
                f'<rect x="{left:.0f}" y="{top}" width="{width - 10:.0f}" height="104" rx="10" '
                'fill="#ffffff" stroke="#ddd8cb"/>'
                f'<text x="{left + 12:.0f}" y="{top + 26}" font-size="16" fill="#1f2a24">'
                f"{room}</text>"
            )
            per_line = max(int((width - 24) // 62), 1)
            for row in range(0, len(uses), per_line):
                said = " ".join(uses[row : row + per_line])
                parts.append(
                    f'<text x="{left + 12:.0f}" y="{top + 44 + 13 * (row // per_line)}" '
                    f'font-size="11" fill="#3f6b3a">{said}</text>'
                )
        top += 122
    return "\n".join([*parts, "</svg>", ""])


DOCUMENTS = {
    ROOT / "docs" / "rulebook" / "README.md": write_rulebook,
    ROOT / "docs" / "architecture" / "rooms.svg": draw_map,
}


def main(arguments: list[str]) -> int:
    """Write the documents, or say which of them are stale."""
    stale = []
    for path, write in DOCUMENTS.items():
        text = write()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.relative_to(ROOT).as_posix())
        if arguments == ["build"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if arguments == ["check"] and stale:
        print("Stale, run `python -m tools.docs build`: " + ", ".join(stale))
        return 1
    print("The documents made from the program are up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
