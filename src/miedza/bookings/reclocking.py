"""Where a zone changes its rules, a practice's hours stay where they were on its clocks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q

from miedza.bookings.apart import Apart
from miedza.bookings.inviting import invite_to
from miedza.bookings.judging import judge_person
from miedza.bookings.models import Booking, Kept, Taken, TimeOff
from miedza.bookings.queries import find_booking
from miedza.bookings.showing import show_groups
from miedza.bookings.taking import list_taken
from miedza.bookings.telling import tell
from miedza.bookings.walls import CLOCK_RULES, read_wall
from miedza.ledger.actions import shift_start
from miedza.messaging.letters_near_meetings import tell_clocks
from miedza.practice.actions import lock_practice
from miedza.practice.models import Practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime


def keep_walls(*, now: datetime, rules: str = CLOCK_RULES, most: int = 100) -> int:
    """Look at the practices that were never looked at by the zone rules that are now known.

    Args:
        now: the present instant.
        rules: the edition of the rules.
        most: how many practices to look at in one call.

    Returns:
        How many meetings stand at another instant now.

    Raises:
        ExceptionGroup: some practices could not be looked at; all others were.
    """
    shifted, apart = 0, Apart("the clocks of some practices could not be followed")
    due = Practice.objects.filter(Q(clock_rules__isnull=True) | ~Q(clock_rules=rules))
    for practice in due.order_by("id")[:most]:
        with apart.each(f"practice {practice.id}"):
            shifted += _keep_walls(practice, rules, now)
    apart.tell()
    return shifted


@transaction.atomic
def _keep_walls(practice: Practice, rules: str, now: datetime) -> int:
    """Follow the clocks of one practice; how many of its meetings that has shifted."""
    lock_practice(practice_id=practice.id)
    _keep_time_off(practice.id, now)
    shifted = _shift_taken(practice.id, now)
    bookings = Booking.objects.of(practice.id).filter(id__in=list(shifted), occupies=True)
    were = {booking.id: booking for booking in bookings}
    for booking in were.values():
        shift_start(
            practice=practice, meeting_id=booking.id, was_at=booking.starts_at,
            to_at=shifted[booking.id].starts_at, now=now,
        )  # fmt: skip
    for person_id in sorted({booking.person_id for booking in were.values()}):
        judge_person(practice=practice, person_id=person_id, now=now)
    frames = [row.id for row in shifted.values() if row.is_frame]
    with_groups = list_taken(practice_id=practice.id, ids=frames).values()
    for practitioner in {frame.practitioner for frame in with_groups}:
        show_groups(practitioner=practitioner, now=now)
    for booking_id in sorted(were):
        _tell(practice, shifted[booking_id], now)
    Practice.objects.filter(id=practice.id).update(clock_rules=rules)
    return len(were)


def _keep_time_off(practice_id: uuid.UUID, now: datetime) -> None:
    """Let time off that is not over be at the hours for which it was taken."""
    spans = TimeOff.objects.of(practice_id).filter(ends_at__gt=now).exclude(wall_from="")
    for off in spans:
        starts_at, ends_at = (read_wall(each, off.zone) for each in (off.wall_from, off.wall_until))
        if (starts_at, ends_at) != (off.starts_at, off.ends_at):
            off.starts_at, off.ends_at = starts_at, max(ends_at, starts_at + timedelta(minutes=1))
            off.save(update_fields=["starts_at", "ends_at"])


def _shift_taken(practice_id: uuid.UUID, now: datetime) -> dict[uuid.UUID, Taken]:
    """Let what is taken ahead be where its clocks say; what was elsewhere, as it stands now.

    All of it leaves its place before any of it takes another: an hour may pass to its neighbour.
    What somebody asked for and can still be given follows, too.
    """
    unanswered = Kept.objects.of(practice_id).filter(answer__in=("", "lapsed"))
    ahead = Taken.objects.of(practice_id).filter(
        Q(occupies=True) | Q(id__in=unanswered.values("id")), starts_at__gt=now
    )
    ahead = ahead.exclude(wall="")
    rows = [row for row in ahead if read_wall(row.wall, row.zone) != row.starts_at]
    Taken.objects.of(practice_id).filter(id__in=[row.id for row in rows]).update(occupies=False)
    for row in rows:
        by = read_wall(row.wall, row.zone) - row.starts_at
        row.starts_at, row.ends_at = row.starts_at + by, row.ends_at + by
        row.save(update_fields=["starts_at", "ends_at", "occupies"])
        proposals = Kept.objects.of(practice_id).filter(id=row.id, to_at__isnull=False)
        proposals.update(to_at=F("to_at") + by)
    return {row.id: row for row in rows}


def _tell(practice: Practice, taken: Taken, now: datetime) -> None:
    """Tell a client, and their calendar, that a meeting stays where it was on the clocks."""
    booking = find_booking(practice_id=practice.id, booking_id=taken.id)
    if booking is not None and booking.outcome == "open" and booking.starts_at > now:
        tell(
            practice=practice, booking=booking, purpose="clocks",
            write=lambda meeting: tell_clocks(meeting, zone=taken.zone), sides=("client",),
            key=f"{booking.id}:{booking.starts_at:%Y%m%d%H%M}", now=now,
            invite=invite_to([booking]),
        )  # fmt: skip
