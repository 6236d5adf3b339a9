"""One's own place: both sides on one page, seen from the client's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from miedza.agreements.queries import read_standing
from miedza.bookings.paying import take_account
from miedza.bookings.queries import list_of_person
from miedza.ledger.balance import take_balance
from miedza.ledger.queries import list_meetings
from miedza.ledger.records import read_record
from miedza.practice.formats import say_zone
from miedza.practice.queries import name_practitioners
from miedza.web.access import for_client, list_visits
from miedza.web.client.waiting import describe_waiting
from miedza.web.strip import Reader, make_strip
from miedza.web.sums import sum_up
from miedza.web.zones import read_zone

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.models import Booking
    from miedza.ledger.records import Record
    from miedza.people.queries import Charge
    from miedza.practice.models import Practice
    from miedza.web.access import Visit

ADDRESSES = {
    "self": "my_place",
    "guardian": "my_place",
    "payer": "my_paying",
    "sponsor": "my_sponsoring",
}
"""The page of each role."""


@require_safe
@never_cache
@login_required
def list_places(request: HttpRequest) -> HttpResponse:
    """All places one may enter; where there is one only, straight into it."""
    visits = _leave_out_empty(list(list_visits(int(request.user.pk or 0))))
    if len(visits) == 1:
        _practice, charge = visits[0]
        return redirect(ADDRESSES[charge.role], charge.person.id)
    places = [
        {
            "address": ADDRESSES[charge.role],
            "person": charge.person,
            "practice": practice,
            "role": charge.role,
        }
        for practice, charge in visits
    ]
    return render(request, "client/places.html", {"places": places})


def _leave_out_empty(visits: list[tuple[Practice, Charge]]) -> list[tuple[Practice, Charge]]:
    """Leave out the own place of somebody who only stands beside another: nothing is in it."""
    beside = {charge.acting.id for _practice, charge in visits if charge.role != "self"}
    return [
        (practice, charge)
        for practice, charge in visits
        if charge.role != "self"
        or charge.person.id not in beside
        or list_of_person(practice_id=practice.id, person_id=charge.person.id)
    ]


@for_client()
def show_place(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The strip from one's own side, what is next, what is agreed."""
    practice, person = visit.practice, visit.person
    reader = Reader(practice, now(), "client", read_zone(request, practice, person))
    standing = read_standing(practice_id=practice.id, person_id=person.id, now=reader.now)
    meetings = list_meetings(practice_id=practice.id, person_id=person.id)
    record = read_record(practice_id=practice.id, meetings=meetings)
    bookings = list_of_person(practice_id=practice.id, person_id=person.id)
    ahead = [b for b in bookings if b.outcome == "open" and b.ends_at > reader.now]
    starts = {booking.id: booking.starts_at for booking in bookings}
    context: dict[str, Any] = {
        "active": "place",
        "visit": visit,
        "standing": standing,
        "strip": make_strip(
            reader, record, practice.name.split()[0], starts, with_rulings=standing.has_agreed
        ),
        "sums": sum_up(reader, record),
        "next": _list_ahead(reader, ahead),
        "has_history": bool(meetings),
        "zone": say_zone(reader.zone),
        "zone_name": reader.zone,
        **describe_waiting(visit, reader.zone),
    }
    return render(request, "client/place.html", context)


def _list_ahead(reader: Reader, ahead: list[Booking]) -> list[dict[str, Any]]:
    """The meetings that lie ahead, the next one first: when, what, and with whom of several."""
    names = name_practitioners(practice_id=reader.practice.id)
    return [
        {
            "id": booking.id,
            "when": reader.when(booking.starts_at),
            "what": booking.service.name if booking.service else "",
            "with": names.get(booking.practitioner_id, ""),
        }
        for booking in sorted(ahead, key=lambda each: each.starts_at)
    ]


@for_client(roles=("payer",))
def show_paying(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What is to be paid for somebody: dates, sums, balances, and nothing of what is said there."""
    practice, person = visit.practice, visit.person
    reader = Reader(practice, now(), "client", read_zone(request, practice, person))
    meetings = list_meetings(practice_id=practice.id, person_id=person.id)
    record = read_record(practice_id=practice.id, meetings=meetings)
    bookings = list_of_person(practice_id=practice.id, person_id=person.id)
    account = take_account(record, meetings)
    due, to_come = account.due_minor, account.ahead_minor - account.kept_minor
    context = {
        "active": "place",
        "visit": visit,
        "rows": _list_bills(reader, record, {b.id: b.starts_at for b in bookings}),
        "ahead": reader.money(to_come) if to_come else "",
        "due": reader.money(due) if due > 0 else "",
        "back": reader.money(-due) if due < 0 else "",
        "zone": say_zone(reader.zone),
    }
    return render(request, "client/paying.html", context)


def _list_bills(
    reader: Reader, record: Record, starts: dict[uuid.UUID, datetime]
) -> list[dict[str, Any]]:
    """The meetings that cost or were paid, the newest first: when and how much."""
    rows = []
    for meeting in reversed(record.meetings):
        balance = take_balance(record, [meeting.id])
        if not (balance.client_minor or balance.practitioner_minor or balance.paid_minor):
            continue
        rows.append(
            {
                "when": reader.when(starts.get(meeting.id, meeting.start_at)),
                "owed": reader.money(balance.client_minor - balance.practitioner_minor),
                "paid": reader.money(balance.paid_minor),
            }
        )
    return rows


@for_client(roles=("sponsor",))
def show_sponsoring(request: HttpRequest, visit: Visit) -> HttpResponse:
    """That the work goes on and under which rules; when, and what is said there, stays there."""
    practice, person = visit.practice, visit.person
    reader = Reader(practice, now(), "client", read_zone(request, practice, person))
    meetings = list_meetings(practice_id=practice.id, person_id=person.id)
    record = read_record(practice_id=practice.id, meetings=meetings)
    outcomes = [settlement.outcome for settlement in record.settlements.values()]
    standing = read_standing(practice_id=practice.id, person_id=person.id, now=reader.now)
    context = {
        "active": "place",
        "visit": visit,
        "held": outcomes.count("held"),
        "ahead": outcomes.count("open"),
        "standing": standing,
    }
    return render(request, "client/sponsoring.html", context)
