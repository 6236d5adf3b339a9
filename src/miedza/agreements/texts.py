"""The agreement in words: made from the terms, exactly as it is shown, accepted and kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import override

from miedza.practice.formats import say_full_date, to_local
from miedza.words import agreement as words
from miedza.words.phrases import rule_values
from miedza.words.registry import RULES, say_rule, say_title
from miedza.words.sentence import fill

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.agreements.models import RulesVersion


class Clause(NamedTuple):
    """One rule, as a heading and its sentences."""

    title: str
    text: str


class AgreementText(NamedTuple):
    """An agreement in one language."""

    language: str
    title: str
    opening: list[str]
    """Who agrees with whom on what, and from when it holds."""
    clauses: list[Clause]
    closing: list[str]

    @property
    def plain(self) -> str:
        """All of it as plain text: what is accepted."""
        numbered = [
            f"{number}. {clause.title}\n{clause.text}"
            for number, clause in enumerate(self.clauses, 1)
        ]
        return "\n\n".join((self.title, *self.opening, *numbered, *self.closing))

    @property
    def digest(self) -> str:
        """SHA-256 of the plain text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.plain.encode()).hexdigest()


class Change(NamedTuple):
    """One rule that reads otherwise in the newer of two versions."""

    title: str
    before: str
    after: str


def list_clauses(terms: dict[str, Any], *, language: str) -> list[Clause]:
    """A clause for each rule of the terms, and one for what binds the practitioner more strictly.

    Args:
        terms: as `miedza judge` reads them.
        language: `en`, `pl` or `ru`.
    """
    rules = terms["rules"]
    clauses = [_clause(rule, rules, language) for rule in RULES if rule in rules]
    stricter = terms.get("practitioner") or {}
    if stricter:
        mine = {**rules, **{rule: {**rules[rule], **stricter[rule]} for rule in stricter}}
        said = [_say(rule, "long", mine, language) for rule in RULES if rule in stricter]
        clauses.append(Clause(words.STRICTER[language], " ".join(said)))
    return clauses


def write_agreement(
    version: RulesVersion,
    *,
    practitioner: str,
    client: str,
    language: str,
    holds_at: datetime | None,
) -> AgreementText:
    """Write the agreement on a published version between two people.

    Args:
        version: of the rules; it is published.
        practitioner: the name of who leads the meetings.
        client: the name of who comes.
        language: `en`, `pl` or `ru`.
        holds_at: from when it holds; None for the moment of acceptance.
    """
    terms = version.terms
    zone = terms["time_zone"]
    with override(language):
        values = {
            "practitioner": practitioner,
            "client": client,
            "number": version.number,
            "published": _say_day(version.published_at, zone),
            "holds": _say_day(holds_at, zone),
            "currency": terms["currency"],
            "zone": zone.replace("_", " "),
        }
    holds = words.HOLDS["acceptance" if holds_at is None else "date"]
    return AgreementText(
        language=language,
        title=words.TITLE[language],
        opening=[_put(words.PARTIES[language], values), _put(holds[language], values)],
        clauses=list_clauses(terms, language=language),
        closing=[words.BOTH[language], _put(words.MONEY[language], values)],
    )


def list_changes(before: dict[str, Any], after: dict[str, Any], *, language: str) -> list[Change]:
    """What reads otherwise in newer terms, rule by rule, in words."""
    old = {clause.title: clause.text for clause in list_clauses(before, language=language)}
    new = {clause.title: clause.text for clause in list_clauses(after, language=language)}
    absent = words.ABSENT[language]
    titles = [*new, *(title for title in old if title not in new)]
    changes = [
        Change(title, old.get(title, absent), new.get(title, absent))
        for title in titles
        if old.get(title) != new.get(title)
    ]
    return changes + _money_change(before, after, language)


def _money_change(before: dict[str, Any], after: dict[str, Any], language: str) -> list[Change]:
    """Another currency or another clock."""
    said = [
        _put(
            words.MONEY[language],
            {"currency": terms["currency"], "zone": terms["time_zone"].replace("_", " ")},
        )
        for terms in (before, after)
    ]
    return [] if said[0] == said[1] else [Change("", said[0], said[1])]


def _clause(rule: str, rules: dict[str, Any], language: str) -> Clause:
    return Clause(say_title(rule, language), _say(rule, "long", rules, language))


def _say(rule: str, form: str, rules: dict[str, Any], language: str) -> str:
    return say_rule(rule, form, language, rule_values(rule, rules, language))


def _put(template: str, values: dict[str, Any]) -> str:
    """Put values into a sentence that has no plurals."""
    return fill(template, "en", values)


def _say_day(moment: datetime | None, zone: str) -> str:
    """A day in full, with its year."""
    return "" if moment is None else say_full_date(to_local(moment, zone).date())
