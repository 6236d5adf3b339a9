"""How somebody reads the agreement and accepts it, in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miedza.agreements import accepting
from miedza.agreements.accepting import Evidence
from miedza.agreements.queries import find_in_force
from miedza.people.models import Person
from tests.cast import BOOKED

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.agreements.models import Acceptance, Invitation
    from miedza.agreements.texts import AgreementText
    from miedza.practice.models import Practitioner

EVIDENCE = Evidence("link", "2001:db8::1", "Mozilla/5.0 (tests)")


def read_text(
    practitioner: Practitioner,
    person: Person,
    *,
    now: datetime = BOOKED,
    language: str = "pl",
    invitation: Invitation | None = None,
) -> AgreementText:
    """The agreement as a person reads it."""
    rules = find_in_force(practice_id=practitioner.practice_id, at=now)
    assert rules is not None
    return accepting.show_agreement(
        practice=practitioner.practice, person=person, rules=rules, language=language,
        invitation=invitation, now=now,
    )  # fmt: skip


def accept(
    practitioner: Practitioner,
    person: Person,
    *,
    now: datetime = BOOKED,
    language: str = "pl",
    invitation: Invitation | None = None,
    **other: Any,
) -> Acceptance:
    """Read the agreement and accept it at once; `other` is what is told otherwise."""
    told = {"accepted_by": person, "typed_name": person.name, "evidence": EVIDENCE, **other}
    if "text_digest" not in told:
        text = read_text(practitioner, person, now=now, language=language, invitation=invitation)
        told["text_digest"] = text.digest
    return accepting.accept(
        practice=practitioner.practice, person=person, language=language, invitation=invitation,
        now=now, **told,
    )  # fmt: skip


def invite(
    practitioner: Practitioner, person: Person, *, now: datetime = BOOKED, **other: Any
) -> tuple[Invitation, str]:
    """Ask a person to accept, who has an address; `other` is what is told otherwise."""
    told: dict[str, Any] = {
        "asked": person, "holds_at": None, "words": "", "mailed_to": "ola@miedza.example", **other
    }  # fmt: skip
    asked = Person.objects.of(practitioner.practice_id).filter(id=told["asked"].id)
    asked.update(email=told["mailed_to"])
    return accepting.invite(practice=practitioner.practice, person=person, now=now, **told)
