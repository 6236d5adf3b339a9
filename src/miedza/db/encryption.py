"""Encryption at rest: AES-256-GCM, one key per practice, wrapped by the key of the installation.

A sealed text is bound to its place: moved to another row, column or practice it does not open.
"""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

if TYPE_CHECKING:
    import uuid

_VERSION = b"\x01"
_NONCE_BYTES = 12


class SealBroken(ValueError):  # noqa: N818 - named for what is refused.
    """A sealed text does not open: another key, another place, or changed bytes."""


def seal(key: bytes, text: str, *, place: str) -> bytes:
    """Encrypt a text for one place.

    Args:
        key: 32 bytes.
        text: what to keep.
        place: where it is kept; the same must be said to open it.

    Returns:
        A version byte, the nonce, the ciphertext with its tag.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, text.encode(), place.encode())


def unseal(key: bytes, sealed: bytes | memoryview[int], *, place: str) -> str:
    """Decrypt a text.

    Raises:
        SealBroken: it does not open with this key at this place.
    """
    sealed = bytes(sealed)
    if sealed[:1] != _VERSION:
        raise SealBroken("unknown version of a sealed text")
    nonce, box = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, box, place.encode()).decode()
    except (InvalidTag, ValueError):  # A ValueError where it was cut short.
        raise SealBroken("a sealed text does not open at this place") from None


def make_practice_key(practice_id: uuid.UUID) -> bytes:
    """Make the key of a new practice, wrapped for storing."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return seal(settings.MIEDZA_MASTER_KEY, key, place=f"practice-key:{practice_id}")


def open_practice_key(practice_id: uuid.UUID, wrapped: bytes) -> bytes:
    """Unwrap the key of a practice."""
    key = unseal(settings.MIEDZA_MASTER_KEY, wrapped, place=f"practice-key:{practice_id}")
    return base64.b64decode(key)
