"""Taking a time. Whatever way leads to a booking, its time is taken here and nowhere else."""

from __future__ import annotations

from contextlib import ContextDecorator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError

from miedza.bookings.models import MOST_SEATS, Booking, Taken
from miedza.bookings.walls import say_wall
from miedza.db.ids import make_id
from miedza.db.statements import insert, insert_if_allowed, run

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from miedza.bookings.models import Booking, Service
    from miedza.practice.models import Practitioner


class SlotTaken(ValueError):  # noqa: N818 - named for what is refused.
    """Something else is at this time, or the group is full."""


class AlreadyThere(SlotTaken):
    """One person takes one seat of a group."""


class refusing_overlap(ContextDecorator):  # noqa: N801 - reads as a clause where it is used.
    """Turns the database's refusal of an overlap into `SlotTaken`."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        """Look at what went wrong: by SQLSTATE on PostgreSQL, by the trigger's word on SQLite."""
        if isinstance(error, IntegrityError):
            state = getattr(error.__cause__, "sqlstate", None)
            if state == "23P01" or "bookings_taken_no_overlap" in str(error):
                raise SlotTaken from error


def take(
    *,
    practitioner: Practitioner,
    starts_at: datetime,
    minutes: int,
    now: datetime,
    service: Service | None = None,
    kept_until: datetime | None = None,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Taken:
    """Take a time in a practitioner's calendar, behind the lock of the practice.

    Args:
        practitioner: whose calendar.
        starts_at: from when.
        minutes: for how long.
        now: the present instant; what was kept until now gives way.
        service: what for; a group gets its frame, in which seats are taken afterwards.
        kept_until: until when it is only kept; None where it stands.
        id: of the row.

    Raises:
        django.db.IntegrityError: something is there; `refusing_overlap` says `SlotTaken` of it.
    """
    ends_at = starts_at + timedelta(minutes=minutes)
    is_group = service is not None and service.is_group
    taken = Taken(
        id=id or make_id(),
        practice_id=practitioner.practice_id,
        practitioner_id=practitioner.id,
        calendar_key=practitioner.calendar_key,
        service_id=service.id if service else None,
        starts_at=starts_at,
        ends_at=ends_at,
        wall=say_wall(starts_at, practitioner.practice.time_zone),
        zone=practitioner.practice.time_zone,
        buffer_before=service.buffer_before if service else 0,
        buffer_after=service.buffer_after if service else None,
        kept_until=kept_until,
        seats=service.seats if service else 1,
        last_seat=0 if is_group else MOST_SEATS,
    )
    if not insert_if_allowed(taken):
        make_room(
            practice_id=practitioner.practice_id, calendar_key=practitioner.calendar_key,
            starts_at=starts_at, ends_at=ends_at, now=now,
        )  # fmt: skip
        insert(taken)
    return taken


def take_seat(
    *,
    frame: Taken,
    now: datetime,
    kept_until: datetime | None = None,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Taken:
    """Take the first free seat of a group, behind the lock of the practice.

    Raises:
        SlotTaken: it is full, or does not take place any more.
    """
    frame = get_taken(frame.practice_id, frame.id)  # As it stands now, behind the lock.
    seat = find_free_seat(frame, now)
    return Taken.across.create(
        id=id or make_id(),
        practice_id=frame.practice_id,
        practitioner_id=frame.practitioner_id,
        calendar_key=frame.calendar_key,
        service_id=frame.service_id,
        starts_at=frame.starts_at,
        ends_at=frame.ends_at,
        wall=frame.wall,
        zone=frame.zone,
        kept_until=kept_until,
        frame_id=frame.id,
        seats=frame.seats,
        first_seat=seat,
        last_seat=seat,
    )


def find_free_seat(frame: Taken, now: datetime) -> int:
    """The first free seat of a group; seats that were kept until now are free again.

    Raises:
        SlotTaken: there is none, or the group does not take place.
    """
    seats = Taken.objects.of(frame.practice_id).filter(frame_id=frame.id, occupies=True)
    seats.filter(kept_until__lte=now).update(occupies=False)
    used = set(seats.values_list("first_seat", flat=True))
    free = next((seat for seat in range(1, frame.seats + 1) if seat not in used), None)
    if free is None or not frame.occupies:
        raise SlotTaken
    return free


def refuse_second_seat(
    *, practice_id: uuid.UUID, frame_id: uuid.UUID, booking_id: uuid.UUID, person_id: uuid.UUID
) -> None:
    """Refuse somebody a seat where they have one already, by another booking.

    Raises:
        AlreadyThere: they have.
    """
    seats = Taken.objects.of(practice_id).filter(frame_id=frame_id, occupies=True)
    theirs = Booking.objects.of(practice_id).filter(person_id=person_id, id__in=seats.values("id"))
    if theirs.exclude(id=booking_id).exists():
        raise AlreadyThere


def make_room(
    *,
    practice_id: uuid.UUID,
    calendar_key: int,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
) -> None:
    """Let what was kept in a span until now give way: nobody said yes in time."""
    run(_GIVE_WAY, False, practice_id, calendar_key, ends_at, starts_at, True, now)


_GIVE_WAY = (
    "UPDATE bookings_taken SET occupies = %s WHERE practice_id = %s AND calendar_key = %s "
    "AND starts_at < %s AND ends_at > %s AND occupies = %s AND kept_until <= %s"
)


def keep_for_good(*, taken: Taken, now: datetime) -> Taken:
    """Let a time that was kept stand. One whose keeping has ended is taken anew, if it is free.

    Raises:
        django.db.IntegrityError: something is there by now.
        SlotTaken: the group is full by now.
    """
    if not taken.occupies:
        make_room(
            practice_id=taken.practice_id, calendar_key=taken.calendar_key,
            starts_at=taken.starts_at, ends_at=taken.ends_at, now=now,
        )  # fmt: skip
        if taken.frame_id is not None:
            frame = get_taken(taken.practice_id, taken.frame_id)
            taken.first_seat = taken.last_seat = find_free_seat(frame, now)
    taken.occupies, taken.kept_until = True, None
    taken.save(update_fields=["occupies", "kept_until", "first_seat", "last_seat"])
    return taken


def give_back(*, taken: Taken) -> None:
    """Let a time be free again."""
    taken.occupies = False
    taken.save(update_fields=["occupies"])


def follow(*, booking: Booking, zone: str, now: datetime) -> None:
    """Let the time that a booking takes be the one at which it stands.

    Whoever is moved to the hour of a group of the same service sits in it; elsewhere one is alone.

    Args:
        booking: as it now stands.
        zone: that of the practice.
        now: the present instant.

    Raises:
        django.db.IntegrityError: something else is there; `refusing_overlap` says so.
        SlotTaken: the group is full, or they sit in it already.
    """
    taken = get_taken(booking.practice_id, booking.id)
    has_moved = taken.starts_at != booking.starts_at
    taken.occupies = booking.occupies
    if booking.occupies:
        make_room(
            practice_id=booking.practice_id, calendar_key=booking.calendar_key,
            starts_at=booking.starts_at, ends_at=booking.ends_at, now=now,
        )  # fmt: skip
    if has_moved or taken.frame_id is not None:
        frame = _find_frame(booking)
        is_there = frame is not None and frame.id == taken.frame_id
        if frame is None:
            taken.frame_id, taken.first_seat, taken.last_seat = None, 0, MOST_SEATS
            taken.seats = 1
        elif booking.occupies and (not is_there or not _sits(taken)):
            refuse_second_seat(
                practice_id=booking.practice_id, frame_id=frame.id, booking_id=booking.id,
                person_id=booking.person_id,
            )  # fmt: skip
            taken.frame_id, taken.seats = frame.id, frame.seats
            taken.first_seat = taken.last_seat = find_free_seat(frame, now)
    taken.starts_at, taken.ends_at = booking.starts_at, booking.ends_at
    if has_moved:  # What was taken back and stands again is still what was agreed.
        taken.wall, taken.zone = say_wall(booking.starts_at, zone), zone
    taken.save()


def _sits(taken: Taken) -> bool:
    """Whether a seat is still one's own: nobody else has it."""
    same = Taken.objects.of(taken.practice_id).filter(
        frame_id=taken.frame_id, first_seat=taken.first_seat, occupies=True
    )
    return not same.exclude(id=taken.id).exists()


def _find_frame(booking: Booking) -> Taken | None:
    """The group of a booking's service that begins when it does."""
    if booking.service_id is None:
        return None
    frames = list_frames(booking.practice_id).filter(
        service_id=booking.service_id, calendar_key=booking.calendar_key
    )
    return frames.filter(starts_at=booking.starts_at, ends_at=booking.ends_at).first()


def list_frames(practice_id: uuid.UUID) -> QuerySet[Taken]:
    """The groups of a practice that take place."""
    return list_all_frames(practice_id).filter(occupies=True)


def list_all_frames(practice_id: uuid.UUID) -> QuerySet[Taken]:
    """The groups of a practice, those that were called off among them."""
    return Taken.objects.of(practice_id).filter(frame_id__isnull=True, last_seat=0)


def list_taken(*, practice_id: uuid.UUID, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Taken]:
    """The rows of some times that are taken, with their practitioners, by id."""
    rows = Taken.objects.of(practice_id).filter(id__in=list(ids))
    return {row.id: row for row in rows.select_related("practitioner", "practitioner__practice")}


def get_taken(practice_id: uuid.UUID, taken_id: uuid.UUID) -> Taken:
    """The row of a time that is taken."""
    return Taken.objects.of(practice_id).get(id=taken_id)
