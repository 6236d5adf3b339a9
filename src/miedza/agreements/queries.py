"""What is asked about the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miedza.agreements.models import RulesVersion

if TYPE_CHECKING:
    import uuid
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
