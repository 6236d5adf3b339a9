"""What people decide about rulings: stand by them, let them go, speak, see them differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from miedza.db.ids import make_id
from miedza.ledger.models import CHOICES, Decision, Objection, Ruling, Waiver
from miedza.ledger.queries import find_agreed, list_holding
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.practice.models import Practice


class NothingToDecide(ValueError):  # noqa: N818 - named for what is refused.
    """The ruling no longer holds, was waived, or is no crossing."""


class NobodyAgreed(ValueError):  # noqa: N818 - named for what is refused.
    """The client had not accepted the rules, so their fee is not owed by agreement."""


class NothingToSay(ValueError):  # noqa: N818 - named for what is refused.
    """The ruling does not hold, or is not about this meeting."""


@transaction.atomic
def decide(*, practice: Practice, ruling_id: uuid.UUID, choice: str, now: datetime) -> Decision:
    """Decide about a crossing; decided the same twice, it is one decision.

    Args:
        practice: whose ledger.
        ruling_id: a crossing that holds.
        choice: `apply` to stand by it, `talk` to speak first, `leave` to leave it be where nothing
            is owed, `open` to take the decision back.
        now: the present instant.

    Raises:
        NothingToDecide: it is no crossing that holds, it was waived, there is no such choice, or a
            fee is to be left be, which is a gift and needs its reason.
        NobodyAgreed: a fee is to be charged of which nobody was told beforehand.
    """
    lock_practice(practice_id=practice.id)
    ruling = _find_holding(practice, ruling_id) if choice in CHOICES else None
    if ruling is None or ruling.verdict != "crossed" or _is_waived(practice, ruling):
        raise NothingToDecide
    if choice == "leave" and ruling.owed_by is not None:
        raise NothingToDecide
    if choice == "apply" and ruling.owed_by == "client":
        agreed = find_agreed(practice_id=practice.id, meetings=[ruling.meeting])
        if ruling.meeting_id not in agreed:
            raise NobodyAgreed
    last = Decision.objects.of(practice.id).filter(ruling_id=ruling.id).order_by("edition").last()
    if last is not None and last.choice == choice:
        return last
    return Decision.across.create(
        practice=practice,
        ruling_id=ruling.id,
        edition=1 if last is None else last.edition + 1,
        choice=choice,
        made_at=now,
    )


@transaction.atomic
def object_to(
    *,
    practice: Practice,
    meeting_id: uuid.UUID,
    ruling_id: uuid.UUID,
    text: str,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Objection:
    """Say, as the client, that one sees a ruling differently; said twice with one `id`, it is once.

    Raises:
        NothingToSay: the ruling does not hold, or is of another meeting.
    """
    lock_practice(practice_id=practice.id)
    wanted = id or make_id()
    before = Objection.objects.of(practice.id).filter(id=wanted).first()
    if before is not None:
        return before
    ruling = _find_holding(practice, ruling_id)
    if ruling is None or ruling.meeting_id != meeting_id:
        raise NothingToSay
    objection = Objection(id=wanted, practice=practice, ruling_id=ruling.id, at=now)
    objection.seal_text(practice.key, text)
    objection.save(force_insert=True)
    return objection


def _find_holding(practice: Practice, ruling_id: uuid.UUID) -> Ruling | None:
    """A ruling that still holds, with its meeting."""
    found = list_holding(practice_id=practice.id).filter(id=ruling_id)
    return found.select_related("meeting", "meeting__rules").first()


def _is_waived(practice: Practice, ruling: Ruling) -> bool:
    return Waiver.objects.of(practice.id).filter(ruling_id=ruling.id).exists()
