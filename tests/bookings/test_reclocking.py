"""A zone changes its rules: what was agreed stays at its hour there, and the client is told."""

from __future__ import annotations

import json
import zoneinfo
from datetime import timedelta
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from miedza.bookings.entries import list_entries
from miedza.bookings.hours import list_time_off, take_off
from miedza.bookings.lapsing import lapse_due
from miedza.bookings.models import Booking, Kept, Taken
from miedza.bookings.proposing import agree
from miedza.bookings.reclocking import keep_walls
from miedza.bookings.wishing import give
from miedza.calendars.models import Shown
from miedza.ledger.foreseeing import Foresight
from miedza.ledger.models import Shift
from miedza.ledger.queries import find_least_notice, find_meeting
from miedza.practice.models import Practice
from tests.bookings.asking import name_address, read_letters
from tests.bookings.keeping import (
    ask_for,
    assert_sound,
    gather,
    list_dates,
    propose,
    spans,
    take_of,
)
from tests.bookings.offered import free, open_to
from tests.calendars.providers import add
from tests.cast import BOOKED, MONDAY, book, look, moment, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cast import Cast

    Change = Callable[[], None]

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
APRIL = moment("2026-04-13 08:00")
"""Ten o'clock in Warsaw while the clocks there are put forward."""
OLAS = "ola@elsewhere.example"
NEW = "2027.1"


@pytest.fixture
def abolished(tmp_path: Path) -> Iterator[Change]:
    """From now on, Poland puts its clocks forward no more."""
    packed = resources.files("tzdata.zoneinfo").joinpath("Africa", "Algiers").read_bytes()
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Warsaw").write_bytes(packed)

    def change() -> None:
        zoneinfo.reset_tzpath(to=[tmp_path])
        zoneinfo.ZoneInfo.clear_cache()

    yield change
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()


def follow_clocks(cast: Cast) -> int:
    """Let the clock look at both practices by the new rules."""
    shifted = keep_walls(now=BOOKED, rules=NEW)
    assert keep_walls(now=BOOKED, rules=NEW) == 0
    assert_sound(cast.anna)
    return shifted


def test_meeting_stays_at_its_hour_and_its_client_is_told(cast: Cast, abolished: Change) -> None:
    name_address(cast.ola, OLAS)
    booking = book(cast.anna, cast.ola, APRIL)
    before = list_entries([booking], practice_id=booking.practice_id, side="client")[0]
    winter = book(cast.anna, cast.ola, MONDAY)

    abolished()
    assert follow_clocks(cast) == 1

    now = look(cast.anna, booking.id)
    assert (now.starts_at, now.ends_at) == (APRIL + HOUR, APRIL + 2 * HOUR)
    assert now.remind_at == now.starts_at - timedelta(hours=24)
    assert look(cast.anna, winter.id).starts_at == MONDAY
    letter = read_letters("clocks")[OLAS]
    assert "The rules for the clocks of Warsaw have changed." in letter.text
    assert "10:00" in letter.text
    told = letter.entries[0]
    assert (told["uid"], told["starts_at"]) == (before.uid, int(now.starts_at.timestamp()))
    assert told["sequence"] > before.sequence


def test_group_to_which_nobody_comes_yet_is_written_elsewhere_at_its_new_time(
    cast: Cast, abolished: Change
) -> None:
    add(cast.anna, "https://calendars.example/anna/", username="anna", writes=True)
    gather(cast.anna, APRIL)
    gather(cast.anna, MONDAY)

    abolished()
    follow_clocks(cast)

    written = [
        json.loads(shown.open_text(cast.anna.practice.key))["starts_at"]
        for shown in Shown.objects.of(cast.anna.practice_id).order_by("sequence")
    ]
    assert written == [int(at.timestamp()) for at in (MONDAY, APRIL + HOUR)]


def test_rules_judge_by_the_instant_at_which_it_now_begins(cast: Cast, abolished: Change) -> None:
    booking = book(cast.anna, cast.ola, APRIL)
    meeting = find_meeting(practice_id=booking.practice_id, meeting_id=booking.id)
    at = APRIL - timedelta(hours=47, minutes=30)  # Too late before, in time by the new clocks.
    assert meeting is not None
    was = Foresight(meeting, "practitioner").ask("cancelled", "client", at=at)

    abolished()
    follow_clocks(cast)

    meeting = find_meeting(practice_id=booking.practice_id, meeting_id=booking.id)
    assert meeting is not None
    becomes = Foresight(meeting, "practitioner").ask("cancelled", "client", at=at)
    assert was is not None
    assert becomes is not None
    assert (was.reason, becomes.reason) == ("late_cancel", "cancelled_in_time")


def test_start_that_was_moved_shifts_as_the_move_left_it(cast: Cast, abolished: Change) -> None:
    booking = book(cast.anna, cast.ola, MONDAY)
    told = tell(cast.anna, booking, "moved", "client", BOOKED, to_at=APRIL)

    abolished()
    assert follow_clocks(cast) == 1
    assert Shift.across.get().event_id == told.id
    assert look(cast.anna, booking.id).starts_at == APRIL + HOUR

    later = APRIL + timedelta(days=7)
    tell(cast.anna, booking, "moved", "client", BOOKED + HOUR, to_at=later)
    assert look(cast.anna, booking.id).starts_at == later
    meeting = find_meeting(practice_id=booking.practice_id, meeting_id=booking.id)
    assert meeting is not None
    assert find_least_notice(meeting, by="client") == (MONDAY - BOOKED).total_seconds()


