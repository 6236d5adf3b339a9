"""Waiting: for an answer to a wish, for a time that becomes free."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.bookings import keeping, offers, waiting
from miedza.bookings.keeping import Answered
from miedza.bookings.limits import Blocked
from miedza.bookings.models import Kept
from miedza.bookings.proposing import find_proposal
from miedza.bookings.taking import get_taken
from miedza.core.hours import DAYS
from miedza.practice.formats import say_meeting_time, say_short_date, to_local
from miedza.web import once
from miedza.web.access import for_client
from miedza.web.client.choosing import describe_choice, read_wish
from miedza.web.forms import DATE, within_years
from miedza.web.practitioner.rules_words import DAY_NAMES

if TYPE_CHECKING:
    import uuid
    from datetime import date

    from django.http import HttpRequest

    from miedza.bookings.models import Booking
    from miedza.web.access import Visit


class WaitForm(forms.Form):
    """Between which dates, and on which days."""

    first_date = forms.DateField(label=gettext_lazy("From"), widget=DATE)
    last_date = forms.DateField(label=gettext_lazy("Until"), widget=DATE)
    days = forms.MultipleChoiceField(
        label=gettext_lazy("Only on these days"),
        choices=[(day, DAY_NAMES[day]) for day in DAYS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: any day."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Take today's date where the practice is."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_first_date(self) -> Any:
        """A year people live in."""
        return within_years(self.cleaned_data["first_date"])

    def clean_last_date(self) -> Any:
        """A day that is not over."""
        last = within_years(self.cleaned_data["last_date"])
        if last < self.today:
            raise forms.ValidationError(_("Choose today or a later day."))
        return last

    def clean(self) -> dict[str, Any]:
        """The last date does not come before the first."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_date"), cleaned.get("last_date")
        if first and last and not 0 <= (last - first).days <= 366:
            self.add_error("last_date", _("Choose the first date or a later one, within a year."))
        return cleaned


KINDLY = gettext_lazy(
    "A place in the waiting list could not be kept here. Please write to %(name)s; a way can be "
    "found together."
)


@for_client("GET", "POST")
@once.asks_first
def wait(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Wait for a time that becomes free."""
    practice, person = visit.practice, visit.person
    wish = read_wish(request, visit)
    if isinstance(wish, HttpResponse):
        return wish
    today = to_local(now(), practice.time_zone).date()
    initial = {"first_date": today, "last_date": today + timedelta(days=30)}
    form = WaitForm(request.POST or None, initial=initial, today=today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        wanted = waiting.Wanted(
            wish.choice.service, said["first_date"], said["last_date"], said["days"]
        )
        try:
            if visit.acting.blocked_at is not None:
                raise Blocked
            waiting.wait(
                practitioner=wish.practitioner, person=person, wanted=wanted, now=now(),
                id=once.take_back(request),
            )  # fmt: skip
        except waiting.WaitsEnough:
            form.add_error(
                None, _("Your places on the waiting list are all used; leave one first.")
            )
        except Blocked:
            once.let_go(request)
            messages.warning(request, str(KINDLY) % {"name": practice.name})
            return redirect("my_place", person.id)
        else:
            messages.success(request, _("You are on the waiting list; you get a letter."))
            return redirect("my_place", person.id)
    context = {
        "active": "book",
        "visit": visit,
        "form": form,
        "wish": wish,
        "chosen": describe_choice(visit, wish.choice),
    }
    return render(request, "client/waiting.html", context, status=422 if form.errors else 200)


@for_client("POST")
def stop(request: HttpRequest, visit: Visit, waiting_id: uuid.UUID) -> HttpResponse:
    """Leave the waiting list."""
    own = waiting.list_waiting(practice_id=visit.practice.id, person_id=visit.person.id)
    if not own.filter(id=waiting_id).exists():
        raise Http404
    offers.stop_waiting(practice=visit.practice, waiting_id=waiting_id, now=now())
    messages.success(request, _("You are not on the waiting list any more."))
    return redirect("my_place", visit.person.id)


@for_client("POST")
def withdraw_wish(request: HttpRequest, visit: Visit, kept_id: uuid.UUID) -> HttpResponse:
    """Take back a wish that was not answered yet."""
    kept = keeping.find_kept(practice_id=visit.practice.id, kept_id=kept_id)
    if kept is None or kept.purpose != "wish" or kept.person_id != visit.person.id:
        raise Http404
    try:
        keeping.answer(practice=visit.practice, kept_id=kept.id, said="withdrawn", now=now())
        messages.success(request, _("Taken back. The time is free again."))
    except Answered:
        messages.warning(request, _("This has been answered meanwhile."))
    return redirect("my_place", visit.person.id)


def describe_waiting(visit: Visit, zone: str) -> dict[str, Any]:
    """What a place shows of what waits: wishes, offers, entries in the waiting list."""
    practice, person, moment = visit.practice, visit.person, now()
    kept = list(keeping.list_kept(practice_id=practice.id, person_id=person.id, now=moment))
    wishes, offered, proposals = (
        [_describe_kept(each, zone) for each in kept if each.purpose == purpose]
        for purpose in ("wish", "offer", "proposal")
    )
    today = to_local(moment, practice.time_zone).date()
    entries = waiting.list_waiting(practice_id=practice.id, person_id=person.id)
    return {
        "wishes": wishes,
        "offers": offered,
        "proposals": proposals,
        "entries": [
            {
                "id": entry.id,
                "what": entry.service.name if entry.service else _("the usual meeting"),
                "first": say_short_date(entry.first_date, today=today),
                "last": say_short_date(entry.last_date, today=today),
                "days": ", ".join(str(DAY_NAMES[day]) for day in entry.days),
            }
            for entry in entries
        ],
    }


def _describe_kept(kept: Kept, zone: str) -> dict[str, Any]:
    taken = get_taken(kept.practice_id, kept.id)
    return {
        "id": kept.id,
        "token": keeping.say_token(kept),
        "when": say_meeting_time(keeping.find_start(kept, taken), zone),
        "until": say_meeting_time(taken.kept_until, zone) if taken.kept_until else "",
        "what": kept.service.name if kept.service else _("the usual meeting"),
    }


def describe_proposal(visit: Visit, booking: Booking, zone: str) -> dict[str, Any]:
    """The other time that is proposed for a meeting, with the way to answer."""
    found = find_proposal(practice_id=visit.practice.id, booking_id=booking.id, now=now())
    if found is None:
        return {}
    kept = keeping.find_kept(practice_id=visit.practice.id, kept_id=found.kept.id)
    return {"proposal": _describe_kept(kept, zone)} if kept else {}
