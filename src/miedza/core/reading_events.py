"""Reading an event as parsed from JSON: as it should be, or slowly, to say what is off."""

from __future__ import annotations

from operator import itemgetter

from miedza.core.faults import (
    MOST_MONEY,
    any_text,
    check_fields,
    one_of,
    read_object,
    text,
    truth,
    whole,
)
from miedza.core.history import Event
from miedza.core.instants import parse_instant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SIDES = ("practitioner", "client")


def check_instant(value: object) -> str | None:
    """Check that a value is an instant."""
    try:
        parse_instant(value)
    except ValueError as error:
        return str(error)
    return None


def check_cause(value: object) -> str | None:
    """Check a cause: a text, or null."""
    return None if value is None else text(value)


_COMMON = {
    "id": (text, "its own id"),
    "type": (text, "what happened"),
    "by": (one_of(*SIDES), "who did it"),
    "at": (check_instant, "when"),
}
_CAUSE = {"cause": (check_cause, "why")}

EVENT_FIELDS: dict[str, dict[str, Any]] = {
    "cancelled": _CAUSE,
    "moved": {"to": (check_instant, "the new start"), **_CAUSE},
    "arrived": _CAUSE,
    "left": {},
    "held": {},
    "extended": {"minutes": (whole(1), "how many"), "agreed": (truth, "whether both said yes")},
    "ended": {},
    "request_added": {"text": (any_text, "the request")},
    "incident": {"text": (any_text, "what was felt")},
    "paid": {"amount": (whole(-MOST_MONEY, MOST_MONEY), "in minor units")},
    "voided": {"of": (text, "the id of the event recorded by mistake")},
}
"""The fields of each type of event beside `id`, `type`, `by` and `at`."""


def read_any_event(raw: object, path: str, faults: list[str]) -> Event | None:
    """Read an event of any type, saying all that is wrong with it."""
    if not isinstance(raw, dict):
        faults.append(f"{path}: must be an object")
        return None
    kind = raw.get("type")
    fields = EVENT_FIELDS.get(kind) if isinstance(kind, str) else None
    if fields is None:
        wrong = "missing" if "type" not in raw else one_of(*EVENT_FIELDS)(kind)
        faults.append(f"{path}.type: {wrong}")
        return None
    before = len(faults)
    needed = (*_COMMON, *(field for field in fields if field != "cause"))
    read_object(raw, path, faults, needed=needed, optional=[f for f in fields if f == "cause"])
    check_fields(raw, path, faults, {**_COMMON, **fields})
    if len(faults) > before:
        return None
    at = parse_instant(raw["at"])
    value = next((raw[field] for field in fields if field not in ("cause", "agreed")), None)
    if kind == "moved":
        value = parse_instant(value)
        if value <= at:
            faults.append(f"{path}.to: must be after at")
            return None
    return Event(
        at, raw["id"], raw["type"], raw["by"], raw.get("cause"), value, raw.get("agreed", False)
    )


_read_four = itemgetter("id", "type", "by", "at")
_PLAIN = frozenset(("arrived", "left", "held", "ended", "cancelled"))
_CAUSED = frozenset(("arrived", "cancelled"))
_WORDED = frozenset(("request_added", "incident"))
_new = tuple.__new__
"""Makes a value without looking at defaults: half the time of calling its class."""


def read_sound_event(raw: Any) -> Event | None:
    """Read an event as it should be; None, or any error a wrong document brings, otherwise."""
    id_, type_, by, at = _read_four(raw)
    if type(id_) is str and id_ and by in SIDES:
        instant = parse_instant(at)
        more = len(raw) - 4
        if type_ in _PLAIN:
            cause = raw["cause"] if more == 1 else None
            if more == 0 or (more == 1 and type(cause) is str and cause and type_ in _CAUSED):
                return _new(Event, (instant, id_, type_, by, cause, None, False))
        elif type_ == "paid":
            amount = raw["amount"]
            if more == 1 and type(amount) is int and -MOST_MONEY <= amount <= MOST_MONEY:
                return _new(Event, (instant, id_, type_, by, None, amount, False))
        elif type_ in _WORDED:
            words = raw["text"]
            if more == 1 and type(words) is str:
                return _new(Event, (instant, id_, type_, by, None, words, False))
        elif type_ == "moved":
            to = parse_instant(raw["to"])
            if more == 1 and to > instant:
                return _new(Event, (instant, id_, type_, by, None, to, False))
    return read_any_event(raw, "", [])
