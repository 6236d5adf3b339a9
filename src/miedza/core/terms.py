"""Terms: one version of a practice's rules, read and checked."""

from __future__ import annotations

from miedza.core import rules as registry
from miedza.core.faults import InvalidDocument, check_fields, read_object
from miedza.core.money import CURRENCIES
from miedza.core.values import NamedTuple
from miedza.core.zones import is_zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeAlias

    Rules: TypeAlias = Mapping[str, Mapping[str, Any]]

OVERRIDABLE = ("lateness", "missed", "cancellation", "rescheduling")
"""The rules in which the practitioner may bind themselves more strictly than the client."""


class Terms(NamedTuple):
    """One version of the rules. They bind both sides."""

    currency: str
    """ISO 4217."""
    time_zone: str
    """A name of the tz database: where the hours of messages and calendar months are read."""
    rules: Rules
    """The rules by name, as they bind the client; absent rules are absent."""
    practitioner: Rules
    """The same rules as they bind the practitioner, never more lightly."""

    def of(self, side: str) -> Rules:
        """The rules by which the doing of a side is judged."""
        return self.practitioner if side == "practitioner" else self.rules


def read_terms(document: object) -> Terms:
    """Read terms as parsed from JSON.

    Raises:
        InvalidDocument: with every fault found.
    """
    faults: list[str] = []
    terms = read_object(
        document,
        "",
        faults,
        needed=("terms", "currency", "time_zone", "rules"),
        optional=("practitioner",),
    )
    if terms is None:
        raise InvalidDocument(faults)
    if "terms" in terms and (type(terms["terms"]) is not int or terms["terms"] != 1):
        faults.append("terms: must be 1, the version of this format")
    if "currency" in terms and not _is_currency(terms["currency"]):
        faults.append("currency: must be a code of ISO 4217, like 'PLN'")
    if "time_zone" in terms and not is_zone(terms["time_zone"]):
        faults.append("time_zone: must be a name of the tz database, like 'Europe/Warsaw'")
    rules = _read_rules(terms["rules"], faults) if "rules" in terms else {}
    mine = _read_overrides(terms.get("practitioner", {}), rules, faults)
    if faults:
        raise InvalidDocument(faults)
    both = {name: {**rule, **mine.get(name, {})} for name, rule in rules.items()}
    return Terms(terms["currency"], terms["time_zone"], rules, both)


def _is_currency(value: object) -> bool:
    """Whether a value is a currency's code."""
    return isinstance(value, str) and value in CURRENCIES


def _read_rules(document: object, faults: list[str]) -> dict[str, dict[str, Any]]:
    """Read the rules that are there; answer those without a fault."""
    rules = read_object(document, "rules", faults, needed=("session",), optional=registry.RULES[1:])
    sound: dict[str, dict[str, Any]] = {}
    for name in registry.RULES:
        if rules is None or name not in rules:
            continue
        module: Any = getattr(registry, name)
        before = len(faults)
        optional = getattr(module, "OPTIONAL", ())
        needed = [field for field in module.FIELDS if field not in optional]
        path = f"rules.{name}"
        rule = read_object(rules[name], path, faults, needed=needed, optional=optional)
        if rule is None:
            continue
        check_fields(rule, path, faults, module.FIELDS)
        if len(faults) == before:
            sound[name] = rule
    _check_across(sound, faults)
    return sound


def _check_across(sound: dict[str, dict[str, Any]], faults: list[str]) -> None:
    """Check what holds between fields, where all of them are sound."""
    for name, rule in sound.items():
        check = getattr(getattr(registry, name), "check_rule", None)
        if check is not None and "session" in sound:
            faults.extend(f"rules.{name}.{field}: {wrong}" for field, wrong in check(rule, sound))


def _read_overrides(
    document: object, rules: dict[str, dict[str, Any]], faults: list[str]
) -> dict[str, dict[str, Any]]:
    """Read what the practitioner takes upon themselves beyond the common rules."""
    mine = read_object(document, "practitioner", faults, needed=(), optional=OVERRIDABLE)
    if mine is None:
        return {}
    for name in OVERRIDABLE:
        if name not in mine:
            continue
        path = f"practitioner.{name}"
        module: Any = getattr(registry, name)
        override = read_object(mine[name], path, faults, needed=(), optional=module.MINE)
        if override is None:
            continue
        if name not in rules:
            faults.append(f"{path}: must not stand without a sound rule rules.{name}")
            continue
        before = len(faults)
        fields = {field: module.FIELDS[field] for field in module.MINE}
        check_fields(override, path, faults, fields)
        if len(faults) > before:
            continue
        faults.extend(
            f"{path}.{field}: lighter than the client's"
            for field in module.MINE
            if field in override and module.is_lighter(field, override[field], rules[name][field])
        )
    return {name: value for name, value in mine.items() if isinstance(value, dict)}
