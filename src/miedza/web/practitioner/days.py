"""Single dates with hours of their own, and time off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from miedza.bookings import hours
from miedza.bookings.closing import list_holidays
from miedza.bookings.queries import list_ahead
from miedza.core.faults import InvalidDocument
from miedza.practice.formats import from_local, say_date, say_span, say_zone, to_local
from miedza.web import once
from miedza.web.access import for_practitioner
from miedza.web.forms import DATE, TIME, LocalTimeMixin, PlainField, within_years
from miedza.web.practitioner.hours import read_windows
from miedza.web.sealed import read_sealed
from miedza.web.strip import Reader
from miedza.web.times import read_day

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.models import TimeOff
    from miedza.practice.models import Practitioner

AHEAD = timedelta(days=400)
"""So far ahead dates are shown."""


class DayForm(forms.Form):
    """The hours of one date."""

    day = forms.DateField(label=gettext_lazy("Date"), widget=DATE)
    windows = PlainField(
        label=gettext_lazy("Hours"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Such as 9:00–13:00, 15:00–18:00."),
    )
    closed = forms.BooleanField(
        label=gettext_lazy("Nothing is on offer on this date"), required=False
    )

    def clean_day(self) -> Any:
        """A year people live in."""
        return within_years(self.cleaned_data["day"])

    def clean_windows(self) -> list[list[str]]:
        """Windows in order."""
        try:
            return read_windows(self.cleaned_data["windows"])
        except ValueError:
            raise forms.ValidationError(_("Write hours such as 9:00–13:00, 14:00–18:00.")) from None

    def clean(self) -> dict[str, Any]:
        """A date is closed by word, not by a field that was left empty."""
        cleaned = super().clean() or {}
        if cleaned.get("closed"):
            cleaned["windows"] = []
        elif cleaned.get("windows") == []:
            said = _("Write the hours, or say that nothing is on offer on this date.")
            self.add_error("windows", said)
        return cleaned


class OffForm(LocalTimeMixin, forms.Form):
    """A span without bookings: whole days where no times are given."""

    first_day = forms.DateField(label=gettext_lazy("From"), widget=DATE)
    first_clock = forms.TimeField(label=gettext_lazy("Time"), widget=TIME, required=False)
    last_day = forms.DateField(label=gettext_lazy("Until"), widget=DATE, required=False)
    last_clock = forms.TimeField(label=gettext_lazy("Time"), widget=TIME, required=False)
    text = PlainField(
        label=gettext_lazy("What for"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For your own eyes."),
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        """Take the zone of the practice."""
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_first_day(self) -> Any:
        """A year people live in."""
        return within_years(self.cleaned_data["first_day"])

    def clean_last_day(self) -> Any:
        """A year people live in."""
        return within_years(self.cleaned_data["last_day"])

    def clean(self) -> dict[str, Any]:
        """The span as two moments; a last day without a time counts in full."""
        cleaned = super().clean() or {}
        first = cleaned.get("first_day")
        if first is None or self.errors:
            return cleaned
        last = cleaned.get("last_day") or first
        midnight = datetime.min.time()
        begins = cleaned.get("first_clock") or midnight
        cleaned["starts_at"] = from_local(first, begins, self.zone)
        if cleaned.get("last_clock"):
            cleaned["ends_at"] = from_local(last, cleaned["last_clock"], self.zone)
        else:
            cleaned["ends_at"] = from_local(last + timedelta(days=1), midnight, self.zone)
        if cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("last_day", _("It has to end after it begins."))
        return cleaned


@for_practitioner("GET", "POST")
def show_days(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Read and change single dates and time off."""
    zone = practitioner.practice.time_zone
    which = request.POST.get("which", "")
    day_form = DayForm(request.POST if which == "day" else None)
    off_form = OffForm(request.POST if which == "off" else None, zone=zone)
    if request.method == "POST" and _change(request, practitioner, day_form, off_form):
        return redirect("days")
    context = {
        "active": "settings",
        "day_form": day_form,
        "off_form": off_form,
        **_describe(practitioner),
    }
    status = 422 if day_form.errors or off_form.errors else 200
    return render(request, "practitioner/days.html", context, status=status)


