"""A form sent twice is meant once: the id of what it makes is handed out with the form.

The id is signed for its reader, so nobody chooses ids, and none of another's can be tried. What was
typed is part of it: a form that is changed after going back is meant anew.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer

from miedza.db.ids import derive_id, make_id

if TYPE_CHECKING:
    from django.http import HttpRequest

FIELD = "once"


def hand_out(request: HttpRequest) -> str:
    """An id for what this reader's form will make."""
    return _signer(request).sign(str(make_id()))


def take_back(request: HttpRequest) -> uuid.UUID | None:
    """The id for what a form says; None where none was handed out to this reader with it."""
    try:
        first = uuid.UUID(_signer(request).unsign(request.POST.get(FIELD, "")))
    except (BadSignature, ValueError):
        return None
    typed = sorted(request.POST.lists())
    said = [repr(pair) for pair in typed if pair[0] not in (FIELD, "csrfmiddlewaretoken")]
    return derive_id(first, request.path, *said)


def _signer(request: HttpRequest) -> Signer:
    return Signer(salt=f"once:{request.user.pk}")
