"""JSON by the same C code as `json`, without loading the regular expressions around it.

Importing `json` loads `re` and `enum`, a third of the time in which a command of the core starts.
What is not plain JSON, and an interpreter without the C code, is left to `json` itself.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    _scanner: Any
    _encode: Any


def _refuse(value: object) -> None:
    raise TypeError(f"{type(value).__name__} is not written as JSON")


try:
    from _json import encode_basestring_ascii
    from _json import make_encoder as _encoder
    from _json import make_scanner as _scanner
except ImportError:  # Another interpreter than CPython.
    _scanner = _encode = None
else:
    _encode = _encoder(None, _refuse, encode_basestring_ascii, None, ": ", ", ", False, False, True)

_SPACE = " \t\n\r"


class _Reading:
    """How `make_scanner` is told to read: as `json.loads` does."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_float = float
    parse_int = int

    def __init__(self, parse_constant: Callable[[str], Any]) -> None:
        """Take what is done with `NaN` and the infinities."""
        self.parse_constant = parse_constant


def loads(text: str, *, parse_constant: Callable[[str], Any]) -> Any:
    """As `json.loads`, its errors too."""
    if _scanner is not None:
        start = len(text) - len(text.lstrip(_SPACE))
        try:
            value, end = _scanner(_Reading(parse_constant))(text, start)
        except (StopIteration, SystemError):
            end = -1  # No value, or a fault for which the C code looks in vain for `json`.
        if end >= 0 and not text[end:].strip(_SPACE):
            return value
    import json

    return json.loads(text, parse_constant=parse_constant)


def dumps(value: Any) -> str:
    """As `json.dumps`, for what has no circles in it."""
    if _encode is None:
        import json

        return json.dumps(value)
    return "".join(_encode(value, 0))
