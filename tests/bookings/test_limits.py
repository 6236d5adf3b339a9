"""How much one person may book by themselves; free sessions as the preview of the rules says."""

from __future__ import annotations

import copy
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings import wishing
from miedza.bookings.actions import strike
from miedza.bookings.limits import (
    MOST_AHEAD,
    Blocked,
    NoMoreFree,
    TooManyAhead,
    find_free_refusal,
)
from miedza.bookings.models import Booking
from miedza.bookings.reserving import NotAccepted
from miedza.bookings.taking import SlotTaken
from miedza.core.history import History
from miedza.core.preview import preview_request
from miedza.core.questions import Request
from miedza.core.terms import read_terms
from miedza.ledger.facts import to_instant
from miedza.ledger.queries import read_cases
from miedza.people.actions import block, unblock
from tests.bookings.keeping import DAY, HOUR, SECOND, TEN, ask_for, choose, serve, spans, take_of
from tests.bookings.offered import offer, open_to, take
from tests.cast import (
    ANNAS_TERMS,
    BOOKED,
    FOUNDED,
    MONDAY,
    Cast,
    book,
    make_person,
    moment,
    publish_rules,
    tell,
)

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.people.models import Person

EVERY_DAY = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def _give_free(cast: Cast, *, per_person: int = 1, per_month: int = 4) -> dict[str, Any]:
    """Let Anna give free sessions; the terms."""
    terms = copy.deepcopy(ANNAS_TERMS)
    terms["rules"]["free_session"] = {
        "minutes": 30, "per_person": per_person, "per_month": per_month, "invite_at_minute": 20,
    }  # fmt: skip
    publish_rules(cast.anna, terms, now=FOUNDED + HOUR)
    return terms


def _hold_free(cast: Cast, person: Person, starts_at: datetime, **other: Any) -> Booking:
    """Let the practitioner book a free session."""
    return book(cast.anna, person, starts_at, kind="free", minutes=30, **other)


