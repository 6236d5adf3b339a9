"""Forms about people and meetings. What was typed stays typed; a refusal names the field."""

from __future__ import annotations

import unicodedata
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from miedza.practice.formats import from_local, parse_money, to_local
from miedza.practice.models import LANGUAGES

if TYPE_CHECKING:
    from miedza.practice.models import Practice

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
NOT_A_PRICE = _("Write an amount such as 200 or 200.50.")


class PlainField(forms.CharField):
    """Text in which every character can be seen or is white space."""

    def __init__(self, **kwargs: Any) -> None:
        """Say one thing of every such character, the zero byte included."""
        super().__init__(**kwargs)
        of_django = ProhibitNullCharactersValidator
        self.validators = [v for v in self.validators if not isinstance(v, of_django)]
        self.validators.append(_refuse_unseen)


def _refuse_unseen(text: str) -> None:
    """Refuse what a keyboard cannot mean: a database may refuse it too, and a terminal obey it."""
    if any(unicodedata.category(c) == "Cc" and not c.isspace() for c in text):
        raise forms.ValidationError(
            _("There is a character here that cannot be seen. Delete it, or write the text anew.")
        )


class NameField(PlainField):
    """A name: it holds something to read."""

    def __init__(self, **kwargs: Any) -> None:
        """As long as its column."""
        super().__init__(max_length=120, **kwargs)

    def clean(self, value: Any) -> str:
        """The name with single spaces; whatever shows is a name."""
        name = " ".join(str(super().clean(value)).split())
        if not name and not self.required:
            return ""
        if not any(unicodedata.category(c)[0] not in "CMZ" and c not in _BLANKS for c in name):
            raise forms.ValidationError(_("Write a name."))
        return name


_BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs by their category that show nothing."""


class MoneyField(PlainField):
    """An amount of the practice's currency, cleaned to minor units."""

    def __init__(self, *, currency: str, **kwargs: Any) -> None:
        """Take the currency."""
        super().__init__(max_length=20, **kwargs)
        self.currency = currency
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        """Minor units, or None where nothing is needed and nothing was written."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_money(text, self.currency)
        except ValueError:
            raise forms.ValidationError(NOT_A_PRICE) from None


def plain_letters(email: str) -> None:
    """Refuse an e-mail that no server takes as it stands, and that only looks like another."""
    if not email.isascii():
        raise forms.ValidationError(_("Write the e-mail in plain Latin letters, without accents."))


class PersonForm(forms.Form):
    """Someone the practice works with."""

    name = NameField(label=_("Name"))
    what_for = PlainField(
        label=_("What they come for"),
        max_length=120,
        required=False,
        help_text=_("In a few words, such as: English for an interview."),
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, required=False, validators=[plain_letters]
    )
    phone = PlainField(label=_("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Their language"), choices=LANGUAGES)
    usual_minutes = forms.IntegerField(
        label=_("Usual length in minutes"), min_value=1, max_value=1440, required=False,
        help_text=_("Leave both empty for somebody who books your services alone."),
    )  # fmt: skip

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        """Take the practice, for its currency."""
        super().__init__(*args, **kwargs)
        self.fields["usual_price_minor"] = MoneyField(
            currency=practice.currency,
            label=_("Usual price, %(currency)s") % {"currency": practice.currency},
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """A usual meeting has a length and a price; where there is none, it has neither."""
        cleaned = super().clean() or {}
        usual = [cleaned.get(name) for name in ("usual_minutes", "usual_price_minor")]
        if not self.errors and usual.count(None) == 1:
            name = "usual_minutes" if usual[0] is None else "usual_price_minor"
            self.add_error(name, _("Write this, too, or leave both empty. Free is 0."))
        return {**cleaned, "usual_minutes": usual[0] or 0, "usual_price_minor": usual[1] or 0}


class LocalTimeMixin:
    """Reads a date and a time on the clocks of the practice."""

    zone: str
    cleaned_data: dict[str, Any]

    def moment(self, day: str, clock: str) -> datetime | None:
        """The moment of two fields, or None where one of them is empty or wrong."""
        on, at = self.cleaned_data.get(day), self.cleaned_data.get(clock)
        return None if on is None or at is None else from_local(on, at, self.zone)

    def noon(self, day: Any) -> datetime:
        """The middle of a day, for what happened at no known hour."""
        return from_local(day, time(12, 0), self.zone)


class BookForm(LocalTimeMixin, forms.Form):
    """A meeting to book."""

    day = forms.DateField(label=_("Date"), widget=DATE)
    clock = forms.TimeField(label=_("Time"), widget=TIME)
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=1440)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("paid", _("paid")), ("free", _("free meeting"))]
    )
    service = forms.UUIDField(required=False, widget=forms.HiddenInput)
    count = forms.IntegerField(
        label=_("How many times"), min_value=1, max_value=52, required=False,
        help_text=_("More than once: you see every date before anything is booked."),
    )  # fmt: skip
    weeks = forms.IntegerField(
        label=_("Every so many weeks"), min_value=1, max_value=8, required=False
    )

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        """Take the practice, for its currency and zone."""
        super().__init__(*args, **kwargs)
        self.zone = practice.time_zone
        self.fields["paid"] = forms.BooleanField(label=_("Already paid"), required=False)
        self.fields["price_minor"] = MoneyField(
            currency=practice.currency,
            required=False,
            label=_("Price, %(currency)s") % {"currency": practice.currency},
        )
        self.order_fields(["day", "clock", "minutes", "kind", "price_minor", "paid"])

    def clean_day(self) -> Any:
        """A year people live in."""
        return within_years(self.cleaned_data["day"])

    def clean(self) -> dict[str, Any]:
        """A paid meeting has a price; the start is one moment."""
        cleaned = super().clean() or {}
        unpriced = cleaned.get("kind") == "paid" and cleaned.get("price_minor") is None
        if unpriced and "price_minor" not in self.errors:
            self.add_error("price_minor", _("A paid meeting has a price; it may be 0."))
        cleaned["starts_at"] = self.moment("day", "clock")
        cleaned["count"] = cleaned.get("count") or 1
        cleaned["weeks"] = cleaned.get("weeks") or 1
        return cleaned


def within_years(day: Any) -> Any:
    """Refuse dates that can only be slips of the hand."""
    if day is not None and not 2000 <= day.year <= 2199:
        raise forms.ValidationError(_("Write a year between 2000 and 2199."))
    return day


EVENT_TYPES = (
    "arrived", "left", "held", "ended", "cancelled", "moved", "extended", "request_added",
    "incident", "paid",
)  # fmt: skip
CAUSES = [
    ("", _("no reason given")),
    ("illness", _("illness")),
    ("emergency", _("something serious")),
    ("technical", _("a technical fault")),
]
NEEDED = {
    "moved": ("to_day", "to_clock"),
    "extended": ("minutes",),
    "paid": ("amount",),
    "request_added": ("text",),
    "incident": ("text",),
}
"""The fields that a type of event cannot do without."""


class EventForm(LocalTimeMixin, forms.Form):
    """Something that happened with a meeting; now, unless another moment is given."""

    type = forms.ChoiceField(
        label=_("What happened"), choices=[(kind, kind) for kind in EVENT_TYPES]
    )
    by = forms.ChoiceField(
        label=_("Who"), choices=[("practitioner", "practitioner"), ("client", "client")]
    )
    at_day = forms.DateField(label=_("Date"), widget=DATE, required=False)
    at_clock = forms.TimeField(label=_("Time"), widget=TIME, required=False)
    cause = forms.ChoiceField(label=_("Reason"), choices=CAUSES, required=False)
    to_day = forms.DateField(label=_("New date"), widget=DATE, required=False)
    to_clock = forms.TimeField(label=_("New time"), widget=TIME, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False)
    agreed = forms.BooleanField(label=_("Both said yes before the end"), required=False)
    text = PlainField(label=_("In words"), max_length=2000, required=False)

    def __init__(self, *args: Any, practice: Practice, now: datetime, **kwargs: Any) -> None:
        """Take the practice, for its currency and zone, and the present moment."""
        super().__init__(*args, **kwargs)
        self.zone = practice.time_zone
        self.now = now
        self.fields["amount"] = MoneyField(
            currency=practice.currency,
            required=False,
            label=_("Amount, %(currency)s") % {"currency": practice.currency},
        )

    def clean_at_day(self) -> Any:
        """A year people live in."""
        return within_years(self.cleaned_data["at_day"])

    def clean_to_day(self) -> Any:
        """A year people live in."""
        return within_years(self.cleaned_data["to_day"])

    def clean(self) -> dict[str, Any]:
        """Each type has what it needs; nothing lies ahead; a move goes forward in time."""
        cleaned = super().clean() or {}
        for name in NEEDED.get(cleaned.get("type", ""), ()):
            if cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("This is needed here."))
        self._clean_moment(cleaned)
        to_at = self.moment("to_day", "to_clock")
        if cleaned.get("type") == "moved" and to_at is not None and to_at <= cleaned["at"]:
            self.add_error("to_clock", _("A meeting can be moved only to a later moment than now."))
        cleaned["to_at"] = to_at
        return cleaned

    def _clean_moment(self, cleaned: dict[str, Any]) -> None:
        """When it happened: a time alone means today."""
        if cleaned.get("at_clock") is None or "at_day" in self.errors:
            if cleaned.get("at_day") is not None and "at_clock" not in self.errors:
                self.add_error("at_clock", _("Write the time too."))
            cleaned["at"] = self.now
            return
        day = cleaned.get("at_day") or to_local(self.now, self.zone).date()
        at = from_local(day, cleaned["at_clock"], self.zone)
        if at > self.now:
            self.add_error("at_clock", _("This lies ahead. Only what has happened is recorded."))
        cleaned["at"] = at


class ReasonForm(forms.Form):
    """Why something is given away."""

    ruling = forms.UUIDField(widget=forms.HiddenInput)
    reason = PlainField(
        label=_("Why"),
        max_length=200,
        error_messages={
            "required": _("Say in a few words why you give this away. Nothing was changed.")
        },
    )


class NoteForm(forms.Form):
    """Something to write down about a person."""

    text = PlainField(label=_("Note"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))
