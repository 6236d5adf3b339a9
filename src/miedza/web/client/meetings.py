"""One meeting in one's own place: how it stands, what a step would cost, what one can do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.agreements.queries import read_standing
from miedza.bookings import by_clients
from miedza.bookings.lateness import can_say_late
from miedza.bookings.queries import find_booking, list_late
from miedza.bookings.reserving import ChangedMeanwhile
from miedza.ledger.facts import leave_out_voided, to_instant
from miedza.ledger.queries import find_meeting
from miedza.ledger.records import read_record
from miedza.messaging.letters_of_corrections import say_act
from miedza.practice.formats import say_meeting_time
from miedza.practice.places import say_where
from miedza.practice.queries import name_practitioners
from miedza.web import once
from miedza.web.access import for_client
from miedza.web.client.waiting import describe_proposal
from miedza.web.forms import CAUSES, PlainField
from miedza.web.late import LateForm, list_late_steps
from miedza.web.outlook import Outlook
from miedza.web.sealed import read_sealed
from miedza.web.strip import Reader, meeting_rulings, say_settlement
from miedza.web.times import Clocks
from miedza.web.zones import read_zone
from miedza.words import registry as words

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.models import Booking
    from miedza.ledger.models import Meeting
    from miedza.ledger.records import Record
    from miedza.web.access import Visit


class CancelForm(forms.Form):
    """Why a meeting is cancelled, where one wants to say."""

    cause = forms.ChoiceField(label=gettext_lazy("Reason"), choices=CAUSES, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class WordsForm(forms.Form):
    """A few words of the client."""

    text = PlainField(
        label=gettext_lazy("In your words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write a few words. Nothing was changed.")},
    )


def get_own(visit: Visit, booking_id: uuid.UUID) -> Booking:
    """The booking, if it is this person's; to everybody else it does not exist."""
    booking = find_booking(practice_id=visit.practice.id, booking_id=booking_id)
    if booking is None or booking.person_id != visit.person.id:
        raise Http404
    return booking


@for_client()
def show_meeting(request: HttpRequest, visit: Visit, booking_id: uuid.UUID) -> HttpResponse:
    """Everything about one meeting that its client may know."""
    return show_forms(request, visit, get_own(visit, booking_id), {})


def show_forms(
    request: HttpRequest, visit: Visit, booking: Booking, wrong: dict[str, forms.Form]
) -> HttpResponse:
    """The page of a meeting, with forms that may hold faults, by name."""
    practice, moment = visit.practice, now()
    reader = Reader(practice, moment, "client", read_zone(request, practice, visit.person))
    meeting = find_meeting(practice_id=practice.id, meeting_id=booking.id)
    if meeting is None:
        raise Http404
    record = read_record(practice_id=practice.id, meetings=[meeting])
    standing = read_standing(practice_id=practice.id, person_id=visit.person.id, now=moment)
    shown = record if standing.has_agreed else record._replace(rulings={})
    context = {
        "active": "place",
        "visit": visit,
        "booking": booking,
        "seen": to_instant(booking.starts_at),
        **_describe_time(request, visit, booking),
        "price": reader.money(meeting.price_minor) if meeting.kind == "paid" else _("free"),
        "outcome": words.say_outcome(booking.outcome, reader.language),
        "owed": say_settlement(reader, record, meeting.id),
        "strip": {
            "mine": _("You"),
            "theirs": practice.name.split()[0],
            "entries": meeting_rulings(reader, shown, meeting.id),
        },
        "requests": _list_requests(visit, record, meeting),
        "rulings": _list_open(reader, shown, meeting),
        "taken_back": _list_taken_back(record, meeting),
        "me": "client",
        "other": practice.name,
        "with": name_practitioners(practice_id=practice.id).get(booking.practitioner_id, ""),
        "late_said": list_late(practice_id=practice.id, booking_id=booking.id),
        **_describe_steps(reader, booking, meeting),
        "forms": {"words": WordsForm(), "late": LateForm(), "cancel": CancelForm(), **wrong},
    }
    status = 422 if wrong else 200
    return render(request, "client/meeting.html", context, status=status)


def _describe_time(request: HttpRequest, visit: Visit, booking: Booking) -> dict[str, Any]:
    """When and where it is, on the reader's clocks; the other time that is proposed, if any."""
    zone = read_zone(request, visit.practice, visit.person)
    clocks = Clocks(zone, visit.practice.time_zone)
    return {
        "when": say_meeting_time(booking.starts_at, zone),
        "there": clocks.describe(booking.starts_at)["there"],
        **clocks.name(),
        "where": _say_where(visit, booking),
        "what": booking.service.name if booking.service else "",
        **describe_proposal(visit, booking, zone),
    }


