"""A visitor takes a time: who they are, and what it costs, before anything is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from miedza.bookings import holding
from miedza.bookings.keeping import Answered, find_by_token
from miedza.bookings.limits import TooManyAhead
from miedza.bookings.reserving import NotOffered
from miedza.bookings.taking import SlotTaken, get_taken
from miedza.core.terms import read_terms
from miedza.messaging.letters_of_meetings import Meeting, say_rules
from miedza.people.models import Person
from miedza.people.queries import list_own
from miedza.web import once
from miedza.web.forms import NameField, PlainField, plain_letters
from miedza.web.public.practices import ask_free, describe_opened, get_practice, open_service
from miedza.web.public.visiting import mail_code
from miedza.web.slowing import may_act
from miedza.web.times import Clocks, list_nearest, read_moment
from miedza.web.zones import read_zone

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from miedza.bookings.models import Kept
    from miedza.web.public.practices import Opened

GONE = gettext_lazy("This time has just been taken. Choose another one; what you typed is kept.")


class DetailsForm(forms.Form):
    """Who a visitor is."""

    name = NameField(
        label=gettext_lazy("Your first and last name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        max_length=254,
        validators=[plain_letters],
        help_text=gettext_lazy("You get a code there, and everything about the meeting."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = PlainField(
        label=gettext_lazy("Phone, if you like"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    child = NameField(
        label=gettext_lazy("For a child that you answer for: their name"), required=False
    )
    text = PlainField(
        label=gettext_lazy("What you come for, in a few words"), max_length=120, required=False
    )
    came_before = forms.BooleanField(
        label=gettext_lazy("I had a free meeting here before, perhaps under another address."),
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@once.asks_first
def begin(request: HttpRequest, slug: str, service_slug: str) -> HttpResponse:
    """See what a time costs, say who one is, have it held."""
    opened = open_service(request, get_practice(request, slug), service_slug)
    wanted = read_moment(request.POST.get("at", "") or request.GET.get("at", ""))
    back = f"{reverse('service', args=[slug, service_slug])}?{opened.query}".rstrip("?&")
    if wanted is None:
        return redirect(back)
    known = _find_known(request, opened)
    if known is not None:
        place = reverse("my_book", args=[known.id])
        chosen = f"service={opened.service.slug}&{opened.query}at={int(wanted.timestamp())}"
        return redirect(f"{place}?{chosen}")
    form = DetailsForm(request.POST if request.method == "POST" else None)
    if opened.service.kind != "free":
        del form.fields["came_before"]
    if request.method == "POST" and form.is_valid():
        return _hold(request, opened, wanted, form)
    free = not opened.is_other and (
        _is_own(request, opened, wanted) or wanted in ask_free(opened, now())(None)
    )
    return _show(request, opened, wanted, form, status=422 if form.errors else 200, is_free=free)


def _find_known(request: HttpRequest, opened: Opened) -> Person | None:
    """The person that a reader who has signed in is in this practice."""
    if not request.user.is_authenticated:
        return None
    own = list_own(practice_id=opened.practice.id, user_id=request.user.pk)
    return own[0] if own else None


def _hold(
    request: HttpRequest, opened: Opened, wanted: datetime, form: DetailsForm
) -> HttpResponse:
    """Hold the time, and mail the code; where it is gone, show others."""
    said, moment = form.cleaned_data, now()
    if not may_act(request, said["email"]):
        return render(request, "429.html", status=429)
    details = holding.Details(
        name=said["name"], email=said["email"], phone=said["phone"], text=said["text"],
        language=(get_language() or "en")[:2], zone=read_zone(request, opened.practice),
        child=said["child"], came_before=said.get("came_before", False),
    )  # fmt: skip
    sent_as, before = once.take_back(request), _find_own(request, opened)
    try:
        if opened.is_other:
            raise NotOffered
        if before is not None and before.id != sent_as:  # They went back, and begin anew.
            holding.let_go(practice=opened.practice, kept_id=before.id, now=moment)
        kept, token = holding.hold(
            practitioner=opened.practitioner, service=opened.service, starts_at=wanted,
            now=moment, id=sent_as,
        )  # fmt: skip
        code = holding.write_details(kept=kept, details=details, now=moment)
    except (NotOffered, SlotTaken, Answered):  # Answered: sent again when its time had run out.
        return _show(request, opened, wanted, form, status=409, is_free=False)
    except (holding.TooManyHolds, TooManyAhead):
        return render(request, "429.html", status=429)
    mail_code(kept=kept, details=details, code=code, now=moment)
    request.session[_OWN] = token
    return redirect("held", token)


_OWN = "held"
"""In the session: the token of what is held for this visitor."""


def _find_own(request: HttpRequest, opened: Opened) -> Kept | None:
    """What is held for this visitor already."""
    kept = find_by_token(request.session.get(_OWN, ""))
    is_own = kept is not None and kept.practice_id == opened.practice.id
    return kept if is_own and kept and holding.is_held(kept, now()) else None


def _is_own(request: HttpRequest, opened: Opened, wanted: datetime) -> bool:
    """Whether a time is held for this very visitor."""
    kept = _find_own(request, opened)
    if kept is None or kept.service_id != opened.service.id:
        return False
    return get_taken(kept.practice_id, kept.id).starts_at == wanted


def _show(
    request: HttpRequest,
    opened: Opened,
    wanted: datetime,
    form: DetailsForm,
    *,
    status: int,
    is_free: bool,
) -> HttpResponse:
    """The page of one time: what it costs, and who one is."""
    clocks = Clocks(read_zone(request, opened.practice), opened.practice.time_zone)
    others: list[dict[str, Any]] = []
    if not is_free:
        others = list_nearest(ask_free(opened, now())(None), wanted, clocks)
        status = 409 if status == 200 else status
    context = {
        **describe_opened(opened),
        **describe_time(opened, wanted, clocks),
        "form": form,
        "at": int(wanted.timestamp()),
        "gone": "" if is_free else GONE,
        "others": others,
    }
    return render(request, "public/begin.html", context, status=status)


def describe_time(opened: Opened, wanted: datetime, clocks: Clocks) -> dict[str, Any]:
    """A time with its concrete rules: when it is on both clocks, what cancelling it costs."""
    language = (get_language() or "en")[:2]
    service = opened.service
    meeting = Meeting(
        practice=opened.practice, person=Person(name=_("you")), addressee="", reader="client",
        id=service.id, starts_at=wanted, minutes=service.minutes, price_minor=service.price_minor,
        terms=read_terms(opened.rules.terms), language=language, zone=clocks.reader, now=now(),
    )  # fmt: skip
    return {
        "when": meeting.when,
        "there": clocks.describe(wanted)["there"],
        "rules": say_rules(meeting),
        "zone_name": clocks.reader,
        **clocks.name(),
    }
