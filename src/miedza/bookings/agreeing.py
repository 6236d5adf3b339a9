"""Asking for the agreement, by letter or by hand, and what follows when it is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import override

from miedza.agreements import accepting
from miedza.agreements.models import Invitation
from miedza.agreements.queries import list_open, read_standing
from miedza.agreements.texts import list_changes
from miedza.bookings.judging import judge_person
from miedza.bookings.taking import refusing_overlap
from miedza.messaging.actions import draft_letter, withdraw_letters
from miedza.messaging.composing import compose
from miedza.messaging.letters import Asking, ask_to_accept, confirm_acceptance
from miedza.people.actions import open_place
from miedza.people.queries import find_guardian
from miedza.practice.actions import lock_practice
from miedza.practice.queries import find_leader

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.agreements.accepting import Evidence
    from miedza.agreements.models import Acceptance
    from miedza.messaging.composing import Content
    from miedza.people.models import Person
    from miedza.practice.models import Practice


class Asked(NamedTuple):
    """Somebody was asked to accept."""

    invitation: Invitation
    token: str
    """Of the link, which nobody can read again; empty where one was asked before."""
    to: str
    """Where the letter goes; empty where no address is known, or the link is handed over."""


def write_request(
    *,
    practice: Practice,
    person: Person,
    asked: Person,
    holds_at: datetime | None,
    words: str,
    token: str,
    now: datetime,
) -> Content:
    """The letter that asks a person to accept, in the language that is active.

    Raises:
        NothingInForce: no rules are published.
    """
    standing = read_standing(practice_id=practice.id, person_id=person.id, now=now)
    if standing.in_force is None:
        raise accepting.NothingInForce
    earlier, terms = standing.earlier, standing.in_force.terms
    changes = list_changes(earlier.rules.terms, terms, language=asked.language) if earlier else []
    asking = Asking(
        standing.in_force, holds_at, words, earlier is not None, changes, now + accepting.VALID
    )
    return ask_to_accept(
        practice, person=person, asked=asked, asking=asking, token=token, language=asked.language
    )


def find_asked(*, practice: Practice, person: Person) -> Person:
    """Who is to accept for a person: whoever answers for them, or they themselves."""
    return find_guardian(practice_id=practice.id, person_id=person.id) or person


@refusing_overlap()
@transaction.atomic
def ask(
    *,
    practice: Practice,
    person: Person,
    holds_at: datetime | None,
    words: str,
    by_mail: bool,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Asked:
    """Ask for the rules to be accepted, by letter where `by_mail` and an address is known.

    In work that already runs, nothing that was before `holds_at` is judged from now on. An earlier
    letter that has not gone yet does not go. Asked twice with one `id`, it is one letter.

    Raises:
        NothingInForce: no rules are published.
        SlotTaken: a meeting would hold its time again that was given to somebody else.
    """
    lock_practice(practice_id=practice.id)
    before = id and Invitation.objects.of(practice.id).filter(id=id).first()
    if before:
        return Asked(before, "", before.mailed_to)
    for each in list_open(practice_id=practice.id, person_id=person.id):
        withdraw_letters(practice=practice, key=f"agreement:{each.id}:", now=now)
    asked = find_asked(practice=practice, person=person)
    to = asked.email if by_mail else ""
    invitation, token = accepting.invite(
        practice=practice, person=person, asked=asked, holds_at=holds_at, words=words,
        mailed_to=to, now=now, id=id,
    )  # fmt: skip
    if to:
        open_place(practice=practice, person=asked)
        with override(asked.language):
            content = write_request(
                practice=practice, person=person, asked=asked, holds_at=holds_at, words=words,
                token=token, now=now,
            )  # fmt: skip
            _send(
                practice, person, asked, content, purpose="agreement", language=asked.language,
                key=str(invitation.id), now=now, secret=token,
            )  # fmt: skip
    judge_person(practice=practice, person_id=person.id, now=now, tells=False)
    return Asked(invitation, token, to)


@refusing_overlap()
@transaction.atomic
def accept(
    *,
    practice: Practice,
    person: Person,
    accepted_by: Person,
    language: str,
    text_digest: str,
    typed_name: str,
    evidence: Evidence,
    invitation: Invitation | None,
    now: datetime,
) -> Acceptance:
    """Accept the rules in force; a copy goes to whoever can be reached, and all is judged anew.

    Raises:
        NothingInForce: no rules are published.
        NotAsked: it is not theirs to accept.
        StaleAgreement: the text in force is not the one that was read.
        SlotTaken: a meeting would hold its time again that was given to somebody else.
    """
    acceptance = accepting.accept(
        practice=practice,
        person=person,
        accepted_by=accepted_by,
        language=language,
        text_digest=text_digest,
        typed_name=typed_name,
        evidence=evidence,
        invitation=invitation,
        now=now,
    )
    judge_person(practice=practice, person_id=person.id, now=now, tells=False)
    text = acceptance.open_text(practice.key)
    for each in {person.id: person, accepted_by.id: accepted_by}.values():
        if each.email:
            with override(language):
                content = confirm_acceptance(
                    practice, acceptance=acceptance, reader=each, text=text,
                    has_place=each.user_id is not None,
                )  # fmt: skip
                _send(
                    practice, person, each, content, purpose="accepted", language=language,
                    key=str(acceptance.id), now=now,
                )  # fmt: skip
    return acceptance


def _send(
    practice: Practice,
    person: Person,
    reader: Person,
    content: Content,
    *,
    purpose: str,
    language: str,
    key: str,
    now: datetime,
    secret: str = "",
) -> None:
    """Write one letter about the agreement; its language is the one that is active."""
    leader = find_leader(practice_id=practice.id)
    envelope = compose(
        content,
        practice=practice,
        language=language,
        reply_to="" if leader is None else leader.user.email,
    )
    draft_letter(
        practice=practice, person=person, purpose=purpose, language=language,
        to=reader.email, envelope=envelope, dedupe_key=f"{purpose}:{key}:{reader.id}", now=now,
        secret=secret,
    )  # fmt: skip
