"""In which language a page behind a link speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def find_language(request: HttpRequest, otherwise: str) -> str:
    """The language of a page: the one that was chosen, or else the one of who is written to.

    Args:
        request: by whoever reads it, signed in or not.
        otherwise: the language in which the link was mailed.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in dict(settings.LANGUAGES):
        return str(chosen)
    return str(getattr(request.user, "language", "") or otherwise)
