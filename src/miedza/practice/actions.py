"""What changes practices."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction

from miedza.db.encryption import make_practice_key
from miedza.db.ids import make_id
from miedza.practice.models import Practice, Practitioner, User

if TYPE_CHECKING:
    from datetime import datetime


@transaction.atomic
def create_practice(
    *,
    email: str,
    practitioner_name: str,
    profession: str,
    language: str,
    currency: str,
    time_zone: str,
    now: datetime,
) -> Practitioner:
    """Create a practice, its first practitioner, and the user who signs in as them.

    Returns:
        The practitioner, with `practice` and `user`.
    """
    user = User.objects.create_user(email, language=language)
    practice_id = make_id()
    practice = Practice.objects.create(
        id=practice_id,
        name=practitioner_name,
        profession=profession,
        language=language,
        currency=currency,
        time_zone=time_zone,
        sealed_key=make_practice_key(practice_id),
        created_at=now,
    )
    practitioner_id = make_id()
    return Practitioner.across.create(
        id=practitioner_id,
        practice=practice,
        user=user,
        name=practitioner_name,
        calendar_key=_calendar_key(practitioner_id.bytes),
    )


@transaction.atomic
def change_practice(
    *,
    practice: Practice,
    name: str,
    profession: str,
    language: str,
    time_zone: str,
) -> None:
    """Change how a practice is called and where it works. Its currency stays: amounts stand in it."""
    practice.name = name
    practice.profession = profession
    practice.language = language
    practice.time_zone = time_zone
    practice.save(update_fields=["name", "profession", "language", "time_zone"])


def change_looks(*, user: User, language: str, theme: str) -> None:
    """Change the language and the colours of the pages for one user."""
    user.language = language
    user.theme = theme
    user.save(update_fields=["language", "theme"])


def _calendar_key(identity: bytes) -> int:
    """A number of 62 bits that stands for a calendar."""
    return int.from_bytes(hashlib.blake2b(identity, digest_size=8).digest()) >> 2
