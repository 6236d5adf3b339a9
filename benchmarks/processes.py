"""A process with all that it starts: who belongs to it, and how much memory they take."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")


class Process(NamedTuple):
    """A process, told apart from a later one that is given the same number."""

    pid: int
    began: int
    """Clock ticks from the start of the machine to its own."""


class _Place(NamedTuple):
    """Where a process belongs."""

    parent: int
    session: int


def find_tree(leader: int) -> set[Process]:
    """The processes that descend from one, or belong to its session; without those that ended."""
    running = _read_all()
    tree = {process for process, place in running.items() if leader in (process.pid, place.session)}
    while True:
        pids = {process.pid for process in tree}
        grown = {process for process, place in running.items() if place.parent in pids} - tree
        if not grown:
            return tree
        tree |= grown


def find_running(processes: set[Process]) -> set[Process]:
    """Those that have not ended."""
    return processes & _read_all().keys()


def sum_memory(processes: set[Process]) -> float:
    """The memory of processes in MB: what they share is counted once."""
    return sum(_read_kilobytes(process.pid) for process in processes) / 1024


def _read_all() -> dict[Process, _Place]:
    """All processes of the machine that have not ended."""
    running = {}
    for entry in PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            # After the name in parentheses: state, parent, group, session, … start as the 20th.
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # It has just ended.
        if fields[0] != "Z":
            process = Process(int(entry.name), int(fields[19]))
            running[process] = _Place(int(fields[1]), int(fields[3]))
    return running


def _read_kilobytes(pid: int) -> int:
    """The proportional set size of a process, or else its resident one; 0 where it has ended."""
    for name, field in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        try:
            text = (PROC / str(pid) / name).read_text()
        except OSError:
            continue  # Not allowed, or it has just ended.
        for line in text.splitlines():
            if line.startswith(field):
                return int(line.split()[1])
    return 0
