"""Proposing another time for a meeting: it stands as agreed until the client says yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.bookings import proposing
from miedza.bookings.addressing import list_addressees
from miedza.bookings.keeping import find_start
from miedza.bookings.taking import SlotTaken
from miedza.ledger.queries import find_meeting
from miedza.practice.formats import say_meeting_time, say_moment
from miedza.web import once
from miedza.web.access import for_practitioner
from miedza.web.forms import DATE, TIME, LocalTimeMixin, PlainField
from miedza.web.outlook import Outlook
from miedza.web.practitioner.finding import get_booking, list_nearest, warn_of_beside
from miedza.web.strip import Reader
from miedza.web.times import Clocks

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.models import Booking
    from miedza.practice.models import Practitioner


class ProposeForm(LocalTimeMixin, forms.Form):
    """Another time, with a word."""

    to_day = forms.DateField(label=gettext_lazy("New date"), widget=DATE)
    to_clock = forms.TimeField(label=gettext_lazy("New time"), widget=TIME)
    words = PlainField(
        label=gettext_lazy("A word of yours, if you like"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        """Take the zone of the practice."""
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.taken_at: datetime | None = None


@for_practitioner("GET", "POST")
@once.asks_first
def propose(
    request: HttpRequest, practitioner: Practitioner, booking_id: uuid.UUID
) -> HttpResponse:
    """Choose another time, see what it costs, propose it."""
    practice, moment = practitioner.practice, now()
    booking = get_booking(practitioner, booking_id)
    if "withdraw" in request.POST:
        return _withdraw(request, practitioner, booking)
    day, clock = request.GET.get("day"), request.GET.get("clock")
    initial = {"to_day": day, "to_clock": clock} if day and clock else {}
    form = ProposeForm(request.POST or None, zone=practice.time_zone, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and _propose(request, practitioner, booking, form)
    ):
        return redirect("meeting", booking.id)
    meeting = find_meeting(practice_id=practice.id, meeting_id=booking.id)
    reader = Reader(practice, moment)
    outlook = Outlook(reader, meeting).ask("moved", "practitioner").said if meeting else None
    clocks = Clocks(practice.time_zone, booking.person.time_zone or practice.time_zone)
    context = {
        "active": "today",
        "booking": booking,
        "form": form,
        "when": say_meeting_time(booking.starts_at, practice.time_zone),
        "outlook": outlook,
        "reaches": bool(list_addressees(practice=practice, person=booking.person)),
        "there": clocks.describe(booking.starts_at)["there"],
        **clocks.name(),
    }
    status = 422 if form.errors else 200
    if form.taken_at is not None:
        context["nearest"] = list_nearest(booking.practitioner, form.taken_at, booking.minutes)
        status = 409
    return render(request, "practitioner/propose.html", context, status=status)


def _propose(
    request: HttpRequest, practitioner: Practitioner, booking: Booking, form: ProposeForm
) -> bool:
    """Propose what the form says; with a word in it where that cannot be."""
    to_at = form.moment("to_day", "to_clock")
    try:
        if to_at is None:
            raise proposing.NotAhead
        proposing.propose(
            practice=booking.practice, booking_id=booking.id, to_at=to_at,
            text=form.cleaned_data["words"], now=now(), id=once.take_back(request),
        )  # fmt: skip
    except SlotTaken:
        form.taken_at = to_at
        form.add_error(
            "to_clock", _("You are with somebody else at this time. Choose another one.")
        )
        return False
    except proposing.NotAhead:
        form.add_error(
            "to_clock", _("Choose another time, one that lies ahead; so must the meeting.")
        )
        return False
    messages.success(request, _("Proposed. The meeting stands as it was until they say yes."))
    warn_of_beside(request, practitioner, booking.practitioner, [to_at], booking.minutes)
    return True


def _withdraw(request: HttpRequest, practitioner: Practitioner, booking: Booking) -> HttpResponse:
    """Take the proposal back."""
    practice = practitioner.practice
    for kept in proposing.list_proposals(practice_id=practice.id, booking_id=booking.id):
        proposing.withdraw(practice=practice, kept_id=kept.id, now=now())
    messages.success(request, _("The proposal is taken back."))
    return redirect("meeting", booking.id)


def describe_proposal(reader: Reader, booking: Booking) -> dict[str, Any]:
    """What waits for the client's word on a meeting's page, and whether more can be proposed."""
    practice = reader.practice
    found = proposing.find_proposal(practice_id=practice.id, booking_id=booking.id, now=reader.now)
    is_ahead = booking.outcome == "open" and booking.starts_at > reader.now
    if found is None:
        return {"can_propose": is_ahead}
    return {
        "can_propose": is_ahead,
        "proposal": {
            "kept": found.kept,
            "when": say_meeting_time(find_start(*found), practice.time_zone),
            "until": say_moment(found.taken.kept_until, practice.time_zone)
            if found.taken.kept_until
            else "",
        },
    }
