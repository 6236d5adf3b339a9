"""Another time is a proposal until the client says yes; until then the meeting stands."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from miedza.bookings import proposing
from miedza.bookings.actions import NoSuchBooking
from miedza.bookings.keeping import Answered
from miedza.bookings.lapsing import lapse_due
from miedza.bookings.models import Kept
from miedza.bookings.proposing import LONGEST, NotAhead, find_proposal, list_proposals
from miedza.bookings.reserving import NotOffered
from miedza.bookings.taking import SlotTaken
from miedza.ledger.models import Event, Ruling
from miedza.messaging.queries import list_letters
from tests.bookings.asking import name_address
from tests.bookings.keeping import (
    DAY,
    HOUR,
    SECOND,
    TEN,
    assert_sound,
    kept_of,
    propose,
    spans,
    until,
)
from tests.bookings.offered import free, open_to, take
from tests.cast import BOOKED, MONDAY, Cast, book, look, tell

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Booking

NEXT = MONDAY + 7 * DAY
UNDO = timedelta(seconds=settings.UNDO_SECONDS)
OLA = "ola@miedza.example"


def _agree(cast: Cast, kept: Kept, *, now: datetime = BOOKED) -> Event | None:
    return proposing.agree(practice=cast.anna.practice, kept_id=kept.id, now=now)


def _told(cast: Cast) -> list[tuple[str, str]]:
    """The purposes of Ola's letters, and how each stands."""
    listed = list_letters(practice_id=cast.anna.practice_id, person_id=cast.ola.id)
    return sorted((letter.purpose, state) for letter, state in listed)


def _find(cast: Cast, booking: Booking, *, now: datetime = BOOKED) -> Kept | None:
    found = find_proposal(practice_id=booking.practice_id, booking_id=booking.id, now=now)
    return found.kept if found else None


