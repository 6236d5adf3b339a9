"""Finding what is free, against a sweep written by hand and against two other products.

The peers measure themselves, in processes of their own, with everything in memory or, for
django-appointment, in SQLite; ours and theirs take turns. Each figure is the least of its rounds,
and each ratio the median of those of the turns: a machine that changes its pace between two turns
changes it for both sides.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.calendars import Calendar, make_calendar
from benchmarks.measuring import pair_ratios, time_in_turns
from benchmarks.peers import Peer, PeerMissing, start_calcom, start_django_appointment
from benchmarks.report import Finding
from benchmarks.sweep import sweep
from miedza.core.slots import find_slots

if TYPE_CHECKING:
    from collections.abc import Mapping

SWEEP_LIMIT = 2.0
PEER_LIMIT = 0.05
"""Twenty times faster than the faster of the two products."""

SWEEP = "sweep by hand"
CALCOM = "cal.com"
DJANGO = "django-appointment"
ROUNDS = 7
TIMES = {CALCOM: 10, DJANGO: 1}
"""How often a peer runs in its turn; what it needs to warm up comes before the first round."""


def measure() -> list[Finding]:
    """Ask each calendar of ours, of the sweep and of each peer that can be had."""
    cases = {f"{count:,} taken": make_calendar(count) for count in (0, 500, 5_000)}
    cases["5,000 taken, in no order"] = make_calendar(5_000, in_order=False)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        peers: dict[str, Peer] = {}
        missing: dict[str, str] = {}
        for name in (CALCOM, DJANGO):
            try:
                peers[name] = stack.enter_context(_start(name, folder))
                peers[name].ask({**cases["500 taken"].as_question(), "times": TIMES[name]})
            except PeerMissing as reason:
                peers.pop(name, None)
                missing[name] = str(reason)
        return [
            finding
            for what, calendar in cases.items()
            for finding in _measure_case(what, calendar, peers, missing)
        ]


def _start(name: str, folder: Path) -> Peer:
    """Start one of the two peers."""
    return start_calcom() if name == CALCOM else start_django_appointment(folder / "peer.sqlite3")


def _measure_case(
    what: str, calendar: Calendar, peers: Mapping[str, Peer], missing: Mapping[str, str]
) -> list[Finding]:
    """Ask one calendar of everybody, in turns."""
    availability = calendar.as_availability()
    expected = find_slots(availability)
    if sweep(calendar) != expected:
        raise AssertionError("the sweep by hand and the core do not agree")
    spent: dict[str, list[float]] = {}
    notes = dict(missing)
    for _ in range(ROUNDS):
        turn = time_in_turns(
            {"ours": lambda: find_slots(availability), SWEEP: lambda: sweep(calendar)},
            rounds=15,
            times=2,
        )
        for name, peer in peers.items():
            answer = peer.ask({**calendar.as_question(), "times": TIMES[name]})
            turn[name] = answer["milliseconds"]
            notes[name] = _compare(answer["starts"], expected)
        for name, milliseconds in turn.items():
            spent.setdefault(name, []).append(min(milliseconds))
    least = {name: min(turns) for name, turns in spent.items()}
    faster = min(peers, key=lambda name: least[name], default=CALCOM)
    limits = {SWEEP: SWEEP_LIMIT, faster: PEER_LIMIT}
    return [
        Finding(
            part="slots",
            what=f"{what}, {len(expected)} free",
            peer=name,
            ours=least["ours"],
            theirs=least.get(name),
            unit="ms",
            paired=pair_ratios(spent["ours"], spent[name]) if name in spent else None,
            limit=limits.get(name) if "no order" not in what or name == SWEEP else None,
            note=notes.get(name, ""),
        )
        for name in (SWEEP, CALCOM, DJANGO)
    ]


def _compare(theirs: list[int], ours: list[int]) -> str:
    """What to say where a peer's answer differs; nothing where it is the same.

    Raises:
        AssertionError: it differs so much that it cannot be an answer to the same question.
    """
    if sorted(theirs) == ours:
        return ""
    if abs(len(theirs) - len(ours)) > len(ours) // 4:
        raise AssertionError(f"a peer finds {len(theirs)} free, not about {len(ours)}")
    differ = len(set(theirs) ^ set(ours))
    return f"answers with {len(theirs)} starts, {differ} of them in one answer only"
