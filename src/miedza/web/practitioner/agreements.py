"""The agreement with one person: how it stands, asking for it, accepting it on one's own screen."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.agreements.accepting import NothingInForce
from miedza.agreements.queries import read_standing
from miedza.bookings.agreeing import ask, find_asked, write_request
from miedza.bookings.taking import SlotTaken
from miedza.messaging.composing import compose
from miedza.messaging.letters import link_to
from miedza.practice.formats import from_local, say_moment, say_zone, to_local
from miedza.practice.models import LANGUAGES
from miedza.web import once
from miedza.web.access import for_practitioner
from miedza.web.forms import DATE, PlainField
from miedza.web.practitioner.finding import get_person
from miedza.web.sealed import read_sealed
from miedza.web.signing import STANDS_IN_THE_WAY, Signing
from miedza.web.strip import Reader

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from miedza.agreements.models import Acceptance
    from miedza.agreements.queries import Standing
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner

_HIDDEN_TOKEN = "0" * 70
"""What stands in a letter that is only shown: its link is made when it is sent."""


class AskForm(forms.Form):
    """A letter that asks for the agreement."""

    holds_on = forms.DateField(
        label=gettext_lazy("From which day the rules hold"),
        widget=DATE,
        required=False,
        help_text=gettext_lazy(
            "Only if you already work together: nothing before that day is judged. "
            "Leave it empty before the work begins."
        ),
    )
    words = PlainField(
        label=gettext_lazy("A few words of your own"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, *args: Any, standing: Standing, zone: str, now: datetime, **kwargs: Any
    ) -> None:
        """Take how one was asked before, the practice's clocks and the present moment."""
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now
        named_at = standing.holds_at(now)
        self.named = None if named_at is None else to_local(named_at, zone).date()
        self.initial["holds_on"] = self.named

    def clean_holds_on(self) -> Any:
        """A day that has not passed, or was named before, and not far away."""
        day = self.cleaned_data["holds_on"]
        today = to_local(self.now, self.zone).date()
        if (
            day is not None
            and day != self.named
            and not today <= day <= today + timedelta(days=366)
        ):
            raise forms.ValidationError(_("Choose today or a day within a year."))
        return day

    @property
    def holds_at(self) -> datetime | None:
        """The first moment of that day; None where there is none."""
        day = self.cleaned_data.get("holds_on")
        return None if day is None else from_local(day, time(0, 0), self.zone)


@for_practitioner("GET", "POST")
def show_agreement(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID
) -> HttpResponse:
    """How the agreement stands; write the letter that asks for it, read it, send it."""
    person = get_person(practitioner, person_id)
    practice, moment = practitioner.practice, now()
    standing = read_standing(practice_id=practice.id, person_id=person.id, now=moment)
    form = AskForm(request.POST or None, standing=standing, zone=practice.time_zone, now=moment)
    letter = None
    if request.method == "POST" and form.is_valid():
        step = request.POST.get("step", "show")
        try:
            if step in ("send", "link"):
                return _ask(request, practitioner, person, form, by_mail=step == "send")
            letter = _show_letter(practice, person, form, moment)
        except NothingInForce:
            form.add_error(None, _("First publish your rules."))
        except SlotTaken:
            form.add_error(None, STANDS_IN_THE_WAY)
    return _show(request, practitioner, person, standing, form, letter)


def _show(
    request: HttpRequest,
    practitioner: Practitioner,
    person: Person,
    standing: Standing,
    form: AskForm,
    letter: dict[str, Any] | None,
) -> HttpResponse:
    """The page, with a letter to read before it is sent."""
    practice = practitioner.practice
    reader = Reader(practice, now())
    asked = find_asked(practice=practice, person=person)
    last = standing.accepted or standing.earlier
    context = {
        "active": "people",
        "person": person,
        "asked": asked,
        "standing": standing,
        "evidence": None if last is None else _describe_evidence(practice, last),
        "invited": "" if standing.invitation is None else reader.when(standing.invitation.made_at),
        "form": form,
        "letter": letter,
        "fresh_link": request.session.pop("fresh_link", ""),
        "languages_of_text": LANGUAGES,
    }
    status = 422 if form.errors else 200
    return render(request, "practitioner/agreement.html", context, status=status)


def _describe_evidence(practice: Practice, acceptance: Acceptance) -> dict[str, Any]:
    """All that is kept of an acceptance."""
    return {
        "acceptance": acceptance,
        "when": say_moment(acceptance.accepted_at, practice.time_zone),
        "holds": say_moment(acceptance.holds_at, practice.time_zone),
        "zone": say_zone(practice.time_zone),
        "text": read_sealed(acceptance, practice.key),
    }


def _show_letter(
    practice: Practice, person: Person, form: AskForm, moment: datetime
) -> dict[str, Any]:
    """The letter as it would go out now, in the language of who is asked."""
    asked = find_asked(practice=practice, person=person)
    with translation.override(asked.language):
        content = write_request(
            practice=practice,
            person=person,
            asked=asked,
            holds_at=form.holds_at,
            words=form.cleaned_data["words"],
            token=_HIDDEN_TOKEN,
            now=moment,
        )
        envelope = compose(content, practice=practice, language=asked.language, reply_to="")
    return {
        "subject": envelope.subject,
        "text": envelope.text.replace(_HIDDEN_TOKEN, "…"),
        "language": asked.language,
    }


def _ask(
    request: HttpRequest,
    practitioner: Practitioner,
    person: Person,
    form: AskForm,
    *,
    by_mail: bool,
) -> HttpResponse:
    """Send the letter, or make a link to hand over."""
    asked = ask(
        practice=practitioner.practice,
        person=person,
        holds_at=form.holds_at,
        words=form.cleaned_data["words"],
        by_mail=by_mail,
        now=now(),
        id=once.take_back(request),
    )
    if asked.to:
        messages.success(request, _("The letter is on its way to %(to)s.") % {"to": asked.to})
    elif asked.token:
        request.session["fresh_link"] = link_to("agree", asked.token)
    return redirect("agreement", person.id)


@for_practitioner("GET", "POST")
def sign_here(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID
) -> HttpResponse:
    """The agreement on the practitioner's own screen, handed over to the client."""
    person = get_person(practitioner, person_id)
    practice, moment = practitioner.practice, now()
    asked = find_asked(practice=practice, person=person)
    chosen = request.GET.get("language", "")
    language = chosen if chosen in dict(LANGUAGES) else asked.language
    standing = read_standing(practice_id=practice.id, person_id=person.id, now=moment)
    if standing.in_force is None or standing.accepted is not None:
        return redirect("agreement", person.id)
    with translation.override(language):
        signing = Signing(
            request, practice=practice, person=person, acting=asked, standing=standing,
            invitation=standing.invitation, language=language, now=moment,
        )  # fmt: skip
        if request.method == "POST" and signing.sign("in_person") is not None:
            messages.success(request, _("Accepted. The text stays here for both of you."))
            return redirect("agreement", person.id)
        context = {**signing.context(), "language": language, "languages_of_text": LANGUAGES}
        status = 422 if signing.form.errors else 200
        return render(request, "practitioner/sign_here.html", context, status=status)
