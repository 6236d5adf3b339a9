"""Every sentence there is, with the values that it may name."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from miedza.words.phrases import rule_values
from miedza.words.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miedza.words.sentence import Texts

LANGUAGES = ("en", "pl", "ru")

REASONS: dict[str, dict[str, set[str]]] = {
    "session": {"parked": {"requests"}},
    "lateness": {"on_time": set(), "late": {"minutes"}},
    "ending": {
        "agreed_overtime": {"minutes", "amount"},
        "overran": {"minutes"},
        "free_overran": {"minutes"},
        "time_owed": {"minutes", "amount"},
        "ended_in_time": set(),
        "end_not_recorded": set(),
    },
    "missed": {
        "missed": {"amount", "percent"},
        "did_not_wait": {"amount", "percent"},
        "attendance_unclear": set(),
    },
    "cancellation": {
        "cancelled_in_time": {"notice", "percent"},
        "late_cancel": {"amount", "notice", "percent"},
    },
    "rescheduling": {
        "moved_in_time": {"notice", "k", "percent"},
        "late_move": {"amount", "notice", "k", "percent"},
        "too_many_moves": {"amount", "notice", "k", "percent"},
    },
    "payment": {"unpaid": {"missing"}},
    "messages": {
        "answer_later": {"promised_at"},
        "late_reply": {"promised_at"},
        "replied_out_of_hours": set(),
    },
    "free_session": {"free_per_person": set(), "free_per_month": set()},
    "conduct": {"incident": set()},
}
"""The codes of the core, and what each ruling says: what its form `reason` may name."""

OFFICE = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}

TYPICAL: dict[str, Any] = {
    "session": {"minutes": 50, "requests": 1},
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
    "payment": {"due": "before_session", "hours": 24, "unpaid": "release"},
    "messages": {"windows": OFFICE, "reply_hours": 8},
    "free_session": {"minutes": 30, "per_person": 1, "per_month": 4, "invite_at_minute": 20},
    "engagement": {"sessions": 10, "review_every": 3, "valid_days": 180, "closing_session": True},
    "hardship": {"causes": ["illness", "emergency", "technical"], "times": 2, "days": 180},
    "goodwill": {
        "rules": ["lateness", "cancellation"],
        "forgiven": 1,
        "days": 180,
        "ladder": ["remind", "talk", "renegotiate", "end"],
    },
    "conduct": {"end_after_incident": True},
    "community": {"comments": "moderated", "direct_messages": "organisation_only"},
    "confidentiality": {"recording": "never"},
    "personal_data": {"retention_years": 5},
    "withdrawal": {"days": 14},
    "aftercare": {"check_in_days": [21, 90, 180, 365]},
}

SAID: dict[str, object] = {
    "minutes": 12, "amount": "200 zł", "notice": "22 h", "percent": 50, "k": 3,
    "missing": "200 zł", "promised_at": "5.10, 17:00", "requests": 1,
}  # fmt: skip
"""What rulings say, for the form `reason`."""


class Sentence(NamedTuple):
    """One sentence in its three languages."""

    rule: str
    reason: str
    """A code; empty for the rule itself."""
    form: str
    texts: Texts


def list_sentences() -> Iterator[Sentence]:
    """Every sentence about a rule or a ruling."""
    for rule in RULES:
        module: Any = import_module(f"miedza.words.{rule}")
        for form, texts in module.RULE.items():
            yield Sentence(rule, "", form, texts)
        for reason, forms in module.REASONS.items():
            for form, texts in forms.items():
                yield Sentence(rule, reason, form, texts)


SENTENCES = list(list_sentences())


def name_sentence(sentence: Sentence) -> str:
    """A name by which a failing sentence is found."""
    return "-".join(part for part in sentence[:3] if part)


def find_places(template: str) -> set[str]:
    """The names of a template's values."""
    return set(re.findall(r"\{(\w+)[^{}]*\}|\[(?:\w+)\?", template)) - {""}


def say_phrases(rule: str, language: str, **fields: Any) -> dict[str, str]:
    """The phrases of a rule whose fields are changed; spaces that do not break are plain."""
    terms = {**TYPICAL, rule: {**TYPICAL[rule], **fields}}
    values = rule_values(rule, terms, language)
    return {name: str(value).replace("\N{NO-BREAK SPACE}", " ") for name, value in values.items()}
