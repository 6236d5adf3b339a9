"""Who signs in sees their own place, those they answer for, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from miedza.people.actions import (
    NoAddress,
    OneselfBeside,
    change_person,
    close_place,
    find_or_add,
    open_place,
    relate,
    unrelate,
)
from miedza.people.models import Person, Relation
from miedza.people.queries import (
    Charge,
    count_people,
    find_charges,
    find_guardian,
    list_beside,
    list_charges,
    list_own,
)
from miedza.practice.models import Door, User
from miedza.practice.queries import find_practitioner, list_doors
from tests.bookings.racing import RACES, race
from tests.cast import BOOKED, Cast, make_person

if TYPE_CHECKING:
    import uuid

    from miedza.practice.models import Practice, Practitioner

HOUR = timedelta(hours=1)
OLAS = "ola@miedza.example"


def _change(practice: Practice, person: Person, **other: Any) -> None:
    told = {
        "name": person.name, "email": person.email, "phone": "", "language": "pl", "what_for": "",
        "usual_minutes": 60, "usual_price_minor": 1, **other,
    }  # fmt: skip
    change_person(practice=practice, person=person, **told)


def _open(practitioner: Practitioner, person: Person, email: str = OLAS) -> User:
    """Give a person an e-mail and a place."""
    _change(practitioner.practice, person, email=email)
    open_place(practice=practitioner.practice, person=person)
    user = Person.objects.of(practitioner.practice_id).get(id=person.id).user
    assert user is not None
    return user


def _relate(cast: Cast, person: Person, other: Person, kind: str = "guardian") -> Relation:
    return relate(practice=cast.anna.practice, person=person, other=other, kind=kind, now=BOOKED)


def _user_id(person: Person) -> int | None:
    return Person.objects.of(person.practice_id).get(id=person.id).user_id


def _doors(user: User) -> list[uuid.UUID]:
    return [practice.id for practice in list_doors(user_id=user.id)]


def test_place_needs_an_address(cast: Cast) -> None:
    with pytest.raises(NoAddress):
        open_place(practice=cast.anna.practice, person=cast.ola)

    assert (_user_id(cast.ola), Door.objects.count()) == (None, 0)


def test_opened_twice_is_one_place(cast: Cast) -> None:
    user = _open(cast.anna, cast.ola)

    assert _open(cast.anna, cast.ola) == user
    assert (user.email, user.language, user.practice_id) == (OLAS, "pl", None)
    assert _doors(user) == [cast.anna.practice_id]
    assert list_own(practice_id=cast.anna.practice_id, user_id=user.id) == [cast.ola]
    assert list_own(practice_id=cast.borys.practice_id, user_id=user.id) == []


def test_address_is_the_same_whatever_its_letters_case(cast: Cast) -> None:
    user = _open(cast.anna, cast.ola)

    assert _open(cast.anna, cast.marek, "OLA@Miedza.Example") == user
    _change(cast.anna.practice, cast.ola, email=OLAS.upper())

    assert _user_id(cast.ola) == user.id


def test_another_address_closes_the_place(cast: Cast) -> None:
    user = _open(cast.anna, cast.ola)

    _change(cast.anna.practice, cast.ola, email="inna@miedza.example")

    assert (_user_id(cast.ola), _doors(user)) == (None, [])
    assert list_own(practice_id=cast.anna.practice_id, user_id=user.id) == []
    new = _open(cast.anna, cast.ola, "inna@miedza.example")
    assert (new.id != user.id, _doors(new)) == (True, [cast.anna.practice_id])


@pytest.mark.parametrize("email", ["", "ola@miedza.example.eve.example"])
def test_address_that_went_or_grew_closes_the_place(cast: Cast, email: str) -> None:
    user = _open(cast.anna, cast.ola)

    _change(cast.anna.practice, cast.ola, email=email)

    assert (_user_id(cast.ola), _doors(user)) == (None, [])


def test_same_address_keeps_the_place(cast: Cast) -> None:
    user = _open(cast.anna, cast.ola)

    _change(cast.anna.practice, cast.ola, name="Aleksandra")

    assert (_user_id(cast.ola), _doors(user)) == (user.id, [cast.anna.practice_id])


def test_two_persons_with_one_address_share_a_door(cast: Cast) -> None:
    user = _open(cast.anna, cast.ola)
    assert _open(cast.anna, cast.marek) == user
    own = list_own(practice_id=cast.anna.practice_id, user_id=user.id)
    assert own == [cast.marek, cast.ola]

    close_place(practice=cast.anna.practice, person=cast.ola)
    assert list_own(practice_id=cast.anna.practice_id, user_id=user.id) == [cast.marek]
    assert _doors(user) == [cast.anna.practice_id]
    close_place(practice=cast.anna.practice, person=cast.marek)

    assert _doors(user) == []


def test_place_in_another_practice_stays(cast: Cast) -> None:
    user = _open(cast.anna, cast.ola)
    assert _open(cast.borys, cast.nastia) == user

    close_place(practice=cast.anna.practice, person=cast.ola)

    assert _doors(user) == [cast.borys.practice_id]
    assert _user_id(cast.nastia) == user.id


def test_place_that_is_closed_is_closed_once_more_in_peace(cast: Cast) -> None:
    close_place(practice=cast.anna.practice, person=cast.ola)

    assert _user_id(cast.ola) is None


def test_practitioner_is_a_client_elsewhere(cast: Cast) -> None:
    user = _open(cast.borys, cast.nastia, cast.anna.user.email)

    assert user == cast.anna.user
    assert find_practitioner(user_id=user.id) == cast.anna
    assert _doors(user) == [cast.borys.practice_id]
    close_place(practice=cast.borys.practice, person=cast.nastia)
    assert find_practitioner(user_id=user.id) == cast.anna


def test_relation_is_kept_once_for_each_kind(cast: Cast) -> None:
    first = _relate(cast, cast.ola, cast.marek)

    assert _relate(cast, cast.ola, cast.marek) == first
    payer = _relate(cast, cast.ola, cast.marek, "payer")
    assert list_beside(practice_id=cast.anna.practice_id, person_id=cast.ola.id) == [first, payer]
    assert list_beside(practice_id=cast.anna.practice_id, person_id=cast.marek.id) == []


def test_nobody_stands_beside_themselves(cast: Cast) -> None:
    with pytest.raises(OneselfBeside):
        _relate(cast, cast.ola, cast.ola)
    with pytest.raises(IntegrityError), transaction.atomic():
        Relation.across.create(
            practice=cast.anna.practice, person_id=cast.ola.id, other_id=cast.ola.id,
            kind="payer", made_at=BOOKED,
        )  # fmt: skip


def test_people_of_two_practices_are_not_related(cast: Cast) -> None:
    def relate_across() -> None:
        _relate(cast, cast.ola, cast.nastia)
        transaction.get_connection().check_constraints()  # As at the end of the transaction.

    with pytest.raises(IntegrityError), transaction.atomic():
        relate_across()


def test_first_guardian_answers(cast: Cast) -> None:
    of: dict[str, Any] = {"practice_id": cast.anna.practice_id, "person_id": cast.ola.id}
    ewa = make_person(cast.anna, "Ewa")
    _relate(cast, cast.ola, ewa, "payer")
    assert find_guardian(**of) is None
    second = _relate(cast, cast.ola, cast.marek)
    relate(
        practice=cast.anna.practice, person=cast.ola, other=ewa, kind="guardian",
        now=BOOKED - HOUR,
    )  # fmt: skip

    assert find_guardian(**of) == ewa
    assert unrelate(practice=cast.anna.practice, person=cast.ola, relation_id=second.id)
    assert find_guardian(**of) == ewa


def test_relation_ends_only_with_its_person_and_practice(cast: Cast) -> None:
    made = _relate(cast, cast.ola, cast.marek)

    ended = [
        unrelate(practice=cast.borys.practice, person=cast.ola, relation_id=made.id),
        unrelate(practice=cast.anna.practice, person=cast.marek, relation_id=made.id),
        unrelate(practice=cast.anna.practice, person=cast.ola, relation_id=made.id),
        unrelate(practice=cast.anna.practice, person=cast.ola, relation_id=made.id),
    ]

    assert ended == [False, False, True, False]


def test_charges_are_oneself_and_those_one_stands_beside(cast: Cast) -> None:
    user = _open(cast.anna, cast.marek)
    ewa = make_person(cast.anna, "Ewa")
    _relate(cast, cast.ola, cast.marek, "payer")
    _relate(cast, cast.ola, cast.marek)
    _relate(cast, ewa, cast.marek, "sponsor")
    _relate(cast, cast.marek, ewa)

    charges = find_charges(practice_id=cast.anna.practice_id, user_id=user.id)

    assert charges == [
        Charge(cast.marek, cast.marek, "self"),
        Charge(ewa, cast.marek, "sponsor"),
        Charge(cast.ola, cast.marek, "guardian"),
        Charge(cast.ola, cast.marek, "payer"),
    ]
    assert find_charges(practice_id=cast.borys.practice_id, user_id=user.id) == []


def test_who_has_no_place_has_no_charges(cast: Cast) -> None:
    _relate(cast, cast.ola, cast.marek)
    stranger = User.objects.create_user("eve@miedza.example")

    assert find_charges(practice_id=cast.anna.practice_id, user_id=stranger.id) == []
    assert len(list_charges(practice_id=cast.anna.practice_id, other_ids=[cast.marek.id])) == 1
    assert list_charges(practice_id=cast.borys.practice_id, other_ids=[cast.marek.id]) == []


def _find_or_add(cast: Cast, name: str, email: str) -> Person:
    return find_or_add(
        practice=cast.anna.practice, name=name, email=email, like=cast.ola, now=BOOKED
    )


def test_somebody_known_by_name_and_address_is_found(cast: Cast) -> None:
    first = _find_or_add(cast, "Ewa Żółć", "ewa@miedza.example")

    found = [
        _find_or_add(cast, " ewa  ŻÓŁĆ", "EWA@miedza.example"),
        _find_or_add(cast, "Ewa Nowak", "ewa@miedza.example"),
        _find_or_add(cast, "Ewa Żółć", "inna@miedza.example"),
        _find_or_add(cast, "Ewa Żółć", ""),
    ]

    assert [person == first for person in found] == [True, False, False, False]
    assert count_people(practice_id=cast.anna.practice_id) == 6
    assert (first.language, first.usual_minutes) == (cast.ola.language, cast.ola.usual_minutes)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_place_opened_at_once_is_one(standing_cast: Cast, number: int) -> None:
    anna, ola = standing_cast.anna, standing_cast.ola
    _change(anna.practice, ola, email=OLAS)

    def add() -> None:
        relate(
            practice=anna.practice, person=ola, other=standing_cast.marek, kind="payer", now=BOOKED
        )

    def open_it() -> None:
        open_place(
            practice=anna.practice, person=Person.objects.of(anna.practice_id).get(id=ola.id)
        )

    try:
        answers = race([add, add, add, open_it, open_it, open_it])

        assert answers == {"done": 6}
        assert Relation.objects.of(anna.practice_id).count() == 1
        assert (User.objects.filter(email=OLAS).count(), Door.objects.count()) == (1, 1)
    finally:
        User.objects.filter(email=OLAS).delete()
