"""Documents spoilt in all the ways in which documents are spoilt."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from tests.core.samples import AVAILABILITY, HISTORY, TERMS
from tests.naive.cases import random_availability, random_case, random_what_if

STRANGE: list[Any] = [
    None, True, False, 0, -1, 1, 2, 1.0, 0.5, -0.0, 1e308, 1e-320, 10**15, -(10**15), 10**15 + 1,
    10**6, 10**6 + 1, 2**31, 2**63, -(2**63), 2**64, 10**30, 10**400, "", " ", "0", "1", "x", "\0",
    "\n", "\r\n", "\u2028", "\ud800", "\udfff", "\U0010ffff", "a\0b", "null", "NaN", "x" * 100_000,
    "śnieg", "client", "practitioner", "held", "voided", "moved", "paid", "free", "b1", "m1",
    "UTC", "Europe/Warsaw", "Pacific/Apia", "../UTC", "Europe", "PLN", "24:00", "00:00", "mon",
    "2026-03-02", "2026-03-29T02:30:00+01:00", "2026-03-02T09:00:00", "2026-03-02T09:00:60Z",
    "2026-12-31T23:59:59-23:59", "1899-12-31T23:59:59Z", "1900-01-01T00:00:00Z",
    "2999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", [], {}, [[]],
    [None], {"": None}, {"a\nb": {}}, [[[[[[[[[[]]]]]]]]]], [{}], ["x"], [0], {"id": []},
]  # fmt: skip
KEYS = ["", "x", "id", "at", "\0", "a\nb", "\u2028", "\ud800", "__class__", "0", "x" * 1000, "mon"]

Place = tuple[Any, Any]


def places(document: Any) -> list[Place]:
    """Every value inside a document, as what holds it and its key."""
    found: list[Place] = []
    open_ = [document]
    while open_:
        holder = open_.pop()
        keys = holder if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            found.append((holder, key))
            if isinstance(holder[key], dict | list):
                open_.append(holder[key])
    return found


def delete(rng: Random, place: Place, others: list[Place]) -> None:
    del place[0][place[1]]


def replace(rng: Random, place: Place, others: list[Place]) -> None:
    place[0][place[1]] = deepcopy(rng.choice(STRANGE))


def retype(rng: Random, place: Place, others: list[Place]) -> None:
    """The same value as another type."""
    holder, key = place
    value = holder[key]
    ways: list[Callable[[], Any]] = [
        lambda: str(value), lambda: [value], lambda: {"value": value}, lambda: bool(value),
        lambda: list(value), lambda: float(value), lambda: -value, lambda: value * 2,
        lambda: dict(enumerate(value)),
    ]  # fmt: skip
    try:
        changed = rng.choice(ways)()
    except (TypeError, ValueError, OverflowError):
        changed = None
    holder[key] = changed


def rename(rng: Random, place: Place, others: list[Place]) -> None:
    holder, key = place
    if isinstance(holder, dict):
        value = holder.pop(key)
        holder[rng.choice([*KEYS, str(key).upper(), f"{key} ", f"{key}s"])] = value
    else:
        holder.reverse()


def duplicate(rng: Random, place: Place, others: list[Place]) -> None:
    holder, key = place
    if isinstance(holder, dict):
        holder[rng.choice(KEYS)] = deepcopy(holder[key])
    else:
        holder.insert(key, deepcopy(holder[key]))


def swap(rng: Random, place: Place, others: list[Place]) -> None:
    """Put a copy of another part of the document here."""
    holder, key = rng.choice(others)
    place[0][place[1]] = deepcopy(holder[key])


def exchange(rng: Random, place: Place, others: list[Place]) -> None:
    """Put a copy of the value of the same field elsewhere here, or of one of its type."""
    here, key = place
    same = [h[k] for h, k in others if k == key and h is not here]
    if not same or rng.random() < 0.2:
        same = [value for value in STRANGE if type(value) is type(here[key])]
    here[key] = deepcopy(rng.choice(same or STRANGE))


def nest(rng: Random, place: Place, others: list[Place]) -> None:
    value = place[0][place[1]]
    for _ in range(rng.choice([1, 2, 50])):
        value = [value] if rng.random() < 0.5 else {rng.choice(KEYS): value}
    place[0][place[1]] = value


MUTATIONS = [delete, replace, replace, retype, retype, rename, duplicate, swap, nest]
MUTATIONS += [exchange] * 6


def sound_case(rng: Random, command: str) -> dict[str, Any]:
    """A case that is answered: mostly a random one, else one with every field."""
    if command == "slots":
        return random_availability(rng) if rng.random() < 0.7 else deepcopy(AVAILABILITY)
    terms, history = random_case(rng)
    if rng.random() < 0.3:
        terms, history = deepcopy((TERMS, HISTORY))
    case = {"terms": terms, "history": history}
    return case if command == "judge" else {**case, "what_if": random_what_if(rng, **case)}


def spoil_bytes(rng: Random, line: bytes) -> bytes:
    """Truncate, flip, repeat or insert bytes; never a line feed, which would begin a line."""
    spoilt = bytearray(line)
    for _ in range(rng.choice([1, 1, 2, 8])):
        at = rng.randrange(len(spoilt) + 1)
        way = rng.randrange(6)
        if way == 0:
            del spoilt[at:]
        elif way == 1:
            spoilt[at : at + 1] = bytes([rng.randrange(256)])
        elif way == 2:
            del spoilt[at : at + rng.choice([1, 2, 30])]
        elif way == 3:
            spoilt[at:at] = spoilt[at : at + rng.choice([1, 5, 200])]
        elif way == 4:
            spoilt[at:at] = rng.choice(
                [b"\0", b"\xff", b"\xed\xa0\x80", b"NaN", b"[" * 5000, b"9" * 5000, b"1e999", b'"']
            )
        else:
            spoilt[:0] = rng.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"{", b"[", b" "])
    return bytes(spoilt).replace(b"\n", b" ")


def spoilt_line(rng: Random, command: str) -> bytes:
    """A line for `--lines` of a command, spoilt in one way or a few."""
    case: Any = sound_case(rng, command)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        found = places(case)
        if found:
            rng.choice(MUTATIONS)(rng, rng.choice(found), found)
    line = json.dumps(case, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    return spoil_bytes(rng, line) if rng.random() < 0.2 else line
