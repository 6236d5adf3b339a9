"""What another calendar says is taken over by its differences alone, and never lost by a fault."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from miedza.calendars.learning import AHEAD, BEHIND, learn, learn_nothing_new
from miedza.calendars.models import BusyTime, Source
from miedza.calendars.queries import list_busy
from miedza.core.calendars import Busy, Reading
from miedza.ledger.facts import to_instant
from tests.bookings.racing import race
from tests.calendars import providers
from tests.cast import BOOKED, MONDAY, Cast

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
START = to_instant(MONDAY)


def _busy(uid: str = "a", start: int = 0, hours: int = 1, name: str = "", **other: Any) -> Busy:
    """An hour on Monday, or so many seconds after it."""
    return Busy(uid, START + start, START + start + hours * 3600, name, **other)


def _learn(source: Source, busy: Sequence[Busy], **other: Any) -> bool:
    """Take over what a calendar says; each busy time is an event where nothing else is said."""
    told = {"events": len(busy), "unreadable": (), "now": BOOKED, "is_own": _is_nobodys, **other}
    reading = Reading(busy, told.pop("events"), told.pop("unreadable"))
    return learn(source=source, reading=reading, digest="digest", mark="mark", **told)


def _is_nobodys(_uid: str) -> bool:
    return False


def _ids(source: Source) -> dict[str, Any]:
    """The rows of a calendar, by what they say."""
    rows = BusyTime.objects.of(source.practice_id).filter(source_id=source.id)
    key = source.practice.key
    return {f"{row.starts_at} {row.ends_at} {row.open_text(key)}": row.id for row in rows}


@pytest.fixture
def source(cast: Cast) -> Source:
    return providers.add(cast.anna, "https://calendars.example/anna.ics")


def test_what_is_said_is_kept(source: Source) -> None:
    assert _learn(source, [_busy(name="Dentystka"), _busy("b", 3600, is_doubtful=True)])

    source.refresh_from_db()
    assert providers.list_busy(source) == ["03-02 09:00-10:00 Dentystka", "03-02 10:00-11:00 ?"]
    told = (source.code, source.failures, source.events, source.unreadable, source.mark)
    assert told == ("", 0, 2, 0, "mark")
    assert (source.fetched_at, source.fetch_at) == (BOOKED, BOOKED + timedelta(minutes=10))


def test_what_is_said_again_stays_the_same_row(source: Source) -> None:
    _learn(source, [_busy("a", 0), _busy("b", 3600), _busy("c", 7200)])
    before = _ids(source)

    _learn(source, [_busy("d", 9000), _busy("c", 7200), _busy("a", 0)])

    after = _ids(source)
    kept = {said: row for said, row in after.items() if said in before}
    assert len(kept) == 2
    assert kept.items() <= before.items()
    assert len(after) == 3


@pytest.mark.parametrize(
    "changed",
    [_busy("b"), _busy(name="Inaczej"), _busy(start=60), _busy(hours=2), _busy(is_doubtful=True)],
)
def test_what_is_said_otherwise_takes_the_place_of_what_was(source: Source, changed: Busy) -> None:
    _learn(source, [_busy()])
    (before,) = _ids(source).values()

    _learn(source, [changed])

    (after,) = _ids(source).values()
    assert after != before


def test_what_is_said_twice_is_one_row(source: Source) -> None:
    _learn(source, [_busy(), _busy(), _busy(name="x")])

    assert len(_ids(source)) == 2


def test_what_never_changes_asks_for_no_line_and_writes_one_row(source: Source) -> None:
    many = [_busy(str(number), number * 3600) for number in range(300)]
    _learn(source, many)

    with CaptureQueriesContext(connection) as asked:
        _learn(source, many[::-1])

    writes = [
        each["sql"] for each in asked if not each["sql"].startswith(("SELECT", "SAVE", "REL"))
    ]
    assert len(writes) == 1
    assert writes[0].startswith('UPDATE "calendars_source"')


def test_nothing_after_something_is_not_believed(source: Source) -> None:
    _learn(source, [_busy()])
    before = _ids(source)

    assert not _learn(source, [])

    source.refresh_from_db()
    assert (source.code, source.failures, source.events) == ("empty", 1, 1)
    assert _ids(source) == before


def test_events_that_take_no_time_are_believed_to_be_all(source: Source) -> None:
    _learn(source, [_busy()])

    assert _learn(source, [], events=3)

    assert _ids(source) == {}


def test_nothing_after_what_is_over_is_believed(source: Source) -> None:
    _learn(source, [_busy()])

    assert _learn(source, [], now=MONDAY + HOUR)

    source.refresh_from_db()
    assert (source.code, source.events, _ids(source)) == ("", 0, {})


def test_what_breaks_off_adds_and_deletes_nothing(source: Source) -> None:
    _learn(source, [_busy("a"), _busy("b", 3600)])

    assert not _learn(source, [_busy("a"), _busy("new", 7200)], is_whole=False)

    source.refresh_from_db()
    assert (source.code, source.failures, source.events, len(_ids(source))) == ("failing", 1, 2, 3)


def test_own_events_are_left_out(source: Source) -> None:
    _learn(source, [_busy("own"), _busy("other", 3600)], is_own=lambda uid: uid == "own")

    assert providers.list_busy(source) == ["03-02 10:00-11:00 "]


def test_event_that_turns_out_to_be_our_own_is_busy_no_more(source: Source) -> None:
    _learn(source, [_busy("own")])
    assert len(_ids(source)) == 1

    _learn(source, [_busy("own")], is_own=lambda _uid: True)

    assert _ids(source) == {}


def test_recovery_clears_the_code(source: Source) -> None:
    _learn(source, [_busy()])
    for _ in range(3):
        _learn(source, [])

    learn_nothing_new(source=source, now=BOOKED + HOUR)

    source.refresh_from_db()
    assert (source.code, source.failures, source.fetched_at) == ("", 0, BOOKED + HOUR)


def test_long_names_are_cut_and_strange_ones_are_kept(source: Source) -> None:
    _learn(source, [_busy("a", name="ż" * 500), _busy("b\0", 3600, name="\0\n\u2028🙂")])

    rows = BusyTime.objects.of(source.practice_id).order_by("starts_at")
    names = [row.open_text(source.practice.key) for row in rows]
    assert names == ["ż" * 200, "\0\n\u2028🙂"]


def test_span_reaches_further_than_anything_can_be_booked() -> None:
    assert timedelta(days=730 + 2) <= AHEAD
    assert BEHIND >= DAY


def test_busy_times_are_told_where_they_meet_a_span(cast: Cast, source: Source) -> None:
    _learn(source, [_busy("a", -3600), _busy("b", 0), _busy("c", 3600), _busy("d", 7200)])
    other = providers.add(cast.borys, "https://calendars.example/borys.ics")
    _learn(other, [_busy("e", 0)])
    span = {"since": MONDAY, "until": MONDAY + 2 * HOUR}

    rows = list_busy(practitioner=cast.anna, **span)

    assert [to_instant(row.starts_at) for row in rows] == [START, START + 3600]


SAID = st.lists(
    st.builds(
        _busy, uid=st.sampled_from("abc"), start=st.integers(0, 4), hours=st.integers(1, 2),
        name=st.sampled_from(["", "x"]), is_doubtful=st.booleans(),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@given(st.lists(SAID, min_size=1, max_size=4))
@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_known_is_what_was_said_last(source: Source, said: list[list[Busy]]) -> None:
    for busy in said:
        assert _learn(source, busy)

    rows = list_busy(practitioner=source.practitioner, since=MONDAY, until=MONDAY + DAY)
    known = [
        (to_instant(row.starts_at), to_instant(row.ends_at), row.open_text(source.practice.key),
         row.is_doubtful)
        for row in rows
    ]  # fmt: skip
    wanted = {(each.uid, each[1:]) for each in said[-1]}
    assert sorted(known) == sorted(rest for _uid, rest in wanted)


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_that_learn_the_same_leave_it_once(standing_cast: Cast) -> None:
    source = providers.add(standing_cast.anna, "https://calendars.example/anna.ics")
    many = [_busy(str(number), number * 3600) for number in range(50)]

    def work() -> None:
        found = Source.objects.of(source.practice_id).select_related("practice").get()
        assert _learn(found, many)

    assert race([work] * 4) == {"done": 4}

    assert len(_ids(source)) == 50
