"""Joining a practice by the link in a letter. Opening it changes nothing; then a code signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from miedza.practice import joining as practice
from miedza.practice.queries import find_leader
from miedza.web.public.speaking import find_language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Read who asks; say yes with a button."""
    asked = practice.find_joining(token, now=now())
    if asked is None:
        return render(request, "public/gone.html", status=404)
    with translation.override(find_language(request, asked.practice.language)):
        if request.method == "POST":
            try:
                practice.join(joining=asked, now=now())
            except practice.WorksElsewhere:
                messages.error(
                    request,
                    _("You work in another practice with this e-mail. Ask for another letter."),
                )
                return redirect("join", token)
            messages.success(request, _("You work here now. Sign in with your e-mail."))
            return redirect("account_login")
        leader = find_leader(practice_id=asked.practice_id)
        return render(request, "public/join.html", {"asked": asked, "leader": leader})
