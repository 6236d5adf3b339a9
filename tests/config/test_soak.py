"""What `make soak` shows ten thousand times, here a few hundred times: over HTTP, on one server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from soak import house, keys, slot

if TYPE_CHECKING:
    from pathlib import Path

ON = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"


@pytest.fixture(scope="module", autouse=True)
def _ready() -> None:
    """Assets and catalogues are built, as `make run` builds them."""
    from tools.ready import make_ready

    make_ready()


def test_of_two_hundred_who_want_one_slot_at_once_one_gets_it(tmp_path: Path) -> None:
    holds, figures = slot.run_wave(tmp_path, database=ON, attempts=210)

    assert holds, figures
    assert figures == {
        "attempts": 210, "got it": 1, "told with other times": 209, "standing": 1,
    }  # fmt: skip


def test_form_that_is_sent_twenty_times_does_its_work_once(tmp_path: Path) -> None:
    holds, figures = keys.run_batch(tmp_path, database=ON, number=0, each=12)

    assert holds, figures
    assert figures == {
        "keys": 12, "sent": 12 * 21, "answered alike": 12, "booked": 12,
        "changed and asked about": 12, "302": 12 * 21,
    }  # fmt: skip


def test_whoever_moves_there_again_has_it_once() -> None:
    shots = [house.Shot(f"/my/1/meetings/{meeting}/move/", {}, "") for meeting in (1, 2, 1)]
    there, gone = house.Answer(302, "/my/1/meetings/1/", ""), house.Answer(409, "", "?at=1")

    kinds = slot.judge_all(shots, [there, gone, there])

    assert kinds == ["got it", "told with other times", "has it already"]
