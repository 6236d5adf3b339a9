"""Answers of the rules form, as a browser sends them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from miedza.agreements.models import RulesVersion
from miedza.agreements.templates import begin_terms
from miedza.web.practitioner.rules_terms import USUAL, read_initial
from tests.cast import ANNAS_TERMS

if TYPE_CHECKING:
    from miedza.practice.models import Practitioner


def answer(terms: dict[str, Any], **changed: str | None) -> dict[str, str]:
    """What a browser sends for terms, with some answers changed, or left out where None."""
    sent = {
        name: "on" if value is True else str(value)
        for name, value in read_initial(terms).items()
        if value is not None and value is not False and name != "tier2__hours"
    }
    sent.update({name: value for name, value in changed.items() if value is not None})
    return {name: value for name, value in sent.items() if changed.get(name, "") is not None}


def all_rules() -> dict[str, Any]:
    """Anna's terms with every rule in use."""
    terms = copy.deepcopy(ANNAS_TERMS)
    terms["rules"]["free_session"] = dict(USUAL["free_session"])
    return terms


def of_template(template: str) -> dict[str, Any]:
    """The terms of a template, for Anna."""
    return begin_terms(
        template=template, profession="tutor", currency="PLN", time_zone="Europe/Warsaw"
    )


def list_versions(practitioner: Practitioner) -> list[tuple[int, bool]]:
    """The numbers of all versions, each with whether it was published."""
    versions = RulesVersion.objects.of(practitioner.practice_id).order_by("number")
    return [(version.number, version.published_at is not None) for version in versions]


def read_version(practitioner: Practitioner, number: int) -> dict[str, Any]:
    """The terms of one version."""
    versions = RulesVersion.objects.of(practitioner.practice_id)
    terms: dict[str, Any] = versions.get(number=number).terms
    return terms
