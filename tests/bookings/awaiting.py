"""Who waits for a time, and what is offered to them, in tests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from miedza.bookings import waiting
from miedza.bookings.models import Booking, Kept, Taken, Waiting
from miedza.bookings.waiting import Wanted
from tests.bookings.offered import open_to, take
from tests.cast import BOOKED, MONDAY, Cast, make_person

if TYPE_CHECKING:
    from miedza.people.models import Person

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 5)
NINE = {"mon": [["10:00", "11:00"]]}
"""One hour a week: nine o'clock in UTC."""


def fill_hour(cast: Cast, *people: Person) -> tuple[Booking, list[Person]]:
    """Let Ola take the only hour of March's first days; who else there is may book."""
    others = list(people) or [cast.marek, make_person(cast.anna, "Third")]
    open_to(cast.anna, cast.ola, *others, weekly=NINE)
    return take(cast.anna, cast.ola, MONDAY), others


def wait_for(cast: Cast, person: Person, **other: Any) -> Waiting:
    """Let somebody wait, and whatever is free then become free anew."""
    return free_again(begin_to_wait(cast, person, **other))


def begin_to_wait(cast: Cast, person: Person, **other: Any) -> Waiting:
    """Let somebody wait for their usual meeting in March's first days, or for what is said."""
    told: dict[str, Any] = {"service": None, "first_date": FIRST, "last_date": LAST, "days": []}
    named = {name: other.pop(name) for name in (*told, "frame") if name in other}
    return waiting.wait(
        practitioner=cast.anna, person=person, wanted=Wanted(**{**told, **named}),
        **{"now": BOOKED, **other},
    )  # fmt: skip


def free_again(entry: Waiting) -> Waiting:
    """Let all that is free be as though it had become free after somebody began to wait."""
    Waiting.objects.of(entry.practice_id).filter(id=entry.id).update(passed=None)
    waiting.offer_free(practitioner=entry.practitioner, now=entry.made_at)
    return entry


def list_offers(cast: Cast) -> list[tuple[str, str, str]]:
    """Who was offered what, in order, and what they answered."""
    kept = Kept.objects.of(cast.anna.practice_id).filter(purpose="offer")
    starts = dict(Taken.objects.of(cast.anna.practice_id).values_list("id", "starts_at"))
    return [
        (each.person.name if each.person else "", f"{starts[each.id]:%m-%d %H:%M}", each.answer)
        for each in kept.select_related("person").order_by("made_at", "id")
    ]


def find_last(cast: Cast) -> Kept:
    """The last offer that was made."""
    kept = Kept.objects.of(cast.anna.practice_id).filter(purpose="offer")
    found = kept.select_related("practice", "person").order_by("made_at", "id").last()
    assert found is not None
    return found
