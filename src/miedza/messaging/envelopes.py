"""What a mail says, as one sealed text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Envelope(NamedTuple):
    """A mail but for its address."""

    subject: str
    text: str
    html: str = ""
    sender_name: str = ""
    """In whose name it comes; empty: in the product's own."""
    reply_to: str = ""
    """Where an answer goes; empty: to the sender."""
    entries: Sequence[dict[str, Any]] = ()
    """The meetings that go with it as an iCalendar file, each as its fields."""


def write_envelope(envelope: Envelope) -> str:
    """An envelope as a text to be sealed."""
    return json.dumps(envelope._asdict(), ensure_ascii=False)


def read_envelope(text: str) -> Envelope:
    """An envelope again.

    Raises:
        ValueError: the text is none.
    """
    told = json.loads(text)
    if not isinstance(told, dict) or not {"subject", "text"} <= set(told) <= set(Envelope._fields):
        raise ValueError("this is no envelope")
    # A file of JSON has lists only; what was written is what is read.
    return Envelope(**{**told, "entries": tuple(told.get("entries", ()))})
