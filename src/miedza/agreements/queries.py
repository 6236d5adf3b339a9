"""What is asked about the rules."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from miedza.agreements.models import Acceptance, Invitation, RulesVersion
from miedza.db.tokens import read_token
from miedza.people.queries import may_answer

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet


def find_in_force(*, practice_id: uuid.UUID, at: datetime) -> RulesVersion | None:
    """The version in force at an instant: the last published up to then."""
    published = list_published(practice_id=practice_id).filter(published_at__lte=at)
    return published.order_by("-number").first()


def find_draft(*, practice_id: uuid.UUID) -> RulesVersion | None:
    """The version that is being written, if any."""
    return RulesVersion.objects.of(practice_id).filter(published_at__isnull=True).first()


def list_published(*, practice_id: uuid.UUID) -> QuerySet[RulesVersion]:
    """All versions that ever came into force, the first first."""
    published = RulesVersion.objects.of(practice_id).filter(published_at__isnull=False)
    return published.order_by("number")


def list_open(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> QuerySet[Invitation]:
    """The invitations to a person's agreement that were not withdrawn."""
    return Invitation.objects.of(practice_id).filter(person_id=person_id, withdrawn_at=None)


class Standing(NamedTuple):
    """How a person stands to the rules."""

    in_force: RulesVersion | None
    accepted: Acceptance | None
    """Of the version in force."""
    earlier: Acceptance | None
    """The last one of an earlier version."""
    invitation: Invitation | None
    """The one that can still be answered."""
    named_at: datetime | None
    """From when the rules hold in running work, as the last letter said; None where none did."""

    @property
    def may_book(self) -> bool:
        """Whether the person may book by themselves: only under rules they have accepted."""
        return self.accepted is not None

    @property
    def has_agreed(self) -> bool:
        """Whether the person ever agreed to anything: nobody is shown judged by what they never
        saw."""
        return self.accepted is not None or self.earlier is not None

    def holds_at(self, now: datetime) -> datetime | None:
        """The day that a letter written now repeats: one ahead, or one not answered so far."""
        if self.named_at is None or (self.has_agreed and self.named_at <= now):
            return None
        return self.named_at


def read_standing(*, practice_id: uuid.UUID, person_id: uuid.UUID, now: datetime) -> Standing:
    """Read how a person stands to the rules at this moment."""
    in_force = find_in_force(practice_id=practice_id, at=now)
    of_person = Acceptance.objects.of(practice_id).filter(person_id=person_id)
    accepted, earlier = None, None
    for acceptance in of_person.select_related("rules", "accepted_by").order_by("rules__number"):
        if in_force is not None and acceptance.rules_id == in_force.id:
            accepted = acceptance
        else:
            earlier = acceptance
    invitations = list_open(practice_id=practice_id, person_id=person_id)
    invitation = invitations.select_related("asked").first()
    named_at = None if invitation is None else invitation.holds_at
    if invitation is not None and invitation.expires_at <= now:
        invitation = None
    return Standing(in_force, accepted, earlier, invitation, named_at)


class Holding(NamedTuple):
    """What a person has agreed to over time, and whether they were ever asked."""

    acceptances: list[Acceptance]
    """With their rules, the first first."""
    introduced: bool
    """Whether rules were introduced with a date: what was before it is judged by none."""


def read_holding(
    *, practice_id: uuid.UUID, person_ids: Iterable[uuid.UUID]
) -> dict[uuid.UUID, Holding]:
    """Read what some persons have agreed to, by person, in two questions."""
    ids = list(person_ids)
    accepted: dict[uuid.UUID, list[Acceptance]] = defaultdict(list)
    of_persons = Acceptance.objects.of(practice_id).filter(person_id__in=ids)
    for acceptance in of_persons.select_related("rules").order_by("accepted_at", "id"):
        accepted[acceptance.person_id].append(acceptance)
    asked = Invitation.objects.of(practice_id).filter(person_id__in=ids, withdrawn_at=None)
    dated = asked.filter(holds_at__isnull=False)
    introduced = set(dated.values_list("person_id", flat=True))
    return {each: Holding(accepted[each], each in introduced) for each in ids}


def find_invitation(*, token: str, now: datetime) -> Invitation | None:
    """The invitation that a link belongs to, with its practice and people; None where it is none.

    An invitation that was withdrawn or is over is none, and one whose reader has another address
    by now or no longer answers for the person.
    """
    read = read_token(token)
    if read is None:
        return None
    found = Invitation.objects.of(read.practice_id).filter(
        id=read.row_id, token_digest=read.digest, withdrawn_at=None, expires_at__gt=now
    )
    invitation = found.select_related("practice", "person", "asked").first()
    if invitation is None or not invitation.reaches_asked:
        return None
    may = may_answer(
        practice_id=read.practice_id, person=invitation.person, by=invitation.asked
    )  # fmt: skip
    return invitation if may else None


def list_not_accepted(*, practice_id: uuid.UUID, rules_id: uuid.UUID) -> list[Acceptance]:
    """The last acceptance of everybody who accepted some version, but not this one."""
    current = Acceptance.objects.of(practice_id).filter(rules_id=rules_id)
    earlier = Acceptance.objects.of(practice_id).exclude(person_id__in=current.values("person_id"))
    last = {
        a.person_id: a for a in earlier.select_related("person", "rules").order_by("accepted_at")
    }
    return sorted(last.values(), key=lambda each: each.person.search_name)
