"""The practitioner runs late: what it would mean, and telling the client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.bookings import actions, lateness
from miedza.bookings.addressing import list_addressees
from miedza.bookings.queries import list_late
from miedza.web.access import for_practitioner
from miedza.web.late import NOT_NEAR, LateForm, list_late_steps
from miedza.web.outlook import Outlook
from miedza.web.practitioner.finding import get_booking

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.models import Booking
    from miedza.ledger.models import Meeting
    from miedza.practice.models import Practitioner
    from miedza.web.strip import Reader


def describe_lateness(reader: Reader, booking: Booking, meeting: Meeting) -> dict[str, Any]:
    """Who said that they would be late, and what it would mean to say so to whom it can reach."""
    late_steps = []
    if lateness.can_say_late(booking, reader.now) and list_addressees(
        practice=reader.practice, person=booking.person
    ):
        late_steps = list_late_steps(Outlook(reader, meeting), booking, "practitioner")
    return {
        "me": "practitioner",
        "other": booking.person.name.split()[0],
        "late_said": list_late(practice_id=reader.practice.id, booking_id=booking.id),
        "late_steps": late_steps,
    }


@for_practitioner("POST")
def say_late(
    request: HttpRequest, practitioner: Practitioner, booking_id: uuid.UUID
) -> HttpResponse:
    """Tell the client that one is running late."""
    booking = get_booking(practitioner, booking_id)
    form = LateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose by how many minutes. Nothing was said."))
        return redirect("meeting", booking.id)
    try:
        lateness.say_late(
            practice=practitioner.practice, booking_id=booking.id, by="practitioner",
            minutes=form.cleaned_data["minutes"], now=now(),
        )  # fmt: skip
    except actions.NoSuchBooking:  # Struck in another window, this very moment.
        raise Http404 from None
    except lateness.NotNear:
        messages.warning(request, NOT_NEAR)
    else:
        messages.success(request, _("Said. What counts is when you come."))
    return redirect("meeting", booking.id)
