"""Bookings of before are brought forward: each takes its time where all times now stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.bookings.before_times import MANY
from tests.config.installing import KIND, make_installation

if TYPE_CHECKING:
    from tests.config.installing import Installation

ALONE = [None, None, None, 1, 0, 1000]
"""Of no group and no service, for good, and all seats: as one meets one-to-one."""


class Moved(NamedTuple):
    """An installation that was brought forward."""

    installation: Installation
    bookings: list[dict[str, Any]]
    others: int
    """Times that are taken by something else than a booking."""


def _run(installation: Installation, *steps: str) -> str:
    ended = installation.run("-m", "tests.bookings.before_times", *steps)
    assert ended.code == 0, ended.refused
    return ended.said


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Moved:
    """Two practices with bookings of before, in the tables of now."""
    installation = make_installation(KIND, tmp_path_factory.mktemp("before") / "data")
    _run(installation, "fill")
    told = json.loads(_run(installation, "forward", "look"))
    return Moved(installation, told["bookings"], told["others"])


def test_every_booking_takes_its_time_as_before(moved: Moved) -> None:
    assert len(moved.bookings) == 7 + MANY
    assert moved.others == 0
    assert all(each["as_before"] for each in moved.bookings)
    assert all(each["alone"] == ALONE for each in moved.bookings)


def test_only_what_was_cancelled_leaves_its_time_free(moved: Moved) -> None:
    free = [each["wall"] for each in moved.bookings if not each["occupies"]]

    assert free == ["2026-03-02T11:00"]


def test_start_is_written_on_the_clocks_of_each_practice(moved: Moved) -> None:
    walls = [(each["practice"], each["wall"], each["zone"]) for each in moved.bookings]

    assert walls[:7] == [
        ("Anna", "2026-03-02T10:00", "Europe/Warsaw"),
        ("Anna", "2026-10-25T02:30", "Europe/Warsaw"),
        ("Anna", "2026-10-25T02:30+", "Europe/Warsaw"),  # The clocks went back in between.
        ("Anna", "2026-03-02T11:00", "Europe/Warsaw"),
        ("Anna", "2026-03-02T11:30", "Europe/Warsaw"),
        ("Zoe", "2026-03-02T04:00", "America/New_York"),
        ("Zoe", "2026-11-01T01:30+", "America/New_York"),
    ]
    assert len({wall for _name, wall, _zone in walls[7:]}) == MANY


def test_overlap_with_a_booking_of_before_is_refused(moved: Moved) -> None:
    assert _run(moved.installation, "overlap").splitlines() == [
        "Anna 2026-03-02 09:15 refused",
        "Anna 2026-03-02 10:00 taken",  # Of what was cancelled.
        "Anna 2026-10-25 01:45 refused",
        "Zoe 2026-03-02 09:15 refused",
        "Zoe 2026-03-02 10:00 taken",
        "Zoe 2026-10-25 01:45 taken",
    ]
