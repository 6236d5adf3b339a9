"""Nobody can write letters without end: so many acts an hour, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.ledger.models import Event
from miedza.web.access import ACTS_AN_HOUR
from tests.cast import book
from tests.web.clients import give_place, mine, sign_agreement
from tests.web.pages import dump_rows, present, read, yesterday_at

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture(autouse=True)
def _in_one_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """No hour strikes meanwhile."""
    monkeypatch.setattr("miedza.web.access.time", lambda: 0)


def test_after_so_many_acts_an_hour_a_client_has_to_wait(cast: Cast, db: None) -> None:
    ola, marek = give_place(cast.anna, cast.ola), give_place(cast.anna, cast.marek)
    sign_agreement(cast.anna, cast.ola)
    bookings = [
        book(cast.anna, person, yesterday_at(hour, days=-1), now=present())
        for person, hour in ((cast.ola, 9), (cast.marek, 12))
    ]
    address = mine("my_request", bookings[0])
    for number in range(ACTS_AN_HOUR):
        assert ola.post(address, {"text": f"Wish {number}"}).status_code == 302
    before = dump_rows()

    refused = ola.post(address, {"text": "One more"})

    assert refused.status_code == 429
    assert "this was left undone. Wait a while, then try it again." in read(refused)
    assert dump_rows() == before
    assert Event.objects.of(cast.anna.practice_id).count() == ACTS_AN_HOUR
    assert ola.get(mine("my_meeting", bookings[0])).status_code == 200  # Reading goes on.
    of_marek = marek.post(mine("my_request", bookings[1]), {"text": "Mine"})
    assert of_marek.status_code == 302
