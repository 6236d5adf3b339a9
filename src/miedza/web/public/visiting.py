"""A visitor whose time is held: the code, the agreement, the booking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from miedza.agreements.queries import read_standing
from miedza.bookings import holding
from miedza.bookings.keeping import Answered, find_by_token
from miedza.bookings.limits import Blocked, NoMoreFree, TooManyAhead
from miedza.bookings.models import Kept
from miedza.bookings.reserving import ChangedMeanwhile, NotAccepted, NotOffered, PaymentDue
from miedza.bookings.taking import AlreadyThere, SlotTaken, get_taken
from miedza.bookings.telling_of_times import describe_kept
from miedza.messaging.actions import queue_mail
from miedza.messaging.composing import compose
from miedza.messaging.letters_of_meetings import Meeting, list_details, say_rules
from miedza.messaging.letters_of_times import tell_code
from miedza.people.models import Person
from miedza.people.queries import list_guardians, list_own
from miedza.practice.formats import say_meeting_time, say_time, say_zone, to_local
from miedza.practice.queries import opens_one_place
from miedza.web.signing import Signing
from miedza.web.slowing import may_act
from miedza.web.zones import read_zone

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from miedza.agreements.queries import Standing

WRONG_CODE = gettext_lazy("This is not the code in the letter. Look again, or have a new one sent.")
KINDLY = gettext_lazy(
    "This time could not be booked here. Please write to %(name)s; a way can be found together."
)
"""What somebody reads whom the practice does not let book: nothing of it shows."""
REFUSALS: dict[type[ValueError], Any] = {
    Blocked: KINDLY,
    TooManyAhead: gettext_lazy(
        "Many meetings are booked already; more of them are best agreed together."
    ),
    NotOffered: gettext_lazy("This time is not free any more. Choose another one."),
    SlotTaken: gettext_lazy("This time is not free any more. Choose another one."),
    AlreadyThere: gettext_lazy("You have a seat in this group at this time already."),
    PaymentDue: gettext_lazy("This time is not free any more. Choose another one."),
    Answered: gettext_lazy("The time is not kept any more. Choose it again, or another one."),
    ChangedMeanwhile: gettext_lazy(
        "The length or the price has changed since. Choose the time again."
    ),
}
ASKED = gettext_lazy("You have asked for this time. It is kept for you until you have an answer.")
NO_MORE_FREE = {
    "free_per_person": gettext_lazy(
        "The rules give no further free meeting. A paid one can be booked."
    ),
    "free_per_month": gettext_lazy(
        "The free meetings of this month are all given. Choose a later month."
    ),
}


class CodeForm(forms.Form):
    """The code from the letter."""

    code = forms.CharField(
        label=gettext_lazy("Code from the letter"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def mail_code(*, kept: Kept, details: holding.Details, code: str, now: datetime) -> None:
    """Mail the code that shows an address to be the visitor's."""
    practice, taken = kept.practice, get_taken(kept.practice_id, kept.id)
    with override(details.language):
        told = Meeting(
            practice=practice, person=Person(name=details.name), addressee=details.name,
            reader="client", id=kept.id, starts_at=taken.starts_at, minutes=kept.minutes,
            price_minor=kept.price_minor, terms=None, language=details.language,
            zone=details.zone, now=now,
        )  # fmt: skip
        content = tell_code(told, code=code)
        envelope = compose(content, practice=practice, language=details.language, reply_to="")
    queue_mail(to=details.email, envelope=envelope, now=now)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def show_held(request: HttpRequest, token: str) -> HttpResponse:
    """What is next for a time that is held: the code, the agreement, or that it is done."""
    kept = find_by_token(token)
    if kept is None or kept.purpose not in ("hold", "wish"):
        return _render(request, "public/gone.html", {}, 404)
    acting = _find_acting(request, kept)
    if kept.answer == "yes" and acting is not None and kept.person_id:
        return redirect("my_meeting", kept.person_id, kept.id)
    if kept.purpose == "wish" and acting is not None and kept.person_id:
        return redirect("my_place", kept.person_id)
    is_done = kept.answer == "yes" or (kept.purpose == "wish" and kept.answer == "")
    if is_done and not request.user.is_authenticated:  # Whose it is, sees more once signed in.
        return redirect_to_login(request.get_full_path())
    if not holding.is_held(kept, now()):
        return _show_over(request, kept, REFUSALS[Answered])
    if acting is None:
        return _ask_code(request, kept, token)
    return _go_on(request, kept, acting, token)


def _find_acting(request: HttpRequest, kept: Kept) -> Person | None:
    """As whom the reader has signed in, if the time is held for them or a child of theirs."""
    if kept.person is None or not request.user.is_authenticated:
        return None
    own = {each.id: each for each in list_own(
        practice_id=kept.practice_id, user_id=request.user.pk
    )}  # fmt: skip
    guardians = list_guardians(practice_id=kept.practice_id, person_id=kept.person.id)
    return next((own[each.id] for each in (*guardians, kept.person) if each.id in own), None)


