"""What every page needs to know of its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest


MOST_BODY = 1_000_000
"""No form of the product comes near it, in bytes."""


class PlainRequests:
    """Refuses what no page of the product sends, before anything is read of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 to a body too large, 400 to letters that are not UTF-8."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or len(length) > 12 or int(length) > MOST_BODY:
            return HttpResponse("This is too much at once.", status=413, content_type="text/plain")
        charset = request.content_params.get("charset", "utf-8") if request.content_params else ""
        if charset.lower() not in ("", "utf-8"):
            return HttpResponse("Only UTF-8 is read here.", status=400, content_type="text/plain")
        return self.get_response(request)


class NothingKept:
    """Keeps no page of somebody who has signed in, in any browser or proxy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say so of every page that says nothing of it, those of libraries too."""
        response = self.get_response(request)
        if "Cache-Control" not in response and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


class LanguageOfTheReader:
    """Speaks the language the reader chose; before that, the one their browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in one language."""
        language = getattr(request.user, "language", None)
        if language is None:
            language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if language not in dict(settings.LANGUAGES):
            language = translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response
