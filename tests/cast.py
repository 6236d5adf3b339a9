"""The standing cast: whom the tests are about, and how things happen to them.

Anna teaches in Warsaw and is paid in PLN; Ola and Marek come to her. Borys teaches in Moscow and is
paid in RUB; Настя comes to him. Neither knows of the other, and nothing of one may reach the other.
"""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from miedza.agreements.actions import publish_draft, save_draft
from miedza.agreements.templates import begin_terms
from miedza.bookings import actions as bookings
from miedza.bookings.queries import find_booking
from miedza.people.actions import add_person
from miedza.practice.actions import create_practice

if TYPE_CHECKING:
    import uuid
    from typing import Unpack

    from miedza.bookings.models import Booking
    from miedza.ledger.actions import Details
    from miedza.ledger.models import Event
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner


def moment(text: str) -> datetime:
    """An instant in UTC, written `2026-03-02 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


FOUNDED = moment("2026-01-01 08:00")
"""When both practices began and their rules came into force."""

BOOKED = moment("2026-02-20 10:00")
"""When meetings are booked where nothing else is said."""

MONDAY = moment("2026-03-02 09:00")
"""When the first meeting begins where nothing else is said."""

ANNAS_TERMS: dict[str, Any] = begin_terms(
    template="clear", profession="tutor", currency="PLN", time_zone="Europe/Warsaw"
)
ANNAS_TERMS["rules"]["payment"] = {"due": "before_session", "hours": 24, "unpaid": "keep"}

BORYSS_TERMS: dict[str, Any] = begin_terms(
    template="firm", profession="tutor", currency="RUB", time_zone="Europe/Moscow"
)


class Cast(NamedTuple):
    """Everybody."""

    anna: Practitioner
    ola: Person
    marek: Person
    borys: Practitioner
    nastia: Person


def make_practitioner(name: str, *, terms: dict[str, Any]) -> Practitioner:
    """A practice with its rules in force."""
    practitioner = create_practice(
        email=f"{name.split(maxsplit=1)[0].lower()}@miedza.example",
        practitioner_name=name,
        profession="tutor",
        language="pl" if terms["currency"] == "PLN" else "ru",
        currency=terms["currency"],
        time_zone=terms["time_zone"],
        now=FOUNDED,
    )
    publish_rules(practitioner, terms, now=FOUNDED)
    return practitioner


def publish_rules(practitioner: Practitioner, terms: dict[str, Any], *, now: datetime) -> int:
    """Bring terms into force; their number."""
    draft = save_draft(practice=practitioner.practice, terms=copy.deepcopy(terms))
    publish_draft(practice=practitioner.practice, number=draft.number, now=now)
    return draft.number


def make_person(practitioner: Practitioner, name: str) -> Person:
    """Somebody who comes to a practitioner."""
    return add_person(
        practice=practitioner.practice,
        name=name,
        email="",
        phone="",
        language="pl",
        what_for="",
        usual_minutes=60,
        usual_price_minor=20_000,
        now=FOUNDED,
    )


def make_cast() -> Cast:
    """Two practices and three persons."""
    anna = make_practitioner("Anna Zielińska", terms=ANNAS_TERMS)
    borys = make_practitioner("Борис Иванов", terms=BORYSS_TERMS)
    return Cast(
        anna=anna,
        ola=make_person(anna, "Ola Żółć"),
        marek=make_person(anna, "Marek Łącki"),
        borys=borys,
        nastia=make_person(borys, "Настя Ёлкина"),
    )


def book(
    practitioner: Practitioner,
    person: Person,
    starts_at: datetime = MONDAY,
    *,
    now: datetime = BOOKED,
    minutes: int = 60,
    price_minor: int = 20_000,
    kind: str = "paid",
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Booking:
    """Book a meeting."""
    return bookings.book(
        practice=practitioner.practice,
        practitioner=practitioner,
        person=person,
        starts_at=starts_at,
        minutes=minutes,
        price_minor=price_minor,
        kind=kind,
        now=now,
        id=id,
    )


def tell(
    practitioner: Practitioner,
    booking: Booking,
    kind: str,
    by: str,
    at: datetime,
    *,
    now: datetime | None = None,
    entered_by: str = "practitioner",
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
    **details: Unpack[Details],
) -> Event:
    """Record what happened with a booking, at once where nothing else is said."""
    return bookings.record(
        practice=practitioner.practice,
        booking_id=booking.id,
        type=kind,
        by=by,
        at=at,
        now=at if now is None else now,
        entered_by=entered_by,
        id=id,
        **details,
    )


def look(practitioner: Practitioner, booking_id: uuid.UUID) -> Booking:
    """A booking as it stands now."""
    booking = find_booking(practice_id=practitioner.practice_id, booking_id=booking_id)
    assert booking is not None
    return booking
