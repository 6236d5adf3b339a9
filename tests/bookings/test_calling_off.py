"""A date of a group that is called off: everybody is cancelled and told, and the time is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.bookings import waiting
from miedza.bookings.grouping import close_group, open_group
from miedza.bookings.models import Booking, Kept, Taken, Waiting
from miedza.bookings.taking import SlotTaken
from miedza.ledger.models import Event, Ruling
from tests.bookings.asking import name_address
from tests.bookings.keeping import (
    DAY,
    HOUR,
    ask_for,
    assert_sound,
    choose,
    count_free,
    gather,
    hold,
    kept_of,
    list_dates,
    propose,
    spans,
    take_of,
    told_of,
)
from tests.bookings.offered import free, open_to
from tests.cast import BOOKED, MONDAY, Cast, book, look, make_person, tell

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Service
    from miedza.people.models import Person

NEXT = MONDAY + 7 * DAY


def _close(cast: Cast, group: Service, *, now: datetime = BOOKED) -> list[Booking]:
    frame = list_dates(group)[0]
    return close_group(practice=cast.anna.practice, frame_id=frame.id, now=now)


def _wait(cast: Cast, person: Person, group: Service | None) -> Waiting:
    """Wait for a seat in the first date of a group, or for a usual meeting on Mondays."""
    frame = list_dates(group)[0] if group else None
    wanted = waiting.Wanted(group, MONDAY.date(), MONDAY.date(), [], frame)
    return waiting.wait(practitioner=cast.anna, person=person, wanted=wanted, now=BOOKED)


def test_everybody_is_cancelled_by_the_practitioner_and_told(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    name_address(cast.ola, "ola@miedza.example")
    group = gather(cast.anna)
    booked = [take_of(cast.anna, group, person) for person in (cast.ola, cast.marek)]

    closed = _close(cast, group)

    assert {booking.id for booking in closed} == {booking.id for booking in booked}
    assert {look(cast.anna, booking.id).outcome for booking in booked} == {"cancelled"}
    events = Event.objects.of(cast.anna.practice_id)
    assert set(events.values_list("type", "by", "entered_by")) == {
        ("cancelled", "practitioner", "practitioner")
    }
    assert ("cancelled", "ola@miedza.example") in told_of(cast.anna)
    assert (list_dates(group), spans(cast.anna)) == ([], [])
    assert free(cast.anna)[3:5] == ["03-02 08:00", "03-02 09:00"]
    assert_sound(cast.anna)


def test_date_is_called_off_once_and_by_its_own_practice(cast: Cast) -> None:
    group = gather(cast.anna, MONDAY, NEXT)
    first = list_dates(group)[0].id

    with pytest.raises(SlotTaken):
        close_group(practice=cast.borys.practice, frame_id=first, now=BOOKED)
    assert spans(cast.anna) == ["03-02 09:00", "03-09 09:00"]
    close_group(practice=cast.anna.practice, frame_id=first, now=BOOKED)
    with pytest.raises(SlotTaken):
        close_group(practice=cast.anna.practice, frame_id=first, now=BOOKED)

    assert spans(cast.anna) == ["03-09 09:00"]


def test_late_calling_off_costs_the_practitioner_as_the_rules_say(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    group = gather(cast.anna)
    take_of(cast.anna, group, cast.ola)

    _close(cast, group, now=MONDAY - HOUR)

    ruling = Ruling.objects.of(cast.anna.practice_id).get(rule="cancellation")
    assert (ruling.by, ruling.reason) == ("practitioner", "late_cancel")


def test_what_was_kept_in_it_is_answered(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    name_address(cast.ola, "ola@miedza.example")
    group = gather(cast.anna, MONDAY, NEXT, seats=4)
    held = hold(cast.anna, group)
    asked = ask_for(cast.anna, cast.ola, choice=choose(group))
    moved = take_of(cast.anna, group, cast.marek, NEXT)
    proposed = propose(cast.anna, moved, MONDAY)
    assert count_free(group) == [1, 3]

    _close(cast, group)

    assert [kept_of(each) for each in (held, asked, proposed)] == [
        ("hold", "withdrawn"), ("wish", "no"), ("proposal", "withdrawn"),
    ]  # fmt: skip
    assert ("no", "ola@miedza.example") in told_of(cast.anna)
    assert look(cast.anna, moved.id).starts_at == NEXT
    assert spans(cast.anna) == ["03-09 09:00", "03-09 09:00"]
    assert_sound(cast.anna)


def test_its_own_seats_are_offered_to_nobody(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group, third = gather(cast.anna), make_person(cast.anna, "Third")
    for person in (cast.ola, cast.marek):
        take_of(cast.anna, group, person)
    entry = _wait(cast, name_address(third, "third@miedza.example"), group)

    _close(cast, group)

    assert not Kept.across.exists()
    assert [purpose for purpose, to in told_of(cast.anna) if to == third.email] == []
    entry.refresh_from_db()
    assert entry.ended_at == BOOKED


def test_who_waits_for_any_date_is_offered_another_one(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group, third = gather(cast.anna), make_person(cast.anna, "Third")
    for person in (cast.ola, cast.marek):
        take_of(cast.anna, group, person)
    wanted = waiting.Wanted(group, MONDAY.date(), NEXT.date(), [])
    waiting.wait(practitioner=cast.anna, person=third, wanted=wanted, now=BOOKED)
    open_group(practitioner=cast.anna, service=group, starts_at=NEXT, now=BOOKED)

    _close(cast, group)

    offered = Kept.objects.of(cast.anna.practice_id).values_list("id", flat=True)
    starts = Taken.objects.of(cast.anna.practice_id).filter(id__in=offered)
    assert [taken.starts_at for taken in starts] == [NEXT]
    assert_sound(cast.anna)


def test_its_time_is_offered_to_who_waits_for_one(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    book(cast.anna, cast.ola, MONDAY - HOUR)
    book(cast.anna, cast.ola, MONDAY + HOUR)
    group = gather(cast.anna)
    take_of(cast.anna, group, cast.ola)
    take_of(cast.anna, group, cast.marek)
    entry = _wait(cast, make_person(cast.anna, "Third"), None)
    assert not Kept.across.exists()

    _close(cast, group)

    kept = Kept.objects.of(cast.anna.practice_id).get()
    assert (kept.waiting_id, kept_of(kept)) == (entry.id, ("offer", ""))
    assert spans(cast.anna) == ["03-02 08:00", "03-02 09:00", "03-02 10:00"]
    assert_sound(cast.anna)


def test_calling_off_what_runs_leaves_what_was_held(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group = gather(cast.anna)
    there, missing = (take_of(cast.anna, group, each) for each in (cast.ola, cast.marek))
    for side in ("client", "practitioner"):
        tell(cast.anna, there, "arrived", side, MONDAY)

    _close(cast, group, now=MONDAY + HOUR / 2)

    assert [look(cast.anna, each.id).outcome for each in (there, missing)] == ["held", "missed"]
    assert_sound(cast.anna)


def test_correction_after_calling_off_takes_the_hour_alone(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    group = gather(cast.anna)
    booked = [take_of(cast.anna, group, each) for each in (cast.ola, cast.marek)]
    _close(cast, group)
    events = {
        event.meeting_id: event.id for event in Event.objects.of(cast.anna.practice_id)
    }  # fmt: skip
    later = BOOKED + HOUR

    tell(
        cast.anna, booked[0], "voided", "practitioner", later, voids_id=events[booked[0].id]
    )  # fmt: skip
    with pytest.raises(SlotTaken):
        tell(
            cast.anna, booked[1], "voided", "practitioner", later, voids_id=events[booked[1].id]
        )  # fmt: skip

    assert look(cast.anna, booked[0].id).outcome == "open"
    assert_sound(cast.anna)
