"""Who may open a page: a view is handed whoever has come, and so the practice they have come to."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from miedza.people.queries import find_charges, find_guardian
from miedza.practice.queries import find_practitioner, is_new_installation, list_doors

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest, HttpResponse

    from miedza.people.models import Person
    from miedza.people.queries import Charge
    from miedza.practice.models import Practice, Practitioner

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
                if request.path == "/" and list_doors(user_id=request.user.pk):
                    return redirect("my")
                raise Http404
            return view(request, practitioner, *args, **kwargs)

        return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", guarded)

    return decorate


class Visit(NamedTuple):
    """Somebody in a client's place."""

    practice: Practice
    person: Person
    """Whose place it is."""
    acting: Person
    """Who has come: the person, or whoever stands beside them."""
    role: str
    """As what: `self`, `guardian`, `payer` or `sponsor`."""

    @property
    def has_guardian(self) -> bool:
        """Whether somebody answers for the person."""
        guardian = find_guardian(practice_id=self.practice.id, person_id=self.person.id)
        return guardian is not None


def list_visits(user_id: int) -> Iterator[tuple[Practice, Charge]]:
    """All places that somebody may enter, practice by practice."""
    for practice in list_doors(user_id=user_id):
        for charge in find_charges(practice_id=practice.id, user_id=user_id):
            yield practice, charge


def for_client(
    *methods: str, roles: tuple[str, ...] = ("self", "guardian")
) -> Callable[
    [Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, uuid.UUID, P], HttpResponse],
]:
    """Open a view of a client's place to those who come to it in one of some roles only.

    Args:
        methods: HTTP methods; GET where none is given.
        roles: as what one may come. To everybody else the place does not exist.
    """
    allowed = [*(methods or ("GET",))]
    if "GET" in allowed:
        allowed.append("HEAD")

    def decorate(
        view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, uuid.UUID, P], HttpResponse]:
        @require_http_methods(allowed)
        @never_cache
        @wraps(view)
        def guarded(
            request: HttpRequest, person_id: uuid.UUID, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            if not request.user.is_authenticated:
                back = request.get_full_path() if "GET" in allowed else reverse("my")
                return redirect_to_login(back)
            for practice, charge in list_visits(request.user.pk):
                if charge.person.id == person_id and charge.role in roles:
                    visit = Visit(practice, charge.person, charge.acting, charge.role)
                    return view(request, visit, *args, **kwargs)
            raise Http404

        return cast("Callable[Concatenate[HttpRequest, uuid.UUID, P], HttpResponse]", guarded)

    return decorate
