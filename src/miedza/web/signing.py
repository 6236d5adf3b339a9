"""The form under an agreement, wherever it is accepted: by a link, in one's place, in person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miedza.agreements.accepting import NotAsked, StaleAgreement, show_agreement
from miedza.agreements.texts import list_changes
from miedza.bookings.agreeing import accept
from miedza.bookings.taking import SlotTaken
from miedza.web.evidence import read_evidence
from miedza.web.forms import NameField

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from miedza.agreements.models import Acceptance, Invitation
    from miedza.agreements.queries import Standing
    from miedza.agreements.texts import AgreementText
    from miedza.people.models import Person
    from miedza.practice.models import Practice


class AgreementForm(forms.Form):
    """A name typed under the text that was read."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    typed_name = NameField(
        label=_("Your first and last name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    read = forms.BooleanField(label=_("I have read this agreement and accept it."))


STANDS_IN_THE_WAY = _(
    "A meeting that was set free would come back with this, and its hour has been given to "
    "somebody else since. It has to be moved or cancelled first."
)


class Signing:
    """One agreement before one reader."""

    def __init__(
        self,
        request: HttpRequest,
        *,
        practice: Practice,
        person: Person,
        acting: Person,
        standing: Standing,
        invitation: Invitation | None,
        language: str,
        now: datetime,
    ) -> None:
        """Write the text as it stands at this moment; rules are in force."""
        self.request, self.practice, self.person, self.acting = request, practice, person, acting
        self.standing, self.invitation = standing, invitation
        self.language, self.now = language, now
        assert standing.in_force is not None  # noqa: S101 - the caller has looked.
        self.text: AgreementText = show_agreement(
            practice=practice, person=person, rules=standing.in_force, language=language,
            invitation=invitation, now=now,
        )  # fmt: skip
        posted = request.POST if request.method == "POST" else None
        self.form = AgreementForm(posted, initial={"digest": self.text.digest})

    def sign(self, way: str) -> Acceptance | None:
        """Accept what was read; None, with a word in the form, where it cannot be."""
        if not self.form.is_valid():
            self._renew()
            return None
        mailed_to = self.invitation.mailed_to if way == "link" and self.invitation else ""
        try:
            return accept(
                practice=self.practice,
                person=self.person,
                accepted_by=self.acting,
                language=self.language,
                text_digest=self.form.cleaned_data["digest"],
                typed_name=self.form.cleaned_data["typed_name"],
                evidence=read_evidence(self.request, way=way, mailed_to=mailed_to),
                invitation=self.invitation,
                now=self.now,
            )
        except StaleAgreement:
            self.form.add_error(
                None,
                _(
                    "The agreement has changed since you opened this page. Here is the newer "
                    "text: please read it, then accept it. Your name is kept."
                ),
            )
        except SlotTaken:
            self.form.add_error(None, STANDS_IN_THE_WAY)
        except NotAsked:
            said = _("Somebody else answers for %(name)s by now; it is theirs to accept.")
            self.form.add_error(None, said % {"name": self.person.name})
        self._renew()
        return None

    def _renew(self) -> None:
        """Put the text that is shown now under the form that was sent."""
        kept = {"typed_name": self.form.data.get("typed_name", "")}
        self.form.data = {**kept, "digest": self.text.digest}

    def context(self) -> dict[str, Any]:
        """What its template shows."""
        earlier, in_force = self.standing.earlier, self.standing.in_force
        changes = []
        if earlier is not None and in_force is not None:
            changes = list_changes(earlier.rules.terms, in_force.terms, language=self.language)
        return {
            "agreement": self.text,
            "form": self.form,
            "changes": changes,
            "person": self.person,
            "acting": self.acting,
            "practice": self.practice,
        }
