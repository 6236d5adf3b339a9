"""Who may open a page: a practitioner's view is handed its practitioner, so its practice."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from miedza.practice.queries import find_practitioner, is_new_installation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from miedza.practice.models import Practitioner

P = ParamSpec("P")


def for_practitioner(
    *methods: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Practitioner, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Open a view to practitioners only, by these methods only.

    Args:
        methods: HTTP methods; GET where none is given.
    """

    allowed = [*(methods or ("GET",))]
    if "GET" in allowed:
        allowed.append("HEAD")

    def decorate(
        view: Callable[Concatenate[HttpRequest, Practitioner, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @require_http_methods(allowed)
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                if is_new_installation():
                    return redirect("welcome")
                # What was posted is gone by then; an address that only takes posts would refuse.
                back = request.get_full_path() if "GET" in allowed else reverse("today")
                return redirect_to_login(back)
            practitioner = find_practitioner(user_id=request.user.pk)
            if practitioner is None:
                raise Http404
            return view(request, practitioner, *args, **kwargs)

        return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", guarded)

    return decorate
