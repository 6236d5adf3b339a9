"""Answering the record: running late, letting go what one is owed, seeing it differently."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.bookings import lateness
from miedza.bookings.objecting import object_to
from miedza.ledger.actions import NotOwed, waive
from miedza.ledger.deciding import NothingToSay
from miedza.web import once
from miedza.web.access import for_client
from miedza.web.client.meetings import WordsForm, get_own, show_forms
from miedza.web.forms import ReasonForm
from miedza.web.late import NOT_NEAR, LateForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from miedza.web.access import Visit


@for_client("POST")
def say_late(request: HttpRequest, visit: Visit, booking_id: uuid.UUID) -> HttpResponse:
    """Tell the practitioner that one is running late."""
    booking = get_own(visit, booking_id)
    form = LateForm(request.POST)
    if not form.is_valid():
        return show_forms(request, visit, booking, {"late": form})
    try:
        lateness.say_late(
            practice=visit.practice,
            booking_id=booking.id,
            by="client",
            minutes=form.cleaned_data["minutes"],
            now=now(),
        )
    except lateness.NotNear:
        messages.warning(request, NOT_NEAR)
    else:
        messages.success(request, _("Said. What counts is when you come."))
    return redirect("my_meeting", visit.person.id, booking.id)


@for_client("POST")
def let_go(request: HttpRequest, visit: Visit, booking_id: uuid.UUID) -> HttpResponse:
    """Give away what the practitioner owes, with a reason."""
    booking = get_own(visit, booking_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show_forms(request, visit, booking, {"reason": form})
    try:
        waive(
            practice=visit.practice,
            meeting_id=booking.id,
            ruling_id=form.cleaned_data["ruling"],
            by="client",
            reason=form.cleaned_data["reason"],
            now=now(),
        )
        messages.success(request, _("Given away. It stays in the record as your gift."))
    except NotOwed:
        messages.error(request, _("This is not owed to you any more, so there is nothing to give."))
    return redirect("my_meeting", visit.person.id, booking.id)


@for_client("POST")
def see_differently(request: HttpRequest, visit: Visit, booking_id: uuid.UUID) -> HttpResponse:
    """Say that one sees a ruling differently; both sides read it from then on."""
    booking = get_own(visit, booking_id)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return show_forms(request, visit, booking, {"differ": form})
    try:
        object_to(
            practice=visit.practice,
            booking=booking,
            ruling_id=uuid.UUID(request.POST.get("ruling", "")),
            text=form.cleaned_data["text"],
            now=now(),
            id=once.take_back(request),
        )
        messages.success(request, _("Written beside it. Both of you read it there."))
    except NothingToSay:
        messages.error(request, _("This ruling no longer stands, so there is nothing to answer."))
    except ValueError:
        raise Http404 from None
    return redirect("my_meeting", visit.person.id, booking.id)
