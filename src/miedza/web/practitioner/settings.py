"""Settings: the practice, the looks, how one signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.calendars.actions import read_all_again
from miedza.practice.actions import change_looks, change_practice
from miedza.practice.formats import plain_money
from miedza.practice.models import LANGUAGES
from miedza.practice.queries import is_leader
from miedza.web.access import for_practitioner
from miedza.web.forms import MoneyField, NameField
from miedza.web.practitioner.choices import PROFESSIONS, zone_choices

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from miedza.practice.models import Practitioner


class SettingsForm(forms.Form):
    """How the practice is called, where it works, how its pages look."""

    name = NameField(label=gettext_lazy("Name of the practice"))
    profession = forms.ChoiceField(label=gettext_lazy("What you do"), choices=PROFESSIONS)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zone_choices)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    theme = forms.ChoiceField(
        label=gettext_lazy("Colours"),
        choices=[
            ("", gettext_lazy("as the device")),
            ("light", gettext_lazy("light")),
            ("dark", gettext_lazy("dark")),
        ],
        required=False,
    )

    OF_PRACTICE = ("name", "profession", "time_zone")

    def __init__(self, *args: Any, currency: str, leads: bool, **kwargs: Any) -> None:
        """Take the currency of the practice, and whether its reader leads it."""
        super().__init__(*args, **kwargs)
        if not leads:
            for name in self.OF_PRACTICE:
                del self.fields[name]
            return
        self.fields["wished_hour"] = MoneyField(
            currency=currency,
            required=False,
            label=_("What an hour of yours should bring, %(currency)s") % {"currency": currency},
            help_text=_("For yourself: it is shown beside what an hour really brings."),
        )


@for_practitioner("GET", "POST")
def show_settings(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Read and change the settings."""
    practice, user = practitioner.practice, practitioner.user
    initial = {
        "name": practice.name,
        "profession": practice.profession,
        "time_zone": practice.time_zone,
        "language": user.language,
        "theme": user.theme,
    }
    if practice.wished_hour_minor is not None:
        initial["wished_hour"] = plain_money(practice.wished_hour_minor, practice.currency)
    leads = is_leader(practitioner)
    form = SettingsForm(
        request.POST or None, initial=initial, currency=practice.currency, leads=leads
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        change_looks(user=user, language=answers["language"], theme=answers["theme"])
        if leads:
            zone = practice.time_zone
            change_practice(
                practice=practice,
                name=answers["name"],
                profession=answers["profession"],
                language=answers["language"],
                time_zone=answers["time_zone"],
                wished_hour_minor=answers["wished_hour"],
            )
            if answers["time_zone"] != zone:
                read_all_again(practice=practice, now=now())
        messages.success(request, _("Saved."))
        return redirect("settings")
    context = {
        "active": "settings", "form": form, "practice": practice, "user": user, "leads": leads,
    }  # fmt: skip
    return render(
        request, "practitioner/settings.html", context, status=422 if form.errors else 200
    )
