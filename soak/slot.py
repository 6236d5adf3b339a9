"""One slot that thousands want, by every way there is, two hundred at a time."""

from __future__ import annotations

import random
import re
import uuid
from typing import TYPE_CHECKING, Any

from benchmarks.stage import KEYS
from soak.house import Answer, Shot, count, fire, open_house, sign_once

if TYPE_CHECKING:
    from pathlib import Path

ATTEMPTS = 10_000
AT_ONCE = 200
FROM_ONE_PLACE = 25
"""So many visitors from each address: fewer than the limit for strangers."""
_ALTERNATIVES = re.compile(r'[?&;]at=\d+|clock=\d\d:\d\d|type="radio" name="at"')


def run_wave(
    folder: Path, *, database: str, attempts: int = ATTEMPTS
) -> tuple[bool, dict[str, int]]:
    """Let everybody want one slot.

    It holds where exactly one got it and all others were told so with other times; where nothing
    broke, and nothing is kept for nobody.
    """
    with open_house(folder / f"slot-{database}", database) as house:
        stage = house.ask("stage", "set")
        shots = _list_shots(stage["forms"], attempts, random.Random(attempts))
        answers = fire(house, shots, at_once=AT_ONCE)
        kinds = judge_all(shots, answers)
        seen = house.ask("stage", "look")
    figures = {"attempts": attempts, **count(kinds)}
    got = figures.get("got it", 0)
    # A visitor's hold that lapsed meanwhile leaves the slot to somebody else, and a row behind.
    holds = seen["standing"] == 1 and got == seen["rows"] and got >= 1
    allowed = {"attempts", "got it", "has it already", "told with other times"}
    return holds and set(figures) <= allowed, {**figures, "standing": seen["standing"]}


def _list_shots(forms: dict[str, list[Any]], attempts: int, rng: random.Random) -> list[Shot]:
    """The attempts: every way as often as every other, mixed."""
    shots = []
    for number in range(attempts):
        way = list(forms)[number % len(forms)]
        turn = number // len(forms)
        form = forms[way][turn % len(forms[way])]
        fields = dict(form["fields"])
        place = "127.0.0.1"
        if way == "hold":
            fields["email"] = f"visitor{number}@visitors.example"
            place = f"127.0.1.{1 + turn // FROM_ONE_PLACE}"
        wanted = str(uuid.UUID(int=rng.getrandbits(128), version=4))
        fields["once"] = sign_once(KEYS["MIEDZA_SECRET_KEY"], form["user"], wanted)
        shots.append(Shot(form["path"], fields, form["session"], place))
    rng.shuffle(shots)
    return shots


def judge_all(shots: list[Shot], answers: list[Answer | None]) -> list[str]:
    """What each answer says. Whoever has moved a meeting there is led to it however often."""
    kinds, moved = [], set()
    for shot, answer in zip(shots, answers, strict=True):
        kind = _judge(answer)
        if kind == "got it" and shot.path.endswith("/move/"):
            kind = "has it already" if shot.path in moved else kind
            moved.add(shot.path)
        kinds.append(kind)
    return kinds


def _judge(answer: Answer | None) -> str:
    """What an answer says."""
    if answer is None:
        return "no answer"
    if answer.status == 409:
        has_others = _ALTERNATIVES.search(answer.body)
        return "told with other times" if has_others else "told without other times"
    if answer.status == 302 and not re.search(r"/book/|sign-in|/agreement/", answer.location):
        return "got it"
    return f"answered {answer.status} {answer.location[:30]}".strip()
