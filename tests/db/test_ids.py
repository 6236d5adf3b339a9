"""Ids sort by the time they were made, and none is made twice."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from miedza.db import ids

if TYPE_CHECKING:
    import uuid


def test_id_is_of_version_7_and_tells_its_time() -> None:
    before = time.time_ns() // 1_000_000
    made = ids.make_id()
    after = time.time_ns() // 1_000_000

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert before - 1 <= made.int >> 80 <= after + 1


def test_ids_rise_also_when_many_are_made_at_once() -> None:
    made = [ids.make_id() for _ in range(20_000)]

    assert made == sorted(set(made))


def test_ids_rise_though_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first = ids.make_id()
    monkeypatch.setattr(time, "time_ns", lambda: 0)

    assert first < ids.make_id() < ids.make_id()


def test_threads_make_no_id_twice() -> None:
    def make(_index: int) -> list[uuid.UUID]:
        return [ids.make_id() for _ in range(2_000)]

    with ThreadPoolExecutor(8) as pool:
        made = [one for some in pool.map(make, range(8)) for one in some]

    assert len(set(made)) == 16_000


def test_derived_id_is_one_for_what_is_said_and_another_for_all_else() -> None:
    first, other = ids.make_id(), ids.make_id()

    derived = ids.derive_id(first, "paid", "50")

    assert derived == ids.derive_id(first, "paid", "50")
    assert derived.int >> 62 == first.int >> 62
    apart = {first, derived, ids.derive_id(first), ids.derive_id(first, "paid50")}
    apart |= {ids.derive_id(other, "paid", "50"), ids.derive_id(first, "paid", "5", "0")}
    assert len(apart) == 6
