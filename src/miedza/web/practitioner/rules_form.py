"""The form of the rules: numbers inside plain sentences, to terms and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miedza.core.faults import InvalidDocument
from miedza.core.hours import DAYS
from miedza.core.terms import read_terms
from miedza.web.forms import PlainField
from miedza.web.practitioner.rules_terms import (
    NUMBERS,
    STRICTER,
    SWITCHED,
    TIERS,
    make_terms,
    read_initial,
)
from miedza.web.practitioner.rules_words import DAY_NAMES, LABELS, SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator


class RulesForm(forms.Form):
    """One version of the rules."""

    def __init__(self, data: Any = None, *, terms: dict[str, Any]) -> None:
        """Take what was sent, and the terms that are edited."""
        self.base = terms
        super().__init__(data, initial=read_initial(terms))
        for rule, numbers in NUMBERS.items():
            for name, (least, most) in numbers.items():
                self.fields[f"{rule}__{name}"] = _number(least, most)
        for rule in SWITCHED:
            self.fields[f"{rule}__on"] = forms.BooleanField(required=False)
        for index in range(TIERS):
            self.fields[f"tier{index}__hours"] = _number(0, 1000)
            self.fields[f"tier{index}__percent"] = _number(0, 100)
        for path in STRICTER:
            rule, name = path.split("__")
            self.fields[f"mine__{path}"] = _number(*NUMBERS[rule][name])
        self.fields["payment__due"] = forms.ChoiceField(
            required=False,
            choices=[
                ("before_session", _("before the meeting")),
                ("after_session", _("after the meeting")),
            ],
        )
        self.fields["payment__release"] = forms.BooleanField(required=False)
        for day in DAYS:
            for end in ("from", "until"):
                self.fields[f"{day}__{end}"] = PlainField(
                    required=False, max_length=5,
                    widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "–"}),
                )  # fmt: skip
                said = {"from": _("%(day)s, from"), "until": _("%(day)s, until")}[end]
                self.fields[f"{day}__{end}"].label = said % {"day": DAY_NAMES[day]}
        self._name_fields()

    def _name_fields(self) -> None:
        """Give each number the name that a screen reader says."""
        for name, field in self.fields.items():
            mine = name.removeprefix("mine__")
            if mine in LABELS:
                field.label = LABELS[mine]
                if mine != name:
                    field.label = _("for me: %(what)s") % {"what": LABELS[mine]}
            if not isinstance(field, forms.BooleanField):
                field.widget.attrs["aria-label"] = field.label

    def week(self) -> list[dict[str, Any]]:
        """The hours of each day, for the page."""
        return [
            {"name": name, "opens": self[f"{day}__from"], "closes": self[f"{day}__until"]}
            for day, name in DAY_NAMES.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Make terms of the answers, and let the core say what is wrong with them."""
        cleaned = super().clean() or {}
        for name in self._needed(cleaned):
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("Write a number."))
        if self.errors:
            return cleaned
        terms = make_terms(self.base, cleaned)
        try:
            read_terms(terms)
        except InvalidDocument as refusal:
            for fault in refusal.faults:
                self._place(fault)
        self.terms = terms
        return cleaned

    def _needed(self, cleaned: dict[str, Any]) -> Iterator[str]:
        """The numbers that the rules in use cannot do without."""
        for rule, numbers in NUMBERS.items():
            if rule == "session" or cleaned.get(f"{rule}__on"):
                for name in numbers:
                    if (rule, name) != ("session", "requests"):
                        yield f"{rule}__{name}"
        if cleaned.get("cancellation__on"):
            yield f"tier{TIERS - 1}__percent"
            for index in range(TIERS - 1):  # A step that is begun has both its numbers.
                pair = [f"tier{index}__hours", f"tier{index}__percent"]
                if any(cleaned.get(name) is not None for name in pair):
                    yield from pair

    def _place(self, fault: str) -> None:
        """Put a fault of the terms beside the field it is about."""
        path, _colon, wrong = fault.partition(": ")
        parts = path.replace("[", ".").split(".")
        said = SENTENCES.get(wrong, wrong)
        name = "__".join(parts[1:3])
        if parts[0] == "practitioner":
            name = f"mine__{name}"
        if "tiers" in path:
            name = "tier0__hours" if "hours" in wrong else "tier0__percent"
        if "windows" in path:
            day = next((day for day in DAYS if f".{day}" in path), "mon")
            name, said = f"{day}__from", _("Write times such as 9:00 and 17:00, the end later.")
        self.add_error(name if name in self.fields else None, said)


def _number(least: int, most: int) -> forms.IntegerField:
    """A number in a sentence."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": least, "max": most})
    return forms.IntegerField(min_value=least, max_value=most, required=False, widget=widget)
