"""The form of the rules: numbers inside plain sentences, to terms and back."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miedza.core.faults import InvalidDocument
from miedza.core.hours import DAYS
from miedza.core.terms import read_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBERS: dict[str, dict[str, tuple[int, int]]] = {
    "session": {"minutes": (1, 1440), "requests": (1, 20)},
    "lateness": {"grace_minutes": (0, 240), "wait_minutes": (0, 240)},
    "ending": {"grace_minutes": (0, 240), "rate_percent": (0, 300)},
    "missed": {"percent": (0, 100)},
    "rescheduling": {"hours": (0, 720), "free_moves": (0, 99), "percent": (0, 100)},
    "goodwill": {"forgiven": (0, 20), "days": (1, 1000)},
    "hardship": {"times": (0, 20), "days": (1, 1000)},
    "messages": {"reply_hours": (1, 200)},
    "payment": {"hours": (0, 720)},
    "free_session": {
        "minutes": (1, 240), "per_person": (0, 20), "per_month": (0, 100),
        "invite_at_minute": (0, 240),
    },
}  # fmt: skip
"""The numbers of each rule, with the least and the most that the form takes."""

SWITCHED = (
    "lateness", "cancellation", "rescheduling", "missed", "ending", "goodwill", "hardship",
    "payment", "messages", "free_session",
)  # fmt: skip
"""The rules that can be left out; `session` is always there."""

STRICTER = (
    "lateness__grace_minutes", "missed__percent", "rescheduling__hours",
    "rescheduling__free_moves", "rescheduling__percent",
)  # fmt: skip
"""What the practitioner may take upon themselves beyond the common rules."""

TIERS = 3

LABELS = {
    "session__minutes": _("length of a meeting in minutes"),
    "session__requests": _("requests in a meeting"),
    "lateness__grace_minutes": _("minutes that do not count as late"),
    "lateness__wait_minutes": _("minutes of waiting"),
    "ending__grace_minutes": _("minutes around the end that do not count"),
    "ending__rate_percent": _("cost of an agreed extra minute in percent"),
    "missed__percent": _("percent owed for not coming"),
    "rescheduling__hours": _("hours before, to move in time"),
    "rescheduling__free_moves": _("moves for nothing"),
    "rescheduling__percent": _("percent owed for a move too late"),
    "goodwill__forgiven": _("how many times forgiven"),
    "goodwill__days": _("days of goodwill"),
    "hardship__times": _("how many times hardship is forgiven"),
    "hardship__days": _("days of hardship"),
    "messages__reply_hours": _("hours to an answer"),
    "payment__hours": _("hours to the payment"),
    "payment__due": _("before or after the meeting"),
    "free_session__minutes": _("length of a free consultation in minutes"),
    "free_session__per_person": _("free consultations for each person"),
    "free_session__per_month": _("free consultations in a month"),
    "free_session__invite_at_minute": _("minute of the invitation"),
    "tier0__hours": _("first step: hours before"),
    "tier0__percent": _("first step: percent owed"),
    "tier1__hours": _("second step: hours before"),
    "tier1__percent": _("second step: percent owed"),
    "tier2__percent": _("later: percent owed"),
}
"""What a screen reader says at each number; a fault is told under the same name."""

DAY_NAMES = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}

SENTENCES = {
    "lighter than the client's": _("You cannot bind yourself more lightly than the client."),
    "must not be more than wait_minutes": _("This cannot be longer than the waiting."),
    "must not be more than session.minutes": _("This cannot be longer than the meeting."),
    "must not be more than free_session.minutes": _("This cannot be later than the end."),
    "must have strictly falling hours": _("Write the hours from most to least."),
    "must have percents that never fall": _("The later it is, the more it costs, or the same."),
}
"""The faults of terms that only several fields together can have."""


class RulesForm(forms.Form):
    """One version of the rules."""

    def __init__(self, *args: Any, terms: dict[str, Any], **kwargs: Any) -> None:
        """Take the terms that are edited; what the form does not show stays as it is."""
        self.base = terms
        super().__init__(*args, initial=read_initial(terms), **kwargs)
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
                self.fields[f"{day}__{end}"] = forms.CharField(
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
        terms = self._make_terms(cleaned)
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

    def _make_terms(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The terms that the answers mean."""
        terms = copy.deepcopy(self.base)
        rules = terms["rules"]
        for rule in ("session", *SWITCHED):
            if rule != "session" and not cleaned[f"{rule}__on"]:
                rules.pop(rule, None)
                continue
            kept = rules.setdefault(rule, {})
            for name in NUMBERS.get(rule, {}):
                kept[name] = cleaned[f"{rule}__{name}"]
        if rules["session"]["requests"] is None:
            del rules["session"]["requests"]
        fillers = {
            "cancellation": lambda: {"tiers": _read_tiers(cleaned)},
            "goodwill": lambda: {"ladder": ["remind", "talk", "renegotiate", "end"]},
            "hardship": lambda: {"causes": ["illness", "emergency", "technical"]},
            "messages": lambda: {"windows": _read_windows(cleaned)},
            "payment": lambda: _read_payment(cleaned),
        }
        for rule, fill in fillers.items():
            if rule in rules:
                kept = rules[rule]
                filled = fill()
                if rule in ("goodwill", "hardship"):
                    filled = {name: kept.get(name, value) for name, value in filled.items()}
                kept.update(filled)
        terms["practitioner"] = self._make_stricter(cleaned, rules)
        return terms

    def _make_stricter(
        self, cleaned: dict[str, Any], rules: dict[str, Any]
    ) -> dict[str, dict[str, Any]]:
        """What the practitioner takes upon themselves; a table of tiers stays as it was."""
        mine: dict[str, dict[str, Any]] = {}
        tiers = self.base.get("practitioner", {}).get("cancellation")
        if tiers and "cancellation" in rules:
            mine["cancellation"] = tiers
        for path in STRICTER:
            rule, name = path.split("__")
            value = cleaned.get(f"mine__{path}")
            if value is not None and rule in rules:
                mine.setdefault(rule, {})[name] = value
        return mine

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


