"""What changes the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from miedza.agreements.models import RulesVersion
from miedza.agreements.queries import find_draft
from miedza.core.terms import read_terms
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.practice.models import Practice


class NothingToPublish(ValueError):  # noqa: N818 - named for what is refused.
    """There is no draft; perhaps it was published in another window."""


class StaleDraft(ValueError):  # noqa: N818 - named for what is refused.
    """The draft is not the one that was being looked at; another window changed or published it."""


@transaction.atomic
def save_draft(*, practice: Practice, terms: dict[str, Any]) -> RulesVersion:
    """Keep terms as the draft of the next version.

    Raises:
        miedza.core.faults.InvalidDocument: the terms have faults; nothing is kept.
    """
    read_terms(terms)
    lock_practice(practice_id=practice.id)
    draft = find_draft(practice_id=practice.id)
    if draft is None:
        last = RulesVersion.objects.of(practice.id).order_by("-number").first()
        draft = RulesVersion(practice=practice, number=1 if last is None else last.number + 1)
    draft.terms = terms
    draft.save()
    return draft


@transaction.atomic
def publish_draft(
    *, practice: Practice, number: int, now: datetime, digest: str | None = None
) -> RulesVersion:
    """Bring the draft into force for bookings made from now on.

    Args:
        practice: whose rules.
        number: of the draft that was read before publishing.
        now: the present instant.
        digest: of the terms that were read; None where the caller has just written them.

    Raises:
        NothingToPublish: there is no draft.
        StaleDraft: the draft has another number, or holds other terms.
    """
    lock_practice(practice_id=practice.id)
    draft = find_draft(practice_id=practice.id)
    if draft is None:
        raise NothingToPublish
    if draft.number != number or digest not in (None, draft.digest):
        raise StaleDraft
    draft.published_at = now
    draft.save(update_fields=["published_at"])
    return draft


@transaction.atomic
def discard_draft(*, practice: Practice) -> bool:
    """Throw the draft away; tell whether there was one."""
    lock_practice(practice_id=practice.id)
    drafts = RulesVersion.objects.of(practice.id).filter(published_at__isnull=True)
    return drafts.delete()[0] > 0
