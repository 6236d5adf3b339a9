"""Putting right what was mistaken about a meeting, and giving away what is owed for it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.bookings import actions
from miedza.bookings.taking import SlotTaken
from miedza.ledger import actions as ledger
from miedza.web.access import for_practitioner
from miedza.web.forms import EventForm, ReasonForm
from miedza.web.practitioner.finding import get_booking
from miedza.web.practitioner.meetings import show_forms

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.models import Booking
    from miedza.practice.models import Practitioner


@for_practitioner("POST")
def void(request: HttpRequest, practitioner: Practitioner, booking_id: uuid.UUID) -> HttpResponse:
    """Take back what was recorded by mistake: one event, or all of one tap."""
    get_booking(practitioner, booking_id)
    moment = now()
    taken_back = 0
    for booking, event_id in _read_events(request, practitioner, booking_id):
        try:
            actions.record(
                practice=practitioner.practice,
                booking_id=booking.id,
                type="voided",
                by="practitioner",
                at=moment,
                now=moment,
                voids_id=event_id,
            )
            taken_back += 1
        except ValueError as refusal:
            messages.error(request, _say_refusal(refusal))
    if taken_back:
        messages.success(
            request, _("Taken back. The ledger keeps both the entry and the correction.")
        )
    if request.POST.get("to") == "today":
        return redirect("today")
    return redirect("meeting", booking_id)


def _read_events(
    request: HttpRequest, practitioner: Practitioner, booking_id: uuid.UUID
) -> list[tuple[Booking, uuid.UUID]]:
    """The events named, each with its booking; all are looked for before one is touched."""
    named = []
    for pair in request.POST.getlist("event")[:200]:
        meeting_text, _colon, event_text = pair.rpartition(":")
        try:
            meeting_id = uuid.UUID(meeting_text) if meeting_text else booking_id
            event_id = uuid.UUID(event_text)
        except ValueError:
            raise Http404 from None
        named.append((get_booking(practitioner, meeting_id), event_id))
    return named


def _say_refusal(refusal: ValueError) -> str:
    """Why something could not be taken back."""
    if isinstance(refusal, SlotTaken):
        return _("This cannot be taken back: the time has since been given to somebody else.")
    return _("This was taken back before, perhaps in another window.")


@for_practitioner("POST")
def strike(request: HttpRequest, practitioner: Practitioner, booking_id: uuid.UUID) -> HttpResponse:
    """Take away a booking that was entered by mistake."""
    booking = get_booking(practitioner, booking_id)
    try:
        actions.strike(practice=practitioner.practice, booking_id=booking.id, now=now())
    except ledger.CannotStrike:
        messages.error(request, _("Something is recorded for this meeting. Take that back first."))
        return redirect("meeting", booking.id)
    except actions.NoSuchBooking:  # Struck in another window, this very moment.
        raise Http404 from None
    messages.success(request, _("The booking is gone, as if it had never been made."))
    return redirect("person", booking.person_id)


@for_practitioner("POST")
def waive(request: HttpRequest, practitioner: Practitioner, booking_id: uuid.UUID) -> HttpResponse:
    """Give away what the client owes for this meeting, with a reason."""
    booking = get_booking(practitioner, booking_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        unsaid = EventForm(practice=practitioner.practice, now=now())
        return show_forms(request, practitioner, booking, unsaid, form)
    try:
        ledger.waive(
            practice=practitioner.practice,
            meeting_id=booking.id,
            ruling_id=form.cleaned_data["ruling"],
            by="practitioner",
            reason=form.cleaned_data["reason"],
            now=now(),
        )
        messages.success(request, _("Given away. It stays in the record as your gift."))
    except ledger.NotOwed:
        messages.error(request, _("This is not owed to you any more, so there is nothing to give."))
    if request.POST.get("to") == "decisions":
        return redirect("decisions")
    return redirect("meeting", booking.id)
