"""A series is looked at as a whole before any of it is booked, and keeps to its clock."""

from __future__ import annotations

import copy
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings.actions import strike
from miedza.bookings.hours import take_off
from miedza.bookings.limits import MOST_AHEAD, Blocked, NoMoreFree, TooManyAhead
from miedza.bookings.models import Booking, Taken
from miedza.bookings.reserving import ChangedMeanwhile, NotAccepted, NotOffered, PaymentDue
from miedza.bookings.series import MOST, book_series, list_series, list_starts, look_ahead
from miedza.bookings.taking import SlotTaken
from miedza.people.actions import block
from tests.bookings.asking import name_address, read_letters
from tests.bookings.keeping import (
    DAY,
    HOUR,
    MINUTE,
    TEN,
    ask_for,
    assert_sound,
    choose,
    count_rows,
    gather,
    kept_of,
    serve,
    spans,
    told_of,
)
from tests.bookings.offered import offer, open_to
from tests.cast import ANNAS_TERMS, BOOKED, FOUNDED, MONDAY, Cast, book, moment, publish_rules, tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

WARSAW, OLA, ANNA = "Europe/Warsaw", "ola@miedza.example", "anna@miedza.example"
TUESDAY = moment("2026-03-03 16:00")
"""Five o'clock in Warsaw."""


def _repeat(
    cast: Cast, starts: Sequence[datetime], *, by: str = "practitioner", **other: Any
) -> list[Booking]:
    """Book a series for Ola: her usual meeting where nothing else is said."""
    told = {"choice": choose(cast.ola), "now": BOOKED, **other}
    return book_series(practitioner=cast.anna, person=cast.ola, starts=starts, by=by, **told)


def _mondays(count: int, *, hour: timedelta = HOUR * 0) -> list[datetime]:
    return [MONDAY + hour + 7 * DAY * number for number in range(count)]


def _weeks(first: datetime, count: int) -> list[datetime]:
    return list_starts(first=first, weeks=1, count=count, zone=WARSAW)


def _open_long(cast: Cast, **limits: Any) -> None:
    """Let Ola book for half a year."""
    open_to(cast.anna, cast.ola, cast.marek, **{"horizon_days": 180, **limits})


def test_ten_tuesdays_stay_at_five_though_the_clocks_change(cast: Cast) -> None:
    starts = _weeks(TUESDAY, 10)

    booked = _repeat(cast, starts)

    assert [booking.starts_at.hour for booking in booked] == [16] * 4 + [15] * 6
    assert {row.wall[-5:] for row in Taken.across.all()} == {"17:00"}
    assert [booking.starts_at.date() - TUESDAY.date() for booking in booked] == [
        7 * DAY * number for number in range(10)
    ]
    assert_sound(cast.anna)


@pytest.mark.parametrize(
    ("first", "weeks", "count", "hours"),
    [
        # Half past two does not exist on 29 March: it is half past three, that once.
        ("2026-03-22 01:30", 1, 3, ["01:30", "01:30", "00:30"]),
        # On 25 October it comes twice: the first is meant, whichever of the two began it.
        ("2026-10-18 00:30", 1, 3, ["00:30", "00:30", "01:30"]),
        ("2026-10-25 01:30", 2, 2, ["00:30", "01:30"]),
        ("2026-10-24 22:30", 1, 2, ["22:30", "23:30"]),
    ],
)
def test_nights_in_which_the_clocks_change(
    first: str, weeks: int, count: int, hours: list[str]
) -> None:
    starts = list_starts(first=moment(first), weeks=weeks, count=count, zone=WARSAW)

    assert [f"{start:%H:%M}" for start in starts] == hours


def test_series_has_no_more_dates_than_it_may(cast: Cast) -> None:
    assert len(list_starts(first=MONDAY, weeks=1, count=MOST + 9, zone=WARSAW)) == MOST
    assert list_starts(first=MONDAY, weeks=1, count=0, zone=WARSAW) == []
    assert _repeat(cast, []) == []
    assert _repeat(cast, [], by="client") == []


