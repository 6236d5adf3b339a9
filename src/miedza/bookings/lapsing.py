"""What the clock does with times: what nobody answered is free again, who waits is offered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from miedza.bookings.apart import Apart
from miedza.bookings.keeping import Answered, find_kept, write_answer
from miedza.bookings.models import Kept, Taken
from miedza.bookings.telling_of_times import tell_of_lapse
from miedza.bookings.waiting import end_over, finds_free, list_practitioners_waited_for, offer_free
from miedza.practice.actions import lock_practice
from miedza.practice.models import Practitioner

if TYPE_CHECKING:
    import uuid
    from datetime import datetime


def lapse_due(*, now: datetime, most: int = 100) -> int:
    """Let what was kept until now be free again, and tell who waited for an answer.

    Returns:
        How many were looked at.

    Raises:
        ExceptionGroup: some could not be let go; all others were.
    """
    over = Taken.across.filter(kept_until__lte=now).values_list("practice_id", "id")
    kept = Kept.across.filter(answer="", id__in=over.values("id"))
    due = list(kept.values_list("practice_id", "id")[:most])
    apart = Apart("some times could not be let go")
    for practice_id, kept_id in due:
        with apart.each(f"time {kept_id} of practice {practice_id}"):
            _lapse(practice_id, kept_id, now)
    apart.tell()
    return len(due)


@transaction.atomic
def _lapse(practice_id: uuid.UUID, kept_id: uuid.UUID, now: datetime) -> None:
    """Let one kept time lapse, unless it was answered this very moment."""
    lock_practice(practice_id=practice_id)
    kept = find_kept(practice_id=practice_id, kept_id=kept_id)
    taken = Taken.objects.of(practice_id).filter(id=kept_id, kept_until__lte=now).first()
    if kept is None or taken is None:
        return
    try:
        write_answer(kept=kept, answer="lapsed", now=now)
    except Answered:
        return  # Somebody was faster; then there is nothing to let go.
    if kept.purpose == "wish":
        tell_of_lapse(kept=kept, now=now)
    offer_free(practitioner=taken.practitioner, now=now)


def offer_waited_for(*, now: datetime) -> int:
    """Offer what has become free by other ways, such as new hours, to those who wait for it.

    Returns:
        How many offers were made.

    Raises:
        ExceptionGroup: with some practitioners it could not be; with all others it was.
    """
    made, apart = 0, Apart("some times could not be offered")
    for practice_id, practitioner_id in list_practitioners_waited_for():
        with apart.each(f"practitioner {practitioner_id} of practice {practice_id}"):
            made += _offer_waited_for(practice_id, practitioner_id, now)
    apart.tell()
    return made


@transaction.atomic
def _offer_waited_for(practice_id: uuid.UUID, practitioner_id: uuid.UUID, now: datetime) -> int:
    """Offer what is free in one calendar to those who wait for it; how much it was."""
    found = Practitioner.objects.of(practice_id).filter(id=practitioner_id)
    practitioner = found.select_related("practice", "user").get()
    end_over(practitioner=practitioner, now=now)
    if not finds_free(practitioner=practitioner, now=now):
        return 0  # Nothing is locked, and nothing that was kept of the practice's pages is lost.
    lock_practice(practice_id=practice_id)
    return len(offer_free(practitioner=practitioner, now=now))
