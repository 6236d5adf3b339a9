"""The rules as clauses to read."""

from __future__ import annotations

from typing import Any

from miedza.words import registry as words
from miedza.words.phrases import rule_values


def list_clauses(terms: dict[str, Any], *, language: str) -> list[dict[str, str]]:
    """A clause for each rule of the terms, in the order of the registry.

    Args:
        terms: as `miedza judge` reads them.
        language: `en`, `pl` or `ru`.

    Returns:
        For each rule its `title` and its `text`.
    """
    rules = terms["rules"]
    return [
        {
            "title": words.say_title(rule, language),
            "text": words.say_rule(rule, "long", language, rule_values(rule, rules, language)),
        }
        for rule in words.RULES
        if rule in rules
    ]
