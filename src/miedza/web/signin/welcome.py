"""The first visit: it creates the practice, with first rules, and signs its owner in."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from miedza.agreements.actions import publish_draft, save_draft
from miedza.agreements.templates import begin_terms
from miedza.practice.actions import create_practice, lock_installation
from miedza.practice.models import LANGUAGES
from miedza.practice.queries import is_new_installation
from miedza.web.forms import NameField, PlainField
from miedza.web.practitioner.choices import CURRENCIES, PROFESSIONS, zone_choices

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TEMPLATES = [
    ("clear", _("Clear")),
    ("gentle", _("Gentle")),
    ("firm", _("Firm")),
]


class WelcomeForm(forms.Form):
    """Who works here, and how they begin."""

    name = NameField(label=_("Your name"))
    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("You sign in with a code sent there. No password."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    profession = forms.ChoiceField(label=_("What you do"), choices=PROFESSIONS)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    template = forms.ChoiceField(
        label=_("Rules to begin with"), choices=TEMPLATES, widget=forms.RadioSelect, initial="clear"
    )
    setup_code = PlainField(
        label=_("Setup code"),
        required=False,
        help_text=_("Shown in the terminal where Miedza was started."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Ask for the setup code only where the server can be reached from outside."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # Django's own arguments.
        if not settings.SETUP_CODE:
            del self.fields["setup_code"]

    def clean_setup_code(self) -> str:
        """The code must be the one in the terminal."""
        code = str(self.cleaned_data["setup_code"])
        if not secrets.compare_digest(code.encode(), settings.SETUP_CODE.encode()):
            raise forms.ValidationError(_("This is not the code shown in the terminal."))
        return code

    def clean_time_zone(self) -> str:
        """A zone of the tz database."""
        zone = str(self.cleaned_data["time_zone"])
        if zone not in available_timezones():
            raise forms.ValidationError(_("Choose a time zone from the list."))
        return zone


BEGINNINGS = {
    "en": ("EUR", "Europe/London"),
    "pl": ("PLN", "Europe/Warsaw"),
    "ru": ("RUB", "Europe/Moscow"),
}
"""What is offered first, by language."""


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Create the practice. Once there is one, this page is gone."""
    if not is_new_installation():
        if request.user.is_authenticated or request.method == "POST":
            return redirect("today")
        raise Http404
    language = (get_language() or "en")[:2]
    currency, zone = BEGINNINGS.get(language, BEGINNINGS["en"])
    initial = {"language": language, "currency": currency, "time_zone": zone}
    form = WelcomeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _create(request, form.cleaned_data):
        return redirect("rules")
    return render(
        request, "signin/welcome.html", {"form": form}, status=422 if form.errors else 200
    )


@transaction.atomic
def _create(request: HttpRequest, answers: dict[str, str]) -> bool:
    """Create the practice with its first rules, unless another window was faster."""
    lock_installation()
    if not is_new_installation():
        return True
    moment = now()
    practitioner = create_practice(
        email=answers["email"],
        practitioner_name=answers["name"],
        profession=answers["profession"],
        language=answers["language"],
        currency=answers["currency"],
        time_zone=answers["time_zone"],
        now=moment,
    )
    terms = begin_terms(
        template=answers["template"],
        profession=answers["profession"],
        currency=answers["currency"],
        time_zone=answers["time_zone"],
    )
    draft = save_draft(practice=practitioner.practice, terms=terms)
    publish_draft(practice=practitioner.practice, number=draft.number, now=moment)
    login(request, practitioner.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["welcome"] = True
    return True
