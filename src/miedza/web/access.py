"""Who may open a page: a view is handed whoever has come, and so the practice they have come to."""

from __future__ import annotations

from functools import wraps
from time import time
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from miedza.bookings.actions import NoSuchBooking
from miedza.people.queries import find_charges
from miedza.practice.actions import lock_practice
from miedza.practice.queries import (
    find_leader,
    find_practitioner,
    is_leader,
    is_new_installation,
    list_doors,
    name_practitioners,
)

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


def for_leader(
    *methods: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Practitioner, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Open a view to whoever leads the practice only: what it changes holds for everybody there.

    Args:
        methods: HTTP methods; GET where none is given.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, Practitioner, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(
            request: HttpRequest, practitioner: Practitioner, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            if not is_leader(practitioner):
                return leave_to_leader(request, practitioner)
            return view(request, practitioner, *args, **kwargs)

        seen = cast("Callable[Concatenate[HttpRequest, Practitioner, P], HttpResponse]", guarded)
        return for_practitioner(*methods)(seen)

    return decorate


def leave_to_leader(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Say to a colleague who changes what they came to change."""
    leader = find_leader(practice_id=practitioner.practice_id)
    context = {"active": "settings", "leader": leader}
    return render(request, "practitioner/leader_only.html", context, status=403)


ACTS_AN_HOUR = 60
"""So many times an hour one client may change something: each may write letters to others."""


@transaction.atomic
def _may_act(practice: Practice, user_id: int) -> bool:
    """Count one act of a client; tell whether it is within what an hour allows."""
    lock_practice(practice_id=practice.id)  # No act slips through beside another.
    key = f"acts:{practice.id}:{user_id}:{int(time()) // 3600}"
    acts = cache.get(key, 0) + 1
    cache.set(key, acts, timeout=3600)
    return bool(acts <= ACTS_AN_HOUR)


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
    def has_several(self) -> bool:
        """Whether several work in the practice, so that its name is not whom one meets."""
        return bool(name_practitioners(practice_id=self.practice.id))


def list_visits(user_id: int) -> Iterator[tuple[Practice, Charge]]:
    """All places that somebody may enter, practice by practice."""
    for practice in list_doors(user_id=user_id):
        for charge in find_charges(practice_id=practice.id, user_id=user_id):
            yield practice, charge


def _find_visit(user_id: int, person_id: uuid.UUID, roles: tuple[str, ...]) -> Visit | None:
    """A place that somebody may enter in one of some roles, or None.

    Whoever shares an address with a child they answer for may do as much as they may.
    """
    found = [
        Visit(practice, *charge)
        for practice, charge in list_visits(user_id)
        if charge.person.id == person_id and charge.role in roles
    ]
    return min(found, key=lambda each: each.role == "self", default=None)


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
            visit = _find_visit(request.user.pk, person_id, roles)
            if visit is None:
                raise Http404
            if request.method == "POST" and not _may_act(visit.practice, request.user.pk):
                return render(request, "429.html", status=429)
            try:
                return view(request, visit, *args, **kwargs)
            except NoSuchBooking:  # Struck by the practitioner, this very moment.
                raise Http404 from None

        return cast("Callable[Concatenate[HttpRequest, uuid.UUID, P], HttpResponse]", guarded)

    return decorate
