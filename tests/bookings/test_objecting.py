"""The client sees a ruling differently: it stands beside it, and the practitioner is told."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.bookings.objecting import object_to
from miedza.ledger.balance import take_balance
from miedza.ledger.deciding import NothingToSay
from miedza.ledger.models import Objection, Ruling
from miedza.ledger.records import read_many
from miedza.messaging.models import Letter, Mail
from miedza.messaging.queries import read_mail
from tests.cast import BOOKED, MONDAY, Cast, book, look, tell
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from miedza.bookings.models import Booking

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _miss(cast: Cast) -> tuple[Booking, Ruling]:
    cast.ola.email = "ola@miedza.example"
    cast.ola.save()
    booking = book(cast.anna, cast.ola)
    tell(cast.anna, booking, "cancelled", "client", BOOKED + HOUR)
    later = book(cast.anna, cast.ola, MONDAY + DAY)
    tell(cast.anna, later, "left", "practitioner", later.ends_at)
    return look(cast.anna, later.id), Ruling.objects.of(cast.anna.practice_id).get(rule="missed")


def _object(cast: Cast, booking: Booking, ruling: Ruling, text: str = "Nie tak.") -> Objection:
    return object_to(
        practice=cast.anna.practice, booking=booking, ruling_id=ruling.id, text=text,
        now=MONDAY + 2 * DAY, id=uuid.UUID(int=7),
    )  # fmt: skip


def test_practitioner_alone_is_told_once_in_the_clients_words(cast: Cast) -> None:
    booking, ruling = _miss(cast)
    before = take_balance(read_many(practice_id=cast.anna.practice_id))

    first = _object(cast, booking, ruling)

    assert _object(cast, booking, ruling) == first
    letter = Letter.across.get(purpose="differs")
    said = read_mail(Mail.objects.get(id=letter.mail_id))
    assert (letter.to, letter.language, letter.meeting_id) == (
        "anna@miedza.example", "pl", booking.id
    )  # fmt: skip
    assert "Ola Żółć" in said.subject
    assert "Nie tak." in said.text
    assert said.reply_to == ""
    assert take_balance(read_many(practice_id=cast.anna.practice_id)) == before


def test_hostile_words_are_passed_on_as_they_are(cast: Cast) -> None:
    booking, ruling = _miss(cast)
    text = "\n".join(words.strip() for words in HOSTILE)

    _object(cast, booking, ruling, text)

    letter = Letter.across.get(purpose="differs")
    assert text in read_mail(Mail.objects.get(id=letter.mail_id)).text
    assert text in letter.open_text(cast.anna.practice.key)


def test_ruling_of_another_meeting_is_told_to_nobody(cast: Cast) -> None:
    _booking, ruling = _miss(cast)
    other = look(cast.anna, book(cast.anna, cast.marek, MONDAY + 3 * DAY).id)

    with pytest.raises(NothingToSay):
        _object(cast, other, ruling)

    assert not Letter.across.filter(purpose="differs").exists()
