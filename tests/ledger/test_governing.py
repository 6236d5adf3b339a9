"""A meeting is judged by the rules that both sides had agreed to, and by none that came later."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from miedza.agreements.models import Acceptance, RulesVersion
from miedza.agreements.queries import Holding
from miedza.ledger.governing import Governing, find_governing
from miedza.ledger.models import Event, Meeting
from tests.cast import ANNAS_TERMS, moment

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
NOON = moment("2026-03-01 12:00")
START = NOON + 7 * DAY


def _version(number: int, payment: dict[str, Any] | None = None) -> RulesVersion:
    rules = {**ANNAS_TERMS["rules"], "payment": payment}
    if payment is None:
        del rules["payment"]
    return RulesVersion(id=UUID(int=number), number=number, terms={**ANNAS_TERMS, "rules": rules})


FIRST, SECOND_ONE = _version(1), _version(2)
BEFORE_PAID = _version(3, {"due": "before_session", "hours": 24, "unpaid": "release"})
AFTER_PAID = _version(4, {"due": "after_session", "hours": 24, "unpaid": "keep"})
AT_BOOKING = _version(5, {"due": "at_booking", "hours": 0, "unpaid": "keep"})


class Agreed(NamedTuple):
    """A version that the client accepted."""

    rules: RulesVersion
    at: datetime
    holds_at: datetime | None = None
    """None: from acceptance."""


class Story(NamedTuple):
    """What happened, and what it is judged by. The meeting is booked at noon under version 1."""

    expected: Governing
    agreed: tuple[Agreed, ...] = ()
    events: tuple[tuple[str, datetime], ...] = ()
    """Their types and when they were; `voided` takes back the one before it."""
    introduced: bool = False
    start: datetime = START


def _none(agreed_at: datetime = NOON) -> Governing:
    return Governing(FIRST, False, False, agreed_at)


def _by(rules: RulesVersion, since: datetime = NOON) -> Governing:
    return Governing(rules, True, True, since)


LATER = Agreed(SECOND_ONE, NOON + DAY)
UNDER = _by(SECOND_ONE, NOON + DAY)
STORIES = {
    "never asked": Story(Governing(FIRST, True, False, NOON)),
    "never asked, things happened": Story(
        Governing(FIRST, True, False, NOON), events=(("cancelled", NOON + HOUR),)
    ),
    "introduced but not accepted": Story(_none(), introduced=True),
    "introduced but not accepted, things happened": Story(
        _none(), introduced=True, events=(("cancelled", NOON + HOUR),)
    ),
    "accepted before booking": Story(_by(FIRST), (Agreed(FIRST, NOON - HOUR),)),
    "accepted in the second of booking": Story(_by(FIRST), (Agreed(FIRST, NOON),)),
    "accepted before booking, things happened at once": Story(
        _by(FIRST), (Agreed(FIRST, NOON - HOUR),), (("cancelled", NOON),)
    ),
    "accepted before booking, holds from the start": Story(
        _by(FIRST), (Agreed(FIRST, NOON - HOUR, START),)
    ),
    "accepted before booking, holds after the start": Story(
        _none(), (Agreed(FIRST, NOON - HOUR, START + SECOND),)
    ),
    "accepted after booking, nothing done": Story(UNDER, (LATER,)),
    "accepted after booking, in the second of the start": Story(
        _by(SECOND_ONE, START), (Agreed(SECOND_ONE, START),)
    ),
    "accepted after the start": Story(_none(), (Agreed(SECOND_ONE, START + SECOND),)),
    "accepted after booking, deed a second before": Story(
        _none(), (LATER,), (("moved", NOON + DAY - SECOND),)
    ),
    "accepted after booking, deed in the same second": Story(
        UNDER, (LATER,), (("moved", NOON + DAY),)
    ),
    "accepted after booking, deed after": Story(UNDER, (LATER,), (("moved", NOON + 2 * DAY),)),
    "accepted after booking, deed before was taken back": Story(
        UNDER, (LATER,), (("moved", NOON + HOUR), ("voided", NOON + 2 * HOUR))
    ),
    "accepted after booking, one of two deeds was taken back": Story(
        _none(), (LATER,), (("arrived", NOON), ("moved", NOON + HOUR), ("voided", NOON + DAY))
    ),
    "accepted after booking, paid before": Story(UNDER, (LATER,), (("paid", NOON + HOUR),)),
    "accepted after booking, a request before": Story(
        UNDER, (LATER,), (("request_added", NOON + HOUR),)
    ),
    "accepted after booking, an incident before": Story(
        UNDER, (LATER,), (("incident", NOON + HOUR),)
    ),
    "accepted for a date before the start": Story(
        _by(SECOND_ONE, NOON + 2 * DAY), (Agreed(SECOND_ONE, NOON + DAY, NOON + 2 * DAY),)
    ),
    "accepted for a date, deed between": Story(
        _none(), (Agreed(SECOND_ONE, NOON + DAY, NOON + 3 * DAY),), (("moved", NOON + 2 * DAY),)
    ),
    "start before the date": Story(
        _none(), (Agreed(SECOND_ONE, NOON + DAY, NOON + 3 * DAY),), start=NOON + 2 * DAY
    ),
    "accepted after booking, payment due later": Story(
        _by(BEFORE_PAID, START - DAY), (Agreed(BEFORE_PAID, START - DAY),)
    ),
    "accepted after booking, payment due before": Story(
        _none(), (Agreed(BEFORE_PAID, START - DAY + SECOND),)
    ),
    "accepted after booking, payment due afterwards": Story(
        _by(AFTER_PAID, START - SECOND), (Agreed(AFTER_PAID, START - SECOND),)
    ),
    "accepted after booking, payment due at booking": Story(
        _by(AT_BOOKING, START - SECOND), (Agreed(AT_BOOKING, START - SECOND),)
    ),
    "accepted before booking, payment due before": Story(
        _by(BEFORE_PAID), (Agreed(BEFORE_PAID, NOON - HOUR),), start=NOON + HOUR
    ),
    "two versions, both before booking": Story(
        _by(SECOND_ONE), (Agreed(FIRST, NOON - DAY), Agreed(SECOND_ONE, NOON - HOUR))
    ),
    "two versions, one before booking": Story(_by(FIRST), (Agreed(FIRST, NOON - DAY), LATER)),
    "two versions, both after booking": Story(
        _by(SECOND_ONE, NOON + HOUR),
        (Agreed(SECOND_ONE, NOON + HOUR), Agreed(AFTER_PAID, NOON + DAY)),
    ),
    "two versions after booking, payment of the first was due": Story(
        _by(AFTER_PAID, START - HOUR),
        (Agreed(BEFORE_PAID, START - 2 * HOUR), Agreed(AFTER_PAID, START - HOUR)),
    ),
    "two versions before booking, the newer holds after the start": Story(
        _by(FIRST), (Agreed(FIRST, NOON - DAY), Agreed(SECOND_ONE, NOON - HOUR, START + DAY))
    ),
    "introduced, and accepted before booking": Story(
        _by(FIRST), (Agreed(FIRST, NOON - HOUR),), introduced=True
    ),
}


def _write_events(told: tuple[tuple[str, datetime], ...]) -> list[Event]:
    events: list[Event] = []
    for number, (kind, at) in enumerate(told):
        voids_id = events[-1].id if kind == "voided" else None
        events.append(
            Event(id=UUID(int=number), type=kind, at=at, recorded_at=at, voids_id=voids_id)
        )
    return events


@pytest.mark.parametrize("name", STORIES)
def test_meeting_is_judged_by(name: str) -> None:
    story = STORIES[name]
    meeting = Meeting(rules=FIRST, booked_at=NOON, start_at=story.start)
    acceptances = [
        Acceptance(rules=rules, accepted_at=at, holds_at=at if holds_at is None else holds_at)
        for rules, at, holds_at in story.agreed
    ]
    events = _write_events(story.events)

    found = find_governing(meeting, events, Holding(acceptances, story.introduced))

    assert found == story.expected
    assert find_governing(meeting, events[::-1], Holding(acceptances, story.introduced)) == found


def test_where_nothing_holds_only_currency_clock_and_length_are_used() -> None:
    terms = {
        **ANNAS_TERMS, "rules": BEFORE_PAID.terms["rules"],
        "practitioner": {"missed": {"percent": 100}},
    }  # fmt: skip
    version = RulesVersion(id=UUID(int=9), number=9, terms=terms)

    assert Governing(version, False, False, NOON).terms == {
        "terms": 1,
        "currency": "PLN",
        "time_zone": "Europe/Warsaw",
        "rules": {"session": {"minutes": 60}},
        "practitioner": {},
    }
    assert Governing(version, True, False, NOON).terms == terms
