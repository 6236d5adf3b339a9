"""Tokens of links: what a link carries, and what is kept of it.

A token names its practice and its row, so that the row is looked for within one practice, and holds
a secret of 160 bits. Only the digest of the secret is kept: who reads the database opens no link.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import uuid
from typing import NamedTuple

_SECRET_BYTES = 20
_LETTERS = 70


class Token(NamedTuple):
    """A token, read."""

    practice_id: uuid.UUID
    row_id: uuid.UUID
    digest: str
    """Of its secret, as it is kept in the row."""


def make_token(practice_id: uuid.UUID, row_id: uuid.UUID) -> tuple[str, str]:
    """Make a token for a row; answer it and the digest to keep."""
    return _write_token(practice_id, row_id, secrets.token_bytes(_SECRET_BYTES))


def derive_token(practice_id: uuid.UUID, row_id: uuid.UUID, *, key: bytes) -> tuple[str, str]:
    """Make the one token that a row has; the same again, for a link that is told once more.

    Args:
        practice_id: of the row's practice.
        row_id: of the row.
        key: a secret; who has not got it makes no such token.
    """
    said = practice_id.bytes + row_id.bytes
    secret = hmac.new(key, said, hashlib.sha256).digest()[:_SECRET_BYTES]
    return _write_token(practice_id, row_id, secret)


def _write_token(practice_id: uuid.UUID, row_id: uuid.UUID, secret: bytes) -> tuple[str, str]:
    written = base64.urlsafe_b64encode(practice_id.bytes + row_id.bytes + secret)
    return written.decode().rstrip("="), hashlib.sha256(secret).hexdigest()


def read_token(text: str) -> Token | None:
    """Read what a link carries; None where it is no token."""
    if len(text) != _LETTERS or not text.isascii():
        return None
    try:
        raw = base64.b64decode(text + "==", altchars=b"-_", validate=True)
    except ValueError:
        return None
    if base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
        return None  # The last letter has bits to spare: one row, one way to write it.
    digest = hashlib.sha256(raw[32:]).hexdigest()
    return Token(uuid.UUID(bytes=raw[:16]), uuid.UUID(bytes=raw[16:32]), digest)
