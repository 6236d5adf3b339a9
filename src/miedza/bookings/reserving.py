"""A client books by themselves: a free time on offer is the practitioner's yes in advance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from miedza.agreements.queries import read_standing
from miedza.bookings import actions
from miedza.bookings.choosing import choose_again, choose_usual, read_choice
from miedza.bookings.groups import list_free_dates, list_open_groups
from miedza.bookings.keeping import Answered, find_kept, is_standing, write_answer
from miedza.bookings.limits import Doubted, check_person, find_doubted, is_due_before
from miedza.bookings.offering import list_free
from miedza.bookings.queries import find_booking
from miedza.bookings.services import leads
from miedza.bookings.taking import SlotTaken, get_taken
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import date, datetime

    from miedza.agreements.models import RulesVersion
    from miedza.bookings.choosing import Choice
    from miedza.bookings.models import Booking, Kept, Service, Taken
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner


class NotAccepted(ValueError):  # noqa: N818 - named for what is refused.
    """Nobody books by themselves under rules they have not accepted."""


class NotOffered(ValueError):  # noqa: N818 - named for what is refused.
    """This time is not, or no longer, among those on offer."""


class ChangedMeanwhile(ValueError):  # noqa: N818 - named for what is refused.
    """The length, the price or the cost is no longer what it was on the page that was read."""


class PaymentDue(ValueError):  # noqa: N818 - named for what is refused.
    """The rules ask for payment by an hour that has passed: the meeting would not hold its time."""


@transaction.atomic
def book_offered(
    *,
    practice: Practice,
    practitioner: Practitioner,
    person: Person,
    starts_at: datetime,
    seen: tuple[int, int],
    now: datetime,
    choice: Choice | None = None,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Booking:
    """Book a time on offer.

    Args:
        practice: with whom.
        practitioner: with whom of them.
        person: who comes.
        starts_at: when.
        seen: the minutes and the price, in minor units, on the page that was read.
        now: the present instant.
        choice: what; none for the person's usual meeting.
        id: of the booking; said twice with one, it is booked once.

    Raises:
        NotAccepted: the rules in force are not accepted.
        ChangedMeanwhile: the length or the price is another by now.
        Blocked, TooManyAhead, NoMoreFree: see `check_person`.
        NotOffered: the time is not on offer, or has to be asked for.
        SlotTaken: the group is full.
        PaymentDue: it would have to be paid for already.
        Doubted: it is free, and has to be asked for.
    """
    lock_practice(practice_id=practice.id)
    before = id and find_booking(practice_id=practice.id, booking_id=id)
    if before:  # However it stands by now: sent again, a form books nothing again.
        return before
    if id and find_kept(practice_id=practice.id, kept_id=id) is not None:
        raise Doubted  # It was asked for when the form was sent first.
    choice = choice or choose_usual(person)
    if choice.service is not None and choice.service.way == "on_request":
        raise NotOffered
    check_may_book(
        practice=practice, person=person, choice=choice, starts_at=starts_at, seen=seen, now=now
    )
    refuse_doubted(practice=practice, person=person, choice=choice)
    frame = find_offered(practitioner=practitioner, choice=choice, starts_at=starts_at, now=now)
    return book_now(
        practitioner=practitioner, person=person, choice=choice, starts_at=starts_at, now=now,
        place=frame, id=id,
    )  # fmt: skip


def refuse_doubted(*, practice: Practice, person: Person, choice: Choice) -> None:
    """Refuse to book a free session at once for who may have had one as somebody else.

    Raises:
        Doubted: it has to be asked for.
    """
    if find_doubted(practice=practice, person=person, kind=choice.kind) is not None:
        raise Doubted


def book_now(
    *,
    practitioner: Practitioner,
    person: Person,
    choice: Choice,
    starts_at: datetime,
    now: datetime,
    place: Taken | None,
    id: uuid.UUID | None,  # noqa: A002 - the column's own name.
) -> Booking:
    """Book in a client's name what was found to be free and allowed.

    Raises:
        SlotTaken: it is not free after all.
        PaymentDue: it would have to be paid for already.
    """
    booking = actions.book(
        practice=practitioner.practice,
        practitioner=practitioner,
        person=person,
        starts_at=starts_at,
        minutes=choice.minutes,
        price_minor=choice.price_minor,
        kind=choice.kind,
        service=choice.service,
        place=place,
        by="client",
        now=now,
        id=id,
    )
    if booking.outcome != "open":
        raise PaymentDue
    return booking


def check_may_book(
    *,
    practice: Practice,
    person: Person,
    choice: Choice,
    starts_at: datetime,
    seen: tuple[int, int],
    now: datetime,
    more: int = 1,
) -> None:
    """Refuse whoever has not accepted, has read another price, comes too late or is at a limit."""
    standing = read_standing(practice_id=practice.id, person_id=person.id, now=now)
    if standing.in_force is None or not standing.may_book:
        raise NotAccepted
    if seen != choice.seen:
        raise ChangedMeanwhile
    if not choice.minutes:
        raise NotOffered
    terms = standing.in_force.terms
    if is_due_before(terms=terms, choice=choice, starts_at=starts_at, now=now):
        raise PaymentDue
    check_person(
        practice=practice, person=person, choice=choice, starts_at=starts_at, terms=terms, now=now,
        more=more,
    )  # fmt: skip


def find_offered(
    *, practitioner: Practitioner, choice: Choice, starts_at: datetime, now: datetime
) -> Taken | None:
    """See that a time is on offer; for a group, find the date.

    Raises:
        NotOffered: it is not.
        SlotTaken: the group is full.
    """
    service = choice.service
    check_service(practitioner=practitioner, service=service)
    if service is None or not service.is_group:
        free = list_free(
            practitioner=practitioner, minutes=choice.minutes, now=now, service=service
        )
        if starts_at not in free:
            raise NotOffered
        return None
    groups = list_open_groups(
        practice_id=practitioner.practice_id, service=service, now=now,
        practitioner_id=practitioner.id,
    )  # fmt: skip
    group = next((each for each in groups if each.frame.starts_at == starts_at), None)
    if group is None:
        raise NotOffered
    if not group.free:
        raise SlotTaken
    return group.frame


def check_service(*, practitioner: Practitioner, service: Service | None) -> None:
    """Refuse a service that is not on offer, or not with this practitioner.

    Raises:
        NotOffered: it is closed, somebody else leads it, or they work here no more.
    """
    if practitioner.left_at is not None:
        raise NotOffered
    if service is None:
        return
    if not service.is_open or not leads(practitioner=practitioner, service=service):
        raise NotOffered


@transaction.atomic
def book_kept(
    *, practice: Practice, kept: Kept, person: Person, seen: tuple[int, int], now: datetime
) -> Booking:
    """Book a time that was kept for somebody; said twice, it is booked once.

    One whose keeping has ended is booked all the same while it is on offer.

    Raises:
        Answered: somebody said no, or the time was given back, or it waits for another's word.
        NotAccepted, ChangedMeanwhile, Blocked, TooManyAhead, NoMoreFree, NotOffered, PaymentDue:
            as when it is booked at once.
        SlotTaken: somebody else has it by now.
    """
    lock_practice(practice_id=practice.id)
    kept.refresh_from_db()
    if kept.answer == "yes":
        return actions.get_booking(practice, kept.id)
    if kept.answer not in ("", "lapsed") or kept.purpose not in ("hold", "offer"):
        raise Answered
    choice = read_choice(kept)
    taken = get_taken(practice.id, kept.id)
    check_may_book(
        practice=practice, person=person, choice=choice, starts_at=taken.starts_at, seen=seen,
        now=now,
    )  # fmt: skip
    if not is_standing(kept, taken, now) or taken.starts_at <= now:
        if choose_again(choice, person).seen != choice.seen:
            raise ChangedMeanwhile
        find_offered(
            practitioner=taken.practitioner, choice=choice, starts_at=taken.starts_at, now=now
        )
    booking = book_now(
        practitioner=taken.practitioner, person=person, choice=choice, starts_at=taken.starts_at,
        now=now, place=taken, id=kept.id,
    )  # fmt: skip
    write_answer(kept=kept, answer="yes", now=now)
    return booking


def list_offered(
    *,
    practitioner: Practitioner,
    choice: Choice,
    rules: RulesVersion,
    now: datetime,
    dates: tuple[date, date] | None = None,
) -> list[datetime]:
    """The times on offer for something to be booked; of a group, its dates with a free seat.

    Those that would have to be paid for already, under rules that release what is unpaid, are none.
    """
    service = choice.service
    if service is not None and service.is_group:
        dates_of_group = list_free_dates(practitioner=practitioner, service=service, now=now)
        free = [frame.starts_at for frame in dates_of_group]
    else:
        free = list_free(
            practitioner=practitioner, minutes=choice.minutes, now=now, service=service,
            dates=dates,
        )  # fmt: skip
    return [
        at
        for at in free
        if not is_due_before(terms=rules.terms, choice=choice, starts_at=at, now=now)
    ]
