"""A visitor books from the public page: their time is held while they say who they are.

Hold, name and address, a code by mail, the agreement, booked: each step prolongs the hold a little,
and what was typed stays with it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from miedza.bookings.choosing import choose_service
from miedza.bookings.keeping import (
    Answered,
    find_kept,
    is_standing,
    keep,
    prolong,
    say_token,
    write_answer,
)
from miedza.bookings.limits import Blocked, find_doubted
from miedza.bookings.models import Kept
from miedza.bookings.reserving import NotOffered, book_kept, find_offered
from miedza.bookings.taking import get_taken, refusing_overlap
from miedza.bookings.wishing import turn_into_wish
from miedza.people.actions import add_person, find_or_add, know_zone, open_place, relate
from miedza.people.queries import find_by_email, list_charges
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.bookings.models import Booking, Service
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner

STEP = timedelta(minutes=15)
"""A hold lasts so long after the last step."""
LONGEST = timedelta(hours=1)
"""And no longer than this in all."""
MOST_HOLDS = 40
"""So many visitors at most fill in the form of one practice at a time."""
MOST_WRONG = 5
"""After so many wrong codes, whichever was mailed, a hold takes none."""
_CODE_LETTERS = "23456789"


class TooManyHolds(ValueError):  # noqa: N818 - named for what is refused.
    """So many times are held at this moment that somebody must be playing."""


class WrongCode(ValueError):  # noqa: N818 - named for what is refused.
    """This is not the code that was mailed, or too many were tried."""


class Details(NamedTuple):
    """What a visitor says of themselves."""

    name: str
    email: str
    phone: str
    language: str
    zone: str
    text: str
    """What they come for."""
    child: str
    """For whom they book, where it is a child that they answer for; empty for themselves."""
    came_before: bool
    """Whether they had a free session here before, under whatever address."""


@refusing_overlap()
@transaction.atomic
def hold(
    *,
    practitioner: Practitioner,
    service: Service,
    starts_at: datetime,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> tuple[Kept, str]:
    """Hold a time on offer for a visitor; said twice with one `id`, it is held once.

    Returns:
        What is held, and the token for its page.

    Raises:
        NotOffered: the time is not on offer.
        SlotTaken: somebody else has it by now.
        TooManyHolds: `MOST_HOLDS` are held.
    """
    practice_id = practitioner.practice_id
    lock_practice(practice_id=practice_id)
    before = id and find_kept(practice_id=practice_id, kept_id=id)
    if before:
        return before, say_token(before)
    if service.who == "clients":
        raise NotOffered
    open_holds = Kept.objects.of(practice_id).filter(purpose="hold", answer="")
    if open_holds.filter(made_at__gt=now - LONGEST).count() >= MOST_HOLDS:
        raise TooManyHolds
    choice = choose_service(service)
    frame = find_offered(practitioner=practitioner, choice=choice, starts_at=starts_at, now=now)
    return keep(
        practitioner=practitioner, purpose="hold", choice=choice, starts_at=starts_at,
        until=now + STEP, now=now, frame=frame, id=id,
    )  # fmt: skip


@transaction.atomic
def let_go(*, practice: Practice, kept_id: uuid.UUID, now: datetime) -> None:
    """Hold a time no more for a visitor who began anew, where nobody has shown a code for it."""
    lock_practice(practice_id=practice.id)
    kept = find_kept(practice_id=practice.id, kept_id=kept_id)
    if kept and kept.purpose == "hold" and not kept.answer and kept.person_id is None:
        write_answer(kept=kept, answer="withdrawn", now=now)


@transaction.atomic
def write_details(*, kept: Kept, details: Details, now: datetime) -> str:
    """Write down who a visitor is; the code that shows their address to be theirs.

    Raises:
        Answered: the time is not held any more, or too many wrong codes were tried for it.
    """
    practice = kept.practice
    lock_practice(practice_id=practice.id)
    kept.refresh_from_db()
    if kept.wrong_codes >= MOST_WRONG:
        raise Answered
    go_on(kept=kept, now=now)
    code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(6))
    kept.code_digest = _digest(kept, code)
    kept.person_id = None
    kept.seal_text(practice.key, json.dumps(details._asdict()))
    kept.save()
    return code


def read_details(kept: Kept) -> Details | None:
    """What a visitor has said of themselves so far; None before they did, and once they ask."""
    if kept.purpose != "hold":
        return None
    text = kept.open_text(kept.practice.key)
    return Details(**json.loads(text)) if text else None


@transaction.atomic
def go_on(*, kept: Kept, now: datetime) -> datetime:
    """Hold a time for one step more; until when it is held.

    Raises:
        Answered: it is not held any more.
    """
    lock_practice(practice_id=kept.practice_id)
    kept.refresh_from_db(fields=["purpose", "answer"])
    until = min(now + STEP, kept.made_at + LONGEST)
    taken = get_taken(kept.practice_id, kept.id)
    if kept.purpose != "hold" or not prolong(kept=kept, until=until, now=now):
        raise Answered
    return max(until, taken.kept_until or until)


def show_code(*, kept: Kept, code: str, now: datetime) -> Person:
    """Take the code that was mailed: the address is theirs, and so is the place that it opens.

    Who is known under the address is that person; somebody new is added.

    Raises:
        Answered: the time is not held any more.
        WrongCode: it is another code. It is counted even where nothing else is kept of it.
    """
    if not _check_code(kept, code, now):
        raise WrongCode
    return _let_in(kept, now)


@transaction.atomic
def _check_code(kept: Kept, code: str, now: datetime) -> bool:
    """Tell whether a code is the one that was mailed; a wrong one is counted, and stays counted.

    After too many, the time is held no more.
    """
    lock_practice(practice_id=kept.practice_id)
    kept.refresh_from_db()
    if not kept.code_digest or kept.wrong_codes >= MOST_WRONG:
        return False
    if secrets.compare_digest(kept.code_digest, _digest(kept, code)):
        return True
    kept.wrong_codes += 1
    kept.save(update_fields=["wrong_codes"])
    if kept.wrong_codes >= MOST_WRONG and not kept.answer:
        write_answer(kept=kept, answer="lapsed", now=now)
    return False


@transaction.atomic
def _let_in(kept: Kept, now: datetime) -> Person:
    """Find or add whose address it is, and for whom they book; open their place."""
    practice = kept.practice
    lock_practice(practice_id=practice.id)
    kept.refresh_from_db()
    details = read_details(kept)
    if details is None:
        raise WrongCode
    go_on(kept=kept, now=now)
    acting = _find_or_add(kept, details, now)
    is_welcome = all(each.blocked_at is None for each in (acting, *_list_acting(kept, details)))
    person = acting
    if details.child and is_welcome:
        person = _find_child(kept, acting, details.child, now)
    if is_welcome and person.blocked_at is None:
        open_place(practice=practice, person=acting)
    know_zone(practice=practice, person=acting, zone=details.zone)
    kept.person_id = person.id
    kept.save(update_fields=["person_id"])
    return acting


def _find_child(kept: Kept, acting: Person, name: str, now: datetime) -> Person:
    """The child that somebody answers for, known or new."""
    practice = kept.practice
    for charge in list_charges(practice_id=practice.id, other_ids=[acting.id]):
        known: Person = charge.person
        if charge.kind == "guardian" and known.name.casefold() == name.casefold():
            return known
    child = find_or_add(practice=practice, name=name, email="", like=acting, now=now)
    relate(practice=practice, person=child, other=acting, kind="guardian", now=now)
    return child


def _digest(kept: Kept, code: str) -> str:
    """A code is short: its digest is of this hold alone, and the hold takes few tries."""
    plain = "".join(code.split())
    return hashlib.sha256(f"{kept.id}:{kept.token_digest}:{plain}".encode()).hexdigest()


def _find_or_add(kept: Kept, details: Details, now: datetime) -> Person:
    """The person an address belongs to, the one of the typed name where several share it."""
    practice = kept.practice
    known = find_by_email(practice_id=practice.id, email=details.email)
    named = [each for each in known if each.name.casefold() == details.name.casefold()]
    if named or len(known) == 1:
        return (named or known)[0]
    return add_person(
        practice=practice, name=details.name, email=details.email, phone=details.phone,
        language=details.language, what_for=details.text, usual_minutes=0, usual_price_minor=0,
        now=now,
    )  # fmt: skip


@transaction.atomic
def finish(*, kept: Kept, person: Person, now: datetime) -> Booking | Kept:
    """Book what was held, or let it wait for the practitioner where it has to.

    It waits where the service is given on request, and where a free session is asked for by
    somebody who may have had one under another address.

    Returns:
        The booking, or what now waits.

    Raises:
        Answered, NotAccepted, ChangedMeanwhile, Blocked, TooManyAhead, NoMoreFree, NotOffered,
        SlotTaken, PaymentDue: as when it is booked at once.
    """
    practice, service = kept.practice, kept.service
    lock_practice(practice_id=practice.id)
    person.refresh_from_db(fields=["blocked_at"])
    details = read_details(kept) if kept.purpose == "hold" else None
    acting = _list_acting(kept, details) if details else []
    if any(each.blocked_at is not None for each in (person, *acting)):
        raise Blocked
    alike = None
    if details is not None:
        told = {"email": details.email, "phone": details.phone, "kind": kept.kind}
        alike = find_doubted(practice=practice, person=person, acting=acting, **told)
    on_request = service is not None and service.way == "on_request"
    came_before = details is not None and details.came_before and kept.kind == "free"
    seen = (kept.minutes, kept.price_minor)
    if kept.purpose == "wish" or on_request or alike is not None or came_before:
        text = details.text if details else ""
        return turn_into_wish(kept=kept, person=person, alike=alike, text=text, seen=seen, now=now)
    return book_kept(practice=practice, kept=kept, person=person, seen=seen, now=now)


def _list_acting(kept: Kept, details: Details) -> list[Person]:
    """Who comes under the visitor's address, which they have shown to be theirs."""
    return find_by_email(practice_id=kept.practice_id, email=details.email)


def is_held(kept: Kept, now: datetime) -> bool:
    """Whether a visitor's time is still theirs."""
    return is_standing(kept, get_taken(kept.practice_id, kept.id), now)