def test_every_date_is_looked_at_before_anything_is_booked(cast: Cast) -> None:
    _open_long(cast)
    book(cast.anna, cast.marek, MONDAY + 30 * MINUTE)
    gather(cast.anna, MONDAY + 7 * DAY)
    asked = ask_for(cast.anna, cast.marek, MONDAY + 14 * DAY)
    take_off(
        practitioner=cast.anna, starts_at=MONDAY + 21 * DAY, ends_at=MONDAY + 21 * DAY + MINUTE
    )
    starts = [*_mondays(4), MONDAY + 28 * DAY - HOUR, MONDAY + 35 * DAY + 9 * HOUR]
    choice = choose(cast.ola)

    dates = look_ahead(practitioner=cast.anna, choice=choice, starts=starts, now=BOOKED)
    later = look_ahead(practitioner=cast.anna, choice=choice, starts=starts, now=BOOKED + 3 * DAY)

    assert [each.conflict for each in dates] == [
        "taken", "taken", "taken", "off", "", "not_offered",
    ]  # fmt: skip
    assert [each.can_be_booked for each in dates] == [False, False, False, True, True, True]
    # What was kept until then is free.
    assert later[2].conflict == ""
    assert kept_of(asked) == ("wish", "")
    assert look_ahead(practitioner=cast.anna, choice=choice, starts=[], now=BOOKED) == []


@pytest.mark.parametrize("conflict", range(5))
def test_one_conflict_and_nothing_is_booked(cast: Cast, conflict: int) -> None:
    name_address(cast.ola, OLA)
    starts = _mondays(5)
    book(cast.anna, cast.marek, starts[conflict] + 59 * MINUTE)
    before = count_rows(cast.anna)

    with pytest.raises(SlotTaken):
        _repeat(cast, starts)

    assert count_rows(cast.anna) == before
    assert_sound(cast.anna)


def test_dates_that_meet_each_other_are_refused(cast: Cast) -> None:
    _open_long(cast, step_minutes=30)
    for by in ("practitioner", "client"):
        for starts in ([MONDAY, MONDAY], [MONDAY, MONDAY + 30 * MINUTE]):
            with pytest.raises(SlotTaken):
                _repeat(cast, starts, by=by)

    assert not Booking.across.exists()


def test_said_twice_it_is_one_series(cast: Cast) -> None:
    wanted = uuid.uuid4()

    made = [[booking.id for booking in _repeat(cast, _mondays(3), id=wanted)] for _ in range(3)]

    assert made[0] == made[1] == made[2]
    assert Booking.across.count() == 3
    listed = list_series(practice_id=cast.anna.practice_id, series=wanted)
    assert [booking.starts_at for booking in listed] == _mondays(3)
    assert list_series(practice_id=cast.borys.practice_id, series=wanted) == []
    assert len(_repeat(cast, _mondays(2, hour=HOUR), id=uuid.uuid4())) == 2


@pytest.mark.parametrize("by", ["practitioner", "client"])
def test_one_letter_tells_of_all(cast: Cast, by: str) -> None:
    _open_long(cast)
    name_address(cast.ola, OLA)

    _repeat(cast, _weeks(MONDAY, 10), by=by)

    told = [("series", ANNA), ("series", OLA)] if by == "client" else [("series", OLA)]
    assert told_of(cast.anna) == told
    lines = read_letters("series")[OLA].text.splitlines()
    days = [line for line in lines if line.startswith("Monday")]
    assert all(line.endswith(", 10:00, on the clocks of: Warsaw") for line in days)
    assert len(days) == 10
    assert len(set(days)) == 10


def test_single_meetings_of_a_series_are_cancelled_moved_and_struck(cast: Cast) -> None:
    booked = _repeat(cast, _mondays(4))
    tell(cast.anna, booked[0], "cancelled", "client", BOOKED)
    tell(cast.anna, booked[1], "moved", "client", BOOKED, to_at=booked[1].starts_at + HOUR)
    strike(practice=cast.anna.practice, booking_id=booked[2].id, now=BOOKED)

    assert spans(cast.anna) == ["03-09 10:00", "03-23 09:00"]
    assert_sound(cast.anna)


def test_client_is_told_where_one_of_a_series_is_struck(cast: Cast) -> None:
    name_address(cast.ola, OLA)
    booked = _repeat(cast, _mondays(3))

    strike(practice=cast.anna.practice, booking_id=booked[1].id, now=BOOKED)

    assert told_of(cast.anna) == [("series", OLA), ("stands", OLA)]


