"""How the tests of agreements ask somebody, open the link and accept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse

from miedza.bookings.agreeing import ask
from miedza.people.models import Person
from tests.web.pages import present, typed

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.practice.models import Practitioner

AGENT = "Mozilla/5.0 (a phone)"


def ask_for(
    practitioner: Practitioner, person: Person, *, by_mail: bool = True, now: datetime | None = None
) -> str:
    """Give somebody an e-mail, ask them, answer the address of the link."""
    person = fresh(person)  # The cast outlives what one test does to the database.
    if by_mail and not person.email:
        person = mail_to(person, "ola@clients.example")
    asked = ask(
        practice=practitioner.practice, person=person, holds_at=None, words="", by_mail=by_mail,
        now=now or present(),
    )  # fmt: skip
    return reverse("agree", args=[asked.token])


def fresh(person: Person) -> Person:
    """Somebody as the database now knows them."""
    return Person.objects.of(person.practice_id).get(id=person.id)


def mail_to(person: Person, email: str) -> Person:
    """Write an e-mail down."""
    person = fresh(person)
    person.email = email
    person.save(update_fields=["email"])
    return person


def browser(language: str = "en") -> Client:
    client = Client(headers={"accept-language": language, "user-agent": AGENT})
    client.cookies["miedza_language"] = language
    return client


def accept(client: Client, link: str, name: str = "Ola Żółć", **more: str) -> Any:
    digest = typed(client.get(link), "digest")[0]
    return client.post(link, {"digest": digest, "typed_name": name, "read": "on", **more})
