"""Times that were asked for, and who waits for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.bookings import offers, wishing
from miedza.bookings.beside import list_beside
from miedza.bookings.keeping import Answered, list_kept
from miedza.bookings.reserving import PaymentDue
from miedza.bookings.taking import SlotTaken, list_taken
from miedza.bookings.waiting import list_waiting
from miedza.practice.formats import say_meeting_time, say_moment, say_short_date
from miedza.web.access import for_practitioner
from miedza.web.forms import PlainField
from miedza.web.practitioner.finding import say_beside
from miedza.web.practitioner.rules_words import DAY_NAMES
from miedza.web.strip import Reader

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection, Mapping

    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.beside import Spans
    from miedza.bookings.models import Kept, Taken, Waiting
    from miedza.practice.models import Practitioner


class NoForm(forms.Form):
    """A word with a no."""

    words = PlainField(
        label=gettext_lazy("A word of yours, if you like"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@for_practitioner()
def list_wishes(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """What waits for a yes or a no, and who is on the waiting list."""
    return _show(request, practitioner, {})


def _show(
    request: HttpRequest, practitioner: Practitioner, refused: dict[uuid.UUID, NoForm]
) -> HttpResponse:
    """The page, with what was typed where it could not be taken."""
    practice, moment = practitioner.practice, now()
    reader = Reader(practice, moment)
    wishes = list(list_kept(practice_id=practice.id, purpose="wish", now=moment))
    taken = list_taken(practice_id=practice.id, ids=[kept.id for kept in wishes])
    beside = _read_beside(taken.values())
    entries = list_waiting(practice_id=practice.id)
    context = {
        "active": "today",
        "wishes": [
            {
                **_describe(reader, kept, taken[kept.id]),
                "beside": _say_beside(practitioner, taken[kept.id], beside),
                "form": refused.get(kept.id) or NoForm(),
            }
            for kept in wishes
        ],
        "entries": [_describe_entry(reader, entry) for entry in entries],
    }
    return render(request, "practitioner/wishes.html", context, status=422 if refused else 200)


def _read_beside(taken: Collection[Taken]) -> dict[uuid.UUID, Mapping[str, Spans]]:
    """What else is around some times, by practitioner."""
    known: dict[uuid.UUID, Mapping[str, Spans]] = {}
    for leader in {row.practitioner for row in taken}:
        theirs = [row for row in taken if row.practitioner_id == leader.id]
        known[leader.id] = list_beside(
            practitioner=leader, since=min(row.starts_at for row in theirs),
            until=max(row.ends_at for row in theirs),
        )  # fmt: skip
    return known


def _say_beside(
    practitioner: Practitioner, taken: Taken, beside: dict[uuid.UUID, Mapping[str, Spans]]
) -> list[str]:
    """What else is at one of them."""
    known = beside[taken.practitioner_id]
    return say_beside(practitioner, taken.practitioner, [taken.starts_at], taken.minutes, known)


def _describe(reader: Reader, kept: Kept, taken: Taken) -> dict[str, Any]:
    """A wish with its time, its words and whether somebody known is like who asks."""
    practice = reader.practice
    return {
        "kept": kept,
        "person": kept.person,
        "alike": kept.alike,
        "when": say_meeting_time(taken.starts_at, practice.time_zone),
        "with": taken.practitioner.name,
        "what": kept.service.name if kept.service else _("the usual meeting"),
        "price": reader.money(kept.price_minor) if kept.kind == "paid" else _("free"),
        "minutes": kept.minutes,
        "until": say_moment(taken.kept_until, practice.time_zone) if taken.kept_until else "",
        "words": kept.open_text(practice.key),
    }


def _describe_entry(reader: Reader, entry: Waiting) -> dict[str, Any]:
    """Somebody who waits, and for what."""
    first, last = (
        say_short_date(day, today=reader.today) for day in (entry.first_date, entry.last_date)
    )
    return {
        "entry": entry,
        "what": entry.service.name if entry.service else _("the usual meeting"),
        "dates": f"{first} – {last}" if first != last else first,
        "days": ", ".join(str(DAY_NAMES[day]) for day in entry.days),
        "since": say_moment(entry.made_at, reader.practice.time_zone),
    }


@for_practitioner("POST")
def answer_wish(
    request: HttpRequest, practitioner: Practitioner, kept_id: uuid.UUID
) -> HttpResponse:
    """Say yes or no to a wish."""
    practice, moment = practitioner.practice, now()
    try:
        if "yes" in request.POST:
            booking = wishing.give(practice=practice, kept_id=kept_id, now=moment)
            messages.success(request, _("Booked; they are told."))
            return redirect("meeting", booking.id)
        form = NoForm(request.POST)
        waiting = list_kept(practice_id=practice.id, purpose="wish", now=moment)
        if not form.is_valid() and waiting.filter(id=kept_id).exists():
            return _show(request, practitioner, {kept_id: form})
        words = form.cleaned_data.get("words", "")
        wishing.decline(practice=practice, kept_id=kept_id, words=words, now=moment)
        messages.success(request, _("You said no; they are told kindly."))
    except Answered:
        messages.warning(request, _("This was answered before, or the time has passed."))
    except SlotTaken:
        messages.warning(request, _("The time has been taken by now. Nothing was booked."))
    except PaymentDue:
        messages.warning(
            request,
            _(
                "Under your payment rule this meeting should already have been paid for, so it "
                "would not hold its time. Nothing was booked: book it as paid, or say no."
            ),
        )
    return redirect("wishes")


@for_practitioner("POST")
def end_waiting(
    request: HttpRequest, practitioner: Practitioner, waiting_id: uuid.UUID
) -> HttpResponse:
    """Take somebody off the waiting list."""
    offers.stop_waiting(practice=practitioner.practice, waiting_id=waiting_id, now=now())
    messages.success(request, _("They are not on the waiting list any more."))
    return redirect("wishes")
