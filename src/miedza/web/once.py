"""A form sent twice is meant once: the id of what it makes is handed out with the form.

The id is signed for its reader, so nobody chooses ids, and none of another's can be tried. What was
typed is part of it: a form that is changed after going back is meant anew. Where a booking depends
on it, its sender is asked first: see `asks_first`.
"""

from __future__ import annotations

import hashlib
import uuid
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.core.signing import BadSignature, Signer
from django.shortcuts import render
from django.utils.timezone import now

from miedza.db.ids import derive_id, make_id
from miedza.practice.actions import forget_form, note_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")

FIELD = "once"


def hand_out(request: HttpRequest) -> str:
    """An id for what this reader's form will make."""
    return _signer(request).sign(str(make_id()))


def take_back(request: HttpRequest) -> uuid.UUID | None:
    """The id for what a form says; None where none was handed out to this reader with it."""
    first = _read_id(request)
    return None if first is None else derive_id(first, request.path, *_list_typed(request))


def _read_id(request: HttpRequest) -> uuid.UUID | None:
    """The id that was handed out with a form; None where none was, to this reader."""
    try:
        return uuid.UUID(_signer(request).unsign(request.POST.get(FIELD, "")))
    except (BadSignature, ValueError):
        return None


def _list_typed(request: HttpRequest) -> list[str]:
    """What was typed, as texts to be compared."""
    typed = sorted(request.POST.lists())
    return [repr(pair) for pair in typed if pair[0] not in (FIELD, "csrfmiddlewaretoken")]


def asks_first(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let a view of forms ask, where one is sent again with something else in it.

    Nothing is done before the sender has said that it is meant, and nothing typed is lost.
    """

    @wraps(view)
    def asking(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        first = _read_id(request) if request.method == "POST" else None
        if first is None:
            return view(request, *args, **kwargs)
        said = "\0".join((request.path, *_list_typed(request)))
        digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
        if not note_form(form_id=first, digest=digest, now=now()):
            return _ask(request)
        response = view(request, *args, **kwargs)
        if response.status_code >= 400:
            let_go(request)
        return response

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", asking)


def let_go(request: HttpRequest) -> None:
    """Nothing came of a form: sent again with something else in it, it is no other."""
    first = _read_id(request)
    if first is not None:
        forget_form(form_id=first)


def _ask(request: HttpRequest) -> HttpResponse:
    """Ask whether it is meant, with a button that sends all that was typed once more."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in (FIELD, "csrfmiddlewaretoken")
        for value in values
    ]
    return render(request, "again.html", {"typed": typed}, status=409)


def _signer(request: HttpRequest) -> Signer:
    return Signer(salt=f"once:{request.user.pk}")
