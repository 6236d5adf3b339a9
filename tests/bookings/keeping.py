"""Services, and times that are kept for somebody, in tests."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from miedza.bookings import holding, proposing, wishing
from miedza.bookings.actions import book
from miedza.bookings.checking import find_misplaced, find_overlaps, find_unpaired
from miedza.bookings.choosing import choose_service, choose_usual
from miedza.bookings.grouping import open_group
from miedza.bookings.groups import list_open_groups
from miedza.bookings.models import Booking, Kept, Service, Taken
from miedza.bookings.services import Said, define_service
from miedza.bookings.taking import list_frames
from miedza.db.ids import make_id
from miedza.messaging.models import Letter
from tests.agreements.agreeing import accept
from tests.bookings.offered import take
from tests.cast import BOOKED, MONDAY

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable
    from datetime import datetime

    from miedza.bookings.choosing import Choice
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEN = MONDAY + HOUR

SAID: Said = {
    "name": "Lesson", "about": "", "kind": "paid", "minutes": 60, "price_minor": 20_000, "seats": 1,
    "place": "video", "languages": ["pl"], "who": "anyone", "way": "at_once", "buffer_before": 0,
    "buffer_after": None, "notice_minutes": None, "horizon_days": None, "step_minutes": None,
    "max_per_day": None, "max_per_week": None, "most_ahead": None,
}  # fmt: skip
"""A lesson of an hour, for whoever comes."""

JAN = holding.Details(
    name="Jan Nowy", email="jan@miedza.example", phone="", language="pl", zone="Europe/Warsaw",
    text="Fractions.", child="", came_before=False,
)  # fmt: skip
"""A visitor whom nobody knows."""


def serve(
    practitioner: Practitioner, *, service_id: uuid.UUID | None = None, where: str = "", **said: Any
) -> Service:
    """Define a service, or change it; `said` is what is other than in a lesson."""
    told: Any = {**SAID, **said}
    return define_service(
        practice=practitioner.practice, service_id=service_id or make_id(), leaders=[practitioner],
        where=where, now=BOOKED, **told,
    )  # fmt: skip


def gather(practitioner: Practitioner, *starts: datetime, seats: int = 2, **said: Any) -> Service:
    """Set dates for a group of a new service: on Monday where none is named."""
    service = serve(practitioner, name="Group", seats=seats, **said)
    for start in starts or (MONDAY,):
        open_group(practitioner=practitioner, service=service, starts_at=start, now=BOOKED)
    return service


def list_dates(service: Service) -> list[Taken]:
    """The dates of a group that take place."""
    frames = list_frames(service.practice_id).filter(service_id=service.id)
    return list(frames.order_by("starts_at"))


def seat(
    practitioner: Practitioner, frame: Taken, person: Person, *, now: datetime = BOOKED
) -> Booking:
    """Let a practitioner enter somebody into a date of a group."""
    return book(
        practice=practitioner.practice, practitioner=practitioner, person=person,
        starts_at=frame.starts_at, minutes=frame.minutes, price_minor=5000, kind="paid",
        service=frame.service, place=frame, now=now,
    )  # fmt: skip


def count_free(service: Service, *, now: datetime = BOOKED) -> list[int]:
    """How many seats each date of a group has free that can be booked now."""
    groups = list_open_groups(practice_id=service.practice_id, service=service, now=now)
    return [group.free for group in groups]


def choose(wanted: Service | Person) -> Choice:
    """A service, or somebody's usual meeting, as it is now."""
    return choose_service(wanted) if isinstance(wanted, Service) else choose_usual(wanted)


def take_of(
    practitioner: Practitioner, service: Service, person: Person, starts_at: datetime = MONDAY,
    **other: Any,
) -> Booking:  # fmt: skip
    """Book a time on offer for a service, as a client who has just read its page."""
    choice = choose_service(service)
    return take(
        practitioner, person, starts_at, **{"choice": choice, "seen": choice.seen, **other}
    )  # fmt: skip


