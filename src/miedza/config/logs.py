"""What the log tells: never a link that still opens something."""

from __future__ import annotations

import logging
import re

_LINK = re.compile(r"(/(?:agree|answer|feeds|held|join)/+)[^/\s]+|([?&]key=)[^&\s]+")


class HideLinks(logging.Filter):
    """Puts "…" in the place of the secret in a link."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without its secrets."""
        record.msg, record.args = _LINK.sub(_hide, record.getMessage()), None
        return True


def _hide(found: re.Match[str]) -> str:
    """What stands before a secret, and not the secret."""
    return f"{found[1] or found[2]}…"
