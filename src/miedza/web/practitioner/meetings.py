"""A meeting: book it, tap what happened, see what the rules say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.bookings import actions
from miedza.bookings.ordering import NotBegun, Overtaken
from miedza.bookings.taking import SlotTaken
from miedza.ledger.queries import find_meeting
from miedza.ledger.records import read_record
from miedza.practice.queries import name_practitioners
from miedza.web import once
from miedza.web.access import for_practitioner
from miedza.web.forms import EventForm
from miedza.web.outlook import preview_steps
from miedza.web.practitioner.finding import get_booking
from miedza.web.practitioner.lateness import describe_lateness
from miedza.web.practitioner.proposals import describe_proposal
from miedza.web.practitioner.taps import list_changes, list_taps
from miedza.web.sealed import read_sealed
from miedza.web.strip import Reader, meeting_rulings, say_settlement
from miedza.web.telling import say_event
from miedza.words import registry as words

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.models import Booking
    from miedza.ledger.models import Event, Meeting, Ruling
    from miedza.practice.models import Practitioner
    from miedza.web.forms import ReasonForm


_OUT_OF_ORDER = {
    NotBegun: gettext_lazy(
        "The meeting had not begun then, so nothing was recorded. If it was held earlier than "
        "booked, first write down the move, with the time when you agreed on it."
    ),
    Overtaken: gettext_lazy(
        "The other side has cancelled or moved this meeting since. Take that back first, if it was "
        "a mistake; they are told."
    ),
}
"""Why something cannot have happened, in words."""


@for_practitioner()
def show_meeting(
    request: HttpRequest, practitioner: Practitioner, booking_id: uuid.UUID
) -> HttpResponse:
    """Everything about one meeting."""
    booking = get_booking(practitioner, booking_id)
    form = EventForm(practice=practitioner.practice, now=now())
    return show_forms(request, practitioner, booking, form)


def show_forms(
    request: HttpRequest,
    practitioner: Practitioner,
    booking: Booking,
    form: EventForm,
    giving: ReasonForm | None = None,
) -> HttpResponse:
    """The page of a meeting, with forms that may hold faults."""
    practice = practitioner.practice
    reader = Reader(practice, now())
    meeting = find_meeting(practice_id=practice.id, meeting_id=booking.id)
    if meeting is None:
        raise Http404
    context = {
        "active": "today",
        "form": form,
        "giving": giving,
        "here": reverse("meeting", args=[booking.id]),
        "said_on": _("Said on"),
        "said_at": _("at"),
        **_describe_booking(reader, booking, meeting),
        **_describe_record(reader, booking, meeting),
        **describe_lateness(reader, booking, meeting),
        **describe_proposal(reader, booking),
    }
    status = 422 if form.errors or (giving and giving.errors) else 200
    return render(request, "practitioner/meeting.html", context, status=status)


def _describe_booking(reader: Reader, booking: Booking, meeting: Meeting) -> dict[str, Any]:
    """When and what was booked, and how it stands."""
    return {
        "booking": booking,
        "person": booking.person,
        "name": booking.person.name.split()[0],
        "when": reader.when(booking.starts_at),
        "price": reader.money(meeting.price_minor) if meeting.kind == "paid" else _("free"),
        "outcome": words.say_outcome(booking.outcome, reader.language),
        "is_open": booking.outcome in ("open", "unclear"),
        "with": name_practitioners(practice_id=booking.practice_id).get(
            booking.practitioner_id, ""
        ),
    }


def _describe_record(reader: Reader, booking: Booking, meeting: Meeting) -> dict[str, Any]:
    """What was recorded, what the rules say of it, and what can be tapped."""
    record = read_record(practice_id=reader.practice.id, meetings=[meeting])
    rulings = record.rulings.get(meeting.id, [])
    name = booking.person.name.split()[0]
    is_open = booking.outcome in ("open", "unclear")
    events = _list_events(reader, record.events.get(meeting.id, []), name)
    return {
        "owed": say_settlement(reader, record, meeting.id),
        "takes_taps": is_open or _ended_in_silence(rulings),
        "can_strike": all(event["voided"] for event in events),
        "strip": {
            "mine": _("You"),
            "theirs": name,
            "entries": meeting_rulings(reader, record, meeting.id),
        },
        "events": events,
        "taps": list_taps(name),
        "changes": list_changes(name, preview_steps(reader, meeting, is_open=is_open)),
        "waivable": [
            {"id": ruling.id, "amount": reader.money(ruling.amount_minor)}
            for ruling in rulings
            if ruling.owed_by == "client" and ruling.id not in record.waivers
        ],
    }


def _ended_in_silence(rulings: list[Ruling]) -> bool:
    """Tell whether the meeting counts as held only because nobody said when it ended."""
    return any(ruling.reason == "end_not_recorded" for ruling in rulings)


def _list_events(reader: Reader, events: list[Event], name: str) -> list[dict[str, Any]]:
    """What was recorded, with what has been taken back marked so."""
    voided = {event.voids_id for event in events}
    return [
        {
            "id": event.id,
            "text": say_event(reader, event, name),
            "words": read_sealed(event, reader.practice.key),
            "when": reader.when(event.at),
            "voided": event.id in voided,
        }
        for event in events
        if event.type != "voided"
    ]


@for_practitioner("POST")
def record(request: HttpRequest, practitioner: Practitioner, booking_id: uuid.UUID) -> HttpResponse:
    """Record what happened, in one tap or with its details."""
    booking = get_booking(practitioner, booking_id)
    practice, moment = practitioner.practice, now()
    form = EventForm(_read_tap(request), practice=practice, now=moment)
    if not form.is_valid():
        return show_forms(request, practitioner, booking, form)
    said = form.cleaned_data
    kind = said["type"]
    try:
        event = actions.record(
            practice=practice,
            booking_id=booking.id,
            type=kind,
            by=said["by"],
            at=said["at"],
            now=moment,
            id=once.take_back(request),
            cause=(said["cause"] or None) if kind in ("arrived", "cancelled", "moved") else None,
            to_at=said["to_at"] if kind == "moved" else None,
            minutes=said["minutes"] if kind == "extended" else None,
            agreed=said["agreed"] if kind == "extended" else False,
            amount_minor=said["amount"] if kind == "paid" else None,
            text=said["text"] if kind in ("request_added", "incident") else None,
        )
    except (NotBegun, Overtaken) as refusal:
        form.add_error(None, _OUT_OF_ORDER[type(refusal)])
        return show_forms(request, practitioner, booking, form)
    except SlotTaken:
        form.add_error(
            "to_clock", _("You are with somebody else at this time. Choose another one.")
        )
        return show_forms(request, practitioner, booking, form)
    except actions.NoSuchBooking:  # Struck in another window, this very moment.
        raise Http404 from None
    request.session["undo"] = {
        "text": say_event(Reader(practice, moment), event, booking.person.name.split()[0]),
        "events": [[str(booking.id), str(event.id)]],
    }
    return redirect("meeting", booking.id)


def _read_tap(request: HttpRequest) -> dict[str, str]:
    """What was sent; a button's `tap` holds both the type and the side."""
    data = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    if "tap" in data:
        data["type"], _colon, data["by"] = data["tap"].partition(":")
    return data
