"""What happens meanwhile with a meeting for which another time is proposed, and its letters."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from miedza.bookings import by_clients, proposing
from miedza.bookings.actions import NoSuchBooking, strike
from miedza.bookings.keeping import Answered
from miedza.bookings.models import Kept, Taken
from miedza.bookings.proposing import NotAhead
from miedza.bookings.taking import SlotTaken
from miedza.ledger.models import Event
from miedza.messaging.actions import claim_mail
from miedza.messaging.queries import list_letters
from tests.bookings.asking import name_address
from tests.bookings.keeping import (
    DAY,
    HOUR,
    SECOND,
    TEN,
    assert_sound,
    find_orphans,
    gather,
    kept_of,
    list_dates,
    propose,
    spans,
    take_of,
)
from tests.bookings.offered import open_to, take
from tests.cast import BOOKED, MONDAY, Cast, book, look, tell

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


NEXT = MONDAY + 7 * DAY
UNDO = timedelta(seconds=settings.UNDO_SECONDS)
OLA = "ola@miedza.example"


def _agree(cast: Cast, kept: Kept, *, now: datetime = BOOKED) -> Event | None:
    return proposing.agree(practice=cast.anna.practice, kept_id=kept.id, now=now)


def _told(cast: Cast) -> list[tuple[str, str]]:
    """The purposes of Ola's letters, and how each stands."""
    listed = list_letters(practice_id=cast.anna.practice_id, person_id=cast.ola.id)
    return sorted((letter.purpose, state) for letter, state in listed)


def test_what_changes_the_meeting_withdraws_the_proposal_and_frees_its_time(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    name_address(cast.ola, OLA)
    for deed, to_at in (("moved", MONDAY + 3 * HOUR), ("cancelled", None)):
        booking = book(cast.anna, cast.ola)
        kept = propose(cast.anna, booking, TEN)

        tell(cast.anna, booking, deed, "client", BOOKED, to_at=to_at)

        assert kept_of(kept) == ("proposal", "withdrawn")
        assert "03-02 10:00" not in spans(cast.anna)
        with pytest.raises((Answered, NotAhead)):
            _agree(cast, kept)
        assert_sound(cast.anna)
    # Nobody reads of it any more, as the letters had not gone.
    assert {state for purpose, state in _told(cast) if purpose == "proposal"} == {"withdrawn"}


def test_client_who_moves_by_themselves_withdraws_the_proposal(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    booking = take(cast.anna, cast.ola, MONDAY)
    kept = propose(cast.anna, booking, TEN)

    by_clients.move_offered(
        practice=cast.anna.practice, booking_id=booking.id, seen_at=MONDAY, to_at=MONDAY - HOUR,
        now=BOOKED,
    )  # fmt: skip

    assert kept_of(kept) == ("proposal", "withdrawn")
    assert spans(cast.anna) == ["03-02 08:00"]


def test_practitioner_may_record_the_move_they_proposed(cast: Cast) -> None:
    # The client has said yes on the telephone.
    booking = book(cast.anna, cast.ola)
    kept = propose(cast.anna, booking, TEN)

    tell(cast.anna, booking, "moved", "practitioner", BOOKED + HOUR, to_at=TEN)

    assert look(cast.anna, booking.id).starts_at == TEN
    assert (kept_of(kept), spans(cast.anna)) == (("proposal", "withdrawn"), ["03-02 10:00"])
    assert_sound(cast.anna)


def test_struck_meeting_leaves_no_time_kept(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    kept = propose(cast.anna, booking, TEN)

    strike(practice=cast.anna.practice, booking_id=booking.id, now=BOOKED)

    assert (spans(cast.anna), find_orphans(cast.anna)) == ([], [])
    with pytest.raises((Answered, NoSuchBooking)):
        _agree(cast, kept)


def test_letter_waits_for_the_undo_and_goes_no_more_once_answered(cast: Cast) -> None:
    booking = book(cast.anna, name_address(cast.ola, OLA), now=BOOKED - DAY)
    claim_mail(now=BOOKED)
    answers: tuple[Callable[[Kept], object], ...] = (
        lambda kept: proposing.withdraw(
            practice=cast.anna.practice, kept_id=kept.id, now=BOOKED
        ),
        lambda kept: proposing.refuse(practice=cast.anna.practice, kept_id=kept.id, now=BOOKED),
        lambda kept: _agree(cast, kept),
    )  # fmt: skip
    for count, answer in enumerate(answers, start=1):
        kept = propose(cast.anna, booking, TEN)
        assert [state for purpose, state in _told(cast) if purpose == "proposal"].count(
            "waiting"
        ) == 1

        answer(kept)

        states = [state for purpose, state in _told(cast) if purpose == "proposal"]
        assert states == ["withdrawn"] * count


def test_letter_goes_after_the_undo_and_holds_no_secret_for_the_practice(cast: Cast) -> None:
    booking = book(cast.anna, name_address(cast.ola, OLA), now=BOOKED - 20 * DAY)
    while claim_mail(now=BOOKED):
        pass
    propose(cast.anna, booking, TEN, text="A train.")

    assert claim_mail(now=BOOKED + UNDO - SECOND) is None
    sent = claim_mail(now=BOOKED + UNDO)
    assert sent is not None
    assert sent.to == OLA
    listed = list_letters(practice_id=cast.anna.practice_id, person_id=cast.ola.id)
    letter = next(each for each, _ in listed if each.purpose == "proposal")
    kept_text = letter.open_text(cast.anna.practice.key)
    assert "A train." in kept_text
    assert "/…" in kept_text


def test_seat_in_another_date_of_the_group_is_proposed(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group = gather(cast.anna, MONDAY, NEXT)
    booking = take_of(cast.anna, group, cast.ola)
    take_of(cast.anna, group, cast.marek, NEXT)
    kept = propose(cast.anna, booking, NEXT)
    seat = Taken.objects.of(cast.anna.practice_id).get(id=kept.id)
    assert (seat.frame_id, seat.first_seat) == (list_dates(group)[1].id, 2)
    with pytest.raises(SlotTaken):
        propose(cast.anna, take_of(cast.anna, group, cast.marek), NEXT)

    _agree(cast, kept)

    assert look(cast.anna, booking.id).starts_at == NEXT
    assert_sound(cast.anna)
