"""`miedza slots`, `miedza judge` and `miedza preview`: JSON in, JSON out."""

from __future__ import annotations

import gc
import sys

from miedza.cli.quick_json import dumps, loads
from miedza.core.documents import judge_document, preview_document, slots_document
from miedza.core.faults import InvalidDocument, show_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FILES = {
    "slots": ("availability",),
    "judge": ("terms", "history"),
    "preview": ("terms", "history", "what_if"),
}
"""What each command reads, in the order of its arguments."""

_ANSWER: dict[str, Any] = {
    "slots": slots_document,
    "judge": judge_document,
    "preview": preview_document,
}


_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def run_core_command(command: str, arguments: list[str]) -> int:
    """Run one of the three commands.

    Args:
        command: `slots`, `judge` or `preview`.
        arguments: file names, or `--lines` to read one case a line from standard input.

    Returns:
        0, or 2 where the input was wrong.
    """
    names = FILES[command]
    if sys.stdout is None or (arguments == ["--lines"] and sys.stdin is None):
        print("miedza: needs an open standard input and output", file=sys.stderr)
        return 1
    if arguments == ["--lines"]:
        return _answer_lines(command)
    if len(arguments) != len(names) or arguments[0].startswith("--"):
        files = " ".join(f"{name.replace('_', '-')}.json" for name in names)
        print(f"usage: miedza {command} {files}\n       miedza {command} --lines", file=sys.stderr)
        return 2
    faults: list[str] = []
    documents = []
    for name, path in zip(names, arguments, strict=True):
        try:
            with open(path, "rb") as file:
                documents.append(parse_json(file.read()))
        except OSError as error:
            faults.append(f"{name}: cannot read {path}: {error.strerror or error}")
        except ValueError as error:
            faults.append(f"{name}: {error}")
    if not faults:
        try:
            answer = _ANSWER[command](*documents)
        except InvalidDocument as refusal:
            faults = refusal.faults
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 2
    print(dumps(answer))
    return 0


def parse_json(text: bytes) -> Any:
    """Parse JSON strictly.

    Raises:
        ValueError: it is not JSON; the message says where it stops being it.
    """
    try:
        return loads(text.removeprefix(_BYTE_ORDER_MARK).decode(), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise ValueError(f"must be UTF-8; byte {error.start} is not") from None
    except RecursionError:
        raise ValueError("must not be nested this deeply") from None
    except ValueError as error:
        raise ValueError(_say_what_is_wrong(error)) from None


def _say_what_is_wrong(error: Any) -> str:
    """Why a text is not JSON."""
    if hasattr(error, "lineno"):  # A `JSONDecodeError`, which is loaded only where there is one.
        return f"must be JSON; line {error.lineno}, column {error.colno}: {error.msg}"
    if "integer string" in str(error):
        return "must not hold a number of thousands of digits"
    return str(error)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"must be JSON; {name} is no number")


def _answer_lines(command: str) -> int:
    """Answer each line of standard input with a line; a bad one with its faults."""
    gc.enable()
    for line in sys.stdin.buffer:
        if line.strip():
            print(dumps(answer_line(command, line.rstrip(b"\r\n"))), flush=True)
    return 0


def answer_line(command: str, line: bytes) -> dict[str, Any]:
    """Answer one case, `{"faults": […]}` where it is wrong."""
    names = FILES[command]
    answer: dict[str, Any]
    try:
        case = parse_json(line)
        if len(names) == 1:
            answer = _ANSWER[command](case)
        elif not isinstance(case, dict):
            raise InvalidDocument(["document: must be an object"])
        else:
            faults = [f"{name}: missing" for name in names if name not in case]
            faults.extend(f"{show_key(key)}: unknown key" for key in case if key not in names)
            if faults:
                raise InvalidDocument(faults)
            answer = _ANSWER[command](*(case[name] for name in names))
    except InvalidDocument as refusal:
        answer = {"faults": refusal.faults}
    except ValueError as error:
        answer = {"faults": [f"document: {error}"]}
    return answer
