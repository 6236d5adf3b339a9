"""Telling both sides about a meeting: who is told, in which language, with which rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miedza.bookings.addressing import list_told, write_letters
from miedza.bookings.inviting import invite_to
from miedza.ledger.queries import (
    find_event,
    find_least_notice,
    find_meeting,
    find_terms,
    list_holding,
)
from miedza.messaging.actions import withdraw_letters
from miedza.messaging.letters_of_corrections import tell_stands, tell_struck
from miedza.messaging.letters_of_meetings import (
    Meeting,
    tell_booked,
    tell_cancelled,
    tell_moved,
)
from miedza.messaging.letters_of_times import tell_series
from miedza.messaging.models import Letter
from miedza.messaging.saying import Said, say_ruling
from miedza.practice.queries import name_practitioners

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.addressing import Invite, Tell
    from miedza.bookings.models import Booking
    from miedza.ledger.models import Event
    from miedza.practice.models import Practice


def tell(
    *,
    practice: Practice,
    booking: Booking,
    purpose: str,
    write: Tell,
    sides: tuple[str, ...],
    key: str,
    now: datetime,
    can_wait: bool = False,
    invite: Invite | None = None,
) -> int:
    """Write letters about a meeting to one side or both.

    Args:
        practice: whose meeting.
        booking: as it now stands, with its person, practitioner and user.
        purpose: of the letters.
        write: makes the content for one reader.
        sides: who is told, of `client` and `practitioner`.
        key: what makes it one letter to each, however often it is told.
        now: the present instant.
        can_wait: whether the letters wait a little, so that an undo takes them back.
        invite: adds to a letter what its reader's calendar is told.

    Returns:
        How many letters were written; 0 where no address is known.
    """
    told = describe(practice, booking, now)
    addressees = list_told(told, booking.practitioner, sides)
    if not addressees:
        return 0
    return write_letters(
        told=told, practitioner=booking.practitioner, addressees=addressees, purpose=purpose,
        write=write, key=key, now=now, meeting_id=booking.id, can_wait=can_wait, invite=invite,
    )  # fmt: skip


def announce_booking(*, practice: Practice, booking: Booking, by: str, now: datetime) -> None:
    """Tell the client, and the practitioner where it was not their own doing."""
    tell(
        practice=practice,
        booking=booking,
        purpose="booked",
        write=lambda meeting: tell_booked(meeting, by=by),
        sides=_sides_told(by),
        key=str(booking.id),
        now=now,
        can_wait=by == "practitioner",
        invite=invite_to([booking]),
    )


def announce_series(*, practice: Practice, bookings: list[Booking], by: str, now: datetime) -> None:
    """Tell of several meetings that were booked at once in one letter."""
    ahead = [each for each in bookings if each.starts_at > now and each.outcome == "open"]
    if not ahead:
        return
    starts = [booking.starts_at for booking in ahead]
    tell(
        practice=practice,
        booking=ahead[0],
        purpose="series",
        write=lambda meeting: tell_series(meeting, by=by, starts=starts),
        sides=_sides_told(by),
        key=str(ahead[0].series),
        now=now,
        can_wait=by == "practitioner",
        invite=invite_to(ahead),
    )


def was_told(booking: Booking) -> bool:
    """Whether a letter ever told of a booking."""
    letters = Letter.objects.of(booking.practice_id)
    told = letters.filter(dedupe_key__startswith=f"booked:{booking.id}:").exists()
    return told or _was_told_in_series(booking)


def _was_told_in_series(booking: Booking) -> bool:
    """Whether a letter told of a booking among others."""
    letters = Letter.objects.of(booking.practice_id)
    key = f"series:{booking.series}:"
    return booking.series is not None and letters.filter(dedupe_key__startswith=key).exists()


def announce_event(
    *, practice: Practice, before: Booking, booking: Booking, event: Event, now: datetime
) -> None:
    """Tell of a move or a cancellation that took effect, with what the rules say of it.

    Of a meeting that is over only where a letter ever told of it.
    """
    write: dict[str, Tell] = {
        "moved": lambda meeting: tell_moved(
            meeting,
            by=event.by,
            before=before.starts_at,
            said=say_rulings_of(meeting, event),
        ),
        "cancelled": lambda meeting: tell_cancelled(
            meeting, by=event.by, said=say_rulings_of(meeting, event)
        ),
    }
    took_effect = {
        "moved": booking.starts_at == event.to_at,
        "cancelled": before.outcome != booking.outcome,
    }
    is_over = max(before.ends_at, booking.ends_at) <= now
    if took_effect.get(event.type) and (not is_over or was_told(booking)):
        tell(
            practice=practice, booking=booking, purpose=event.type, write=write[event.type],
            sides=_sides_told(event.entered_by), key=str(event.id), now=now,
            can_wait=event.entered_by == "practitioner", invite=invite_to([booking]),
        )  # fmt: skip


def _sides_told(entered_by: str | None) -> tuple[str, ...]:
    """The client always has it in writing; the practitioner where the client did it."""
    return ("client", "practitioner") if entered_by == "client" else ("client",)


def correct_event(
    *, practice: Practice, booking: Booking, correction: Event, now: datetime
) -> None:
    """What was told of an event that is taken back is withdrawn or corrected."""
    if correction.voids_id is None:
        return
    voided = find_event(practice_id=practice.id, event_id=correction.voids_id)
    deed = voided is not None and voided.entered_by == "client"
    if voided is not None and (deed or voided.type in ("moved", "cancelled")):
        take_back_event(practice=practice, booking=booking, event=voided, now=now)


def describe(practice: Practice, booking: Booking, now: datetime) -> Meeting:
    """A meeting as a letter tells it to its client; whom it is for is put in for each reader."""
    meeting = find_meeting(practice_id=practice.id, meeting_id=booking.id)
    price = 0 if meeting is None or meeting.kind == "free" else meeting.price_minor
    return Meeting(
        practice=practice,
        person=booking.person,
        addressee=booking.person.name,
        reader="client",
        id=booking.id,
        starts_at=booking.starts_at,
        minutes=booking.minutes,
        price_minor=price,
        terms=None if meeting is None else find_terms(meeting),
        language=booking.person.language,
        zone=practice.time_zone,
        now=now,
        notice=None if meeting is None else find_least_notice(meeting, by="client"),
        what=booking.service.name if booking.service else "",
        place=booking.service.place if booking.service else "",
        where=booking.service.open_text(practice.key) if booking.service else "",
        with_whom=name_practitioners(practice_id=practice.id).get(booking.practitioner_id, ""),
    )


def say_rulings_of(meeting: Meeting, event: Event) -> list[Said]:
    """What the rules say of one event, for the reader of a letter; nothing where none agreed."""
    if meeting.terms is None:
        return []
    holding = list_holding(practice_id=meeting.practice.id)
    rulings = holding.filter(meeting_id=meeting.id, source=str(event.id))
    return [
        say_ruling(
            ruling,
            language=meeting.language,
            currency=meeting.practice.currency,
            zone=meeting.practice.time_zone,
            reader=meeting.reader,
        )
        for ruling in rulings.order_by("at", "id")
    ]


def take_back_event(*, practice: Practice, booking: Booking, event: Event, now: datetime) -> None:
    """A move or a cancellation was recorded by mistake: withdraw its letter, or correct it.

    What the client did is never taken back behind their back, however soon or late.
    """
    is_deed = event.entered_by == "client"
    gone = withdraw_letters(practice=practice, key=f"{event.type}:{event.id}:", now=now)
    if is_deed or (gone and booking.outcome == "open" and booking.starts_at > now):
        tell(
            practice=practice, booking=booking, purpose="stands",
            write=lambda meeting: tell_stands(meeting, taken_back=event),
            sides=("client",), key=str(event.id), now=now, invite=invite_to([booking]),
        )  # fmt: skip


def take_back_booking(*, practice: Practice, booking: Booking, now: datetime) -> None:
    """A booking was entered by mistake: withdraw its letter, or say so."""
    gone = withdraw_letters(practice=practice, key=f"booked:{booking.id}:", now=now)
    if gone or _was_told_in_series(booking):
        tell(
            practice=practice, booking=booking, purpose="stands", write=tell_struck,
            sides=("client",), key=str(booking.id), now=now,
            invite=invite_to([booking], is_struck=True),
        )  # fmt: skip
