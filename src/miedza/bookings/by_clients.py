"""What clients do with their meetings by themselves: move, cancel, say what they would work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from miedza.bookings import actions
from miedza.bookings.groups import list_free_dates
from miedza.bookings.limits import Blocked, is_month_full, month_of
from miedza.bookings.offering import list_free
from miedza.bookings.reserving import ChangedMeanwhile, NotOffered
from miedza.ledger.foreseeing import Foresight, tell_cost
from miedza.ledger.queries import find_meeting, find_standing, find_terms
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.bookings.models import Booking
    from miedza.ledger.models import Event
    from miedza.practice.models import Practice


class MovedMeanwhile(ValueError):  # noqa: N818 - named for what is refused.
    """The meeting no longer begins when it did on the page that was read."""


class NotAhead(ValueError):  # noqa: N818 - named for what is refused.
    """The meeting has begun, or is cancelled or otherwise closed."""


@transaction.atomic
def move_offered(
    *,
    practice: Practice,
    booking_id: uuid.UUID,
    seen_at: datetime,
    to_at: datetime,
    now: datetime,
    seen_cost: str | None = None,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Event:
    """Move a meeting to a time on offer.

    Args:
        practice: whose meeting.
        booking_id: the meeting.
        seen_at: when it began on the page that was read.
        to_at: where it goes.
        now: the present instant.
        seen_cost: what it cost on that page, as `tell_cost` tells; None where no page was read.
        id: of the event; said twice with one, it is moved once.

    Raises:
        NoSuchBooking: it is not of this practice, or was struck.
        MovedMeanwhile: it begins at another time by now.
        NotAhead: it has begun, or is closed.
        Blocked: the practice wants no more of their meetings; cancel they may.
        NotOffered: the time is not on offer.
        ChangedMeanwhile: it costs something else by now.
    """
    done = _find_done(practice, id)
    if done is not None:
        return done
    booking = _find_ahead(practice, booking_id, seen_at, now)
    if booking.person.blocked_at is not None:
        raise Blocked
    if to_at not in list_targets(booking=booking, now=now):
        raise NotOffered
    _check_cost(booking, "moved", seen_cost, now, to_at)
    return actions.record(
        practice=practice, booking_id=booking.id, type="moved", by="client", at=now, now=now,
        entered_by="client", id=id, to_at=to_at,
    )  # fmt: skip


@transaction.atomic
def cancel(
    *,
    practice: Practice,
    booking_id: uuid.UUID,
    seen_at: datetime,
    cause: str | None,
    now: datetime,
    seen_cost: str | None = None,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Event:
    """Cancel a meeting as its client.

    Args:
        practice: whose meeting.
        booking_id: the meeting.
        seen_at: when it began on the page that was read.
        cause: why, if somebody wants to say.
        now: the present instant.
        seen_cost: what it cost on that page, as `tell_cost` tells; None where no page was read.
        id: of the event; said twice with one, it is cancelled once.

    Raises:
        NoSuchBooking: it is not of this practice, or was struck.
        MovedMeanwhile: it begins at another time by now.
        NotAhead: it has begun, or is closed.
        ChangedMeanwhile: it costs something else by now.
    """
    done = _find_done(practice, id)
    if done is not None:
        return done
    booking = _find_ahead(practice, booking_id, seen_at, now)
    _check_cost(booking, "cancelled", seen_cost, now)
    return actions.record(
        practice=practice, booking_id=booking.id, type="cancelled", by="client", at=now, now=now,
        entered_by="client", id=id, cause=cause,
    )  # fmt: skip


def list_targets(*, booking: Booking, now: datetime) -> list[datetime]:
    """The times on offer to which a meeting can be moved: for a group, its dates as long as it.

    A free session stays in its month, or goes to one in which the rules give another.
    """
    service = booking.service
    if service is not None and service.is_group:
        frames = list_free_dates(practitioner=booking.practitioner, service=service, now=now)
        starts = [frame.starts_at for frame in frames if frame.minutes == booking.minutes]
    else:
        starts = list_free(
            practitioner=booking.practitioner, minutes=booking.minutes, now=now, service=service,
            without=[booking.id],
        )  # fmt: skip
    return _leave_out_full_months(booking, [each for each in starts if each != booking.starts_at])


def _leave_out_full_months(booking: Booking, starts: list[datetime]) -> list[datetime]:
    """Of a free session, the times in its own month and in those that have room for it."""
    practice = booking.practice
    meeting = find_meeting(practice_id=practice.id, meeting_id=booking.id)
    terms = meeting and meeting.kind == "free" and find_terms(meeting)
    rule = terms.rules.get("free_session") if terms else None
    if rule is None:
        return starts
    zone = practice.time_zone
    has_room = {month_of(booking.starts_at, zone): True}
    for start in starts:
        month = month_of(start, zone)
        if month not in has_room:
            has_room[month] = not is_month_full(practice, rule, start)
    return [start for start in starts if has_room[month_of(start, zone)]]


def _check_cost(
    booking: Booking, kind: str, seen_cost: str | None, now: datetime, to_at: datetime | None = None
) -> None:
    """Refuse a step that costs something else than its page said before the button."""
    meeting = find_meeting(practice_id=booking.practice_id, meeting_id=booking.id)
    if seen_cost is None or meeting is None:
        return
    ruling = Foresight(meeting, "client").ask(kind, "client", at=now, to_at=to_at)
    if tell_cost(ruling) != seen_cost:
        raise ChangedMeanwhile


def _find_done(practice: Practice, wanted: uuid.UUID | None) -> Event | None:
    """What was recorded with an id before, by the same form sent twice."""
    lock_practice(practice_id=practice.id)
    return None if wanted is None else find_standing(practice_id=practice.id, event_id=wanted)[0]


def _find_ahead(
    practice: Practice, booking_id: uuid.UUID, seen_at: datetime, now: datetime
) -> Booking:
    """A booking that has not begun, and begins when its reader thinks it does."""
    booking = _get_open(practice, booking_id, now)
    if booking.starts_at != seen_at:
        raise MovedMeanwhile
    if booking.starts_at <= now:  # What has begun is judged as it is.
        raise NotAhead
    return booking


def _get_open(practice: Practice, booking_id: uuid.UUID, now: datetime) -> Booking:
    """A booking that has not ended."""
    booking = actions.get_booking(practice, booking_id)
    if booking.outcome != "open" or booking.ends_at <= now:
        raise NotAhead
    return booking


@transaction.atomic
def add_request(
    *,
    practice: Practice,
    booking_id: uuid.UUID,
    text: str,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Event:
    """Say, as the client, what one would like to work on.

    Raises:
        NoSuchBooking: it is not of this practice, or was struck.
        NotAhead: it is over or closed.
    """
    done = _find_done(practice, id)
    if done is not None:
        return done
    booking = _get_open(practice, booking_id, now)
    return actions.record(
        practice=practice, booking_id=booking.id, type="request_added", by="client", at=now,
        now=now, entered_by="client", id=id, text=text,
    )  # fmt: skip
