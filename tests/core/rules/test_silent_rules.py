"""Rules that are published and signed, and judge nothing that happens in a history."""

from __future__ import annotations

import pytest

from miedza.core import rules as registry
from miedza.core.documents import judge_document
from tests.core.samples import HISTORY, TERMS, drop

SILENT = (
    "free_session", "engagement", "community", "confidentiality", "personal_data", "withdrawal",
    "aftercare",
)  # fmt: skip


@pytest.mark.parametrize("rule", SILENT)
def test_silent_rule_changes_no_answer(rule: str) -> None:
    answer = judge_document(drop(TERMS, f"rules.{rule}"), HISTORY)

    assert answer == judge_document(TERMS, HISTORY)


def test_registry_names_every_rule_once_and_loads_it() -> None:
    loaded = [getattr(registry, name).__name__.rpartition(".")[2] for name in registry.RULES]

    assert tuple(loaded) == registry.RULES == tuple(dict.fromkeys(TERMS["rules"]))


def test_registry_knows_no_other_rule() -> None:
    with pytest.raises(AttributeError):
        _ = registry.kindness


@pytest.mark.parametrize("rule", registry.RULES)
def test_every_field_of_a_rule_says_what_it_means(rule: str) -> None:
    module = getattr(registry, rule)

    meanings = [meaning for _, meaning in module.FIELDS.values()]

    assert [meaning for meaning in meanings if not (isinstance(meaning, str) and meaning)] == []
    assert set(getattr(module, "OPTIONAL", ())) | set(getattr(module, "MINE", ())) <= set(
        module.FIELDS
    )