def test_neighbours_pass_their_hours_to_each_other(cast: Cast, abolished: Change) -> None:
    for number, person in enumerate((cast.ola, cast.marek, cast.ola)):
        book(cast.anna, person, APRIL + number * HOUR)

    abolished()

    assert follow_clocks(cast) == 3
    assert spans(cast.anna) == ["04-13 09:00", "04-13 10:00", "04-13 11:00"]


def test_groups_and_what_is_kept_follow_as_well(cast: Cast, abolished: Change) -> None:
    open_to(cast.anna, cast.ola, cast.marek, horizon_days=90)
    group = gather(cast.anna, APRIL)
    seat = take_of(cast.anna, group, cast.ola, APRIL)
    monday = APRIL - timedelta(days=7, hours=1)
    wish = ask_for(cast.anna, cast.marek, monday)
    take_off(practitioner=cast.anna, starts_at=APRIL + 3 * HOUR, ends_at=APRIL + 4 * HOUR)

    abolished()
    follow_clocks(cast)

    assert [frame.starts_at for frame in list_dates(group)] == [APRIL + HOUR]
    assert look(cast.anna, seat.id).starts_at == APRIL + HOUR
    assert Taken.across.get(id=seat.id).frame_id == list_dates(group)[0].id
    assert Taken.across.get(id=wish.id).starts_at == monday + HOUR
    day = APRIL.replace(hour=0), APRIL.replace(hour=23)
    off = list_time_off(practitioner=cast.anna, since=day[0], until=day[1])
    assert [(span.starts_at, span.ends_at) for span in off] == [
        (APRIL + 4 * HOUR, APRIL + 5 * HOUR)
    ]


def test_proposal_to_move_is_no_trap(cast: Cast, abolished: Change) -> None:
    booking = book(cast.anna, cast.ola, APRIL)
    kept = propose(cast.anna, booking, APRIL + 24 * HOUR)

    abolished()
    follow_clocks(cast)

    assert Kept.across.get(id=kept.id).answer == "withdrawn"
    assert look(cast.anna, booking.id).starts_at == APRIL + HOUR


def test_proposal_of_a_time_beyond_the_change_follows(cast: Cast, abolished: Change) -> None:
    booking = book(cast.anna, cast.ola, MONDAY)
    kept = propose(cast.anna, booking, APRIL)

    abolished()
    follow_clocks(cast)

    assert agree(practice=cast.anna.practice, kept_id=kept.id, now=BOOKED) is not None
    assert look(cast.anna, booking.id).starts_at == APRIL + HOUR


def test_wish_that_lapsed_is_given_where_the_clocks_now_have_it(
    cast: Cast, abolished: Change
) -> None:
    open_to(cast.anna, cast.marek, horizon_days=90)
    monday = APRIL - timedelta(days=7, hours=1)
    wish = ask_for(cast.anna, cast.marek, monday)
    lapse_due(now=BOOKED + timedelta(days=3))

    abolished()
    follow_clocks(cast)

    given = give(practice=cast.anna.practice, kept_id=wish.id, now=BOOKED + timedelta(days=4))
    assert given.starts_at == monday + HOUR
    assert_sound(cast.anna)


def test_what_is_over_or_cancelled_stays_where_it_was(cast: Cast, abolished: Change) -> None:
    over = book(cast.anna, cast.ola, moment("2025-07-07 08:00"), now=BOOKED)
    gone = book(cast.anna, cast.ola, APRIL)
    tell(cast.anna, gone, "cancelled", "client", BOOKED)

    abolished()

    assert follow_clocks(cast) == 0
    assert Booking.across.get(id=over.id).starts_at == moment("2025-07-07 08:00")
    assert Booking.across.get(id=gone.id).starts_at == APRIL


def test_practice_that_moved_leaves_what_it_has_agreed_on_the_clocks_of_then(
    cast: Cast, abolished: Change
) -> None:
    booking = book(cast.anna, cast.ola, APRIL)
    Practice.objects.filter(id=booking.practice_id).update(time_zone="Europe/Lisbon")

    assert follow_clocks(cast) == 0
    assert look(cast.anna, booking.id).starts_at == APRIL
    abolished()
    assert keep_walls(now=BOOKED, rules="2027.2") == 1
    assert look(cast.anna, booking.id).starts_at == APRIL + HOUR


def test_hours_on_offer_are_those_of_the_new_clocks(cast: Cast, abolished: Change) -> None:
    open_to(cast.anna, cast.ola, horizon_days=90)
    week = APRIL - timedelta(days=1)

    def on_monday() -> list[str]:
        return [start for start in free(cast.anna, now=week) if start.startswith("04-13")]

    assert on_monday() == ["04-13 07:00", "04-13 08:00", "04-13 09:00"]
    abolished()
    assert on_monday() == ["04-13 08:00", "04-13 09:00", "04-13 10:00"]


def test_one_practice_that_cannot_be_followed_stops_no_other(cast: Cast, abolished: Change) -> None:
    booking = book(cast.anna, cast.ola, APRIL)
    other = book(cast.borys, cast.nastia, APRIL)
    Taken.across.filter(id=other.id).update(zone="Nowhere/Land")

    abolished()
    with pytest.raises(ExceptionGroup) as failure:
        keep_walls(now=BOOKED, rules=NEW)

    assert len(failure.value.exceptions) == 1
    assert look(cast.anna, booking.id).starts_at == APRIL + HOUR
    assert look(cast.borys, other.id).starts_at == APRIL
