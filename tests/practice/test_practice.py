"""A practice, who leads it, and who signs in to it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from miedza.practice.actions import change_looks, change_practice
from miedza.practice.models import Practice, Practitioner, User
from miedza.practice.queries import (
    find_practitioner,
    find_user,
    get_practice,
    is_new_installation,
)
from tests.cast import ANNAS_TERMS, Cast, make_practitioner


@pytest.mark.django_db
def test_installation_is_new_until_there_is_a_practice() -> None:
    assert is_new_installation()

    make_practitioner("Anna Zielińska", terms=ANNAS_TERMS)

    assert not is_new_installation()


def test_who_signs_in_is_the_practitioner_of_their_own_practice(cast: Cast) -> None:
    for practitioner in (cast.anna, cast.borys):
        found = find_practitioner(user_id=practitioner.user.pk)
        assert found == practitioner
        assert found.practice == practitioner.practice


def test_user_without_a_practice_is_no_practitioner(cast: Cast) -> None:
    user = User.objects.create_user("zoe@miedza.example")

    assert find_practitioner(user_id=user.pk) is None
    assert find_practitioner(user_id=10**9) is None


@pytest.mark.parametrize("email", ["anna@miedza.example", " ANNA@Miedza.Example "])
def test_user_is_found_whatever_the_case_of_the_address(cast: Cast, email: str) -> None:
    assert find_user(email=email) == cast.anna.user


def test_user_has_no_password_and_each_address_is_one_user(cast: Cast) -> None:
    assert not cast.anna.user.has_usable_password()
    assert find_user(email="") is None
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("Anna@MIEDZA.example")


def test_practice_that_cannot_be_made_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_practitioner("Anna Inna", terms=ANNAS_TERMS)

    assert (Practice.objects.count(), Practitioner.across.count(), User.objects.count()) == (
        2,
        2,
        2,
    )


def test_every_practice_has_a_key_of_its_own(cast: Cast) -> None:
    keys = {get_practice(practice_id=one.practice_id).key for one in (cast.anna, cast.borys)}

    assert len(keys) == 2
    assert {len(key) for key in keys} == {32}


def test_calendars_have_numbers_of_their_own(cast: Cast) -> None:
    keys = {cast.anna.calendar_key, cast.borys.calendar_key}

    assert len(keys) == 2
    assert all(0 <= key < 2**62 for key in keys)


def test_practice_changes_its_name_and_place_and_keeps_its_currency(cast: Cast) -> None:
    practice = cast.anna.practice
    change_practice(
        practice=practice, name="Zielony Stolik", profession="coach", language="ru",
        time_zone="Europe/Berlin",
    )  # fmt: skip

    kept = get_practice(practice_id=practice.id)
    assert (kept.name, kept.profession, kept.language, kept.time_zone, kept.currency) == (
        "Zielony Stolik", "coach", "ru", "Europe/Berlin", "PLN",
    )  # fmt: skip
    assert get_practice(practice_id=cast.borys.practice_id).name == "Борис Иванов"


def test_user_changes_how_the_pages_look(cast: Cast) -> None:
    change_looks(user=cast.anna.user, language="ru", theme="dark")

    kept = User.objects.get(pk=cast.anna.user.pk)
    assert (kept.language, kept.theme) == ("ru", "dark")
