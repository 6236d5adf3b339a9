"""Choosing on whose clocks times are shown, signed in or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from miedza.core.zones import is_zone
from miedza.web.practitioner.choices import zone_choices
from miedza.web.zones import COOKIE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def choose_zone(request: HttpRequest) -> HttpResponse:
    """Show times on other clocks from now on, and go back to the page."""
    said = request.POST if request.method == "POST" else request.GET
    back = said.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    if request.method != "POST":
        chosen = request.GET.get("zone", "") or request.COOKIES.get(COOKIE, "")
        context = {"back": back, "zones": zone_choices(), "chosen": chosen}
        return render(request, "signin/zone.html", context)
    response = HttpResponseRedirect(back)
    zone = request.POST.get("zone", "")
    if is_zone(zone):
        response.set_cookie(
            COOKIE, zone, max_age=365 * 86_400, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