def _read_tiers(cleaned: dict[str, Any]) -> list[dict[str, int]]:
    """The tiers that are filled in; the last one begins at 0 hours."""
    tiers = []
    for index in range(TIERS):
        last = index == TIERS - 1
        hours = 0 if last else cleaned.get(f"tier{index}__hours")
        percent = cleaned.get(f"tier{index}__percent")
        if hours is not None and percent is not None:
            tiers.append({"hours": hours, "percent": percent})
    return tiers


def _read_windows(cleaned: dict[str, Any]) -> dict[str, list[list[str]]]:
    """The hours of the days that are filled in; `9:00` and `9` mean `09:00`."""
    windows = {}
    for day in DAYS:
        ends = [_read_clock(cleaned.get(f"{day}__{end}", "")) for end in ("from", "until")]
        if any(ends):
            windows[day] = [ends]
    return windows


def _read_clock(text: str) -> str:
    """A time as people type it, as terms have it."""
    hour, _colon, minute = text.strip().replace(".", ":").partition(":")
    if not hour.isdigit():
        return text.strip()
    return f"{hour.zfill(2)}:{minute or '00'}"


def _read_payment(cleaned: dict[str, Any]) -> dict[str, str]:
    """When the price is due, and whether an unpaid place is given free."""
    due = cleaned.get("payment__due") or "before_session"
    return {"due": due, "unpaid": "release" if cleaned.get("payment__release") else "keep"}


def read_initial(terms: dict[str, Any]) -> dict[str, Any]:
    """The answers that terms mean; a rule that is absent offers its usual numbers."""
    rules = terms["rules"]
    initial: dict[str, Any] = {}
    for rule, numbers in NUMBERS.items():
        kept = {**USUAL.get(rule, {}), **rules.get(rule, {})}
        initial.update({f"{rule}__{name}": kept.get(name) for name in numbers})
    initial.update({f"{rule}__on": rule in rules for rule in SWITCHED})
    tiers = rules.get("cancellation", USUAL["cancellation"])["tiers"]
    for index, tier in zip(range(TIERS - len(tiers), TIERS), tiers[-TIERS:], strict=False):
        initial[f"tier{max(index, 0)}__hours"] = tier["hours"]
        initial[f"tier{max(index, 0)}__percent"] = tier["percent"]
    payment = {**USUAL["payment"], **rules.get("payment", {})}
    initial["payment__due"] = payment["due"]
    initial["payment__release"] = payment.get("unpaid") == "release"
    windows = rules.get("messages", USUAL["messages"])["windows"]
    for day, spans in windows.items():
        initial[f"{day}__from"], initial[f"{day}__until"] = spans[0]
    for path in STRICTER:
        rule, name = path.split("__")
        initial[f"mine__{path}"] = terms.get("practitioner", {}).get(rule, {}).get(name)
    return initial


USUAL: dict[str, dict[str, Any]] = {
    "lateness": {"grace_minutes": 5, "wait_minutes": 15},
    "ending": {"grace_minutes": 5, "rate_percent": 100},
    "missed": {"percent": 100},
    "cancellation": {
        "tiers": [
            {"hours": 48, "percent": 0},
            {"hours": 24, "percent": 50},
            {"hours": 0, "percent": 100},
        ]
    },
    "rescheduling": {"hours": 24, "free_moves": 2, "percent": 50},
    "goodwill": {"forgiven": 1, "days": 180},
    "hardship": {"times": 2, "days": 180},
    "messages": {
        "reply_hours": 8,
        "windows": {day: [["09:00", "17:00"]] for day in DAYS[:5]},
    },
    "payment": {"due": "before_session", "hours": 24, "unpaid": "keep"},
    "free_session": {"minutes": 30, "per_person": 1, "per_month": 4, "invite_at_minute": 20},
}
"""What a rule that is not in use offers when it is switched on."""
