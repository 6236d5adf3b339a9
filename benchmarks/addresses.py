"""The addresses of the product, and an empty page beside them that asks one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import path

from miedza.config.urls import urlpatterns as product
from miedza.practice.queries import find_by_slug

if TYPE_CHECKING:
    from django.http import HttpRequest


def empty(request: HttpRequest) -> HttpResponse:
    """Ask one question, answer nothing."""
    del request
    practice = find_by_slug(slug="anna")
    return HttpResponse(practice.name if practice else "")


urlpatterns = [path("empty/", empty), *product]
handler403 = "django.views.defaults.permission_denied"