def _change(
    request: HttpRequest, practitioner: Practitioner, day_form: DayForm, off_form: OffForm
) -> bool:
    """Do what was sent; False, with a word in the form, where it cannot be done."""
    if "forget" in request.POST:
        day = read_day(request.POST["forget"])
        if day is not None:
            hours.set_day(practitioner=practitioner, date=day, windows=None)
            messages.success(request, _("The date has the hours of its week again."))
    elif "end" in request.POST:
        _end(request, practitioner)
    elif day_form.is_bound:
        return day_form.is_valid() and _set_day(request, practitioner, day_form)
    elif off_form.is_bound:
        if not off_form.is_valid():
            return False
        said = off_form.cleaned_data
        hours.take_off(
            practitioner=practitioner, starts_at=said["starts_at"], ends_at=said["ends_at"],
            text=said["text"], id=once.take_back(request),
        )  # fmt: skip
        messages.success(request, _("Time off is set. What is booked already stays."))
    return True


def _set_day(request: HttpRequest, practitioner: Practitioner, form: DayForm) -> bool:
    """Set the hours of a date."""
    said = form.cleaned_data
    try:
        hours.set_day(practitioner=practitioner, date=said["day"], windows=said["windows"])
    except InvalidDocument:
        form.add_error(
            "windows",
            _(
                "These hours do not fit: each must end after it begins, and begin after the one "
                "before has ended."
            ),
        )
        return False
    messages.success(request, _("Saved."))
    return True


def _end(request: HttpRequest, practitioner: Practitioner) -> None:
    """Take bookings again in a span."""
    wanted = request.POST["end"]
    for off in _list_off(practitioner):
        if str(off.id) == wanted:
            hours.end_time_off(practitioner=practitioner, off_id=off.id)
            messages.success(request, _("The time is on offer again, as far as your hours say."))


def _list_off(practitioner: Practitioner) -> list[TimeOff]:
    return hours.list_time_off(practitioner=practitioner, since=now(), until=now() + AHEAD)


def _describe(practitioner: Practitioner) -> dict[str, Any]:
    """The dates and spans that lie ahead, and the public holidays among them."""
    practice = practitioner.practice
    today = to_local(now(), practice.time_zone).date()
    last = today + AHEAD
    days = hours.list_days(practitioner=practitioner, first=today, last=last)
    opened = hours.find_hours(practitioner=practitioner)
    place = opened.holidays if opened else ""
    language = (get_language() or "en")[:2]
    named = [
        {"date": say_date(day), "name": name}
        for year in sorted({today.year, last.year})
        for day, name in sorted(list_holidays(place, year, language).items())
        if today <= day <= last
    ]
    return {
        "days": [
            {
                "iso": day.date.isoformat(),
                "date": say_date(day.date),
                "hours": ", ".join("–".join(window) for window in day.windows),
            }
            for day in days
        ],
        "spans": _describe_off(practitioner),
        "holidays": named,
        "zone": say_zone(practice.time_zone),
    }


def _describe_off(practitioner: Practitioner) -> list[dict[str, Any]]:
    """The time off that lies ahead, with what is booked in it all the same."""
    practice = practitioner.practice
    reader = Reader(practice, now())
    ahead = list_ahead(practice_id=practice.id, now=reader.now)
    booked = list(ahead.filter(calendar_key=practitioner.calendar_key))
    return [
        {
            "id": off.id,
            "when": say_span(off.starts_at, off.ends_at, practice.time_zone),
            "words": read_sealed(off, practice.key),
            "meetings": [
                (each.id, each.person.name, reader.when(each.starts_at))
                for each in booked
                if each.starts_at < off.ends_at and each.ends_at > off.starts_at
            ],
        }
        for off in _list_off(practitioner)
    ]