def _say_where(visit: Visit, booking: Booking) -> str:
    """Where exactly it takes place."""
    service = booking.service
    return say_where(service.place, service.open_text(visit.practice.key)) if service else ""


def _describe_steps(reader: Reader, booking: Booking, meeting: Meeting) -> dict[str, Any]:
    """What can still be done, each with what it would cost now."""
    is_ahead = booking.outcome == "open" and booking.ends_at > reader.now
    if not is_ahead:
        return {"is_ahead": False}
    outlook = Outlook(reader, meeting)
    late = can_say_late(booking, reader.now)
    return {
        "is_ahead": True,
        "can_change": booking.starts_at > reader.now,
        "cancelling": outlook.ask("cancelled", "client", reasons=True),
        "moving": outlook.ask("moved", "client"),
        "can_say_late": late,
        "late_steps": list_late_steps(outlook, booking, "client") if late else [],
    }


def _list_requests(visit: Visit, record: Record, meeting: Meeting) -> list[dict[str, Any]]:
    """What was asked for this meeting, by either side, but for what was taken back."""
    return [
        {"text": read_sealed(event, visit.practice.key), "mine": event.by == "client"}
        for event in leave_out_voided(record.events.get(meeting.id, ()))
        if event.type == "request_added"
    ]


def _list_taken_back(record: Record, meeting: Meeting) -> list[str]:
    """What the client did with a meeting and the practitioner took back as entered by mistake."""
    events = record.events.get(meeting.id, [])
    voided = {event.voids_id for event in events}
    return [
        say_act(event.type)
        for event in events
        if event.id in voided and event.entered_by == "client"
    ]


def _list_open(reader: Reader, record: Record, meeting: Meeting) -> list[dict[str, Any]]:
    """The rulings one can answer: let go what one is owed, say that one sees it differently."""
    return [
        {
            "id": ruling.id,
            "said": reader.say(ruling),
            "can_waive": ruling.owed_by == "practitioner" and ruling.id not in record.waivers,
            "amount": reader.money(ruling.amount_minor),
            "differs": ruling.verdict in ("crossed", "excused", "unclear"),
        }
        for ruling in record.rulings.get(meeting.id, ())
        if ruling.verdict in ("crossed", "excused", "unclear")
    ]


REFUSALS: dict[type[ValueError], Any] = {
    by_clients.MovedMeanwhile: gettext_lazy(
        "This meeting was moved meanwhile. Here is how it stands."
    ),
    by_clients.NotAhead: gettext_lazy("This meeting can no longer be changed."),
    ChangedMeanwhile: gettext_lazy(
        "What it costs has changed since you opened the page. Here is how it stands now."
    ),
}
"""Why a meeting stays as it is, in words."""


@for_client("POST")
@once.asks_first
def cancel(request: HttpRequest, visit: Visit, booking_id: uuid.UUID) -> HttpResponse:
    """Cancel a meeting that lies ahead."""
    booking = get_own(visit, booking_id)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return show_forms(request, visit, booking, {"cancel": form})
    try:
        by_clients.cancel(
            practice=visit.practice,
            booking_id=booking.id,
            seen_at=_to_moment(form.cleaned_data["seen"]),
            cause=form.cleaned_data["cause"] or None,
            now=now(),
            seen_cost=request.POST.get("cost", ""),
            id=once.take_back(request),
        )
    except tuple(REFUSALS) as refusal:
        once.let_go(request)
        messages.warning(request, REFUSALS[type(refusal)])
    else:
        messages.success(request, _("Cancelled. It is in your e-mail too."))
    return redirect("my_meeting", visit.person.id, booking.id)


@for_client("POST")
def add_request(request: HttpRequest, visit: Visit, booking_id: uuid.UUID) -> HttpResponse:
    """Say what one would like to work on."""
    booking = get_own(visit, booking_id)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return show_forms(request, visit, booking, {"words": form})
    try:
        by_clients.add_request(
            practice=visit.practice, booking_id=booking.id, text=form.cleaned_data["text"],
            now=now(), id=once.take_back(request),
        )  # fmt: skip
        messages.success(request, _("Written down for the meeting."))
    except by_clients.NotAhead as refusal:
        messages.warning(request, REFUSALS[type(refusal)])
    return redirect("my_meeting", visit.person.id, booking.id)


def _to_moment(seconds: int) -> datetime:
    """A moment from seconds since 1970; one out of reach is no moment of any meeting."""
    return datetime.fromtimestamp(min(seconds, 32_503_680_000), UTC)
