"""Times taken in a second by sixteen clients, against bare inserts into the same table."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.report import Finding
from benchmarks.stage import list_databases, run_part

if TYPE_CHECKING:
    from miedza.practice.models import Practitioner

CLIENTS, EACH, ROUNDS = 16, 160, 5
MOST_TIMES = 2.0
"""Bare inserts may be so many times as fast: at least half as many times are taken."""
BEGINNING = datetime(2026, 3, 2, tzinfo=UTC)

Deed = Callable[[Any, datetime], None]


def measure() -> list[Finding]:
    """Measure on both databases."""
    findings = []
    with list_databases() as databases:
        for name, surroundings in databases.items():
            found = run_part("commits", surroundings)
            inserted = found["insert"]
            for deed, limit in (("take", MOST_TIMES), ("book", None)):
                ratio = median(i / t for t, i in zip(found[deed], inserted, strict=True))
                what = {"take": "times taken", "book": "whole bookings with letters"}[deed]
                findings.append(
                    Finding(
                        "commits", f"{what} by {CLIENTS} clients, {name}", "bare inserts",
                        median(found[deed]), median(inserted), "/s", limit, paired=ratio,
                        note="the ratio is theirs by ours: 2 is half as many",
                    )
                )  # fmt: skip
    return findings


def run() -> dict[str, Any]:
    """Measure: each client has a practice and a connection of its own."""
    stages = [_set_stage(number) for number in range(CLIENTS)]
    rates: dict[str, list[float]] = {"insert": [], "take": [], "book": []}
    deeds: dict[str, tuple[Deed, int]] = {
        "insert": (_insert, EACH), "take": (_take, EACH), "book": (_book, 3),
    }  # fmt: skip
    hour = 0
    for turn in range(ROUNDS + 1):
        for name, (deed, each) in deeds.items():
            spent = _race(stages, deed, each, BEGINNING + timedelta(hours=hour))
            hour += each + 1
            if turn:
                rates[name].append(CLIENTS * each / spent)
    return dict(rates)


def _race(stages: list[Any], deed: Deed, each: int, first: datetime) -> float:
    """Let all clients do the same at once; the seconds it took.

    Each has a connection of its own: in a thread on SQLite, in a process on PostgreSQL, as the
    product serves there.
    """
    from django.db import connection, connections

    connections.close_all()
    if connection.vendor == "sqlite":
        begin, gate = threading.Thread, threading.Barrier(CLIENTS + 1)
    else:
        several: Any = multiprocessing.get_context("fork")
        begin, gate = several.Process, several.Barrier(CLIENTS + 1)

    def work(stage: Any) -> None:
        connections["default"].ensure_connection()
        gate.wait()
        for number in range(each):
            deed(stage, first + timedelta(hours=number))
        gate.wait()
        connections.close_all()

    clients = [begin(target=work, args=[stage]) for stage in stages]
    for client in clients:
        client.start()
    gate.wait()
    began = time.perf_counter()
    gate.wait()
    spent = time.perf_counter() - began
    for client in clients:
        client.join()
    return spent


def _set_stage(number: int) -> Any:
    """A practice with somebody who has accepted its rules."""
    from tests.agreements.agreeing import accept
    from tests.bookings.offered import offer
    from tests.cast import ANNAS_TERMS, make_person, make_practitioner

    practitioner = make_practitioner(f"anna{number} Zielińska", terms=ANNAS_TERMS)
    offer(practitioner)
    person = make_person(practitioner, "Ola Żółć")
    accept(practitioner, person)
    return practitioner, person


def _insert(stage: Any, starts_at: datetime) -> None:
    """A bare insert: one row, one transaction, nothing asked."""
    from miedza.bookings.models import Taken
    from miedza.db.ids import make_id

    practitioner: Practitioner = stage[0]
    Taken.across.create(
        id=make_id(), practice_id=practitioner.practice_id, practitioner_id=practitioner.id,
        calendar_key=practitioner.calendar_key, starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
    )  # fmt: skip


def _take(stage: Any, starts_at: datetime) -> None:
    """The one action by which every booking gets its time: lock, look, insert."""
    from django.db import transaction

    from miedza.bookings.taking import refusing_overlap, take
    from miedza.practice.actions import lock_practice

    practitioner: Practitioner = stage[0]
    with refusing_overlap(), transaction.atomic():
        lock_practice(practice_id=practitioner.practice_id)
        take(practitioner=practitioner, starts_at=starts_at, minutes=60, now=BEGINNING)


def _book(stage: Any, starts_at: datetime) -> None:
    """A whole booking: ledger, calendar, rulings, letters."""
    from tests.cast import BOOKED, book

    practitioner, person = stage
    book(practitioner, person, starts_at, now=BOOKED)
