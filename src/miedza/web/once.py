"""A form sent twice is meant once: the id of what it makes is handed out with the form.

The id is signed for its reader, so nobody chooses ids, and none of another's can be tried.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer

from miedza.db.ids import make_id

if TYPE_CHECKING:
    from django.http import HttpRequest

FIELD = "once"


def hand_out(request: HttpRequest) -> str:
    """An id for what this reader's form will make."""
    return _signer(request).sign(str(make_id()))


def take_back(request: HttpRequest) -> uuid.UUID | None:
    """The id that came with a form; None where none was handed out to this reader."""
    try:
        return uuid.UUID(_signer(request).unsign(request.POST.get(FIELD, "")))
    except (BadSignature, ValueError):
        return None


def _signer(request: HttpRequest) -> Signer:
    return Signer(salt=f"once:{request.user.pk}")
