"""Identity: UUIDs of version 7, made by the application.

They sort by the time they were made, and a retry with the same id doubles nothing.
Source: RFC 9562, section 5.7.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def make_id() -> uuid.UUID:
    """Make an id that is greater than every id this process made before.

    48 bits of Unix milliseconds, 12 bits that count within them, 62 random bits.
    """
    global _last  # noqa: PLW0603 - the order of ids is a property of the process.
    with _lock:
        moment = time.time_ns() * 4096 // 1_000_000
        _last = moment = max(moment, _last + 1)
    milliseconds, count = moment >> 12, moment & 0xFFF
    value = milliseconds << 80 | 7 << 76 | count << 64 | 2 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)


def derive_id(first: uuid.UUID, *said: str) -> uuid.UUID:
    """Make the one id that belongs to another and to what is said with it, of the same moment."""
    written = "\0".join((first.hex, *said)).encode()
    drawn = int.from_bytes(hashlib.sha256(written).digest()[:8]) >> 2
    return uuid.UUID(int=first.int >> 62 << 62 | drawn)