def _ask_code(request: HttpRequest, kept: Kept, token: str) -> HttpResponse:
    """Ask for the code; a new one is mailed on request."""
    details = holding.read_details(kept)
    if details is None:
        return _show_over(request, kept, REFUSALS[Answered])
    is_again = "again" in request.POST
    form = CodeForm(request.POST if request.method == "POST" and not is_again else None)
    if is_again:
        return _mail_again(request, kept, details, token)
    if request.method == "POST" and form.is_valid():
        try:
            acting = holding.show_code(kept=kept, code=form.cleaned_data["code"], now=now())
        except holding.WrongCode:
            form.add_error("code", WRONG_CODE)
        except Answered:
            return _show_over(request, kept, REFUSALS[Answered])
        else:
            return _enter(request, kept, acting, token)
    context = {**_describe(request, kept), "form": form, "email": details.email}
    return _render(request, "public/code.html", context, 422 if form.errors else 200)


def _mail_again(
    request: HttpRequest, kept: Kept, details: holding.Details, token: str
) -> HttpResponse:
    """Mail another code; the one before is worth nothing any more."""
    if not may_act(request, details.email):
        return render(request, "429.html", status=429)
    try:
        code = holding.write_details(kept=kept, details=details, now=now())
    except Answered:
        return _show_over(request, kept, REFUSALS[Answered])
    mail_code(kept=kept, details=details, code=code, now=now())
    messages.success(request, _("A new code is on its way."))
    return redirect("held", token)


def _enter(request: HttpRequest, kept: Kept, acting: Person, token: str) -> HttpResponse:
    """Let the visitor into their place, and go on."""
    acting.refresh_from_db()
    if acting.user is None:
        return _show_over(request, kept, _say_kindly(kept))
    if not opens_one_place(user=acting.user):
        return redirect_to_login(request.get_full_path())
    login(request, acting.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    held = find_by_token(token)
    person = held.person if held is not None else None
    if person is not None and _read_standing(kept, person).accepted is not None:
        return _finish(request, kept, person, token)  # They know the rules, and typed the code.
    return redirect("held", token)


def _say_kindly(kept: Kept) -> str:
    return str(KINDLY) % {"name": kept.practice.name}


def _go_on(request: HttpRequest, kept: Kept, acting: Person, token: str) -> HttpResponse:
    """Book with a button, once the agreement is accepted; until then, show it."""
    person = kept.person
    assert person is not None  # noqa: S101 - whoever acts, acts for somebody.
    standing = _read_standing(kept, person)
    if standing.accepted is None:
        signed = _sign(request, kept, acting, standing, now())
        if signed is not None:
            return signed
    elif request.method != "POST":
        return _show_ready(request, kept)
    return _finish(request, kept, person, token)


def _show_ready(request: HttpRequest, kept: Kept) -> HttpResponse:
    """All that is agreed to, before the button."""
    language, zone = (get_language() or "en")[:2], read_zone(request, kept.practice)
    told = describe_kept(kept, now())._replace(language=language, zone=zone)
    context = {**_describe(request, kept), "points": list_details(told), "rules": say_rules(told)}
    return _render(request, "public/ready.html", context, 200)


def _read_standing(kept: Kept, person: Person) -> Standing:
    return read_standing(practice_id=kept.practice_id, person_id=person.id, now=now())


def _sign(
    request: HttpRequest, kept: Kept, acting: Person, standing: Standing, moment: datetime
) -> HttpResponse | None:
    """Show the agreement; None once it is accepted."""
    practice, person = kept.practice, kept.person
    if standing.in_force is None or person is None:
        return _show_over(request, kept, _say_kindly(kept))
    signing = Signing(
        request, practice=practice, person=person, acting=acting, standing=standing,
        invitation=standing.invitation, language=(get_language() or "en")[:2], now=moment,
    )  # fmt: skip
    if request.method == "POST" and signing.sign("place") is not None:
        return None
    try:
        holding.go_on(kept=kept, now=moment)
    except Answered:
        return _show_over(request, kept, REFUSALS[Answered])
    status = 422 if signing.form.errors else 200
    context = {**_describe(request, kept), **signing.context()}
    return _render(request, "public/held.html", context, status)


def _finish(request: HttpRequest, kept: Kept, person: Person, token: str) -> HttpResponse:
    """Book what was held, or say why it cannot be."""
    try:
        made = holding.finish(kept=kept, person=person, now=now())
    except NotAccepted:  # A newer version was published this very moment.
        return redirect("held", token)
    except NoMoreFree as refusal:
        return _show_over(request, kept, NO_MORE_FREE[refusal.code])
    except Blocked:
        return _show_over(request, kept, _say_kindly(kept))
    except tuple(REFUSALS) as refusal:
        return _show_over(request, kept, REFUSALS[type(refusal)])
    if isinstance(made, Kept):
        messages.success(request, ASKED)
        return redirect("my_place", person.id)
    messages.success(request, _("Booked. It is in your e-mail too."))
    return redirect("my_meeting", person.id, made.id)


def _describe(request: HttpRequest, kept: Kept) -> dict[str, Any]:
    """The time that is held, and until when."""
    taken = get_taken(kept.practice_id, kept.id)
    zone = read_zone(request, kept.practice)
    return {
        "practice": kept.practice,
        "service": kept.service,
        "when": say_meeting_time(taken.starts_at, zone),
        "zone": say_zone(zone),
        "until": say_time(to_local(taken.kept_until, zone)) if taken.kept_until else "",
    }


def _show_over(request: HttpRequest, kept: Kept, why: Any) -> HttpResponse:
    """What was held is not, or cannot be booked: why, and where to go on."""
    context = {**_describe(request, kept), "why": why}
    return _render(request, "public/over.html", context, 409)


def _render(
    request: HttpRequest, template: str, context: dict[str, Any], status: int
) -> HttpResponse:
    """A page whose address is a secret: no search keeps it."""
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
