"""The agreement behind a link: read, accept, enter. Opening it changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from miedza.agreements.accepting import enter_once
from miedza.agreements.queries import find_invitation, read_standing
from miedza.practice.formats import say_moment, say_zone
from miedza.practice.queries import opens_one_place
from miedza.web.public.speaking import find_language
from miedza.web.signing import Signing

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from miedza.agreements.models import Acceptance, Invitation


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def agree(request: HttpRequest, token: str) -> HttpResponse:
    """Read the agreement, accept it with one's name."""
    moment = now()
    invitation = find_invitation(token=token, now=moment)
    if invitation is None:
        return _gone(request)
    with translation.override(find_language(request, invitation.asked.language)):
        return _agree(request, invitation, token, moment)


def _agree(
    request: HttpRequest, invitation: Invitation, token: str, moment: datetime
) -> HttpResponse:
    """The page, in its language."""
    practice, person = invitation.practice, invitation.person
    if _is_somebody_else(request, invitation):
        context = {"asked": invitation.asked, "practice": practice}
        return render(request, "public/other.html", context, status=403)
    standing = read_standing(practice_id=practice.id, person_id=person.id, now=moment)
    if standing.accepted is not None:
        return _show_accepted(request, invitation, standing.accepted, token)
    if standing.in_force is None:
        return _gone(request)
    is_own = getattr(request.user, "practice_id", None) == practice.id
    signing = Signing(
        request, practice=practice, person=person, acting=invitation.asked, standing=standing,
        invitation=invitation, language=translation.get_language() or "en", now=moment,
    )  # fmt: skip
    way = "link" if invitation.mailed_to else "handed"
    # Whoever leads the practice may read along, and accepts nothing in another's name.
    if request.method == "POST" and not is_own and signing.sign(way) is not None:
        return redirect("agree", token)
    status = 422 if signing.form.errors else 200
    context = {**signing.context(), "is_own": is_own}
    return _render(request, "public/agree.html", context, status)


def _is_somebody_else(request: HttpRequest, invitation: Invitation) -> bool:
    """Whether somebody has signed in who is neither asked nor the practitioner who asks."""
    user = request.user
    if not user.is_authenticated or user.practice_id == invitation.practice_id:
        return False
    return invitation.asked.user_id is not None and invitation.asked.user_id != user.pk


def _show_accepted(
    request: HttpRequest, invitation: Invitation, accepted: Acceptance, token: str
) -> HttpResponse:
    """What was accepted when, and the way into one's place."""
    zone = invitation.practice.time_zone
    context = {
        "accepted": accepted,
        "when": say_moment(accepted.accepted_at, zone),
        "zone": say_zone(zone),
        "person": invitation.person,
        "asked": invitation.asked,
        "practice": invitation.practice,
        "token": token,
        "can_enter": invitation.can_enter(now()),
        "has_place": invitation.asked.user_id is not None,
    }
    return _render(request, "public/accepted.html", context, 200)


@require_POST
@never_cache
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Enter one's place by the link that was mailed, once; after that by a code."""
    moment = now()
    invitation = find_invitation(token=token, now=moment)
    if invitation is None:
        return _gone(request)
    user = invitation.asked.user
    if user is None or not opens_one_place(user=user):
        return redirect("account_login")
    if not enter_once(invitation=invitation, now=moment):
        return redirect("account_login")
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("my_place", invitation.person_id)


def _gone(request: HttpRequest) -> HttpResponse:
    """A link that opens nothing."""
    return _render(request, "public/gone.html", {}, 404)


def _render(
    request: HttpRequest, template: str, context: dict[str, Any], status: int
) -> HttpResponse:
    """A page whose address is a secret: no search keeps it, and no referrer leaves this site."""
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Content-Language"] = translation.get_language()
    return response
