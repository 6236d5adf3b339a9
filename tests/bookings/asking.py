"""How somebody is asked and accepts, with the letters that follow, in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miedza.agreements.models import Acceptance
from miedza.bookings import agreeing
from miedza.bookings.agreeing import Asked
from miedza.messaging.models import Letter, Mail
from miedza.messaging.queries import read_mail
from miedza.people.actions import relate
from miedza.people.models import Person
from miedza.practice.queries import list_doors
from tests.agreements.agreeing import EVIDENCE, read_text
from tests.cast import BOOKED, Cast, make_person

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.messaging.envelopes import Envelope

EWA = "ewa@miedza.example"


def name_address(person: Person, email: str, language: str = "en") -> Person:
    """Write an address and a language down."""
    person.email, person.language = email, language
    person.save()
    return person


def guard(cast: Cast, email: str = EWA) -> Person:
    """Ewa answers for Ola."""
    ewa = name_address(make_person(cast.anna, "Ewa"), email)
    relate(practice=cast.anna.practice, person=cast.ola, other=ewa, kind="guardian", now=BOOKED)
    return ewa


def ask(cast: Cast, person: Person | None = None, **other: Any) -> Asked:
    """Ask somebody, or Ola, by letter; `other` is what is told otherwise."""
    told = {"holds_at": None, "words": "", "by_mail": True, "now": BOOKED, **other}
    return agreeing.ask(practice=cast.anna.practice, person=person or cast.ola, **told)


def accept(cast: Cast, *, now: datetime = BOOKED, **other: Any) -> Acceptance:
    """Let Ola's agreement be read and accepted; `other` is what is told otherwise."""
    text = read_text(
        cast.anna, cast.ola, now=now, language="en", invitation=other.get("invitation")
    )
    told = {
        "accepted_by": cast.ola, "language": "en", "text_digest": text.digest,
        "typed_name": "Ola Żółć", "evidence": EVIDENCE, "invitation": None, **other,
    }  # fmt: skip
    return agreeing.accept(practice=cast.anna.practice, person=cast.ola, now=now, **told)


def read_letters(purpose: str) -> dict[str, Envelope]:
    """What was written for a purpose, by address."""
    letters = Letter.across.filter(purpose=purpose)
    return {each.to: read_mail(Mail.objects.get(id=each.mail_id)) for each in letters}


def has_door(cast: Cast, person: Person) -> bool:
    """Whether somebody may enter a place in Anna's practice."""
    user = Person.objects.of(cast.anna.practice_id).get(id=person.id).user
    return user is not None and list_doors(user_id=user.id) == [cast.anna.practice]
