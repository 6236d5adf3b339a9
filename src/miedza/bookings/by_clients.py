"""What clients do by themselves: book, move, cancel, ask for what they would like to work on.

A free time on offer is the practitioner's yes in advance; no other time can be taken.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from miedza.agreements.queries import read_standing
from miedza.bookings import actions
from miedza.bookings.offering import list_free
from miedza.bookings.queries import list_ahead
from miedza.ledger.foreseeing import Foresight, tell_cost
from miedza.ledger.queries import find_meeting, find_standing
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.agreements.models import RulesVersion
    from miedza.bookings.models import Booking
    from miedza.ledger.models import Event
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner


class NotAccepted(ValueError):  # noqa: N818 - named for what is refused.
    """Nobody books by themselves under rules they have not accepted."""


class NotOffered(ValueError):  # noqa: N818 - named for what is refused.
    """This time is not, or no longer, among those on offer."""


class MovedMeanwhile(ValueError):  # noqa: N818 - named for what is refused.
    """The meeting no longer begins when it did on the page that was read."""


class NotAhead(ValueError):  # noqa: N818 - named for what is refused.
    """The meeting has begun, or is cancelled or otherwise closed."""


class ChangedMeanwhile(ValueError):  # noqa: N818 - named for what is refused.
    """The length, the price or the cost is no longer what it was on the page that was read."""


class PaymentDue(ValueError):  # noqa: N818 - named for what is refused.
    """The rules ask for payment by an hour that has passed: the meeting would not hold its time."""


class TooManyAhead(ValueError):  # noqa: N818 - named for what is refused.
    """So many meetings lie ahead that more are best agreed together."""


MOST_AHEAD = 20
"""So many open meetings one person may have ahead when they book one more by themselves."""


@transaction.atomic
def book_offered(
    *,
    practice: Practice,
    practitioner: Practitioner,
    person: Person,
    starts_at: datetime,
    seen: tuple[int, int],
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Booking:
    """Book a time on offer, at the person's usual length and price.

    Args:
        practice: with whom.
        practitioner: with whom of them.
        person: who comes.
        starts_at: when.
        seen: the minutes and the price, in minor units, on the page that was read.
        now: the present instant.
        id: of the booking; said twice with one, it is booked once.

    Raises:
        NotAccepted: the rules in force are not accepted.
        ChangedMeanwhile: the usual length or price is another by now.
        TooManyAhead: `MOST_AHEAD` are booked.
        NotOffered: the time is not on offer.
        PaymentDue: it would have to be paid for already.
    """
    lock_practice(practice_id=practice.id)
    before = actions.find_held(practice, id)
    if before is not None:
        return before
    _check_may_book(practice, person, seen, now)
    minutes = person.usual_minutes
    if starts_at not in list_free(practitioner=practitioner, minutes=minutes, now=now):
        raise NotOffered
    booking = actions.book(
        practice=practice,
        practitioner=practitioner,
        person=person,
        starts_at=starts_at,
        minutes=minutes,
        price_minor=person.usual_price_minor,
        kind="paid",
        by="client",
        now=now,
        id=id,
    )
    if booking.outcome != "open":
        raise PaymentDue
    return booking


def list_offered(
    *, practitioner: Practitioner, person: Person, rules: RulesVersion, now: datetime
) -> list[datetime]:
    """The times on offer to a person at their usual length.

    Those that would have to be paid for already, under rules that release what is unpaid, are none.
    """
    free = list_free(practitioner=practitioner, minutes=person.usual_minutes, now=now)
    payment = rules.terms["rules"].get("payment", {})
    is_released = payment.get("due") == "before_session" and payment.get("unpaid") == "release"
    if not is_released or not person.usual_price_minor:
        return free
    return [at for at in free if at > now + timedelta(hours=payment["hours"])]


def _check_may_book(
    practice: Practice, person: Person, seen: tuple[int, int], now: datetime
) -> None:
    """Refuse whoever has not accepted, has read another price, or has enough ahead."""
    standing = read_standing(practice_id=practice.id, person_id=person.id, now=now)
    if not standing.may_book:
        raise NotAccepted
    person.refresh_from_db(fields=["usual_minutes", "usual_price_minor"])
    if seen != (person.usual_minutes, person.usual_price_minor):
        raise ChangedMeanwhile
    ahead = list_ahead(practice_id=practice.id, now=now).filter(person_id=person.id)
    if ahead.count() >= MOST_AHEAD:
        raise TooManyAhead


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
        NotOffered: the time is not on offer.
        ChangedMeanwhile: it costs something else by now.
    """
    done = _find_done(practice, id)
    if done is not None:
        return done
    booking = _find_ahead(practice, booking_id, seen_at, now)
    offered = list_free(
        practitioner=booking.practitioner, minutes=booking.minutes, now=now, without=booking.id
    )
    if to_at not in offered or to_at == booking.starts_at:
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
