"""The first letters go through a real mail server, in three languages, each with its rule."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings.agreeing import accept, ask
from miedza.bookings.lateness import say_late
from miedza.bookings.reminding import remind_due
from miedza.jobs import worker
from miedza.people.actions import open_place
from tests.adapters.smtp import Postman, running_server
from tests.agreements.agreeing import EVIDENCE, read_text
from tests.cast import BOOKED, MONDAY, Cast, book, tell

if TYPE_CHECKING:
    from email.message import EmailMessage

    from pytest_django.fixtures import Settings

    from miedza.people.models import Person

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SUBJECTS = {
    "en": [
        "How we work together: please read before we begin", "Accepted: how we work together",
        "Booked: Monday 2 March, 10:00", "Moved to Tuesday 3 March, 10:00",
        "We meet: Tuesday 3 March, 10:00", "About 10 minutes late: Anna Zielińska",
        "Cancelled: Tuesday 3 March, 10:00",
    ],
    "pl": [
        "Zasady naszej współpracy", "Zaakceptowano: zasady naszej współpracy",
        "Umówione spotkanie: poniedziałek, 2 marca, 10:00",
        "Spotkanie przełożone; nowy termin: wtorek, 3 marca, 10:00",
        "Spotykamy się: wtorek, 3 marca, 10:00", "Anna Zielińska: około 10 minut spóźnienia",
        "Odwołane spotkanie: wtorek, 3 marca, 10:00",
    ],
    "ru": [
        "Как мы работаем вместе", "Принято: как мы работаем вместе",
        "Встреча назначена: понедельник, 2 марта, 10:00",
        "Встреча перенесена, новое время: вторник, 3 марта, 10:00",
        "Встречаемся: вторник, 3 марта, 10:00",
        "Anna Zielińska: опоздание примерно на 10 минут",
        "Встреча отменена: вторник, 3 марта, 10:00",
    ],
}  # fmt: skip


def _send_all(postman: Postman, settings: Settings) -> list[EmailMessage]:
    """Let the worker hand everything over to a real server."""
    with running_server(postman) as server:
        settings.MIEDZA_SMTP = tuple(server)
        while worker.send_one(now=MONDAY + timedelta(days=30)):
            pass
    return [message for _sender, _to, message in postman.delivered]


def _live(cast: Cast, person: Person) -> None:
    """What happens from the first letter to a cancellation, at a practitioner's hand."""
    practice = cast.anna.practice
    ask(practice=practice, person=person, holds_at=None, words="", by_mail=True, now=BOOKED)
    now = BOOKED + HOUR
    text = read_text(cast.anna, person, now=now, language=person.language)
    accept(
        practice=practice, person=person, accepted_by=person, language=person.language,
        text_digest=text.digest, typed_name=person.name, evidence=EVIDENCE, invitation=None,
        now=now,
    )  # fmt: skip
    booking = book(cast.anna, person, now=BOOKED + 2 * HOUR)
    later = MONDAY + timedelta(days=1)
    tell(cast.anna, booking, "moved", "practitioner", BOOKED + 3 * HOUR, to_at=later)
    assert remind_due(now=later - 23 * HOUR) == 1
    say_late(
        practice=practice, booking_id=booking.id, by="practitioner", minutes=10, now=later - HOUR
    )
    tell(cast.anna, booking, "cancelled", "practitioner", later - HOUR / 2)


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_letters_arrive_in_the_readers_language(
    language: str, cast: Cast, settings: Settings
) -> None:
    ola = cast.ola
    ola.email, ola.language = "ola@clients.example", language
    ola.save(update_fields=["email", "language"])
    open_place(practice=cast.anna.practice, person=ola)
    _live(cast, ola)

    letters = _send_all(Postman(), settings)

    subjects = [str(letter["Subject"]) for letter in letters]
    assert len(subjects) == len(SUBJECTS[language])
    for subject, expected in zip(subjects, SUBJECTS[language], strict=True):
        assert subject.startswith(expected)
    for letter in letters:
        _check_letter(letter, language)
    (reminder,) = [one for one in letters if str(one["Subject"]) == SUBJECTS[language][4]]
    told = _parts(reminder)["text/plain"]
    assert re.search(r"15\s(minutes|minut|минут)", told)  # How long we wait.
    assert "100" in told or "200" in told  # What cancelling costs.


def _parts(letter: EmailMessage) -> dict[str, str]:
    """What is to be read; invitations for calendars are left to their own tests."""
    return {
        part.get_content_type(): part.get_content().replace("\r\n", "\n")
        for part in letter.walk()
        if part.get_content_type() in ("text/plain", "text/html")
    }


def _check_letter(letter: EmailMessage, language: str) -> None:
    """One address, the practitioner's name and answer, a text and a page in one language."""
    parts: dict[str, Any] = _parts(letter)
    assert set(parts) == {"text/plain", "text/html"}
    assert f'<html lang="{language}">' in parts["text/html"]
    assert str(letter["To"]) == "ola@clients.example"
    assert letter["From"].addresses[0].display_name == "Anna Zielińska"
    assert str(letter["Reply-To"]) == "anna@miedza.example"
    assert parts["text/plain"].rstrip().endswith("Anna Zielińska")
    assert "!" not in parts["text/plain"]