def test_blocked_person_books_nothing_by_themselves_and_all_again_later(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    block(practice=cast.anna.practice, person=cast.ola, now=BOOKED)

    with pytest.raises(Blocked):
        take(cast.anna, cast.ola, MONDAY)
    with pytest.raises(Blocked):
        ask_for(cast.anna, cast.ola, MONDAY)
    assert spans(cast.anna) == []

    unblock(practice=cast.anna.practice, person=cast.ola)
    assert take(cast.anna, cast.ola, MONDAY).starts_at == MONDAY


def test_who_was_blocked_since_the_page_was_read_is_blocked(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    seen = take(cast.anna, cast.ola, TEN).person
    block(practice=cast.anna.practice, person=cast.ola, now=BOOKED)

    assert seen.blocked_at is None
    with pytest.raises(Blocked):
        ask_for(cast.anna, seen, MONDAY)


def test_practitioner_books_whom_they_have_blocked(cast: Cast) -> None:
    block(practice=cast.anna.practice, person=cast.ola, now=BOOKED)

    assert book(cast.anna, cast.ola).outcome == "open"


def test_who_has_not_accepted_is_not_told_whether_they_are_blocked(cast: Cast) -> None:
    offer(cast.anna)
    block(practice=cast.anna.practice, person=cast.ola, now=BOOKED)

    with pytest.raises(NotAccepted):
        take(cast.anna, cast.ola, MONDAY)


def test_so_many_ahead_of_a_service_and_no_more(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek, weekly=EVERY_DAY)
    some, other = serve(cast.anna, most_ahead=2), serve(cast.anna)
    for number in range(2):
        take_of(cast.anna, some, cast.ola, MONDAY + number * HOUR)

    with pytest.raises(TooManyAhead):
        take_of(cast.anna, some, cast.ola, MONDAY + 2 * HOUR)
    with pytest.raises(TooManyAhead):
        ask_for(cast.anna, cast.ola, MONDAY + 2 * HOUR, choice=choose(some))

    assert take_of(cast.anna, other, cast.ola, MONDAY + 2 * HOUR).minutes == 60
    assert take(cast.anna, cast.ola, MONDAY + 3 * HOUR).minutes == 60
    assert take_of(cast.anna, some, cast.marek, MONDAY + 4 * HOUR).minutes == 60


def test_what_is_over_or_cancelled_is_not_ahead(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, weekly=EVERY_DAY)
    some = serve(cast.anna, most_ahead=1)
    first = take_of(cast.anna, some, cast.ola, MONDAY)
    tell(cast.anna, first, "cancelled", "client", BOOKED)
    second = take_of(cast.anna, some, cast.ola, MONDAY)
    ends = second.ends_at

    with pytest.raises(TooManyAhead):
        take_of(cast.anna, some, cast.ola, TEN + HOUR, now=ends - SECOND)
    assert take_of(cast.anna, some, cast.ola, TEN + HOUR, now=ends).minutes == 60


def test_service_of_which_none_may_be_ahead_is_never_booked(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)

    with pytest.raises(TooManyAhead):
        take_of(cast.anna, serve(cast.anna, most_ahead=0), cast.ola, MONDAY)


def test_twenty_ahead_in_all_and_no_more(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, weekly=EVERY_DAY)
    service = serve(cast.anna, most_ahead=50)
    for number in range(MOST_AHEAD - 1):
        book(cast.anna, cast.ola, MONDAY + number * HOUR)
    take_of(cast.anna, service, cast.ola, MONDAY + 2 * DAY)

    for choice in (None, choose(service)):
        with pytest.raises(TooManyAhead):
            take(cast.anna, cast.ola, MONDAY + 3 * DAY, choice=choice)
    assert book(cast.anna, cast.ola, MONDAY + 3 * DAY).outcome == "open"


def _ask_database(cast: Cast, terms: dict[str, Any], person: Person, start: datetime) -> str | None:
    return find_free_refusal(
        practice=cast.anna.practice, person_id=person.id, starts_at=start,
        rule=terms["rules"]["free_session"],
    )  # fmt: skip


def _ask_preview(
    cast: Cast, terms: dict[str, Any], person: Person, start: datetime, now: datetime
) -> str | None:
    """What the preview of the rules answers on the whole history of the practice."""
    bookings = [
        booking
        for each in (cast.ola, cast.marek)
        for case in read_cases(practice_id=cast.anna.practice_id, person_id=each.id)
        for booking in case.bookings
    ]
    request = Request(str(person.id), to_instant(start), free=True)
    history = History(bookings, [], to_instant(now))
    return preview_request(read_terms(terms), history, request).refused


def _happen(cast: Cast, chance: Random, booking: Booking) -> None:
    """Let something happen with a booking, or nothing."""
    deed = chance.choice(("cancelled", "missed", "moved", "moved", "struck", "voided", "", "", ""))
    at = BOOKED + HOUR
    if deed == "cancelled":
        tell(cast.anna, booking, "cancelled", chance.choice(("client", "practitioner")), at)
    elif deed == "missed":
        tell(cast.anna, booking, "cancelled", "client", booking.starts_at + HOUR)
    elif deed == "moved":
        to_at = booking.starts_at + chance.choice((-9, 9, 30)) * DAY + 7 * HOUR
        tell(cast.anna, booking, "moved", "client", at, to_at=max(to_at, at + DAY))
    elif deed == "struck":
        strike(practice=cast.anna.practice, booking_id=booking.id, now=at)
    elif deed == "voided":
        event = tell(cast.anna, booking, "cancelled", "client", at)
        tell(cast.anna, booking, "voided", "client", at + HOUR, voids_id=event.id)


EDGES = ("2026-02-28 22:59", "2026-02-28 23:00", "2026-03-31 21:59", "2026-03-31 22:00")
"""Around the ends of March in Warsaw, where it is summer time at the second one."""


@pytest.mark.parametrize("seed", range(10))
def test_free_sessions_are_given_as_the_preview_says(cast: Cast, seed: int) -> None:
    chance = Random(seed)
    per_person, per_month = chance.randint(1, 3), chance.randint(1, 4)
    terms = _give_free(cast, per_person=per_person, per_month=per_month)
    starts = [moment(edge) for edge in chance.sample(EDGES, 3)]
    starts += [MONDAY + chance.randint(-3, 40) * DAY + n * HOUR for n in range(3)]
    for start in starts:
        person = chance.choice((cast.ola, cast.ola, cast.marek))
        kind = chance.choice(("free", "free", "free", "paid"))
        booking = book(cast.anna, person, start, minutes=1, kind=kind)
        with suppress(SlotTaken):
            _happen(cast, chance, booking)

    now = MONDAY + 60 * DAY
    for person in (cast.ola, cast.marek):
        for start in (*starts, *(moment(edge) for edge in EDGES)):
            wanted = _ask_preview(cast, terms, person, start, now)
            assert _ask_database(cast, terms, person, start) == wanted, (person, start)


def test_free_sessions_are_refused_by_name(cast: Cast) -> None:
    _give_free(cast, per_person=2, per_month=3)
    open_to(cast.anna, cast.ola, cast.marek, weekly=EVERY_DAY, horizon_days=60)
    service = serve(cast.anna, kind="free", minutes=30)
    for number in range(2):
        take_of(cast.anna, service, cast.ola, MONDAY + number * HOUR)

    with pytest.raises(NoMoreFree, match="free_per_person") as refusal:
        take_of(cast.anna, service, cast.ola, moment("2026-04-02 09:00"))
    assert refusal.value.code == "free_per_person"

    take_of(cast.anna, service, cast.marek, MONDAY + 3 * HOUR)
    third = make_person(cast.anna, "Third")
    open_to(cast.anna, third, weekly=EVERY_DAY, horizon_days=60)
    with pytest.raises(NoMoreFree, match="free_per_month"):
        take_of(cast.anna, service, third, moment("2026-03-31 21:00"))
    assert take_of(cast.anna, service, third, moment("2026-03-31 22:00")).minutes == 30


def test_cancelled_free_session_gives_another_and_a_missed_one_does_not(cast: Cast) -> None:
    terms = _give_free(cast)
    first = _hold_free(cast, cast.ola, MONDAY)
    assert _ask_database(cast, terms, cast.ola, MONDAY + DAY) == "free_per_person"

    cancelled = tell(cast.anna, first, "cancelled", "client", BOOKED)
    assert _ask_database(cast, terms, cast.ola, MONDAY + DAY) is None
    tell(cast.anna, first, "voided", "client", BOOKED + HOUR, voids_id=cancelled.id)
    tell(cast.anna, first, "cancelled", "client", MONDAY + HOUR)

    assert _ask_database(cast, terms, cast.ola, MONDAY + DAY) == "free_per_person"
    assert _ask_database(cast, terms, cast.marek, MONDAY + DAY) is None


def test_open_wish_counts_for_its_person_once(cast: Cast) -> None:
    terms = _give_free(cast, per_person=2)
    open_to(cast.anna, cast.ola, cast.marek, weekly=EVERY_DAY)
    choice = choose(serve(cast.anna, kind="free", minutes=30))
    wishes = [ask_for(cast.anna, cast.ola, MONDAY + n * HOUR, choice=choice) for n in range(2)]

    with pytest.raises(NoMoreFree, match="free_per_person"):
        ask_for(cast.anna, cast.ola, MONDAY + 3 * HOUR, choice=choice)
    assert _ask_database(cast, terms, cast.marek, MONDAY) is None

    wishing.give(practice=cast.anna.practice, kept_id=wishes[0].id, now=BOOKED)
    assert _ask_database(cast, terms, cast.ola, MONDAY) == "free_per_person"
    wishing.decline(practice=cast.anna.practice, kept_id=wishes[1].id, words="", now=BOOKED)
    assert _ask_database(cast, terms, cast.ola, MONDAY) is None


def test_paid_meetings_and_rules_without_free_sessions_refuse_nothing(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, weekly=EVERY_DAY)
    service = serve(cast.anna, kind="free", minutes=30)

    booked = [take_of(cast.anna, service, cast.ola, MONDAY + n * HOUR) for n in range(3)]

    assert [booking.minutes for booking in booked] == [30, 30, 30]