def test_meeting_stands_until_a_yes_and_the_time_is_kept(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    booking = book(cast.anna, cast.ola)

    kept = propose(cast.anna, booking)

    assert look(cast.anna, booking.id).starts_at == MONDAY
    assert not Event.across.exists()
    assert spans(cast.anna) == ["03-02 09:00", "03-02 10:00"]
    assert free(cast.anna)[3:] == ["03-02 08:00"]
    with pytest.raises(NotOffered):
        take(cast.anna, cast.marek, TEN)
    with pytest.raises(SlotTaken):
        book(cast.anna, cast.marek, TEN)
    assert _find(cast, booking) == kept
    assert until(kept) == BOOKED + LONGEST


def test_yes_moves_the_meeting_as_the_practitioners_move_of_when_it_was_proposed(
    cast: Cast,
) -> None:
    booking = book(cast.anna, cast.ola)
    proposed = MONDAY - 25 * HOUR
    kept = propose(cast.anna, booking, now=proposed)

    event = _agree(cast, kept, now=MONDAY - 20 * HOUR)

    assert event is not None
    assert (event.type, event.by, event.entered_by) == ("moved", "practitioner", "client")
    assert (event.at, event.to_at) == (proposed, TEN)
    ruling = Ruling.objects.of(cast.anna.practice_id).get(rule="rescheduling")
    # A day's notice is asked for: it was given when it was proposed, not when it was taken.
    assert (ruling.by, ruling.verdict, ruling.reason) == ("practitioner", "kept", "moved_in_time")
    assert look(cast.anna, booking.id).starts_at == TEN
    assert (kept_of(kept), spans(cast.anna)) == (("proposal", "yes"), ["03-02 10:00"])
    assert_sound(cast.anna)


def test_late_proposal_costs_the_practitioner_however_soon_the_yes_is(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    kept = propose(cast.anna, booking, now=MONDAY - 23 * HOUR)

    _agree(cast, kept, now=MONDAY - 23 * HOUR + SECOND)

    ruling = Ruling.objects.of(cast.anna.practice_id).get(rule="rescheduling")
    assert (ruling.by, ruling.reason) == ("practitioner", "late_move")


def test_yes_that_is_said_twice_moves_once(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    kept = propose(cast.anna, booking)

    assert [_agree(cast, kept) is None for _ in range(3)] == [False, True, True]

    assert Event.across.count() == 1
    with pytest.raises(Answered):
        proposing.refuse(practice=cast.anna.practice, kept_id=kept.id, now=BOOKED)
    proposing.withdraw(practice=cast.anna.practice, kept_id=kept.id, now=BOOKED)
    assert kept_of(kept) == ("proposal", "yes")
    assert look(cast.anna, booking.id).starts_at == TEN


def test_no_leaves_everything_and_tells_the_practitioner_once(cast: Cast) -> None:
    booking = book(cast.anna, name_address(cast.ola, OLA))
    kept = propose(cast.anna, booking)

    for _ in range(2):
        proposing.refuse(practice=cast.anna.practice, kept_id=kept.id, now=BOOKED + HOUR)

    assert (kept_of(kept), spans(cast.anna)) == (("proposal", "no"), ["03-02 09:00"])
    assert [purpose for purpose, _ in _told(cast)].count("refused") == 1
    with pytest.raises(Answered):
        _agree(cast, kept)
    assert_sound(cast.anna)


def test_lapsed_proposal_leaves_everything_in_silence(cast: Cast) -> None:
    booking = book(cast.anna, name_address(cast.ola, OLA))
    kept = propose(cast.anna, booking)
    ends = until(kept)
    assert ends is not None

    assert _find(cast, booking, now=ends - SECOND) == kept
    assert _find(cast, booking, now=ends) is None
    for now in (ends, ends + HOUR):
        with pytest.raises(Answered):
            _agree(cast, kept, now=now)
    before = _told(cast)
    assert lapse_due(now=ends) == 1

    assert (kept_of(kept), spans(cast.anna)) == (("proposal", "lapsed"), ["03-02 09:00"])
    assert _told(cast) == before
    with pytest.raises(Answered):
        _agree(cast, kept, now=ends)
    assert look(cast.anna, booking.id).starts_at == MONDAY


@pytest.mark.parametrize(
    ("to_at", "now", "kept_for"),
    [
        (NEXT, MONDAY - 10 * HOUR, 5 * HOUR), (TEN, MONDAY - 10 * HOUR, 5 * HOUR),
        (MONDAY - 5 * HOUR, MONDAY - 10 * HOUR, 2.5 * HOUR), (NEXT, BOOKED, LONGEST),
        (NEXT, MONDAY - 144 * HOUR, LONGEST), (NEXT, MONDAY - 143 * HOUR, 71.5 * HOUR),
    ],
)  # fmt: skip
def test_time_is_kept_no_longer_than_half_of_what_is_left(
    cast: Cast, to_at: datetime, now: datetime, kept_for: timedelta
) -> None:
    kept = propose(cast.anna, book(cast.anna, cast.ola), to_at, now=now)

    assert until(kept) == now + kept_for


@pytest.mark.parametrize(
    ("to_at", "now"),
    [(MONDAY, BOOKED), (TEN, MONDAY), (NEXT, MONDAY + HOUR), (BOOKED, BOOKED),
     (BOOKED - DAY, BOOKED)],
)  # fmt: skip
def test_nothing_is_proposed_for_what_has_begun_or_to_where_it_is(
    cast: Cast, to_at: datetime, now: datetime
) -> None:
    booking = book(cast.anna, cast.ola)

    with pytest.raises(NotAhead):
        propose(cast.anna, booking, to_at, now=now)

    assert not Kept.across.exists()
    assert spans(cast.anna) == ["03-02 09:00"]


def test_nothing_is_proposed_for_what_is_cancelled_or_where_somebody_is(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    book(cast.anna, cast.marek, TEN)

    with pytest.raises(SlotTaken):
        propose(cast.anna, booking, TEN)
    tell(cast.anna, booking, "cancelled", "client", BOOKED)
    with pytest.raises(NotAhead):
        propose(cast.anna, booking, NEXT)
    assert not Kept.across.exists()


def test_new_proposal_replaces_the_one_before(cast: Cast) -> None:
    booking = book(cast.anna, name_address(cast.ola, OLA))
    first = propose(cast.anna, booking, TEN)
    second = propose(cast.anna, booking, NEXT)

    assert [kept_of(each)[1] for each in (first, second)] == ["withdrawn", ""]
    assert spans(cast.anna) == ["03-02 09:00", "03-09 09:00"]
    listed = list_proposals(practice_id=cast.anna.practice_id, booking_id=booking.id)
    assert listed == [second]
    assert [each for each in _told(cast) if each[0] == "proposal"] == [
        ("proposal", "waiting"), ("proposal", "withdrawn"),
    ]  # fmt: skip
    with pytest.raises(Answered):
        _agree(cast, first)
    assert propose(cast.anna, booking, TEN).purpose == "proposal"
    assert_sound(cast.anna)


def test_proposal_that_cannot_replace_leaves_the_one_before(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    book(cast.anna, cast.marek, NEXT)
    first = propose(cast.anna, booking, TEN)

    with pytest.raises(SlotTaken):
        propose(cast.anna, booking, NEXT)

    assert kept_of(first) == ("proposal", "")
    assert _agree(cast, first) is not None


def test_proposal_is_made_once_with_one_id(cast: Cast) -> None:
    booking, wanted = book(cast.anna, cast.ola), uuid.uuid4()

    made = [propose(cast.anna, booking, TEN, id=wanted) for _ in range(2)]

    assert [kept.id for kept in made] == [wanted, wanted]
    assert Kept.across.count() == 1


def test_ids_of_another_practice_open_nothing(cast: Cast) -> None:
    booking, theirs = book(cast.anna, cast.ola), book(cast.borys, cast.nastia)
    kept, practice = propose(cast.anna, booking, TEN), cast.borys.practice

    with pytest.raises(NoSuchBooking):
        propose(cast.anna, theirs, TEN)
    for act in (proposing.agree, proposing.refuse):
        with pytest.raises(Answered):
            act(practice=practice, kept_id=kept.id, now=BOOKED)
    proposing.withdraw(practice=practice, kept_id=kept.id, now=BOOKED)

    assert kept_of(kept) == ("proposal", "")
    assert not find_proposal(practice_id=practice.id, booking_id=booking.id, now=BOOKED)
