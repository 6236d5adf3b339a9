"""Letters carry what the reader's own calendar follows: each meeting, and each change of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as product

from miedza.bookings.actions import strike
from miedza.bookings.agreeing import ask
from miedza.bookings.entries import say_uid
from miedza.bookings.judging import judge_due
from miedza.bookings.reminding import remind_due
from miedza.bookings.series import book_series
from miedza.db.encryption import seal
from miedza.messaging.actions import queue_mail
from miedza.messaging.envelopes import Envelope
from miedza.messaging.models import Mail
from tests.agreements.agreeing import accept
from tests.bookings.asking import guard, name_address
from tests.bookings.keeping import choose
from tests.bookings.offered import open_to, take
from tests.cast import ANNAS_TERMS, BOOKED, MONDAY, Cast, book, publish_rules, tell
from tests.jobs.invited import (
    ORGANIZER,
    Invitation,
    list_parts,
    read_calendar,
    read_invitation,
    send_all,
)

if TYPE_CHECKING:
    from email.message import EmailMessage

    from pytest_django.fixtures import Settings

    from miedza.bookings.models import Booking

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OLA = "ola+lekcje@clients.example"
WITHOUT = ["multipart/alternative", "text/plain", "text/html"]


@pytest.fixture(autouse=True)
def _known(cast: Cast, settings: Settings) -> None:
    name_address(cast.ola, OLA, "pl")
    settings.DEFAULT_FROM_EMAIL = f"Praktyka <{ORGANIZER}>"


def _say(booking: Booking, method: str, sequence: int, start: str = "0302T09") -> Invitation:
    """How Ola is invited to a meeting, or told that it is cancelled."""
    status = "CANCELLED" if method == "CANCEL" else "CONFIRMED"
    uid = say_uid(booking.id)
    return Invitation(method, sequence, status, f"2026{start}0000Z", uid, OLA, "Ola Żółć")


def _send(settings: Settings) -> list[Invitation]:
    """What was sent of late, all of it invitations."""
    return [read_invitation(message) for message in send_all(settings)]


def test_meeting_is_followed_from_booking_to_cancellation_and_back(
    cast: Cast, settings: Settings
) -> None:
    booking = book(cast.anna, cast.ola)
    assert _send(settings) == [_say(booking, "REQUEST", 0)]

    tell(cast.anna, booking, "moved", "practitioner", BOOKED + HOUR, to_at=MONDAY + DAY)
    assert _send(settings) == [_say(booking, "REQUEST", 2, "0303T09")]

    cancelled = tell(cast.anna, booking, "cancelled", "practitioner", BOOKED + 2 * HOUR)
    assert _send(settings) == [_say(booking, "CANCEL", 5, "0303T09")]

    tell(cast.anna, booking, "voided", "practitioner", BOOKED + 3 * HOUR, voids_id=cancelled.id)
    assert _send(settings) == [_say(booking, "REQUEST", 6, "0303T09")]

    tell(cast.anna, booking, "cancelled", "practitioner", BOOKED + 4 * HOUR)
    assert _send(settings) == [_say(booking, "CANCEL", 9, "0303T09")]


def test_move_that_is_undone_brings_the_meeting_back(cast: Cast, settings: Settings) -> None:
    booking = book(cast.anna, cast.ola)
    moved = tell(cast.anna, booking, "moved", "practitioner", BOOKED + HOUR, to_at=MONDAY + DAY)
    _send(settings)

    tell(cast.anna, booking, "voided", "practitioner", BOOKED + 2 * HOUR, voids_id=moved.id)

    assert _send(settings) == [_say(booking, "REQUEST", 4)]


def test_struck_meeting_is_taken_out_of_the_calendar(cast: Cast, settings: Settings) -> None:
    booking = book(cast.anna, cast.ola)
    _send(settings)

    strike(practice=cast.anna.practice, booking_id=booking.id, now=BOOKED + HOUR)

    assert _send(settings) == [_say(booking, "CANCEL", 1)]


def test_released_meeting_is_taken_out_of_the_calendar(cast: Cast, settings: Settings) -> None:
    payment = {**ANNAS_TERMS["rules"]["payment"], "unpaid": "release"}
    terms = {**ANNAS_TERMS, "rules": {**ANNAS_TERMS["rules"], "payment": payment}}
    publish_rules(cast.anna, terms, now=BOOKED)
    accept(cast.anna, cast.ola)
    booking = book(cast.anna, cast.ola)
    send_all(settings)

    assert judge_due(now=MONDAY - DAY) == 1

    ola, anna = sorted(send_all(settings), key=lambda message: str(message["To"]), reverse=True)
    assert read_invitation(ola) == _say(booking, "CANCEL", 1)
    assert list_parts(anna) == WITHOUT


def test_what_was_undone_before_it_was_sent_is_not_told(cast: Cast, settings: Settings) -> None:
    booking, other = book(cast.anna, cast.ola), book(cast.anna, cast.ola, MONDAY + HOUR)
    strike(practice=cast.anna.practice, booking_id=booking.id, now=BOOKED)
    _send(settings)
    cancelled = tell(cast.anna, other, "cancelled", "practitioner", BOOKED + HOUR)
    tell(cast.anna, other, "voided", "practitioner", BOOKED + HOUR, voids_id=cancelled.id)
    assert send_all(settings) == []

    tell(cast.anna, other, "moved", "practitioner", BOOKED + HOUR, to_at=MONDAY + DAY)

    assert _send(settings) == [_say(other, "REQUEST", 6, "0303T09")]


def test_series_comes_in_one_mail_with_all_its_meetings_to_keep(
    cast: Cast, settings: Settings
) -> None:
    starts = [MONDAY + 7 * DAY * number for number in range(6)]
    booked = book_series(
        practitioner=cast.anna, person=cast.ola, choice=choose(cast.ola), starts=starts, now=BOOKED
    )

    (message,) = send_all(settings)

    assert list_parts(message) == ["multipart/mixed", *WITHOUT, "application/ics"]
    calendar = read_calendar(message)
    assert calendar.text("METHOD") == "PUBLISH"
    assert [event.text("UID") for event in calendar.inside] == [say_uid(one.id) for one in booked]
    assert [event.text("DTSTART") for event in calendar.inside] == [
        "20260302T090000Z", "20260309T090000Z", "20260316T090000Z", "20260323T090000Z",
        "20260330T090000Z", "20260406T090000Z",
    ]  # fmt: skip
    tell(cast.anna, booked[1], "moved", "practitioner", BOOKED + HOUR, to_at=MONDAY + DAY)
    strike(practice=cast.anna.practice, booking_id=booked[2].id, now=BOOKED + HOUR)
    assert sorted(_send(settings)) == [
        _say(booked[2], "CANCEL", 1, "0316T09"), _say(booked[1], "REQUEST", 2, "0303T09"),
    ]  # fmt: skip


def test_series_of_one_is_an_invitation(cast: Cast, settings: Settings) -> None:
    (booking,) = book_series(
        practitioner=cast.anna, person=cast.ola, choice=choose(cast.ola), starts=[MONDAY],
        now=BOOKED,
    )  # fmt: skip

    assert _send(settings) == [_say(booking, "REQUEST", 0)]


def test_guardian_is_invited_in_their_own_name(cast: Cast, settings: Settings) -> None:
    ewa = guard(cast)
    booking = book(cast.anna, cast.ola)

    told = {invitation.guest: invitation for invitation in _send(settings)}

    ola = _say(booking, "REQUEST", 0)
    assert told == {OLA: ola, ewa.email: ola._replace(guest=ewa.email, guest_name="Ewa")}


def test_what_the_client_did_invites_the_client_alone(cast: Cast, settings: Settings) -> None:
    open_to(cast.anna, cast.ola)
    send_all(settings)
    booking = take(cast.anna, cast.ola, MONDAY)

    letters: dict[str, EmailMessage] = {str(one["To"]): one for one in send_all(settings)}

    assert set(letters) == {OLA, "anna@miedza.example"}
    assert list_parts(letters["anna@miedza.example"]) == WITHOUT
    assert read_invitation(letters[OLA]) == _say(booking, "REQUEST", 0)


def test_letters_that_tell_of_no_change_carry_no_calendar(cast: Cast, settings: Settings) -> None:
    ask(
        practice=cast.anna.practice, person=cast.ola, holds_at=None, words="", by_mail=True,
        now=BOOKED,
    )  # fmt: skip
    accept(cast.anna, cast.ola)
    book(cast.anna, cast.ola)
    queue_mail(to=OLA, envelope=Envelope("Kod", "123456"), now=BOOKED)
    assert remind_due(now=MONDAY - 23 * HOUR) == 1

    found = [list_parts(message) for message in send_all(settings)]

    assert ["text/plain"] in found
    assert [parts for parts in found if "application/ics" in parts] == [
        ["multipart/mixed", *WITHOUT, "text/calendar", "application/ics"]
    ]
    assert len(found) >= 4


def test_envelope_of_an_earlier_version_still_opens(settings: Settings) -> None:
    mail = queue_mail(to=OLA, envelope=Envelope("…", "…"), now=BOOKED)
    before = json.dumps({"subject": "Kod", "text": "Twój kod: 123456\n", "html": "<p>Kod</p>"})
    sealed = seal(product.MIEDZA_MASTER_KEY, before, place=f"mail:{mail.id}")
    Mail.objects.filter(id=mail.id).update(sealed_text=sealed)

    (message,) = send_all(settings)

    assert str(message["Subject"]) == "Kod"
    assert list_parts(message) == WITHOUT
