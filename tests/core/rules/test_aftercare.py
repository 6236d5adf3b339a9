"""Aftercare: days that rise."""

from __future__ import annotations

from typing import Any

import pytest

from miedza.core.rules.aftercare import check_days


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ([1], None),
        ([21, 90, 180, 365], None),
        ([1_000_000], None),
        ([], "must be a list of at least one"),
        ((21, 90), "must be a list of at least one"),
        ([21, 90, 90], "must be strictly rising"),
        ([90, 21], "must be strictly rising"),
        ([0], "must hold only whole numbers from 1 to 1000000"),
        ([1_000_001], "must hold only whole numbers from 1 to 1000000"),
        ([True], "must hold only whole numbers from 1 to 1000000"),
    ],
)
def test_days_are_whole_and_rise(days: Any, wrong: str | None) -> None:
    assert check_days(days) == wrong
