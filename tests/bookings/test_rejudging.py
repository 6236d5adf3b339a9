"""What clients did by themselves is judged otherwise only when they are told so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings.actions import strike
from miedza.bookings.judging import judge_due
from miedza.bookings.paying import note_payment
from miedza.bookings.taking import SlotTaken
from miedza.db.ids import make_id
from miedza.ledger.models import Event, Ruling
from miedza.messaging.actions import claim_mail, mark_sent
from miedza.messaging.models import Letter, Mail
from miedza.messaging.queries import read_mail
from tests.agreements.agreeing import accept
from tests.cast import ANNAS_TERMS, BOOKED, MONDAY, Cast, book, look, publish_rules, tell

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Booking

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
OLA, ANNA = "ola@miedza.example", "anna@miedza.example"


@pytest.fixture(autouse=True)
def _reached(cast: Cast) -> None:
    """Ola has an address and has accepted."""
    cast.ola.email, cast.ola.language = OLA, "en"
    cast.ola.save()
    accept(cast.anna, cast.ola)


def _cancel(cast: Cast, booking: Booking, at: datetime) -> Event:
    return tell(cast.anna, booking, "cancelled", "client", at, entered_by="client")


def _told(purpose: str) -> list[str]:
    """The letters to Ola for a purpose, whole."""
    letters = Letter.across.filter(purpose=purpose, to=OLA).order_by("made_at")
    return [read_mail(Mail.objects.get(id=each.mail_id)).text for each in letters]


def _says(event: Event) -> list[tuple[str, int]]:
    rulings = Ruling.across.filter(source=str(event.id), retractions=None)
    return list(rulings.values_list("verdict", "amount_minor"))


def _send_all(now: datetime) -> None:
    while (mail := claim_mail(now=now)) is not None:
        mark_sent(mail=mail, now=now)


def test_goodwill_used_up_behind_a_cancellation_is_told(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    deed = _cancel(cast, booking, MONDAY - HOUR)
    assert _says(deed) == [("excused", 0)]

    earlier = book(cast.anna, cast.ola, MONDAY - 5 * HOUR, now=MONDAY + DAY)
    tell(cast.anna, earlier, "cancelled", "client", MONDAY - 6 * HOUR, now=MONDAY + DAY)

    assert _says(deed) == [("crossed", 20_000)]
    (said,) = _told("stands")
    bare = " ".join(said.split())
    assert "the rules now say something else of your cancellation." in bare
    assert "not as agreed, cancelled 1 hour before. PLN200 due from you." in bare
    assert "forgiven" not in bare  # What no longer holds is not said beside it.


def test_own_move_taken_back_before_a_cancellation_is_told(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    move = tell(cast.anna, booking, "moved", "practitioner", BOOKED, to_at=MONDAY + 4 * DAY)
    deed = _cancel(cast, look(cast.anna, booking.id), MONDAY + HOUR)
    assert _says(deed) == [("kept", 0)]

    tell(cast.anna, booking, "voided", "practitioner", MONDAY + DAY, voids_id=move.id)

    assert _says(deed) != [("kept", 0)]
    assert len(_told("stands")) == 1


def test_nothing_is_told_where_nothing_changes(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    _cancel(cast, booking, MONDAY - HOUR)

    other = book(cast.anna, cast.ola, MONDAY + DAY, now=MONDAY - HOUR)
    tell(cast.anna, other, "held", "practitioner", MONDAY + 2 * DAY)

    assert _told("stands") == []


def test_what_is_written_down_later_takes_no_meeting_from_under_the_rules(cast: Cast) -> None:
    booking = book(cast.anna, cast.marek)
    accept(cast.anna, cast.marek, now=BOOKED + DAY)
    tell(cast.anna, booking, "left", "client", MONDAY + 20 * HOUR / 60)
    owed = Ruling.across.filter(meeting_id=booking.id, reason="missed", retractions=None)
    assert owed.exists()

    for kind in ("incident", "arrived"):
        details: Any = {"text": "…"} if kind == "incident" else {}
        tell(cast.anna, booking, kind, "client", BOOKED, now=MONDAY + DAY, **details)

    assert owed.exists()


def test_request_of_the_client_is_not_taken_back_in_silence(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    wish = tell(
        cast.anna, booking, "request_added", "client", BOOKED, entered_by="client", text="…"
    )

    tell(cast.anna, booking, "voided", "practitioner", BOOKED + HOUR, voids_id=wish.id)

    assert "your request" in _told("stands")[0]


def test_late_word_about_a_meeting_that_was_told_of_is_told(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)

    tell(cast.anna, booking, "cancelled", "practitioner", BOOKED + HOUR, now=MONDAY + DAY)

    assert len(_told("cancelled")) == 1


def test_word_without_effect_is_not_told(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    _cancel(cast, booking, BOOKED + HOUR)

    tell(cast.anna, booking, "moved", "practitioner", BOOKED + 2 * HOUR, to_at=MONDAY + DAY)
    tell(cast.anna, booking, "cancelled", "practitioner", BOOKED + 3 * HOUR)

    assert look(cast.anna, booking.id).outcome == "cancelled"
    assert (len(_told("cancelled")), _told("moved")) == (1, [])


def test_booking_that_was_told_of_is_struck_openly_even_later(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    _send_all(BOOKED + HOUR)

    strike(practice=cast.anna.practice, booking_id=booking.id, now=MONDAY + DAY)

    assert "was entered by mistake" in _told("stands")[0]


def _release(cast: Cast) -> Booking:
    """A meeting that nobody paid for in time; its hour is free again."""
    payment = {**ANNAS_TERMS["rules"]["payment"], "unpaid": "release"}
    terms = {**ANNAS_TERMS, "rules": {**ANNAS_TERMS["rules"], "payment": payment}}
    publish_rules(cast.anna, terms, now=BOOKED)
    accept(cast.anna, cast.ola)
    booking = book(cast.anna, cast.ola)
    assert judge_due(now=MONDAY - DAY) == 1
    assert look(cast.anna, booking.id).outcome == "released"
    return booking


def test_meeting_that_is_released_is_told_to_both(cast: Cast) -> None:
    booking = _release(cast)

    letters = Letter.across.filter(purpose="released", meeting_id=booking.id)
    assert {letter.to for letter in letters} == {OLA, ANNA}
    assert "its hour is free again. It can be booked anew." in " ".join(
        _told("released")[0].split()
    )
    judge_due(now=MONDAY)
    assert Letter.across.filter(purpose="released").count() == 2


def test_released_hour_that_was_given_away_does_not_come_back(cast: Cast) -> None:
    _release(cast)
    book(cast.anna, cast.marek, now=MONDAY - HOUR, price_minor=0)
    payment: dict[str, Any] = {
        "practice": cast.anna.practice, "person": cast.ola, "amount_minor": 20_000,
        "now": MONDAY - HOUR,
    }  # fmt: skip

    with pytest.raises(SlotTaken):
        note_payment(**payment, at=BOOKED + HOUR, id=make_id())
    assert not Event.across.filter(type="paid").exists()

    (part,) = note_payment(**payment, at=MONDAY - HOUR, id=make_id())
    assert part.amount_minor == 20_000
