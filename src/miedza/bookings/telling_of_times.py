"""Telling of times that may become meetings: who is told, and where their link leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miedza.agreements.queries import find_in_force
from miedza.bookings.addressing import list_told, write_letters
from miedza.bookings.keeping import find_start
from miedza.bookings.taking import get_taken
from miedza.ledger.queries import find_terms_ahead
from miedza.messaging.letters import link_to
from miedza.messaging.letters_of_meetings import Meeting
from miedza.messaging.letters_of_times import (
    tell_no,
    tell_offer,
    tell_proposal,
    tell_proposal_refused,
    tell_unanswered,
    tell_wish,
)
from miedza.practice.queries import name_practitioners

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.addressing import Tell
    from miedza.bookings.models import Booking, Kept


def describe_kept(kept: Kept, now: datetime, *, address: str = "") -> Meeting:
    """A kept time as a letter tells it to the person it is kept for."""
    practice, person = kept.practice, kept.person
    if person is None:
        raise ValueError("nobody can be told of what is kept for nobody known")
    taken = get_taken(practice.id, kept.id)
    starts_at = find_start(kept, taken)
    rules = find_in_force(practice_id=practice.id, at=now)
    terms = None
    if rules is not None:
        terms = find_terms_ahead(person=person, rules=rules, start_at=starts_at, now=now)
    return Meeting(
        practice=practice,
        person=person,
        addressee=person.name,
        reader="client",
        id=kept.id,
        starts_at=starts_at,
        minutes=kept.minutes,
        price_minor=0 if kept.kind == "free" else kept.price_minor,
        terms=terms,
        language=person.language,
        zone=practice.time_zone,
        now=now,
        what=kept.service.name if kept.service else "",
        place=kept.service.place if kept.service else "",
        address=address,
        with_whom=name_practitioners(practice_id=practice.id).get(taken.practitioner_id, ""),
    )


def _write(
    kept: Kept,
    *,
    sides: tuple[str, ...],
    purpose: str,
    write: Tell,
    address: str,
    now: datetime,
    can_wait: bool = False,
    secret: str = "",
) -> None:
    """Write the letters about one kept time."""
    practitioner = get_taken(kept.practice_id, kept.id).practitioner
    told = describe_kept(kept, now, address=address)
    write_letters(
        told=told, practitioner=practitioner, addressees=list_told(told, practitioner, sides),
        purpose=purpose, write=write, key=str(kept.id), now=now, meeting_id=kept.booking_id,
        can_wait=can_wait, secret=secret,
    )  # fmt: skip


def tell_of_wish(*, kept: Kept, now: datetime) -> None:
    """A time is asked for: the practitioner is told, and so is who asked."""
    until = get_taken(kept.practice_id, kept.id).kept_until or now
    text = kept.open_text(kept.practice.key)
    alike = kept.alike.name if kept.alike else ""
    _write(
        kept, sides=("client", "practitioner"), purpose="wish",
        write=lambda meeting: tell_wish(meeting, until=until, text=text, alike=alike),
        address=link_to("wishes"), now=now,
    )  # fmt: skip


def tell_wish_answered(*, kept: Kept, words: str, now: datetime) -> None:
    """The practitioner said no."""
    _write(
        kept, sides=("client",), purpose="no",
        write=lambda meeting: tell_no(meeting, text=words), address=_find_times(kept), now=now,
    )  # fmt: skip


def tell_of_lapse(*, kept: Kept, now: datetime) -> None:
    """Nobody answered a wish in time."""
    _write(
        kept, sides=("client", "practitioner"), purpose="lapsed", write=tell_unanswered,
        address=_find_times(kept), now=now,
    )  # fmt: skip


def _find_times(kept: Kept) -> str:
    """Where whoever asked finds other times: in their place, once they have one."""
    if kept.person is None or kept.person.user_id is None:
        return ""
    return link_to("my_book", kept.person.id)


def tell_of_proposal(*, kept: Kept, booking: Booking, token: str, text: str, now: datetime) -> None:
    """The practitioner proposes another time for a meeting."""
    until = get_taken(kept.practice_id, kept.id).kept_until or now
    _write(
        kept, sides=("client",), purpose="proposal",
        write=lambda meeting: tell_proposal(
            meeting, before=booking.starts_at, until=until, text=text
        ),
        address=link_to("answer", token), now=now, can_wait=True, secret=token,
    )  # fmt: skip


def tell_proposal_answered(*, kept: Kept, booking: Booking, now: datetime) -> None:
    """The client would rather not move."""
    _write(
        kept, sides=("practitioner",), purpose="refused",
        write=lambda meeting: tell_proposal_refused(meeting, before=booking.starts_at),
        address=link_to("meeting", booking.id), now=now,
    )  # fmt: skip


def tell_of_offer(*, kept: Kept, token: str, now: datetime) -> None:
    """A time is free for who waits."""
    until = get_taken(kept.practice_id, kept.id).kept_until or now
    _write(
        kept, sides=("client",), purpose="offer",
        write=lambda meeting: tell_offer(meeting, until=until),
        address=link_to("answer", token), now=now, secret=token,
    )  # fmt: skip
