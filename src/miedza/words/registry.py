"""Where sentences are asked for."""

from __future__ import annotations

from importlib import import_module

from miedza.words.sentence import fill
from miedza.words.strip import CONSEQUENCES, EXCUSES, OUTCOMES, STEPS, TAGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

FORMS = ("long", "short", "line")
"""The forms of a rule; a ruling has `reason` besides."""

RULES = (
    "session", "lateness", "ending", "missed", "cancellation", "rescheduling", "payment",
    "messages", "free_session", "engagement", "hardship", "goodwill", "conduct", "community",
    "confidentiality", "personal_data", "withdrawal", "aftercare",
)  # fmt: skip


def _module(rule: str) -> Any:
    """The file of a rule's sentences."""
    return import_module(f"miedza.words.{rule}")


def say_title(rule: str, language: str) -> str:
    """A rule's name, as a heading."""
    title: str = _module(rule).TITLE[language]
    return title


def say_rule(rule: str, form: str, language: str, values: Mapping[str, object]) -> str:
    """A rule in one of its forms.

    Args:
        rule: its name in the terms.
        form: `long`, `short` or `line`.
        language: `en`, `pl` or `ru`.
        values: what `phrases.rule_values` makes of the rule.
    """
    return fill(_module(rule).RULE[form][language], language, values)


def say_reason(
    rule: str, reason: str, form: str, language: str, values: Mapping[str, object]
) -> str:
    """A reason code in one of its forms: `long`, `short`, `line` or `reason`."""
    return fill(_module(rule).REASONS[reason][form][language], language, values)


def say_tag(verdict: str, language: str) -> str:
    """A verdict in a word or two: "kept", "not as agreed"."""
    return TAGS[verdict][language]


def say_step(step: str, side: str, language: str) -> tuple[str, str]:
    """A step of the ladder: its name, and words to say to the side whose doing it was."""
    return STEPS[step]["label"][language], STEPS[step][side][language]


def say_outcome(outcome: str, language: str) -> str:
    """How a booking stands: "open", "held", "cancelled"."""
    return OUTCOMES[outcome][language]


def say_owed(owed_by: str, reader: str, language: str, values: Mapping[str, object]) -> str:
    """What one side owes, as the side `reader` reads it; `amount` among the values."""
    return fill(CONSEQUENCES[reader][owed_by][language], language, values)


def say_given(reader: str, language: str, values: Mapping[str, object]) -> str:
    """Time given away, as the side `reader` reads it; `worth` among the values."""
    return fill(CONSEQUENCES[reader]["given"][language], language, values)


def say_excuse(excused_by: str, costs: bool, language: str, values: Mapping[str, object]) -> str:  # noqa: FBT001 - says which of two sentences.
    """Why something is forgiven, and what it would have cost where it would have cost something.

    Args:
        excused_by: `hardship` or `goodwill`.
        costs: whether something was forgiven besides the crossing itself.
        language: `en`, `pl` or `ru`.
        values: `forgiven` among them.
    """
    return fill(EXCUSES[excused_by]["worth" if costs else "plain"][language], language, values)
