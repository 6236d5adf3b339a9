"""The example practices: a tutor's, a psychologist's and a coach's, with a year behind them.

Drawn from a seed, they are the same again for the same seed at the same moment.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from miedza.agreements.actions import publish_draft, save_draft
from miedza.agreements.queries import find_in_force
from miedza.agreements.templates import begin_terms
from miedza.bookings.hours import Limits, set_hours
from miedza.cli.demo_casts import SCENES, Cast, Client, Scene
from miedza.cli.demo_services import fill_services, offer_services
from miedza.cli.demo_telling import Stage, book_this_week, decide_what_waits, tell_year
from miedza.messaging.actions import give_up_waiting
from miedza.messaging.models import WITHDRAWN
from miedza.people.actions import add_person, open_place, put_beside, write_note
from miedza.practice.actions import change_practice, create_practice

if TYPE_CHECKING:
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner

SEED = 7


class SignIn(NamedTuple):
    """As whom one can sign in to the example."""

    email: str
    name: str
    role: str
    """`practitioner`, `client`, `guardian`, `payer` or `sponsor`."""


def list_signs(language: str) -> list[SignIn]:
    """As whom one can sign in to the examples of a language, practice by practice."""
    signs = []
    for cast in SCENES[language].casts:
        signs.append(SignIn(cast.email, cast.practitioner, "practitioner"))
        for index, client in enumerate(cast.clients):
            signs.append(SignIn(_client_email(cast, index), client.name, "client"))
            signs.extend(
                SignIn(_family_email(cast, index), name, kind) for name, kind in client.beside
            )
    return signs


def _client_email(cast: Cast, index: int) -> str:
    return f"client{index + 1}.{cast.email}"


def _family_email(cast: Cast, index: int) -> str:
    return f"family{index + 1}.{cast.email}"


@transaction.atomic
def build_demo(*, language: str, now: datetime, seed: int = SEED) -> None:
    """Build the examples in an empty installation.

    Args:
        language: `en`, `pl` or `ru`.
        now: the present; the examples end there.
        seed: of what is left to chance.
    """
    scene, chance = SCENES[language], Random(seed)  # noqa: S311 - it plays, it keeps no secret.
    local = now.astimezone(ZoneInfo(scene.zone))
    day = local.date() - timedelta(days=local.weekday())
    monday = datetime.combine(day, time(0), ZoneInfo(scene.zone)).astimezone(UTC)
    for cast in scene.casts:
        practitioner = _found(scene, cast, language, monday - timedelta(weeks=53))
        stage = Stage(scene, cast, practitioner, chance, monday, now)
        services = offer_services(practitioner, cast, language, monday - timedelta(weeks=52))
        people = []
        for index, client in enumerate(cast.clients):
            person = _add_client(stage, client, index, language)
            _add_beside(stage, client, person, index)
            tell_year(stage, client, person, index)
            people.append(person)
        book_this_week(stage, people)
        decide_what_waits(stage)
        fill_services(practitioner, services, people, monday, now)
    give_up_waiting(error=WITHDRAWN, now=now)  # Nobody here is real: no letter goes to anybody.


def _found(scene: Scene, cast: Cast, language: str, founded: datetime) -> Practitioner:
    """Create a practice with its rules and the hours on offer."""
    practitioner = create_practice(
        email=cast.email, practitioner_name=cast.practitioner, profession=cast.profession,
        language=language, currency=scene.currency, time_zone=scene.zone, now=founded,
    )  # fmt: skip
    practice = practitioner.practice
    terms = begin_terms(
        template=cast.template, profession=cast.profession, currency=scene.currency,
        time_zone=scene.zone,
    )  # fmt: skip
    draft = save_draft(practice=practice, terms=terms)
    publish_draft(practice=practice, number=draft.number, now=founded)
    change_practice(
        practice=practice, name=practice.name, profession=cast.profession, language=language,
        time_zone=scene.zone, wished_hour_minor=cast.price_minor * 9 // 10,
    )  # fmt: skip
    weekly = {day: [["09:00", "13:00"], ["15:00", "19:00"]] for day in ("mon", "tue", "wed", "thu")}
    set_hours(practitioner=practitioner, weekly=weekly, limits=Limits(60, 10, 12 * 60, 42, 6))
    return practitioner


def _add_client(stage: Stage, client: Client, index: int, language: str) -> Person:
    """Add somebody with a place of their own, and a note about them."""
    practice = stage.practitioner.practice
    began = stage.at(client.weeks[0] + 1, index, 10)
    rules = find_in_force(practice_id=practice.id, at=began)
    assert rules is not None  # noqa: S101 - they were published when the practice was founded.
    person = add_person(
        practice=practice, name=client.name, email=_client_email(stage.cast, index), phone="",
        language=language, what_for=client.what_for,
        usual_minutes=rules.terms["rules"]["session"]["minutes"],
        usual_price_minor=stage.cast.price_minor, now=began,
    )  # fmt: skip
    open_place(practice=practice, person=person)
    if client.note:
        write_note(practitioner=stage.practitioner, person=person, text=client.note, now=began)
    return person


def _add_beside(stage: Stage, client: Client, person: Person, index: int) -> None:
    """Put somebody beside a client, with a place of their own."""
    practice = stage.practitioner.practice
    for name, kind in client.beside:
        put_beside(
            practice=practice, person=person, name=name, email=_family_email(stage.cast, index),
            kind=kind, now=person.created_at,
        )  # fmt: skip