def test_client_repeats_only_what_is_on_offer(cast: Cast) -> None:
    _open_long(cast)
    for starts in ([MONDAY, TEN + DAY], [MONDAY, MONDAY + 1001 * DAY], [MONDAY, BOOKED - DAY]):
        with pytest.raises(SlotTaken):
            _repeat(cast, sorted(starts), by="client")
    take_off(practitioner=cast.anna, starts_at=MONDAY + 7 * DAY, ends_at=MONDAY + 8 * DAY)
    with pytest.raises(SlotTaken):
        _repeat(cast, _mondays(3), by="client")

    assert not Booking.across.exists()
    assert len(_repeat(cast, [MONDAY, MONDAY + 14 * DAY], by="client")) == 2


def test_client_repeats_no_group(cast: Cast) -> None:
    _open_long(cast)
    group = gather(cast.anna, MONDAY + 3 * HOUR)

    with pytest.raises(NotOffered):
        _repeat(cast, _mondays(2), by="client", choice=choose(group))


def test_client_repeats_under_the_rules_they_accepted_at_the_price_they_read(cast: Cast) -> None:
    offer(cast.anna, horizon_days=180)
    with pytest.raises(NotAccepted):
        _repeat(cast, _mondays(2), by="client")
    _open_long(cast)
    with pytest.raises(ChangedMeanwhile):
        _repeat(cast, _mondays(2), by="client", seen=(60, 19_999))
    block(practice=cast.anna.practice, person=cast.ola, now=BOOKED)
    with pytest.raises(Blocked):
        _repeat(cast, _mondays(2), by="client")

    assert not Booking.across.exists()


def test_limits_count_the_whole_series(cast: Cast) -> None:
    _open_long(cast)
    service = serve(cast.anna, most_ahead=3)
    with pytest.raises(TooManyAhead):
        _repeat(cast, _mondays(4), by="client", choice=choose(service))
    assert len(_repeat(cast, _mondays(3), by="client", choice=choose(service))) == 3

    with pytest.raises(TooManyAhead):
        _repeat(cast, _weeks(TEN, MOST_AHEAD - 2), by="client")
    assert len(_repeat(cast, _weeks(TEN, MOST_AHEAD - 3), by="client")) == 17
    assert len(_repeat(cast, _weeks(TEN + 5 * HOUR, 2))) == 2


@pytest.mark.parametrize(
    ("per_person", "per_month", "starts", "code"),
    [
        (3, 9, 4, "free_per_person"), (9, 4, 5, "free_per_month"), (9, 5, 6, None),
        (4, 9, 4, None),
    ],
)  # fmt: skip
def test_free_series_is_given_as_the_rules_say(
    cast: Cast, per_person: int, per_month: int, starts: int, code: str | None
) -> None:
    terms = copy.deepcopy(ANNAS_TERMS)
    terms["rules"]["free_session"] = {
        "minutes": 60, "per_person": per_person, "per_month": per_month, "invite_at_minute": 20,
    }  # fmt: skip
    publish_rules(cast.anna, terms, now=FOUNDED + HOUR)
    _open_long(cast)
    choice = choose(serve(cast.anna, kind="free"))

    # Five Mondays lie in March.
    if code is None:
        assert len(_repeat(cast, _mondays(starts), by="client", choice=choice)) == starts
        return
    with pytest.raises(NoMoreFree, match=code):
        _repeat(cast, _mondays(starts), by="client", choice=choice)
    assert not Booking.across.exists()


def test_client_repeats_nothing_that_would_have_to_be_paid_already(cast: Cast) -> None:
    terms = copy.deepcopy(ANNAS_TERMS)
    terms["rules"]["payment"] = {"due": "before_session", "hours": 11 * 24, "unpaid": "release"}
    publish_rules(cast.anna, terms, now=FOUNDED + HOUR)
    _open_long(cast)

    with pytest.raises(PaymentDue):
        _repeat(cast, _mondays(3), by="client")
    assert not Booking.across.exists()
    assert len(_repeat(cast, _mondays(3)[1:], by="client")) == 2
