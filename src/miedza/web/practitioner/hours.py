"""When clients may book by themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.bookings.hours import Limits, find_hours, set_hours
from miedza.core.faults import InvalidDocument
from miedza.core.hours import DAYS
from miedza.practice.formats import say_zone
from miedza.web.access import for_practitioner
from miedza.web.forms import PlainField
from miedza.web.practitioner.choices import country_choices
from miedza.web.practitioner.rules_words import DAY_NAMES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.models import OpenHours
    from miedza.practice.models import Practitioner

_WINDOW = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")


def read_windows(text: str) -> list[list[str]]:
    """Read windows as people type them: `9-13, 14:30-18`.

    Raises:
        ValueError: some part is no window.
    """
    windows = []
    for part in text.replace(";", ",").split(","):
        if not part.strip():
            continue
        found = _WINDOW.fullmatch(part.strip())
        if found is None:
            raise ValueError(part)
        ends = (found[1], found[2]), (found[3], found[4])
        windows.append([f"{int(hour):02}:{minute or '00'}" for hour, minute in ends])
    return windows


class HoursForm(forms.Form):
    """The hours of a week, and what bounds the offer."""

    step_minutes = forms.IntegerField(
        label=gettext_lazy("A start every so many minutes"), min_value=5, max_value=240
    )
    buffer_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes kept free after each meeting"), min_value=0, max_value=240
    )
    notice_hours = forms.IntegerField(
        label=gettext_lazy("Book at least so many hours ahead"), min_value=0, max_value=720
    )
    horizon_days = forms.IntegerField(
        label=gettext_lazy("Book at most so many days ahead"), min_value=1, max_value=365
    )
    max_per_day = forms.IntegerField(
        label=gettext_lazy("At most so many meetings a day"),
        min_value=1,
        max_value=48,
        required=False,
        help_text=gettext_lazy("Empty: no limit."),
    )

    max_per_week = forms.IntegerField(
        label=gettext_lazy("At most so many meetings a week"),
        min_value=1,
        max_value=200,
        required=False,
        help_text=gettext_lazy("Empty: no limit."),
    )
    holidays = forms.ChoiceField(
        label=gettext_lazy("Closed on the public holidays of"), choices=(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add a line for each day, and the countries whose holidays are known."""
        super().__init__(*args, **kwargs)
        countries = self.fields["holidays"]
        assert isinstance(countries, forms.ChoiceField)  # noqa: S101 - it is.
        countries.choices = [("", _("no country")), *country_choices()]
        for day in DAYS:
            self.fields[day] = PlainField(
                label=DAY_NAMES[day],
                max_length=100,
                required=False,
                widget=forms.TextInput(attrs={"placeholder": "–", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        """Each line holds windows in order."""
        cleaned = super().clean() or {}
        for day in DAYS:
            try:
                cleaned[day] = read_windows(cleaned.get(day) or "")
            except ValueError:
                self.add_error(day, _("Write hours such as 9:00–13:00, 14:00–18:00."))
        return cleaned

    @property
    def days(self) -> list[forms.BoundField]:
        """The lines of the week."""
        return [self[day] for day in DAYS]

    def weekly(self) -> dict[str, Any]:
        """The week as `miedza slots` reads it."""
        return {day: self.cleaned_data[day] for day in DAYS if self.cleaned_data[day]}

    def limits(self) -> Limits:
        """What bounds the offer."""
        said = self.cleaned_data
        return Limits(
            step_minutes=said["step_minutes"],
            buffer_minutes=said["buffer_minutes"],
            notice_minutes=said["notice_hours"] * 60,
            horizon_days=said["horizon_days"],
            max_per_day=said["max_per_day"],
            max_per_week=said["max_per_week"],
            holidays=said["holidays"],
        )


def _read_initial(hours: OpenHours | None) -> dict[str, Any]:
    """What stands in the form at first."""
    if hours is None:
        return {"step_minutes": 30, "buffer_minutes": 0, "notice_hours": 24, "horizon_days": 60}
    lines = {
        day: ", ".join("–".join(window) for window in windows)
        for day, windows in hours.weekly.items()
    }
    return {
        **lines,
        "step_minutes": hours.step_minutes,
        "buffer_minutes": hours.buffer_minutes,
        "notice_hours": hours.notice_minutes // 60,
        "horizon_days": hours.horizon_days,
        "max_per_day": hours.max_per_day,
        "max_per_week": hours.max_per_week,
        "holidays": hours.holidays,
    }


@for_practitioner("GET", "POST")
def show_hours(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Read and change the hours that are on offer."""
    hours = find_hours(practitioner=practitioner)
    form = HoursForm(request.POST or None, initial=_read_initial(hours))
    if request.method == "POST" and form.is_valid():
        try:
            set_hours(practitioner=practitioner, weekly=form.weekly(), limits=form.limits())
        except InvalidDocument as refusal:
            _tell_faults(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("hours")
    context = {
        "active": "settings",
        "form": form,
        "has_hours": hours is not None and bool(hours.weekly),
        "zone": say_zone(practitioner.practice.time_zone),
    }
    status = 422 if form.errors else 200
    return render(request, "practitioner/hours.html", context, status=status)


def _tell_faults(form: HoursForm, refusal: InvalidDocument) -> None:
    """Say at each day what is wrong with its hours."""
    for fault in refusal.faults:
        day = fault.removeprefix("weekly.")[:3]
        said = _(
            "These hours do not fit: each must end after it begins, and begin after the one before "
            "has ended."
        )
        form.add_error(day if day in form.fields else None, said)