def ask_for(
    practitioner: Practitioner, person: Person, starts_at: datetime = MONDAY, **other: Any
) -> Kept:
    """Ask for a time on offer: for the person's usual meeting where nothing else is said."""
    choice = other.pop("choice", None) or choose_usual(person)
    told = {"now": BOOKED, "text": "", "seen": choice.seen, "choice": choice, **other}
    return wishing.ask_for(
        practitioner=practitioner, person=person, starts_at=starts_at, **told
    )  # fmt: skip


def hold(
    practitioner: Practitioner, service: Service, starts_at: datetime = MONDAY, **other: Any
) -> Kept:
    """Hold a time for a visitor."""
    told = {"now": BOOKED, **other}
    return holding.hold(
        practitioner=practitioner, service=service, starts_at=starts_at, **told
    )[0]  # fmt: skip


def let_in(
    practitioner: Practitioner, kept: Kept, *, now: datetime = BOOKED, accepts: bool = True,
    **details: Any,
) -> Person:  # fmt: skip
    """Let a visitor say who they are, show the code, and accept the rules."""
    code = holding.write_details(kept=kept, details=JAN._replace(**details), now=now)
    person = holding.show_code(kept=kept, code=code, now=now)
    if accepts:
        accept(practitioner, person, now=now)
    return person


def propose(
    practitioner: Practitioner, booking: Booking, to_at: datetime = TEN, **other: Any
) -> Kept:
    """Let a practitioner propose another time."""
    told = {"text": "", "now": BOOKED, **other}
    return proposing.propose(
        practice=practitioner.practice, booking_id=booking.id, to_at=to_at, **told
    )  # fmt: skip


def kept_of(kept: Kept) -> tuple[str, str]:
    """What a kept time is for, and how it was answered."""
    kept.refresh_from_db()
    return kept.purpose, kept.answer


def until(kept: Kept) -> datetime | None:
    """Until when a time is kept."""
    return Taken.objects.of(kept.practice_id).get(id=kept.id).kept_until


def spans(practitioner: Practitioner) -> list[str]:
    """What is taken in a calendar, without what gave way: `03-02 09:00`."""
    rows = Taken.objects.of(practitioner.practice_id).filter(
        calendar_key=practitioner.calendar_key, occupies=True
    )
    return [f"{row.starts_at:%m-%d %H:%M}" for row in rows.order_by("starts_at", "first_seat")]


def told_of(practitioner: Practitioner) -> list[tuple[str, str]]:
    """What was written to whom in a practice: purposes and addresses."""
    letters = Letter.objects.of(practitioner.practice_id).exclude(purpose="accepted")
    return sorted(letters.values_list("purpose", "to"))


def count_rows(practitioner: Practitioner) -> tuple[int, int, list[tuple[Any, ...]]]:
    """How many bookings and letters there are, and what stands in the calendar."""
    practice_id = practitioner.practice_id
    taken = Taken.objects.of(practice_id).order_by("id")
    return (
        Booking.objects.of(practice_id).count(),
        Letter.objects.of(practice_id).count(),
        list(taken.values_list("id", "starts_at", "occupies", "kept_until", "frame_id")),
    )


def find_orphans(practitioner: Practitioner) -> list[str]:
    """What occupies a time though nobody meets then and nobody can answer."""
    practice_id = practitioner.practice_id
    rows = Taken.objects.of(practice_id).filter(occupies=True).exclude(last_seat=0)
    met = set(Booking.objects.of(practice_id).filter(occupies=True).values_list("id", flat=True))
    asked = set(Kept.objects.of(practice_id).filter(answer="").values_list("id", flat=True))
    return [
        f"{row.starts_at} until {row.kept_until}"
        for row in rows
        if row.id not in (met if row.kept_until is None else asked)
    ]


def assert_sound(practitioner: Practitioner) -> None:
    """Nothing is taken twice, nor elsewhere than it stands, nor by nobody."""
    practice_id = practitioner.practice_id
    checks: list[Callable[..., Any]] = [find_overlaps, find_misplaced, find_unpaired]
    found = [fault for check in checks for fault in check(practice_id=practice_id)]
    assert found == []
    assert find_orphans(practitioner) == []
