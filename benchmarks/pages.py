"""The public booking page with a year of bookings, against an empty page on the same server."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from benchmarks.report import Finding
from benchmarks.stage import list_databases, run_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGE, EMPTY = "/with/anna/lesson/", "/empty/"
CLIENTS, SECONDS, ROUNDS = 16, 2.0, 5
MOST_TIMES = 1 / 0.6
"""The empty page may be so many times as fast: the page serves at least 60 % as many."""
SPREAD = 10.0
"""The slowest of a hundred answers may take so many times as long as the middle one."""


def measure() -> list[Finding]:
    """Measure on both databases."""
    findings = []
    with list_databases() as databases:
        for name, surroundings in databases.items():
            run_part("pages", surroundings)
            with _serving(surroundings) as port:
                findings.extend(_compare(name, port))
                with _changing(surroundings):
                    findings.append(_compare_changing(name, port))
    return findings


def run() -> dict[str, Any]:
    """Set the stage: a practice with a public page, hours, a service and a year of bookings."""
    from miedza.bookings.hours import Limits, set_hours
    from miedza.bookings.models import Taken
    from miedza.bookings.services import define_service
    from miedza.db.ids import make_id
    from miedza.practice.actions import open_pages
    from tests.cast import ANNAS_TERMS, make_practitioner

    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    anna = make_practitioner("Anna Zielińska", terms=ANNAS_TERMS)
    hours = [["09:00", "18:00"]]
    set_hours(
        practitioner=anna, weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), hours),
        limits=Limits(15, 15, 120, 60, None),
    )  # fmt: skip
    define_service(
        practice=anna.practice, service_id=make_id(), leaders=[anna], where="", now=now,
        name="Lesson", about="", kind="paid", minutes=50, price_minor=20_000, seats=1,
        place="video", languages=["pl"], who="anyone", way="at_once", buffer_before=0,
        buffer_after=None, notice_minutes=None, horizon_days=None, step_minutes=None,
        max_per_day=None, max_per_week=None, most_ahead=None,
    )  # fmt: skip
    open_pages(practice=anna.practice, slug="anna", now=now)
    Taken.across.bulk_create(
        Taken(
            practice=anna.practice, practitioner_id=anna.id, calendar_key=anna.calendar_key,
            starts_at=now + timedelta(hours=6 * n), ends_at=now + timedelta(hours=6 * n + 1),
        )
        for n in range(-700, 760)
    )  # fmt: skip
    return {}


@contextmanager
def _serving(surroundings: Mapping[str, str]) -> Iterator[int]:
    """The product's own server; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    env = {
        **os.environ, **surroundings, "MIEDZA_PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "benchmarks.surroundings",
    }  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "miedza.config.prepare"], env=env, check=True, cwd=_ROOT,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "miedza.config.pages", "--interface", "wsgi", "--host", "127.0.0.1",
         "--port", str(port), "--workers", "2", "--blocking-threads", "4", "--no-ws",
         "miedza.config.wsgi:application"],
        env=env, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


@contextmanager
def _changing(surroundings: Mapping[str, str]) -> Iterator[None]:
    """Let the practice change meanwhile."""
    changing = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.stage", "changing"], env={**os.environ, **surroundings},
        cwd=_ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        said = changing.stdout.readline() if changing.stdout else ""
        if said.strip() != "ready":
            raise RuntimeError("the practice does not change")
        yield
    finally:
        changing.kill()
        changing.wait(timeout=20)


_ROOT = Path(__file__).parent.parent


def _wait_for(port: int) -> None:
    """Wait until both pages answer."""
    for _try in range(200):
        with suppress(OSError):
            if all(_ask(_connect(port), page) == 200 for page in (PAGE, EMPTY)):
                return
        time.sleep(0.2)
    raise RuntimeError("the pages do not answer")


def _connect(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("localhost", port, timeout=30)


def _ask(connection: http.client.HTTPConnection, page: str) -> int:
    """Ask for a page; its status."""
    connection.request("GET", page, headers={"Host": "localhost"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _compare(name: str, port: int) -> list[Finding]:
    """Ask for both pages in turns."""
    spent: dict[str, list[float]] = {PAGE: [], EMPTY: []}
    rates: dict[str, list[float]] = {PAGE: [], EMPTY: []}
    for turn in range(ROUNDS + 1):
        for page in (PAGE, EMPTY):
            times = _load(port, page)
            if turn:
                spent[page].extend(times)
                rates[page].append(len(times) / SECONDS)
    paired = median(e / p for p, e in zip(rates[PAGE], rates[EMPTY], strict=True))
    middle, slow = median(spent[PAGE]), quantiles(spent[PAGE], n=100)[98]
    return [
        Finding(
            "pages", f"booking page, answers a second, {name}", "empty page",
            median(rates[PAGE]), median(rates[EMPTY]), "/s", MOST_TIMES, paired=paired,
            note="the ratio is theirs by ours: 1.67 is 60 %",
        ),
        Finding(
            "pages", f"booking page, slowest of 100, {name}", "its middle answer", slow, middle,
            "ms", SPREAD,
        ),
    ]  # fmt: skip


def _compare_changing(name: str, port: int) -> Finding:
    """The same while the practice changes ten times a second: what is kept of it is worth less."""
    rates: dict[str, list[float]] = {PAGE: [], EMPTY: []}
    for _turn in range(ROUNDS):
        for page in (PAGE, EMPTY):
            rates[page].append(len(_load(port, page)) / SECONDS)
    paired = median(e / p for p, e in zip(rates[PAGE], rates[EMPTY], strict=True))
    return Finding(
        "pages", f"the same with ten changes a second, {name}", "empty page",
        median(rates[PAGE]), median(rates[EMPTY]), "/s", None, paired=paired,
    )  # fmt: skip


def _load(port: int, page: str) -> list[float]:
    """Ask for a page by many clients at once, for some seconds; the milliseconds of each answer."""
    until = time.perf_counter() + SECONDS
    spent: list[float] = []

    def ask() -> None:
        connection, mine = _connect(port), []
        while (began := time.perf_counter()) < until:
            if _ask(connection, page) != 200:
                raise RuntimeError(f"{page} does not answer")
            mine.append((time.perf_counter() - began) * 1000)
        spent.extend(mine)

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return spent
