"""Money by hand: who owes whom, prices, payments noted."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.bookings.paying import MoreThanPaid, NothingBooked, note_payment, take_account
from miedza.bookings.taking import SlotTaken
from miedza.db.ids import make_id
from miedza.ledger.balance import take_balance
from miedza.ledger.queries import list_meetings
from miedza.ledger.records import read_many, read_record
from miedza.practice.formats import to_local
from miedza.web import once
from miedza.web.access import for_practitioner
from miedza.web.forms import DATE, LocalTimeMixin, MoneyField
from miedza.web.practitioner.finding import get_person
from miedza.web.strip import Reader
from miedza.words import registry as words

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from miedza.ledger.models import Meeting
    from miedza.ledger.records import Record
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner

A_PAGE = 50


class PaymentForm(LocalTimeMixin, forms.Form):
    """A payment, or a sum that went back."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=[
            ("paid", gettext_lazy("they paid")),
            ("back", gettext_lazy("I gave back")),
        ],
    )
    day = forms.DateField(label=gettext_lazy("Date"), widget=DATE)

    def __init__(self, *args: Any, practice: Practice, now: datetime, **kwargs: Any) -> None:
        """Take the practice, for its currency and clocks, and the present moment."""
        super().__init__(*args, **kwargs)
        self.zone, self.now = practice.time_zone, now
        self.fields["amount"] = MoneyField(
            currency=practice.currency,
            label=_("Amount, %(currency)s") % {"currency": practice.currency},
        )

    def clean_amount(self) -> int:
        """Something, not nothing."""
        amount = int(self.cleaned_data["amount"])
        if amount == 0:
            raise forms.ValidationError(_("Write an amount above 0."))
        return amount

    def clean_day(self) -> Any:
        """A day that is not ahead, of this century."""
        day = self.cleaned_data["day"]
        if not day.year >= 2000 or day > to_local(self.now, self.zone).date():
            raise forms.ValidationError(_("Choose today or a day before."))
        return day


def _describe(reader: Reader, record: Record, meetings: list[Meeting]) -> dict[str, Any]:
    """What some meetings come to, in words."""
    account = take_account(record, meetings)
    balance, due = account.balance, account.due_minor
    return {
        "owed": reader.money(balance.client_minor - balance.practitioner_minor),
        "paid": reader.money(balance.paid_minor),
        "due": reader.money(due) if due > 0 else "",
        "back": reader.money(-due) if due < 0 else "",
        "waiting": reader.money(balance.waiting_minor) if balance.waiting_minor else "",
        "order": (-abs(due), -balance.waiting_minor),
        "due_minor": due,
    }


def _group(record: Record) -> dict[Person, list[Meeting]]:
    """The meetings of each person."""
    grouped: dict[Person, list[Meeting]] = {}
    for meeting in record.meetings:
        grouped.setdefault(meeting.person, []).append(meeting)
    return grouped


@for_practitioner()
def show_money(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Who owes whom, the largest sum first."""
    practice = practitioner.practice
    reader = Reader(practice, now())
    record = read_many(practice_id=practice.id)
    rows = [
        {"person": person, **_describe(reader, record, meetings)}
        for person, meetings in _group(record).items()
    ]
    rows.sort(key=lambda row: (row["order"], row["person"].search_name))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "active": "money",
        "page": page,
        "whole": _sum_rows(reader, record, rows),
    }
    return render(request, "practitioner/money.html", context)


def _sum_rows(reader: Reader, record: Record, rows: list[dict[str, Any]]) -> dict[str, str]:
    """All persons together: what one owes does not pay what another is owed."""
    sums = {
        "due": sum(max(0, row["due_minor"]) for row in rows),
        "back": sum(max(0, -row["due_minor"]) for row in rows),
        "waiting": take_balance(record).waiting_minor,
    }
    return {name: reader.money(value) if value else "" for name, value in sums.items()}


@for_practitioner("GET", "POST")
def show_account(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID
) -> HttpResponse:
    """One person's meetings, what they cost, what was paid; noting a payment."""
    person = get_person(practitioner, person_id)
    practice, moment = practitioner.practice, now()
    initial = {"day": to_local(moment, practice.time_zone).date(), "kind": "paid"}
    form = PaymentForm(request.POST or None, practice=practice, now=moment, initial=initial)
    if request.method == "POST" and form.is_valid() and _note(request, practitioner, person, form):
        return redirect("account", person.id)
    reader = Reader(practice, moment)
    meetings = list_meetings(practice_id=practice.id, person_id=person.id)
    record = read_record(practice_id=practice.id, meetings=meetings)
    context = {
        "active": "money",
        "person": person,
        "form": form,
        "price": reader.money(person.usual_price_minor) if person.usual_minutes else "",
        "whole": _describe(reader, record, record.meetings),
        "rows": _list_rows(reader, record),
    }
    status = 422 if form.errors else 200
    return render(request, "practitioner/account.html", context, status=status)


def _list_rows(reader: Reader, record: Record) -> list[dict[str, Any]]:
    """The meetings, the newest first, each with its own balance."""
    return [
        {
            "meeting": meeting,
            "when": reader.when(meeting.start_at),
            "price": reader.money(meeting.price_minor) if meeting.kind == "paid" else _("free"),
            "outcome": words.say_outcome(record.settlements[meeting.id].outcome, reader.language),
            **_describe(reader, record, [meeting]),
        }
        for meeting in reversed(record.meetings)
        if meeting.id in record.settlements
    ]


def _note(
    request: HttpRequest, practitioner: Practitioner, person: Person, form: PaymentForm
) -> bool:
    """Note what the form says; false, with a word in the form, where it cannot be."""
    said = form.cleaned_data
    moment = now()
    day = to_local(moment, form.zone).date()
    at = moment if said["day"] == day else form.noon(said["day"])
    amount = said["amount"] if said["kind"] == "paid" else -said["amount"]
    try:
        events = note_payment(
            practice=practitioner.practice,
            person=person,
            amount_minor=amount,
            at=at,
            now=moment,
            id=once.take_back(request) or make_id(),
        )
    except NothingBooked:
        form.add_error(None, _("Nothing is booked yet that could be paid for. Book it first."))
        return False
    except SlotTaken:
        form.add_error(
            "day",
            _(
                "Paid on that day, a meeting would hold its hour, which has been given to somebody "
                "else since. Choose a later day."
            ),
        )
        return False
    except MoreThanPaid:
        form.add_error("amount", _("This is more than was ever paid."))
        return False
    text = _("Payment noted.") if amount > 0 else _("Refund noted.")
    request.session["undo"] = {
        "text": text,
        "events": [[str(event.meeting_id), str(event.id)] for event in events],
    }
    return True
