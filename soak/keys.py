"""Forms that are sent many times: each does its work once, and every answer is the same."""

from __future__ import annotations

import random
import uuid
from typing import TYPE_CHECKING, Any

from benchmarks.stage import KEYS
from soak.house import House, Shot, count, fire, open_database, serve, sign_once

if TYPE_CHECKING:
    from pathlib import Path

BATCHES = 10
EACH, REPLAYS, AT_ONCE = 100, 20, 50


def run_batch(
    folder: Path, *, database: str, number: int, each: int = EACH
) -> tuple[bool, dict[str, int]]:
    """Send forms twenty times each; once more after a restart; once with something else in them.

    It holds where each form booked one meeting and was answered alike each time, and where what was
    changed was asked about and booked nothing.
    """
    folder /= f"keys-{database}"
    places: dict[str, set[str]] = {}
    rng = random.Random(number)
    with open_database(folder, database) as more:
        with serve(folder, more) as house:
            form = house.ask("keys_stage", "set")
            shots = [_make_shot(form, key, rng) for key in range(each)]
            replays = [shot for shot in shots for _time in range(REPLAYS)]
            rng.shuffle(replays)
            kinds = _send(house, replays, places)
        with serve(folder, more) as house:
            kinds += _send(house, shots, places)
            changed = [shot._replace(fields={**shot.fields, "minutes": "45"}) for shot in shots]
            others = [a.status if a else 0 for a in fire(house, changed, at_once=AT_ONCE)]
            booked = house.ask("keys_stage", "count")
    same = sum(len(locations) == 1 for locations in places.values())
    figures = {
        "keys": each, "sent": len(kinds), "answered alike": same, "booked": booked,
        "changed and asked about": others.count(409), **count(kinds),
    }  # fmt: skip
    return same == booked == each == others.count(409) and set(kinds) == {"302"}, figures


def _make_shot(form: dict[str, Any], key: int, rng: random.Random) -> Shot:
    """The form for an hour of its own."""
    day, hour = divmod(key, 12)
    wanted = str(uuid.UUID(int=rng.getrandbits(128), version=4))
    fields = {
        **form["fields"], "day": form["days"][day], "clock": f"{8 + hour:02}:00",
        "once": sign_once(KEYS["MIEDZA_SECRET_KEY"], form["user"], wanted),
    }  # fmt: skip
    return Shot(form["path"], fields, form["session"])


def _send(house: House, shots: list[Shot], places: dict[str, set[str]]) -> list[str]:
    """Send them; note where each leads to."""
    kinds = []
    for shot, answer in zip(shots, fire(house, shots, at_once=AT_ONCE), strict=True):
        kinds.append(str(answer.status) if answer else "no answer")
        if answer is not None:
            places.setdefault(shot.fields["once"], set()).add(answer.location)
    return kinds
