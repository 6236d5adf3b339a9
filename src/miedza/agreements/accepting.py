"""Asking a person to accept the rules, and keeping the evidence that they did."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from miedza.agreements.models import Acceptance, Invitation
from miedza.agreements.queries import find_in_force, list_open
from miedza.agreements.texts import write_agreement
from miedza.db.ids import make_id
from miedza.db.tokens import make_token
from miedza.people.queries import may_answer
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.agreements.models import RulesVersion
    from miedza.agreements.texts import AgreementText
    from miedza.people.models import Person
    from miedza.practice.models import Practice

VALID = timedelta(days=60)
"""How long a link to the agreement opens it."""


class NothingInForce(ValueError):  # noqa: N818 - named for what is refused.
    """There are no published rules to accept."""


class StaleAgreement(ValueError):  # noqa: N818 - named for what is refused.
    """What was read is not what is in force now; it must be read again."""


class NotAsked(ValueError):  # noqa: N818 - named for what is refused.
    """Somebody else answers for this person."""


class Evidence(NamedTuple):
    """Whence an acceptance came."""

    way: str
    """One of `WAYS`."""
    address: str
    agent: str
    mailed_to: str = ""
    """Where the link was mailed, if it was."""


@transaction.atomic
def invite(
    *,
    practice: Practice,
    person: Person,
    asked: Person,
    holds_at: datetime | None,
    words: str,
    mailed_to: str,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> tuple[Invitation, str]:
    """Ask for the rules to be accepted; an earlier link to the same agreement is withdrawn.

    Args:
        practice: whose rules.
        person: whose agreement it is.
        asked: who is to accept.
        holds_at: for work that already runs, from when the rules hold; else None.
        words: the practitioner's own, may be empty.
        mailed_to: where the link goes; empty where it is handed over.
        now: the present instant.
        id: of the invitation, where one was handed out with a form.

    Returns:
        The invitation, and the token of its link, which nobody can read again.

    Raises:
        NothingInForce: no rules are published.
    """
    lock_practice(practice_id=practice.id)
    if find_in_force(practice_id=practice.id, at=now) is None:
        raise NothingInForce
    list_open(practice_id=practice.id, person_id=person.id).update(withdrawn_at=now)
    invitation = Invitation(
        id=id or make_id(),
        practice=practice,
        person_id=person.id,
        asked_id=asked.id,
        holds_at=holds_at,
        made_at=now,
        expires_at=now + VALID,
        mailed_to=mailed_to,
    )
    token, invitation.token_digest = make_token(practice.id, invitation.id)
    invitation.seal_text(practice.key, words)
    invitation.save(force_insert=True)
    return invitation, token


def show_agreement(
    *,
    practice: Practice,
    person: Person,
    rules: RulesVersion,
    language: str,
    invitation: Invitation | None,
    now: datetime,
) -> AgreementText:
    """The agreement as it is to be accepted at this moment."""
    dated = None if invitation is None else invitation.holds_at
    return write_agreement(
        rules,
        practitioner=practice.name,
        client=person.name,
        language=language,
        holds_at=dated if dated is not None and dated > now else None,
    )


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
    """Accept the rules in force. Accepted twice, it is one acceptance, the first.

    Args:
        practice: whose rules.
        person: whose agreement it is.
        accepted_by: the person, or whoever answers for them.
        language: in which it was read.
        text_digest: of the text that was read.
        typed_name: the name as it was typed under it.
        evidence: whence it came.
        invitation: the one that is answered, if any; its date counts.
        now: the present instant.

    Raises:
        NothingInForce: no rules are published.
        NotAsked: it is not theirs to accept.
        StaleAgreement: the text in force is not the one that was read.
    """
    lock_practice(practice_id=practice.id)
    rules = find_in_force(practice_id=practice.id, at=now)
    if rules is None:
        raise NothingInForce
    before = Acceptance.objects.of(practice.id).filter(person_id=person.id, rules_id=rules.id)
    if (held := before.first()) is not None:
        return held
    if not may_answer(practice_id=practice.id, person=person, by=accepted_by):
        raise NotAsked
    if invitation is not None and not _still_open(invitation):
        raise StaleAgreement
    text = show_agreement(
        practice=practice, person=person, rules=rules, language=language,
        invitation=invitation, now=now,
    )  # fmt: skip
    if text.digest != text_digest:
        raise StaleAgreement
    now = now.replace(microsecond=0)  # As bookings are told: accepted, then booked, is in order.
    dated = None if invitation is None else invitation.holds_at
    acceptance = Acceptance(
        practice=practice, person_id=person.id, accepted_by_id=accepted_by.id, rules_id=rules.id,
        language=language, text_digest=text.digest, typed_name=typed_name, way=evidence.way,
        holds_at=max(now, dated or now), accepted_at=now, address=evidence.address[:45],
        agent=evidence.agent.replace("\0", "")[:300], mailed_to=evidence.mailed_to,
    )  # fmt: skip
    acceptance.seal_text(practice.key, text.plain)
    acceptance.save(force_insert=True)
    return acceptance


def _still_open(invitation: Invitation) -> bool:
    """Whether an invitation was not withdrawn since it was read."""
    still = list_open(practice_id=invitation.practice_id, person_id=invitation.person_id)
    return still.filter(id=invitation.id).exists()


def let_no_link_enter(*, now: datetime) -> None:
    """Let no link that is out enter any more: which of them did, a backup may not know."""
    Invitation.across.filter(entered_at=None).update(entered_at=now)


def enter_once(*, invitation: Invitation, now: datetime) -> bool:
    """Let somebody in by the link they were mailed; tell whether it was the first time."""
    fresh = Invitation.objects.of(invitation.practice_id).filter(
        id=invitation.id, entered_at=None, withdrawn_at=None
    )
    return invitation.can_enter(now) and fresh.update(entered_at=now) == 1
