"""Leaving a practice: only once nothing is ahead with whoever leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from miedza.bookings.models import Taken
from miedza.bookings.waiting import end_over, list_waiting
from miedza.calendars.actions import close_feeds, remove_source
from miedza.calendars.queries import list_sources
from miedza.practice.actions import lock_practice
from miedza.practice.joining import let_practitioner_go
from miedza.practice.queries import is_leader

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from miedza.practice.models import Practitioner


class LeadsThePractice(ValueError):  # noqa: N818 - named for what is refused.
    """Whoever leads a practice stays."""


class StillExpected(ValueError):  # noqa: N818 - named for what is refused.
    """Something is ahead with whoever leaves, or somebody waits for it."""


def list_expected(*, practitioner: Practitioner, now: datetime) -> QuerySet[Taken]:
    """What is ahead in a practitioner's calendar: meetings, groups, what is kept for somebody."""
    ahead = Taken.objects.of(practitioner.practice_id).filter(
        calendar_key=practitioner.calendar_key, occupies=True, ends_at__gt=now, frame_id=None
    )
    return ahead.exclude(kept_until__lte=now).order_by("starts_at", "id")


@transaction.atomic
def leave(*, practitioner: Practitioner, now: datetime) -> None:
    """Let a practitioner leave; their other calendars are read no more.

    Raises:
        LeadsThePractice: they lead it.
        StillExpected: something is ahead with them, or somebody waits for a time with them.
    """
    practice = practitioner.practice
    lock_practice(practice_id=practice.id)
    if is_leader(practitioner):
        raise LeadsThePractice
    end_over(practitioner=practitioner, now=now)
    waiting = list_waiting(practice_id=practice.id, practitioner_id=practitioner.id)
    if waiting.exists() or list_expected(practitioner=practitioner, now=now).exists():
        raise StillExpected
    close_feeds(practice=practice, now=now, practitioner_id=practitioner.id)
    for source in list_sources(practitioner=practitioner):
        remove_source(source=source)
    let_practitioner_go(practitioner=practitioner, now=now)
