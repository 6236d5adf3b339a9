"""Rules introduced into running work: what was before them is judged by none of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from miedza.bookings import agreeing
from miedza.bookings.judging import judge_due
from miedza.ledger.models import Retraction, Ruling
from miedza.ledger.queries import find_agreed, find_case, find_meeting
from tests.agreements.agreeing import EVIDENCE, read_text
from tests.cast import ANNAS_TERMS, BOOKED, MONDAY, Cast, book, look, publish_rules, tell
from tests.ledger.comparing import assert_figures_hold

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.agreements.models import Invitation
    from miedza.bookings.models import Booking
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STRICT: dict[str, Any] = {
    **ANNAS_TERMS,
    "rules": {
        "session": {"minutes": 60},
        "lateness": {"grace_minutes": 5, "wait_minutes": 15},
        "missed": {"percent": 100},
        "cancellation": {"tiers": [{"hours": 0, "percent": 100}]},
    },
}
MILD: dict[str, Any] = {
    **ANNAS_TERMS, "rules": {**STRICT["rules"], "missed": {"percent": 10}}
}  # fmt: skip


def _introduce(practitioner: Practitioner, person: Person, now: datetime, **other: Any) -> Any:
    """Ask in running work."""
    told = {"holds_at": None, "words": "", "by_mail": False, **other}
    asked = agreeing.ask(practice=practitioner.practice, person=person, now=now, **told)
    return asked.invitation


def _accept(
    practitioner: Practitioner, person: Person, now: datetime, invitation: Invitation | None = None
) -> None:
    text = read_text(practitioner, person, now=now, invitation=invitation)
    agreeing.accept(
        practice=practitioner.practice, person=person, accepted_by=person, language="pl",
        text_digest=text.digest, typed_name=person.name, evidence=EVIDENCE,
        invitation=invitation, now=now,
    )  # fmt: skip


def _fees(booking: Booking) -> list[tuple[str, int]]:
    """What holds about a booking: reasons and amounts."""
    rulings = Ruling.objects.of(booking.practice_id).filter(meeting_id=booking.id, retractions=None)
    return list(rulings.order_by("at").values_list("reason", "amount_minor"))


def _agreed(booking: Booking) -> bool:
    meeting = find_meeting(practice_id=booking.practice_id, meeting_id=booking.id)
    assert meeting is not None
    return booking.id in find_agreed(practice_id=booking.practice_id, meetings=[meeting])


def test_what_was_judged_before_the_date_is_judged_no_more(cast: Cast) -> None:
    publish_rules(cast.anna, STRICT, now=BOOKED - DAY)
    past, ahead = book(cast.anna, cast.ola), book(cast.anna, cast.ola, MONDAY + 7 * DAY)
    tell(cast.anna, past, "left", "practitioner", MONDAY + HOUR / 2)
    assert _fees(past) == [("missed", 20_000)]
    now = MONDAY + DAY

    invitation = _introduce(cast.anna, cast.ola, now, holds_at=MONDAY + 2 * DAY)

    assert (_fees(past), _agreed(past)) == ([], False)
    assert Retraction.objects.of(cast.anna.practice_id).count() == 1
    assert look(cast.anna, past.id).outcome == "missed"
    _accept(cast.anna, cast.ola, now + HOUR, invitation)
    tell(cast.anna, ahead, "left", "practitioner", ahead.ends_at)
    assert (_fees(past), _fees(ahead)) == ([], [("missed", 20_000)])
    assert (_agreed(past), _agreed(ahead)) == (False, True)
    assert_figures_hold(cast.anna.practice_id, cast.ola.id, ahead.ends_at)


def test_nothing_is_judged_between_introducing_and_accepting(cast: Cast) -> None:
    publish_rules(cast.anna, STRICT, now=BOOKED - DAY)
    _introduce(cast.anna, cast.ola, BOOKED, holds_at=BOOKED + HOUR)
    booking = book(cast.anna, cast.ola, now=BOOKED + 2 * HOUR)

    tell(cast.anna, booking, "cancelled", "client", MONDAY - HOUR)

    assert (_fees(booking), look(cast.anna, booking.id).outcome) == ([], "cancelled")
    _accept(cast.anna, cast.ola, MONDAY)
    assert (_fees(booking), _agreed(booking)) == ([], False)


def test_other_people_are_judged_as_before(cast: Cast) -> None:
    publish_rules(cast.anna, STRICT, now=BOOKED - DAY)
    mareks = book(cast.anna, cast.marek)
    tell(cast.anna, mareks, "left", "practitioner", MONDAY + HOUR / 2)

    _introduce(cast.anna, cast.ola, MONDAY + DAY, holds_at=MONDAY + 2 * DAY)

    assert _fees(mareks) == [("missed", 20_000)]


def test_each_meeting_keeps_the_version_that_was_accepted_before_it(cast: Cast) -> None:
    publish_rules(cast.anna, STRICT, now=BOOKED - DAY)
    _accept(cast.anna, cast.ola, BOOKED - HOUR)
    under_first = book(cast.anna, cast.ola)
    publish_rules(cast.anna, MILD, now=BOOKED + HOUR)
    unasked = book(cast.anna, cast.ola, MONDAY + DAY, now=BOOKED + 2 * HOUR)
    _accept(cast.anna, cast.ola, BOOKED + 3 * HOUR)
    under_second = book(cast.anna, cast.ola, MONDAY + 2 * DAY, now=BOOKED + 4 * HOUR)

    for booking in (under_first, unasked, under_second):
        tell(cast.anna, booking, "left", "practitioner", booking.ends_at)

    fees = [_fees(booking) for booking in (under_first, unasked, under_second)]
    assert fees == [[("missed", 20_000)], [("missed", 20_000)], [("missed", 2_000)]]
    assert_figures_hold(cast.anna.practice_id, cast.ola.id, under_second.ends_at)


def test_payment_that_was_due_before_acceptance_is_not_judged(cast: Cast) -> None:
    near, far = book(cast.anna, cast.ola), book(cast.anna, cast.ola, MONDAY + DAY)
    judge_due(now=MONDAY - HOUR)
    assert _fees(near) == [("unpaid", 0)]

    _accept(cast.anna, cast.ola, MONDAY - HOUR)
    judge_due(now=MONDAY)

    assert (_fees(near), _fees(far)) == ([], [("unpaid", 0)])
    case = find_case(practice_id=cast.anna.practice_id, person_id=cast.ola.id, meeting_id=near.id)
    assert case is not None
    assert (case.governing.holds, case.governing.agreed) == (False, False)


def test_correction_brings_a_meeting_under_the_rules_accepted_meanwhile(cast: Cast) -> None:
    publish_rules(cast.anna, STRICT, now=BOOKED - DAY)
    booking = book(cast.anna, cast.ola)
    mistake = tell(cast.anna, booking, "cancelled", "client", BOOKED + HOUR)
    _accept(cast.anna, cast.ola, BOOKED + 2 * HOUR)
    assert not _agreed(booking)

    tell(cast.anna, booking, "voided", "practitioner", BOOKED + DAY, voids_id=mistake.id)
    assert _agreed(booking)
    tell(cast.anna, booking, "left", "practitioner", booking.ends_at)

    assert _fees(booking) == [("missed", 20_000)]
    assert_figures_hold(cast.anna.practice_id, cast.ola.id, booking.ends_at)


def test_no_ruling_is_about_anything_before_its_rules_held(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola, MONDAY + 7 * DAY)
    tell(cast.anna, booking, "paid", "client", BOOKED + HOUR, amount_minor=1)
    for hours in range(3):
        added = tell(cast.anna, booking, "request_added", "client", BOOKED + HOUR * hours, text="…")
    tell(cast.anna, booking, "voided", "client", BOOKED + DAY, voids_id=added.id)
    assert _fees(booking) == [("parked", 0)]

    _accept(cast.anna, cast.ola, MONDAY)

    assert (_agreed(booking), _fees(booking)) == (True, [])
    for hours in range(2):
        tell(cast.anna, booking, "request_added", "client", MONDAY + HOUR * hours, text="…")
    assert _fees(booking) == [("parked", 0)]
    assert_figures_hold(cast.anna.practice_id, cast.ola.id, MONDAY + DAY)
