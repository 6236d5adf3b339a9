"""A practice goes with its doors and with those who had no other; who is elsewhere stays there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.apps import apps

from miedza.db.tenancy import TenantModel
from miedza.people.actions import change_person, close_place, open_place
from miedza.people.models import Person
from miedza.people.queries import list_own
from miedza.practice.actions import erase_practice
from miedza.practice.models import Door, Practice, User
from miedza.practice.queries import find_practitioner, list_doors
from tests.agreements.agreeing import accept, invite
from tests.cast import Cast, book

if TYPE_CHECKING:
    from miedza.practice.models import Practitioner

pytestmark = pytest.mark.django_db


def _open(practitioner: Practitioner, person: Person, email: str) -> User:
    person.email = email
    person.save()
    open_place(practice=practitioner.practice, person=person)
    assert person.user is not None
    return person.user


def _users() -> set[str]:
    return set(User.objects.values_list("email", flat=True))


def test_lonely_guest_goes_and_the_others_stay(cast: Cast) -> None:
    _open(cast.anna, cast.ola, "ola@miedza.example")
    both = _open(cast.anna, cast.marek, "nastia@miedza.example")
    _open(cast.borys, cast.nastia, "nastia@miedza.example")

    erase_practice(practice_id=cast.anna.practice_id)

    assert _users() == {"nastia@miedza.example", cast.borys.user.email}
    assert list_doors(user_id=both.id) == [cast.borys.practice]
    assert list_own(practice_id=cast.borys.practice_id, user_id=both.id) == [cast.nastia]


def test_practitioner_of_another_practice_loses_a_door_only(cast: Cast) -> None:
    user = _open(cast.anna, cast.ola, cast.borys.user.email)

    erase_practice(practice_id=cast.anna.practice_id)

    assert find_practitioner(user_id=user.id) == cast.borys
    assert not Door.objects.exists()


def test_practitioner_who_is_a_client_elsewhere_stays_a_client(cast: Cast) -> None:
    user = _open(cast.borys, cast.nastia, cast.anna.user.email)

    erase_practice(practice_id=cast.anna.practice_id)

    kept = User.objects.get(id=user.id)
    assert (kept.practice_id, find_practitioner(user_id=user.id)) == (None, None)
    assert list_doors(user_id=user.id) == [cast.borys.practice]
    nastia = Person.objects.of(cast.borys.practice_id).get(id=cast.nastia.id)
    assert nastia.user == kept
    close_place(practice=cast.borys.practice, person=nastia)
    assert not Door.objects.exists()


def test_person_whose_practitioner_went_elsewhere_can_still_be_changed(cast: Cast) -> None:
    _open(cast.borys, cast.nastia, cast.anna.user.email)
    erase_practice(practice_id=cast.anna.practice_id)

    nastia = Person.objects.of(cast.borys.practice_id).get(id=cast.nastia.id)
    change_person(
        practice=cast.borys.practice, person=nastia, name="Настя", email="", phone="",
        language="ru", what_for="", usual_minutes=60, usual_price_minor=1,
    )  # fmt: skip

    assert Person.objects.of(cast.borys.practice_id).get(id=nastia.id).user_id is None


def test_no_row_of_it_stays_and_none_of_the_other_goes(cast: Cast) -> None:
    for practitioner, person in ((cast.anna, cast.ola), (cast.borys, cast.nastia)):
        invite(practitioner, person)
        accept(practitioner, person)
        book(practitioner, person)
        _open(practitioner, person, f"{practitioner.calendar_key}@miedza.example")
    models = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    before = {model: model.objects.of(cast.borys.practice_id).count() for model in models}

    erase_practice(practice_id=cast.anna.practice_id)

    assert {model: model.objects.of(cast.anna.practice_id).count() for model in models} == (
        dict.fromkeys(models, 0)
    )
    assert {model: model.objects.of(cast.borys.practice_id).count() for model in models} == before
    assert list(Practice.objects.all()) == [cast.borys.practice]
    assert Door.objects.get().practice == cast.borys.practice
