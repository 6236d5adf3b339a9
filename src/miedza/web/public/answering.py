"""What is kept for somebody, behind the link of a letter: yes or no. Opening it changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from miedza.bookings import keeping, offers, proposing
from miedza.bookings.actions import NoSuchBooking, get_booking
from miedza.bookings.keeping import Answered
from miedza.bookings.limits import NoMoreFree
from miedza.bookings.models import Kept
from miedza.bookings.reserving import NotAccepted
from miedza.bookings.taking import get_taken
from miedza.bookings.telling_of_times import describe_kept
from miedza.messaging.letters_of_meetings import say_rules
from miedza.practice.formats import say_meeting_time, say_time, say_zone, to_local
from miedza.web.public.speaking import find_language
from miedza.web.public.visiting import ASKED, NO_MORE_FREE, REFUSALS
from miedza.web.strip import Reader
from miedza.web.zones import read_zone

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


OVER = gettext_lazy("This was answered before, or its time is over. Nothing was changed.")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Read what is proposed or offered; say yes or no with a button."""
    kept = keeping.find_by_token(token)
    if kept is None or kept.purpose not in ("proposal", "offer") or kept.person is None:
        return _render(request, "public/gone.html", {}, 404)
    with translation.override(find_language(request, kept.person.language)):
        if request.method == "POST":
            said = request.POST.get("say", "")
            return _take(request, kept, said) or redirect("answer", token)
        return _show(request, kept)


def _show(request: HttpRequest, kept: Kept) -> HttpResponse:
    """The time, with what a yes would mean."""
    practice, moment = kept.practice, now()
    zone = read_zone(request, practice, kept.person)
    taken = get_taken(practice.id, kept.id)
    language = (translation.get_language() or "en")[:2]
    told = describe_kept(kept, moment)._replace(zone=zone, language=language)
    context: dict[str, Any] = {
        "kept": kept,
        "practice": practice,
        "when": told.when,
        "with_whom": told.leader,
        "zone": say_zone(zone),
        "is_open": keeping.is_standing(kept, taken, moment) and taken.occupies,
        "until": say_meeting_time(taken.kept_until, zone) if taken.kept_until else "",
        "words": kept.open_text(practice.key),
        "rules": say_rules(told) if kept.purpose == "offer" else [],
        "price": Reader(practice, moment, "client").money(told.price_minor),
        "minutes": kept.minutes,
    }
    if kept.purpose == "proposal" and kept.booking_id is not None:
        try:
            booking = get_booking(practice, kept.booking_id)
        except NoSuchBooking:
            return _render(request, "public/gone.html", {}, 404)
        context["before"] = say_meeting_time(booking.starts_at, zone)
        context["still"] = booking.outcome == "open" and booking.starts_at > moment
    there = to_local(told.starts_at, practice.time_zone)
    here = to_local(told.starts_at, zone)
    if here.replace(tzinfo=None) != there.replace(tzinfo=None):
        context["there"] = f"{say_time(there)}, {say_zone(practice.time_zone)}"
    return _render(request, "public/answer.html", context, 200)


def _take(request: HttpRequest, kept: Kept, said: str) -> HttpResponse | None:
    """Do what was said; None to show the page again, with a word."""
    try:
        if kept.purpose == "proposal":
            return _answer_proposal(request, kept, said)
        return _answer_offer(request, kept, said)
    except NotAccepted:
        messages.info(request, _("First read and accept the agreement; then you can book."))
        return redirect("my_agreement", kept.person_id)
    except NoMoreFree as refusal:
        messages.warning(request, NO_MORE_FREE[refusal.code])
    except (proposing.NotAhead, NoSuchBooking):
        messages.warning(request, OVER)
    except Answered:
        messages.warning(request, OVER)
    except tuple(REFUSALS) as refusal:
        text = str(REFUSALS[type(refusal)])
        messages.warning(request, text.replace("%(name)s", kept.practice.name))
    return None


def _answer_proposal(request: HttpRequest, kept: Kept, said: str) -> HttpResponse | None:
    if said == "yes":
        proposing.agree(practice=kept.practice, kept_id=kept.id, now=now())
        messages.success(request, _("Moved. It is in your e-mail too."))
    elif said == "no":
        proposing.refuse(practice=kept.practice, kept_id=kept.id, now=now())
        messages.success(request, _("It stays as it was."))
    return None


def _answer_offer(request: HttpRequest, kept: Kept, said: str) -> HttpResponse | None:
    if said == "yes":
        made = offers.take_offer(kept=kept, now=now())
        if isinstance(made, Kept):
            messages.success(request, ASKED)
            return redirect("my_place", made.person_id)
        messages.success(request, _("Booked. It is in your e-mail too."))
        return redirect("my_meeting", made.person_id, made.id)
    if said == "no":
        offers.leave_offer(kept=kept, stays=True, now=now())
        messages.success(
            request, _("You stay on the waiting list; the next free time is offered to you.")
        )
    elif said == "leave":
        offers.leave_offer(kept=kept, stays=False, now=now())
        messages.success(request, _("You are not on the waiting list any more."))
    return None


def _render(
    request: HttpRequest, template: str, context: dict[str, Any], status: int
) -> HttpResponse:
    """A page whose address is a secret: no search keeps it."""
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Content-Language"] = translation.get_language()
    return response
