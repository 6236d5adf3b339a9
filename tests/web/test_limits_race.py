"""Acts of one account at the same moment: not one more is let through than an hour allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.web.access import ACTS_AN_HOUR, _may_act
from tests.bookings.racing import race

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.mark.django_db(transaction=True)
def test_no_act_slips_through_beside_others(
    standing_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("miedza.web.access.time", lambda: 0)  # No hour strikes meanwhile.
    practice, user_id = standing_cast.anna.practice, 7
    allowed: list[bool] = []

    def act() -> None:
        allowed.extend(_may_act(practice, user_id) for _time in range(15))

    assert race([act] * 8) == {"done": 8}
    assert (len(allowed), sum(allowed)) == (120, ACTS_AN_HOUR)
