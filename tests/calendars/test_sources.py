"""Other calendars of a practitioner: added, claimed by one worker at a time, tried again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.calendars import actions, queries
from miedza.calendars.models import Source
from miedza.db.encryption import SealBroken
from miedza.db.ids import make_id
from tests.bookings.racing import race
from tests.calendars.providers import add
from tests.cast import BOOKED, Cast

if TYPE_CHECKING:
    import uuid

    from miedza.practice.models import Practitioner

pytestmark = pytest.mark.django_db

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
URL = "https://calendars.example/anna"
SECRET = "hasło do kalendarza"


def _say(practitioner: Practitioner, source_id: uuid.UUID) -> Source:
    """Add a calendar under an id, as a form does that may be sent twice."""
    return actions.add_source(
        practitioner=practitioner, kind="caldav", name="Private", writes=True, shown="names",
        account=queries.Account(URL, "anna", SECRET), now=BOOKED, id=source_id,
    )  # fmt: skip


def test_source_that_is_added_is_read_at_once(cast: Cast) -> None:
    source = add(cast.anna, URL)

    assert queries.list_sources(practitioner=cast.anna) == [source]
    assert (source.fetch_at, source.fetched_at, source.code) == (BOOKED, None, "")
    assert queries.list_sources(practitioner=cast.borys) == []
    assert queries.find_source(practitioner=cast.borys, source_id=source.id) is None


def test_source_that_is_added_twice_is_one(cast: Cast) -> None:
    source_id = make_id()

    assert _say(cast.anna, source_id) == _say(cast.anna, source_id)

    assert len(queries.list_sources(practitioner=cast.anna)) == 1


def test_more_sources_than_can_be_read_are_refused(cast: Cast) -> None:
    for _ in range(actions.MOST_SOURCES):
        add(cast.anna, URL)

    with pytest.raises(actions.TooManySources):
        add(cast.anna, URL)

    add(cast.borys, URL)
    assert len(queries.list_sources(practitioner=cast.anna)) == actions.MOST_SOURCES


def test_only_a_server_can_be_written(cast: Cast) -> None:
    file = add(cast.anna, URL, writes=True)
    server = add(cast.anna, URL, writes=True, username="anna")

    assert (file.writes, server.writes) == (False, True)
    assert queries.list_writing(
        practice_id=cast.anna.practice_id, practitioner_id=cast.anna.id
    ) == [server]


def test_address_and_password_are_kept_sealed(cast: Cast) -> None:
    source = _say(cast.anna, make_id())

    (row,) = Source.objects.of(cast.anna.practice_id).values_list()
    kept = b" ".join(bytes(v) if isinstance(v, memoryview) else repr(v).encode() for v in row)
    assert not [word for word in (URL, "anna", "hasło", "has\\xc5") if word.encode() in kept]
    assert queries.read_account(source)[:3] == (URL, "anna", SECRET)


def test_account_of_one_source_opens_no_other(cast: Cast) -> None:
    one, other = _say(cast.anna, make_id()), add(cast.anna, URL)
    other.sealed_text = one.sealed_text

    with pytest.raises(SealBroken):
        queries.read_account(other)


def test_claimed_source_is_left_to_its_worker_while_the_lease_lasts(cast: Cast) -> None:
    source = add(cast.anna, URL)

    assert actions.claim_source(now=BOOKED - MINUTE) is None
    assert actions.claim_source(now=BOOKED) == source
    assert actions.claim_source(now=BOOKED + actions.LEASE - MINUTE) is None
    assert actions.claim_source(now=BOOKED + actions.LEASE) == source


def test_source_that_waits_longest_is_claimed_first(cast: Cast) -> None:
    late, early = add(cast.anna, URL), add(cast.borys, URL, now=BOOKED - HOUR)

    claimed = [actions.claim_source(now=BOOKED) for _ in range(3)]

    assert claimed == [early, late, None]


def test_claimed_source_comes_with_its_practice(cast: Cast) -> None:
    add(cast.borys, URL)

    source = actions.claim_source(now=BOOKED)

    assert source is not None
    assert source.practice == cast.borys.practice
    assert source.practitioner == cast.borys


@pytest.mark.parametrize(
    ("retry_after", "pause"),
    [(None, 10 * MINUTE), (0, 10 * MINUTE), (7200, 2 * HOUR), (10**9, DAY)],
)
def test_failure_is_noted_with_its_pause(
    cast: Cast, retry_after: int | None, pause: timedelta
) -> None:
    source = add(cast.anna, URL)

    actions.mark_failed(source=source, code="busy", now=BOOKED, retry_after=retry_after)

    source.refresh_from_db()
    assert (source.code, source.failures, source.fetch_at) == ("busy", 1, BOOKED + pause)
    assert queries.count_failing(practitioner=cast.anna) == 1
    assert queries.count_failing(practitioner=cast.borys) == 0


def test_source_that_is_to_be_read_again_is_due_and_unknown(cast: Cast) -> None:
    source = add(cast.anna, URL)
    Source.objects.of(source.practice_id).update(digest="d", mark="m", events=3, fetched_at=BOOKED)
    source.refresh_from_db()

    actions.read_again(source=source, now=BOOKED + HOUR)

    source.refresh_from_db()
    told = (source.fetch_at, source.digest, source.mark, source.events, source.fetched_at)
    assert told == (BOOKED + HOUR, "", "", 3, BOOKED)


def test_settled_source_is_read_at_once_and_one_to_choose_from_later(cast: Cast) -> None:
    source = add(cast.anna, URL, username="anna", is_found=False)
    account = queries.read_account(source)

    actions.settle_source(
        source=source, account=account._replace(found=[[URL, "Dom", "w"]]), code="choose",
        now=BOOKED,
    )  # fmt: skip
    source.refresh_from_db()
    assert (source.code, source.fetch_at) == ("choose", BOOKED + actions.LONGEST_PAUSE)

    actions.settle_source(
        source=source, account=account._replace(is_found=True), code="", now=BOOKED + HOUR
    )
    source.refresh_from_db()
    assert (source.code, source.fetch_at) == ("", BOOKED + HOUR)
    assert queries.read_account(source) == account._replace(is_found=True)


def test_settling_what_was_removed_brings_nothing_back(cast: Cast) -> None:
    source = add(cast.anna, URL)
    actions.remove_source(source=source)

    actions.settle_source(source=source, account=queries.Account(URL), code="", now=BOOKED)
    actions.mark_failed(source=source, code="failing", now=BOOKED)

    assert queries.list_sources(practitioner=cast.anna) == []


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_claim_each_source_once(standing_cast: Cast) -> None:
    sources = {add(standing_cast.anna, URL).id for _ in range(9)}
    claimed: list[uuid.UUID] = []

    def work() -> None:
        while source := actions.claim_source(now=BOOKED):
            claimed.append(source.id)

    assert race([work] * 3) == {"done": 3}

    assert len(claimed) == 9
    assert set(claimed) == sources
