"""An example practice: a tutor, her pupils, and two months in which things happen."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from miedza.agreements.actions import publish_draft, save_draft
from miedza.agreements.templates import begin_terms
from miedza.bookings.actions import book, record
from miedza.bookings.judging import judge_person
from miedza.people.actions import add_person, write_note
from miedza.practice.actions import create_practice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miedza.bookings.models import Booking
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner

EMAIL = "demo@miedza.example"


class Cast(NamedTuple):
    """Who plays in the example, in one language."""

    practitioner: str
    pupils: tuple[tuple[str, str], ...]
    """Name, and what they come for."""
    note: str
    request: str
    currency: str
    zone: str
    price_minor: int


CASTS = {
    "en": Cast(
        "Anna Zielińska",
        (("Ola Nowak", "English"), ("Mark Hill", "English for work"), ("Zoe Adams", "exam")),
        "Comes from school by two buses. Likes to begin with what she read.",
        "the interview on Tuesday",
        "EUR",
        "Europe/London",
        4000,
    ),
    "pl": Cast(
        "Anna Zielińska",
        (
            ("Ola Nowak", "angielski"),
            ("Marek Górski", "angielski do pracy"),
            ("Kasia Wójcik", "matura"),
        ),
        "Dojeżdża dwoma autobusami. Lubi zaczynać od tego, co przeczytała.",
        "rozmowa kwalifikacyjna we wtorek",
        "PLN",
        "Europe/Warsaw",
        12000,
    ),
    "ru": Cast(
        "Анна Зелинская",
        (
            ("Настя Белова", "английский"),
            ("Игорь Ким", "английский для работы"),
            ("Мария Лис", "ЕГЭ"),
        ),
        "Добирается двумя автобусами. Любит начинать с прочитанного.",
        "собеседование во вторник",
        "RUB",
        "Europe/Moscow",
        200000,
    ),
}

Told = tuple[str, str, int, dict[str, object]]
"""Type, side, minutes after the start, and what else the event says."""

ME, YOU = "practitioner", "client"

WEEKS: tuple[tuple[Told, ...], ...] = (
    (("arrived", ME, -2, {}), ("arrived", YOU, 1, {}), ("ended", ME, 62, {})),
    (("arrived", ME, -2, {}), ("arrived", YOU, 120, {}), ("ended", YOU, 300, {})),
    (
        ("arrived", ME, -1, {}),
        ("arrived", YOU, 22, {}),
        ("extended", YOU, 50, {"minutes": 30, "agreed": True}),
        ("ended", ME, 90, {}),
    ),
    (("arrived", ME, -3, {}), ("left", ME, 15, {})),
    (
        ("moved", ME, -1200, {"to_minutes": 2940}),
        ("arrived", YOU, 2938, {}),
        ("arrived", ME, 2939, {}),
        ("ended", ME, 3001, {}),
    ),
    (("arrived", YOU, 0, {}), ("arrived", ME, 10, {}), ("ended", ME, 64, {})),
    (("cancelled", YOU, -1300, {"cause": "illness"}),),
    (("arrived", ME, -1, {}), ("arrived", YOU, -1, {}), ("ended", ME, 60, {})),
)
"""What happens in eight weeks of the first pupil; once she comes two hours late and stays three."""

QUIET: tuple[Told, ...] = (("held", "practitioner", 61, {}),)


@transaction.atomic
def build_demo(*, language: str, now: datetime) -> Practitioner:
    """Build the example in an empty installation.

    Args:
        language: `en`, `pl` or `ru`.
        now: the present; the example ends there.
    """
    cast = CASTS[language]
    zone = ZoneInfo(cast.zone)
    monday = now.astimezone(zone).date() - timedelta(days=now.astimezone(zone).weekday())
    founded = datetime.combine(monday - timedelta(weeks=9), time(10), zone).astimezone(UTC)
    practitioner = create_practice(
        email=EMAIL,
        practitioner_name=cast.practitioner,
        profession="tutor",
        language=language,
        currency=cast.currency,
        time_zone=cast.zone,
        now=founded,
    )
    practice = practitioner.practice
    terms = begin_terms(
        template="clear", profession="tutor", currency=cast.currency, time_zone=cast.zone
    )
    draft = save_draft(practice=practice, terms=terms)
    publish_draft(practice=practice, number=draft.number, now=founded)
    people = [
        add_person(
            practice=practice, name=name, email="", phone="", language=language,
            what_for=what_for, usual_minutes=60, usual_price_minor=cast.price_minor, now=founded,
        )
        for name, what_for in cast.pupils
    ]  # fmt: skip
    write_note(practice=practice, person=people[0], text=cast.note, now=founded)
    for week, told in enumerate(WEEKS):
        day = monday - timedelta(weeks=8 - week)
        for index, person in enumerate(people):
            start = datetime.combine(day + timedelta(days=index), time(15), zone).astimezone(UTC)
            events = told if index == 0 else QUIET
            _tell(practitioner, person, start, events, now)
    _book_this_week(practitioner, people, zone, now)
    for person in people:
        judge_person(practice=practice, person_id=person.id, now=now)
    return practitioner


def _tell(
    practitioner: Practitioner,
    person: Person,
    start: datetime,
    events: Sequence[Told],
    now: datetime,
) -> None:
    """Book a lesson a week ahead, and let happen what is told."""
    booking = _book(practitioner, person, start, start - timedelta(days=7))
    for kind, by, minutes, more in events:
        at = start + timedelta(minutes=minutes)
        if at > now:
            break
        said = dict(more)
        if "to_minutes" in said:
            said["to_at"] = start + timedelta(minutes=int(str(said.pop("to_minutes"))))
        record(
            practice=practitioner.practice, booking_id=booking.id, type=kind, by=by, at=at, now=at,
            **said,  # type: ignore[arg-type] # The told details are arguments of record.
        )  # fmt: skip


def _book(practitioner: Practitioner, person: Person, start: datetime, at: datetime) -> Booking:
    """Book a lesson at the usual length and price."""
    return book(
        practice=practitioner.practice,
        practitioner=practitioner,
        person=person,
        starts_at=start,
        minutes=person.usual_minutes,
        price_minor=person.usual_price_minor,
        kind="paid",
        now=at,
    )


def _book_this_week(
    practitioner: Practitioner,
    people: Sequence[Person],
    zone: ZoneInfo,
    now: datetime,
) -> None:
    """Lessons of today, before and after this hour, and one of tomorrow."""
    local = now.astimezone(zone)
    hour = local.replace(minute=0, second=0, microsecond=0)
    for index, hours in enumerate((-2, 1, 25)):
        start = (hour + timedelta(hours=hours)).astimezone(UTC)
        _book(practitioner, people[index % len(people)], start, now - timedelta(days=7))
