"""Joining a practice, by a link in a letter, and leaving it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from miedza.db.ids import make_id
from miedza.db.tokens import make_token, read_token
from miedza.practice.actions import lock_installation, lock_practice, make_practitioner
from miedza.practice.models import Joining, Practitioner, User
from miedza.practice.queries import list_practitioners

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.practice.models import Practice

LINK_HOLDS = timedelta(days=14)


class WorksElsewhere(ValueError):  # noqa: N818 - named for what is refused.
    """Whoever signs in with this address works in another practice."""


class WorksHere(ValueError):  # noqa: N818 - named for what is refused.
    """Whoever signs in with this address works here already."""


@transaction.atomic
def ask_to_join(*, practice: Practice, name: str, email: str, now: datetime) -> tuple[Joining, str]:
    """Ask somebody to work in a practice; what was asked of this address before ends.

    Returns:
        What was asked, and the token of its link, which is told once.

    Raises:
        WorksHere: they do already.
    """
    lock_practice(practice_id=practice.id)
    email = email.strip().lower()
    people = list_practitioners(practice_id=practice.id)
    if any(each.user.email == email for each in people):
        raise WorksHere
    Joining.objects.of(practice.id).filter(email=email, ended_at=None).update(ended_at=now)
    joining_id = make_id()
    token, digest = make_token(practice.id, joining_id)
    joining = Joining.across.create(
        id=joining_id, practice=practice, name=name, email=email, token_digest=digest, made_at=now
    )
    return joining, token


def list_asked(*, practice_id: uuid.UUID, now: datetime) -> list[Joining]:
    """Who was asked to join and may still do so, the last one first."""
    asked = Joining.objects.of(practice_id).filter(ended_at=None, made_at__gt=now - LINK_HOLDS)
    return list(asked.order_by("-made_at", "-id"))


def find_joining(token: str, *, now: datetime) -> Joining | None:
    """What the link of a letter asks, if it may still be answered."""
    read = read_token(token)
    if read is None:
        return None
    found = Joining.objects.of(read.practice_id).filter(
        id=read.row_id, token_digest=read.digest, ended_at=None, made_at__gt=now - LINK_HOLDS
    )
    return found.select_related("practice").first()


def take_back(*, practice: Practice, joining_id: uuid.UUID, now: datetime) -> bool:
    """Let the link of a letter open nothing any more; tell whether it did until now."""
    asked = Joining.objects.of(practice.id).filter(id=joining_id, ended_at=None)
    return asked.update(ended_at=now) > 0


@transaction.atomic
def join(*, joining: Joining, now: datetime) -> Practitioner | None:
    """Let whoever was asked work in the practice; who had left comes back. None if it was too late.

    Raises:
        WorksElsewhere: they work in another practice.
    """
    practice = joining.practice
    lock_installation()
    lock_practice(practice_id=practice.id)
    user = User.objects.filter(email=joining.email).first()
    if user is not None and user.practice_id not in (None, practice.id):
        raise WorksElsewhere
    if not take_back(practice=practice, joining_id=joining.id, now=now):
        return None
    if user is None:
        user = User.objects.create_user(joining.email, language=practice.language)
    user.practice = practice
    user.save(update_fields=["practice"])
    before = Practitioner.objects.of(practice.id).filter(user_id=user.id).first()
    if before is None:
        return make_practitioner(practice, user, joining.name)
    before.name, before.left_at = joining.name, None
    before.save(update_fields=["name", "left_at"])
    return before


@transaction.atomic
def let_practitioner_go(*, practitioner: Practitioner, now: datetime) -> None:
    """Let somebody work in a practice no more; what they led stays in its record."""
    lock_practice(practice_id=practitioner.practice_id)
    practitioner.left_at = now
    practitioner.save(update_fields=["left_at"])
    User.objects.filter(id=practitioner.user_id).update(practice=None)
