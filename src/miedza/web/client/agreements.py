"""The agreement in one's own place: read it, accept a newer version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miedza.agreements.queries import read_standing
from miedza.people.queries import may_answer
from miedza.practice.formats import say_moment, say_zone
from miedza.web.access import for_client
from miedza.web.sealed import read_sealed
from miedza.web.signing import Signing

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from miedza.web.access import Visit


@for_client("GET", "POST")
def show_agreement(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was accepted, and what is to be accepted."""
    practice, moment = visit.practice, now()
    standing = read_standing(practice_id=practice.id, person_id=visit.person.id, now=moment)
    last = standing.accepted or standing.earlier
    context = {
        "active": "agreement",
        "visit": visit,
        "standing": standing,
        "kept": None if last is None else read_sealed(last, practice.key),
        "kept_when": "" if last is None else say_moment(last.accepted_at, practice.time_zone),
        "kept_last": last,
        "zone": say_zone(practice.time_zone),
    }
    may = may_answer(practice_id=practice.id, person=visit.person, by=visit.acting)
    if standing.accepted is not None or standing.in_force is None or not may:
        return render(request, "client/agreement.html", context)
    signing = Signing(
        request, practice=practice, person=visit.person, acting=visit.acting, standing=standing,
        invitation=standing.invitation, language=(get_language() or "en")[:2], now=moment,
    )  # fmt: skip
    if request.method == "POST" and signing.sign("place") is not None:
        messages.success(request, _("Accepted. The text stays here for you to read."))
        return redirect("my_agreement", visit.person.id)
    status = 422 if signing.form.errors else 200
    return render(request, "client/agreement.html", {**context, **signing.context()}, status=status)
