"""Who is told, and by which letters: one to each, in their language, on their clocks."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.utils.translation import override

from miedza.messaging.actions import draft_letter
from miedza.messaging.composing import compose
from miedza.people.queries import list_guardians

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable
    from datetime import datetime

    from miedza.messaging.composing import Content
    from miedza.messaging.envelopes import Envelope
    from miedza.messaging.letters_of_meetings import Meeting
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner

    Tell = Callable[[Meeting], Content]
    Invite = Callable[["Addressee", Envelope], Envelope]


class Addressee(NamedTuple):
    """Somebody who is told."""

    side: str
    name: str
    to: str
    language: str
    zone: str
    """On whose clocks they live."""


def list_addressees(*, practice: Practice, person: Person) -> list[Addressee]:
    """Who is told on the client's side: the person, and all who answer for them."""
    found: dict[str, Addressee] = {}
    for each in (*list_guardians(practice_id=practice.id, person_id=person.id), person):
        if each.email:
            zone = each.time_zone or person.time_zone or practice.time_zone
            told = Addressee("client", each.name, each.email, each.language, zone)
            found.setdefault(each.email.lower(), told)
    return list(found.values())


def find_leading(practitioner: Practitioner) -> Addressee:
    """The practitioner, as somebody who is told."""
    user, zone = practitioner.user, practitioner.practice.time_zone
    return Addressee("practitioner", practitioner.name, user.email, user.language, zone)


def list_told(told: Meeting, practitioner: Practitioner, sides: tuple[str, ...]) -> list[Addressee]:
    """Who is told of a meeting on one side or both."""
    addressees = []
    if "client" in sides:
        addressees += list_addressees(practice=told.practice, person=told.person)
    if "practitioner" in sides:
        addressees.append(find_leading(practitioner))
    return addressees


def write_letters(
    *,
    told: Meeting,
    practitioner: Practitioner,
    addressees: list[Addressee],
    purpose: str,
    write: Tell,
    key: str,
    now: datetime,
    meeting_id: uuid.UUID | None = None,
    can_wait: bool = False,
    secret: str = "",
    invite: Invite | None = None,
) -> int:
    """Write letters about a meeting, or about a time that may become one.

    Args:
        told: the meeting as its client reads of it; whom it is for is put in for each reader.
        practitioner: who answers, with the user.
        addressees: who is told.
        purpose: of the letters.
        write: makes the content for one reader.
        key: what makes it one letter to each, however often it is told.
        now: the present instant.
        meeting_id: of the meeting, where there is one in the ledger.
        can_wait: whether the letters wait a little, so that an undo takes them back.
        secret: what is for the reader of the mail alone.
        invite: makes the iCalendar file that goes with the letter of one reader, if any.

    Returns:
        How many letters were written; 0 where no address is known.
    """
    due_at = now + timedelta(seconds=settings.UNDO_SECONDS) if can_wait else None
    for each in addressees:
        with override(each.language):
            content = write(
                told._replace(
                    addressee=each.name, reader=each.side, language=each.language, zone=each.zone
                )
            )
            envelope = compose(
                content,
                practice=told.practice,
                language=each.language,
                reply_to=practitioner.user.email if each.side == "client" else "",
            )
            if invite is not None and each.side == "client":
                envelope = invite(each, envelope)
        draft_letter(
            practice=told.practice, person=told.person, purpose=purpose, language=each.language,
            to=each.to, envelope=envelope, dedupe_key=f"{purpose}:{key}:{_digest(each.to)}",
            now=now, meeting_id=meeting_id, due_at=due_at, secret=secret,
        )  # fmt: skip
    return len(addressees)


def _digest(address: str) -> str:
    """What tells an address from others in few letters: two may begin alike for very long."""
    return hashlib.sha256(address.encode()).hexdigest()[:32]
