"""Between the answers of the rules form and the terms that the core reads."""

from __future__ import annotations

import copy
from typing import Any

from miedza.core.hours import DAYS

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


def make_terms(base: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    """The terms that answers mean; what the form does not ask about stays as it is in `base`."""
    terms = copy.deepcopy(base)
    rules = terms["rules"]
    for rule in ("session", *SWITCHED):
        if rule != "session" and not answers[f"{rule}__on"]:
            rules.pop(rule, None)
            continue
        kept = rules.setdefault(rule, {})
        for name in NUMBERS.get(rule, {}):
            kept[name] = answers[f"{rule}__{name}"]
    if rules["session"]["requests"] is None:
        del rules["session"]["requests"]
    filled = {
        "cancellation": {"tiers": _read_tiers(answers)},
        "messages": {"windows": _read_windows(answers)},
        "payment": _read_payment(answers),
    }
    for rule, values in filled.items():
        if rule in rules:
            rules[rule].update(values)
    for rule, name, value in _KEPT:
        if rule in rules:
            rules[rule].setdefault(name, list(value))
    terms["practitioner"] = _make_stricter(base, answers, rules)
    return terms


_KEPT = (
    ("goodwill", "ladder", ("remind", "talk", "renegotiate", "end")),
    ("hardship", "causes", ("illness", "emergency", "technical")),
)
"""What a rule holds that the form does not ask about, where nothing else was chosen."""


def _make_stricter(
    base: dict[str, Any], answers: dict[str, Any], rules: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """What the practitioner takes upon themselves; a table of tiers stays as it was."""
    mine: dict[str, dict[str, Any]] = {}
    tiers = base.get("practitioner", {}).get("cancellation")
    if tiers and "cancellation" in rules:
        mine["cancellation"] = tiers
    for path in STRICTER:
        rule, name = path.split("__")
        value = answers.get(f"mine__{path}")
        if value is not None and rule in rules:
            mine.setdefault(rule, {})[name] = value
    return mine


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
