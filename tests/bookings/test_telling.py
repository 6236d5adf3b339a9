"""Who is told what about a meeting: each once, in their language; mistakes are put right."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from miedza.bookings import by_clients
from miedza.bookings.actions import strike
from miedza.bookings.addressing import list_addressees
from miedza.messaging.actions import claim_mail, mark_sent
from miedza.messaging.models import Letter, Mail
from miedza.messaging.queries import list_letters, read_mail
from miedza.people.actions import relate
from tests.bookings.offered import open_to, take
from tests.cast import BOOKED, MONDAY, Cast, book, make_person, tell

if TYPE_CHECKING:
    from miedza.bookings.models import Booking
    from miedza.ledger.models import Event
    from miedza.people.models import Person

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
UNDO = timedelta(seconds=settings.UNDO_SECONDS)
OLA, EWA, ANNA = "ola@miedza.example", "ewa@miedza.example", "anna@miedza.example"


def _name_address(person: Person, email: str, language: str = "pl") -> Person:
    person.email, person.language = email, language
    person.save()
    return person


def _guard(cast: Cast, email: str = EWA, language: str = "en") -> Person:
    """Ewa answers for Ola."""
    ewa = _name_address(make_person(cast.anna, "Ewa"), email, language)
    relate(practice=cast.anna.practice, person=cast.ola, other=ewa, kind="guardian", now=BOOKED)
    return ewa


def _told(cast: Cast, person: Person | None = None) -> list[tuple[str, str, str]]:
    """What was written to whom, and how it stands, in order of address."""
    listed = list_letters(practice_id=cast.anna.practice_id, person_id=(person or cast.ola).id)
    return sorted((each.purpose, each.to, state) for each, state in listed)


def _void(cast: Cast, booking: Booking, event: Event, after: timedelta) -> None:
    tell(
        cast.anna, booking, "voided", "practitioner", BOOKED + after, voids_id=event.id
    )  # fmt: skip


def _send_all(cast: Cast, after: timedelta) -> list[str]:
    """Let the worker send what is due by then; to whom it went."""
    sent = []
    while (mail := claim_mail(now=BOOKED + after)) is not None:
        mark_sent(mail=mail, now=BOOKED + after)
        sent.append(mail.to)
    return sorted(sent)


@pytest.mark.parametrize(
    ("olas", "ewas", "told"),
    [
        (OLA, "", [OLA]), ("", EWA, [EWA]), (OLA, EWA, [EWA, OLA]), ("", "", []),
        (OLA, OLA.upper(), [OLA.upper()]),
    ],
)  # fmt: skip
def test_person_and_whoever_answers_for_them_are_told(
    cast: Cast, olas: str, ewas: str, told: list[str]
) -> None:
    _name_address(cast.ola, olas)
    _guard(cast, ewas)

    addressees = list_addressees(practice=cast.anna.practice, person=cast.ola)

    assert [each.to for each in addressees] == told


def test_payer_and_sponsor_are_not_told(cast: Cast) -> None:
    payer = _name_address(make_person(cast.anna, "Ewa"), EWA)
    for kind in ("payer", "sponsor"):
        relate(practice=cast.anna.practice, person=cast.ola, other=payer, kind=kind, now=BOOKED)

    book(cast.anna, cast.ola)

    assert _told(cast) == []


def test_each_is_told_in_their_own_language(cast: Cast) -> None:
    _name_address(cast.ola, OLA, "ru")
    _guard(cast)

    booking = book(cast.anna, cast.ola)

    letters = {each.to: each for each in Letter.objects.of(cast.anna.practice_id)}
    subjects = {mail.to: read_mail(mail).subject for mail in Mail.objects.all()}
    assert {to: each.language for to, each in letters.items()} == {OLA: "ru", EWA: "en"}
    assert subjects[EWA] == "Booked: Monday 2 March, 10:00"
    assert "2 марта" in subjects[OLA]
    assert {each.meeting_id for each in letters.values()} == {booking.id}
    assert {read_mail(mail).reply_to for mail in Mail.objects.all()} == {ANNA}


def test_practitioner_is_told_of_what_the_client_does(cast: Cast) -> None:
    _name_address(cast.ola, OLA)
    open_to(cast.anna, cast.ola)

    booking = take(cast.anna, cast.ola, MONDAY)
    by_clients.cancel(
        practice=cast.anna.practice, booking_id=booking.id, seen_at=MONDAY, cause=None, now=BOOKED
    )

    assert _told(cast) == [
        ("booked", ANNA, "waiting"), ("booked", OLA, "waiting"),
        ("cancelled", ANNA, "waiting"), ("cancelled", OLA, "waiting"),
    ]  # fmt: skip
    assert _send_all(cast, 0 * SECOND) == [ANNA, ANNA, OLA, OLA]
    assert {read_mail(mail).reply_to for mail in Mail.objects.filter(sent_at=None)} == set()


def test_what_the_practitioner_does_waits_a_little(cast: Cast) -> None:
    _name_address(cast.ola, OLA)

    book(cast.anna, cast.ola)

    assert _told(cast) == [("booked", OLA, "waiting")]
    assert _send_all(cast, UNDO - SECOND) == []
    assert _send_all(cast, UNDO) == [OLA]


@pytest.mark.parametrize("kind", ["cancelled", "moved"])
def test_undone_within_the_waiting_time_nothing_is_sent(cast: Cast, kind: str) -> None:
    _name_address(cast.ola, OLA)
    booking = book(cast.anna, cast.ola)
    _send_all(cast, UNDO)
    details: Any = {"to_at": MONDAY + DAY} if kind == "moved" else {}
    event = tell(cast.anna, booking, kind, "practitioner", BOOKED, **details)

    _void(cast, booking, event, 5 * SECOND)

    assert _told(cast) == [("booked", OLA, "sent"), (kind, OLA, "withdrawn")]
    assert _send_all(cast, DAY) == []


@pytest.mark.parametrize("kind", ["cancelled", "moved"])
def test_undone_afterwards_it_is_put_right(cast: Cast, kind: str) -> None:
    _name_address(cast.ola, OLA)
    _guard(cast)
    booking = book(cast.anna, cast.ola)
    details: Any = {"to_at": MONDAY + DAY} if kind == "moved" else {}
    event = tell(cast.anna, booking, kind, "practitioner", BOOKED, **details)
    _send_all(cast, UNDO)

    _void(cast, booking, event, HOUR)

    stands = [each for each in _told(cast) if each[0] == "stands"]
    assert stands == [("stands", EWA, "waiting"), ("stands", OLA, "waiting")]
    mail = Mail.objects.get(to=EWA, sent_at=None)
    assert read_mail(mail).subject == "As before: Monday 2 March, 10:00"
    assert _send_all(cast, HOUR) == [EWA, OLA]


def test_deed_of_the_client_is_not_taken_back_in_silence(cast: Cast) -> None:
    _name_address(cast.ola, OLA, "en")
    booking = book(cast.anna, cast.ola)
    _send_all(cast, UNDO)
    event = tell(cast.anna, booking, "cancelled", "client", BOOKED, entered_by="client")

    _void(cast, booking, event, SECOND)

    assert ("cancelled", OLA, "withdrawn") in _told(cast)
    assert ("stands", OLA, "waiting") in _told(cast)
    said = read_mail(Mail.objects.get(sent_at=None, given_up_at=None))
    assert said.subject == "Taken back: Monday 2 March, 10:00"
    assert "your cancellation. The meeting is judged as if that had not happened." in said.text


def test_own_slip_about_the_client_is_withdrawn_unseen(cast: Cast) -> None:
    _name_address(cast.ola, OLA)
    past = book(cast.anna, cast.ola, now=MONDAY - 30 * DAY)
    _send_all(cast, UNDO)
    event = tell(cast.anna, past, "cancelled", "client", MONDAY - DAY, now=MONDAY + 30 * DAY)
    before = _told(cast)

    tell(
        cast.anna, past, "voided", "practitioner", MONDAY + 30 * DAY, voids_id=event.id
    )  # fmt: skip

    assert before == [("booked", OLA, "sent"), ("cancelled", OLA, "waiting")]
    assert _told(cast) == [("booked", OLA, "sent"), ("cancelled", OLA, "withdrawn")]


def test_correction_of_something_else_tells_nothing(cast: Cast) -> None:
    _name_address(cast.ola, OLA)
    booking = book(cast.anna, cast.ola)
    event = tell(cast.anna, booking, "paid", "client", BOOKED, amount_minor=1)

    _void(cast, booking, event, HOUR)

    assert [purpose for purpose, _to, _state in _told(cast)] == ["booked"]


def test_struck_booking_is_withdrawn_or_put_right(cast: Cast) -> None:
    _name_address(cast.ola, OLA)
    _name_address(cast.marek, "marek@miedza.example")
    quick, slow = book(cast.anna, cast.ola), book(cast.anna, cast.marek, MONDAY + DAY)
    strike(practice=cast.anna.practice, booking_id=quick.id, now=BOOKED + 5 * SECOND)
    _send_all(cast, UNDO)
    strike(practice=cast.anna.practice, booking_id=slow.id, now=BOOKED + HOUR)

    assert _told(cast) == [("booked", OLA, "withdrawn")]
    assert _told(cast, cast.marek) == [
        ("booked", "marek@miedza.example", "sent"), ("stands", "marek@miedza.example", "waiting"),
    ]  # fmt: skip


def test_what_is_past_or_was_not_to_be_told_is_not(cast: Cast) -> None:
    _name_address(cast.ola, OLA)
    past = book(cast.anna, cast.ola, now=MONDAY)
    tell(cast.anna, past, "cancelled", "practitioner", MONDAY + HOUR)
    ahead = book(cast.anna, cast.ola, MONDAY + 9 * DAY, now=MONDAY)

    tell(cast.anna, ahead, "arrived", "client", MONDAY + 9 * DAY)

    assert [(each.purpose, each.meeting_id) for each in Letter.across.all()] == [
        ("booked", ahead.id)
    ]


def test_told_twice_with_one_id_it_is_one_letter(cast: Cast) -> None:
    _name_address(cast.ola, OLA)
    booking = book(cast.anna, cast.ola)
    event = tell(cast.anna, booking, "cancelled", "practitioner", BOOKED)

    tell(cast.anna, booking, "cancelled", "practitioner", BOOKED, id=event.id)

    assert len(_told(cast)) == 2


def test_long_addresses_that_begin_alike_are_both_told(cast: Cast) -> None:
    long = "a" * 60 + "." + "b" * 3 + "@" + "c" * 60 + "."
    _name_address(cast.ola, f"{long}ola.example")
    _guard(cast, f"{long}ewa.example")

    book(cast.anna, cast.ola)

    assert len(_told(cast)) == 2


def test_cancelling_tells_its_cost_by_the_rules(cast: Cast) -> None:
    _name_address(cast.ola, OLA, "en")
    open_to(cast.anna, cast.ola, horizon_days=30)
    for start in (MONDAY, MONDAY + 7 * DAY):
        booking = take(cast.anna, cast.ola, start)
        by_clients.cancel(
            practice=cast.anna.practice, booking_id=booking.id, seen_at=start, cause=None,
            now=start - HOUR,
        )  # fmt: skip

    texts = [
        each.open_text(cast.anna.practice.key).replace("\N{NO-BREAK SPACE}", " ")
        for each in Letter.across.filter(purpose="cancelled", to=OLA).order_by("made_at")
    ]
    assert len(texts) == 2
    said = [line for text in texts for line in text.splitlines() if line.startswith("What the")]
    assert said == [
        "What the rules say: forgiven, cancelled 1 hour before. Goodwill: PLN200 forgiven.",
        "What the rules say: not as agreed, cancelled 1 hour before. PLN200 due from you. "
        "Nothing is charged by itself: a person decides.",
    ]
