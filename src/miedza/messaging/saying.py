"""Rulings in words: those of the ledger, and those that have not come about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from miedza.core.instants import parse_instant
from miedza.ledger.facts import to_datetime
from miedza.practice.formats import format_money, say_moment
from miedza.words import registry as words
from miedza.words.phrases import say_notice

if TYPE_CHECKING:
    from miedza.core.ruling import Ruling as CoreRuling
    from miedza.ledger.models import Ruling


class Said(NamedTuple):
    """A ruling in words."""

    tone: str
    """Its verdict."""
    tag: str
    title: str
    consequence: str
    """What follows, in a sentence; empty where nothing does."""
    is_fee: bool = False
    """Whether it is a fee of the client, of which somebody has to decide."""


def say_ruling(
    ruling: Ruling | CoreRuling,
    *,
    language: str,
    currency: str,
    zone: str,
    reader: str = "practitioner",
) -> Said:
    """Put a ruling into words.

    Args:
        ruling: of the ledger, or one that has not come about.
        language: `en`, `pl` or `ru`.
        currency: ISO 4217.
        zone: on whose clocks times are told.
        reader: the side that reads it, `practitioner` or `client`.
    """
    amount = ruling.amount if hasattr(ruling, "amount") else ruling.amount_minor
    facts = ruling.facts
    values: dict[str, Any] = {
        "minutes": ruling.minutes,
        "amount": format_money(amount, currency),
        **{name: facts[name] for name in ("percent", "k", "requests") if name in facts},
    }
    if "notice_minutes" in facts:
        values["notice"] = say_notice(facts["notice_minutes"], language)
    for name in ("missing", "forgiven", "worth"):
        if name in facts:
            values[name] = format_money(facts[name], currency)
    if "promised_at" in facts:
        promised = to_datetime(parse_instant(facts["promised_at"]))
        values["promised_at"] = say_moment(promised, zone)
    consequence = ""
    if ruling.verdict == "excused":
        consequence = words.say_excuse(facts["excused_by"], facts["forgiven"] > 0, language, values)
    elif ruling.owed_by is not None:
        consequence = words.say_owed(ruling.owed_by, reader, language, values)
    elif facts.get("worth"):
        consequence = words.say_given(reader, language, values)
    title = words.say_reason(ruling.rule, ruling.reason, "reason", language, values)
    is_fee = ruling.verdict == "crossed" and ruling.owed_by == "client"
    return Said(ruling.verdict, words.say_tag(ruling.verdict, language), title, consequence, is_fee)
